"""Letters inside letters: enclosed whole, or quoted with their headers as text.

A person who forwards a mail becomes its sender; the one it is really from stands only in the
quoted lines. Those lines are the word of the person who forwarded them, nothing a server signed.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Final

from disputedesk.intake.days import DayOrder, Lean, folded_text, read_day
from disputedesk.intake.mail.headers import parse_instant, read_address
from disputedesk.intake.mail.letter import Letter

_MOST_LINES: Final = 3_000
_BLOCK: Final = 14
"""Lines within which the quoted headers of one mail stand."""

_LABELS: Final = {
    "from": "from|von|de|da|van|от|от кого|od|nadawca|fra|absender|expediteur|mittente|remitente",
    "date": "date|sent|datum|gesendet|data|inviato|envoye|enviado|fecha|дата|отправлено|wyslano"
    "|wysłano|verzonden|enviada em|enviado em|date d'envoi",
    "subject": "subject|betreff|objet|oggetto|asunto|assunto|тема|temat|onderwerp",
    "to": "to|an|a|per|para|pour|кому|do|aan|cc|reply-to|antwort an",
}
_LINE: Final = re.compile("|".join(rf"(?P<{name}>(?:{words}))" for name, words in _LABELS.items()))
_HEADER: Final = re.compile(
    rf"\s*\*{{0,2}}(?:{_LINE.pattern})\*{{0,2}} ?:\*{{0,2}}(?P<value>.*)", re.DOTALL
)
_QUOTE: Final = re.compile(r"(?m)^[ \t]*(?:>[> \t]*|\|[ \t]+)")


def find_forwarded(letter: Letter) -> tuple[Letter, ...]:
    """The letters that `letter` carries, outermost first; empty when it carries none."""
    quoted = tuple(_quoted(letter, letter.plain)) or tuple(_quoted(letter, letter.html))
    inner = tuple(deeper for each in letter.enclosed for deeper in (each, *find_forwarded(each)))
    return (*inner, *quoted)


def _quoted(letter: Letter, text: str) -> Iterator[Letter]:
    lines = _QUOTE.sub("", text).replace("\xa0", " ").splitlines()[:_MOST_LINES]
    position = 0
    while position < len(lines):
        block = _read_block(lines, position)
        if block is None:
            position += 1
            continue
        values, end = block
        yield _letter_of(letter, values, "\n".join(lines[end:]))
        position = end


def _read_block(lines: list[str], start: int) -> tuple[dict[str, str], int] | None:
    """The quoted headers that begin on a line, and the line after them."""
    first = _header_of(lines[start])
    if first is None or first[0] not in {"from", "date", "subject"}:
        return None
    values: dict[str, str] = {}
    end = start
    for number in range(start, min(len(lines), start + _BLOCK)):
        found = _header_of(lines[number])
        if found is not None:
            name, value = found
            if name in values and name != "to":
                break
            values.setdefault(name, value or _next_words(lines, number + 1))
            end = number + 1
            if not value:
                end = number + 2
    return (values, end) if _is_complete(values) else None


def _is_complete(values: dict[str, str]) -> bool:
    return "from" in values and len(values) >= 3 and bool(values["from"])


def _header_of(line: str) -> tuple[str, str] | None:
    if len(line) > 1_000:
        return None
    match = _HEADER.fullmatch(folded_text(line))
    if match is None:
        return None
    name = next(each for each in _LABELS if match[each])
    return name, line[match.start("value") :].strip().strip("*").strip()


def _next_words(lines: list[str], number: int) -> str:
    line = lines[number].strip() if number < len(lines) else ""
    return line if _header_of(line) is None else ""


def _letter_of(outer: Letter, values: dict[str, str], text: str) -> Letter:
    written = values.get("date", "")
    sent_at = parse_instant(written) if re.search(r"[+-]\d{4}|GMT|UTC", written) else None
    order = None if re.search("AM|PM", written) else DayOrder.DMY
    day = read_day(written[:200], order=order, near=outer.day, lean=Lean.BEHIND)
    return dataclasses.replace(
        outer,
        senders=(
            read_address(values["from"].replace("mailto:", "").replace("[", "<").replace("]", ">")),
        ),
        subject=values.get("subject", ""),
        sent_at=sent_at,
        dated_on=day,
        return_address="",
        verdicts=(),
        plain=text,
        html="",
        enclosed=(),
    )
