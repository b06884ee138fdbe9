"""Files kept as exhibits: sealed first, then numbered."""

from __future__ import annotations

import dataclasses
import datetime as dt
import email
import email.utils
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import NotFound, Refused
from disputedesk.common.secrets import mask
from disputedesk.common.texts import tr, trn
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.changes import Outcome
from disputedesk.model.case import Evidence, Exhibit
from disputedesk.model.ids import CaseId, EvidenceId, ExhibitId
from disputedesk.store.values import Subject
from disputedesk.vault import clean_name, media_type

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_HEAD: Final = 65_536
_KINDS: Final = {
    "image/": "photo",
    "video/": "video",
    "message/rfc822": "chat",
}
"""What a file most likely is to a checklist, by its media type; the user may say otherwise."""


@dataclasses.dataclass(frozen=True, slots=True)
class PastedImage:
    """A picture from the clipboard.

    Attributes:
        png: Its bytes.
        at: When it was pasted.
    """

    png: bytes
    at: dt.datetime


def add_evidence(
    desk: Desk,
    case_id: CaseId,
    sources: Sequence[Path | PastedImage],
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[tuple[ExhibitId, ...]]:
    """Seals files and numbers them as exhibits, in the order given.

    Args:
        desk: The desk.
        case_id: The case.
        sources: Files, or pictures from the clipboard; the originals are not touched.
        progress: Told after every file.
        cancel: Asked between files and inside long ones.

    Raises:
        Refused: One of them is no plain file, or changed while it was read; nothing was added.
    """
    sealed = []
    for number, source in enumerate(sources, 1):
        if cancel is not None:
            cancel.check()
        sealed.append(_seal(desk, source, cancel))
        progress(tr("Keeping files"), number, len(sources))
    with desk.transaction("evidence.add") as change:
        case = change.rows.cases.get(case_id)
        known = {exhibit.id for exhibit in change.rows.exhibits.list(case_id)}
        exhibits = []
        for evidence in sealed:
            kept = change.rows.evidence.add(evidence)
            exhibits.append(
                change.rows.exhibits.add(
                    Exhibit(ExhibitId(0), case_id, kept, 0, kind=_kind(kept.media_type))
                )
            )
        new = [exhibit.evidence.id for exhibit in exhibits if exhibit.id not in known]
        change.touch_case(case_id, case.order, windows=False)
        change.touch_evidence(exhibit.evidence.id for exhibit in exhibits)
        said = trn("{count} exhibit added", "{count} exhibits added", len(new))
        if len(new) < len(exhibits):
            said += ", " + trn("{count} known already", "{count} known already",
                               len(exhibits) - len(new))  # fmt: skip
        entry = change.note(Subject("case", case_id), None, {"evidence": new, "said": said})
    return Outcome(tuple(exhibit.id for exhibit in exhibits), change.changes, entry, said)


def _seal(desk: Desk, source: Path | PastedImage, cancel: CancelToken | None) -> Evidence:
    """Puts the bytes into the vault, before any row names them."""
    now = desk.clock.now()
    if isinstance(source, PastedImage):
        sealed = desk.vault.seal(source.png, cancel=cancel)
        return Evidence(
            EvidenceId(0), sealed.sha256, sealed.size, tr("Screenshot.png"), "image/png", now,
            captured_at=source.at, captured_from="clipboard", origin=tr("clipboard"),
        )  # fmt: skip
    if not source.exists():
        raise NotFound(tr("There is no such file."), str(source), tr("Check the path."))
    if source.is_dir():
        raise Refused(
            tr("This is a folder, not a file."), str(source), tr("Name the files inside it.")
        )
    sealed = desk.vault.seal(source, cancel=cancel)
    with desk.vault.open(sealed.sha256) as stream:
        head = stream.read(_HEAD)
    media = media_type(head, source.name)
    captured_at, captured_from = _captured(head, media, source)
    name = mask(clean_name(source.name))
    return Evidence(
        EvidenceId(0),
        sealed.sha256,
        sealed.size,
        name,
        media,
        now,
        captured_at=captured_at,
        captured_from=captured_from,
        origin=name,
    )


def _captured(head: bytes, media: str, source: Path) -> tuple[dt.datetime, str]:
    """When it was made, and who says so: a mail's own Date, else the file's time."""
    if media == "message/rfc822":
        try:
            date = email.utils.parsedate_to_datetime(email.message_from_bytes(head)["Date"] or "")
        except (ValueError, TypeError, IndexError):
            date = None
        if date is not None and date.tzinfo is not None:
            return date, "mail"
    return dt.datetime.fromtimestamp(source.stat().st_mtime, dt.UTC), "file"


def _kind(media: str) -> str:
    return next((kind for prefix, kind in _KINDS.items() if media.startswith(prefix)), "")
