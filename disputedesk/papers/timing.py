"""Whether a letter is in time, and how its last day is counted, as a stranger can check it.

The engine's trace is written for the person who plans; its remarks on sources are no business of a
bank. A letter takes from it only plain counts: from which day, how long, what that day is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from disputedesk.common.cleaning import clean_line
from disputedesk.common.texts import LANGUAGES
from disputedesk.deadlines.window import TraceStep, Window
from disputedesk.papers import spoken
from disputedesk.papers.frame import words
from disputedesk.papers.vocabulary import fact_phrased

_LENGTH: Final = re.compile(r"(\d+) (day|business day|week|month|year)s?")


def timeliness(window: Window, today: dt.date) -> str:
    """`in_time`, `arguable` (only by the looser reading) or `late`; empty without a last day."""
    if window.closes is None:
        return ""
    if today <= window.closes:
        return "in_time"
    looser = window.arguable_until
    return "arguable" if looser is not None and today <= looser else "late"


def counted(window: Window, language: str) -> str:
    """How the last day was counted, in the letter's language.

    Empty where the trace does not lead to the last day in plain counts that can be told in this
    language: a letter says nothing rather than something that cannot be checked.
    """
    steps = [
        step
        for step in window.because
        if step.about == "closes" and step.binds and step.result is not None
    ]
    chain = _chain(steps)
    lengths = [_length(step.length, language) for step in chain]
    what = _what(chain[0].what, language) if chain else ""
    if not what or not all(lengths):
        return ""
    page = words(language).page
    first, last = chain[0], chain[-1]
    assert first.start is not None
    assert last.result is not None
    told = page.counted.format(length=lengths[0], day=spoken.day(first.start, language), what=what)
    for length in lengths[1:]:
        told = page.counted_then.format(first=told, length=length)
    if last.result == window.closes:
        return told
    if any(step.result == window.closes and step.skipped for step in steps):
        return told + page.counted_moved.format(day=spoken.day(last.result, language))
    return ""


def counted_from(window: Window) -> dt.date | None:
    """The day the count of the last day begins; `None` where the trace does not lead to it."""
    chain = _chain([s for s in window.because if s.about == "closes" and s.binds and s.result])
    return chain[0].start if chain else None


def _chain(steps: Sequence[TraceStep]) -> list[TraceStep]:
    """The counts that lead to the last one, each beginning where the one before it ended."""
    chain: list[TraceStep] = []
    for step in reversed([step for step in steps if step.start is not None]):
        if not chain or step.result == chain[0].start:
            chain.insert(0, step)
    return chain


def _length(told: str, language: str) -> str:
    """How long a count is; the trace of a language no screen speaks is English."""
    if language in LANGUAGES:
        return told
    match = _LENGTH.fullmatch(told)
    forms = words(language).lengths.get(match.group(2), {}) if match else {}
    return spoken.counted_things(int(match.group(1)), forms, language) if match and forms else ""


def _what(told: str, language: str) -> str:
    """What the day is that a count begins with; empty where the language has no word for it."""
    if language in LANGUAGES:
        return clean_line(told) if _is_in(told, language) else ""
    return words(language).anchors.get(fact_phrased(told), "")


def _is_in(text: str, language: str) -> bool:
    """Whether the script of `text` is that of `language`: a letter is never half in another."""
    cyrillic = any("\u0400" <= char <= "\u04ff" for char in text)
    return cyrillic == (language == "ru")
