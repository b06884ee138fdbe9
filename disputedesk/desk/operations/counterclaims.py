"""What the merchant claims in a reply, one by one, and what is said and shown against each."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from disputedesk.common.cleaning import clean_line, clean_text
from disputedesk.common.errors import NotFound, Refused
from disputedesk.common.secrets import mask
from disputedesk.common.texts import tr
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.replies import exhibits_of
from disputedesk.model.ids import CaseId, ExhibitId
from disputedesk.model.reply import Counterclaim
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.transaction import Transaction

_LONGEST_CLAIM: Final = 2_000
_LONGEST_ANSWER: Final = 10_000


@dataclasses.dataclass(frozen=True, slots=True)
class NewClaim:
    """One thing the merchant says, as somebody read it.

    Attributes:
        id: The claim that is changed; 0 adds one.
    """

    text: str
    page: int | None = None
    answer: str = ""
    exhibits: tuple[ExhibitId, ...] = ()
    id: int = 0


def set_claims(desk: Desk, reply_id: int, claims: Sequence[NewClaim]) -> Outcome[None]:
    """Keeps what the merchant claims, in this order, in place of what was listed before.

    Raises:
        NotFound: There is no such reply, claim or exhibit.
        Refused: A claim says nothing, or is too long.
    """
    kept = [_checked(claim) for claim in claims]
    with desk.transaction("reply.claims") as change:
        reply = change.rows.merchant_replies.get(reply_id)
        case = change.rows.cases.get(reply.case)
        former = change.rows.counterclaims.of_reply(reply_id)
        before = pack_claims(change, reply.case, former)
        exhibits_of(change, reply.case, (shown for claim in kept for shown in claim.exhibits))
        _write(change, reply_id, former, kept)
        change.touch_case(case.id, case.order, windows=False)
        said = tr("Claims of the merchant changed")
        entry = change.note(
            Subject("case", case.id), {"reply": reply_id, "claims": before}, {"said": said}
        )
    return Outcome(None, change.changes, entry, said)


def claims_listed(desk: Desk, reply_id: int) -> list[NewClaim]:
    """The claims of a reply as they can be changed and kept again."""
    with desk.store.snapshot() as rows:
        rows.merchant_replies.get(reply_id)
        listed = rows.counterclaims.of_reply(reply_id)
    return [NewClaim(c.text, c.page, c.answer, c.exhibits, c.id) for c in listed]


def add_claim(desk: Desk, reply_id: int, claim: NewClaim) -> Outcome[None]:
    """Lists one more claim, after the others."""
    return set_claims(desk, reply_id, [*claims_listed(desk, reply_id), claim])


def change_claim(
    desk: Desk,
    reply_id: int,
    number: int,
    *,
    text: str | None = None,
    page: int | None = None,
    answer: str | None = None,
    exhibits: Iterable[ExhibitId] | None = None,
) -> Outcome[None]:
    """Changes one claim, its answer, or what answers it; `None` leaves each.

    Args:
        desk: The desk.
        reply_id: The reply.
        number: The claim's number, from 1.
        text: What they say.
        page: Its page in their reply.
        answer: What is said to it.
        exhibits: All exhibits that answer it.

    Raises:
        NotFound: There is no such claim.
    """
    listed = claims_listed(desk, reply_id)
    claim = listed[_place(listed, number)]
    listed[number - 1] = NewClaim(
        claim.text if text is None else text,
        claim.page if page is None else page,
        claim.answer if answer is None else answer,
        claim.exhibits if exhibits is None else tuple(dict.fromkeys(exhibits)),
        claim.id,
    )
    return set_claims(desk, reply_id, listed)


def remove_claim(desk: Desk, reply_id: int, number: int) -> Outcome[None]:
    """Takes one claim off the list; those after it move up."""
    listed = claims_listed(desk, reply_id)
    del listed[_place(listed, number)]
    return set_claims(desk, reply_id, listed)


def pack_claims(
    change: Transaction, case_id: CaseId, claims: Sequence[Counterclaim]
) -> list[dict[str, object]]:
    """Claims as a ledger entry holds them; exhibits by what they show, which keeps its number."""
    shown = {each.id: each.evidence.id for each in change.rows.exhibits.list(case_id)}
    return [
        {"id": c.id, "text": c.text, "page": c.page, "answer": c.answer,
         "evidence": [shown[number] for number in c.exhibits if number in shown]}
        for c in claims
    ]  # fmt: skip


def write_claims(change: Transaction, reply_id: int, claims: Sequence[NewClaim]) -> None:
    """Puts these claims, as they once were, in place of those a reply has."""
    rows = change.rows.counterclaims
    known = {claim.id for claim in rows.of_reply(reply_id)}
    back = [
        claim if claim.id in known
        else dataclasses.replace(claim, id=rows.put(Counterclaim(claim.id, reply_id, 0, "")).id)
        for claim in claims
    ]  # fmt: skip
    _write(change, reply_id, rows.of_reply(reply_id), back)


def _write(
    change: Transaction, reply_id: int, former: Sequence[Counterclaim], new: Sequence[NewClaim]
) -> None:
    known = {claim.id for claim in former}
    rows = change.rows.counterclaims
    for gone in known - {claim.id for claim in new}:
        rows.remove(gone)
    for number, claim in enumerate(new, 1):
        value = Counterclaim(
            claim.id, reply_id, number, claim.text, claim.page, claim.answer, claim.exhibits
        )
        if claim.id and claim.id not in known:
            raise NotFound(tr("There is no claim {number}.", number=claim.id))
        rows.update(value) if claim.id else rows.add(value)


def _place(listed: Sequence[NewClaim], number: int) -> int:
    if not 1 <= number <= len(listed):
        raise NotFound(tr("There is no claim {number}.", number=number))
    return number - 1


def _checked(claim: NewClaim) -> NewClaim:
    """A claim that can be kept: its words cleaned and masked."""
    text, answer = mask(clean_line(claim.text)), mask(clean_text(claim.answer))
    if not text:
        raise Refused(
            tr("A claim without words cannot be answered."), "",
            tr("Write what the merchant says, in your own words."),
        )  # fmt: skip
    if len(text) > _LONGEST_CLAIM or len(answer) > _LONGEST_ANSWER:
        raise Refused(
            tr("A claim takes {claim} characters and its answer {answer}.", claim=_LONGEST_CLAIM,
               answer=_LONGEST_ANSWER),
            text[:40], tr("Shorten it; what proves it is an exhibit."),
        )  # fmt: skip
    if claim.page is not None and claim.page < 1:
        raise Refused(tr("Pages are counted from 1."), text[:40], tr("Leave the page empty."))
    return dataclasses.replace(claim, text=text, answer=answer)
