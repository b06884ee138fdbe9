"""The window: rooms in a stack beside the rail, and everything that reaches all of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from disputedesk.common import locations
from disputedesk.common.texts import tr
from disputedesk.desk.changes import Changes, Outcome
from disputedesk.gui import tokens
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.buttons import Act
from disputedesk.gui.cards import Banner
from disputedesk.gui.notices import Notices
from disputedesk.gui.places import Places
from disputedesk.gui.rooms import (
    AddOrder,
    ChooseFiles,
    Desktop,
    FindAnything,
    ReviewFiles,
    RoomView,
    SampleDesk,
    ShowRoom,
)
from disputedesk.gui.shell.calendar_saving import CalendarSaving
from disputedesk.gui.shell.evidence_menu import EvidenceMenu
from disputedesk.gui.shell.features import all_rooms, serve_all
from disputedesk.gui.shell.menus import Menus
from disputedesk.gui.shell.rail import Rail
from disputedesk.gui.theme import Theme, ThemeChoice
from disputedesk.model.ids import LedgerId

if TYPE_CHECKING:
    from disputedesk.desk.views import UndoView

_SIZE = (1280, 800)
_LEAST = (720, 480)
_FOLD_BELOW = 900


class MainWindow(QMainWindow):
    """One window on one desk; owned by the program, lives on the GUI thread.

    Args:
        bridge: The way to the desk.
        theme: Dresses the application.
        places: What the window remembers of itself.
        removable: Whether the desk is a sample made for the moment, which may be removed.

    Signals:
        sample_wanted(): The user asks for a sample desk.
        own_desk_wanted(remove_sample): The user asks for their own desk.
        language_changed(): The window must be made anew.
    """

    sample_wanted = Signal()
    own_desk_wanted = Signal(bool)
    language_changed = Signal()

    def __init__(
        self, bridge: Bridge, theme: Theme, places: Places, *, removable: bool = False
    ) -> None:
        super().__init__()
        self._removable = removable
        self._bridge = bridge
        self._theme = theme
        self._places = places
        self._rooms = {room.key: room for room in all_rooms()}
        self._views: dict[str, RoomView] = {}
        self._current = ""
        self._folded_by_hand: bool | None = None
        self.setWindowTitle("DisputeDesk")
        self.setWindowIcon(QIcon(str(locations.resources("icons", "disputedesk.svg"))))
        self.setAcceptDrops(True)
        self.setMinimumSize(*_LEAST)
        self._build_frame()
        self.desktop = Desktop(bridge, theme, self.notices, places, self)
        self._answer_requests()
        serve_all(self.desktop)
        self._build_menus()
        self._connect()
        self._restore()

    # -- building

    def _build_frame(self) -> None:
        centre = QWidget(self)
        centre.setObjectName("surface")
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rail = Rail(tuple(self._rooms.values()), centre)
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        if self._bridge.desk.is_sample:
            column.addLayout(self._sample_banner())
        self._stack = QStackedWidget(centre)
        column.addWidget(self._stack, 1)
        row.addLayout(column, 1)
        self.setCentralWidget(centre)
        self.notices = Notices(centre)

    def _sample_banner(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(tokens.GAP_ROOM, 12, tokens.GAP_ROOM, 0)
        banner = Banner(
            tr("People, shops and orders here are made up. Nothing of it mixes with your own."),
            strong=tr("This is a sample desk."),
            icon="sample",
        )
        if self._removable:
            banner.add_button(tr("Remove the sample"), self._remove_sample, Act.QUIET)
        banner.add_button(tr("Use my own desk"), self._use_own)
        row.addWidget(banner)
        return row

    def _answer_requests(self) -> None:
        self.desktop.answer(ShowRoom, self._answer_room)
        self.desktop.answer(FindAnything, self._answer_find)
        self.desktop.answer(SampleDesk, self._answer_sample)

    def _build_menus(self) -> None:
        menus = self.menus = Menus(self.menuBar())
        file = menus.menu(tr("&File"))
        can, ask = self.desktop.can, self.desktop.ask
        if can(AddOrder):
            menus.add(file, tr("Add an order…"), lambda: ask(AddOrder()), "Ctrl+N")
        if can(ChooseFiles):
            menus.add(file, tr("Bring in files…"), lambda: ask(ChooseFiles()), "Ctrl+O")
        self.evidence = EvidenceMenu(self.desktop, menus, file)
        self.calendar = CalendarSaving(self.desktop)
        menus.add(file, tr("Save as a calendar file…"), self.calendar.ask)
        file.addSeparator()
        if self._bridge.desk.is_sample:
            menus.add(file, tr("Use my own desk"), self._use_own)
        else:
            menus.add(file, tr("Look at a sample desk"), self.sample_wanted.emit)
        menus.add(file, tr("Open the desk's folder"), self._open_folder)
        menus.add(file, tr("Copy the path of the desk's folder"), self._copy_path)
        file.addSeparator()
        menus.add(file, tr("Settings…"), self.show_settings, "Ctrl+,")
        menus.add(file, tr("Quit"), self.close, "Ctrl+Q")
        edit = menus.menu(tr("&Edit"))
        undo_keys = QKeySequence.keyBindings(QKeySequence.StandardKey.Undo)
        self.undo_action = menus.add(edit, tr("Undo"), self._undo, *undo_keys)
        edit.aboutToShow.connect(self._read_undo)
        edit.addSeparator()
        menus.add(edit, tr("Find anything…"), lambda: ask(FindAnything()), "Ctrl+K")
        view = menus.menu(tr("&View"))
        menus.add_rooms(view, tuple(self._rooms.values()), self.show_room)
        view.addSeparator()
        menus.add(view, tr("Fold or unfold the rail"), self._toggle_rail, "Ctrl+B")
        menus.add(view, tr("Read everything again"), self._bridge.refresh, "F5")
        menus.add(view, tr("Reset the window's layout"), self._reset_layout)
        menus.room_menu(menus.menu(tr("Room")))
        self._build_help()

    def _build_help(self) -> None:
        menus = self.menus
        help_menu = menus.menu(tr("&Help"))
        menus.add(help_menu, tr("About this room"), self._room_help, "F1")
        menus.add(help_menu, tr("Keyboard"), self._show_keys, "Ctrl+/")
        menus.add(help_menu, tr("Privacy"), self._show_privacy)
        menus.add(help_menu, tr("About DisputeDesk"), self._show_about)

    def _show_keys(self) -> None:
        from disputedesk.gui.shell.papers import keys_sheet

        keys_sheet(self.menus.all_actions, self).open()

    def _show_privacy(self) -> None:
        from disputedesk.gui.shell.papers import privacy_sheet

        privacy_sheet(self._bridge.desk.folder, self).open()

    def _show_about(self) -> None:
        from disputedesk.gui.shell.papers import about_sheet

        about_sheet(self._bridge.desk.folder, self).open()

    def _connect(self) -> None:
        self.rail.room_wanted.connect(self.show_room)
        self.rail.settings_wanted.connect(self.show_settings)
        self.rail.folded.connect(self._folded)
        self._bridge.changed.connect(self._changed)
        self._bridge.done.connect(self._done)
        self._bridge.failed.connect(self.notices.show_error)

    # -- rooms

    @property
    def room_keys(self) -> tuple[str, ...]:
        """The rooms that exist, in order."""
        return tuple(self._rooms)

    def room_view(self, key: str) -> RoomView:
        """The view of a room, built on the first visit."""
        view = self._views.get(key)
        if view is None:
            view = self._rooms[key].build(self.desktop)
            view.setAccessibleName(tr(self._rooms[key].title))
            view.counted.connect(lambda count, key=key: self.rail.set_count(key, count))
            self._views[key] = view
            self._stack.addWidget(view)
        return view

    @Slot(str)
    def show_room(self, key: str) -> None:
        """Brings a room into view."""
        view = self.room_view(key)
        self._current = key
        self._stack.setCurrentWidget(view)
        self.rail.show_current(key)
        title = tr(self._rooms[key].title)
        self.setWindowTitle(tr("{room} – DisputeDesk", room=title))
        self.menus.show_room(title, view.commands())
        self._places.keep("room", key)
        view.entered()

    def _answer_room(self, request: ShowRoom) -> RoomView:
        self.show_room(request.key)
        return self._views[request.key]

    def _answer_find(self, request: FindAnything) -> None:
        from disputedesk.gui.shell.palette import CommandPalette

        palette = CommandPalette(self.desktop, self.menus.all_actions, request.text, self)
        palette.place()
        palette.open()

    def _answer_sample(self, request: SampleDesk) -> None:
        self.sample_wanted.emit()

    # -- what the desk tells

    @Slot(object, object)
    def _changed(self, changes: Changes, initiator: object) -> None:
        self._read_undo()
        if "theme" in changes.settings or changes.everything:
            self._theme.choose(ThemeChoice(self._bridge.desk.settings.get("theme")))
        if "language" in changes.settings:
            QTimer.singleShot(0, self, self.language_changed.emit)

    @Slot(object)
    def _done(self, outcome: Outcome[object]) -> None:
        if outcome.said:
            entry = outcome.undo
            undo = None if entry is None else lambda: self._take_back(entry)
            self.notices.say(outcome.said, undo=undo)

    @Slot()
    def _read_undo(self) -> None:
        """Asks what Undo would take back; not before it is of interest, for a quick start."""
        from disputedesk.desk.queries.undo import last_undoable

        self._bridge.read(last_undoable).succeeded.connect(self._show_undo)

    @Slot(object)
    def _show_undo(self, entry: UndoView | None) -> None:
        self.undo_action.setEnabled(entry is not None)
        text = tr("Undo: {act}", act=entry.text) if entry is not None else tr("Undo")
        self.undo_action.setText(text)

    def _undo(self) -> None:
        from disputedesk.desk.queries.undo import last_undoable

        self._bridge.read(last_undoable).succeeded.connect(self._undo_last)

    @Slot(object)
    def _undo_last(self, entry: UndoView | None) -> None:
        if entry is None:
            self.notices.say(tr("There is nothing to take back."))
        else:
            self._take_back(entry.entry)

    def _take_back(self, entry: LedgerId) -> None:
        from disputedesk.desk.operations.undo import undo

        self._bridge.run(undo, entry)

    # -- commands

    @Slot()
    def show_settings(self) -> None:
        """Opens the settings."""
        from disputedesk.gui.shell.settings_dialog import SettingsDialog

        SettingsDialog(self.desktop, self).open()

    def _room_help(self) -> None:
        from disputedesk.gui.shell.papers import room_help_sheet

        room = self._rooms[self._current]
        room_help_sheet(tr(room.title), tr(room.help), self).open()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._bridge.desk.folder)))

    def _copy_path(self) -> None:
        QGuiApplication.clipboard().setText(str(self._bridge.desk.folder))
        self.notices.say(tr("The path is in the clipboard."))

    def _use_own(self) -> None:
        self.own_desk_wanted.emit(False)

    def _remove_sample(self) -> None:
        self.own_desk_wanted.emit(True)

    def _toggle_rail(self) -> None:
        self.rail.fold(folded=not self.rail.is_folded)
        self._folded(self.rail.is_folded)

    @Slot(bool)
    def _folded(self, folded: bool) -> None:
        self._folded_by_hand = folded
        self._places.keep("rail", "folded" if folded else "wide")

    def _reset_layout(self) -> None:
        self._places.forget()
        self._folded_by_hand = None
        self.rail.fold(folded=False)
        self.resize(*_SIZE)
        self.language_changed.emit()

    # -- files dropped anywhere

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files, if somebody can review them."""
        if event.mimeData().hasUrls() and self.desktop.can(ReviewFiles):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hands dropped files to the review; the originals stay where they are."""
        paths = tuple(
            Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()
        )
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if paths:
            request = ReviewFiles(paths)
            QTimer.singleShot(0, self, lambda: self.desktop.ask(request))

    # -- remembered

    def _restore(self) -> None:
        geometry = self._places.bytes_of("geometry")
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(*_SIZE)
        if self._places.text_of("rail"):
            self._folded_by_hand = self._places.text_of("rail") == "folded"
            self.rail.fold(folded=self._folded_by_hand)
        last = self._places.text_of("room")
        self._first = last if last in self._rooms else next(iter(self._rooms))
        self.rail.show_current(self._first)

    def showEvent(self, event: QShowEvent) -> None:
        """Builds the first room once the frame is there: the frame does not wait for it."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._enter_first)

    @Slot()
    def _enter_first(self) -> None:
        if not self._current:
            self.show_room(self._first)
            self.activateWindow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Folds the rail by itself in a narrow window, unless the user chose."""
        super().resizeEvent(event)
        narrow = self.width() < _FOLD_BELOW
        if self._folded_by_hand is None and self.rail.is_folded is not narrow:
            self.rail.fold(folded=narrow)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remembers where it stood."""
        self._places.keep("geometry", self.saveGeometry())
        super().closeEvent(event)

    def all_commands(self) -> tuple[QAction, ...]:
        """Every command that can be reached now."""
        return self.menus.all_actions
