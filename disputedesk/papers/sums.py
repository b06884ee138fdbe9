"""The sums of a case as its papers tell them: paid, given back, lent, and still asked for."""

from __future__ import annotations

from typing import Final

from disputedesk.model.credit_ledger import Balance, balance_in
from disputedesk.model.money import Money
from disputedesk.model.order import Payment
from disputedesk.model.problem import Problem
from disputedesk.papers.context import LetterContext

_RIGHTLY: Final = {
    Problem.WRONG_AMOUNT: "correct_amount",
    Problem.CASH_NOT_DISPENSED: "cash_received",
}
"""The fact that tells which part of a payment nobody can dispute."""


def charged(context: LetterContext) -> Money | None:
    """What was debited: given, else the fact, else the first payment."""
    fact = context.facts.get("amount")
    if context.amounts.charged is not None:
        return context.amounts.charged
    if isinstance(fact, Money):
        return fact
    payment = main_payment(context)
    return payment.amount if payment else None


def credited(context: LetterContext) -> Money | None:
    """What came back for good: given, else the ledger of refunds, else refunds among the payments.

    What the bank lent for the time being is not among it: it is still in dispute. `None` for
    nothing.
    """
    if context.amounts.credited is not None:
        return context.amounts.credited
    back_for_good = _balance(context).final if context.credits else None
    if back_for_good is not None and back_for_good.minor:
        return back_for_good
    total: Money | None = None
    for payment in context.payments:
        if payment.amount.minor < 0 and (
            total is None or total.currency == payment.amount.currency
        ):
            back = Money(-payment.amount.minor, payment.amount.currency)
            total = back if total is None else total + back
    return total


def lent(context: LetterContext) -> Money | None:
    """What the bank gave for the time being and may take back; `None` for nothing."""
    sum_ = _balance(context).provisional if context.credits else None
    return sum_ if sum_ is not None and sum_.minor else None


def _balance(context: LetterContext) -> Balance:
    """The ledger of refunds in the currency of the payment, else in that of its first line."""
    paid = charged(context) or context.order.total
    known = {line.amount.currency for line in context.credits}
    currency = context.credits[0].amount.currency
    if paid is not None and paid.currency in known:
        currency = paid.currency
    return balance_in(context.credits, currency)


def disputed(context: LetterContext) -> Money | None:
    """What is asked back: given, else the case's claim, else what may be disputed.

    Where no payment is known, it is the order's total.
    """
    explicit = context.amounts.disputed or context.case.claimed
    return disputable(context) if explicit is None else explicit


def disputable(context: LetterContext) -> Money | None:
    """What was charged, less what came back for good and what the other side may rightly keep.

    Of a wrong amount only the difference can be disputed (Visa 12.5), and of cash only what the
    machine did not pay out. The order's total where no payment is known; `None` where neither is.
    """
    paid = charged(context)
    if paid is None:
        return context.order.total
    left = paid
    for sum_ in (credited(context), _theirs(context)):
        if sum_ is not None and sum_.currency == left.currency and sum_.minor <= left.minor:
            left -= sum_
    return left


def _theirs(context: LetterContext) -> Money | None:
    """What was rightly charged, or paid out; `None` while nobody said."""
    name = _RIGHTLY.get(context.case.problem, "")
    value = context.facts.get(name)
    return value if isinstance(value, Money) else None


def main_payment(context: LetterContext) -> Payment | None:
    """The disputed payment: the first that went out; `None` when none is known."""
    return next((p for p in context.payments if p.amount.minor > 0), None)
