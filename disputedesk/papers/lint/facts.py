"""Rules on what is known: what is missing, days in an order that cannot be, sums that cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from disputedesk.common.texts import day_text, tr
from disputedesk.model.money import Money
from disputedesk.model.money_words import money_text
from disputedesk.papers.lint.checked import Checked, field
from disputedesk.papers.lint.finding import Finding, Goto, Place, advice, blocker
from disputedesk.papers.needs import asked_by
from disputedesk.papers.sums import charged, disputable, disputed

_ORDER: Final = (
    ("ordered_on", "shipped_on"), ("ordered_on", "received_on"), ("ordered_on", "delivered_on"),
    ("ordered_on", "cancelled_on"), ("ordered_on", "merchant_cancelled_on"),
    ("ordered_on", "returned_on"), ("shipped_on", "received_on"), ("shipped_on", "delivered_on"),
    ("delivered_on", "returned_on"), ("received_on", "returned_on"),
    ("returned_on", "return_delivered_on"), ("transaction_date", "processing_date"),
    ("transaction_date", "statement_sent_on"), ("contacted_seller_on", "seller_refused_on"),
    ("platform_dispute_opened_on", "platform_decided_on"), ("aware_on", "reported_on"),
)  # fmt: skip
"""Which of two days must come first, where both are known; the same day will do."""

_HAPPENED: Final = frozenset(
    {name for pair in _ORDER for name in pair} | {"withdrawn_on", "return_refused_on", "demand_on"}
)
"""Days of what has happened; none of them can lie ahead."""


def missing(checked: Checked) -> Iterator[Finding]:
    """What the form must say and nobody knows; what would help."""
    for asked in asked_by(checked.form, checked.context):
        if asked.must:
            yield blocker("missing", field(asked.name), asked.question, tr("Answer it."),
                          final=True)  # fmt: skip
        else:
            yield advice("would_help", field(asked.name), asked.question)


def days_in_order(checked: Checked) -> Iterator[Finding]:
    """Days that cannot follow each other so, and days of the past that lie ahead."""
    days = _days(checked)
    for early, late in _ORDER:
        if early in days and late in days and days[early] > days[late]:
            yield blocker(
                "days_out_of_order", field(late),
                tr("{late}, “{late_question}”, is before {early}, “{early_question}”.",
                   late=day_text(days[late]), late_question=field(late).text,
                   early=day_text(days[early]), early_question=field(early).text),
                tr("One of the two days cannot be right: correct it."),
            )  # fmt: skip
    for name in sorted(_HAPPENED & days.keys()):
        if days[name] > checked.today:
            yield blocker(
                "day_ahead", field(name),
                tr("{day}, “{question}”, has not come yet.", day=day_text(days[name]),
                   question=field(name).text),
                tr("Correct the day."),
            )  # fmt: skip


def _days(checked: Checked) -> dict[str, dt.date]:
    """Every day that is known, by its fact; the order's own days where no fact tells them."""
    days: dict[str, dt.date] = {}
    for name, value in checked.context.facts.items():
        if isinstance(value, dt.datetime):
            days[name] = value.date()
        elif isinstance(value, dt.date):
            days[name] = value
    ordered = checked.context.order.ordered_on
    if ordered is not None:
        days.setdefault("ordered_on", ordered)
    return days


def known_day(checked: Checked, name: str) -> dt.date | None:
    """The day of a fact; a payment's own day where no fact tells it; `None` where nobody knows."""
    found = _days(checked).get(name)
    if found is None and name == "transaction_date":
        paid = [p.paid_on for p in checked.context.payments if p.amount.minor > 0 and p.paid_on]
        return paid[0] if paid else None
    return found


def sums_that_fit(checked: Checked) -> Iterator[Finding]:
    """A sum asked back that is more than was paid, or in another currency."""
    paid, asked = charged(checked.context), disputed(checked.context)
    if paid is None or asked is None:
        return
    place = Place(Goto.MONEY, "amount_disputed", field("amount_disputed").text)
    if paid.currency != asked.currency:
        yield advice(
            "sum_currency", place,
            tr("{asked} is asked back, but the payment was {paid}: another currency.",
               asked=money_text(asked), paid=money_text(paid)),
            tr("Ask for the sum that the statement shows."),
        )  # fmt: skip
    elif asked.minor > paid.minor:
        yield blocker(
            "sum_exceeds", place,
            tr("{asked} is asked back, but only {paid} was charged.", asked=money_text(asked),
               paid=money_text(paid)),
            tr("Correct the sum; a loss beyond the payment has to be explained apart."),
        )  # fmt: skip
    else:
        yield from _above_the_difference(checked, asked, place)


def _above_the_difference(checked: Checked, asked: Money, place: Place) -> Iterator[Finding]:
    """The whole asked back where a part was rightly charged: the bank takes the difference."""
    most = disputable(checked.context)
    if most is None or most.currency != asked.currency or asked.minor <= most.minor:
        return
    yield advice(
        "sum_above_difference", place,
        tr("{asked} is asked back, but by what the case says only {most} is in dispute.",
           asked=money_text(asked), most=money_text(most)),
        tr("Ask for the part that was charged wrongly or has not come back."),
    )  # fmt: skip


def known_sums(checked: Checked) -> tuple[Money, ...]:
    """Every sum that the case knows."""
    context = checked.context
    sums = [value for value in context.facts.values() if isinstance(value, Money)]
    sums += [payment.amount for payment in context.payments]
    sums += [each for each in (charged(context), disputed(context), context.order.total) if each]
    sums += [item.price for item in context.items if item.price is not None]
    sums += [
        Money(item.price.minor * item.quantity, item.price.currency)
        for item in context.items
        if item.price is not None
    ]
    return tuple(sums)
