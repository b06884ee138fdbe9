"""What can go wrong with an order: the question every case begins with."""

from __future__ import annotations

import enum


class Problem(enum.StrEnum):
    """One kind of wrong to be righted."""

    NOT_RECEIVED = "not_received"
    PARTLY_RECEIVED = "partly_received"
    LATE = "late"
    WRONG_ITEM = "wrong_item"
    NOT_AS_DESCRIBED = "not_as_described"
    DEFECTIVE = "defective"
    DAMAGED = "damaged"
    COUNTERFEIT = "counterfeit"
    MISREPRESENTED = "misrepresented"
    RETURNED_NO_REFUND = "returned_no_refund"
    CANCELLED_NO_REFUND = "cancelled_no_refund"
    REFUND_SHORT = "refund_short"
    DUPLICATE_CHARGE = "duplicate_charge"
    WRONG_AMOUNT = "wrong_amount"
    WRONG_CURRENCY = "wrong_currency"
    PAID_BY_OTHER_MEANS = "paid_by_other_means"
    CREDIT_POSTED_AS_CHARGE = "credit_posted_as_charge"
    RECURRING_CANCELLED = "recurring_cancelled"
    UNAUTHORISED = "unauthorised"
    CASH_NOT_DISPENSED = "cash_not_dispensed"
    MERCHANT_CLOSED = "merchant_closed"
    CHANGED_MIND = "changed_mind"
