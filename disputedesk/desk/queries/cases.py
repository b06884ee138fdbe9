"""Cases: the workspace with plan, lanes, checklist and papers, and lists of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import NotFound
from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.plan import Plan
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Avenue, Status
from disputedesk.desk import words
from disputedesk.desk.asking import questions_of, worth_asking
from disputedesk.desk.basis import CaseBasis, read_case
from disputedesk.desk.facts import by_name
from disputedesk.desk.offering import serving_form
from disputedesk.desk.planning import plan_for
from disputedesk.desk.queries.after import after_of
from disputedesk.desk.queries.orders import fact_views, in_plan_order, marks_of, what_if
from disputedesk.desk.queries.papers import paper_choices
from disputedesk.desk.steps import checks_of, next_step
from disputedesk.desk.views import (
    AvenueView,
    CaseDetail,
    CaseRow,
    LifeMark,
    LogLine,
    Question,
)
from disputedesk.model.case import CaseStage, Wish
from disputedesk.model.ids import CaseId, OrderId
from disputedesk.model.problem import Problem

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

__all__ = ["case_detail", "case_rows", "find_case", "problem_choices", "questions_for", "what_if"]

problem_choices = words.problem_choices
_MOST_ROWS: Final = 10_000
_ALWAYS: Final = (
    "ordered_on", "shipped_on", "promised_by", "expected_delivery", "last_scan_on",
    "delivered_on", "received_on", "protection_ends_at", "amount", "method", "network",
    "card_kind", "issuer", "transaction_date", "processing_date", "contacted_seller_on",
)  # fmt: skip


def find_case(desk: Desk, ref: str) -> CaseId:
    """The case people call by this number.

    Raises:
        NotFound: There is none.
    """
    digits = ref.strip().lstrip("#")
    with desk.store.snapshot() as rows:
        case = rows.cases.find_by_number(int(digits)) if digits.isdecimal() else None
    if case is None:
        raise NotFound(tr("There is no such case."), ref, tr("case list shows them all."))
    return case.id


def case_rows(
    desk: Desk, *, closed: bool = False, today: dt.date | None = None
) -> tuple[CaseRow, ...]:
    """Cases by the day they must be acted on, those without one last.

    Args:
        desk: The desk.
        closed: Whether closed ones are listed too.
        today: The day it is; `None` is the desk's.
    """
    day = today or desk.today
    due: dict[CaseId, dt.date] = {}
    for clock in desk.reader().due(day, _MOST_ROWS, actor=str(Actor.BUYER)):
        if clock.case is not None:
            due.setdefault(clock.case, clock.file_by)
    asked = {case.case for case in desk.reader().basis.asked_cases(_MOST_ROWS)}
    stages = [stage for stage in CaseStage if closed or stage is not CaseStage.CLOSED]
    found = desk.reader().cases_page(_MOST_ROWS, stages=stages)
    views = [
        CaseRow(
            id=row.id,
            number=row.number,
            order=row.order,
            title=f"{words.problem_text(row.problem)}: {row.title}",
            subtitle=" · ".join(part for part in (row.client_name, row.order_number) if part),
            stage_title=words.case_stage_title(row.stage),
            money=row.claimed or row.total,
            act_by=due.get(row.id),
            closed=row.stage is CaseStage.CLOSED,
            asked=row.id in asked,
            client=row.client_name,
            seller=row.seller,
        )
        for row in found
    ]
    return tuple(sorted(views, key=lambda row: (row.closed, _day_of(row), row.number)))


def _day_of(row: CaseRow) -> dt.date:
    """The day a case is listed by; a day that has yet to be looked up goes before all others."""
    return dt.date.min if row.asked else row.act_by or dt.date.max


def questions_for(desk: Desk, order_id: OrderId, problem: Problem) -> tuple[Question, ...]:
    """The facts worth asking for before a case is opened, most useful first."""
    from disputedesk.desk.basis import read_order

    with desk.store.snapshot() as rows:
        basis = read_order(rows, order_id)
    facts = basis.facts.with_values({"problem": str(problem)})
    windows = desk.rulebook.windows(facts, today=desk.today)
    names = worth_asking(desk.rulebook, windows, facts)
    return questions_of(desk.rulebook.catalogue, names, by_name(basis.recorded), windows)


def case_detail(desk: Desk, case_id: CaseId, *, today: dt.date | None = None) -> CaseDetail:
    """The case workspace.

    Raises:
        NotFound: There is no such case.
    """
    day = today or desk.today
    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    facts = basis.facts
    windows = desk.rulebook.windows(facts, today=day, explain=True)
    plan = plan_for(
        desk.rulebook, windows, facts, basis.filings, today=day, asked_since=basis.asked_since
    )
    window = next((each for each in windows if each.rule == plan.next_step), None)
    case, order = basis.case, basis.order.order
    kinds = [exhibit.kind for exhibit in basis.exhibits if exhibit.withdrawn_at is None]
    checks = checks_of(window, facts, kinds)
    form = serving_form(desk.forms, window, case.problem, platform=order.platform,
                        client=basis.order.client)  # fmt: skip
    names = worth_asking(desk.rulebook, windows, facts)
    recorded = by_name(basis.order.recorded)
    acts, act_by = _whose_turn(plan)
    return CaseDetail(
        case=case,
        title=tr("{problem}: {item}", problem=words.problem_text(case.problem), item=order.title),
        order=order,
        client=basis.order.client,
        seller=order.seller.name if order.seller else "",
        items=basis.order.items,
        instrument=basis.order.instrument,
        money=case.claimed or order.total,
        stage_title=words.case_stage_title(case.stage),
        acts=acts,
        act_by=act_by,
        plan=plan,
        windows=in_plan_order(windows, plan),
        lanes=_lanes(windows, basis, plan),
        marks=_marks(desk, basis),
        step=next_step(plan, window, checks, desk.rulebook.catalogue, form),
        checks=checks,
        questions=questions_of(desk.rulebook.catalogue, names, recorded, windows),
        facts=fact_views(desk, basis.order, _ALWAYS),
        exhibits=basis.exhibits,
        documents=basis.documents,
        filings=basis.filings,
        notes=basis.notes,
        log=_log(desk, basis),
        papers=paper_choices(desk, basis, windows, plan, today=day),
        wishes=tuple(Wish),
        today=day,
        after=after_of(desk, basis, day),
    )


def _whose_turn(plan: Plan) -> tuple[Actor, dt.date | None]:
    step = plan.step
    if step is not None:
        return Actor.BUYER, step.last_safe_day or step.window.closes
    if plan.their_clocks:
        clock = plan.their_clocks[0]
        return clock.actor, clock.closes
    return Actor.BUYER, None


def _lanes(windows: Sequence[Window], basis: CaseBasis, plan: Plan) -> tuple[AvenueView, ...]:
    """Avenues with a date or a filing, in the plan's order."""
    shown = [w for w in windows if w.closes is not None or w.status is not Status.NOT_AVAILABLE]
    shown = [w for w in shown if w.closes or w.opens or w.status is Status.OPEN]
    order = list(dict.fromkeys(step.window.avenue for step in plan.steps))
    order += [avenue for avenue in Avenue if avenue not in order]
    lanes = []
    for avenue in order:
        mine = tuple(window for window in shown if window.avenue is avenue)
        filed = tuple(filing for filing in basis.filings if filing.avenue == avenue)
        if mine or filed:
            lanes.append(AvenueView(avenue, words.avenue_title(avenue), mine, filed))
    return tuple(lanes)


def _marks(desk: Desk, basis: CaseBasis) -> tuple[LifeMark, ...]:
    marks = list(marks_of(desk, basis.facts))
    for filing in basis.filings:
        marks.append(LifeMark(filing.filed_on, words.avenue_title(filing.avenue), "filing"))
        if filing.answered_on is not None:
            marks.append(LifeMark(filing.answered_on, tr("Their answer"), "answer"))
    return tuple(sorted(marks, key=lambda mark: mark.day))


def _log(desk: Desk, basis: CaseBasis) -> tuple[LogLine, ...]:
    """Notes and acts, newest first."""
    from disputedesk.store.values import Subject

    with desk.store.snapshot() as rows:
        entries = rows.ledger.of(Subject("case", basis.case.id))
    lines = [LogLine(note.at, note.author, note.text) for note in basis.notes]
    for entry in entries:
        said = (entry.after or {}).get("said")
        if said and entry.act != "case.note":
            lines.append(LogLine(entry.at, tr("desk"), str(said)))
    for filing in basis.filings:
        if filing.answered_on is not None and filing.answer:
            at = dt.datetime.combine(filing.answered_on, dt.time(12), dt.UTC)
            text = tr("Answer of {day}: {text}", day=day_text(filing.answered_on),
                      text=filing.answer)  # fmt: skip
            lines.append(LogLine(at, tr("other side"), text))
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))
