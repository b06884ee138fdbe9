"""A mail taken apart: who, when, what, and the letters inside it; bounded in time and memory.

The structure is parsed with the lenient rules of `email.policy.compat32`, because the stricter ones
read every header as they go and stop at what real mails get wrong; the few headers that are needed
are decoded here, each cut to a sane length first. A mail that is nested or folded beyond reason is
not parsed at all: its headers and its readable text are used, and a warning says so.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import email
import email.errors
import email.message
import email.policy
import re
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.intake.mail.charset import decode_text
from disputedesk.intake.mail.headers import (
    Address,
    all_headers,
    read_address,
    read_header,
    read_instant,
)
from disputedesk.intake.mail.markup import read_markup

_MOST_BYTES: Final = 12 << 20
_MOST_HEADER_BYTES: Final = 256 << 10
_MOST_MARKUP: Final = 400_000
_MOST_TEXT: Final = 80_000
"""Signs of text that are searched; an order mail has a tenth of that."""
_MOST_PARTS: Final = 200
_DEEPEST: Final = 8
"""Letters inside letters that are opened."""

_MOST_BOUNDARIES: Final = 60
_MOST_DASHED_LINES: Final = 2_000
_LONG_FOLD: Final = re.compile(rb"(?im)^content-[a-z-]+:[^\n]{8000}|(?:\n[ \t][^\n]*){400}")
_LOST_BOUNDARY: Final = re.compile(rb"\A\s*--([^\s\"]{1,70})\r?\n(?i:content-)")
_ODD_ERRORS: Final = (
    email.errors.MessageError, ValueError, LookupError, TypeError, AttributeError,
    RecursionError, OverflowError, AssertionError,
)  # fmt: skip
"""What the standard library is known to raise on mails that break the rules."""


@dataclasses.dataclass(frozen=True, slots=True)
class Letter:
    """One mail as far as it could be read.

    Attributes:
        senders: Every address that its From headers name; honest mails have one.
        sent_at: When it was sent by its Date header, else by its Received headers; aware.
        dated_on: For a quoted letter whose date names no zone, the day it names.
        return_address: Where a failure notice would go; empty when no header says it.
        verdicts: What receiving servers wrote about its authenticity, newest first.
        plain: Its plain text.
        html: The words of its HTML parts.
        links: Addresses that its HTML parts link to.
        enclosed: Letters attached to it whole.
        warnings: Sentences about what was missing or broken.
    """

    senders: tuple[Address, ...] = ()
    subject: str = ""
    sent_at: dt.datetime | None = None
    dated_on: dt.date | None = None
    return_address: str = ""
    verdicts: tuple[str, ...] = ()
    plain: str = ""
    html: str = ""
    links: tuple[str, ...] = ()
    enclosed: tuple[Letter, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def sender(self) -> Address:
        """The first sender; an empty one when there is none."""
        return self.senders[0] if self.senders else Address("", "")

    @property
    def day(self) -> dt.date | None:
        """The day it was sent, in the zone of its sender."""
        return self.sent_at.date() if self.sent_at else self.dated_on


@dataclasses.dataclass(slots=True)
class _Harvest:
    """What walking the parts brought in."""

    plain: list[str] = dataclasses.field(default_factory=list)
    html: list[str] = dataclasses.field(default_factory=list)
    enclosed: list[Letter] = dataclasses.field(default_factory=list)
    warnings: list[str] = dataclasses.field(default_factory=list)


def open_letter(data: bytes, *, depth: int = 0) -> Letter:
    """The letter in `data`; never raises, whatever the bytes are."""
    cut = data[:_MOST_BYTES]
    warnings = []
    if len(data) > len(cut):
        warnings.append(tr("The mail is very large; only its beginning was read."))
    cut = (
        re.sub(rb"\A(?:\xef\xbb\xbf)?\s*(?:>?From [^\n]*\n)?", b"", cut[:400], count=1) + cut[400:]
    )
    if _is_beyond_reason(cut):
        warnings.append(tr("The mail is built in an unusual way; only its readable text was used."))
        return _flat_letter(cut, tuple(warnings))
    try:
        message = email.message_from_bytes(cut)
        if "content-type" not in message and (lost := _LOST_BOUNDARY.search(_body(cut))):
            message = _with_boundary(cut, lost[1])
            warnings.append(tr("The mail lost a header; its parts were found without it."))
        return _from_message(message, depth, tuple(warnings))
    except _ODD_ERRORS:
        warnings.append(tr("The mail is damaged; only its readable text was used."))
        return _flat_letter(cut, tuple(warnings))


def _is_beyond_reason(data: bytes) -> bool:
    head, separator, _rest = data[: _MOST_HEADER_BYTES * 4].partition(b"\n\n")
    if not separator:
        head = head.partition(b"\r\n\r\n")[0]
    return (
        len(head) > _MOST_HEADER_BYTES
        or data.count(b"boundary=") + data.count(b"BOUNDARY=") > _MOST_BOUNDARIES
        or data.count(b"\n--") > _MOST_DASHED_LINES
        or data.count(b"message/rfc822") > _MOST_BOUNDARIES
        or _LONG_FOLD.search(data) is not None
    )


def _body(data: bytes) -> bytes:
    found = re.search(rb"\r?\n\r?\n", data[:_MOST_HEADER_BYTES])
    return data[found.end() :] if found else b""


def _with_boundary(data: bytes, boundary: bytes) -> email.message.Message:
    header = b'Content-Type: multipart/mixed; boundary="' + boundary + b'"\r\n'
    return email.message_from_bytes(header + data)


def _flat_letter(data: bytes, warnings: tuple[str, ...]) -> Letter:
    """A letter of the headers and whatever text can be read, without looking at parts."""
    head = re.sub(rb"(?im)^content-[^\n]*\n(?:[ \t][^\n]*\n)*", b"", data[:65536] + b"\n")
    try:
        message = email.message_from_bytes(head.partition(b"\r\n\r\n")[0] + b"\n\n")
        letter = _headed(message, warnings)
    except _ODD_ERRORS:
        letter = Letter(warnings=warnings)
    text = decode_text(_body(data)[:_MOST_MARKUP] or data[:_MOST_MARKUP], "")
    if re.search(r"<(?:html|body|table|div)\b", text[:20_000], re.IGNORECASE):
        words, links = read_markup(text)
        return dataclasses.replace(letter, html=words[:_MOST_TEXT], links=links)
    return dataclasses.replace(letter, plain=text[:_MOST_TEXT])


def _from_message(message: email.message.Message, depth: int, warnings: tuple[str, ...]) -> Letter:
    harvest = _Harvest()
    _gather(message, harvest, depth)
    words, links = read_markup("\n".join(harvest.html)[:_MOST_MARKUP]) if harvest.html else ("", ())
    letter = _headed(message, (*warnings, *dict.fromkeys(harvest.warnings)))
    return dataclasses.replace(
        letter,
        plain="\n".join(harvest.plain)[:_MOST_TEXT],
        html=words[:_MOST_TEXT],
        links=links,
        enclosed=tuple(harvest.enclosed),
    )


def _headed(message: email.message.Message, warnings: tuple[str, ...]) -> Letter:
    """The letter with only what its headers say."""
    sent_at, doubts = read_instant(message)
    return Letter(
        senders=tuple(dict.fromkeys(read_address(raw) for raw in all_headers(message, "from"))),
        subject=read_header(message, "subject"),
        sent_at=sent_at,
        return_address=read_address(next(iter(all_headers(message, "return-path")), "")).address,
        verdicts=all_headers(message, "authentication-results"),
        warnings=(*warnings, *doubts),
    )


def _gather(message: email.message.Message, harvest: _Harvest, depth: int) -> None:
    """Collects text and enclosed letters without recursion into parts."""
    waiting: list[email.message.Message] = [message]
    seen = 0
    while waiting and seen < _MOST_PARTS:
        part = waiting.pop()
        seen += 1
        kind = part.get_content_type()
        payload = part.get_payload()
        if kind == "message/rfc822" and isinstance(payload, list):
            if depth < _DEEPEST:
                harvest.enclosed += [
                    _from_message(inner, depth + 1, ())
                    for inner in payload
                    if isinstance(inner, email.message.Message)
                ]
        elif isinstance(payload, list):
            waiting += reversed([p for p in payload if isinstance(p, email.message.Message)])
        else:
            _take_leaf(part, kind, harvest, depth)


def _take_leaf(part: email.message.Message, kind: str, harvest: _Harvest, depth: int) -> None:
    name = str(part.get_filename("") or "").lower()
    if kind not in {"text/plain", "text/html"} or name:
        if name.endswith(".eml") and depth < _DEEPEST:
            harvest.enclosed.append(open_letter(_bytes_of(part), depth=depth + 1))
        return
    data = _bytes_of(part)
    text = decode_text(data[:_MOST_MARKUP], str(part.get_content_charset("") or ""))
    if kind == "text/html":
        harvest.html.append(text)
    else:
        harvest.plain.append(text)
    if any(isinstance(d, email.errors.InvalidBase64CharactersDefect) for d in part.defects):
        harvest.warnings.append(tr("A part of the mail is damaged; the rest was used."))


def _bytes_of(part: email.message.Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
