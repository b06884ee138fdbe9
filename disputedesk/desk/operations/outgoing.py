"""What leaves the desk: which file stands for each exhibit, and that none shows a card.

Every road out – bundle, submission, export – takes its files from here, so that the original of a
redacted exhibit never goes and a full card number is refused in one place.
"""

from __future__ import annotations

import codecs
import dataclasses
import email
import email.policy
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import Refused
from disputedesk.common.manifest import fit_for_manifest
from disputedesk.common.secrets import SecretKind, find_secrets
from disputedesk.common.texts import tr
from disputedesk.model.case import Evidence, Exhibit
from disputedesk.vault import clean_name

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_KINDS: Final = frozenset({SecretKind.PAN, SecretKind.SECURITY_CODE, SecretKind.TRACK})
"""What must not leave."""

_WORDY: Final = ("text/", "message/rfc822", "application/json", "application/xml",
                 "application/mbox", "application/x-ofx", "image/svg+xml")  # fmt: skip
_BLOCK: Final = 1 << 20
_OVERLAP: Final = 512
_LARGEST_MAIL: Final = 64 << 20
_UNREADABLE = (ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError)


@dataclasses.dataclass(frozen=True, slots=True)
class OutgoingFile:
    """The file that stands for an exhibit outside.

    Attributes:
        name: Its name there: safe on every system, unique, in the exhibits' order.
    """

    exhibit: Exhibit
    name: str

    @property
    def evidence(self) -> Evidence:
        """The bytes that go out: the redacted copy where there is one."""
        return self.exhibit.outgoing


def outgoing_files(exhibits: Sequence[Exhibit]) -> tuple[OutgoingFile, ...]:
    """The files of exhibits that stand, in their order; those taken out do not leave."""
    standing = [each for each in exhibits if each.withdrawn_at is None]
    width = max(2, len(str(max((each.number for each in standing), default=0))))
    return tuple(
        OutgoingFile(each, f"{each.number:0{width}}_{_fit(each.outgoing.name)}")
        for each in standing
    )


def _fit(name: str) -> str:
    return fit_for_manifest(clean_name(name)).replace("•", "x")


def refuse_unsafe(desk: Desk, files: Sequence[OutgoingFile]) -> None:
    """Does nothing for files that show no full card number, security code or track.

    What somebody looked at and called no secret passes. Words are looked at here; what a picture
    or a paper shows is known from the suspicions that reading it left.

    Raises:
        Refused: One of them does; names the exhibit and what may be shown of the number.
    """
    with desk.store.snapshot() as rows:
        suspicions = rows.suspicions.of_evidence([file.evidence.id for file in files])
    for file in files:
        mine = [each for each in suspicions if each.evidence == file.evidence.id]
        settled = {each.shown for each in mine if each.settled_on is not None}
        shown = [each.shown for each in mine if each.settled_on is None and each.kind in _KINDS]
        path = desk.vault.path(file.evidence.sha256)
        shown += [masked for masked in _seen(file, path) if masked not in settled]
        if shown:
            raise Refused(
                tr(
                    "Exhibit {number} shows what must not leave: {shown}.",
                    number=file.exhibit.number,
                    shown=", ".join(dict.fromkeys(shown)),
                ),
                file.name,
                tr("Make a redacted copy of it; the copy then goes out in its place."),
            )


def _seen(file: OutgoingFile, path: Path) -> Iterator[str]:
    """What may be shown of each secret in the words of a file and in its names."""
    exhibit = file.exhibit
    for words in (file.name, exhibit.caption, exhibit.proves):
        yield from _masked(words)
    if file.evidence.media_type.startswith(_WORDY):
        for words in _words(path, file.evidence.media_type):
            yield from _masked(words)


def _masked(words: str) -> Iterator[str]:
    for secret in find_secrets(words):
        if secret.kind in _KINDS:
            yield secret.masked


def _words(path: Path, media: str) -> Iterator[str]:
    """The words of a file in pieces that overlap; of a mail also what its transport packed."""
    with path.open("rb") as stream:
        encoding = "utf-16" if stream.read(2) in _WIDE else "utf-8"
        stream.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        before = ""
        while block := stream.read(_BLOCK):
            words = before + decoder.decode(block)
            yield words
            before = words[-_OVERLAP:]
    if media == "message/rfc822" and path.stat().st_size <= _LARGEST_MAIL:
        yield from _letter(path.read_bytes())


_WIDE: Final = frozenset({codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE})


def _letter(data: bytes) -> Iterator[str]:
    """The texts of a mail and of the mails inside it, unpacked."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        for part in message.walk():
            if part.get_content_maintype() == "text":
                packed = part.get_payload(decode=True)
                if isinstance(packed, bytes):
                    yield packed.decode(part.get_content_charset() or "utf-8", "replace")
    except _UNREADABLE:
        return
