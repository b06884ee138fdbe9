"""News of the rules: after an update the last days are computed anew, and what moved is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from disputedesk.common.texts import day_text, tr, trn
from disputedesk.gui import tokens
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label, set_tip
from disputedesk.gui.notices import Notice, Notices
from disputedesk.gui.sheet import Sheet

if TYPE_CHECKING:
    from disputedesk.desk.adopting import Adopted
    from disputedesk.desk.changes import Outcome
    from disputedesk.desk.queries.editions import MoveView
    from disputedesk.desk.restating import Move

LOOK_AFTER_MS: Final = 1_500
"""The first screen is there by then; nobody waits for the rules."""
_PATIENCE_MS: Final = 1_000
_SHOWN: Final = 200


class RulesNews(QObject):
    """Brings the desk to the rules of today, in the background; owned by the window.

    It lives on the GUI thread. What cannot be finished now is begun again with the next start.
    """

    def __init__(self, bridge: Bridge, notices: Notices, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._notices = notices
        self._window = window
        self._handle: JobHandle | None = None
        self._working: Notice | None = None
        self._moves: tuple[Move, ...] = ()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._say_working)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.look)

    def look_soon(self) -> None:
        """Begins once the first screen is there."""
        self._soon.start(LOOK_AFTER_MS)

    def rest(self) -> None:
        """Begins nothing any more: the desk is closing."""
        self._soon.stop()
        self._patience.stop()

    @Slot()
    def look(self) -> None:
        """Begins, where the rules changed since the last days were computed."""
        from disputedesk.desk.operations.rules import follow_rules

        handle = self._handle = self._bridge.run(follow_rules)
        handle.succeeded.connect(self._followed)
        handle.finished.connect(self._over)
        self._patience.start(_PATIENCE_MS)

    @Slot()
    def _say_working(self) -> None:
        handle = self._handle
        if handle is None or handle.is_over:
            return
        self._working = self._notices.tell(
            tr("The rules changed. Last days are computed anew."),
            button=tr("Later"),
            pressed=handle.cancel,
        )
        handle.progressed.connect(self._progressed)

    @Slot(str, int, int)
    def _progressed(self, what: str, done: int, total: int) -> None:
        if self._working is not None and total:
            text = tr("{what}: {done} of {total}", what=what, done=f"{done:,}", total=f"{total:,}")
            self._working.say_more(text)

    @Slot()
    def _over(self) -> None:
        self._patience.stop()
        working, self._working = self._working, None
        if working is not None and not working.isHidden():
            working.close_now()

    @Slot(object)
    def _followed(self, outcome: Outcome[Adopted]) -> None:
        self._moves = outcome.value.moves
        count = len({move.order for move in self._moves})
        if count:
            text = trn(
                "The rules changed: {count} of your orders moved.",
                "The rules changed: {count} of your orders moved.",
                count,
            )
            self._notices.tell(text, button=tr("Show which"), pressed=self.show_moves)

    @Slot()
    def show_moves(self) -> None:
        """Shows which last days moved, before and after."""
        from disputedesk.desk.queries.editions import move_views

        reading = self._bridge.read(move_views, self._moves[:_SHOWN])
        reading.succeeded.connect(self._open_sheet)

    @Slot(object)
    def _open_sheet(self, moves: tuple[MoveView, ...]) -> None:
        moves_sheet(moves, len(self._moves), self._window).open()


def moves_sheet(moves: tuple[MoveView, ...], count: int, parent: QWidget) -> Sheet:
    """The last days that moved: order, case, rule, before and after."""
    sheet = Sheet(
        tr("What the rules moved"),
        parent,
        second=tr("The days before stay in the desk's ledger; “disputedesk rules history” too."),
        width=680,
    )
    body = QWidget()
    grid = QGridLayout(body)
    grid.setColumnStretch(0, 1)
    grid.setVerticalSpacing(tokens.GAP_CHIP)
    for at, move in enumerate(moves):
        case = tr("case {number}", number=move.case) if move.case else ""
        place = " · ".join(part for part in (move.order_title, move.number, case) if part)
        grid.addWidget(label(place, wrap=True), 2 * at, 0)
        grid.addWidget(label(f"{move.title} ({move.rule})", ink="second", wrap=True), 2 * at + 1, 0)
        none = tr("none")
        before = day_text(move.before) if move.before else none
        after = day_text(move.after) if move.after else none
        days = tr("{before} → {after}", before=before, after=after)
        grid.addWidget(label(days, strong=True), 2 * at, 1)
    if count > len(moves):
        rest = tr("… and {count} more; “rules history” lists all.", count=count - len(moves))
        grid.addWidget(label(rest, ink="second"), 2 * len(moves), 0)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(body)
    area.setMinimumHeight(320)
    area.setAccessibleName(tr("What the rules moved"))
    set_tip(area, "")
    sheet.column.addWidget(area, 1)
    return sheet
