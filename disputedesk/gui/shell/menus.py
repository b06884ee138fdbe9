"""The menus: every command with its words and its key, none of them dead."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from disputedesk.common.texts import tr
from disputedesk.gui.rooms import Room


class Menus:
    """Builds the menu bar and keeps the actions it is made of.

    Args:
        bar: The window's menu bar; owns the menus.
    """

    def __init__(self, bar: QMenuBar) -> None:
        self._bar = bar
        bar.setAccessibleName(tr("Menu"))
        self.actions: list[QAction] = []
        self._room_menu: QMenu | None = None
        self._room_actions: tuple[QAction, ...] = ()

    def menu(self, title: str) -> QMenu:
        """A new menu at the end of the bar."""
        menu = QMenu(title, self._bar)
        self._bar.addMenu(menu)
        return menu

    def add(
        self, menu: QMenu, text: str, does: Callable[[], object], *keys: str | QKeySequence
    ) -> QAction:
        """A new command at the end of `menu`."""
        action = QAction(text, menu)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _checked=False: does())
        menu.addAction(action)
        self.actions.append(action)
        return action

    def add_rooms(self, menu: QMenu, rooms: Sequence[Room], show: Callable[[str], object]) -> None:
        """One command for each room, Ctrl+1 and on."""
        for at, room in enumerate(rooms, start=1):
            self.add(menu, tr(room.title), functools.partial(show, room.key), f"Ctrl+{at}")

    def room_menu(self, menu: QMenu) -> None:
        """Names the menu that holds the commands of the room in view."""
        self._room_menu = menu

    def show_room(self, title: str, actions: Sequence[QAction]) -> None:
        """Fills the room's menu; a room without commands hides it."""
        if self._room_menu is None:
            return
        self._room_menu.clear()
        self._room_actions = tuple(actions)
        self._room_menu.setTitle(title)
        for action in actions:
            self._room_menu.addAction(action)
        self._room_menu.menuAction().setVisible(bool(actions))

    @property
    def all_actions(self) -> tuple[QAction, ...]:
        """Every command that can be reached now, the room's own first."""
        return (*self._room_actions, *self.actions)
