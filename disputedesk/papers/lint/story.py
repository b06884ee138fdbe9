"""Rules on days and sums in the writer's words: they must not contradict what is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from disputedesk.common.texts import day_text, tr
from disputedesk.model.money_words import money_text
from disputedesk.papers.lint.checked import Checked
from disputedesk.papers.lint.days import Mention, mentions
from disputedesk.papers.lint.facts import known_day, known_sums
from disputedesk.papers.lint.finding import Finding, Goto, advice, blocker
from disputedesk.papers.lint.stems import found, holds, says_unreal, stems
from disputedesk.papers.lint.sums import sums_in
from disputedesk.papers.sums import charged

_CUT: Final = re.compile(r"(?<!\d)[.!?…]+\s+|[;\n]+|,\s+(?=[^\W\d])")
"""Where a clause ends; the point after a day's number ends none."""
_LONGEST: Final = 20_000
"""Of a longer text only so many characters are looked at; it is over every limit anyway."""
_NEAR: Final = 60
"""So many characters may stand between a day and what happened on it."""
_AROUND: Final = 2 * _NEAR
"""So many characters on each side of a day are looked at."""


def clauses(text: str) -> Iterator[str]:
    """The clauses of a text, as far as any form would take it."""
    start, text = 0, text[:_LONGEST]
    for match in _CUT.finditer(text):
        yield text[start : match.start()]
        start = match.end()
    yield text[start:]


def days_that_contradict(checked: Checked) -> Iterator[Finding]:
    """A day in the words that is another one than the fact says."""
    language = checked.language
    for place, text in checked.own_words():
        for clause in clauses(text):
            for mention in mentions(clause, language):
                name = _event(clause, mention, language)
                day = known_day(checked, name) if name else None
                if day is not None and not mention.can_be(day):
                    said = clause[mention.start : mention.end].strip()
                    yield blocker(
                        "day_contradicts", place,
                        tr("“{clause}” says {said}, but the facts say {day}.",
                           clause=_short(clause), said=said, day=day_text(day)),
                        tr("Correct the words, or the fact."),
                    )  # fmt: skip


def _event(clause: str, mention: Mention, language: str) -> str:
    """The fact whose day a mention tells; empty where it tells none that has happened."""
    first = max(0, mention.start - _AROUND)
    near = clause[first : mention.end + _AROUND]
    start, end = mention.start - first, mention.end - first
    nearest: tuple[int, str] = (_NEAR, "")
    for name, wanted in stems(language).days.items():
        for match in found(near, wanted):
            gap = max(start - match.end(), match.start() - end, 0)
            if gap < nearest[0] and not says_unreal(near[: match.start()], language):
                nearest = (gap, name)
    return nearest[1]


def _short(text: str) -> str:
    line = " ".join(text[: 4 * _SHOWN].split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


_SHOWN: Final = 80


def sums_that_contradict(checked: Checked) -> Iterator[Finding]:
    """A sum in the words that was not paid, is more than was paid, or stands nowhere else.

    An answer to a question is a fact of the case: the sums it names are known.
    """
    paid, known = charged(checked.context), known_sums(checked)
    told = {(m.amount, m.currencies) for text in _answers(checked) for m in sums_in(text)}
    words = stems(checked.language).words.paid
    for place, text in checked.own_words():
        for clause in clauses(text):
            tells_paid = holds(clause, words)
            for mention in sums_in(clause):
                if not any(mention.in_currency_of(money) for money in known):
                    continue
                if any(mention.is_sum(money) for money in known):
                    continue
                if paid is not None and mention.in_currency_of(paid) and tells_paid:
                    yield blocker(
                        "sum_contradicts", place,
                        tr("The words say that {said} was paid, but the facts say {paid}.",
                           said=mention.text.strip(), paid=money_text(paid)),
                        tr("Correct the words, or the sum."),
                    )  # fmt: skip
                elif (mention.amount, mention.currencies) not in told:
                    yield advice(
                        "sum_unknown", place,
                        tr("{said} stands in the words and in no fact of the case.",
                           said=mention.text.strip()),
                        tr("Make sure that it is right, or leave it out."),
                    )  # fmt: skip


def _answers(checked: Checked) -> Iterator[str]:
    """What was answered to questions in words."""
    return (text for place, text in checked.own_words() if place.goto is Goto.QUESTION)
