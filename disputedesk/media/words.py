"""Mails and texts among the exhibits as lines to be printed: masked, harmless, cut to a length.

The sealed bytes are the evidence; what is printed here is only a legible view of them. Nothing
remote is named as a link, nothing is rendered, and a full card number is never printed.
"""

from __future__ import annotations

import dataclasses
import email
import email.policy
import re
from email.message import EmailMessage, Message
from pathlib import Path
from typing import Final

from disputedesk.common.cleaning import clean_line, clean_text
from disputedesk.common.secrets import mask_text
from disputedesk.common.texts import tr

_MOST_BYTES: Final = 8 << 20
_MOST_CHARACTERS: Final = 60_000
_MOST_LINES: Final = 1_500
_LONGEST_HEADER: Final = 600
_LONGEST_RAW: Final = 20_000
_MOST_ATTACHED: Final = 40
_LONGEST_NAME: Final = 120
_HEADERS: Final = ("From", "To", "Cc", "Date", "Subject")
_SAMPLE: Final = 100_000
_FEWEST_LETTERS: Final = 8
_MOSTLY: Final = 0.7
_UNREADABLE = (ValueError, LookupError, AttributeError, TypeError, RecursionError)
_LINES: Final = "div, tr, li, br"
_PARAGRAPHS: Final = "p, h1, h2, h3, h4, h5, h6, table, ul, ol, blockquote, hr, pre"
_BREAK: Final = "\ue002"
"""Stands for a line's end while white space of the source is folded."""

_LONG_WORD: Final = re.compile(r"\S{400}(?=\S)")
"""A word nobody reads; it is cut, because setting it takes time that grows with its square."""

_FOLDED: Final = re.compile(r"[^\S\u00a0]+")
_AROUND_BREAKS: Final = re.compile(f" *({_BREAK}(?: *{_BREAK})*) *")


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
    """A mail's headers, the names of what is attached, and its text."""
    try:
        message = email.message_from_bytes(_head_of(path), policy=email.policy.default)
    except _UNREADABLE:
        return PrintedText((), _not_readable(), was_cut=False)
    rows = [(name, _header(message, name)) for name in _HEADERS if name in message]
    attached = _attached(message)
    if attached:
        rows.append((tr("Attached"), mask_text("; ".join(attached))))
    return _printed(tuple(rows), _body(message))


def read_page(path: Path) -> PrintedText:
    """A saved web page's words, without what it would load or run."""
    return _printed((), page_words(decoded(_head_of(path))))


def read_text(path: Path) -> PrintedText:
    """A plain text, its encoding found by its bytes."""
    return _printed((), decoded(_head_of(path)))


def _head_of(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_MOST_BYTES)


def _header(message: Message, name: str) -> str:
    """One header as it reads; of a monstrous one the beginning as it stands."""
    try:
        raw = next(str(value) for key, value in message.raw_items() if key.lower() == name.lower())
        value = raw[:_LONGEST_RAW] if len(raw) > _LONGEST_RAW else str(message.get(name, ""))
    except _UNREADABLE:
        return tr("(unreadable)")
    line = mask_text(clean_line(value))
    return line if len(line) <= _LONGEST_HEADER else f"{line[:_LONGEST_HEADER]} …"


def _attached(message: Message) -> list[str]:
    """Names of the attached files, shortened; many are told as many."""
    if not isinstance(message, EmailMessage):
        return []
    try:
        names = [part.get_filename() or part.get_content_type()
                 for part in message.iter_attachments()]  # fmt: skip
    except _UNREADABLE:
        return []
    shown = [clean_line(name)[:_LONGEST_NAME] for name in names[:_MOST_ATTACHED]]
    return [*shown, "…"] if len(names) > _MOST_ATTACHED else shown


def _body(message: Message) -> str:
    """The mail's text part; of an HTML part its words."""
    if not isinstance(message, EmailMessage):
        return ""
    try:
        part = message.get_body(("plain", "html"))
        if part is None:
            return tr("(this mail has no text)")
        text = str(part.get_content())
    except _UNREADABLE:
        return _not_readable()
    return page_words(text) if part.get_content_subtype() == "html" else text


def _not_readable() -> str:
    return tr("(the text of this mail cannot be read; the file itself is kept unchanged)")


def page_words(html: str) -> str:
    """The words of a page of HTML, a line for each block of it."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html.replace(_BREAK, ""))
    tree.strip_tags(["script", "style", "head", "template", "noscript", "svg"])
    for selector, breaks in ((_LINES, _BREAK), (_PARAGRAPHS, 2 * _BREAK)):
        for node in tree.css(selector):
            node.insert_before(breaks)
            node.insert_after(breaks)
    for node in tree.css("td, th"):
        node.insert_after(" ")
    if tree.body is None:
        return ""
    folded = _FOLDED.sub(" ", tree.body.text(deep=True))
    return _AROUND_BREAKS.sub(lambda match: "\n\n" if match.group(1).count(_BREAK) > 3 else "\n",
                              folded).strip()  # fmt: skip


def decoded(data: bytes) -> str:
    """`data` as text, its encoding found by the bytes; what fits nowhere is replaced."""
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    cyrillic = _cyrillic(data[:_SAMPLE])
    if cyrillic:
        return data.decode(cyrillic, "replace")
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    return data.decode(best.encoding if best else "latin-1", "replace")


def _cyrillic(sample: bytes) -> str:
    """The eight-bit encoding in which `sample` is Russian text; empty where it is in none.

    The tables share most letters, but only the right one gives small letters nearly throughout.
    """
    high = sum(byte > 0x7F for byte in sample)
    if high < _FEWEST_LETTERS:
        return ""
    best, most = "", _MOSTLY * high
    for name in ("cp1251", "koi8-r", "cp866"):
        small = sum("а" <= char <= "ё" for char in sample.decode(name, "replace"))
        if small > most:
            best, most = name, float(small)
    return best


def _printed(rows: tuple[tuple[str, str], ...], text: str) -> PrintedText:
    """The text masked and cut; it is cut roughly first, so that no work is done for nothing."""
    rough = text[: 2 * _MOST_CHARACTERS]
    plain = _LONG_WORD.sub(r"\g<0>\n", mask_text(clean_text(rough)))
    lines = plain.split("\n")
    body = "\n".join(lines[:_MOST_LINES])[:_MOST_CHARACTERS]
    was_cut = len(text) > len(rough) or len(body) < len(plain)
    return PrintedText(rows, body, was_cut)
