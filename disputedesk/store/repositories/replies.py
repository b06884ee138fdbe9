"""What merchants answered, claim by claim."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from disputedesk.model.ids import CaseId, ExhibitId
from disputedesk.model.reply import Counterclaim, MerchantReply
from disputedesk.store import schema
from disputedesk.store.repositories.plain import Plain


class MerchantReplies(Plain[MerchantReply]):
    """The replies of the other side."""

    table = schema.merchant_reply
    made = MerchantReply
    columns = {  # noqa: RUF012 - never changed
        "case": "case_id", "filing": "filing_id", "exhibit": "exhibit_id",
        "document": "document_id",
    }  # fmt: skip

    def of_case(self, case_id: CaseId) -> tuple[MerchantReply, ...]:
        """A case's replies, oldest first."""
        return self._where(schema.merchant_reply.c.case_id == case_id)


class Counterclaims(Plain[Counterclaim]):
    """What each reply says, with what answers it."""

    table = schema.counterclaim
    made = Counterclaim

    def of_reply(self, reply: int) -> tuple[Counterclaim, ...]:
        """A reply's claims by number."""
        found = self._where(schema.counterclaim.c.reply_id == reply)
        return tuple(sorted(found, key=lambda claim: claim.number))

    def add(self, value: Counterclaim) -> Counterclaim:
        """The claim as kept, with what answers it."""
        kept = super().add(value)
        self._answer(kept)
        return kept

    def update(self, value: Counterclaim) -> Counterclaim:
        """Keeps the claim and what answers it.

        Raises:
            NotFound: There is no such claim.
        """
        super().update(value)
        self._answer(value)
        return value

    def remove(self, number: int) -> None:
        """Takes a claim away, and its links to exhibits."""
        link = schema.counterclaim_exhibit
        self._unit.connection.execute(link.delete().where(link.c.counterclaim_id == number))
        super().remove(number)

    def _answer(self, claim: Counterclaim) -> None:
        link = schema.counterclaim_exhibit
        self._unit.connection.execute(link.delete().where(link.c.counterclaim_id == claim.id))
        rows: list[dict[str, Any]] = [
            {"counterclaim_id": claim.id, "exhibit_id": exhibit}
            for exhibit in dict.fromkeys(claim.exhibits)
        ]
        self._unit.insert_many(link, rows)

    def _row(self, value: Counterclaim) -> dict[str, Any]:
        return {"reply_id": value.reply, "number": value.number, "text": value.text,
                "page": value.page, "answer": value.answer}  # fmt: skip

    def _value(self, row: sa.RowMapping) -> Counterclaim:
        found = self._unit.rows(
            "SELECT exhibit_id FROM counterclaim_exhibit WHERE counterclaim_id = ? ORDER BY id",
            row["id"],
        )
        return Counterclaim(
            row["id"], row["reply_id"], row["number"], row["text"], row["page"], row["answer"],
            tuple(ExhibitId(number) for (number,) in found),
        )  # fmt: skip
