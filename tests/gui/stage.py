"""Days the tests of the desktop share, and walks over everything a window holds."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QDialog, QLabel, QWidget

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
