"""Dialogs that collect one request: a title, a body, and a line that says why OK is off."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.texts import tr
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, ActButton, button
from disputedesk.gui.labels import label
from disputedesk.gui.tokens import Type

_TABBED: Final = Qt.FocusPolicy.TabFocus


class Sheet(QDialog):
    """The base of dialogs; `open()` it, never `exec()` it.

    Fill `column`; call `block(reason)` when OK may not be pressed yet and `block("")` when it may.
    A sheet without a verb has only a Close button.

    Args:
        title: What the sheet is for.
        parent: The window it covers.
        second: A sentence under the title.
        verb: What OK does, in words.
        act: What pressing OK means.
        width: How wide it opens.
        scrolls: Whether `column` scrolls where a small screen has no room for it all.
    """

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        *,
        second: str = "",
        verb: str = "",
        act: Act = Act.PRIMARY,
        width: int = 520,
        scrolls: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.resize(width, self.sizeHint().height())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*(tokens.GAP_ROOM,) * 4)
        outer.setSpacing(tokens.GAP)
        self.headline = label(title, size=Type.TITLE, strong=True, wrap=True)
        outer.addWidget(self.headline)
        if second:
            outer.addWidget(label(second, ink="second", wrap=True))
        self._tall = 0
        self._folds: QScrollArea | None = None
        self.column = QVBoxLayout()
        if scrolls:
            self._folds, self.column = scrolled(title, self)
            outer.addWidget(self._folds, 1)
        else:
            outer.addLayout(self.column, 1)
        self.column.setSpacing(tokens.GAP)
        self.column.setContentsMargins(0, tokens.GAP, tokens.GAP if scrolls else 0, tokens.GAP)
        self.reason = label("", ink="mute", wrap=True)
        self.reason.setVisible(False)
        outer.addWidget(self.reason)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(tokens.GAP)
        self.foot.addStretch(1)
        self.cancel = button(tr("Cancel") if verb else tr("Close"), Act.PLAIN, parent=self)
        self.cancel.clicked.connect(self.reject)
        self.cancel.setDefault(not verb)
        self.foot.addWidget(self.cancel)
        self.accept_button: ActButton | None = None
        if verb:
            self.accept_button = button(verb, act, parent=self)
            self.accept_button.setDefault(True)
            self.accept_button.clicked.connect(self.accept)
            self.foot.addWidget(self.accept_button)
        outer.addLayout(self.foot)

    def prefer_height(self, tall: int) -> None:
        """Opens at least so tall where the screen has room; it can be made smaller."""
        self._tall = tall

    def showEvent(self, event: QShowEvent) -> None:
        """Fits the main window and the words, or the height it prefers, and no more.

        The keyboard goes to the first answer.
        """
        super().showEvent(event)
        if self.focusWidget() in {None, self.cancel}:
            first = _first_to_use(self.column)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
        behind = self.parentWidget()
        while behind is not None and behind.parentWidget() is not None:
            behind = behind.parentWidget()
        if self._folds is not None:
            bar = self._folds.verticalScrollBar().sizeHint().width()
            self._folds.setMinimumWidth(self.column.minimumSize().width() + bar)
        if behind is not None:
            room = behind.width() - 2 * tokens.GAP_ROOM
            self.resize(min(self.width(), room), self.height())
        layout = self.layout()
        needed = self.height()
        if layout is not None and layout.hasHeightForWidth():
            needed = layout.totalHeightForWidth(self.width())
        needed = max(needed + self._folded(), self._tall)
        self.resize(self.width(), min(needed, self.screen().availableGeometry().height()))

    def _folded(self) -> int:
        """How much of what scrolls would not be seen at the height the area asks for."""
        if self._folds is None:
            return 0
        inner = self.width() - 2 * tokens.GAP_ROOM
        return max(0, self.column.totalHeightForWidth(inner) - self._folds.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; in a field it never closes the sheet."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            here = self.focusWidget()
            if isinstance(here, QPushButton):
                here.click()
                return
            if self.cancel.isDefault() and here is not self:
                return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Goes on as the eye does, whatever was built last: from the top down, the foot last."""
        for one, following in pairwise(_stops(self)):
            QWidget.setTabOrder(one, following)
        return super().focusNextPrevChild(forward)

    def block(self, reason: str) -> None:
        """Says why OK may not be pressed; an empty reason lets it be pressed."""
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        if self.accept_button is not None:
            self.accept_button.setEnabled(not reason)
            self.accept_button.setAccessibleDescription(reason)


def _first_to_use(layout: QLayout) -> QWidget | None:
    """What somebody would answer first: the first of a layout that takes the keyboard."""
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None and widget.isHidden():
            continue
        if widget is not None and widget.isEnabled() and widget.focusPolicy() & _TABBED:
            return widget
        inner = inner if widget is None else widget.layout()
        found = _first_to_use(inner) if inner is not None else None
        if found is not None:
            return found
    return None


def scrolled(name: str, parent: QWidget) -> tuple[QScrollArea, QVBoxLayout]:
    """An area that scrolls up and down, and the column in it; `name` is said of it aloud."""
    body = QWidget()
    body.setObjectName("surface")
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, tokens.GAP, 0)
    column.setSpacing(tokens.GAP)
    area = QScrollArea(parent)
    area.setAccessibleName(name)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(body)
    return area, column


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """What Tab stops at in `widget`, in the order it is laid out."""
    for child in _laid_out(widget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield child
        yield from _stops(child)


def _laid_out(widget: QWidget) -> Iterator[QWidget]:
    """The widgets in `widget`, as its layout has them."""
    found: Iterator[QWidget | None] = iter(())
    layout = widget.layout()
    if isinstance(widget, QScrollArea):
        found = iter((widget.widget(),))
    elif isinstance(widget, QSplitter):
        found = (widget.widget(at) for at in range(widget.count()))
    elif layout is not None:
        found = _of_layout(layout)
    yield from (each for each in found if each is not None)


def _of_layout(layout: QLayout) -> Iterator[QWidget | None]:
    for item in _items(layout):
        inner = None if item is None else item.layout()
        if inner is not None:
            yield from _of_layout(inner)
        elif item is not None:
            yield item.widget()


def _items(layout: QLayout) -> Iterator[QLayoutItem | None]:
    """What a layout holds as it is seen; a form keeps its rows in the order they were put in."""
    if not isinstance(layout, QFormLayout):
        yield from (layout.itemAt(at) for at in range(layout.count()))
        return
    for row in range(layout.rowCount()):
        for role in QFormLayout.ItemRole:
            yield QFormLayout.itemAt(layout, row, role)
