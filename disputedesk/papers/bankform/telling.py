"""What a source says of a case: the words for a place, best first, or whether a box is ticked."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

from disputedesk.common.cleaning import clean_line, clean_text
from disputedesk.model.money import Money
from disputedesk.papers.bankform.hints import hint_of_choice
from disputedesk.papers.bankform.places import FIXED, OR, FormField
from disputedesk.papers.context import LetterContext
from disputedesk.papers.sums import charged, credited, disputed, main_payment
from disputedesk.papers.values import Values, values_of

ONLY_YES: Final = frozenset({"exhibits", "contact", "enclosed"})
"""What is not known of these is a no, and no question."""

_IN_WORDS: Final = {"problem": "problem_text", "wish": "wish_text", "reason": "reason_line"}
"""Short words of ours, and the name of the same in a sentence."""

_PART: Final = "(yyyy|jjjj|aaaa|гггг|rrrr|dd|tt|jj|дд|mm|мм)"
_PATTERN: Final = re.compile(rf"{_PART}([./ -]?){_PART}[./ -]?{_PART}", re.IGNORECASE)
_SHOWN: Final = {"d": "%d", "m": "%m", "y": "%Y"}
_NO_FIGURE: Final = re.compile(r"[^\d.,\u00a0]")
_DIGITS: Final = 8
_WITH_SIGNS: Final = 10


@dataclasses.dataclass(frozen=True, slots=True)
class Known:
    """What is known of a case, said for paper and, of days and sums, as they are.

    Attributes:
        values: As a letter would print them.
        days: The days among them.
        sums: The sums among them.
        american: Whether the bank writes the month before the day.
    """

    values: Values
    days: Mapping[str, dt.date]
    sums: Mapping[str, Money]
    american: bool = False


def known_of(
    context: LetterContext, *, reason: str, language: str, today: dt.date
) -> Known:  # fmt: skip
    """Everything a form may be filled with.

    Args:
        context: The case.
        reason: The id of what the bank's letter would call it; may be empty.
        language: The form's language.
        today: The day the form is filled on.
    """
    values = values_of(context, reason=reason, language=language, today=today)
    days = {"today": today}
    sums: dict[str, Money] = {}
    payment = main_payment(context)
    if payment is not None and payment.paid_on:
        days["transaction_date"] = payment.paid_on
    if context.order.ordered_on:
        days["ordered_on"] = context.order.ordered_on
    for name, value in context.facts.items():
        if isinstance(value, dt.date):
            days[str(name)] = value.date() if isinstance(value, dt.datetime) else value
        elif isinstance(value, Money):
            sums[str(name)] = value
    own = {
        "amount_charged": charged(context),
        "amount_credited": credited(context),
        "amount_disputed": disputed(context),
    }
    sums |= {name: sum_ for name, sum_ in own.items() if sum_ is not None}
    return Known(values, days, sums, values.text("issuer_home") == "US")


def told(source: str, field: FormField, known: Known) -> tuple[str, ...]:
    """The ways to say what a source says, best first; none when it is not known."""
    if source.startswith(FIXED):
        text = clean_text(source[len(FIXED) :])
        return (text,) if text else ()
    name = _IN_WORDS.get(source, source)
    text = known.values.text(name)
    if not text:
        return ()
    if name in known.days:
        return _days(known.days[name], text, field, american=known.american)
    ways = [text]
    if name in known.sums:
        ways.append(_NO_FIGURE.sub("", text).strip("\u00a0 .,"))
    if "\n" in text and not field.multi_line:
        ways[0] = ", ".join(text.split("\n"))
    return tuple(dict.fromkeys((*ways, text.replace(" ", "")) if field.comb else ways))


def _days(day: dt.date, text: str, field: FormField, *, american: bool) -> tuple[str, ...]:
    """A day as the form asks for it, else in words, else in figures that leave no doubt."""
    asked = _PATTERN.search(f"{field.label} {field.name}")
    ways = [text, day.isoformat()]
    if asked is not None:
        parts = [_SHOWN[_sort(asked.group(at))] for at in (1, 3, 4)]
        sign = "" if field.comb and field.max_length == _DIGITS else asked.group(2)
        ways.insert(0, day.strftime(sign.join(parts)))
    elif field.comb and field.max_length == _DIGITS:
        ways.insert(0, day.strftime("%m%d%Y" if american else "%d%m%Y"))
    elif field.comb and field.max_length == _WITH_SIGNS:
        ways.insert(0, day.strftime("%m/%d/%Y" if american else "%d.%m.%Y"))
    return tuple(dict.fromkeys(ways))


def _sort(part: str) -> str:
    """Whether a part of a pattern stands for a day, a month or a year."""
    small = part.casefold()
    if len(small) == len("yyyy"):
        return "y"
    return "m" if small[0] in "mм" else "d"


def chosen(source: str, field: FormField, known: Known) -> tuple[str, ...]:
    """The line of a list that says what a source says; none when no line does."""
    ways = {each.casefold() for each in told(source, field, known)}
    raw = known.values.text(source).casefold()
    for value, text in field.options:
        if {value.casefold(), text.casefold()} & (ways | {raw} - {""}):
            return (text or value,)
    for value, text in field.options:
        hint = hint_of_choice(text or value)
        if hint.source == source and raw in hint.when.split(OR):
            return (text or value,)
    return ()


def is_ticked(source: str, when: str, known: Known) -> bool | None:
    """Whether a box is ticked; `None` when what decides it is not known."""
    if source.startswith(FIXED):
        return True
    value = known.values.text(source).casefold()
    if not value:
        return False if source in ONLY_YES else None
    wanted = [clean_line(each).casefold() for each in when.split(OR) if each.strip()]
    return value in wanted if wanted else value != "no"
