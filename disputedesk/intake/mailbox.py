"""Mailbox files (mbox) read letter by letter: the memory of the largest letter, whatever the file.

Only letters that may concern the desk are read in full: those whose sender is known or pretends to
be, and forwarded ones. The others are counted.
"""

from __future__ import annotations

import email.errors
import email.header
import email.utils
import functools
import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from disputedesk.common.hashing import Sha256, sha256_of_bytes
from disputedesk.common.texts import tr, trn
from disputedesk.intake.draft import FileReading, Recognition

KIND: Final = "mailbox"
_OPENING: Final = re.compile(rb"From \S+.{0,120}\d{4}(?: [+-]\d{4})?\s*\Z", re.DOTALL)
_QUOTED: Final = re.compile(rb"(?m)^>(>*From )")
_LARGEST_LETTER: Final = 60 << 20
_LONGEST_LINE: Final = 1 << 20
_HEAD: Final = 1 << 15
_FIELD: Final = re.compile(rb"(?im)^(from|subject):[ \t]*((?:[^\r\n]|\r?\n[ \t])*)")
_FORWARDED: Final = re.compile(
    r"\s*(?:\[[^\]]{0,30}\]\s*)?(?:fwd?|wg|tr|i|rv|enc|doorgestuurd|pd|пересл)\s*:",
    re.IGNORECASE,
)


def is_mailbox(head: bytes) -> bool:
    """Whether a file begins as a mailbox: with the line that stands before each letter."""
    return bool(_OPENING.match(head.split(b"\n", 1)[0]))


def read_mailbox(path: Path, check: Callable[[], None]) -> Iterator[FileReading]:
    """One reading per letter that concerns the desk, then one that says what the mailbox held.

    A letter's hash is that of its own bytes, so that it is the same letter saved by itself.

    Args:
        path: The mailbox.
        check: Called between letters; may raise `Cancelled`.

    Raises:
        OSError: The file cannot be read.
    """
    from disputedesk.intake.mail import read_mail

    whole = hashlib.sha256()
    count = told = 0
    for data in _letters(path, whole.update):
        check()
        count += 1
        if not _concerns(data):
            continue
        found = read_mail(data, file=tr("{file}, mail {number}", file=path.name, number=count))
        if found.recognition is Recognition.UNKNOWN:
            continue
        told += 1
        yield FileReading(
            path=path,
            sha256=sha256_of_bytes(data),
            size=len(data),
            kind=found.kind,
            what=found.what,
            recognition=found.recognition,
            drafts=found.drafts,
            rejections=found.rejections,
            why=found.why,
            remedy=found.remedy,
            captured_at=found.captured_at,
        )
    yield FileReading(
        path=path,
        sha256=Sha256(whole.hexdigest()),
        size=path.stat().st_size,
        kind=KIND,
        what=trn(
            "mailbox of {count} mail, {told} of senders that are known",
            "mailbox of {count} mails, {told} of senders that are known",
            count,
            told=told,
        ),
        recognition=Recognition.UNDERSTOOD,
    )


def find_letter(path: Path, sha256: Sha256) -> bytes | None:
    """The bytes of the letter with this hash in a mailbox; `None` where it is not there."""
    return next((data for data in _letters(path) if sha256_of_bytes(data) == sha256), None)


def _letters(path: Path, seen: Callable[[bytes], object] | None = None) -> Iterator[bytes]:
    """The letters of a mailbox without their opening lines; one that is too large is cut off."""
    pieces: list[bytes] = []
    size = 0
    blank = True
    opened = False
    with path.open("rb") as stream:
        while line := stream.readline(_LONGEST_LINE):
            if seen is not None:
                seen(line)
            if blank and line.startswith(b"From ") and _OPENING.match(line.rstrip(b"\r\n")):
                if opened:
                    yield _letter(pieces)
                pieces, size, opened = [], 0, True
            elif size < _LARGEST_LETTER:
                pieces.append(line)
                size += len(line)
            blank = line in {b"\n", b"\r\n"}
    if opened:
        yield _letter(pieces)


def _letter(pieces: list[bytes]) -> bytes:
    """A letter as it was sent: the blank line behind it and the quoting of "From " taken off."""
    if pieces and pieces[-1] in {b"\n", b"\r\n"}:
        pieces = pieces[:-1]
    return _QUOTED.sub(rb"\1", b"".join(pieces))


def _concerns(data: bytes) -> bool:
    """Whether a letter is of a known sender, in the name of one, or passed on by somebody."""
    head = data[:_HEAD]
    ends = (head.find(b"\n\n"), head.find(b"\n\r\n"))
    head = head[: min((end for end in ends if end >= 0), default=_HEAD)]
    fields = {match[1].lower(): match[2] for match in reversed(list(_FIELD.finditer(head)))}
    if _FORWARDED.match(_plain(fields.get(b"subject", b""))):
        return True
    return _is_of_interest(fields.get(b"from", b""))


@functools.lru_cache(maxsize=4096)
def _is_of_interest(sender: bytes) -> bool:
    """Whether a From line names a known sender; remembered, for few people send most letters."""
    from disputedesk.intake.mail.senders import find_claimed, find_sender

    name, address = email.utils.parseaddr(_plain(sender))
    return find_sender(address) is not None or find_claimed(name) is not None


def _plain(value: bytes) -> str:
    """A header as text, its coded words read; what cannot be read stays as it stands."""
    text = re.sub(r"\r?\n[ \t]+", " ", value.decode("utf-8", "replace"))
    if "=?" not in text:
        return text
    try:
        return str(email.header.make_header(email.header.decode_header(text)))
    except (ValueError, LookupError, email.errors.HeaderParseError):
        return text
