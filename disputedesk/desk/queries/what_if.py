"""What if: the answer for facts changed in thought; nothing of it is kept."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from disputedesk.deadlines.plan import Plan
from disputedesk.deadlines.window import Window
from disputedesk.desk.planning import plan_for
from disputedesk.desk.rulebook import Rulebook
from disputedesk.model.case import Filing
from disputedesk.model.fact import Facts, FactValue
from disputedesk.model.ids import CaseId, FactName, OrderId, RuleId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


Changed: TypeAlias = Mapping[FactName, FactValue | None]
"""Facts changed in thought; `None` takes one away."""


class Supposition(enum.StrEnum):
    """What people ask about most."""

    EXTENDED = "extended"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    OTHER_CARD = "other_card"


@dataclasses.dataclass(frozen=True, slots=True)
class MovedWindow:
    """One window before and after; `None` where the rule says nothing on that side."""

    rule: RuleId
    title: str
    before: Window | None
    after: Window | None


@dataclasses.dataclass(frozen=True, slots=True)
class BeforeAfter:
    """The answer as it is and as it would be.

    Attributes:
        changes: The facts changed in thought; `None` is a fact taken away.
        moved: The windows whose status or days differ, in the order of use afterwards.
    """

    today: dt.date
    changes: Changed
    before: Plan
    after: Plan
    moved: tuple[MovedWindow, ...]


def supposed(
    what: Supposition, facts: Facts, *, today: dt.date, days: int = 0, network: str = ""
) -> dict[FactName, FactValue | None]:
    """The facts that a supposition changes.

    Args:
        what: The supposition.
        facts: What is known: an extension moves the platform's own timer where that is known.
        today: The day that receipt or return would bear.
        days: For an extension, by how many days.
        network: For another card, its network.
    """
    if what is Supposition.EXTENDED:
        ends_at = facts.get("protection_ends_at")
        if isinstance(ends_at, dt.datetime):
            return {FactName("protection_ends_at"): ends_at + dt.timedelta(days=days)}
        before = facts.get("extended_by_days")
        return {FactName("extended_by_days"): days + (before if isinstance(before, int) else 0)}
    if what is Supposition.OTHER_CARD:
        card: FactValue = "card"
        return {FactName("method"): card, FactName("network"): network, FactName("wallet"): None}
    name = "confirmed_on" if what is Supposition.CONFIRMED else "returned_on"
    received = facts.get("received_on", today)
    return {FactName("received_on"): received, FactName(name): today}


def what_if_order(desk: Desk, order_id: OrderId, changes: Changed) -> BeforeAfter:
    """For an order without a case, asked as if the parcel never came.

    Raises:
        NotFound: There is no such order.
    """
    from disputedesk.desk.basis import read_order
    from disputedesk.desk.watching import watched_facts

    with desk.store.snapshot() as rows:
        basis = read_order(rows, order_id)
    return compare(desk.rulebook, watched_facts(basis.facts), changes, today=desk.today)


def what_if_case(desk: Desk, case_id: CaseId, changes: Changed) -> BeforeAfter:
    """For a case.

    Raises:
        NotFound: There is no such case.
    """
    from disputedesk.desk.basis import read_case

    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    return compare(
        desk.rulebook, basis.facts, changes, today=desk.today, filings=basis.filings,
        asked_since=basis.asked_since,
    )  # fmt: skip


def suppose_case(
    desk: Desk, case_id: CaseId, what: Supposition, *, days: int = 0, network: str = ""
) -> BeforeAfter:
    """For a case and one of the suppositions; `days` and `network` as `supposed` takes them.

    Raises:
        NotFound: There is no such case.
    """
    from disputedesk.desk.basis import read_case

    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    changes = supposed(what, basis.facts, today=desk.today, days=days, network=network)
    return compare(desk.rulebook, basis.facts, changes, today=desk.today, filings=basis.filings)


def compare(
    rulebook: Rulebook,
    facts: Facts,
    changes: Changed,
    *,
    today: dt.date,
    filings: Sequence[Filing] = (),
    asked_since: dt.date | None = None,
) -> BeforeAfter:
    """The answers for `facts` and for `facts` with `changes`, and what differs between them."""
    other = facts.with_values({str(name): value for name, value in changes.items()})
    windows = rulebook.windows(facts, today=today, explain=True)
    others = rulebook.windows(other, today=today, explain=True)
    after = plan_for(rulebook, others, other, filings, today=today, asked_since=asked_since)
    return BeforeAfter(
        today=today,
        changes=changes,
        before=plan_for(rulebook, windows, facts, filings, today=today, asked_since=asked_since),
        after=after,
        moved=_moved(windows, others, after),
    )


def _moved(
    windows: Sequence[Window], others: Sequence[Window], after: Plan
) -> tuple[MovedWindow, ...]:
    place = {step.window.rule: step.order for step in after.steps}
    first = {window.rule: window for window in windows}
    second = {window.rule: window for window in others}
    found = [
        MovedWindow(rule, window.title, before, second.get(rule))
        for rule, window in {**first, **second}.items()
        if _told(before := first.get(rule)) != _told(second.get(rule))
    ]
    last = len(place) + 1
    return tuple(sorted(found, key=lambda one: (place.get(one.rule, last), one.rule)))


def _told(window: Window | None) -> tuple[object, ...]:
    """What a person would notice of a window."""
    if window is None:
        return ()
    days = (window.opens, window.closes, window.file_by, window.arguable_until, window.closes_at)
    return (window.status, *days)
