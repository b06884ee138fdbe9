"""The palette: one field that reaches every command, order, case and person."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.texts import tr
from disputedesk.desk.views import Hit
from disputedesk.gui import tokens
from disputedesk.gui.icons import pixmap
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label
from disputedesk.gui.rooms import Desktop, OpenCase, OpenOrder, ShowEvidence
from disputedesk.gui.rows import Column, Index, RowModel, RowRole
from disputedesk.gui.theme import colours_of, line_height, sized
from disputedesk.gui.tokens import Type

_ROW: Final = 44
_DELAY_MS: Final = 80
_WIDTH: Final = 620
_ICONS: Final = {"order": "orders", "case": "cases", "client": "seller", "evidence": "evidence"}


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """One line of the palette."""

    key: str
    title: str
    subtitle: str
    hint: str
    icon: str
    go: Callable[[], object] = dataclasses.field(compare=False)

    @property
    def sentence(self) -> str:
        """The line as a screen reader says it."""
        return ", ".join(part for part in (self.title, self.subtitle, self.hint) if part)


class _FoundPainter(QStyledItemDelegate):
    """Paints an icon, a title, a line under it and a shortcut."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One height for all."""
        view: Any = option.widget
        return QSize(200, max(_ROW, 2 * line_height(view.font()) + 6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints one line."""
        found: Found = index.data(RowRole)
        view: Any = option.widget
        colours = colours_of(view)
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(area.adjusted(4, 1, -4, -1), 6, 6)
        painter.drawPixmap(area.x() + 16, area.y() + 12, pixmap(found.icon, colours.text_2, 20))
        hint_font = sized(view.font(), Type.SMALL)
        painter.setFont(hint_font)
        hint_width = painter.fontMetrics().horizontalAdvance(found.hint)
        painter.setPen(QColor(colours.text_2))
        right = area.adjusted(0, 0, -18, 0)
        painter.drawText(
            right, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), found.hint
        )
        words = area.adjusted(50, 4, -34 - hint_width, -4)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if found.subtitle:
            lower = words.adjusted(0, words.height() // 2, 0, 0)
            painter.drawText(lower, int(middle), _cut(painter, found.subtitle, words.width()))
            words = words.adjusted(0, 0, 0, -words.height() // 2)
        painter.setFont(view.font())
        painter.setPen(QColor(colours.text))
        painter.drawText(words, int(middle), _cut(painter, found.title, words.width()))
        painter.restore()


def _cut(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)


class CommandPalette(QDialog):
    """A field and a list; arrows choose while the field keeps the keyboard, Enter goes.

    Args:
        desktop: Answers requests and reads the search.
        commands: The actions that can be reached, disabled ones left out by the palette.
        text: What to begin with.
    """

    def __init__(
        self,
        desktop: Desktop,
        commands: Sequence[QAction],
        text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Find anything"))
        self.setAccessibleName(tr("Find anything"))
        self.setModal(True)
        self.setObjectName("palette")
        self._desktop = desktop
        self._commands = [one for one in commands if one.isEnabled() and one.text()]
        self._reading: JobHandle | None = None
        self._hits: tuple[Found, ...] = ()
        self._field = QLineEdit(text, self)
        self._field.setPlaceholderText(tr("Orders, cases, people, numbers, or a command"))
        self._field.setAccessibleName(tr("What to find"))
        self._field.setClearButtonEnabled(True)
        self._field.installEventFilter(self)
        self._model: RowModel[Found] = RowModel(
            (Column("line", "", lambda found: found.sentence),), lambda found: found.key, self
        )
        self._list = QListView(self)
        self._list.setAccessibleName(tr("What was found"))
        self._list.setModel(self._model)
        self._list.setItemDelegate(_FoundPainter(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.clicked.connect(self._go)
        self._none = label("", ink="second", wrap=True)
        self._none.setContentsMargins(tokens.GAP_CARD, tokens.GAP, tokens.GAP_CARD, tokens.GAP)
        self._none.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(tokens.GAP,) * 4)
        column.addWidget(self._field)
        column.addWidget(self._none)
        column.addWidget(self._list, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._search)
        self._field.textChanged.connect(self._typed)
        self._typed()
        self._search()
        self.resize(_WIDTH, 420)

    @property
    def found(self) -> tuple[Found, ...]:
        """What is listed now."""
        return self._model.rows

    def place(self) -> None:
        """Puts itself under the upper edge of its window, in the middle."""
        home = self.parentWidget()
        if home is None:
            return
        width = min(_WIDTH, home.width() - 2 * tokens.GAP_ROOM)
        self.resize(width, min(420, home.height() - 120))
        corner = home.mapToGlobal(home.rect().topLeft())
        self.move(corner.x() + (home.width() - width) // 2, corner.y() + 64)

    @Slot()
    def _typed(self) -> None:
        self._timer.start()
        self._fill()

    @Slot()
    def _search(self) -> None:
        from disputedesk.desk.queries.search import find_anything

        text = self._field.text().strip()
        if len(text) < 2:
            self._hits = ()
            self._fill()
            return
        self._reading = self._desktop.bridge.read(find_anything, text)
        self._reading.succeeded.connect(self._answered)

    @Slot(object)
    def _answered(self, hits: tuple[Hit, ...]) -> None:
        if self.sender() is not self._reading:
            return
        able = (found for hit in hits if (found := self._of_hit(hit)) is not None)
        self._hits = tuple(able)
        self._fill()

    def _of_hit(self, hit: Hit) -> Found | None:
        request: object
        if hit.evidence is not None and self._desktop.can(ShowEvidence):
            request = ShowEvidence(hit.evidence)
        elif hit.case is not None and self._desktop.can(OpenCase):
            request = OpenCase(hit.case)
        elif hit.order is not None and self._desktop.can(OpenOrder):
            request = OpenOrder(hit.order)
        else:
            return None
        return Found(
            f"{hit.kind}-{hit.evidence or hit.case or hit.order}",
            hit.title,
            hit.subtitle,
            "",
            _ICONS.get(hit.kind, "search"),
            lambda: self._desktop.ask(request),
        )

    def _fill(self) -> None:
        wanted = self._field.text().casefold().split()
        lines = [
            Found(
                f"command-{at}",
                _plain(action.text()),
                "",
                action.shortcut().toString(action.shortcut().SequenceFormat.NativeText),
                "unfold",
                action.trigger,
            )
            for at, action in enumerate(self._commands)
            if all(word in _plain(action.text()).casefold() for word in wanted)
        ]
        first = self._field.text().strip().casefold()
        lines.sort(key=lambda line: not line.title.casefold().startswith(first))
        both = [*self._hits, *lines]
        self._model.set_rows(both)
        self._list.setVisible(bool(both))
        self._none.setVisible(not both)
        text = self._field.text().strip()
        self._none.setText(
            tr(
                "Nothing is called “{text}”. Fewer letters may help.",
                text=text,
            )
        )
        if both:
            self._list.setCurrentIndex(self._model.index(0, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets arrows and Enter in the field work on the list."""
        if watched is self._field and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self._model.rowCount():
            at = self._list.currentIndex().row() + step
            at = min(max(0, at), self._model.rowCount() - 1)
            self._list.setCurrentIndex(self._model.index(at, 0))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(self._list.currentIndex())
            return True
        return False

    @Slot(QModelIndex)
    def _go(self, index: QModelIndex) -> None:
        found = self._model.row_at(index)
        if found is None:
            return
        self.accept()
        QTimer.singleShot(0, self._desktop, found.go)


def _plain(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("….")
