"""The view of *Today*: sums, the strip of days, and the list of what to act on."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QEvent, QModelIndex, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHBoxLayout,
    QListView,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.texts import tr, trn
from disputedesk.desk.changes import Changes
from disputedesk.desk.queries.today import today_view
from disputedesk.desk.views import DueGroup, DueView, StepKind, TodayView, Undated
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cards import EmptyState, RoomHead
from disputedesk.gui.dates import long_day
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label
from disputedesk.gui.rooms import (
    AddOrder,
    ChooseFiles,
    Desktop,
    OpenCase,
    OpenOrder,
    RoomView,
    ShowRoom,
    TellProblem,
)
from disputedesk.gui.rows import Column, RowModel, RowRole
from disputedesk.gui.search_box import SearchBox
from disputedesk.gui.today.doors import Doors
from disputedesk.gui.today.lines import Entry, Heading, Line, key_of, lines_of
from disputedesk.gui.today.painter import BAR, LinePainter
from disputedesk.gui.today.strip import DayStrip
from disputedesk.gui.today.sums import Sums


class DueModel(RowModel[Entry]):
    """Headings and rows; a heading can be seen but not chosen."""

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:  # type: ignore[override]
        """Only rows can be chosen."""
        if isinstance(self.row_at(index), Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class DueList(QListView):
    """The list: arrows move, Enter takes the step, Space or a click opens.

    Signals:
        step_wanted(row): A row's button was pressed.
        row_opened(row): A row was opened.
    """

    step_wanted = Signal(object)
    row_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("today")
        self.setAccessibleName(tr("What to act on"))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.painter_ = LinePainter(self)
        self.setItemDelegate(self.painter_)

    def _hit(self, place: QPointF) -> tuple[QModelIndex, Line | None, bool]:
        """The index, its row, and whether the place is on the row's button."""
        index = self.indexAt(place.toPoint())
        entry = index.data(RowRole)
        if not isinstance(entry, Line):
            return index, None, False
        area = self.painter_.button_area(self.visualRect(index), self.width())
        return index, entry, area.contains(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lights the button under the mouse."""
        super().mouseMoveEvent(event)
        index, line, on_button = self._hit(event.position())
        self._hover(index.row() if line else -1, on_button=on_button)
        shape = Qt.CursorShape.PointingHandCursor if line else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def leaveEvent(self, event: QEvent) -> None:
        """Lets the light go."""
        super().leaveEvent(event)
        self._hover(-1, on_button=False)

    def _hover(self, row: int, *, on_button: bool) -> None:
        if self.painter_.hovered != (row, on_button):
            self.painter_.hovered = (row, on_button)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Takes the step of a pressed button, or opens the row."""
        super().mouseReleaseEvent(event)
        _index, line, on_button = self._hit(event.position())
        if line is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        (self.step_wanted if on_button else self.row_opened).emit(line.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the step, Space opens."""
        entry = self.currentIndex().data(RowRole)
        if isinstance(entry, Line) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step_wanted.emit(entry.row)
        elif isinstance(entry, Line) and event.key() == Qt.Key.Key_Space:
            self.row_opened.emit(entry.row)
        else:
            super().keyPressEvent(event)


class TodayRoom(RoomView):
    """What to act on, read in one query and re-read whole when orders or cases change."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop)
        self._reading: JobHandle | None = None
        self._stale = QTimer(self)
        self._stale.setSingleShot(True)
        self._stale.setInterval(0)
        self._stale.timeout.connect(self.read)
        self._wants_keyboard = False
        self._with_reserve = False
        self.view: TodayView | None = None
        self._build()
        self.bridge.changed.connect(self._changed)
        self.bridge.day_changed.connect(self._day_changed)
        self.read()

    # -- building

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(tokens.GAP_ROOM, tokens.GAP_CARD, tokens.GAP_ROOM - BAR, 0)
        outer.setSpacing(12)
        self.head = RoomHead(tr("Today"), long_day(self.bridge.today))
        self.head.buttons.addWidget(SearchBox(self.desktop))
        self._add_menu()
        self.head.setContentsMargins(0, 0, BAR, 0)
        outer.addWidget(self.head)
        self.pages = QStackedWidget(self)
        outer.addWidget(self.pages, 1)
        self.pages.addWidget(QWidget())
        self.pages.addWidget(self._list_page())
        self.doors = Doors(self.desktop)
        self.pages.addWidget(self.doors)

    def _add_menu(self) -> None:
        ways = [
            (tr("Bring in files…"), ChooseFiles()),
            (tr("Add an order…"), AddOrder()),
        ]
        ways = [(text, request) for text, request in ways if self.desktop.can(type(request))]
        if not ways:
            return
        add = button(tr("Add…"), icon="plus", parent=self)
        menu = QMenu(add)
        for text, request in ways:
            menu.addAction(text).triggered.connect(
                lambda _checked=False, request=request: self.desktop.ask(request)
            )
        add.setMenu(menu)
        self.add_button = add
        self.head.buttons.addWidget(add)

    def _list_page(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(tokens.GAP_ROOM)
        self.sums = Sums()
        self.strip = DayStrip()
        self.strip.day_chosen.connect(self._show_day)
        self._top.addWidget(self.sums, 0)
        self._top.addWidget(self.strip, 1)
        self._top.setContentsMargins(0, 0, BAR, 0)
        column.addLayout(self._top)
        self.model = DueModel((Column("line", "", lambda e: e.sentence),), key_of, self)
        self.list = DueList()
        self.list.setModel(self.model)
        self.list.step_wanted.connect(self.take_step)
        self.list.row_opened.connect(self.open_row)
        column.addWidget(self.list, 1)
        column.addLayout(self._foot())
        self.quiet = EmptyState(
            "done",
            tr("No clock is running"),
            tr("Orders you bring in appear here when a day comes near."),
        )
        self.quiet.add_button(tr("See all orders"), self._all_orders)
        self.quiet.setVisible(False)
        column.addWidget(self.quiet, 1)
        return page

    def _foot(self) -> QHBoxLayout:
        """What is not in the list: ways kept in reserve, and lines beyond the most."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, tokens.GAP)
        self.reserve = button("", Act.LINK, parent=self)
        self.reserve.setVisible(False)
        self.reserve.clicked.connect(self._toggle_reserve)
        self.more = label("", ink="second")
        self.more.setVisible(False)
        self.undated = button("", Act.LINK, parent=self)
        self.undated.setVisible(False)
        self.undated.clicked.connect(self._open_undated)
        row.addWidget(self.undated)
        row.addWidget(self.reserve)
        row.addStretch(1)
        row.addWidget(self.more)
        return row

    # -- reading

    @Slot()
    def read(self) -> None:
        """Reads the room's one query again; the list keeps its place."""
        self._reading = self.bridge.read(today_view, today=self.bridge.today)
        self._reading.succeeded.connect(self._show)

    @Slot(object)
    def _show(self, view: TodayView) -> None:
        if self.sender() is not self._reading:
            return
        self.view = view
        self.head.second.setText(long_day(view.today))
        if not view.has_orders:
            self.pages.setCurrentWidget(self.doors)
            self.counted.emit(0)
            if self._wants_keyboard and self.isVisible():
                self.entered()
            return
        self.pages.setCurrentIndex(1)
        self.sums.set_view(view)
        self.sums.setVisible(bool(view.at_stake or view.promised or view.won))
        self.strip.set_days(view.strip)
        self._arrange()
        self._list(view)
        if not self.list.currentIndex().isValid():
            self._choose_first()
        if self._wants_keyboard and self.isVisible():
            self.entered()
        pressing = (DueGroup.OVERDUE, DueGroup.TODAY)
        self.counted.emit(sum(row.group in pressing and not row.reserve for row in view.rows))

    def _list(self, view: TodayView) -> None:
        kept = sum(row.reserve for row in view.rows)
        rows = [row for row in view.rows if self._with_reserve or not row.reserve]
        entries = lines_of(rows, view.today)
        self.list.painter_.dense = self.bridge.desk.settings.get("density") == "dense"
        self.list.painter_.measure(entries, self.list.font())
        self.model.set_rows(entries)
        self.list.setVisible(bool(entries))
        self.quiet.setVisible(not entries)
        self._say_undated(view.undated)
        self.more.setVisible(view.more > 0)
        self.more.setText(
            trn("{count} more line is not shown.", "{count} more lines are not shown.", view.more)
        )
        self.reserve.setVisible(kept > 0)
        text = (
            tr("Hide the ways kept in reserve")
            if self._with_reserve
            else trn("Show {count} way kept in reserve", "Show {count} ways kept in reserve", kept)
        )
        self.reserve.setText(text)
        self.reserve.setAccessibleName(text)

    def _say_undated(self, undated: Undated) -> None:
        """Says what no day can be listed for, so that a quiet list is not taken for safety."""
        count = len(undated.cases)
        text = trn(
            "{count} open case has no known last day",
            "{count} open cases have no known last day",
            count,
        )
        self.undated.setVisible(count > 0)
        self.undated.setText(text)
        self.undated.setAccessibleName(text)
        title = tr("No last day is known yet")
        missing = text
        if undated.orders:
            missing = trn(
                "{count} order under way has no known last day. Open it to see why.",
                "{count} orders under way have no known last day. Open them to see why.",
                undated.orders,
            )
        elif not count:
            title = tr("No clock is running")
            missing = tr("Orders you bring in appear here when a day comes near.")
        self.quiet.set_words(title, missing)

    @Slot()
    def _open_undated(self) -> None:
        cases = () if self.view is None else self.view.undated.cases
        if len(cases) == 1 and self.desktop.can(OpenCase):
            self.desktop.ask(OpenCase(cases[0].case))
        else:
            self.desktop.ask(ShowRoom("cases"))

    @Slot()
    def _toggle_reserve(self) -> None:
        self._with_reserve = not self._with_reserve
        if self.view is not None:
            self._list(self.view)

    def _choose_first(self) -> None:
        for at, entry in enumerate(self.model.rows):
            if isinstance(entry, Line):
                self.list.setCurrentIndex(self.model.index(at, 0))
                return

    @Slot(object, object)
    def _changed(self, changes: Changes, initiator: object) -> None:
        if (
            changes.everything
            or changes.orders
            or changes.cases
            or changes.clients
            or "density" in changes.settings
        ):
            self._stale.start()

    @Slot(object)
    def _day_changed(self, today: dt.date) -> None:
        self._stale.start()

    # -- acting

    def entered(self) -> None:
        """Gives the keyboard to the list, or to the first door; at once or when it is there."""
        self._wants_keyboard = self.pages.currentIndex() == 0
        if self.doors.doors and self.pages.currentWidget() is self.doors:
            self.doors.doors[0].setFocus()
        else:
            self.list.setFocus()

    @Slot(object)
    def take_step(self, row: DueView) -> None:
        """Takes a row's next step: to the case, to “what went wrong?”, or to the order."""
        if row.step.kind is StepKind.TELL_PROBLEM and self.desktop.can(TellProblem):
            self.desktop.ask(TellProblem(row.order))
        elif row.case is not None and self.desktop.can(OpenCase):
            self.desktop.ask(OpenCase(row.case, row.step))
        else:
            self.desktop.ask(OpenOrder(row.order))

    @Slot(object)
    def open_row(self, row: DueView) -> None:
        """Opens a row's case, or its order while there is no case."""
        if row.case is not None and self.desktop.can(OpenCase):
            self.desktop.ask(OpenCase(row.case))
        else:
            self.desktop.ask(OpenOrder(row.order))

    @Slot(object)
    def _show_day(self, day: dt.date) -> None:
        """Goes to the first line to act on by `day` or later."""
        for at, entry in enumerate(self.model.rows):
            if isinstance(entry, Line) and entry.row.act_by and entry.row.act_by >= day:
                self.list.setCurrentIndex(self.model.index(at, 0))
                self.list.scrollTo(self.model.index(at, 0))
                return

    def _all_orders(self) -> None:
        self.desktop.ask(ShowRoom("orders"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the strip under the sums in a narrow window."""
        super().resizeEvent(event)
        self._arrange()
        self.list.scheduleDelayedItemsLayout()

    def _arrange(self) -> None:
        room = self.width() - 3 * tokens.GAP_ROOM
        beside = room >= self.sums.sizeHint().width() + 0.8 * self.strip.sizeHint().width()
        self._top.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        self._top.setSpacing(tokens.GAP_ROOM if beside else 12)
