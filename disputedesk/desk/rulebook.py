"""The rules in force on a desk: shipped packs, its own, and the calendars they count with."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Container, Mapping
from pathlib import Path

from disputedesk.common import locations
from disputedesk.deadlines.assess import assess
from disputedesk.deadlines.calendar import Calendars
from disputedesk.deadlines.catalogue import FactCatalogue
from disputedesk.deadlines.plan import Plan
from disputedesk.deadlines.planning import make_plan
from disputedesk.deadlines.rule_set import RuleSet
from disputedesk.deadlines.window import Window
from disputedesk.model.fact import Facts
from disputedesk.model.ids import RuleId
from disputedesk.packs.files import pack_folders
from disputedesk.packs.holidays_tables import HolidayCalendars
from disputedesk.packs.library import PackLibrary, load_library
from disputedesk.papers.vocabulary import letter_facts


@dataclasses.dataclass(frozen=True, slots=True)
class Rulebook:
    """Packs and calendars, read once; every answer of the engine goes through here.

    Attributes:
        catalogue: What each fact name means: those of the packs and those that letters ask for.
    """

    library: PackLibrary
    calendars: Calendars
    catalogue: FactCatalogue

    @classmethod
    def read(
        cls, own_packs: Path | None = None, *, instead: Mapping[str, bytes | None] | None = None
    ) -> Rulebook:
        """The shipped packs and those of the desk.

        Args:
            own_packs: The desk's folder of user packs; `None` or a missing folder for none.
            instead: Files of that folder on trial, by name; `None` leaves one out.
        """
        library = load_library(pack_folders(own_packs), instead=instead)
        catalogue = FactCatalogue([*library.catalogue, *letter_facts()])
        return cls(library, HolidayCalendars(locations.cache_folder() / "calendars"), catalogue)

    @property
    def rules(self) -> RuleSet:
        """All rules by id."""
        return self.library.rules

    def windows(
        self,
        facts: Facts,
        *,
        today: dt.date,
        explain: bool = False,
        only: Container[RuleId] | None = None,
    ) -> tuple[Window, ...]:
        """The engine's answer for `facts`; the trace only when it will be read."""
        return assess(
            self.rules,
            facts,
            today=today,
            calendars=self.calendars,
            catalogue=self.catalogue,
            explain=explain,
            only=only,
        )

    def plan(self, windows: tuple[Window, ...], facts: Facts, *, today: dt.date) -> Plan:
        """What can still be done, in which order."""
        return make_plan(self.rules, windows, facts, today=today)
