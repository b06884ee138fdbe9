"""What an exhibit says, as far as anybody has read it: for suggestions, never as the evidence."""

from __future__ import annotations

import datetime as dt
import functools
import zoneinfo
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.media import words
from disputedesk.model.case import Evidence
from disputedesk.model.evidence import ReadState

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.store.transaction import StoreTransaction

_READERS: Final = {
    "message/rfc822": words.read_mail,
    "text/html": words.read_page,
    "text/plain": words.read_text,
}


def kept_words(rows: StoreTransaction, evidence: Evidence) -> str | None:
    """The words somebody read before; `None` where nobody has."""
    reading = rows.readings.find(evidence.id)
    return reading.text if reading is not None and reading.state is ReadState.READ else None


def words_of(desk: Desk, evidence: Evidence, kept: str | None) -> str:
    """The words of evidence: those kept, else of mails, pages and texts those in the file."""
    if kept is not None:
        return kept
    return _read(desk.vault.path(evidence.sha256), evidence.media_type)


@functools.lru_cache(maxsize=64)
def _read(path: Path, media_type: str) -> str:
    """What sealed bytes say; they never change, so a case that is shown again reads none anew."""
    reader = _READERS.get(media_type)
    if reader is None:
        return ""
    printed = reader(path)
    subject = [value for name, value in printed.rows if name == "Subject"]
    return "\n\n".join([*subject, printed.body])


def day_written(evidence: Evidence, zone: str) -> dt.date | None:
    """The day a mail was written, in the buyer's zone; `None` for what has no such day."""
    if evidence.captured_from != "mail" or evidence.captured_at is None:
        return None
    at = evidence.captured_at
    return (at.astimezone(zoneinfo.ZoneInfo(zone)) if zone else at).date()
