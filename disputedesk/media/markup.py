"""The words of saved web pages, data files and old word processors' files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from disputedesk.media.places import Place
from disputedesk.media.words import page_words

_TOLD: Final = ("value", "content", "alt", "title", "placeholder", "aria-label")
_MOST_NODES: Final = 20_000
_MOST_JSON: Final = 32 << 20
_MOST_LINES: Final = 400_000
_COMMENT: Final = re.compile(r"<!--(.{0,20000}?)-->", re.DOTALL)
_CARD: Final = re.compile(r"(?:card|pan\b|карт)[^\d\n]{0,40}\d[\d \-]{11,24}\d", re.IGNORECASE)
_RTF_CODED: Final = re.compile(r"\\'([0-9a-fA-F]{2})|\\u(-?\d{1,6})\??|\\(par|line|tab|cell|row)\b")
_RTF_WORD: Final = re.compile(r"\\[a-zA-Z]{1,32}-?\d{0,10} ?|[{}]|\\\*")


def read_html(text: str) -> Iterator[Place]:
    """The words of a page, then what its source says beside them."""
    from selectolax.lexbor import LexborHTMLParser

    yield Place("text", page_words(text))
    tree = LexborHTMLParser(text)
    told = [node.text() for node in tree.css("title")]
    selector = ", ".join(f"[{name}]" for name in _TOLD)
    for node in tree.css(selector)[:_MOST_NODES]:
        told += [value for name in _TOLD if (value := node.attributes.get(name))]
    told += _COMMENT.findall(text)
    told += _CARD.findall(text)
    yield Place("source", "\n".join(told), searched=False)


def read_json(text: str) -> Iterator[Place]:
    """The values of a data file, each with its name; a file that is none is read as it stands."""
    if len(text) <= _MOST_JSON:
        try:
            value = json.loads(text, parse_int=str, parse_float=str)
            yield Place("text", "\n".join(_lines(value)))
        except (ValueError, RecursionError):
            pass
        else:
            return
    yield Place("text", text, lined=True)


def _lines(value: Any) -> list[str]:
    """A line for each value, found without recursion so that depth costs nothing."""
    lines: list[str] = []
    left: list[tuple[str, Any]] = [("", value)]
    while left and len(lines) < _MOST_LINES:
        name, each = left.pop()
        if isinstance(each, dict):
            left += [(str(key), each[key]) for key in reversed(each)]
        elif isinstance(each, list):
            pieces = [_piece(one) for one in each]
            if name == "text" and None not in pieces:
                lines.append("".join(piece or "" for piece in pieces))
            else:
                left += [(name, one) for one in reversed(each)]
        elif isinstance(each, str) and each:
            lines.append(f"{name}: {each}" if name and name != "text" else each)
    return lines


def _piece(value: Any) -> str | None:
    """One piece of a message that chat exports cut into pieces; `None` for anything else."""
    if isinstance(value, dict):
        value = value.get("text")
    return value if isinstance(value, str) else None


def read_rtf(text: str) -> Iterator[Place]:
    """The words of a rich text file."""
    plain = _RTF_CODED.sub(_sign, text)
    yield Place("text", _RTF_WORD.sub("", plain))


def _sign(match: re.Match[str]) -> str:
    code, wide, word = match.groups()
    if code:
        return bytes([int(code, 16)]).decode("cp1252", "replace")
    if wide:
        return chr(int(wide) % 0x10000) if not 0xD800 <= int(wide) % 0x10000 < 0xE000 else " "
    return "\n" if word in {"par", "line", "row"} else " | "
