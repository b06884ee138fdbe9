"""The words under the boxes of a PDF: what must not be left, and where else the same stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from disputedesk.common.secrets import Secret, SecretKind, find_secrets
from disputedesk.media.redaction_boxes import Box
from disputedesk.media.redaction_pages import Letter, joined, letters_of, text_of

SECRETS: Final = frozenset({SecretKind.PAN, SecretKind.SECURITY_CODE, SecretKind.TRACK})
_FEWEST_DIGITS: Final = 9
"""Digits in a row that mean one thing and do not come about by chance."""

_FEWEST_LETTERS: Final = 5
_BETWEEN: Final = r"[\s.\-\u00a0\u2010-\u2015]{0,3}"
_NUMBER: Final = re.compile(rf"\d(?:{_BETWEEN}\d)+")
_DAY: Final = re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b")
_SPACES: Final = re.compile(r"\s+")


def words_under(letters: Sequence[Letter], boxes: Sequence[Box]) -> tuple[str, ...]:
    """The runs of letters that stand under boxes, as they read."""
    runs: list[str] = []
    run = ""
    for letter in letters:
        if letter.box is None:
            run += letter.text if run else ""
        elif any(box.meets(letter.box) for box in boxes):
            run += letter.text
        elif run:
            runs.append(run)
            run = ""
    runs.append(run)
    return tuple(dict.fromkeys(_SPACES.sub(" ", each).strip() for each in runs if each.strip()))


def numbers_in(words: Iterable[str]) -> tuple[str, ...]:
    """The digits of the long numbers among `words`, which tell who or what is meant; no days."""
    found = [
        "".join(filter(str.isdecimal, match.group()))
        for each in words
        for match in _NUMBER.finditer(_DAY.sub("/", each))
    ]
    return tuple(dict.fromkeys(each for each in found if len(each) >= _FEWEST_DIGITS))


def phrases_in(words: Iterable[str]) -> tuple[str, ...]:
    """The words long enough to be looked for elsewhere without meaning something else."""
    return tuple(each for each in words if len(each.replace(" ", "")) >= _FEWEST_LETTERS)


def pattern_of(number: str) -> re.Pattern[str]:
    """Finds a number however its digits are grouped."""
    return re.compile(rf"(?<!\d){_BETWEEN.join(number)}(?!\d)")


def same_numbers(page: Any, number: int, wanted: Sequence[str]) -> tuple[bool, tuple[Box, ...]]:
    """Whether one of the numbers stands on a page, and the boxes over each place it is seen at."""
    plain = text_of(page)
    patterns = [pattern_of(each) for each in wanted]
    if not any(pattern.search(plain) for pattern in patterns):
        return False, ()
    letters = letters_of(page, number)
    text = "".join(letter.text for letter in letters)
    boxes: list[Box] = []
    for pattern in patterns:
        for match in pattern.finditer(text):
            boxes += joined(letters[match.start() : match.end()], number)
    return True, tuple(box for box in boxes if _is_seen(box))


def secret_boxes(page: Any, number: int, allowed: frozenset[str]) -> tuple[Box, ...]:
    """The boxes over every card number, code and track that can be read on a page.

    Args:
        page: The page.
        number: Its number.
        allowed: What somebody said is no secret, as it may be shown.
    """
    if not _secrets(text_of(page), allowed):
        return ()
    letters = letters_of(page, number)
    boxes: list[Box] = []
    for secret in _secrets("".join(letter.text for letter in letters), allowed):
        boxes += joined(letters[secret.start : secret.end], number)
    return tuple(box for box in boxes if _is_seen(box))


def _secrets(text: str, allowed: frozenset[str]) -> list[Secret]:
    return [
        secret
        for secret in find_secrets(text)
        if secret.kind in SECRETS and secret.masked not in allowed
    ]


def _is_seen(box: Box) -> bool:
    """Whether any of it is on the page; words may also stand beside it, cut off."""
    return box.left < 1 and box.right > 0 and box.top < 1 and box.bottom > 0
