"""Evidence as its room shows it: numbers and rows without SQLAlchemy, one piece whole with it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from disputedesk.common.texts import tr
from disputedesk.desk import words
from disputedesk.desk.basis import read_case
from disputedesk.desk.claims import claims_of
from disputedesk.desk.evidence_views import (
    EvidenceCase,
    EvidenceDetail,
    EvidenceFilter,
    EvidenceLink,
    EvidenceRow,
    EvidenceSort,
    EvidenceUse,
)
from disputedesk.model.case import Exhibit
from disputedesk.model.evidence import Derivation
from disputedesk.model.ids import EvidenceId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.store.transaction import StoreTransaction


def evidence_ids(
    desk: Desk, wanted: EvidenceFilter, sort: EvidenceSort = EvidenceSort.NEWEST
) -> array[int]:
    """Numbers of the evidence asked for, in its order; rows are fetched as they show."""
    return desk.reader().evidence_rows.ids(wanted, sort)


def evidence_rows(desk: Desk, ids: Sequence[EvidenceId]) -> tuple[EvidenceRow, ...]:
    """The rows of these, in the order asked for."""
    return desk.reader().evidence_rows.rows(ids)


def evidence_cases(desk: Desk) -> tuple[EvidenceCase, ...]:
    """Cases that have exhibits, to choose one by."""
    return desk.reader().evidence_rows.cases()


def evidence_detail(desk: Desk, evidence_id: EvidenceId) -> EvidenceDetail:
    """Everything about one piece of evidence.

    Raises:
        NotFound: There is none.
    """
    with desk.store.snapshot() as rows:
        evidence = rows.evidence.get(evidence_id)
        reading = rows.readings.find(evidence_id)
        return EvidenceDetail(
            evidence=evidence,
            arrivals=rows.arrivals.of_evidence(evidence_id),
            links=_links(rows, evidence_id),
            suspicions=rows.suspicions.of_evidence([evidence_id]),
            uses=_uses(desk, rows, evidence_id),
            state=None if reading is None else reading.state,
        )


def _links(rows: StoreTransaction, evidence_id: EvidenceId) -> tuple[EvidenceLink, ...]:
    """What it was made from, then what was made from it; what nobody can find is left out."""

    def link(each: Derivation, other: EvidenceId, *, is_origin: bool) -> EvidenceLink:
        return EvidenceLink(rows.evidence.get(other), each.how, is_origin, each.at)

    origins = [
        link(each, each.origin, is_origin=True)
        for each in rows.derivations.of_evidence(evidence_id)
    ]
    made = [
        link(each, each.evidence, is_origin=False)
        for each in rows.derivations.of_origins([evidence_id])
    ]
    return (*origins, *made)


def _uses(desk: Desk, rows: StoreTransaction, evidence_id: EvidenceId) -> tuple[EvidenceUse, ...]:
    """The living cases it stands in."""
    found = rows.exhibits.of_evidence(evidence_id)
    living = [each for each in found if rows.cases.find(each.case) is not None]
    return tuple(_use(desk, rows, each) for each in living)


def _use(desk: Desk, rows: StoreTransaction, exhibit: Exhibit) -> EvidenceUse:
    basis = read_case(rows, exhibit.case)
    said = [link.claim for link in basis.claims if link.exhibit == exhibit.id]
    problem = words.problem_text(basis.case.problem)
    return EvidenceUse(
        case=exhibit.case,
        number=basis.case.number,
        title=tr("{problem}: {item}", problem=problem, item=basis.order.order.title),
        exhibit=exhibit,
        claims=claims_of(basis, exhibit.kind, said, desk.rulebook.catalogue),
    )
