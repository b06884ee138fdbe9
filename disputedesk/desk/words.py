"""The trade's words as people read them, shared by screens and commands: one place per word."""

from __future__ import annotations

import datetime as dt
from typing import Final

from disputedesk.common import texts
from disputedesk.common.texts import mark, tr, trn
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Confidence, Status
from disputedesk.desk.views import DueGroup, OrderFilter, ProblemChoice
from disputedesk.model.case import CaseOutcome, CaseStage, Wish
from disputedesk.model.fact import FactOrigin, FactValue
from disputedesk.model.money import Money
from disputedesk.model.money_words import money_text
from disputedesk.model.order import InstrumentKind, OrderState
from disputedesk.model.platforms import PLATFORMS, platform_title, wallet_title
from disputedesk.model.problem import Problem

__all__ = ["money_text", "platform_title", "wallet_title"]

_PROBLEM: Final = {
    Problem.NOT_RECEIVED: mark("Parcel never came"),
    Problem.PARTLY_RECEIVED: mark("Only a part came"),
    Problem.LATE: mark("It came too late"),
    Problem.WRONG_ITEM: mark("Something else came"),
    Problem.NOT_AS_DESCRIBED: mark("Not as described"),
    Problem.DEFECTIVE: mark("It does not work"),
    Problem.DAMAGED: mark("It arrived damaged"),
    Problem.COUNTERFEIT: mark("It is a fake"),
    Problem.MISREPRESENTED: mark("The terms were not true"),
    Problem.RETURNED_NO_REFUND: mark("Sent back, no refund"),
    Problem.CANCELLED_NO_REFUND: mark("Cancelled, no refund"),
    Problem.REFUND_SHORT: mark("The refund is too small"),
    Problem.DUPLICATE_CHARGE: mark("Charged twice"),
    Problem.WRONG_AMOUNT: mark("Charged the wrong sum"),
    Problem.WRONG_CURRENCY: mark("Charged in the wrong currency"),
    Problem.PAID_BY_OTHER_MEANS: mark("Already paid another way"),
    Problem.CREDIT_POSTED_AS_CHARGE: mark("A refund was booked as a charge"),
    Problem.RECURRING_CANCELLED: mark("Charged after cancelling"),
    Problem.UNAUTHORISED: mark("I did not make this payment"),
    Problem.CASH_NOT_DISPENSED: mark("The machine gave no cash"),
    Problem.MERCHANT_CLOSED: mark("The shop has closed"),
    Problem.CHANGED_MIND: mark("I changed my mind"),
}

_HINT: Final = {
    Problem.NOT_RECEIVED: mark("Nothing arrived, or the tracking stands still."),
    Problem.PARTLY_RECEIVED: mark("Pieces or one of several parcels are missing."),
    Problem.LATE: mark("It came after the promised day and is no longer wanted."),
    Problem.WRONG_ITEM: mark("Another article, size, colour or model."),
    Problem.NOT_AS_DESCRIBED: mark("It differs from the listing in what matters."),
    Problem.DEFECTIVE: mark("It arrived whole but does not do what it should."),
    Problem.DAMAGED: mark("Broken, cracked or leaking on arrival."),
    Problem.COUNTERFEIT: mark("Sold as genuine, and it is not."),
    Problem.MISREPRESENTED: mark("What was said before the sale was false."),
    Problem.RETURNED_NO_REFUND: mark("The goods went back and the money did not come."),
    Problem.CANCELLED_NO_REFUND: mark("The order or service was cancelled and not paid back."),
    Problem.REFUND_SHORT: mark("Less came back than was agreed."),
    Problem.DUPLICATE_CHARGE: mark("The same order was charged more than once."),
    Problem.WRONG_AMOUNT: mark("The sum on the statement is not the sum agreed."),
    Problem.WRONG_CURRENCY: mark("A currency you did not choose."),
    Problem.PAID_BY_OTHER_MEANS: mark("Cash, another card or a voucher had paid for it."),
    Problem.CREDIT_POSTED_AS_CHARGE: mark("Money went out where it should have come in."),
    Problem.RECURRING_CANCELLED: mark("A subscription that had been ended."),
    Problem.UNAUTHORISED: mark("Nobody you know bought this."),
    Problem.CASH_NOT_DISPENSED: mark("The account was debited and no notes came."),
    Problem.MERCHANT_CLOSED: mark("Gone, insolvent or no longer answering."),
    Problem.CHANGED_MIND: mark("Nothing is wrong; you want to send it back."),
}

_GROUPS: Final = {
    "not_arrived": (Problem.NOT_RECEIVED, Problem.PARTLY_RECEIVED, Problem.LATE),
    "arrived": (
        Problem.DAMAGED, Problem.DEFECTIVE, Problem.WRONG_ITEM, Problem.NOT_AS_DESCRIBED,
        Problem.COUNTERFEIT, Problem.CHANGED_MIND,
    ),
    "money": (
        Problem.RETURNED_NO_REFUND, Problem.CANCELLED_NO_REFUND, Problem.REFUND_SHORT,
        Problem.DUPLICATE_CHARGE, Problem.WRONG_AMOUNT, Problem.WRONG_CURRENCY,
        Problem.PAID_BY_OTHER_MEANS, Problem.CREDIT_POSTED_AS_CHARGE,
        Problem.RECURRING_CANCELLED,
    ),
    "other": (
        Problem.UNAUTHORISED, Problem.MERCHANT_CLOSED, Problem.MISREPRESENTED,
        Problem.CASH_NOT_DISPENSED,
    ),
}  # fmt: skip

_PROBLEM_GROUP: Final = {
    "not_arrived": mark("It did not arrive"),
    "arrived": mark("It arrived, but"),
    "money": mark("The money is wrong"),
    "other": mark("Something else"),
}

_AVENUE: Final = {
    "seller": mark("Ask the seller"),
    "platform_dispute": mark("Platform dispute"),
    "platform_appeal": mark("Appeal to the platform"),
    "parcel_protection": mark("Parcel protection"),
    "wallet_claim": mark("Wallet claim"),
    "card_chargeback": mark("Card chargeback"),
    "bank_claim": mark("Claim against the bank"),
    "statutory": mark("Right by law"),
    "regulator": mark("Complaint to the regulator"),
    "ombudsman": mark("Ombudsman"),
    "court": mark("Court"),
}

_STATUS: Final = {
    Status.NOT_YET: mark("not yet"),
    Status.OPEN: mark("open"),
    Status.CLOSING: mark("closing"),
    Status.CLOSED: mark("closed"),
    Status.UNKNOWN: mark("unknown"),
    Status.NOT_AVAILABLE: mark("not available"),
}

_GROUP: Final = {
    DueGroup.OVERDUE: mark("Overdue"),
    DueGroup.TODAY: mark("Act today"),
    DueGroup.WEEK: mark("This week"),
    DueGroup.LATER: mark("Later"),
    DueGroup.WAITING: mark("Waiting for them"),
}

_CASE_STAGE: Final = {
    CaseStage.PREPARING: mark("Preparing"),
    CaseStage.FILED: mark("Filed"),
    CaseStage.ANSWERED: mark("Answered"),
    CaseStage.REFUND_PROMISED: mark("Refund promised"),
    CaseStage.CLOSED: mark("Closed"),
}

_OUTCOME: Final = {
    CaseOutcome.WON: mark("Won back"),
    CaseOutcome.PART: mark("Won in part"),
    CaseOutcome.LOST: mark("Refused"),
    CaseOutcome.ABANDONED: mark("Given up"),
}

_WISH: Final = {
    Wish.FULL_REFUND: mark("Full refund"),
    Wish.PART_REFUND: mark("Part of the money back"),
    Wish.REPLACEMENT: mark("Send it again"),
    Wish.RETURN_AND_REFUND: mark("Send it back for a refund"),
}

_STATE: Final = {
    OrderState.ORDERED: mark("ordered"),
    OrderState.SHIPPED: mark("on its way"),
    OrderState.DELIVERED: mark("delivered"),
    OrderState.RECEIVED: mark("received"),
    OrderState.CONFIRMED: mark("confirmed"),
    OrderState.CANCELLED: mark("cancelled"),
}

_FILTER: Final = {
    OrderFilter.ALL: mark("All"),
    OrderFilter.SHIPPED: mark("On their way"),
    OrderFilter.DELIVERED: mark("Delivered"),
    OrderFilter.RECEIVED: mark("Received"),
    OrderFilter.WITH_CASE: mark("With a case"),
}

_ACTOR: Final = {
    Actor.BUYER: mark("you"),
    Actor.SELLER: mark("the seller"),
    Actor.PLATFORM: mark("the platform"),
    Actor.BANK: mark("the bank"),
    Actor.REGULATOR: mark("the regulator"),
}

_ORIGIN: Final = {
    FactOrigin.USER: mark("typed in"),
    FactOrigin.FILING: mark("from a filing"),
    FactOrigin.STATEMENT: mark("from a statement"),
    FactOrigin.MAIL: mark("from a mail"),
    FactOrigin.EXPORT: mark("from an export"),
    FactOrigin.DEFAULT: mark("assumed"),
}

_INSTRUMENT: Final = {
    InstrumentKind.CARD: mark("Card"),
    InstrumentKind.WALLET: mark("Wallet"),
    InstrumentKind.BANK_TRANSFER: mark("Bank transfer"),
    InstrumentKind.INSTANT_TRANSFER: mark("Instant transfer"),
    InstrumentKind.DIRECT_DEBIT: mark("Direct debit"),
    InstrumentKind.MOBILE_BILLING: mark("Mobile phone bill"),
    InstrumentKind.CASH: mark("Cash"),
    InstrumentKind.PAY_LATER: mark("Pay later"),
    InstrumentKind.CRYPTO: mark("Crypto"),
}

_NETWORK: Final = {
    "visa": "Visa", "mastercard": "Mastercard", "maestro": "Maestro", "mir": "Mir",
    "amex": "American Express", "discover": "Discover", "jcb": "JCB", "unionpay": "UnionPay",
    "rupay": "RuPay", "elo": "Elo", "diners": "Diners Club",
}  # fmt: skip

_CONFIDENCE: Final = {
    Confidence.HIGH: mark("high"),
    Confidence.MEDIUM: mark("medium"),
    Confidence.LOW: mark("low"),
}

_CHOICE: Final = {
    "credit": mark("credit card"),
    "debit": mark("debit card"),
    "prepaid": mark("prepaid card"),
    "goods": mark("goods"),
    "digital": mark("digital content"),
    "service": mark("service"),
    "ongoing_service": mark("service that runs on"),
    "travel": mark("travel"),
    "accommodation": mark("a place to stay"),
    "event": mark("event"),
    "vehicle": mark("vehicle"),
    "real_estate": mark("real estate"),
    "gift_card": mark("gift card"),
    "food": mark("food"),
    "made_to_order": mark("made to order"),
    "sealed_hygiene": mark("sealed for hygiene"),
    "sealed_media": mark("sealed disc or program"),
    "perishable": mark("perishable goods"),
    "digital_started": mark("digital, already begun"),
    "money_transfer": mark("money transfer"),
    "investment": mark("investment"),
    "gambling": mark("gambling"),
    "courier": mark("by courier"),
    "ems": mark("by EMS or ePacket"),
    "post": mark("by ordinary mail"),
    "virtual": mark("virtual goods"),
    "automatic": mark("automatic delivery"),
    "refund": mark("refund of the price"),
    "price_cut": mark("lower price"),
    "damages": mark("damages"),
    "replacement": mark("another item"),
    "repair": mark("repair"),
    "other": mark("something else"),
}
"""Values of facts of kind choice that are not named above."""


def problem_text(problem: Problem) -> str:
    """What went wrong, as people say it."""
    return tr(_PROBLEM[problem])


def problem_choices() -> tuple[ProblemChoice, ...]:
    """The answers to "What went wrong?", grouped as the dialog shows them."""
    return tuple(
        ProblemChoice(problem, group, tr(_PROBLEM[problem]), tr(_HINT[problem]))
        for group, problems in _GROUPS.items()
        for problem in problems
    )


def problem_group_title(group: str) -> str:
    """The heading over one group of problems."""
    return tr(_PROBLEM_GROUP[group])


def avenue_title(avenue: str) -> str:
    """An avenue in words."""
    return tr(_AVENUE[avenue])


def status_word(status: Status) -> str:
    """A window's state in one word."""
    return tr(_STATUS[status])


def group_title(group: DueGroup) -> str:
    """The heading over one group of *Today*."""
    return tr(_GROUP[group])


def case_stage_title(stage: CaseStage) -> str:
    """Where a case stands, in words."""
    return tr(_CASE_STAGE[stage])


def outcome_title(outcome: CaseOutcome) -> str:
    """How a case ended, in words."""
    return tr(_OUTCOME[outcome])


def wish_title(wish: Wish) -> str:
    """What is asked for, in words."""
    return tr(_WISH[wish])


def state_word(state: OrderState) -> str:
    """Where an order stands, in words."""
    return tr(_STATE[state])


def filter_title(show: OrderFilter) -> str:
    """A saved filter of the orders room, in words."""
    return tr(_FILTER[show])


def actor_word(actor: Actor) -> str:
    """Whose turn it is, in words."""
    return tr(_ACTOR[actor])


def origin_text(origin: FactOrigin) -> str:
    """How a fact was learned, in words."""
    return tr(_ORIGIN[origin])


def confidence_word(confidence: Confidence) -> str:
    """How sure a source is, in one word."""
    return tr(_CONFIDENCE[confidence])


def instrument_title(kind: InstrumentKind) -> str:
    """How was paid, in words."""
    return tr(_INSTRUMENT[kind])


def network_title(network: str) -> str:
    """A card network by its own name; an unknown one as it was typed."""
    return _NETWORK.get(network, network[:1].upper() + network[1:])


def window_text(window: Window | None) -> str:
    """A window's state and days in one line; `None` is a rule that says nothing."""
    if window is None:
        return tr("not in question")
    day = texts.day_text
    parts = [status_word(window.status)]
    if window.opens and window.status not in (Status.OPEN, Status.CLOSING):
        parts.append(tr("opens {day}", day=day(window.opens)))
    if window.file_by and window.file_by != window.closes:
        parts.append(tr("act by {day}", day=day(window.file_by)))
    if window.closes:
        parts.append(tr("closes {day}", day=day(window.closes)))
    if window.reason:
        parts.append(window.reason)
    return ", ".join(parts)


def moment_text(moment: dt.datetime, zone: dt.tzinfo | None = None) -> str:
    """An instant as day and clock time of `zone` (`None`: as it stands): 9 Dec 2026, 08:59."""
    local = moment.astimezone(zone) if zone else moment
    return f"{texts.day_text(local.date())}, {local:%H:%M}"


def fact_value_text(value: FactValue | None) -> str:
    """A fact's value as people write it; empty for an unknown one."""
    match value:
        case None:
            return ""
        case bool():
            return tr("yes") if value else tr("no")
        case dt.datetime():
            return f"{moment_text(value)} {value:%z}"
        case dt.date():
            return texts.day_text(value, weekday=True)
        case Money():
            return money_text(value)
        case int():
            return trn("{count} day", "{count} days", value)
        case _:
            return _choice_text(str(value))


def _choice_text(value: str) -> str:
    if value in PLATFORMS or value in _NETWORK:
        return PLATFORMS.get(value) or _NETWORK[value]
    by_value = {str(key): text for key, text in (*_PROBLEM.items(), *_INSTRUMENT.items())}
    by_value |= _CHOICE
    return tr(by_value[value]) if value in by_value else value
