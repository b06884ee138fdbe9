"""Worked examples: what each rule promises for given facts, run against the engine."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator

from disputedesk.common import locations
from disputedesk.common.errors import NotFound
from disputedesk.common.texts import tr, using
from disputedesk.deadlines.assess import assess
from disputedesk.deadlines.calendar import Calendars
from disputedesk.deadlines.catalogue import close_match
from disputedesk.deadlines.window import Window
from disputedesk.model.ids import RuleId
from disputedesk.packs.holidays_tables import HolidayCalendars
from disputedesk.packs.library import PackLibrary
from disputedesk.packs.rules import NO_WINDOW, Example


@dataclasses.dataclass(frozen=True, slots=True)
class ExampleResult:
    """How one worked example came out.

    Attributes:
        message: What was expected and what came, whole sentences; empty when it passed.
    """

    rule: RuleId
    title: str
    passed: bool
    message: str = ""


def run_examples(
    library: PackLibrary, pack_id: str | None = None, calendars: Calendars | None = None
) -> tuple[ExampleResult, ...]:
    """How every worked example of the packs comes out, in their order.

    Args:
        library: The packs.
        pack_id: The one pack wanted, `None` for all of them.
        calendars: Where business days come from; `None` is the holiday tables of this machine.

    Raises:
        NotFound: No pack has that id.
    """
    packs = [pack for pack in library.packs if pack_id in {None, pack.id}]
    if not packs:
        known = [pack.id for pack in library.packs]
        raise NotFound(
            tr("There is no rule pack called {pack}.", pack=pack_id),
            remedy=close_match(pack_id or "", known),
        )
    found = calendars or HolidayCalendars(locations.cache_folder() / "holidays")
    with using("en"):
        return tuple(_run(library, example, found) for pack in packs for example in pack.examples)


def _run(library: PackLibrary, example: Example, calendars: Calendars) -> ExampleResult:
    windows = assess(
        library.rules,
        example.facts,
        today=example.today,
        calendars=calendars,
        catalogue=library.catalogue,
        only={example.rule},
    )
    differences = tuple(_differences(example, windows[0] if windows else None))
    return ExampleResult(example.rule, example.title, not differences, " ".join(differences))


def _differences(example: Example, window: Window | None) -> Iterator[str]:
    expect = example.expect
    status = NO_WINDOW if window is None else window.status.value
    if "status" in expect.checked and status != expect.status:
        yield _difference("status", expect.status, status)
    if window is None:
        if expect.status != NO_WINDOW:
            yield tr("The rule gave no window for these facts.")
        return
    for key in ("opens", "closes", "file_by", "arguable_until"):
        wanted: dt.date | None = getattr(expect, key)
        found: dt.date | None = getattr(window, key)
        if key in expect.checked and wanted != found:
            yield _difference(key, wanted, found)
    if expect.reason and expect.reason not in window.reason:
        yield _difference("reason", expect.reason, window.reason)
    yield from _lacking_words(example, window)


def _lacking_words(example: Example, window: Window) -> Iterator[str]:
    trace = "\n".join(step.sentence for step in window.because)
    for words in example.expect.because:
        if words not in trace:
            yield _difference("because", words, trace)
    for name in example.expect.missing:
        if name not in window.missing:
            yield _difference("missing", name, ", ".join(window.missing))


def _difference(key: str, wanted: object, found: object) -> str:
    return tr(
        "{key}: {wanted} was expected, {found} came.",
        key=key,
        wanted=wanted or "–",
        found=found or "–",
    )
