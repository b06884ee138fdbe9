"""What a body may go through row by row after filing: the merchant's claims, and refunds.

Each row is texts by name; a name without text is false in a condition, so the kind of a refund is a
name that has a text only where it holds.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from disputedesk.common.cleaning import clean_line, clean_text
from disputedesk.model.credit import Credit
from disputedesk.papers import spoken
from disputedesk.papers.context import Counterpoint, LetterContext

Row: TypeAlias = dict[str, str]
_YES: Final = "yes"


def claims_and_credits(context: LetterContext, language: str) -> dict[str, tuple[Row, ...]]:
    """The rows of both lists, by name.

    counterclaims: `number text page answer proof` · credits: `on amount due_on reference proof` and
    one of `promised provisional final taken_back`.
    """
    return {
        "counterclaims": tuple(_claim(each) for each in context.counterclaims),
        "credits": tuple(
            _credit(place, each, language) for place, each in enumerate(context.credits, 1)
        ),
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
