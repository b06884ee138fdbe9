"""Mails and texts among the exhibits as lines to be printed: masked, harmless, cut to a length.

The sealed bytes are the evidence; what is printed here is only a legible view of them. Nothing
remote is named as a link, nothing is rendered, and a full card number is never printed.
"""

from __future__ import annotations

import dataclasses
import email
import email.policy
from email.message import EmailMessage, Message
from pathlib import Path
from typing import Final

from disputedesk.common.secrets import mask
from disputedesk.common.texts import tr
from disputedesk.papers.cleaning import clean_text

_MOST_BYTES: Final = 8 << 20
_MOST_CHARACTERS: Final = 60_000
_HEADERS: Final = ("From", "To", "Date", "Subject")


@dataclasses.dataclass(frozen=True, slots=True)
class PrintedText:
    """A text exhibit as it is printed.

    Attributes:
        rows: Headers of a mail, name and value; empty for a plain text.
        body: The text.
        was_cut: Whether the end was left out.
    """

    rows: tuple[tuple[str, str], ...]
    body: str
    was_cut: bool


def read_mail(path: Path) -> PrintedText:
    """A mail's headers and text."""
    message = email.message_from_bytes(_head_of(path), policy=email.policy.default)
    rows = tuple(
        (name, mask(clean_text(_header(message, name)))) for name in _HEADERS if message.get(name)
    )
    return _printed(rows, _body(message))


def read_text(path: Path) -> PrintedText:
    """A plain text, its encoding found by its bytes."""
    return _printed((), _decoded(_head_of(path)))


def _head_of(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_MOST_BYTES)


def _header(message: Message, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except (ValueError, IndexError, AttributeError, TypeError):
        return tr("(unreadable)")


def _body(message: Message) -> str:
    """The mail's text part; of an HTML part its words."""
    if not isinstance(message, EmailMessage):
        return ""
    try:
        part = message.get_body(("plain", "html"))
        if part is None:
            return ""
        text = str(part.get_content())
    except (ValueError, LookupError, AttributeError, TypeError):
        return tr("(the text of this mail cannot be read; the file itself is kept unchanged)")
    return _words(text) if part.get_content_subtype() == "html" else text


def _words(html: str) -> str:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    tree.strip_tags(["script", "style", "head", "template"])
    for node in tree.css("p, div, tr, li, h1, h2, h3, h4, table, br"):
        node.insert_after("\n")
    body = tree.body
    return body.text(deep=True, separator=" ") if body is not None else ""


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[:200_000]).best()
    return data.decode(best.encoding if best else "latin-1", "replace")


def _printed(rows: tuple[tuple[str, str], ...], text: str) -> PrintedText:
    plain = mask(clean_text(text))
    return PrintedText(rows, plain[:_MOST_CHARACTERS], len(plain) > _MOST_CHARACTERS)
