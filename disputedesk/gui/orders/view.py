"""The view of *Orders*: filter, table, and the chosen order under it."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.texts import tr, trn
from disputedesk.desk.changes import Changes
from disputedesk.desk.queries.orders import order_ids, order_rows
from disputedesk.desk.views import OrderDetail, OrderFilter, OrderRowView, OrderSort, OrdersQuery
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cards import EmptyState, RoomHead
from disputedesk.gui.dates import locale
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.orders.columns import SORTS, order_columns
from disputedesk.gui.orders.detail import OrderPanel
from disputedesk.gui.orders.filter_bar import FilterBar
from disputedesk.gui.orders.received import Receiving
from disputedesk.gui.paged import PagedModel
from disputedesk.gui.rooms import AddOrder, ChooseFiles, Desktop, RoomView
from disputedesk.gui.table import Table, copy_rows
from disputedesk.model.ids import OrderId

_TYPE_MS: Final = 90
_MOST_COPIED: Final = 20_000


class OrdersRoom(RoomView):
    """Every order; the table is paged, the chosen one is read whole."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop)
        self._query = OrdersQuery()
        self._asking: JobHandle | None = None
        self._reading: JobHandle | None = None
        self._copying: JobHandle | None = None
        self._wanted: OrderId | None = None
        self._shown: OrderId | None = None
        self._all = 0
        self._columns = order_columns(lambda: self.bridge.today)
        self.receiving = Receiving(desktop, self)
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPE_MS)
        self._timer.timeout.connect(self._typed)
        self.filter.textChanged.connect(lambda _text: self._timer.start())
        self.bridge.changed.connect(self._changed)
        self.bridge.day_changed.connect(self._day_changed)
        self.read()

    # -- building

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(tokens.GAP_ROOM, tokens.GAP_CARD, tokens.GAP_ROOM, tokens.GAP)
        outer.setSpacing(12)
        self.head = RoomHead(tr("Orders"), "")
        if self.desktop.can(ChooseFiles):
            bring = button(tr("Bring in files…"), icon="import", parent=self)
            bring.clicked.connect(lambda _checked=False: self.desktop.ask(ChooseFiles()))
            self.head.buttons.addWidget(bring)
        add = button(tr("Add an order…"), icon="plus", parent=self)
        add.clicked.connect(lambda _checked=False: self.desktop.ask(AddOrder()))
        self.head.buttons.addWidget(add)
        outer.addWidget(self.head)
        self.bar = FilterBar(self)
        self.filter = self.bar.field
        self.filter_buttons = self.bar.buttons
        self.bar.show_wanted.connect(self._show_filter)
        self.bar.columns_wanted.connect(self._choose_columns)
        outer.addWidget(self.bar)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(10)
        self.splitter.addWidget(self._table_pages())
        self.filter.returnPressed.connect(self.table.setFocus)
        self.panel = OrderPanel(self.desktop)
        self.panel.received_wanted.connect(self._received)
        self.panel.setVisible(False)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 4)
        self.splitter.setStretchFactor(1, 5)
        self.splitter.restoreState(self.desktop.places.bytes_of("splitter/orders"))
        self.splitter.splitterMoved.connect(self._keep_splitter)
        outer.addWidget(self.splitter, 1)

    def _table_pages(self) -> QWidget:
        self.model: PagedModel[OrderRowView] = PagedModel(
            self._columns, lambda row: int(row.id), self._fetch, self
        )
        self.table = Table(self._columns, "orders", self.desktop.places)
        self.table.setAccessibleName(tr("Orders"))
        self.table.setModel(self.model)
        self.table.arrange()
        head = self.table.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(self._column_at("ordered"), Qt.SortOrder.DescendingOrder)
        head.sectionClicked.connect(self._sort_by)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.table.copy_wanted.connect(self._copy)
        self.table.opened.connect(self._open)
        self.empty = EmptyState("orders", "")
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.empty)
        self._add_button = self.empty.add_button(tr("Add an order…"), self._add_order)
        self._clear_button = self.empty.add_button(tr("Show all orders"), self._clear, Act.PLAIN)
        return self.pages

    def _column_at(self, key: str) -> int:
        return next(at for at, column in enumerate(self._columns) if column.key == key)

    # -- reading

    def _fetch(self, ids: tuple[int, ...]) -> JobHandle:
        return self.bridge.read(order_rows, [OrderId(one) for one in ids])

    @Slot()
    def read(self) -> None:
        """Asks the query again; the chosen order stays chosen and in its place."""
        self._asking = self.bridge.read(order_ids, self._query)
        self._asking.succeeded.connect(self._answered)

    @Slot(object)
    def _answered(self, ids: array[int]) -> None:
        if self.sender() is not self._asking:
            return
        keep = self._wanted or self._shown
        offset = self._place_on_screen()
        same = ids == self.model.ids
        blocker = QSignalBlocker(self.table.selectionModel())
        self.model.set_ids(ids)
        blocker.unblock()
        self._count(len(ids))
        if same and self._wanted is None:
            return
        at = self.model.find(keep) if keep is not None else -1
        if at < 0 and self._wanted is not None and self._query != OrdersQuery():
            self._clear()
            return
        self._wanted = None
        if len(ids):
            self._choose(max(0, at), offset if at >= 0 else None)

    def _place_on_screen(self) -> int | None:
        index = self.table.currentIndex()
        return self.table.visualRect(index).y() if index.isValid() else None

    def _choose(self, at: int, offset: int | None) -> None:
        index = self.model.index(at, 0)
        self.table.setCurrentIndex(index)
        if offset is not None:
            bar = self.table.verticalScrollBar()
            bar.setValue(bar.value() + self.table.visualRect(index).y() - offset)
        self.table.scrollTo(index)
        self._chosen(index)

    def _count(self, shown: int) -> None:
        number = locale().toString(shown)
        if self._query.text or self._query.show is not OrderFilter.ALL:
            text = trn(
                "{number} order fits the filter",
                "{number} orders fit the filter",
                shown,
                number=number,
            )
        else:
            self._all = shown
            text = trn("{number} order", "{number} orders", shown, number=number)
        self.head.second.setText(text)
        if shown:
            self.pages.setCurrentWidget(self.table)
            return
        filtered = self._query != OrdersQuery(
            sort=self._query.sort, descending=self._query.descending
        )
        self.empty.set_words(
            tr("No order fits the filter") if filtered else tr("No orders yet"),
            tr("Fewer letters, or the beginning of the number, may help.")
            if filtered
            else tr("Drop order mails or a shop's export anywhere on this window, or add one."),
        )
        self._clear_button.setVisible(filtered)
        self._add_button.setVisible(not filtered)
        self.pages.setCurrentWidget(self.empty)
        self.panel.setVisible(False)
        self._shown = None

    @Slot(QModelIndex)
    def _chosen(self, index: QModelIndex) -> None:
        found = self.model.id_at(index.row())
        if found is None or found == self._shown:
            return
        self._shown = OrderId(found)
        self._read_detail()

    def _read_detail(self) -> None:
        from disputedesk.desk.queries.orders import order_detail

        if self._shown is None:
            return
        self._reading = self.bridge.read(order_detail, self._shown, today=self.bridge.today)
        self._reading.succeeded.connect(self._show_detail)

    @Slot(object)
    def _show_detail(self, detail: OrderDetail) -> None:
        if self.sender() is not self._reading or detail.order.id != self._shown:
            return
        self.panel.set_detail(detail)
        if self.panel.isHidden():
            self.panel.setVisible(True)

    @Slot(object, object)
    def _changed(self, changes: Changes, initiator: object) -> None:
        if changes.everything or changes.clients:
            self.model.forget_all()
        elif changes.orders:
            self.model.forget(int(one) for one in changes.orders)
        if changes.everything or changes.orders or changes.batches:
            self.read()
        if changes.everything or (self._shown in changes.orders) or changes.cases:
            self._read_detail()

    @Slot(object)
    def _day_changed(self, today: dt.date) -> None:
        self.model.forget_all()
        self._read_detail()

    # -- filter and sort

    def _ask(self, query: OrdersQuery) -> None:
        if query != self._query:
            self._query = query
            self.read()

    @Slot()
    def _typed(self) -> None:
        query = self._query
        text = self.filter.text().strip()
        self._ask(OrdersQuery(text, query.show, query.sort, query.descending))

    @Slot(object)
    def _show_filter(self, show: OrderFilter) -> None:
        query = self._query
        self._ask(OrdersQuery(query.text, show, query.sort, query.descending))

    def _clear(self) -> None:
        with QSignalBlocker(self.filter):
            self.filter.clear()
        self.filter_buttons[OrderFilter.ALL].setChecked(True)
        self._ask(OrdersQuery(sort=self._query.sort, descending=self._query.descending))

    @Slot(int)
    def _sort_by(self, section: int) -> None:
        head = self.table.horizontalHeader()
        sort = SORTS.get(self._columns[section].key)
        query = self._query
        if sort is None:
            keys = {value: key for key, value in SORTS.items()}
            at = self._column_at(keys[query.sort])
            order = (
                Qt.SortOrder.DescendingOrder if query.descending else Qt.SortOrder.AscendingOrder
            )
            head.setSortIndicator(at, order)
            return
        down = not query.descending if sort is query.sort else sort is OrderSort.TOTAL
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        head.setSortIndicator(section, order)
        self._ask(OrdersQuery(query.text, query.show, sort, down))

    @Slot()
    def _add_order(self) -> None:
        self.desktop.ask(AddOrder())

    @Slot()
    def _choose_columns(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table.fill_menu(menu)
        corner = self.bar.columns.rect().bottomLeft()
        menu.popup(self.bar.columns.mapToGlobal(corner))

    @Slot()
    def _keep_splitter(self) -> None:
        self.desktop.places.keep("splitter/orders", self.splitter.saveState())

    # -- acting

    def entered(self) -> None:
        """Gives the keyboard to the table."""
        self.table.setFocus()

    def commands(self) -> tuple[QAction, ...]:
        """Filter, copy, and what the chosen order allows."""
        return (
            self._command(tr("Filter the orders"), self.filter.setFocus, "Ctrl+F"),
            self._command(tr("Copy the marked orders"), self._copy, ""),
            self._command(tr("I have received the chosen order"), self._received, ""),
            self._command(tr("Choose columns"), self._choose_columns, ""),
        )

    def _command(self, text: str, does: object, keys: str) -> QAction:
        found = self.findChild(QAction, text)
        if isinstance(found, QAction):
            return found
        action = QAction(text, self)
        action.setObjectName(text)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: does())  # type: ignore[operator]
        return action

    def scenes(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        """A fact being corrected, a filter that fits nothing, and the form for a new order."""
        return (
            ("edit", self._answer_first),
            ("none", lambda: self.filter.setText("zzzz")),
            ("add", lambda: self.desktop.ask(AddOrder())),
        )

    def _answer_first(self) -> None:
        if self.panel.facts.buttons:
            self.panel.facts.edit(next(iter(self.panel.facts.buttons)))

    def show_order(self, order: OrderId) -> None:
        """Chooses an order; a filter that hides it is taken away."""
        at = self.model.find(int(order))
        if at >= 0:
            self._choose(at, None)
            return
        self._wanted = order
        self.read()

    @Slot()
    def _received(self) -> None:
        if self._shown is not None:
            self.receiving.begin(self._shown)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.panel.timeline.setFocus()

    @Slot()
    def _copy(self) -> None:
        lines = self.table.marked_rows()[:_MOST_COPIED]
        ids = [OrderId(one) for at in lines if (one := self.model.id_at(at)) is not None]
        if ids:
            self._copying = self.bridge.read(order_rows, ids)
            self._copying.succeeded.connect(self._copied)

    @Slot(object)
    def _copied(self, rows: Sequence[OrderRowView]) -> None:
        copy_rows(self.table.visible_columns(), rows)
        self.desktop.notices.say(
            trn("{count} order copied as text", "{count} orders copied as text", len(rows))
        )
