"""What is shown of orders: the rows of their table, and everything about one of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum

from disputedesk.deadlines.plan import Plan
from disputedesk.deadlines.window import Window
from disputedesk.model.case import Case
from disputedesk.model.fact import FactKind, FactSource, FactSubject, FactValue
from disputedesk.model.ids import FactName, OrderId
from disputedesk.model.money import Money
from disputedesk.model.order import Client, Instrument, Item, Order, OrderState, Payment


class OrderSort(enum.StrEnum):
    """Columns the orders can be sorted by; sorting happens in the query, along an index."""

    ORDERED_ON = "ordered_on"
    FILE_BY = "file_by"
    NUMBER = "number"
    TITLE = "title"
    TOTAL = "total"


class OrderFilter(enum.StrEnum):
    """Saved filters of the orders room."""

    ALL = "all"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    RECEIVED = "received"
    WITH_CASE = "with_case"


@dataclasses.dataclass(frozen=True, slots=True)
class OrdersQuery:
    """What the orders table asks for.

    Attributes:
        text: Filter as typed; words, numbers or parts of them; empty for all.
    """

    text: str = ""
    show: OrderFilter = OrderFilter.ALL
    sort: OrderSort = OrderSort.ORDERED_ON
    descending: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class OrderRowView:
    """One line of the orders table."""

    id: OrderId
    number: str
    platform: str
    title: str
    seller: str
    client: str
    ordered_on: dt.date | None
    total: Money | None
    state: OrderState
    act_by: dt.date | None
    closes: dt.date | None
    avenue_title: str
    case_number: int | None


@dataclasses.dataclass(frozen=True, slots=True)
class FactView:
    """One fact of an order or case as it is shown and corrected.

    Attributes:
        label: What it is, in words.
        value: `None` while unknown.
        question: How it is asked for.
    """

    name: FactName
    label: str
    subject: FactSubject
    kind: FactKind
    value: FactValue | None
    source: FactSource | None
    question: str
    choices: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class LifeMark:
    """One mark on the line of an order's life: a dated fact, a filing, an answer."""

    day: dt.date
    text: str
    kind: str
    """`fact`, `filing`, `answer`, `document`, `note`."""


@dataclasses.dataclass(frozen=True, slots=True)
class OrderDetail:
    """Everything about one order.

    Attributes:
        windows: With their traces, in the order of the plan, then by rule.
        cases: Its cases, newest first.
        guard: Whether marking it received needs the guard (something is wrong or a timer runs).
    """

    order: Order
    client: Client
    items: tuple[Item, ...]
    payments: tuple[Payment, ...]
    instrument: Instrument | None
    facts: tuple[FactView, ...]
    windows: tuple[Window, ...]
    plan: Plan
    marks: tuple[LifeMark, ...]
    cases: tuple[Case, ...]
    today: dt.date
