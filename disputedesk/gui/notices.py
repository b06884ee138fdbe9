"""What the program says of itself: done (with Undo), refused (in words), and broken (plainly)."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from disputedesk.common.errors import Cancelled, DeskError
from disputedesk.common.texts import tr
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button, icon_button
from disputedesk.gui.icons import IconMark
from disputedesk.gui.labels import Ink, label

UNDO_MS: Final = 10_000
_MOST: Final = 3
_WIDTH: Final = 640
_log = logging.getLogger(__name__)


class Notice(QFrame):
    """One bar: an icon, words, at most one button, and a way to close it.

    Signals:
        closed(): It has gone.
    """

    closed = Signal()

    def __init__(self, surface: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", surface)
        self.setObjectName("notice")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.close_now)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, tokens.GAP, tokens.GAP, tokens.GAP)
        self._row.setSpacing(tokens.GAP)
        self._row.addWidget(
            IconMark(icon, "urgent" if surface == "urgent" else "text_2"),
            0,
            Qt.AlignmentFlag.AlignVCenter,
        )
        self._more: QLabel | None = None
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        self._row.addLayout(self._words, 1)

    def add_line(self, text: str, *, strong: bool = False) -> None:
        """Adds one line of words."""
        if text:
            ink: Ink = "text" if strong else "second"
            line = label(text, wrap=True, strong=strong, ink=ink, selectable=True)
            self._words.addWidget(line)

    def say_more(self, text: str) -> None:
        """Puts a second line under the first, or in the place of the one that was."""
        if self._more is None:
            self._more = label("", wrap=True, ink="second", selectable=True)
            self._words.addWidget(self._more)
        self._more.setText(text)

    def add_button(self, text: str, pressed: Callable[[], object], *, closes: bool = True) -> None:
        """Adds a button; pressing it also closes the bar unless told otherwise."""
        one = button(text, Act.PLAIN, parent=self)
        one.clicked.connect(lambda _checked=False: pressed())
        if closes:
            one.clicked.connect(self.close_now)
        self._row.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_close(self) -> None:
        """Adds the cross."""
        cross = icon_button("close", tr("Close this notice"), side=14, parent=self)
        cross.clicked.connect(self.close_now)
        self._row.addWidget(cross, 0, Qt.AlignmentFlag.AlignVCenter)

    def close_after(self, milliseconds: int) -> None:
        """Goes by itself after a while, but not while the mouse rests on it."""
        self._timer.setInterval(milliseconds)
        self._timer.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Waits while the mouse is on it."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Counts anew once the mouse has gone."""
        super().leaveEvent(event)
        if self._timer.interval() > 0:
            self._timer.start()

    @Slot()
    def close_now(self) -> None:
        """Goes."""
        self._timer.stop()
        self.hide()
        self.closed.emit()
        self.deleteLater()


class Notices(QWidget):
    """The stack of bars at the foot of a window; a child of the window, above its rooms.

    Lives on the GUI thread; owned by the window it is given.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._home = window
        self.setObjectName("notices")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.GAP)
        window.installEventFilter(self)
        self.hide()

    @property
    def shown(self) -> tuple[Notice, ...]:
        """The bars in view, oldest first."""
        items = (self._column.itemAt(at) for at in range(self._column.count()))
        found = (item.widget() for item in items if item is not None)
        return tuple(one for one in found if isinstance(one, Notice) and not one.isHidden())

    def say(self, text: str, *, undo: Callable[[], object] | None = None) -> Notice:
        """Says what was done; with `undo`, offers to take it back for ten seconds."""
        for old in self.shown:
            if old.property("passing"):
                old.close_now()
        notice = Notice("yes", "done", self)
        notice.setProperty("passing", True)
        notice.add_line(text, strong=True)
        if undo is not None:
            notice.add_button(tr("Undo"), undo)
        notice.add_close()
        notice.close_after(UNDO_MS)
        self._put(notice)
        spoken = text if undo is None else tr("{text}. Ctrl+Z takes it back.", text=text)
        announce(self._home, spoken)
        return notice

    def tell(self, text: str, *, button: str, pressed: Callable[[], object]) -> Notice:
        """Says what the program did or does by itself; stays until it is closed."""
        notice = Notice("yes", "rules", self)
        notice.add_line(text, strong=True)
        notice.add_button(button, pressed)
        notice.add_close()
        self._put(notice)
        announce(self._home, text)
        return notice

    def warn(
        self,
        text: str,
        *,
        more: str = "",
        button: str = "",
        pressed: Callable[[], object] | None = None,
    ) -> Notice:
        """Says what stands in the way; stays until it is closed."""
        notice = Notice("urgent", "warning", self)
        notice.add_line(text, strong=True)
        notice.add_line(more)
        if button and pressed is not None:
            notice.add_button(button, pressed)
        notice.add_close()
        self._put(notice)
        announce(self._home, " ".join((text, more)), urgent=True)
        return notice

    @Slot(object)
    def show_error(self, error: object) -> None:
        """Says in words what went wrong: the world's fault with its remedy, or our own plainly."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, DeskError):
            place = [error.where] if error.where else []
            self.warn(error.what, more=" – ".join([*place, error.remedy]).strip(" –"))
        elif isinstance(error, BaseException):
            _log.error("An unexpected error", exc_info=error)
            self._own_fault(error)

    def _own_fault(self, error: BaseException) -> None:
        details = safe_details(error)
        notice = Notice("urgent", "warning", self)
        notice.add_line(tr("Something in the program went wrong; this is our fault."), strong=True)
        notice.add_line(
            tr("What you had entered before is kept. The details below name no order and no sum.")
        )
        notice.add_button(
            tr("Copy details"),
            lambda: QGuiApplication.clipboard().setText(details),
            closes=False,
        )
        notice.add_close()
        self._put(notice)
        announce(self._home, tr("Something in the program went wrong."), urgent=True)

    def _put(self, notice: Notice) -> None:
        while len(self.shown) >= _MOST:
            self.shown[0].close_now()
        self._column.addWidget(notice)
        notice.closed.connect(self._place_later)
        notice.show()
        self._place()

    @Slot()
    def _place_later(self) -> None:
        QTimer.singleShot(0, self, self._place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps its place when the window is resized; takes no event away."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    @Slot()
    def _place(self) -> None:
        home = self._home
        if not self.shown:
            self.hide()
            return
        width = min(_WIDTH, home.width() - 2 * tokens.GAP_ROOM)
        self._column.activate()
        tall = self._column.hasHeightForWidth()
        height = self._column.heightForWidth(width) if tall else self.sizeHint().height()
        bottom = home.height() - tokens.GAP_ROOM
        self.setGeometry((home.width() - width) // 2, bottom - height, width, height)
        self.show()
        self.raise_()


def announce(source: QObject, text: str, *, urgent: bool = False) -> None:
    """Lets a screen reader say `text`; politely unless it is urgent."""
    if not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(source, text)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def safe_details(error: BaseException) -> str:
    """Where the program broke, without a word of what it held: kinds and places only."""
    lines = [type(error).__name__]
    cause = error
    while cause is not None:
        for frame in traceback.extract_tb(cause.__traceback__):
            name = frame.filename.replace("\\", "/").rpartition("/disputedesk/")[2]
            lines.append(f"  {name}:{frame.lineno} {frame.name}")
        following = cause.__cause__
        if following is None:
            break
        lines.append(type(following).__name__)
        cause = following
    return "\n".join(lines)


def install_last_handler(notices: Notices) -> None:
    """Brings what nobody caught to the one handler, instead of ending the program."""

    def handle(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        notices.show_error(error)

    sys.excepthook = handle
