"""The places of a form as rows: what each asks for, what fills it, and how it comes out."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.gui.rows import Column, RowModel
from disputedesk.gui.table import CellPainter
from disputedesk.gui.tokens import Tone
from disputedesk.papers.bankform.filled import FilledForm, Spot, SpotState
from disputedesk.papers.bankform.places import BY_HAND, FIXED, Place, PlaceKind

TONES: Final = {
    SpotState.FAULT: Tone.URGENT,
    SpotState.MISSING: Tone.SOON,
    SpotState.UNSAID: Tone.SOON,
    SpotState.FILLED: Tone.OPEN,
    SpotState.TICKED: Tone.OPEN,
}
"""How urgent a place is; what is not here is well as it is."""


@dataclasses.dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place in the list."""

    at: int
    place: Place
    source: str
    spot: Spot | None

    @property
    def tone(self) -> Tone | None:
        """How urgent it is."""
        return None if self.spot is None else TONES.get(self.spot.state)


def source_text(place: Place, questions: dict[str, str]) -> str:
    """What fills a place, in words."""
    source = place.kept.source
    if not source:
        return tr("nobody said")
    if source == BY_HAND:
        return tr("by hand")
    if source.startswith(FIXED):
        words = source[len(FIXED) :]
        return tr("always") if place.field.kind is PlaceKind.TICK else f"“{words}”"
    return questions.get(source, source)


def outcome_text(spot: Spot | None) -> str:
    """How a place comes out for the case, in words."""
    if spot is None:
        return ""
    match spot.state:
        case SpotState.TICKED:
            return tr("ticked")
        case SpotState.EMPTY:
            return tr("not ticked")
        case SpotState.BY_HAND:
            return tr("left for a pen")
        case SpotState.UNSAID:
            return spot.text or tr("stays empty")
        case SpotState.MISSING:
            return tr("not known yet")
        case SpotState.FAULT:
            return spot.why
        case _:
            return " / ".join(spot.text.split("\n"))


def said_of(filled: FilledForm) -> str:
    """How a form comes out, in a sentence."""
    wrong = len(filled.stopping)
    unsaid = sum(spot.state is SpotState.UNSAID for spot in filled.spots)
    if not filled.spots:
        return tr("This form has no places yet: press “New place” and click where text belongs.")
    if wrong:
        return trn(
            "{count} place keeps the form from leaving; it is marked.",
            "{count} places keep the form from leaving; they are marked.",
            wrong,
        )
    if unsaid:
        return trn(
            "Of {count} place nobody said what belongs there; it stays empty.",
            "Of {count} places nobody said what belongs there; they stay empty.",
            unsaid,
        )
    return tr("Every place is settled. Look at the page before you use it.")


class PlaceTable(QTableView):
    """The list; arrows go from place to place.

    Signals:
        place_chosen(at): The place at this index was chosen.
    """

    place_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self.setAccessibleName(tr("Places of the form"))
        columns: tuple[Column[PlaceRow], ...] = (
            Column("place", tr("The form asks for"), lambda row: row.place.label,
                             width=170),
            Column("source", tr("Filled with"), lambda row: row.source, width=150),
            Column("now", tr("In this case"), lambda row: outcome_text(row.spot),
                             tone=lambda row: row.tone, width=160),
        )  # fmt: skip
        self.places: RowModel[PlaceRow] = RowModel(columns, lambda row: row.at, self)
        self.setModel(self.places)
        self.setItemDelegate(CellPainter(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setVisible(False)
        head = self.horizontalHeader()
        head.setAccessibleName(tr("Columns"))
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        self.selectionModel().currentRowChanged.connect(self._turned)

    def show_places(
        self, places: Sequence[Place], spots: Sequence[Spot], questions: dict[str, str]
    ) -> None:
        """Shows these places and how they come out."""
        found = list(spots) if spots else [None] * len(places)
        self.places.set_rows(
            [
                PlaceRow(at, place, source_text(place, questions), found[at])
                for at, place in enumerate(places)
            ]
        )

    def choose(self, at: int) -> None:
        """Chooses a place without telling of it."""
        self._quiet = True
        if at >= 0:
            self.selectRow(at)
            self.scrollTo(self.places.index(at, 0))
        else:
            self.setCurrentIndex(QModelIndex())
        self._quiet = False

    @Slot(QModelIndex, QModelIndex)
    def _turned(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and not self._quiet:
            self.place_chosen.emit(index.row())
