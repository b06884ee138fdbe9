"""Helping for others: mandates signed and revoked, and the heads a helper writes under."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from disputedesk.common.cleaning import clean_line, clean_text
from disputedesk.common.errors import Refused
from disputedesk.common.secrets import mask
from disputedesk.common.texts import day_text, tr
from disputedesk.desk.changes import Changes, Outcome
from disputedesk.desk.letterheads import check_logo
from disputedesk.model.agency import Letterhead, Mandate
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.transaction import Transaction


def set_mandate(desk: Desk, new: Mandate) -> Outcome[int]:
    """Keeps what a client signed; its number 0 adds one.

    Raises:
        Refused: Nobody is named who acts, the signing has not come yet, or it ends before it
            begins.
        NotFound: There is no such client or mandate.
    """
    plain = dataclasses.replace(
        new, agent=mask(clean_line(new.agent)), scope=mask(clean_text(new.scope))
    )
    _check_mandate(desk, plain)
    with desk.transaction("mandate.set") as change:
        client = change.rows.clients.get(plain.client)
        mandates = change.rows.mandates
        before = mandates.get(plain.id) if plain.id else None
        kept = mandates.update(plain) if plain.id else mandates.add(plain)
        _touch(change, plain)
        said = tr("Mandate of {client} for {agent} kept", client=client.name, agent=plain.agent)
        entry = change.note(
            Subject("mandate", kept.id), {"mandate": _written(before)}, {"said": said}
        )
    return Outcome(kept.id, change.changes, entry, said)


def revoke_mandate(desk: Desk, number: int, *, on: dt.date) -> Outcome[None]:
    """Ends a mandate: from that day nobody signs under it.

    Raises:
        NotFound: There is no such mandate.
        Refused: The day lies before the signing, or has not come yet.
    """
    with desk.store.snapshot() as rows:
        known = rows.mandates.get(number)
    if known.signed_on is not None and on < known.signed_on:
        raise Refused(
            tr("A mandate cannot be revoked before it was signed on {day}.",
               day=day_text(known.signed_on)),
            "revoked_on", tr("Enter the day the client took it back."),
        )  # fmt: skip
    kept = set_mandate(desk, dataclasses.replace(known, revoked_on=on))
    return Outcome(None, kept.changes, kept.undo, kept.said)


def set_letterhead(desk: Desk, new: Letterhead) -> Outcome[int]:
    """Keeps a head for letters; its number 0 adds one. One of them is the standard at most.

    Raises:
        Refused: It has no name, or names nobody who signs; its picture is none, too large, or shows
            a card number.
        NotFound: The picture is not kept as evidence.
    """
    plain = dataclasses.replace(
        new, name=mask(clean_line(new.name)), agent=mask(clean_line(new.agent)),
        organisation=mask(clean_line(new.organisation)), address=mask(clean_text(new.address)),
        country=new.country.strip().upper(), email=mask(clean_line(new.email)),
        phone=mask(clean_line(new.phone)),
    )  # fmt: skip
    if not plain.name or not plain.agent:
        raise Refused(
            tr("A letterhead has a name and somebody who signs."),
            "agent" if plain.name else "name", tr("Type it."),
        )  # fmt: skip
    check_logo(desk, plain)
    with desk.transaction("letterhead.set") as change:
        heads = change.rows.letterheads
        former = [_written(head) for head in heads.list()]
        kept = heads.update(plain) if plain.id else heads.add(plain)
        for head in heads.list() if kept.standard else ():
            if head.id != kept.id and head.standard:
                heads.update(dataclasses.replace(head, standard=False))
        change.touch_setting("letterhead")
        said = tr("Letterhead “{name}” kept", name=kept.name)
        entry = change.note(Subject("letterhead", kept.id), {"heads": former}, {"said": said})
    return Outcome(kept.id, change.changes, entry, said)


def remove_letterhead(desk: Desk, number: int) -> Outcome[None]:
    """Takes a head away; letters that were made with it stay as they are.

    Raises:
        NotFound: There is no such letterhead.
    """
    with desk.transaction("letterhead.set") as change:
        heads = change.rows.letterheads
        gone = heads.get(number)
        former = [_written(head) for head in heads.list()]
        heads.remove(number)
        change.touch_setting("letterhead")
        said = tr("Letterhead “{name}” removed", name=gone.name)
        entry = change.note(Subject("letterhead", number), {"heads": former}, {"said": said})
    return Outcome(None, change.changes, entry, said)


def _check_mandate(desk: Desk, mandate: Mandate) -> None:
    if not mandate.agent:
        raise Refused(tr("A mandate names who acts."), "agent", tr("Type the name that signs."))
    for field, day in (("signed_on", mandate.signed_on), ("revoked_on", mandate.revoked_on)):
        if day is not None and day > desk.today:
            raise Refused(
                tr("{day} has not come yet.", day=day_text(day)), field,
                tr("Enter the day it really happened."),
            )  # fmt: skip
    signed, ends = mandate.signed_on, mandate.ends_on
    if signed is not None and ends is not None and ends < signed:
        raise Refused(
            tr("The mandate would end before it was signed."), "ends_on",
            tr("Enter a later last day, or leave it empty."),
        )  # fmt: skip


def _touch(change: Transaction, mandate: Mandate) -> None:
    """Marks the client and their cases; no window rests on who signs."""
    change.changes |= Changes(clients=frozenset({mandate.client}))
    for order in change.rows.orders.of_client(mandate.client):
        for case in change.rows.cases.of_order(order.id):
            change.touch_case(case.id, order.id, windows=False)


def _written(value: Mandate | Letterhead | None) -> dict[str, object] | None:
    """The values as the ledger keeps them: days as text."""
    if value is None:
        return None
    return {
        name: str(each) if isinstance(each, dt.date) else each
        for name, each in dataclasses.asdict(value).items()
    }
