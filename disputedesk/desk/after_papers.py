"""What papers draw on after filing: the claims that are answered, and what shows each refund."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from disputedesk.desk.basis import CaseBasis
from disputedesk.model.credit import CreditKind
from disputedesk.model.ids import ExhibitId
from disputedesk.papers.context import Counterpoint, LetterExhibit, Proof

_SUM_OF: Final = {
    CreditKind.PROVISIONAL: "amount_provisional",
    CreditKind.FINAL: "amount_credited",
}
"""What the proof of a line of the ledger of refunds proves of its sums."""


def counterclaims_of(
    basis: CaseBasis, exhibits: Sequence[LetterExhibit]
) -> tuple[Counterpoint, ...]:
    """What the reply says that is answered next: the newest that waits, else the newest."""
    waiting = [reply for reply in basis.replies if reply.answered_on is None] or basis.replies
    numbers = {shown.exhibit.id: shown.exhibit.number for shown in exhibits}
    return tuple(
        Counterpoint(
            claim.number, claim.text, claim.page, claim.answer,
            tuple(numbers[each] for each in claim.exhibits if each in numbers),
        )
        for claim in (basis.claims_of(waiting[-1].id) if waiting else ())
    )  # fmt: skip


def refunds_shown(basis: CaseBasis, numbers: Mapping[ExhibitId, int]) -> Iterator[Proof]:
    """What shows each line of the ledger of refunds, by its place there."""
    for place, credit in enumerate(basis.credits, 1):
        number = None if credit.exhibit is None else numbers.get(credit.exhibit)
        if number is not None:
            yield Proof(f"credit.{place}", number)
            if credit.kind in _SUM_OF:
                yield Proof(_SUM_OF[credit.kind], number)
