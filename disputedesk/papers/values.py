"""The values of one case by field name, spoken in the letter's language, cleaned for paper."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Final

from disputedesk.common.cleaning import clean_line, clean_text
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Avenue
from disputedesk.model.fact import FactValue
from disputedesk.model.money import Money
from disputedesk.papers import spoken, timing
from disputedesk.papers.context import LetterContext
from disputedesk.papers.frame import condition_title, pages_told, words
from disputedesk.papers.sums import charged, credited, disputed, lent, main_payment
from disputedesk.papers.vocabulary import says_nothing

_LAST_DIGITS: Final = 4
_SERVICES: Final = frozenset({"service", "ongoing_service", "travel", "accommodation", "event"})
_GOODS: Final = frozenset({
    "goods", "vehicle", "food", "made_to_order", "sealed_hygiene", "sealed_media", "perishable",
})  # fmt: skip
_CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,19}")
_ASKED_BY: Final = {
    Avenue.PLATFORM_DISPUTE: ("platform_escalated_on", "platform_dispute_opened_on"),
    Avenue.PLATFORM_APPEAL: ("platform_escalated_on", "platform_decided_on"),
    Avenue.WALLET_CLAIM: ("wallet_escalated_on", "wallet_dispute_opened_on"),
    Avenue.CARD_CHARGEBACK: ("complained_on", "filed_on"),
    Avenue.BANK_CLAIM: ("complained_on", "filed_on"),
    Avenue.OMBUDSMAN: ("filed_on",),
    Avenue.REGULATOR: ("filed_on",),
}
_ASKED_SELLER: Final = ("demand_on", "withdrawn_on", "cancelled_on", "contacted_seller_on")
"""The facts that may tell when the other side was asked."""


@dataclasses.dataclass(frozen=True, slots=True)
class Value:
    """One known value.

    Attributes:
        text: As the letter prints it; may have several lines.
        word: Whether it is one of our own words (`yes`, `no`, a problem's name) that a body may
            compare; everything else is opaque to a body.
    """

    text: str
    word: bool = False


class Values(Mapping[str, Value]):
    """What is known, by field name; a name that is not here is not known."""

    __slots__ = ("_known",)

    def __init__(self, known: Mapping[str, Value]) -> None:
        self._known = {name: value for name, value in known.items() if value.text}

    def __getitem__(self, name: str) -> Value:
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def text(self, name: str) -> str:
        """The text of `name`; empty when it is not known."""
        return self._known[name].text if name in self._known else ""


def values_of(
    context: LetterContext, *, reason: str, language: str, today: dt.date | None
) -> Values:
    """Every value of `context`, by field name.

    Args:
        context: The case; its recipient already filled in.
        language: Spoken by dates, sums and our own words.
        reason: Id of the form's reason.
        today: The letter's date; `None` for a submission, which has none.
    """
    known = {
        name: _fact(value, language)
        for name, value in context.facts.items()
        if not says_nothing(name, value)
    }
    known |= _people(context) | _purchase(context, language) | _money(context, language)
    known |= _recipient(context) | _story(context, reason, language) | _codes(context)
    known = _mandate(context, language) | known
    known |= _window(context.window, context, language, today)
    if today is not None:
        known["today"] = Value(spoken.day(today, language))
        extra = context.facts.get("extra_period_ends_on")
        passed = isinstance(extra, dt.date) and extra < today
        known["extra_period_passed"] = Value("yes" if passed else "no", word=True)
    return Values(known)


def last_four(mask: str) -> str:
    """The last four digits a mask shows; empty when it shows fewer."""
    tail = mask.rstrip()[-_LAST_DIGITS:]
    return tail if len(tail) == _LAST_DIGITS and tail.isdecimal() else ""


def _fact(value: FactValue, language: str) -> Value:
    match value:
        case bool():
            return Value("yes" if value else "no", word=True)
        case dt.datetime():
            return Value(spoken.instant(value, language))
        case dt.date():
            return Value(spoken.day(value, language))
        case Money():
            return Value(spoken.money(value, language))
        case _:
            return Value(clean_text(str(value)))


def _people(context: LetterContext) -> dict[str, Value]:
    client, instrument = context.client, context.instrument
    known = {
        "sender_name": Value(clean_line(client.name)),
        "sender_address": Value(clean_text(client.address)),
        "sender_email": Value(clean_line(client.email)),
        "sender_phone": Value(clean_line(client.phone)),
        "agent": Value(clean_line(context.agent)),
        "case_number": Value(str(context.case.number)),
    }
    if "delivery_address" not in context.facts:
        known["delivery_address"] = Value(clean_line(client.address.replace("\n", ", ")))
    if instrument is not None:
        known["card_last4"] = Value(last_four(instrument.mask))
        if "network" not in context.facts and instrument.network:
            known["network"] = Value(clean_line(instrument.network))
        if "issuer" not in context.facts:
            known["issuer"] = Value(clean_line(instrument.issuer))
    return known


def _codes(context: LetterContext) -> dict[str, Value]:
    """Short words of ours that a body may compare: countries, networks, kinds of payment."""
    client, card, facts = context.client, context.instrument, context.facts
    home = client.country.upper()
    raw = {
        "home_country": home,
        "home_region": f"{home}-{client.subdivision}".upper() if client.subdivision else "",
        "seller_home": str(facts.get("seller_country", "")).upper(),
        "issuer_home": (card.issuer_country if card else "").upper()
        or str(facts.get("issuer_country", "")).upper(),
        "card_network": str(facts.get("network", "")) or (card.network if card else ""),
        "card_type": str(facts.get("card_kind", "")) or (card.card_kind if card else ""),
        "paid_by": str(facts.get("method", "")) or (str(card.kind) if card else ""),
        "bought": _bought(str(facts.get("category", ""))),
        "platform_code": str(facts.get("platform", context.order.platform)),
    }
    return {name: Value(text, word=True) for name, text in raw.items() if _CODE.fullmatch(text)}


def _bought(category: str) -> str:
    """`goods` or `service`; empty while nobody said, or where the category may be either."""
    if category in _SERVICES:
        return "service"
    return "goods" if category in _GOODS else ""


def _mandate(context: LetterContext, language: str) -> dict[str, Value]:
    """What the client's mandate says of itself; what somebody answered for the case goes first."""
    mandate = context.mandate
    if mandate is None:
        return {}
    days = {"mandate_signed_on": mandate.signed_on, "mandate_ends_on": mandate.ends_on}
    return {
        "mandate_agent": Value(clean_line(mandate.agent)),
        "mandate_scope": Value(clean_line(mandate.scope)),
        **{name: Value(spoken.day(day, language)) for name, day in days.items() if day},
    }


def _recipient(context: LetterContext) -> dict[str, Value]:
    to = context.recipient
    return {
        "recipient_name": Value(clean_line(to.name)),
        "recipient_address": Value(clean_text(to.address)),
        "recipient_email": Value(clean_line(to.email)),
    }


def _purchase(context: LetterContext, language: str) -> dict[str, Value]:
    order, payment = context.order, main_payment(context)
    lines = [_item_text(i.title, i.variant, i.quantity) for i in context.items]
    seller = context.seller or order.seller
    descriptor = str(context.facts.get("descriptor", "")) or (payment.descriptor if payment else "")
    known = {
        "order_number": Value(clean_line(order.number)),
        "platform": Value(_platform(context, language)),
        "items": Value(clean_line("; ".join(lines) or order.title)),
        "seller_name": Value(clean_line(seller.name if seller else "")),
        "descriptor": Value(clean_line(descriptor)),
        "merchant": Value(clean_line(descriptor or (seller.name if seller else ""))),
        "tracking": Value(clean_line(", ".join(order.tracking))),
        "payment_reference": Value(clean_line(payment.reference if payment else "")),
    }
    return {name: value for name, value in known.items() if value.text}


def _platform(context: LetterContext, language: str) -> str:
    """The platform as people write it; a name nobody taught the letter stays as it is."""
    name = str(context.facts.get("platform", context.order.platform))
    return clean_line(words(language).platforms.get(name.lower(), name))


def _item_text(title: str, variant: str, quantity: int) -> str:
    text = f"{title} ({variant})" if variant else title
    return f"{quantity} × {text}" if quantity != 1 else text


def _money(context: LetterContext, language: str) -> dict[str, Value]:
    paid, back, asked = charged(context), credited(context), disputed(context)
    known: dict[str, Value] = {}
    for name, sum_ in (
        ("amount_charged", paid),
        ("amount_credited", back),
        ("amount_provisional", lent(context)),
        ("amount_disputed", asked),
    ):
        if sum_ is not None:
            known[name] = Value(spoken.money(sum_, language))
    partial = paid is not None and asked is not None and paid != asked
    known["is_partial"] = Value("yes" if partial else "no", word=True)
    payment, order = main_payment(context), context.order
    if "transaction_date" not in context.facts and payment and payment.paid_on:
        known["transaction_date"] = Value(spoken.day(payment.paid_on, language))
    if "ordered_on" not in context.facts and order.ordered_on:
        known["ordered_on"] = Value(spoken.day(order.ordered_on, language))
    return known


def _story(context: LetterContext, reason: str, language: str) -> dict[str, Value]:
    case, frame = context.case, words(language)
    problem_text = frame.problems[case.problem.value]
    rule = _rule_name(context.window, context, language) if context.window else ""
    network = _network(context)
    known = {
        "reason": Value(reason, word=True),
        "problem": Value(case.problem.value, word=True),
        "problem_text": Value(problem_text),
        "reason_line": Value(
            problem_text[:1].upper() + problem_text[1:] + (f" ({rule})" if rule else "")
        ),
        "narrative": Value(clean_text(case.narrative)),
        "exhibits": Value("yes" if context.exhibits else "", word=True),
        "enclosed": Value(_enclosed(context, language)),
        "network_name": Value(clean_line(frame.networks.get(network, network))),
    }
    if case.wish is not None:
        known["wish"] = Value(case.wish.value, word=True)
        known["wish_text"] = Value(frame.wishes[case.wish.value])
    tried = context.attempts or context.facts.get("contacted_seller_on")
    known["contact"] = Value("yes" if tried else "", word=True)
    return known


def _enclosed(context: LetterContext, language: str) -> str:
    """Which exhibits come with the letter, and on which pages where a bundle is planned."""
    shown = context.exhibits
    if not shown:
        return ""
    page = words(language).page
    first, last = shown[0].exhibit.number, shown[-1].exhibit.number
    told = (
        page.enclosed_one.format(number=first)
        if len(shown) == 1
        else page.enclosed_many.format(first=first, last=last)
    )
    begin, final = shown[0].first_page, shown[-1].first_page
    if begin is None or final is None:
        return told
    return f"{told}, {pages_told(page, begin, final + (shown[-1].pages or 1) - 1)}"


def _window(
    window: Window | None, context: LetterContext, language: str, today: dt.date | None
) -> dict[str, Value]:
    if window is None or window.closes is None:
        return {}
    if window.actor is not Actor.BUYER:
        return _their_clock(window, context, language)
    known = {"last_day": Value(spoken.day(window.closes, language))}
    if window.arguable_until is not None:
        known["arguable_day"] = Value(spoken.day(window.arguable_until, language))
    if today is not None:
        known["timeliness"] = Value(timing.timeliness(window, today), word=True)
    known["counted"] = Value(timing.counted(window, language))
    known["rule"] = Value(_rule_name(window, context, language))
    known["condition"] = Value(condition_title(window.rule) if known["rule"].text else "")
    return known


def _their_clock(window: Window, context: LetterContext, language: str) -> dict[str, Value]:
    """Who let which day pass, how it was counted, and when they were asked; facts go first."""
    assert window.closes is not None
    known = {"late_side": Value(window.actor.value, word=True)}
    if "answer_due_on" not in context.facts:
        known["answer_due_on"] = Value(spoken.day(window.closes, language))
        known["answer_counted"] = Value(timing.counted(window, language))
    known_days = (context.facts.get(name) for name in _ASKED_BY.get(window.avenue, _ASKED_SELLER))
    asked = [day for day in known_days if isinstance(day, dt.date) and day <= window.closes]
    if asked and "asked_on" not in context.facts:
        start = timing.counted_from(window)
        day = start if start in asked else max(asked)
        known["asked_on"] = Value(spoken.day(day, language))
    return known


def _rule_name(window: Window, context: LetterContext, language: str) -> str:
    if window.avenue is not Avenue.CARD_CHARGEBACK or not window.code:
        return ""
    network = _network(context) or str(window.rule).partition(".")[0]
    return clean_line(f"{words(language).networks.get(network, network)}\u00a0{window.code}")


def _network(context: LetterContext) -> str:
    """The card's network in our word for it; empty for one we have no word for."""
    instrument = context.instrument
    network = str(context.facts.get("network", "")) or (instrument.network if instrument else "")
    return "" if network == "other" else network
