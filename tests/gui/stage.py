"""Days the tests of the desktop share, and walks over everything a window holds."""

import datetime as dt
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)
from shiboken6 import isValid

TODAY = dt.date(2026, 12, 6)


def day(count):
    """The day `count` days from the tests' today."""
    return TODAY + dt.timedelta(days=count)


def timer(count):
    """The instant a platform's own protection timer ends."""
    return dt.datetime.combine(day(count), dt.time(7, 59), dt.UTC)


def dialog_of(window, kind=QDialog):
    """The dialog of a kind that is open over `window`, the newest of them."""
    found = [one for one in window.findChildren(kind) if one.isVisible()]
    assert found, f"no {kind.__name__} is open"
    return found[-1]


NAMED = (QAbstractButton, QAbstractItemView)


def nameless(root):
    """The controls under `root` that a screen reader could not name."""
    kinds = ("QLineEdit", "QComboBox", "QDateEdit", "QSpinBox", "QPlainTextEdit", "QTextEdit")
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        named = isinstance(widget, NAMED) or any(widget.inherits(kind) for kind in kinds)
        inner = (widget.objectName() or "").startswith("qt_") or widget.parent() is None
        of_qt = widget.parent() is not None and widget.parent().inherits("QComboBox")
        popup = widget.parent() is not None and widget.parent().inherits(
            "QComboBoxPrivateContainer"
        )
        clear = widget.inherits("QLineEditIconButton") or widget.inherits("QTableCornerButton")
        if not named or inner or of_qt or popup or clear or widget.inherits("QMenu"):
            continue
        if not widget.isVisibleTo(root):
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or text):
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def marked_up(root):
    """The labels under `root` that would read their text as markup."""
    return [
        label.text()
        for label in root.findChildren(QLabel)
        if label.textFormat() is not Qt.TextFormat.PlainText and not label.inherits("QTipLabel")
    ]


def cut_off(sheet):
    """The buttons and fields of a sheet that lie beyond its edge, or have no room for their words.

    What scrolls may lie below the edge; nothing may lie beside it.
    """
    found = []
    for widget in sheet.findChildren(QWidget):
        if not widget.isVisibleTo(sheet) or widget.window() is not sheet:
            continue
        if isinstance(widget, QPushButton | QCheckBox | QRadioButton):
            if widget.width() < widget.sizeHint().width() - 1:
                found.append(f"no room for the words of “{widget.text()}”")
        elif not isinstance(widget, QComboBox | QLineEdit):
            continue
        area = _scroller(widget, sheet)
        inside = sheet.rect() if area is None else area.viewport().rect()
        corner = widget.mapTo(sheet if area is None else area.viewport(), QPoint(0, 0))
        place = QRect(corner, widget.size())
        beside = place.right() > inside.right() + 1 or place.left() < -1
        below = area is None and (place.bottom() > inside.bottom() + 1 or place.top() < 0)
        if beside or below:
            found.append(f"{type(widget).__name__} “{widget.accessibleName()}” is cut off")
    return found


def _scroller(widget, sheet):
    at = widget.parentWidget()
    while at is not None and at is not sheet:
        if isinstance(at, QAbstractScrollArea):
            return at
        at = at.parentWidget()
    return None


def tab_stops(sheet, most=120):
    """What Tab stops at, from the first one on, by pressing it until it comes round."""
    sheet.activateWindow()
    found = []
    for _ in range(most):
        sheet.focusNextPrevChild(True)
        here = sheet.focusWidget()
        if here is None or here in found:
            break
        found.append(here)
    return found


def against_the_eye(sheet):
    """The steps of Tab that lead up or to the left, but for the one back to the first."""
    stops = tab_stops(sheet)
    places = [QRect(one.mapTo(sheet, QPoint(0, 0)), one.size()) for one in stops]
    turns = []
    for at, (here, there) in enumerate(pairwise(places)):
        first = not any(_before(one, there) for one in places)
        if first or _scroller(stops[at], sheet) is not _scroller(stops[at + 1], sheet):
            continue
        if _before(there, here):
            turns.append(f"{_called(stops[at])} → {_called(stops[at + 1])}")
    return turns


def _before(one, other):
    """Whether `one` stands above `other`, or left of it in the same line."""
    up = one.bottom() <= other.top() and one.left() < other.right()
    back = one.right() <= other.left() and one.top() < other.bottom()
    return up or back


def _called(widget):
    return f"{type(widget).__name__} “{widget.accessibleName()}”"


def faults_of_sheet(sheet, size=(780, 560)):
    """Everything that is wrong with a sheet in a narrow window: names, markup, room, keys."""
    sheet.resize(*size)
    QApplication.sendPostedEvents(None, 0)
    faults = [f"no name: {one}" for one in nameless(sheet)]
    faults += [f"reads markup: {one}" for one in marked_up(sheet)]
    least = sheet.minimumSizeHint().expandedTo(sheet.minimumSize())
    if least.width() > size[0] or least.height() > size[1]:
        faults.append(f"needs {least.width()} × {least.height()}")
    faults += cut_off(sheet)
    faults += [f"Tab goes {one}" for one in against_the_eye(sheet)]
    presses = [one for one in sheet.findChildren(QPushButton) if one.isVisibleTo(sheet)]
    if not any(one.isDefault() for one in presses):
        faults.append("Enter presses nothing")
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    if isValid(sheet) and sheet.isVisible():
        faults.append("Esc does not close it")
        sheet.done(0)
    return faults
