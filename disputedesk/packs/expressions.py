"""Expressions read from TOML: periods, anchors, and what combines them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.deadlines.catalogue import FactCatalogue, find_zone
from disputedesk.deadlines.rule import (
    NO_FACT,
    Case,
    Cases,
    Count,
    Earliest,
    Expression,
    FirstKnown,
    Fixed,
    Latest,
    Limits,
    Moment,
    MonthEnd,
    Period,
    Unit,
    Waiver,
)
from disputedesk.deadlines.window import Source
from disputedesk.model.fact import FactKind
from disputedesk.model.ids import FactName
from disputedesk.packs.conditions import DEEPEST, need_condition, read_condition
from disputedesk.packs.tables import Malformed, Table, date_fact, fact_named

_HEADS: Final = ("from", "after", "at", "on", "latest_of", "earliest_of", "first_known_of", "cases")
_UNITS: Final = {unit.value: unit for unit in Unit}
_PLACES: Final = frozenset({"consumer", "timer", "own"})
_LIMIT_KEYS: Final = ("when", "not_after", "not_before", "note", "sources")
_ROLL: Final = "next_working_day"


class ExpressionReader:
    """Reads the expressions of one rule.

    Args:
        catalogue: The facts that may be named.
        sources: The pack's sources by key.
        waits: Whether it reads an opening, where a wait may be waived.
    """

    def __init__(
        self, catalogue: FactCatalogue, sources: Mapping[str, Source], *, waits: bool
    ) -> None:
        self._catalogue = catalogue
        self._sources = sources
        self._waits = waits

    def read(self, table: Table, depth: int = 1) -> Expression:
        """The expression of that table.

        Raises:
            Malformed: It is none, or names what does not exist.
        """
        if depth > DEEPEST:
            raise Malformed(table.path, tr("Expressions may be nested 12 deep at most."))
        heads = [key for key in _HEADS if key in table]
        if len(heads) != 1:
            table.finish(*_HEADS, *_UNITS, *_LIMIT_KEYS)
            why = tr("An expression has exactly one of the keys {keys}.", keys=", ".join(_HEADS))
            raise Malformed(table.path, why)
        expression = self._headed(heads[0], table, depth)
        table.finish()
        return expression

    def _headed(self, head: str, table: Table, depth: int) -> Expression:
        if head in {"from", "after"}:
            return self._count(table, depth)
        if head == "at":
            return self._moment(table, depth)
        if head == "on":
            return Fixed(table.day("on"), self._limits(table, depth))
        if head == "cases":
            return self._cases(table, depth)
        parts = self._parts(head, table, depth)
        limits = self._limits(table, depth)
        if head == "latest_of":
            return Latest(parts, limits)
        return Earliest(parts, limits) if head == "earliest_of" else FirstKnown(parts, limits)

    def _parts(self, key: str, table: Table, depth: int) -> tuple[Expression, ...]:
        parts = tuple(self.read(part, depth + 1) for part in table.tables(key))
        if key in table and not parts:
            raise table.wrong(key, tr("At least one expression was expected."))
        return parts

    def _count(self, table: Table, depth: int) -> Count:
        inner = table.table("after")
        after = self.read(inner, depth + 1) if inner else None
        anchor = NO_FACT
        if after is None:
            anchor = date_fact(self._catalogue, table.text("from"), table.at("from"))
        period = read_period(table)
        rolls = self._rolls(table)
        minimum = table.number("minimum_working_days", 1, 30) or 0
        calendar = table.text_or_empty("calendar")
        uses = rolls or minimum or period.unit is Unit.BUSINESS_DAYS
        if uses and not calendar:
            raise table.missing("calendar")
        if calendar and not uses:
            raise table.wrong("calendar", tr("Nothing here is counted by a calendar."))
        return Count(
            anchor=anchor,
            period=period,
            zone=self._zone(table, "consumer"),
            plus=self._plus(table),
            year_end=table.flag("year_end"),
            roll=calendar if rolls else "",
            minimum_working_days=minimum,
            minimum_calendar=calendar if minimum else "",
            after=after,
            limits=self._limits(table, depth),
        )

    @staticmethod
    def _rolls(table: Table) -> bool:
        roll = table.text_or_empty("roll")
        if roll not in {"", _ROLL}:
            raise table.wrong("roll", tr("Only next_working_day can stand here."))
        return bool(roll)

    def _moment(self, table: Table, depth: int) -> Moment:
        definition = fact_named(self._catalogue, table.text("at"), table.at("at"))
        if definition.kind is not FactKind.INSTANT:
            why = tr("The fact {name} is not an instant.", name=definition.name)
            raise table.wrong("at", why)
        return Moment(
            anchor=definition.name,
            days=table.number("days") or 0,
            zone=self._zone(table, "own"),
            plus=self._plus(table),
            limits=self._limits(table, depth),
        )

    def _cases(self, table: Table, depth: int) -> Cases:
        branches: list[Case] = []
        for branch in table.tables("cases"):
            if branches and branches[-1].when is None:
                raise Malformed(branch.path, tr("Nothing can follow a case without a condition."))
            then = branch.table("then")
            if then is None:
                raise branch.missing("then")
            when = read_condition(branch.table("when"), self._catalogue)
            branches.append(Case(self.read(then, depth + 1), when))
            branch.finish()
        if not branches:
            raise table.wrong("cases", tr("At least one case was expected."))
        return Cases(tuple(branches), self._limits(table, depth))

    def _limits(self, table: Table, depth: int) -> Limits:
        waivers = tuple(self._waiver(waiver) for waiver in table.tables("waived_when"))
        waived = table.flag("waived_if_past_close")
        if (waivers or waived) and not self._waits:
            key = "waived_when" if waivers else "waived_if_past_close"
            raise table.wrong(key, tr("Only a wait before the opening can be waived."))
        return Limits(
            when=read_condition(table.table("when"), self._catalogue),
            not_after=self._parts("not_after", table, depth),
            not_before=self._parts("not_before", table, depth),
            waived_when=waivers,
            waived_if_past_close=waived,
            note=table.text_or_empty("note"),
            sources=read_citations(table, self._sources),
        )

    def _waiver(self, table: Table) -> Waiver:
        waiver = Waiver(need_condition(table, "when", self._catalogue), table.text("because"))
        table.finish()
        return waiver

    def _plus(self, table: Table) -> tuple[FactName, ...]:
        names = table.texts("plus")
        for name in names:
            if fact_named(self._catalogue, name, table.at("plus")).kind is not FactKind.DAYS:
                why = tr("The fact {name} is not a number of days.", name=name)
                raise table.wrong("plus", why)
        return tuple(FactName(name) for name in names)

    @staticmethod
    def _zone(table: Table, default: str) -> str:
        zone = table.text_or_empty("zone") or default
        if zone not in _PLACES and find_zone(zone) is None:
            why = tr("{zone} is no time zone, and none of consumer, timer and own.", zone=zone)
            raise table.wrong("zone", why)
        return zone


def read_period(table: Table) -> Period:
    """The length of time that a table's keys give; none of them is the day itself.

    Raises:
        Malformed: Two lengths are given, or an option that fits none.
    """
    units = [_UNITS[key] for key in table.names if key in _UNITS]
    passed = table.flag("passed")
    if len(units) + passed > 1:
        raise Malformed(table.path, tr("Only one length of time can stand here."))
    unit = units[0] if units else Unit.DAYS
    count = table.number(unit.value) if units else int(passed)
    month_end = table.word("month_end", MonthEnd, MonthEnd.CLAMP)
    first_day = table.text_or_empty("first_day") or "excluded"
    if first_day not in {"included", "excluded"}:
        raise table.wrong("first_day", tr("Only included or excluded can stand here."))
    calendar = table.text_or_empty("calendar") if unit is Unit.BUSINESS_DAYS else ""
    return Period(
        count=count or 0,
        unit=unit,
        calendar=calendar,
        month_end=month_end,
        passed=passed,
        first_day_counts=first_day == "included",
    )


def read_citations(table: Table, sources: Mapping[str, Source]) -> tuple[Source, ...]:
    """The sources whose keys `table` lists; empty when it lists none.

    Raises:
        Malformed: A key is no source of the pack.
    """
    found = []
    for key in table.texts("sources"):
        if key not in sources:
            why = tr("The pack has no source called {key}.", key=key)
            raise table.wrong("sources", why)
        found.append(sources[key])
    return tuple(found)
