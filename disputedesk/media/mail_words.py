"""The words of a mail for search and scan: headers, every part of its text, what is attached."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage, Message
from typing import Final, TypeAlias

from disputedesk.common.cleaning import clean_line
from disputedesk.media.places import Allowance, Place, TooMuchError
from disputedesk.media.words import page_words

_SHOWN: Final = ("From", "To", "Cc", "Date", "Subject")
_MOST_BOUNDARIES: Final = 100
_MOST_PARTS: Final = 300
_MOST_HEADERS: Final = 500
_LONGEST_HEADER: Final = 20_000
_BOUNDARY: Final = re.compile(rb"boundary\s*=", re.IGNORECASE)
_UNREADABLE = (ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError)

Inside: TypeAlias = Callable[[bytes, str, str], Iterator[Place]]
"""Reads what is attached: its bytes, media type and name."""


class UnreadableMailError(Exception):
    """A mail that no reader makes sense of."""


def read_mail_words(data: bytes, inside: Inside, allowance: Allowance) -> Iterator[Place]:
    """The places of a mail that say anything.

    Args:
        data: The mail.
        inside: Asked for the places of what is attached.
        allowance: What it may take.

    Raises:
        UnreadableMailError: It is no mail any reader understands.
        TooMuchError: It has more parts inside parts than an honest mail.
    """
    if len(_BOUNDARY.findall(data)) > _MOST_BOUNDARIES:
        raise TooMuchError
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        parts = [each for each, _ in zip(message.walk(), range(_MOST_PARTS), strict=False)]
    except _UNREADABLE as error:
        raise UnreadableMailError from error
    yield Place("text", "\n".join(_headers(message, shown=True)))
    yield Place("headers", "\n".join(_headers(message, shown=False)), searched=False)
    number = 0
    for part in parts:
        allowance.check()
        name = _name(part)
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            continue
        if name or part.is_attachment() or part.get_content_maintype() not in {"text", "message"}:
            number += 1
            yield from _attached(part, name, number, inside)
        else:
            yield from _text(part)


def _headers(message: Message, *, shown: bool) -> Iterator[str]:
    """The headers people read, or all others, a line each."""
    for name, raw in list(message.raw_items())[:_MOST_HEADERS]:
        if (name.title() in _SHOWN) != shown:
            continue
        try:
            value = str(raw)[:_LONGEST_HEADER]
            if len(str(raw)) <= _LONGEST_HEADER:
                value = str(message.get(name, "")) if shown else value
        except _UNREADABLE:
            value = str(raw)[:_LONGEST_HEADER]
        yield f"{name}: {clean_line(value)}"


def _name(part: Message) -> str:
    try:
        return clean_line(part.get_filename() or "")[:300]
    except _UNREADABLE:
        return ""


def _text(part: Message) -> Iterator[Place]:
    if not isinstance(part, EmailMessage) or part.get_content_maintype() != "text":
        return
    try:
        text = str(part.get_content())
        if part.get_content_subtype() == "html":
            text = page_words(text)
    except _UNREADABLE:
        raw = part.get_payload()
        text = raw if isinstance(raw, str) else ""
    yield Place("text", text)


def _attached(part: Message, name: str, number: int, inside: Inside) -> Iterator[Place]:
    place = f"attachment {number}"
    if name:
        yield Place(place, name)
    try:
        data = part.get_payload(decode=True)
    except _UNREADABLE:
        return
    if isinstance(data, bytes) and data:
        for each in inside(data, part.get_content_type(), name):
            yield Place(f"{place}: {each.name}", each.text, searched=each.searched)
