"""*Today*: what to act on, soonest first, without SQLAlchemy on the way to the first paint.

The stored windows say which orders and cases to look at; for the rows that will be seen the plan is
made again, so that the button, the order of avenues and "if you do nothing" are those of this day.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from disputedesk.common.texts import tr
from disputedesk.deadlines.candidate import is_asked
from disputedesk.deadlines.plan import Chaser, Plan
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Avenue, Stage, Status
from disputedesk.desk import words
from disputedesk.desk.known import known_facts
from disputedesk.desk.planning import plan_for
from disputedesk.desk.queries.day_strip import strip_of
from disputedesk.desk.queries.late_refunds import late_refunds
from disputedesk.desk.steps import checks_of, next_step, step_without_case
from disputedesk.desk.views import (
    DueGroup,
    DueView,
    NextStep,
    StepKind,
    TodayView,
    Undated,
)
from disputedesk.model.case import Case, Filing
from disputedesk.model.fact import Fact
from disputedesk.model.ids import CaseId, OrderId, RuleId
from disputedesk.store.reading import DueRow, FactRow
from disputedesk.store.reading.bases import OrderBase

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.papers.form import Form
    from disputedesk.store.reading.bases import UndatedCase

_Key: TypeAlias = tuple[OrderId, CaseId | None]
_WEEK: Final = 7
_PLANNED: Final = 60
"""So many orders and cases get a fresh plan; beyond what a screen shows the stored days serve."""
_LATE: Final = 50
"""So many clocks that the other side let lapse are listed, the latest of them."""
_LISTED: Final = frozenset({Avenue.CARD_CHARGEBACK, Avenue.WALLET_CLAIM, Avenue.PLATFORM_DISPUTE})
"""Avenues kept in reserve that are worth a row of their own."""


def today_view(desk: Desk, *, today: dt.date | None = None, limit: int = 200) -> TodayView:
    """The room *Today*.

    Args:
        desk: The desk.
        today: The day it is; `None` is the desk's.
        limit: The most clocks to look at; `more` says how many lie beyond.
    """
    day = today or desk.today
    reader = desk.reader()
    found = reader.due(day, limit + 1)
    late = reader.basis.lapsed(day, _LATE)
    rows = _Room(desk, day).views((*found[:limit], *late), reader.basis.asked_cases(_LATE))
    rows = _in_order((*late_refunds(desk, day, _LATE), *rows))
    sums = reader.basis.case_sums(dt.date(day.year, 1, 1))
    more = reader.count_due(day, dt.date.max) - limit if len(found) > limit else 0
    return TodayView(
        today=day,
        rows=rows,
        more=max(more, 0),
        cases=sums.open_cases,
        at_stake=sums.at_stake,
        promised=sums.promised,
        won=sums.won,
        strip=strip_of(rows, day),
        undated=undated(desk, with_orders=not rows),
        has_orders=bool(rows) or reader.count_orders(cap=1) > 0,
        sample=desk.is_sample,
    )


def due(
    desk: Desk, *, within_days: int | None = None, today: dt.date | None = None, limit: int = 1000
) -> tuple[DueView, ...]:
    """What closes next, soonest `file_by` first.

    Args:
        desk: The desk.
        within_days: Only what is to be acted on by then; `None` is everything.
        today: The day it is; `None` is the desk's.
        limit: The most clocks to look at.
    """
    day = today or desk.today
    until = None if within_days is None else day + dt.timedelta(days=within_days)
    reader = desk.reader()
    found = (*reader.due(day, limit, until=until), *reader.basis.lapsed(day, _LATE))
    rows = _Room(desk, day).views(found, reader.basis.asked_cases(_LATE))
    rows = (*late_refunds(desk, day, _LATE), *rows)
    return tuple(sorted(rows, key=lambda row: (row.act_by or dt.date.min, row.title)))


def undated(desk: Desk, *, with_orders: bool, limit: int = 100) -> Undated:
    """What is under way and has no known last day: said beside every list of days.

    Args:
        desk: The desk.
        with_orders: Whether to count orders without a case too; cases are always named.
        limit: The most cases to name and orders to count.
    """
    basis = desk.reader().basis
    orders = basis.count_undated_orders(limit) if with_orders else 0
    return Undated(basis.undated_cases(limit), orders)


@dataclasses.dataclass(frozen=True, slots=True)
class _Planned:
    """One order or case as it stands today."""

    plan: Plan
    windows: Mapping[RuleId, Window]
    step: NextStep


class _Room:
    """Makes rows for one day; reads what all of them need in a few queries."""

    def __init__(self, desk: Desk, today: dt.date) -> None:
        self._desk = desk
        self._today = today
        self._bases: dict[OrderId, OrderBase] = {}
        self._cases: dict[CaseId, Case] = {}
        self._filings: dict[CaseId, tuple[Filing, ...]] = {}
        self._asked_since: dict[CaseId, dt.date] = {}
        self._kinds: dict[CaseId, frozenset[str]] = {}
        self._facts: dict[OrderId, list[FactRow]] = {}

    def views(
        self, rows: Sequence[DueRow], asked: Sequence[UndatedCase] = ()
    ) -> tuple[DueView, ...]:
        """The rows to show, in order of group and day; `asked` have no day yet and go first."""
        wanted: list[_Key] = [(case.order, case.case) for case in asked]
        keys = list(dict.fromkeys((row.order, row.case) for row in rows))[:_PLANNED]
        keys = list(dict.fromkeys((*wanted, *keys)))
        self._read(keys)
        planned = {key: self._planned(key) for key in keys}
        views = [
            view
            for row in _each_once(rows)
            if (view := self._view(row, planned.get((row.order, row.case)))) is not None
        ]
        views += [view for key in wanted if (view := self._asked(key, planned[key])) is not None]
        return _in_order(views)

    def _asked(self, key: _Key, planned: _Planned | None) -> DueView | None:
        """The row of a case whose next step answers a letter that alone names the day."""
        order_id, case_id = key
        if planned is None or planned.plan.next_step is None or case_id is None:
            return None
        window = planned.windows[planned.plan.next_step]
        if not is_asked(window):
            return None
        base, case = self._bases[order_id], self._cases[case_id]
        order = base.order
        seller = order.seller.name if order.seller else ""
        number = tr("order {number}", number=order.number)
        where = (words.platform_title(order.platform), seller, number)
        return DueView(
            order=order_id,
            case=case_id,
            rule=window.rule,
            group=DueGroup.TODAY,
            title=tr(
                "{problem}: {item}", problem=words.problem_text(case.problem), item=order.title
            ),
            subtitle=" · ".join(part for part in where if part),
            avenue=window.avenue,
            avenue_title=words.avenue_title(window.avenue),
            status=window.status,
            act_by=None,
            closes=None,
            closes_at=None,
            opens=None,
            acts=Actor.BUYER,
            money=case.claimed or order.total,
            nothing=planned.plan.nothing,
            step=planned.step,
            reserve=False,
            case_number=case.number,
            client=base.client.name,
            client_is_self=base.client.is_self,
        )

    def _read(self, keys: Iterable[_Key]) -> None:
        orders = list(dict.fromkeys(order for order, _ in keys))
        cases = [case for _, case in keys if case is not None]
        reader = self._desk.reader()
        basis = reader.basis
        self._bases = basis.orders(orders)
        self._cases = basis.cases(cases)
        self._filings = basis.filings(cases)
        self._asked_since = basis.asked_since(cases)
        self._kinds = basis.exhibit_kinds(cases)
        for row in reader.facts(orders):
            self._facts.setdefault(row.order, []).append(row)

    def _planned(self, key: _Key) -> _Planned | None:
        order_id, case_id = key
        base = self._bases.get(order_id)
        if base is None:
            return None
        from disputedesk.desk.watching import watched, watched_facts

        case = None if case_id is None else self._cases.get(case_id)
        recorded = self._recorded(order_id, case_id)
        facts = known_facts(
            base.order,
            base.client,
            instrument=base.instrument,
            payments=base.payments,
            recorded=recorded,
            case=case,
        )
        if case is None:
            facts = watched_facts(facts)
        windows = self._desk.rulebook.windows(facts, today=self._today)
        if case is None:
            windows = watched(windows)
        filed = () if case_id is None else self._filings.get(case_id, ())
        since = None if case_id is None else self._asked_since.get(case_id)
        plan = plan_for(
            self._desk.rulebook, windows, facts, filed, today=self._today, asked_since=since
        )
        by_rule = {window.rule: window for window in windows}
        window = None if plan.next_step is None else by_rule.get(plan.next_step)
        step = step_without_case()
        if case is not None:
            step = next_step(
                plan,
                window,
                checks_of(window, facts, self._kinds.get(case.id, ())),
                self._desk.rulebook.catalogue,
                self._form(window, case, base),
            )
        return _Planned(plan, by_rule, step)

    def _form(self, window: Window | None, case: Case, base: OrderBase) -> Form | None:
        """The form that makes a step; read only where there is one."""
        from disputedesk.desk.offering import serving_form

        if window is None:
            return None
        return serving_form(self._desk.forms, window, case.problem, platform=base.order.platform,
                            client=base.client)  # fmt: skip

    def _recorded(self, order_id: OrderId, case_id: CaseId | None) -> tuple[Fact, ...]:
        """The order's facts, and those of the case over them."""
        rows = self._facts.get(order_id, ())
        own = [row.fact for row in rows if row.case is None]
        of_case = [row.fact for row in rows if case_id is not None and row.case == case_id]
        return (*own, *of_case)

    def _view(self, row: DueRow, planned: _Planned | None) -> DueView | None:
        window = None if planned is None else planned.windows.get(row.rule)
        actor = Actor(row.actor)
        is_next = planned is None or planned.plan.next_step == row.rule
        shows_plan = is_next or row.case is None
        if row.case is not None and planned is not None and not self._is_listed(row, planned):
            return None
        status = window.status if window is not None else Status.OPEN
        return DueView(
            order=row.order,
            case=row.case,
            rule=row.rule,
            group=self._group(row, actor),
            title=_title(row),
            subtitle=_subtitle(row),
            avenue=Avenue(row.avenue),
            avenue_title=words.avenue_title(row.avenue),
            status=status,
            act_by=row.file_by if actor is Actor.BUYER else row.closes,
            closes=row.closes,
            closes_at=row.closes_at,
            opens=row.opens,
            acts=actor,
            money=row.total,
            nothing=_waiting_costs(planned, row, shows_plan=shows_plan),
            step=_step_of(planned, is_next=is_next, watched=row.case is None),
            reserve=not (is_next or self._answers_reply(row))
            and actor is Actor.BUYER
            and row.case is not None,
            case_number=row.case_number,
            client=row.client_name,
            client_is_self=self._is_self(row.order),
        )

    def _is_listed(self, row: DueRow, planned: _Planned) -> bool:
        """Whether a case's window is worth a row: the next step, their clocks, strong reserves."""
        if planned.plan.next_step == row.rule:
            return True
        if any(clock.rule == row.rule for clock in planned.plan.their_clocks):
            return True
        chaser = _chaser_of(planned, row)
        if chaser is not None and chaser.answers:
            return True
        steps = {step.window.rule for step in planned.plan.steps}
        if row.rule in steps and self._answers_reply(row):
            return True
        if row.rule not in steps or row.stage != str(Stage.FIRST_FILING):
            return False
        window = None if planned.plan.next_step is None else planned.windows[planned.plan.next_step]
        sooner = window is not None and window.file_by is not None and row.file_by < window.file_by
        return sooner or Avenue(row.avenue) in _LISTED

    def _answers_reply(self, row: DueRow) -> bool:
        """Whether it is the day by which a reply of the merchant has to be answered."""
        return row.case in self._asked_since and row.stage == str(Stage.RESPONSE)

    def _is_self(self, order_id: OrderId) -> bool:
        base = self._bases.get(order_id)
        return base is None or base.client.is_self

    def _group(self, row: DueRow, actor: Actor) -> DueGroup:
        if actor is not Actor.BUYER:
            return DueGroup.OVERDUE if row.closes < self._today else DueGroup.WAITING
        left = (row.file_by - self._today).days
        if left < 0:
            return DueGroup.OVERDUE
        if left == 0:
            return DueGroup.TODAY
        return DueGroup.WEEK if left <= _WEEK else DueGroup.LATER


def _in_order(views: Iterable[DueView]) -> tuple[DueView, ...]:
    """The rows by group and day."""
    place = {group: number for number, group in enumerate(DueGroup)}
    return tuple(sorted(views, key=lambda v: (place[v.group], v.act_by or dt.date.min, v.title)))


def _each_once(rows: Iterable[DueRow]) -> list[DueRow]:
    """Of the rows of one rule the first: a timer that runs stands before the last day behind it."""
    first: dict[tuple[OrderId, CaseId | None, RuleId], DueRow] = {}
    for row in rows:
        first.setdefault((row.order, row.case, row.rule), row)
    return list(first.values())


def _chaser_of(planned: _Planned, row: DueRow) -> Chaser | None:
    """What their silence calls for, where this row is a clock that they let run out."""
    return next((one for one in planned.plan.chasers if one.window.rule == row.rule), None)


def _waiting_costs(planned: _Planned | None, row: DueRow, *, shows_plan: bool) -> str:
    """The sentence under a row: what their silence calls for, or what doing nothing costs."""
    if planned is None:
        return ""
    chaser = _chaser_of(planned, row)
    if chaser is not None:
        return chaser.sentence
    return planned.plan.nothing if shows_plan else ""


def _step_of(planned: _Planned | None, *, is_next: bool, watched: bool) -> NextStep:
    if planned is not None and is_next:
        return planned.step
    if watched:
        return step_without_case()
    return NextStep(StepKind.OPEN_CASE, tr("Look at the case"))


def _title(row: DueRow) -> str:
    if row.problem is None:
        return row.title
    return tr("{problem}: {item}", problem=words.problem_text(row.problem), item=row.title)


def _subtitle(row: DueRow) -> str:
    parts = [
        words.platform_title(row.platform),
        row.seller,
        tr("order {number}", number=row.number),
    ]
    return " · ".join(part for part in parts if part)
