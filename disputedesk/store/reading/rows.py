"""Rows of screens: frozen, small, and complete enough to be painted."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum

from disputedesk.model.case import CaseOutcome, CaseStage
from disputedesk.model.fact import Fact
from disputedesk.model.ids import CaseId, ClientId, OrderId, RuleId
from disputedesk.model.money import Money
from disputedesk.model.order import OrderState
from disputedesk.model.problem import Problem


@dataclasses.dataclass(frozen=True, slots=True)
class DueCursor:
    """The last row of a page of what closes next."""

    file_by: int
    closes: int
    window: int


@dataclasses.dataclass(frozen=True, slots=True)
class DueRow:
    """One window that lists show.

    Attributes:
        window: Number of the window's row; changes when the order is recomputed.
        case: The case it belongs to; `None` for the watch over an order without one.
        case_number: What people call the case; `None` without one.
        total: The order's sum, or what the case claims.
        zone: IANA name of the zone whose midnight ends its days; may be empty.
    """

    window: int
    order: OrderId
    number: str
    platform: str
    title: str
    seller: str
    client: ClientId
    client_name: str
    case: CaseId | None
    case_number: int | None
    problem: Problem | None
    case_stage: CaseStage | None
    rule: RuleId
    avenue: str
    stage: str
    actor: str
    opens: dt.date | None
    closes: dt.date
    file_by: dt.date
    arguable_until: dt.date | None
    closes_at: dt.datetime | None
    total: Money | None
    zone: str

    @property
    def cursor(self) -> DueCursor:
        """Where the next page begins when this is the last row of one."""
        return DueCursor(self.file_by.toordinal(), self.closes.toordinal(), self.window)


class OrderSort(enum.StrEnum):
    """By what a list of orders is sorted; rows without it come last, whichever way."""

    ENTERED = "entered"
    ORDERED_ON = "ordered_on"
    NUMBER = "number"
    TITLE = "title"
    TOTAL = "total"
    FILE_BY = "file_by"


@dataclasses.dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders a list shows; empty fields let everything pass.

    Attributes:
        text: Words, the last letters of each possibly missing, found in number, title, seller,
            tracking numbers, note and client.
        with_case: Only orders with an open case, or only those without.
    """

    text: str = ""
    client: ClientId | None = None
    platform: str = ""
    state: OrderState | None = None
    with_case: bool | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class OrderCursor:
    """The last row of a page of orders: what it was sorted by, and its number."""

    key: str | int | None
    order: OrderId


@dataclasses.dataclass(frozen=True, slots=True)
class OrderRow:
    """One order of a list.

    Attributes:
        file_by: The soonest day to act by that lists show; `None` where no window is dated.
        closes: The last day of that window.
        rule: The rule of that window; empty where there is none.
        case_number: The newest open case; `None` without one.
        cursor: Where the next page begins when this is the last row of one.
    """

    id: OrderId
    client: ClientId
    client_name: str
    platform: str
    number: str
    title: str
    seller: str
    ordered_on: dt.date | None
    total: Money | None
    state: OrderState
    file_by: dt.date | None
    closes: dt.date | None
    rule: str
    case_number: int | None
    sample: bool
    version: int
    cursor: OrderCursor


@dataclasses.dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of a board or list.

    Attributes:
        total: The order's sum.
        claimed: The sum in dispute; `None` means the whole order.
        file_by: The soonest day to act by in this case; `None` where none is dated.
    """

    id: CaseId
    number: int
    order: OrderId
    order_number: str
    title: str
    seller: str
    client: ClientId
    client_name: str
    problem: Problem
    stage: CaseStage
    opened_on: dt.date
    total: Money | None
    claimed: Money | None
    outcome: CaseOutcome | None
    won: Money | None
    file_by: dt.date | None


@dataclasses.dataclass(frozen=True, slots=True)
class FactRow:
    """A current fact of an order, or of one of its cases."""

    order: OrderId
    case: CaseId | None
    fact: Fact


@dataclasses.dataclass(frozen=True, slots=True)
class StripDay:
    """How many listed windows are to be filed by one day."""

    day: dt.date
    count: int


@dataclasses.dataclass(frozen=True, slots=True)
class AtStake:
    """What the orders with a listed open window cost, in one currency."""

    total: Money
    orders: int


@dataclasses.dataclass(frozen=True, slots=True)
class ClosedRow:
    """A closed case of a real person, and the way it was last sent along."""

    avenue: str
    rule: RuleId
    platform: str
    problem: Problem
    outcome: CaseOutcome
    won: Money | None
