"""The check of payments: what a way of paying protects, and where a refund would go."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from typing import Final

from disputedesk.common.texts import mark, tr
from disputedesk.model.money import Money
from disputedesk.model.money_words import money_text
from disputedesk.model.order import InstrumentKind
from disputedesk.safety.data import load_table
from disputedesk.safety.verdict import Level, Protection, Reason, Verdict, source_text, worst

_KINDS: Final = {
    "platform_dispute": mark("Dispute on the platform"),
    "wallet_claim": mark("Claim at the wallet"),
    "card_chargeback": mark("Chargeback at the bank"),
    "bank_claim": mark("Law or bank's own duty"),
}
_NETWORKS: Final = frozenset({"visa", "mastercard", "maestro", "amex", "mir", "unionpay", "jcb"})


@dataclasses.dataclass(frozen=True, slots=True)
class PaymentQuestion:
    """How somebody paid or means to pay; what is unknown stays empty.

    Attributes:
        method: A kind of instrument; its value as text is taken too.
        network: `visa`, `mastercard`, …; empty when unknown or no card.
        wallet: `paypal`, `qiwi`, `apple_pay`, `western_union`, …; spelling is forgiven.
        card_kind: `credit`, `debit`, `prepaid`, `virtual`; also the card behind a wallet.
        country: Two letters of the payer's country; empty when unknown.
        amount: The sum; `None` when unknown.
        outside_platform: Whether the seller wants it paid past the platform.
        others_card: Whether the card belongs to somebody else.
    """

    method: InstrumentKind | str
    network: str = ""
    wallet: str = ""
    card_kind: str = ""
    country: str = ""
    amount: Money | None = None
    outside_platform: bool = False
    others_card: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Has:
    """One way to get money back as the data give it: `yes`, `no` or `unknown`, and why."""

    has: str
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class PaymentRow:
    """What one way of paying protects; its texts are messages of the catalogue."""

    id: str
    title: str
    method: tuple[str, ...]
    platform_dispute: Has
    wallet_claim: Has
    card_chargeback: Has
    bank_claim: Has
    identifier: str
    refund: str
    level: Level
    care: tuple[str, ...]
    advice: tuple[str, ...]
    source: str
    confidence: str
    checked_on: dt.date
    wallet: tuple[str, ...] = ()
    card_kind: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class GeneralTexts:
    """Sentences that hold for many ways of paying."""

    outside_text: str
    outside_headline: str
    exclusion: str
    vouchers: str
    virtual_card: str
    notices: str
    prepaid: str
    source: str
    checked_on: dt.date


@dataclasses.dataclass(frozen=True, slots=True)
class Payments:
    """The whole of `payments.toml`."""

    general: GeneralTexts
    payment: tuple[PaymentRow, ...]


@functools.cache
def known_payments() -> Payments:
    """What is known of ways to pay."""
    return load_table("payments.toml", Payments)


def check_payment(question: PaymentQuestion) -> Verdict:
    """What paying this way opens and closes; the rows for the screen are in `protections`."""
    general = known_payments().general
    row = _row_for(question)
    if row is None:
        return _unknown(question)
    reasons = _reasons(question, row, general)
    level = worst(reasons)
    return Verdict(
        level=level,
        word=level.word,
        headline=_headline(question, row, level),
        reasons=reasons,
        advice=_advice(question, row, general),
        checked=(tr("What {title} protects; the seller was not checked.", title=tr(row.title)),),
        protections=_protections(question, row),
        facts=(
            tr("Keep for a claim: {what}", what=tr(row.identifier)),
            tr("A refund goes to: {where}", where=tr(row.refund)),
        ),
        sources=(source_text(row.source, row.checked_on),),
    )


def _row_for(question: PaymentQuestion) -> PaymentRow | None:
    """The row that fits most of what is known; `None` when the method is not known."""
    method, wallet, card = _method(question), _plain(question.wallet), _plain(question.card_kind)
    best: PaymentRow | None = None
    most = -1
    for row in known_payments().payment:
        if wallet and wallet in row.wallet:
            score = 4
        elif row.wallet or method not in row.method:
            continue
        else:
            score = 1
        if row.card_kind and (card in row.card_kind or method == "card"):
            score += 2
        elif row.card_kind:
            continue
        score += method in row.method
        if score > most:
            best, most = row, score
    return best


def _method(question: PaymentQuestion) -> str:
    given = _plain(str(question.method))
    return "card" if given in _NETWORKS or (not given and question.network) else given


def _plain(name: str) -> str:
    return "_".join(name.casefold().replace("-", " ").replace(".", " ").split())


def _reasons(
    question: PaymentQuestion, row: PaymentRow, general: GeneralTexts
) -> tuple[Reason, ...]:
    reasons: list[Reason] = []
    if question.outside_platform:
        reasons.append(Reason(tr(general.outside_text), level=Level.DANGER, trick="outside"))
    level = row.level if row.level is not Level.NOTHING_FOUND else Level.CARE
    reasons += (Reason(tr(text), level=level, trick=f"payment.{row.id}") for text in row.care)
    if question.others_card:
        reasons.append(
            Reason(
                tr("Somebody else's card: the platform may refuse it for security, and only its "
                   "holder can ask the bank for a chargeback."),
                level=Level.CARE, trick="others_card",
            )
        )  # fmt: skip
    return tuple(sorted(reasons, key=lambda reason: -reason.level.rank))


def _protections(question: PaymentQuestion, row: PaymentRow) -> tuple[Protection, ...]:
    """The ways in the order to use them; outside the platform its own dispute is gone."""
    said = {"yes": True, "no": False}
    rows = []
    for kind, title in _KINDS.items():
        entry: Has = getattr(row, kind)
        has, text = said.get(entry.has), tr(entry.text)
        if kind == "platform_dispute" and question.outside_platform:
            has, text = False, tr(known_payments().general.outside_text)
        rows.append(Protection(kind, tr(title), has, text))
    return tuple(rows)


def _headline(question: PaymentQuestion, row: PaymentRow, level: Level) -> str:
    general = known_payments().general
    if question.outside_platform:
        return tr(general.outside_headline)
    ways = sum(each.has is True for each in _protections(question, row))
    if level is Level.DANGER:
        return tr("Do not rely on getting this money back: {reason}", reason=tr(row.care[0]))
    if ways == 0:
        return tr("No sure way to get money back was found for this payment.")
    return tr("{title}: {ways} of {all} ways to get money back are open.",
              title=tr(row.title), ways=ways, all=len(_KINDS))  # fmt: skip


def _advice(question: PaymentQuestion, row: PaymentRow, general: GeneralTexts) -> tuple[str, ...]:
    named = {"virtual_card": general.virtual_card, "notices": general.notices}
    lines = [tr(named.get(line, line)) for line in row.advice]
    if question.card_kind in {"prepaid", "virtual"}:
        lines.append(tr(general.prepaid))
    if "yes" in {row.card_chargeback.has, row.wallet_claim.has}:
        lines.append(tr(general.exclusion))
    lines.append(tr(general.vouchers))
    if question.amount is not None:
        lines.append(tr("{amount} is at stake.", amount=money_text(question.amount)))
    return tuple(lines)


def _unknown(question: PaymentQuestion) -> Verdict:
    level = Level.CARE
    return Verdict(
        level=level,
        word=level.word,
        headline=tr("Nothing is known here about paying by {method}.",
                    method=str(question.method) or question.wallet),
        advice=(tr("Find out where a refund would go before you pay."),),
        checked=(tr("The list of known ways to pay."),),
    )  # fmt: skip
