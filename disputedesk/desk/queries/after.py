"""What happens after filing: replies and their claims, refunds, and what to know before closing."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import NotFound
from disputedesk.common.texts import day_text, tr, trn
from disputedesk.deadlines.words import Stage
from disputedesk.desk import words
from disputedesk.desk.after_views import AfterLine, AfterView, ClaimRow, CreditRow, ReplyView
from disputedesk.desk.after_words import credit_title, reply_title
from disputedesk.desk.basis import CaseBasis, read_case
from disputedesk.desk.queries.late_refunds import late_sentence
from disputedesk.desk.steps import exhibit_kinds
from disputedesk.model.case import Exhibit, Filing
from disputedesk.model.credit import Credit, CreditKind
from disputedesk.model.credit_ledger import Balance, balance_in, balances, open_promises
from disputedesk.model.ids import CaseId, ExhibitId, FilingId
from disputedesk.model.money import Money
from disputedesk.model.problem import Problem
from disputedesk.packs.usual_claims import UsualClaim, load_usual_claims

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_REBUTTAL: Final = "rebuttal"
_LATER: Final = "pre_arbitration_statement"
"""The forms that answer a reply: the first one, and one for what comes after it."""


def after_of(desk: Desk, basis: CaseBasis, today: dt.date) -> AfterView:
    """What happened to a case after filing."""
    standing = {e.id: e for e in basis.exhibits if e.withdrawn_at is None}
    filings = {filing.id: filing for filing in basis.filings}
    replies = tuple(_reply(desk, basis, each.id) for each in basis.replies)
    promises = {one.credit.id: one for one in open_promises(basis.credits)}
    rows = []
    for credit in basis.credits:
        promise = promises.get(credit.id)
        late = 0 if promise is None else promise.days_late(today)
        said = late_sentence(promise, today) if promise is not None and late else ""
        rows.append(
            CreditRow(
                credit,
                None if credit.exhibit is None else standing.get(credit.exhibit),
                None if credit.filing is None else filings.get(credit.filing),
                None if promise is None else promise.left, late, said,
            )
        )  # fmt: skip
    sums = balances(basis.credits)
    return AfterView(
        replies=replies,
        credits=tuple(rows),
        balances=sums,
        still_out=_still_out(basis),
        lines=tuple(sorted(_lines(basis), key=lambda line: line.day, reverse=True)),
        cautions=_cautions(replies, sums),
    )


def after_view(desk: Desk, case_id: CaseId, *, today: dt.date | None = None) -> AfterView:
    """What happened to a case after filing.

    Raises:
        NotFound: There is no such case.
    """
    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    return after_of(desk, basis, today or desk.today)


def reply_of(desk: Desk, case_id: CaseId, number: int | None = None) -> ReplyView:
    """One reply of a case.

    Args:
        desk: The desk.
        case_id: The case.
        number: Its place among the case's replies, from 1; `None` is the one to answer next, else
            the newest.

    Raises:
        NotFound: There is none.
    """
    view = after_view(desk, case_id)
    if number is None and view.replies:
        return view.waiting or view.replies[-1]
    if number is None or not 1 <= number <= len(view.replies):
        raise NotFound(
            tr("No reply of the merchant is recorded for this case."), "",
            tr("Record it with case reply."),
        )  # fmt: skip
    return view.replies[number - 1]


def lending_step(desk: Desk, case_id: CaseId, kind: CreditKind) -> FilingId | None:
    """The step a new line of the ledger most likely belongs to.

    What the bank lends belongs to its newest dispute; what becomes final or is taken back belongs
    to the step on which money was lent. `None` where there is none.
    """
    with desk.store.snapshot() as rows:
        filings = rows.filings.list(case_id)
        lent = [c for c in rows.credits.of_case(case_id) if c.kind is CreditKind.PROVISIONAL]
    if kind is CreditKind.PROVISIONAL:
        of_bank = [f.id for f in filings if f.avenue in {"card_chargeback", "bank_claim"}]
        return of_bank[-1] if of_bank else None
    settles = kind in {CreditKind.FINAL, CreditKind.TAKEN_BACK}
    return lent[-1].filing if lent and settles else None


@dataclasses.dataclass(frozen=True, slots=True)
class UsualClaimView:
    """One thing that merchants usually say, in the language in force.

    Attributes:
        kinds: What usually answers it, in words.
        exhibits: The case's exhibits of these kinds, the strongest first.
        listed: Whether the reply's list has it already.
    """

    id: str
    text: str
    answer: str
    kinds: tuple[str, ...]
    exhibits: tuple[Exhibit, ...]
    listed: bool
    source: str


def usual_claims(desk: Desk, case_id: CaseId, reply_id: int = 0) -> tuple[UsualClaimView, ...]:
    """What merchants usually say to such a wrong, and which exhibits may answer it.

    Raises:
        NotFound: There is no such case.
    """
    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    named = dict(exhibit_kinds())
    said = {claim.text for claim in basis.claims_of(reply_id)}
    return tuple(
        UsualClaimView(
            usual.id, tr(usual.text), tr(usual.answer),
            tuple(named[kind] for kind in usual.kinds),
            tuple(answering(basis.exhibits, usual)), tr(usual.text) in said, usual.source,
        )
        for usual in shipped_claims()
        if usual.fits(Problem(basis.case.problem))
    )  # fmt: skip


def answering(exhibits: tuple[Exhibit, ...], usual: UsualClaim) -> Iterator[Exhibit]:
    """The exhibits whose kind usually answers a claim, the strongest kind first."""
    for kind in usual.kinds:
        yield from (e for e in exhibits if e.kind == kind and e.withdrawn_at is None)


@functools.cache
def shipped_claims() -> tuple[UsualClaim, ...]:
    """The shipped list of usual claims."""
    return load_usual_claims([kind for kind, _ in exhibit_kinds()])


def likely_exhibits(view: AfterView, exhibits: tuple[Exhibit, ...], text: str) -> tuple[
    ExhibitId, ...
]:  # fmt: skip
    """The exhibits that usually answer a claim that was taken from the list; none for others."""
    usual = next((each for each in shipped_claims() if tr(each.text) == text), None)
    replies = {row.reply.exhibit for row in view.replies}
    if usual is None:
        return ()
    return tuple(each.id for each in answering(exhibits, usual) if each.id not in replies)


def form_for_reply(desk: Desk, stage: str) -> str:
    """The id of the form that answers a reply at this stage; empty where there is none."""
    wanted = _REBUTTAL if stage in {"", Stage.RESPONSE} else _LATER
    known = {form.id for form in desk.forms.forms}
    return next((name for name in (wanted, _REBUTTAL) if name in known), "")


def _reply(desk: Desk, basis: CaseBasis, number: int) -> ReplyView:
    reply = next(each for each in basis.replies if each.id == number)
    shown = {each.id: each for each in basis.exhibits}
    claims = tuple(
        ClaimRow(claim, tuple(
            shown[each] for each in claim.exhibits
            if each in shown and shown[each].withdrawn_at is None
        ))
        for claim in basis.claims_of(number)
    )  # fmt: skip
    return ReplyView(
        reply=reply,
        title=reply_title(reply.stage),
        claims=claims,
        filing=next((each for each in basis.filings if each.id == reply.filing), None),
        exhibit=None if reply.exhibit is None else shown.get(reply.exhibit),
        document=next((each for each in basis.documents if each.id == reply.document), None),
        form=form_for_reply(desk, reply.stage),
    )


def _still_out(basis: CaseBasis) -> Money | None:
    """What was asked less what is back for good; never below nothing."""
    asked = basis.case.claimed or basis.order.order.total
    if asked is None:
        return None
    back = balance_in(basis.credits, asked.currency).final
    return Money(max(0, asked.minor - back.minor), asked.currency)


def _cautions(replies: tuple[ReplyView, ...], sums: tuple[Balance, ...]) -> tuple[str, ...]:
    """What would be forgotten if the case were closed now."""
    told = [
        tr("{sum} is provisional: the bank may take it back.",
           sum=words.money_text(each.provisional))
        for each in sums if each.provisional.minor
    ]  # fmt: skip
    told += [
        tr("{sum} was promised and is not here.", sum=words.money_text(each.promised))
        for each in sums
        if each.promised.minor
    ]
    for view in replies:
        if view.waits:
            day = day_text(view.reply.received_on)
            told.append(tr("The reply of {day} is not answered.", day=day))
    return tuple(told)


def _lines(basis: CaseBasis) -> Iterator[AfterLine]:
    for filing in basis.filings:
        yield from _of_filing(filing)
    for reply in basis.replies:
        count = len(basis.claims_of(reply.id))
        listed = trn("{count} claim listed", "{count} claims listed", count) if count else ""
        yield AfterLine(reply.received_on, "reply", reply_title(reply.stage), listed)
    for credit in basis.credits:
        yield AfterLine(credit.on, "credit", credit_text(credit), credit.note or credit.reference)


def _of_filing(filing: Filing) -> Iterator[AfterLine]:
    title = words.avenue_title(filing.avenue)
    answers = filing.stage in {"response", "pre_arbitration", "arbitration"}
    said = (
        tr("{what}: answer to their reply sent", what=title)
        if answers
        else tr("{what}: sent", what=title)
    )
    yield AfterLine(filing.filed_on, "rebuttal" if answers else "filing", said, filing.reference)
    if filing.answered_on is not None:
        text = tr("{what}: answered", what=title)
        if filing.granted is not None:
            granted = tr("{what}: granted", what=title)
            text = granted if filing.granted else tr("{what}: refused", what=title)
        yield AfterLine(filing.answered_on, "answer", text, filing.answer)


def credit_text(credit: Credit) -> str:
    """A line of the ledger of refunds in words."""
    if credit.kind is CreditKind.PROMISED and credit.due_on is not None:
        return tr("{kind}: {sum}, due by {day}", kind=credit_title(credit.kind),
                  sum=words.money_text(credit.amount), day=day_text(credit.due_on))  # fmt: skip
    return tr("{kind}: {sum}", kind=credit_title(credit.kind),
              sum=words.money_text(credit.amount))  # fmt: skip
