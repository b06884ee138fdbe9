"""The sums of a case as its papers tell them: paid, given back, lent, and still asked for."""

from __future__ import annotations

from disputedesk.model.credit_ledger import Balance, balance_in
from disputedesk.model.money import Money
from disputedesk.model.order import Payment
from disputedesk.papers.context import LetterContext


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
    """What is asked back: given, else the case's claim, else what was charged less credits.

    Where no payment is known, it is the order's total.
    """
    explicit = context.amounts.disputed or context.case.claimed
    if explicit is not None:
        return explicit
    paid, back = charged(context), credited(context)
    if paid is None:
        return context.order.total
    if back is None or paid.currency != back.currency:
        return paid
    return paid - back


def main_payment(context: LetterContext) -> Payment | None:
    """The disputed payment: the first that went out; `None` when none is known."""
    return next((p for p in context.payments if p.amount.minor > 0), None)
