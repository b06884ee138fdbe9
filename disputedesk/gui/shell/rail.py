"""The rail: the rooms by name and icon, with what waits in them; folds to icons."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.gui import tokens
from disputedesk.gui.buttons import ActButton, icon_button
from disputedesk.gui.labels import label, set_tip
from disputedesk.gui.rooms import Room
from disputedesk.gui.theme import colours_of, sized
from disputedesk.gui.tokens import Type

_MANY = 99


class RailButton(ActButton):
    """One room in the rail, with its number."""

    def __init__(self, title: str, icon: str, shortcut: str, parent: QWidget) -> None:
        super().__init__("", parent)
        self._title = title
        self._shortcut = shortcut
        self._count = 0
        self._folded = False
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(tokens.CONTROL_HEIGHT)
        self.set_icon_name(icon, "text_2", 20)
        self.fold(folded=False)

    def fold(self, *, folded: bool) -> None:
        """Shows the icon alone, or the icon and the name."""
        self._folded = folded
        self.setText("" if folded else f"  {self._title}")
        self._name()

    def set_count(self, count: int) -> None:
        """Shows how much waits in the room; 0 hides it."""
        self._count = count
        self._name()
        self.update()

    def _name(self) -> None:
        waiting = trn("{count} to act on", "{count} to act on", self._count) if self._count else ""
        self.setAccessibleName(", ".join(part for part in (self._title, waiting) if part))
        set_tip(self, f"{self._title} ({self._shortcut})" if self._shortcut else self._title)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the number at the right end."""
        super().paintEvent(event)
        if not self._count:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = sized(self.font(), Type.SMALL, strong=True)
        text = str(self._count) if self._count <= _MANY else f"{_MANY}+"
        wide = max(18, QFontMetrics(font).horizontalAdvance(text) + 10)
        left = self.width() - wide - (2 if self._folded else 10)
        top = 2 if self._folded else (self.height() - 18) / 2
        box = QRectF(left, top, wide, 18)
        colours = colours_of(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.urgent_soft))
        painter.drawRoundedRect(box, 9, 9)
        painter.setPen(QColor(colours.urgent))
        painter.setFont(font)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.end()

    def sizeHint(self) -> QSize:
        """Room for the name and the number."""
        hint = super().sizeHint()
        return QSize(hint.width() + 30, hint.height())


class Rail(QFrame):
    """The rooms, one under the other, and the settings at the foot.

    Signals:
        room_wanted(key): A room was pressed.
        settings_wanted(): Settings were pressed.
        folded(bool): It was folded to icons, or unfolded.
    """

    room_wanted = Signal(str)
    settings_wanted = Signal()
    folded = Signal(bool)

    def __init__(self, rooms: tuple[Room, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(tr("Rooms"))
        self._is_folded = False
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.GAP, 12, tokens.GAP, 12)
        column.setSpacing(2)
        head = QHBoxLayout()
        self._brand = label("DisputeDesk", strong=True, size=Type.STRONG)
        self._brand.setContentsMargins(10, 0, 0, 0)
        self._fold = icon_button("fold", tr("Fold the rail to icons"), side=16, parent=self)
        self._fold.clicked.connect(self._toggle)
        head.addWidget(self._brand, 1)
        head.addWidget(self._fold)
        column.addLayout(head)
        column.addSpacing(tokens.GAP)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, RailButton] = {}
        for at, room in enumerate(rooms, start=1):
            one = RailButton(tr(room.title), room.icon, f"Ctrl+{at}", self)
            one.clicked.connect(lambda _checked=False, key=room.key: self.room_wanted.emit(key))
            self._group.addButton(one)
            self.buttons[room.key] = one
            column.addWidget(one)
        column.addStretch(1)
        self._settings = RailButton(tr("Settings"), "settings", "Ctrl+,", self)
        self._settings.setCheckable(False)
        self._settings.clicked.connect(lambda _checked=False: self.settings_wanted.emit())
        column.addWidget(self._settings)
        self._fit()

    def show_current(self, key: str) -> None:
        """Marks the room in view."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)

    def set_count(self, key: str, count: int) -> None:
        """Shows how much waits in a room."""
        self.buttons[key].set_count(count)

    @property
    def is_folded(self) -> bool:
        """Whether only icons are shown."""
        return self._is_folded

    @Slot()
    def _toggle(self) -> None:
        self.fold(folded=not self._is_folded)
        self.folded.emit(self._is_folded)

    def fold(self, *, folded: bool) -> None:
        """Folds to icons, or unfolds."""
        self._is_folded = folded
        for one in (*self.buttons.values(), self._settings):
            one.fold(folded=folded)
        self._brand.setVisible(not folded)
        name = tr("Show the names of the rooms") if folded else tr("Fold the rail to icons")
        self._fold.setAccessibleName(name)
        set_tip(self._fold, name)
        self._fold.set_icon_name("unfold" if folded else "fold", side=16)
        self._fit()

    def _fit(self) -> None:
        if self._is_folded:
            self.setFixedWidth(tokens.RAIL_NARROW)
            return
        widest = max(one.sizeHint().width() for one in (*self.buttons.values(), self._settings))
        brand = self._brand.sizeHint().width() + self._fold.sizeHint().width() + tokens.GAP
        self.setFixedWidth(max(tokens.RAIL_WIDE, max(widest, brand) + 2 * tokens.GAP))
