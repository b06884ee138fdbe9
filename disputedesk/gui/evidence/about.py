"""What is said of evidence: what it is, when it was made and on whose word, how it came."""

from __future__ import annotations

import datetime as dt
from typing import Final

from disputedesk.common.texts import mark, tr
from disputedesk.desk import words
from disputedesk.desk.evidence_views import EvidenceDetail, EvidenceLink
from disputedesk.desk.queries.packets import size_text
from disputedesk.model.case import Evidence
from disputedesk.model.evidence import Arrival, Derived, Way

_KINDS: Final = (
    ("image/jpeg", mark("Photo (JPEG)")),
    ("image/png", mark("Picture (PNG)")),
    ("image/", mark("Picture")),
    ("application/pdf", mark("PDF")),
    ("message/", mark("Mail")),
    ("application/mbox", mark("Mails")),
    ("application/vnd.ms-outlook", mark("Mail")),
    ("text/html", mark("Web page")),
    ("text/csv", mark("Table")),
    ("text/", mark("Text")),
    ("video/", mark("Film")),
    ("audio/", mark("Sound")),
    ("application/vnd.openxmlformats", mark("Office file")),
    ("application/vnd.oasis", mark("Office file")),
    ("application/msword", mark("Office file")),
    ("application/zip", mark("Archive")),
)
_WORDS_OF: Final = {
    "mail": mark("the mail's own date"),
    "exif": mark("the camera"),
    "video": mark("the film itself"),
    "file": mark("the file's date on its disk"),
    "clipboard": mark("the moment it was pasted"),
    "program": mark("DisputeDesk"),
}
_CLOCKS: Final = frozenset({"exif", "video"})
"""Who may tell a clock without a zone: such a clock is kept as it reads."""

_WAYS: Final = {
    Way.DROP: mark("dropped on the window"),
    Way.PASTE: mark("pasted"),
    Way.FILE: mark("chosen as a file"),
    Way.MAIL: mark("found in a mail"),
    Way.COMMAND: mark("added by a command"),
    Way.IMPORT: mark("brought in with an import"),
    Way.MADE: mark("made by DisputeDesk"),
}


def kind_words(media_type: str) -> str:
    """What a file is, in a word or two."""
    return next((tr(text) for start, text in _KINDS if media_type.startswith(start)), tr("File"))


def size_words(size: int) -> str:
    """How large it is, in the same units as everywhere; Qt's own bytes know no Russian plural."""
    return size_text(size)


def captured_words(evidence: Evidence, arrivals: tuple[Arrival, ...]) -> str:
    """When it was made and who says so, with the zone that was told; empty where nobody says."""
    at, who = evidence.captured_at, evidence.captured_from
    if at is None:
        return ""
    offset = next(
        (each.offset_minutes for each in arrivals
         if each.captured_at == at and each.offset_minutes is not None), None,
    )  # fmt: skip
    says = tr(_WORDS_OF[who]) if who in _WORDS_OF else who
    if offset is not None:
        zone = dt.timezone(dt.timedelta(minutes=offset))
        moment = tr(
            "{moment} (UTC{zone})", moment=words.moment_text(at, zone), zone=_zone_text(offset)
        )
    elif who in _CLOCKS:
        moment = tr("{moment}, no zone told", moment=words.moment_text(at))
    else:
        moment = words.moment_text(at.astimezone())
    return tr("{moment}, by {who}", moment=moment, who=says) if says else moment


def _zone_text(offset: int) -> str:
    sign, minutes = "-" if offset < 0 else "+", abs(offset)
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def arrival_words(arrival: Arrival) -> str:
    """One coming as a line: when, how, by whom."""
    who = tr("you") if arrival.by == "user" else arrival.by
    return tr("{moment}, {way} by {who}", moment=words.moment_text(arrival.at.astimezone()),
              way=tr(_WAYS[arrival.way]), who=who)  # fmt: skip


def added_words(detail: EvidenceDetail) -> str:
    """How it came, the first time and again; what came before that was kept tells its day alone."""
    if not detail.arrivals:
        return words.moment_text(detail.evidence.added_at.astimezone())
    return "\n".join(arrival_words(each) for each in detail.arrivals)


def true_names(detail: EvidenceDetail) -> str:
    """Other names it came with; empty where it has one only."""
    names = dict.fromkeys(each.true_name for each in detail.arrivals)
    names.pop(detail.evidence.name, None)
    return ", ".join(name for name in names if name)


def link_words(link: EvidenceLink) -> str:
    """What another piece is to this one."""
    if link.is_origin:
        return {
            Derived.REDACTION: tr("The original, which never leaves"),
            Derived.STILL: tr("The film it was taken from"),
            Derived.ATTACHMENT: tr("The mail it came with"),
        }[link.how]
    return {
        Derived.REDACTION: tr("Redacted copy, which goes out in its place"),
        Derived.STILL: tr("A moment of this film"),
        Derived.ATTACHMENT: tr("Attached to this mail"),
    }[link.how]
