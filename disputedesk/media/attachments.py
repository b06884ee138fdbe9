"""The files a mail carries, taken out of it one by one; the mail itself stays as it is.

What belongs to the letter stays in it: its texts, signatures, and the small pictures of a footer.
Mails inside the mail are opened too, to a depth. Count and bytes are bounded, and what was left
inside is counted, so that nobody believes that everything was taken out.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import email
import email.header
import email.message
import email.policy
import io
import mimetypes
from collections.abc import Iterator
from email.generator import BytesGenerator
from email.message import Message
from pathlib import Path
from typing import Final, TypeAlias

_Part: TypeAlias = "Message[str, str]"

_LARGEST_MAIL: Final = 128 << 20
_MOST_FILES: Final = 200
_MOST_BYTES: Final = 256 << 20
_MOST_PARTS: Final = 4000
_DEEPEST: Final = 5
_SMALL_PICTURE: Final = 24 << 10
"""Pictures shown inside a letter and no larger are its footer: logos, signs, counters."""

_LONGEST_NAME: Final = 1024
_UNREADABLE = (ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError)
_PARTS_OF_LETTER: Final = frozenset(
    {
        "application/pgp-signature", "application/pgp-keys", "application/pkcs7-signature",
        "application/x-pkcs7-signature", "message/delivery-status", "message/external-body",
        "text/rfc822-headers",
    }
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Attached:
    """One file that a mail carried.

    Attributes:
        name: The name it came with, as sent; may be empty or nasty.
        within: Places of the mails it was in below the first one, from outside: `(2,)` is the
            second file taken out of the mail that was given.
        is_mail: Whether it is a mail itself, whose own files follow.
    """

    name: str
    data: bytes
    within: tuple[int, ...]
    is_mail: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Unpacked:
    """What was taken out of a mail.

    Attributes:
        left: How many files stayed inside: too many, too large, too deep, or not to be read.
    """

    files: tuple[Attached, ...]
    left: int = 0


def unpack_mail(path: Path) -> Unpacked:
    """The files carried by the mail at `path`; never raises for what is in it."""
    if path.stat().st_size > _LARGEST_MAIL:
        return Unpacked((), 1)
    return _Unpacking().of(path.read_bytes())


class _Unpacking:
    """One mail being unpacked: what was found, and how much may still come."""

    def __init__(self) -> None:
        self._files: list[Attached] = []
        self._left = 0
        self._parts = 0
        self._bytes = 0

    def of(self, data: bytes) -> Unpacked:
        self._open(data, ())
        return Unpacked(tuple(self._files), self._left)

    def _open(self, data: bytes, within: tuple[int, ...]) -> None:
        try:
            message = email.message_from_bytes(data, policy=email.policy.compat32)
            for part in self._walk(message):
                self._take(part, within)
        except _UNREADABLE:
            self._left += 1

    def _walk(self, message: _Part) -> Iterator[_Part]:
        """The parts that are files, an enclosed mail whole; in the order they stand."""
        waiting = [message]
        while waiting:
            part = waiting.pop()
            self._parts += 1
            if self._parts > _MOST_PARTS:
                self._left += 1
                return
            payload = part.get_payload()
            if part is not message and part.get_content_type() == "message/rfc822":
                yield part
            elif isinstance(payload, list):
                waiting.extend(each for each in reversed(payload) if isinstance(each, Message))
            elif part is not message or _is_file(part):
                yield part

    def _take(self, part: _Part, within: tuple[int, ...]) -> None:
        is_mail = part.get_content_type() == "message/rfc822"
        if not is_mail and not _is_file(part):
            return
        try:
            data = _mail_bytes(part) if is_mail else _bytes(part)
            name = _name(part, data, is_mail=is_mail)
        except _UNREADABLE:
            self._left += 1
            return
        if not is_mail and _is_footer(part, len(data)):
            return
        full = len(self._files) >= _MOST_FILES or self._bytes + len(data) > _MOST_BYTES
        if full or len(within) >= _DEEPEST:
            self._left += 1
            return
        self._bytes += len(data)
        self._files.append(Attached(name, data, within, is_mail))
        if is_mail:
            self._open(data, (*within, len(self._files)))


def _is_file(part: _Part) -> bool:
    """Whether a part is a file of its own and not the letter's text or proof."""
    if part.get_content_type() in _PARTS_OF_LETTER:
        return False
    if part.get_content_disposition() == "attachment" or _raw_name(part):
        return True
    return part.get_content_maintype() not in {"text", "multipart"}


def _is_footer(part: _Part, size: int) -> bool:
    inside = "content-id" in part and part.get_content_disposition() != "attachment"
    return inside and part.get_content_maintype() == "image" and size <= _SMALL_PICTURE


def _bytes(part: _Part) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _mail_bytes(part: _Part) -> bytes:
    """An enclosed mail as it was written, as far as the letter around it tells."""
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if not isinstance(inner, Message):
        return _bytes(part)
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
        packed = inner.get_payload()
        if not inner.keys() and isinstance(packed, str):
            try:
                return base64.b64decode(packed)
            except binascii.Error:
                return packed.encode("ascii", "replace")
    stream = io.BytesIO()
    policy = email.policy.compat32.clone(max_line_length=0)
    BytesGenerator(stream, mangle_from_=False, policy=policy).flatten(inner)
    return stream.getvalue()


def _raw_name(part: _Part) -> str:
    try:
        return str(part.get_filename() or "")
    except _UNREADABLE:
        return ""


def _name(part: _Part, data: bytes, *, is_mail: bool) -> str:
    """The name as sent, decoded in both ways that mails use (RFC 2231, RFC 2047)."""
    name = _decoded(_raw_name(part))[:_LONGEST_NAME]
    if name.strip():
        return name
    if is_mail:
        head = email.message_from_bytes(data[: 1 << 16], policy=email.policy.compat32)
        subject = " ".join(_decoded(str(head.get("Subject", ""))).split())
        return f"{subject.replace('/', '-')[:80] or 'mail'}.eml"
    ending = mimetypes.guess_extension(part.get_content_type()) or ""
    return f"{part.get_content_maintype()}{ending}"


def _decoded(text: str) -> str:
    if "=?" not in text:
        return text
    try:
        return str(email.header.make_header(email.header.decode_header(text)))
    except (*_UNREADABLE, email.errors.HeaderParseError):
        return text
