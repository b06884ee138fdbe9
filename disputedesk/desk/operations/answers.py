"""One answer to one question, put where it belongs: a fact, the person, the card, the case."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any, Final

from disputedesk.common.errors import Refused
from disputedesk.common.secrets import mask
from disputedesk.common.texts import tr
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations import cases, orders, people
from disputedesk.desk.operations.addressees import answer_recipient
from disputedesk.model.case import Wish
from disputedesk.model.ids import CaseId, FactName
from disputedesk.model.money import Money
from disputedesk.model.order import InstrumentKind
from disputedesk.model.problem import Problem

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_CLIENT: Final = {
    "sender_name": "name",
    "sender_address": "address",
    "sender_email": "email",
    "sender_phone": "phone",
}
_INSTRUMENT: Final = {
    "recipient_name": "issuer",
    "recipient_address": "issuer_address",
    "card_last4": "mask",
}
_FACT: Final = {
    "contact": "contacted_seller_on",
    "merchant": "descriptor",
    "amount_charged": "amount",
    "order_number": "",
}
"""Composed values whose answer is a fact of another name."""


def answered_by(name: str) -> str:
    """The fact that answers the question for a composed value; else the name itself."""
    return _FACT.get(name, "") or name


def answer_question(desk: Desk, case_id: CaseId, name: str, text: str) -> Outcome[None]:
    """Keeps the answer to one question of a case.

    Args:
        desk: The desk.
        case_id: The case.
        name: The question's fact name, or the name of a composed value (`sender_address`); a value
            of the recipient may be led by whom it is about: `seller:recipient_address`.
        text: The answer as typed.

    Raises:
        Refused: The text does not say such a value, or the answer has its own place.
    """
    if not text.strip():
        raise Refused(tr("The answer is empty."), name, tr("Type it, or leave the question."))
    kind, _, of_recipient = name.partition(":")
    if of_recipient:
        return answer_recipient(desk, case_id, kind, of_recipient, text)
    if name in _CLIENT:
        return _to_client(desk, case_id, _CLIENT[name], text)
    if name in _INSTRUMENT:
        return _to_instrument(desk, case_id, _INSTRUMENT[name], text)
    if name == "narrative":
        return cases.set_case(desk, case_id, narrative=text)
    if name == "wish":
        return cases.set_case(desk, case_id, wish=_wish(text))
    if name == "problem":
        return cases.set_case(desk, case_id, problem=_problem(desk, text))
    if name == "amount_disputed":
        return cases.set_case(desk, case_id, claimed=_sum(text))
    fact = FactName(_FACT.get(name, name))
    value = orders.parse_fact(desk, fact, text.strip())
    with desk.store.snapshot() as rows:
        order_id = rows.cases.get(case_id).order
    return orders.set_facts(desk, order_id, {fact: value}, case_id=case_id)


def _to_client(desk: Desk, case_id: CaseId, field: str, text: str) -> Outcome[None]:
    with desk.store.snapshot() as rows:
        client = rows.clients.get(rows.cases.get(case_id).client)
    new = people.NewClient(
        client.name, client.email, client.phone, client.address, client.country,
        client.subdivision, client.zone, client.language, client.is_self,
    )  # fmt: skip
    answer: dict[str, Any] = {field: mask(text.strip())}
    kept = people.set_client(desk, client.id, dataclasses.replace(new, **answer))
    return Outcome(None, kept.changes, kept.undo, kept.said)


def _to_instrument(desk: Desk, case_id: CaseId, field: str, text: str) -> Outcome[None]:
    from disputedesk.desk.basis import read_case

    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id).order
    known = basis.instrument
    if field == "mask":
        digits = re.sub(r"\D", "", text)
        if len(digits) != 4:
            raise Refused(
                tr("The last four digits are four digits."), "card_last4",
                tr("Type only them; the full number is never kept."),
            )  # fmt: skip
        text = f"••••{digits}"
    new = people.NewInstrument(
        kind=known.kind if known else InstrumentKind.CARD,
        mask=known.mask if known else "",
        network=known.network if known else "",
        card_kind=known.card_kind if known else "",
        issuer=known.issuer if known else "",
        issuer_address=known.issuer_address if known else "",
        issuer_country=known.issuer_country if known else "",
        label=known.label if known else "",
    )
    answer: dict[str, Any] = {field: mask(text.strip())}
    changed = dataclasses.replace(new, **answer)
    kept = people.set_instrument(desk, basis.order.id, changed)
    return Outcome(None, kept.changes, kept.undo, kept.said)


def _wish(text: str) -> Wish:
    try:
        return Wish(text.strip())
    except ValueError as error:
        raise Refused(
            tr("{text} is no wish.", text=text),
            "wish",
            tr("Choose one of: {names}.", names=", ".join(Wish)),
        ) from error


def _problem(desk: Desk, text: str) -> Problem:
    return Problem(str(orders.parse_fact(desk, FactName("problem"), text)))


def _sum(text: str) -> Money:
    amount, _, currency = text.strip().partition(" ")
    try:
        return Money.of(amount, currency.strip().upper())
    except ValueError as error:
        raise Refused(
            tr("{text} is not a sum.", text=repr(text)), "", tr("Write it as 43.10 USD.")
        ) from error
