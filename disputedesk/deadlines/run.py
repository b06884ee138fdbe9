"""One run of the engine over one set of facts: its days, stand-ins, calendars, and notes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from typing import Final

from disputedesk.common.texts import day_text, language, tr
from disputedesk.deadlines.calendar import LAST_DAY, WEEKDAYS, Calendar, Calendars
from disputedesk.deadlines.catalogue import FactCatalogue, find_zone
from disputedesk.deadlines.rule import NO_FACT
from disputedesk.deadlines.steps import NoteStep, Step
from disputedesk.deadlines.window import Assumption
from disputedesk.model.fact import FactDefinition, FactKind, Facts, FactValue
from disputedesk.model.ids import FactName

UNKNOWN: Final = 0
"""No day can be told from what is known."""
ABSENT: Final = -1
"""There is no such day: the branch does not count, or the limit does not exist."""

_PLACES: Final = {
    "consumer": ("consumer_country", "consumer_subdivision"),
    "issuer": ("issuer_country", "issuer_subdivision"),
    "seller": ("seller_country", "seller_subdivision"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Anchor:
    """The day that is counted from: the fact it came from, and whether it only stands in."""

    day: int
    name: FactName
    stands_in: bool


class Run:
    """What is known of one order, and the notes that one rule's evaluation leaves.

    The notes (`assumed`, `needed`, `useful`, `warnings`, `steps` …) are emptied by `begin` before
    each rule; the facts and the calendars stay. A plain dict of facts is taken over as it is.
    """

    __slots__ = (
        "_calendars", "_found", "_zones", "about", "assumed", "calendar_versions", "catalogue",
        "closes", "days", "explain", "facts", "moments", "needed", "steps", "undecided",
        "useful", "warnings",
    )  # fmt: skip

    def __init__(
        self,
        facts: Facts | dict[str, FactValue],
        calendars: Calendars,
        catalogue: FactCatalogue,
        *,
        explain: bool,
    ) -> None:
        self.facts: dict[str, FactValue] = facts if type(facts) is dict else dict(facts)
        self.catalogue = catalogue
        self.explain = explain
        self.days: dict[str, int] = {
            name: value.toordinal() for name, value in self.facts.items() if type(value) is dt.date
        }
        self._calendars = calendars
        self._found: dict[str, Calendar] = {}
        self._zones: dict[str, dt.tzinfo | None] = {}
        self.begin()

    def begin(self) -> None:
        """Empties the notes, for the next rule."""
        self.about = ""
        self.closes = ABSENT
        self.undecided = False
        self.assumed: list[Assumption] = []
        self.needed: dict[FactName, None] = {}
        self.useful: dict[FactName, None] = {}
        self.warnings: dict[str, None] = {}
        self.calendar_versions: dict[str, None] = {}
        self.moments: list[tuple[int, dt.datetime]] = []
        self.steps: list[Step] = []

    def cannot_decide(self, facts: tuple[FactName, ...]) -> None:
        """Notes that a condition could not be told, and the facts that would tell it."""
        self.undecided = True
        self.useful.update(dict.fromkeys(name for name in facts if name not in self.facts))

    def note(self, sentence: str, *, binds: bool = True) -> None:
        """Adds a plain sentence to the trace, where one is kept."""
        if self.explain:
            self.steps.append(NoteStep(self.about, sentence, binds=binds))

    # -- days ------------------------------------------------------------------------------------

    def definition(self, name: str) -> FactDefinition | None:
        """What a fact means; nothing for a name the catalogue does not know."""
        return self.catalogue.find(name)

    def phrase(self, name: str) -> str:
        """How a sentence names a fact's day."""
        definition = self.catalogue.find(name)
        return tr(definition.phrase) if definition and definition.phrase else name

    def known_day(self, name: str, zone: str = "consumer") -> int:
        """The day of a fact itself, an instant turned into the day of `zone`; else `UNKNOWN`."""
        day = self.days.get(name)
        if day is not None:
            return day
        value = self.facts.get(name)
        if not isinstance(value, dt.datetime):
            return UNKNOWN
        local = self.local(value, zone)
        return UNKNOWN if local is None else local.toordinal()

    def anchor(self, name: FactName, zone: str, *, close: bool) -> Anchor | None:
        """The day to count from, or the best stand-in that errs on the safe side.

        Args:
            name: The fact a rule counts from.
            zone: Where an instant's day is taken.
            close: Whether a closing day is computed: then only an earlier fact can stand in.
        """
        day = self.known_day(name, zone)
        if day:
            return Anchor(day, name, stands_in=False)
        definition = self.catalogue.find(name)
        for other in _stand_ins(definition, close=close):
            day = self.known_day(other, zone)
            if day:
                self._assume(name, other, day, close=close)
                return Anchor(day, other, stands_in=True)
        self.needed[name] = None
        return None

    def _assume(self, name: FactName, other: FactName, day: int, *, close: bool) -> None:
        message = (
            tr(
                "{day}, {used}, stands in for {missing}, which is not known; the true last day can "
                "only be the same or later.",
                day=day_text(dt.date.fromordinal(day)),
                used=self.phrase(other),
                missing=self.phrase(name),
            )
            if close
            else tr(
                "{day}, {used}, stands in for {missing}, which is not known; the true first day "
                "can only be the same or earlier.",
                day=day_text(dt.date.fromordinal(day)),
                used=self.phrase(other),
                missing=self.phrase(name),
            )
        )
        self.assumed.append(Assumption(name, other, message))

    # -- zones -----------------------------------------------------------------------------------

    def zone(self, place: str) -> dt.tzinfo | None:
        """The zone of a place named in a rule; `None` for `own`, or where it is not known."""
        if place not in self._zones:
            self._zones[place] = self._find_zone(place)
        return self._zones[place]

    def _find_zone(self, place: str) -> dt.tzinfo | None:
        if place == "own":
            return None
        if place not in {"consumer", "timer"}:
            return find_zone(place)
        name = self.facts.get(f"{place}_zone")
        return find_zone(name) if isinstance(name, str) else None

    def local(self, instant: dt.datetime, place: str) -> dt.datetime | None:
        """The instant on the clocks of `place`; its own offset where that place's is not known."""
        if instant.tzinfo is None:
            return instant
        zone = self.zone(place)
        if zone is None:
            return instant
        try:
            return instant.astimezone(zone)
        except OverflowError:
            self.warnings[tr("A date lies outside the years 1 to 9999.")] = None
            return None

    # -- calendars -------------------------------------------------------------------------------

    def calendar(self, name: str) -> Calendar:
        """The calendar a rule names; Monday to Friday where it is not known, which is noted."""
        found = self._found.get(name)
        if found is None or found is WEEKDAYS:
            found = self._found[name] = self._find_calendar(name)
        if found.version:
            self.calendar_versions[found.version] = None
        return found

    def _find_calendar(self, name: str) -> Calendar:
        if name == "weekdays":
            return WEEKDAYS
        if name not in _PLACES:
            return self._calendars.find(name) or self._without_holidays(name)
        country_fact, subdivision_fact = _PLACES[name]
        country = self.facts.get(country_fact)
        if not isinstance(country, str):
            return self._unknown_place(FactName(country_fact))
        subdivision = self.facts.get(subdivision_fact)
        part = subdivision if isinstance(subdivision, str) else ""
        full = f"{country}-{part}" if part else country
        found = self._calendars.find(full) or self._calendars.find(country)
        return found or self._without_holidays(full)

    def _unknown_place(self, fact: FactName) -> Calendar:
        self.assumed.append(_weekdays_assumed(fact, language()))
        return WEEKDAYS

    def _without_holidays(self, name: str) -> Calendar:
        sentence = tr(
            "There is no calendar {calendar}; Monday to Friday are counted without holidays.",
            calendar=name,
        )
        self.warnings[sentence] = None
        return WEEKDAYS

    def calendar_too_short(self, name: str) -> Calendar:
        """Monday to Friday, for days that the calendar does not reach; noted as a warning."""
        sentence = tr(
            "The calendar {calendar} does not reach this far; Monday to Friday are counted "
            "without holidays.",
            calendar=name,
        )
        self.warnings[sentence] = None
        return WEEKDAYS

    def reaches(self, day: int) -> bool:
        """Whether that ordinal is a day at all; one that is not leaves a warning."""
        if 0 < day <= LAST_DAY:
            return True
        self.warnings[tr("A date lies outside the years 1 to 9999.")] = None
        return False


@functools.lru_cache(maxsize=64)
def _weekdays_assumed(fact: FactName, _language: str) -> Assumption:
    message = tr("Monday to Friday are counted without holidays, as the country is not known.")
    return Assumption(fact, NO_FACT, message)


def _stand_ins(definition: FactDefinition | None, *, close: bool) -> tuple[FactName, ...]:
    if definition is None or definition.kind is not FactKind.DATE:
        return ()
    return definition.earlier if close else definition.later
