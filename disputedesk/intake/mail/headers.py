"""Headers of real mails: addresses, subjects and dates, decoded without trusting any of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import email.header
import email.message
import email.utils
import re
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.intake.mail.charset import decode_text

_LONGEST: Final = 2_000
_MOST: Final = 20
_IN_BRACKETS: Final = re.compile(r"<\s*([^<>\s@]{1,128}@[^<>\s@]{1,255})\s*>")
_BARE: Final = re.compile(r"(?<![\w.+-])([\w.+=-]{1,128}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")
_YEAR_BELOW_1000: Final = re.compile(r"\b0\d{3} +\d{1,2}:")
"""The standard library would take the year 0001 for 2001."""
_OLDEST: Final = 1990
_NEWEST: Final = 2099
_CLOCK_DRIFT: Final = dt.timedelta(days=1)
"""How far a sender's clock may run ahead of the servers that took the mail."""


@dataclasses.dataclass(frozen=True, slots=True)
class Address:
    """A sender as written: the name can be anything, the address is at least a place."""

    name: str
    address: str


def all_headers(message: email.message.Message, name: str) -> tuple[str, ...]:
    """The first values of a header, newest first, undecoded and cut to a sane length."""
    values = [raw for header, raw in message.raw_items() if header.lower() == name]
    return tuple(_plain(str(value)) for value in values[:_MOST])


def read_header(message: email.message.Message, name: str) -> str:
    """The first value of a header with its coded words decoded, on one line."""
    return decode_words(next(iter(all_headers(message, name)), ""))


def decode_words(raw: str) -> str:
    """`raw` with its RFC 2047 words decoded; what cannot be decoded stays as it is."""
    try:
        pieces = email.header.decode_header(raw)
    except (ValueError, email.errors.MessageError):
        return " ".join(raw.split())
    text = "".join(
        piece if isinstance(piece, str) else decode_text(piece, charset or "")
        for piece, charset in pieces
    )
    return " ".join(text.split())


def read_address(raw: str) -> Address:
    """Name and address in `raw`; the address is the last one in angle brackets, if any."""
    clipped = " ".join(raw.split())[:_LONGEST]
    inside = _IN_BRACKETS.findall(clipped)
    if inside:
        name = clipped[: clipped.rfind("<")]
        return Address(decode_words(name).strip(" \"'"), inside[-1].lower())
    found = _BARE.search(clipped)
    if found:
        return Address(
            decode_words(clipped.replace(found[1], "")).strip(" \"'()[]"), found[1].lower()
        )
    return Address(decode_words(clipped).strip(" \"'<>"), "")


def read_instant(message: email.message.Message) -> tuple[dt.datetime | None, tuple[str, ...]]:
    """When the mail was sent, and sentences about what is doubtful with that."""
    written = _parsed(next(iter(all_headers(message, "date")), ""))
    taken = next(
        (
            instant
            for raw in all_headers(message, "received")
            if (instant := _parsed(raw.rpartition(";")[2])) is not None
        ),
        None,
    )
    if written is None and taken is None:
        return None, (tr("The mail has no date; the day of what it tells is not known."),)
    if written is None:
        return taken, (tr("The mail has no date; the day a server received it was taken."),)
    if taken is not None and written - taken > _CLOCK_DRIFT:
        return taken, (
            tr("The mail is dated after it was received; the day of receipt was taken."),
        )
    return written, ()


def parse_instant(raw: str) -> dt.datetime | None:
    """The aware instant of a date as mails write it; `None` when it is none."""
    return _parsed(raw)


def _parsed(raw: str) -> dt.datetime | None:
    if not raw.strip() or _YEAR_BELOW_1000.search(raw[:200]):
        return None
    try:
        instant = email.utils.parsedate_to_datetime(" ".join(raw.split())[:120])
        aware = instant if instant.tzinfo else instant.replace(tzinfo=dt.UTC)
        aware.astimezone(dt.UTC)
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return None
    return aware if _OLDEST <= aware.year <= _NEWEST else None


def _plain(value: str) -> str:
    """A header's text; raw bytes in it, which no header may hold, are read as UTF-8 or Latin."""
    clipped = value[:_LONGEST]
    try:
        clipped.encode("utf-8")
    except UnicodeEncodeError:
        return decode_text(clipped.encode("ascii", "surrogateescape"), "")
    return clipped
