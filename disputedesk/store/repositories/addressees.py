"""The address book, and which of its entries a case writes to."""

from __future__ import annotations

import sqlalchemy as sa

from disputedesk.model.addressee import Addressee
from disputedesk.model.ids import CaseId
from disputedesk.store import schema
from disputedesk.store.repositories.plain import Plain


class Addressees(Plain[Addressee]):
    """Where letters go."""

    table = schema.addressee
    made = Addressee

    def of_case(self, case_id: CaseId) -> tuple[Addressee, ...]:
        """Whom a case writes to; at most one of each kind."""
        link = schema.case_addressee
        chosen = sa.select(link.c.addressee_id).where(link.c.case_id == case_id)
        return self._where(schema.addressee.c.id.in_(chosen))

    def remove_unused(self, number: int) -> None:
        """Takes an entry away to which no case writes; leaves one that is used."""
        used = sa.select(schema.case_addressee.c.addressee_id)
        gone = (schema.addressee.c.id == number) & schema.addressee.c.id.not_in(used)
        self._unit.connection.execute(schema.addressee.delete().where(gone))

    def choose(self, case_id: CaseId, kind: str, number: int | None) -> None:
        """From now on the case writes to this entry as its `kind`; `None` to none."""
        link = schema.case_addressee
        here = (link.c.case_id == case_id) & (link.c.kind == kind)
        self._unit.connection.execute(link.delete().where(here))
        if number is not None:
            self._unit.connection.execute(
                link.insert().values(case_id=case_id, kind=kind, addressee_id=number)
            )
