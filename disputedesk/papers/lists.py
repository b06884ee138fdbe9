"""What a body may go through row by row beside the attempts: claims, refunds, payments, filings.

Each row is texts by name; a name without text is false in a condition, so a row's own word (a kind
of refund, an answer that was a refusal) is a name that has a text only where it holds.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from disputedesk.common.cleaning import clean_line, clean_text
from disputedesk.model.case import Filing
from disputedesk.model.credit import Credit
from disputedesk.model.order import Payment
from disputedesk.papers import spoken
from disputedesk.papers.context import Counterpoint, LetterContext

Row: TypeAlias = dict[str, str]
_YES: Final = "yes"


def lists_of(context: LetterContext, language: str) -> dict[str, tuple[Row, ...]]:
    """The rows of each list, by its name.

    counterclaims: `number text page answer proof` · credits: `on amount due_on reference proof` and
    one of `promised provisional final taken_back` · payments: `on amount reference descriptor`,
    `refund` where it went back · filings: `on reference answered_on answer` and `granted` or
    `refused`, `platform` or `bank`.
    """
    return {
        "counterclaims": tuple(_claim(each) for each in context.counterclaims),
        "credits": tuple(
            _credit(place, each, language) for place, each in enumerate(context.credits, 1)
        ),
        "payments": tuple(_payment(each, language) for each in context.payments),
        "filings": tuple(_filing(each, language) for each in context.filings),
    }


def _claim(claim: Counterpoint) -> Row:
    return {
        "number": str(claim.number),
        "text": clean_line(claim.text),
        "page": "" if claim.page is None else str(claim.page),
        "answer": clean_text(claim.answer),
        "proof": f"counterclaim.{claim.number}",
    }


def _credit(place: int, credit: Credit, language: str) -> Row:
    kinds = dict.fromkeys(("promised", "provisional", "final", "taken_back"), "")
    return kinds | {
        str(credit.kind): _YES,
        "on": spoken.day(credit.on, language),
        "amount": spoken.money(credit.amount, language),
        "due_on": "" if credit.due_on is None else spoken.day(credit.due_on, language),
        "reference": clean_line(credit.reference),
        "proof": f"credit.{place}",
    }


def _payment(payment: Payment, language: str) -> Row:
    amount = payment.amount
    back = amount.minor < 0
    return {
        "on": "" if payment.paid_on is None else spoken.day(payment.paid_on, language),
        "amount": spoken.money(type(amount)(abs(amount.minor), amount.currency), language),
        "refund": _YES if back else "",
        "reference": clean_line(payment.reference),
        "descriptor": clean_line(payment.descriptor),
    }


def _filing(filing: Filing, language: str) -> Row:
    day = filing.answered_on
    return {
        "on": spoken.day(filing.filed_on, language),
        "reference": clean_line(filing.reference),
        "answered_on": "" if day is None else spoken.day(day, language),
        "answer": clean_text(filing.answer),
        "granted": _YES if filing.granted else "",
        "refused": _YES if filing.granted is False else "",
        "platform": _YES if filing.avenue in {"platform_dispute", "wallet_claim"} else "",
        "bank": _YES if filing.avenue in {"card_chargeback", "bank_claim"} else "",
    }
