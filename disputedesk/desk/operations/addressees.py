"""The address book: whom a case writes to, typed once and used again."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from disputedesk.common.cleaning import clean_line, clean_text
from disputedesk.common.errors import Refused
from disputedesk.common.secrets import mask
from disputedesk.common.texts import tr
from disputedesk.desk.changes import Outcome
from disputedesk.model.addressee import Addressee
from disputedesk.model.ids import CaseId, FactName
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.transaction import Transaction

_FIELDS: Final = {
    "recipient_name": "name",
    "recipient_address": "address",
    "recipient_email": "email",
}
_ISSUER: Final = "issuer"


def name_of_question(kind: str, name: str) -> FactName:
    """What the question for a recipient's `name` is called: led by whom it is about.

    The bank of a card keeps name and address itself, so its questions are led by nothing.
    """
    of_book = name in _FIELDS and (kind != _ISSUER or name == "recipient_email")
    return FactName(f"{kind}:{name}" if of_book else name)


def answer_recipient(desk: Desk, case_id: CaseId, kind: str, name: str, text: str) -> Outcome[None]:
    """Keeps one line of the address a case writes to.

    Raises:
        Refused: There is no such line.
    """
    if name not in _FIELDS:
        raise Refused(
            tr("A recipient has no {name}.", name=repr(name)), name,
            tr("Choose one of: {names}.", names=", ".join(_FIELDS)),
        )  # fmt: skip
    from disputedesk.desk.basis import read_case

    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    known = next((each for each in basis.addressees if each.kind == kind), None)
    if known is None:
        known = Addressee(0, kind, "")
        card = basis.order.instrument
        if kind == _ISSUER and card is not None:
            known = dataclasses.replace(
                known, name=card.issuer, address=card.issuer_address, country=card.issuer_country
            )
    answer: dict[str, Any] = {_FIELDS[name]: text}
    return set_addressee(desk, case_id, dataclasses.replace(known, **answer))


def set_addressee(desk: Desk, case_id: CaseId, new: Addressee) -> Outcome[None]:
    """Keeps an entry and lets the case write to it; other cases that use it follow.

    Args:
        desk: The desk.
        case_id: The case.
        new: The entry; its number 0 adds one.
    """
    plain = dataclasses.replace(
        new, name=mask(clean_line(new.name)), department=mask(clean_line(new.department)),
        address=mask(clean_text(new.address)), country=new.country.strip().upper(),
        email=mask(clean_line(new.email)), phone=mask(clean_line(new.phone)),
        source=mask(clean_line(new.source)),
    )  # fmt: skip
    with desk.transaction("addressee.set") as change:
        case = change.rows.cases.get(case_id)
        before = _former(change, case_id, plain)
        rows = change.rows.addressees
        kept = rows.update(plain) if plain.id else rows.add(plain)
        rows.choose(case_id, kept.kind, kept.id)
        change.touch_case(case_id, case.order, windows=False)
        said = tr("Address of {name} kept", name=kept.name or kept.kind)
        entry = change.note(Subject("case", case_id), before, {"said": said, "addressee": kept.id})
    return Outcome(None, change.changes, entry, said)


def _former(change: Transaction, case_id: CaseId, new: Addressee) -> dict[str, object]:
    """What undo puts back: the entry as it was, and whom the case wrote to before."""
    chosen = {each.kind: each.id for each in change.rows.addressees.of_case(case_id)}
    known: dict[str, object] | None = None
    if new.id:
        known = dataclasses.asdict(change.rows.addressees.get(new.id))
        day = known["checked_on"]
        known["checked_on"] = None if day is None else str(day)
    return {"kind": new.kind, "chosen": chosen.get(new.kind), "entry": known}
