"""What was seen in evidence that should not leave: for a case's card, for commands, for badges."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import TYPE_CHECKING

from disputedesk.common.texts import tr
from disputedesk.desk.secret_words import found_words, inside
from disputedesk.model.evidence import Derived, Suspicion
from disputedesk.model.ids import CaseId, EvidenceId, ExhibitId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.model.case import Evidence, Exhibit
    from disputedesk.store.transaction import StoreTransaction


@dataclasses.dataclass(frozen=True, slots=True)
class SuspicionView:
    """Something seen in the file that would go out.

    Attributes:
        id: Its number, by which it is settled.
        evidence: The file it was seen in.
        hidden_in: What is opened to hide it: the original of a redacted copy, else the file.
        name: The file's name.
        exhibit: The exhibit it would leave as; `None` for evidence of no case.
        number: The exhibit's number; 0 for none.
        case: Number of the case people know it by; 0 for none.
        text: What and where, a sentence without a stop.
        settled: Whether somebody said that it is no secret.
        is_dangerous: Whether it keeps the file from leaving.
    """

    id: int
    evidence: EvidenceId
    hidden_in: EvidenceId
    name: str
    media_type: str
    exhibit: ExhibitId | None
    number: int
    case: int
    kind: str
    place: str
    shown: str
    page: int
    box: tuple[float, float, float, float] | None
    text: str
    settled: bool
    is_dangerous: bool

    @property
    def would_leave(self) -> bool:
        """Whether it stands in the way of sending the exhibit."""
        return self.is_dangerous and self.exhibit is not None

    @property
    def line(self) -> str:
        """The sentence with the exhibit's number before it and what to do behind it."""
        found = inside(self.text)
        if not self.is_dangerous:
            return tr("Exhibit {number}: {found}.", number=self.number, found=found)
        return tr("Exhibit {number}: {found}; hide it before it leaves.", number=self.number,
                  found=found)  # fmt: skip


def suspicions_of(desk: Desk, case_id: CaseId) -> tuple[SuspicionView, ...]:
    """What was seen in the files that would go out for the exhibits of a case."""
    with desk.store.snapshot() as rows:
        number = rows.cases.get(case_id).number
        exhibits = [each for each in rows.exhibits.list(case_id) if each.withdrawn_at is None]
        found = rows.suspicions.of_evidence([each.outgoing.id for each in exhibits])
    views = []
    for exhibit in exhibits:
        mine = [each for each in found if each.evidence == exhibit.outgoing.id]
        views += [_view(each, exhibit.outgoing, exhibit, number) for each in _once(mine)]
    return tuple(views)


def all_suspicions(desk: Desk) -> tuple[SuspicionView, ...]:
    """What was seen in any evidence, once for each exhibit that would send it."""
    views: list[SuspicionView] = []
    with desk.store.snapshot() as rows:
        kept = {each.id: each for each in rows.evidence.list()}
        found: dict[EvidenceId, list[Suspicion]] = {}
        for each in rows.suspicions.of_evidence(kept):
            found.setdefault(each.evidence, []).append(each)
        for number, mine in found.items():
            exhibits = _sent_as(rows, number)
            for one in _once(mine):
                views += [_view(one, kept[number], exhibit, case) for exhibit, case in exhibits]
                if not exhibits:
                    views.append(_view(one, kept[number], None, 0))
    return tuple(views)


def _sent_as(rows: StoreTransaction, evidence: EvidenceId) -> list[tuple[Exhibit, int]]:
    """The exhibits for which this evidence goes out, with their cases' numbers."""
    made = rows.derivations.of_evidence(evidence)
    origins = [each.origin for each in made if each.how is Derived.REDACTION]
    return [
        (exhibit, rows.cases.get(exhibit.case).number)
        for number in (evidence, *origins)
        for exhibit in rows.exhibits.of_evidence(number)
        if exhibit.outgoing.id == evidence and exhibit.withdrawn_at is None
    ]


def _once(found: Iterable[Suspicion]) -> list[Suspicion]:
    """One of those that look the same at one place; settling settles them together."""
    looks: dict[tuple[str, str, str, int], Suspicion] = {}
    for each in found:
        looks.setdefault((each.kind, each.place, each.shown, each.page), each)
    return list(looks.values())


def _view(each: Suspicion, file: Evidence, exhibit: Exhibit | None, case: int) -> SuspicionView:
    from disputedesk.desk.operations.reading import is_dangerous

    return SuspicionView(
        id=each.id,
        evidence=each.evidence,
        hidden_in=exhibit.evidence.id if exhibit is not None else each.evidence,
        name=file.name,
        media_type=file.media_type,
        exhibit=exhibit.id if exhibit is not None else None,
        number=exhibit.number if exhibit is not None else 0,
        case=case,
        kind=each.kind,
        place=each.place,
        shown=each.shown,
        page=each.page,
        box=each.box,
        text=found_words(each.kind, each.place, each.shown),
        settled=each.settled_on is not None,
        is_dangerous=is_dangerous(each),
    )


def outgoing_notes(desk: Desk, case_id: CaseId, *, printed: bool = False) -> tuple[str, ...]:
    """What should be known of a case's exhibits before they leave, as far as they were read.

    Args:
        desk: The desk.
        case_id: The case.
        printed: Whether they leave as printed pages rather than as the files they are.
    """
    from disputedesk.desk.operations.outgoing import notes_on

    with desk.store.snapshot() as rows:
        exhibits = [each for each in rows.exhibits.list(case_id) if each.withdrawn_at is None]
        return notes_on(rows, exhibits, printed=printed)
