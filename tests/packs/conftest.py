from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from disputedesk.deadlines.assess import assess
from disputedesk.deadlines.window import Window
from disputedesk.model.fact import Facts
from disputedesk.model.ids import FactName, RuleId
from disputedesk.packs.holidays_tables import HolidayCalendars
from disputedesk.packs.library import PackLibrary, load_library

WindowOf = Callable[..., Window | None]


@pytest.fixture(scope="session")
def caches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("caches")


@pytest.fixture(scope="session")
def library(caches: Path) -> PackLibrary:
    return load_library(cache=caches / "packs")


@pytest.fixture(scope="session")
def calendars(caches: Path) -> HolidayCalendars:
    return HolidayCalendars(caches)


@pytest.fixture(scope="session")
def window_of(library: PackLibrary, calendars: HolidayCalendars) -> WindowOf:
    """The window of one rule for facts written as `name value, name value`; nothing for none."""

    def find(rule: str, said: str, today: dt.date = dt.date(2026, 1, 1)) -> Window | None:
        values = {}
        for part in filter(None, said.split(", ")):
            name, _, text = part.partition(" ")
            values[FactName(name)] = library.catalogue.parse(name, text)
        found = assess(
            library.rules,
            Facts(values),
            today=today,
            calendars=calendars,
            catalogue=library.catalogue,
            only=[RuleId(rule)],
        )
        return found[0] if found else None

    return find
