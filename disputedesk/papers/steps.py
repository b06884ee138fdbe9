"""The chronology of a case in the words of a letter, and its payments and filings row by row.

A body goes through them with `{% for s in steps %}* {{ s.on }}: {{ s.text }} {{ s.proof }}`.
The user's narrative is not read: only what is known with a day is told.
"""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from collections.abc import Iterator
from typing import Final

from disputedesk.common import locations
from disputedesk.common.cleaning import clean_line
from disputedesk.model.money import Money
from disputedesk.papers import spoken
from disputedesk.papers.context import LetterContext

Row = dict[str, str]
"""One row of a list: its texts by name; `proof` names what shows it."""

_PAID: Final = frozenset({"transaction_date"})
"""Facts that tell again what a payment tells."""


def way_text(way: str, language: str) -> str:
    """How a paper went out, in the letter's language."""
    return _told("way", way, language)


def avenue_text(avenue: str, language: str) -> str:
    """What was filed along an avenue, in the letter's language."""
    return _told("avenue", avenue, language)


def steps_of(context: LetterContext, language: str) -> tuple[Row, ...]:
    """What happened, oldest first, each with its day and what shows it."""
    steps = dict.fromkeys((*_purchase(context, language), *_facts(context, language),
                           *_filings(context, language)))  # fmt: skip
    return tuple(
        {"on": spoken.day(on, language), "text": text, "proof": proof}
        for on, text, proof in sorted(steps, key=lambda step: step[0])
    )


def payments_of(context: LetterContext, language: str) -> tuple[Row, ...]:
    """The payments that went out: day, sum, reference, name on the statement.

    The case's own proofs are those of the first.
    """
    return tuple(
        {
            "on": spoken.day(each.paid_on, language) if each.paid_on else "",
            "amount": spoken.money(each.amount, language),
            "reference": clean_line(each.reference),
            "merchant": clean_line(each.descriptor),
            "proof": "" if place else "transaction_date amount_charged amount",
        }
        for place, each in enumerate(p for p in context.payments if p.amount.minor > 0)
    )


def filings_of(context: LetterContext, language: str) -> tuple[Row, ...]:
    """What was filed so far, oldest first: day, what, reference, and the answer."""
    return tuple(
        {
            "on": spoken.day(each.filed_on, language),
            "avenue": avenue_text(each.avenue, language),
            "reference": clean_line(each.reference),
            "answered_on": spoken.day(each.answered_on, language) if each.answered_on else "",
            "answer": clean_line(each.answer),
            "due_on": spoken.day(each.answer_due_on, language) if each.answer_due_on else "",
            "proof": f"filing.{each.id}",
        }
        for each in sorted(context.filings, key=lambda filing: filing.filed_on)
    )


_Step = tuple[dt.date, str, str]
"""The day, what happened, and the claims that an exhibit may show."""


def _purchase(context: LetterContext, language: str) -> Iterator[_Step]:
    order = context.order
    if order.ordered_on is not None:
        text = _told("event", "ordered", language).format(number=clean_line(order.number))
        yield order.ordered_on, text, "ordered_on order_number"
    for payment in context.payments:
        if payment.paid_on is None:
            continue
        amount = payment.amount
        back = amount.minor < 0
        sum_ = Money(-amount.minor, amount.currency) if back else amount
        text = _told("event", "refunded" if back else "paid", language)
        proof = "amount_credited" if back else "transaction_date amount_charged"
        yield payment.paid_on, text.format(amount=spoken.money(sum_, language)), proof


def _facts(context: LetterContext, language: str) -> Iterator[_Step]:
    paid = {payment.paid_on for payment in context.payments}
    for name, value in context.facts.items():
        if not isinstance(value, dt.date):
            continue
        on = value.date() if isinstance(value, dt.datetime) else value
        text = _told("event", name, language)
        if text and not (name in _PAID and on in paid):
            yield on, text, name


def _filings(context: LetterContext, language: str) -> Iterator[_Step]:
    for filing in context.filings:
        avenue = avenue_text(filing.avenue, language)
        kind = "filed_with_reference" if filing.reference else "filed"
        text = _told("event", kind, language)
        told = text.format(avenue=avenue, reference=clean_line(filing.reference))
        yield filing.filed_on, told, f"filing.{filing.id}"
        if filing.answered_on is not None:
            text = _told("event", "answered", language).format(avenue=avenue)
            yield filing.answered_on, text, f"answer.{filing.id}"


def _told(kind: str, name: str, language: str) -> str:
    """The words for an event, avenue or way; empty where there are none for it."""
    return _words().get(kind, {}).get(name, {}).get(language, "")


@functools.cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    path = locations.forms() / "steps.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
