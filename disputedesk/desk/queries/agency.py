"""Who may sign for whom, and under which head."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from disputedesk.desk.queries.batches import BatchCase, plan_batch
from disputedesk.model.agency import Letterhead, Mandate
from disputedesk.model.case import CaseStage, Evidence
from disputedesk.model.ids import CaseId, ClientId, EvidenceId
from disputedesk.papers.logo import TYPES

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

MANDATE_FORM: Final = "agent_mandate"
"""The form of the paper a client signs."""

_MOST_LOGOS: Final = 200
"""So many pictures, the newest, are offered for a letterhead."""


@dataclasses.dataclass(frozen=True, slots=True)
class ClientPaper:
    """An exhibit of one of a client's cases, which may be the mandate they signed."""

    evidence: EvidenceId
    case: int
    number: int
    title: str


def mandates(desk: Desk, client_id: ClientId) -> tuple[Mandate, ...]:
    """A client's mandates, oldest first."""
    with desk.store.snapshot() as rows:
        return rows.mandates.of_client(client_id)


def letterheads(desk: Desk) -> tuple[Letterhead, ...]:
    """The heads a helper writes under, the standard one first."""
    with desk.store.snapshot() as rows:
        return tuple(sorted(rows.letterheads.list(), key=lambda head: not head.standard))


def papers_of_client(desk: Desk, client_id: ClientId) -> tuple[ClientPaper, ...]:
    """The exhibits of a client's cases, by case and number."""
    found = []
    with desk.store.snapshot() as rows:
        for case in _cases(desk, client_id):
            number = rows.cases.get(case).number
            found += [
                ClientPaper(
                    each.outgoing.id, number, each.number, each.caption or each.outgoing.name
                )
                for each in rows.exhibits.list(case)
                if each.withdrawn_at is None
            ]
    return tuple(found)


def logo_choices(desk: Desk) -> tuple[Evidence, ...]:
    """The pictures kept as evidence that may stand in a letterhead, newest first."""
    with desk.store.snapshot() as rows:
        found = [each for each in rows.evidence.list() if each.media_type in TYPES]
    return tuple(reversed(found))[:_MOST_LOGOS]


def mandate_cases(desk: Desk, client_id: ClientId) -> tuple[BatchCase, ...]:
    """The open cases of a client, and what each lacks for the mandate to be written in it."""
    cases = _cases(desk, client_id, closed=False)
    return plan_batch(desk, cases, form=MANDATE_FORM) if cases else ()


def _cases(desk: Desk, client_id: ClientId, *, closed: bool = True) -> tuple[CaseId, ...]:
    with desk.store.snapshot() as rows:
        return tuple(
            case.id
            for order in rows.orders.of_client(client_id)
            for case in rows.cases.of_order(order.id)
            if closed or case.stage is not CaseStage.CLOSED
        )
