"""What goes before and after the exhibits, set until every page number it names is the true one.

Letter, index and chronology name pages behind themselves, so their own length moves what they
name. They are set again until nothing moves. A letter that grows when it names later pages and
shrinks when it names earlier ones would never settle; it is printed without pages then.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from disputedesk.common.errors import Refused
from disputedesk.common.hashing import sha256_of_bytes
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken
from disputedesk.papers.bundle import BundleOrder, ChronologyLine
from disputedesk.papers.paper import Paper
from disputedesk.papers.pdf.chronology import chronology_sheets
from disputedesk.papers.pdf.cover import CoverFacts, cover_sheets
from disputedesk.papers.pdf.exhibits import ExhibitSet, Over, caption_of
from disputedesk.papers.pdf.index import IndexFacts, index_sheets
from disputedesk.papers.pdf.letter import render_letter
from disputedesk.papers.pdf.manifest import manifest_sheets
from disputedesk.papers.pdf.parts import in_parts, parts_of
from disputedesk.papers.pdf.sheets import Sheet, Sheets
from disputedesk.papers.plan import BundlePlan, PlannedExhibit, Run, RunKind
from disputedesk.papers.sections import section_of

_ROUNDS: Final = 5
"""Lengths settle within so many settings; then the letter stops naming pages."""

_ROWS: Final = 14
"""About how many exhibits an index names on a sheet; only a first guess."""

Laid: TypeAlias = tuple[Sheet, Over]
_Key: TypeAlias = tuple[RunKind, int]


@dataclasses.dataclass(frozen=True, slots=True)
class Settled:
    """A bundle of which every page is known.

    Attributes:
        plan: Its runs of pages.
        laid: The sheets of each run, by kind and number.
        letter: The letter's own PDF; empty without one.
        sets: The exhibits.
        spans: First and last page of each exhibit by number.
        manifest: Hash of the manifest.
        not_archival: Why it does not claim to be PDF/A.
        document: All sheets in order, stamped, without what is laid on them.
    """

    plan: BundlePlan
    laid: Mapping[_Key, list[Laid]]
    letter: bytes
    sets: tuple[ExhibitSet, ...]
    spans: Mapping[int, tuple[int, int]]
    manifest: str
    not_archival: tuple[str, ...]
    document: bytes

    @property
    def parts(self) -> list[tuple[int, int]]:
        """First and last page of each file."""
        return parts_of(self.plan.runs)

    def in_order(self) -> list[Laid]:
        """All sheets in printed order."""
        return [each for run in self.plan.runs for each in self.laid[run.kind, run.number]]


def settle(
    order: BundleOrder,
    paper: Paper,
    sheets: Sheets,
    sets: Sequence[ExhibitSet],
    *,
    not_archival: tuple[str, ...],
    cancel: CancelToken,
) -> Settled:
    """The bundle with every page in its place."""
    work = _Work(order, paper, sheets, sets, not_archival)
    for attempt in range(2 * _ROUNDS):
        cancel.check()
        if work.set(names_pages=attempt < _ROUNDS):
            return work.settled()
    message = "the pages of a bundle do not settle"
    raise AssertionError(message)


class _Work:
    """One bundle while its front is set again and again."""

    def __init__(
        self,
        order: BundleOrder,
        paper: Paper,
        sheets: Sheets,
        sets: Sequence[ExhibitSet],
        not_archival: tuple[str, ...],
    ) -> None:
        self._order = order
        self._paper = paper
        self._sheets = sheets
        self._not_archival = not_archival
        self._then = BundlePlan() if order.sent is None else order.sent.plan
        self._sets = tuple(self._as_sent(each) for each in sets)
        self._new = [s for s in self._sets if self._then.exhibit(_number(s)) is None]
        self._letter = b""
        self._manifest = sha256_of_bytes(order.manifest.encode())
        self._lines = order.chronology
        if order.sent is not None:
            self._lines = tuple(
                ChronologyLine(dt.date.fromisoformat(on), text, exhibit)
                for on, text, exhibit in self._then.chronology
            )
        self._laid: dict[_Key, list[Laid]] = {
            (RunKind.EXHIBIT, _number(each)): list(each.sheets) for each in self._sets
        }
        self._laid[RunKind.MANIFEST, 0] = _plain(manifest_sheets(sheets, order, self._manifest))
        self._counts: dict[_Key, int] = {(RunKind.INDEX, 1): 1 + len(sets) // _ROWS}
        self._runs: tuple[Run, ...] = ()

    def _as_sent(self, each: ExhibitSet) -> ExhibitSet:
        """The exhibit on as many sheets as it was sent on.

        Raises:
            Refused: It takes more now.
        """
        number = _number(each)
        run = next((r for r in self._then.runs if r.kind is RunKind.EXHIBIT and r.number == number),
                   None)  # fmt: skip
        if run is None or run.pages == each.pages:
            return each
        if each.pages > run.pages:
            raise Refused(
                tr("Exhibit {number} was sent on fewer pages than it takes now.", number=number),
                tr("exhibit {number}", number=number),
                tr("Add what changed as an exhibit of its own, and withdraw this one."),
            )
        empty = tuple((self._sheets.blank(), None) for _ in range(run.pages - each.pages))
        return dataclasses.replace(each, sheets=(*each.sheets, *empty))

    def set(self, *, names_pages: bool) -> bool:
        """Sets the front for where everything stands now; whether that moved nothing."""
        self._runs = self._planned()
        spans = self._spans()
        found = {
            **self._covers(),
            **self._letter_sheets(spans, names_pages=names_pages),
            **self._indexes(spans),
        }
        chronology = chronology_sheets(
            self._sheets, self._lines, {n: first for n, (first, _) in spans.items()},
            self._order.language,
        )  # fmt: skip
        found[RunKind.CHRONOLOGY, 0] = _plain(chronology)
        self._counts = {key: len(laid) for key, laid in found.items()}
        self._laid.update(found)
        return self._planned() == self._runs

    def _planned(self) -> tuple[Run, ...]:
        """The runs in printed order, as long as they were when last set."""
        count = self._counts.get
        then = [run for run in self._then.runs if run.kind is not RunKind.MANIFEST]
        runs = then or [
            Run(RunKind.COVER, count((RunKind.COVER, 1), 1), 1),
            Run(RunKind.LETTER, count((RunKind.LETTER, 0), 0)),
            Run(RunKind.INDEX, count((RunKind.INDEX, 1), 1), 1),
            Run(RunKind.CHRONOLOGY, count((RunKind.CHRONOLOGY, 0), 0)),
        ]
        if then and self._new:
            group = 1 + sum(run.kind is RunKind.INDEX for run in then)
            runs.append(Run(RunKind.INDEX, count((RunKind.INDEX, group), 1), group))
        runs += [Run(RunKind.EXHIBIT, each.pages, _number(each)) for each in self._new]
        runs.append(Run(RunKind.MANIFEST, len(self._laid[RunKind.MANIFEST, 0])))
        sizes = {_number(each): each.size for each in self._sets}
        return in_parts([run for run in runs if run.pages], sizes, self._order.limits)

    def _spans(self) -> dict[int, tuple[int, int]]:
        plan = BundlePlan(self._runs)
        return {
            run.number: (page, page + run.pages - 1)
            for run, page in plan.placed()
            if run.kind is RunKind.EXHIBIT
        }

    def _letter_sheets(
        self, spans: Mapping[int, tuple[int, int]], *, names_pages: bool
    ) -> dict[_Key, list[Laid]]:
        """The letter for where the exhibits stand; of a sent bundle the one that was sent."""
        if self._order.sent is not None:
            self._letter = self._order.sent.letter
            pages = self._then.pages_of(RunKind.LETTER)
        else:
            places = [spans[_number(each)] for each in self._sets] if names_pages else []
            letter = self._order.letter_with([(a, b - a + 1) for a, b in places])
            if letter is None:
                return {}
            rendered = render_letter(
                letter, paper=self._paper, stamp=self._order.stamp, numbered=False
            )
            self._letter, pages = rendered.data, rendered.pages
        return {(RunKind.LETTER, 0): [(self._sheets.blank(), None) for _ in range(pages)]}

    def _indexes(self, spans: Mapping[int, tuple[int, int]]) -> dict[_Key, list[Laid]]:
        """The index of every group; one that was sent keeps its number of pages."""
        parts = self._parts_of_exhibits(spans)
        made: dict[_Key, list[Laid]] = {}
        for group, members in self._groups().items():
            was = next((run.pages for run in self._then.runs
                        if run.kind is RunKind.INDEX and run.number == group), None)  # fmt: skip
            facts = IndexFacts(self._order.title, self._order.language, self._total(), spans,
                               parts, group)  # fmt: skip
            laid = index_sheets(self._sheets, members, facts, most=was)
            made[RunKind.INDEX, group] = self._padded(_plain(laid), was)
        return made

    def _padded(self, laid: list[Laid], pages: int | None) -> list[Laid]:
        missing = max(0, (pages or 0) - len(laid))
        return [*laid, *((self._sheets.blank(), None) for _ in range(missing))]

    def _groups(self) -> dict[int, list[ExhibitSet]]:
        """The exhibits that each index names, by its group."""
        by_number = {_number(each): each for each in self._sets}
        groups: dict[int, list[ExhibitSet]] = {}
        group = 0
        for run in self._runs:
            if run.kind is RunKind.INDEX:
                group = run.number
                groups[group] = []
            elif run.kind is RunKind.EXHIBIT:
                groups[group].append(by_number[run.number])
        return groups

    def _parts_of_exhibits(self, spans: Mapping[int, tuple[int, int]]) -> dict[int, int]:
        """The part of each exhibit; nothing for a bundle in one piece."""
        parts = parts_of(self._runs)
        if len(parts) == 1:
            return {}
        return {
            number: next(at for at, (_, last) in enumerate(parts, 1) if first <= last)
            for number, (first, _) in spans.items()
        }

    def _covers(self) -> dict[_Key, list[Laid]]:
        """The cover of every part; notes stand on the first."""
        parts = parts_of(self._runs)
        made: dict[_Key, list[Laid]] = {}
        for part, (first, last) in enumerate(parts, 1):
            held = [run.number for run, page in BundlePlan(self._runs).placed()
                    if run.kind is RunKind.EXHIBIT and first <= page <= last]  # fmt: skip
            notes = self._notes() if part == 1 else (_later_note(),)
            facts = CoverFacts(
                self._total(), len(self._sets), part, len(parts), first, last, self._manifest,
                (held[0], held[-1]) if held else None, notes,
            )  # fmt: skip
            made[RunKind.COVER, part] = self._cover(facts)
        return made

    def _cover(self, facts: CoverFacts) -> list[Laid]:
        """One cover; one that was sent keeps its pages, if need be with fewer notes."""
        was = next((run.pages for run in self._then.runs
                    if run.kind is RunKind.COVER and run.number == facts.part), None)  # fmt: skip
        laid = cover_sheets(self._sheets, self._order, facts)
        while was is not None and len(laid) > was and facts.notes:
            facts = dataclasses.replace(facts, notes=facts.notes[:-1])
            laid = cover_sheets(self._sheets, self._order, facts)
        return self._padded(_plain(laid), was)

    def _notes(self) -> tuple[str, ...]:
        if self._not_archival:
            return self._order.notes
        kind = "PDF/A-3b" if self._order.attach else "PDF/A-2b"
        return (*self._order.notes, tr("Prepared as {kind}.", kind=kind))

    def _total(self) -> int:
        return sum(run.pages for run in self._runs)

    def settled(self) -> Settled:
        """The bundle as it stands now; the canvas is used up by it."""
        spans = self._spans()
        total = self._total()
        numbered = []
        page = 0
        for run in self._runs:
            for sheet, _ in self._laid[run.kind, run.number]:
                page += 1
                numbered.append((sheet, self._label(run, page, total)))
        plan = BundlePlan(
            self._runs,
            tuple(_planned_exhibit(each) for each in self._sets),
            tuple((line.on.isoformat(), line.text, line.exhibit) for line in self._lines),
            str(self._paper),
            self._order.language,
        )
        return Settled(
            plan, self._laid, self._letter, self._sets, spans, self._manifest,
            self._not_archival, self._sheets.finished(numbered),
        )  # fmt: skip

    def _label(self, run: Run, page: int, pages: int) -> str:
        """What is printed at the foot of a page: exhibit, bundle, number."""
        told = {"bundle": self._order.bundle_id, "page": page, "pages": pages}
        if run.kind is RunKind.EXHIBIT:
            return tr("Exhibit {number} · {bundle} · page {page} of {pages}",
                      number=run.number, **told)  # fmt: skip
        return tr("{bundle} · page {page} of {pages}", **told)


def _number(each: ExhibitSet) -> int:
    return each.item.exhibit.number


def _later_note() -> str:
    return tr("Letter, index and chronology are in part 1; page numbers continue.")


def _plain(made: Sequence[Sheet]) -> list[Laid]:
    return [(sheet, None) for sheet in made]


def _planned_exhibit(each: ExhibitSet) -> PlannedExhibit:
    exhibit = each.item.exhibit
    return PlannedExhibit(
        exhibit.number, caption_of(each.item), exhibit.proves, section_of(exhibit),
        exhibit.outgoing.sha256,
    )  # fmt: skip
