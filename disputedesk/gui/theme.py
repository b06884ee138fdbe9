"""The look put on the application: Fusion, our own palettes, one style sheet, live switching."""

from __future__ import annotations

import enum
import math
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from disputedesk.common import locations
from disputedesk.gui import tokens
from disputedesk.gui.tokens import DARK, LIGHT, Colours, Type


class ThemeChoice(enum.StrEnum):
    """What the user asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_ROLES: Final = (
    (QPalette.ColorRole.Window, "window"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Base, "base"),
    (QPalette.ColorRole.AlternateBase, "alt"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.Button, "base"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.BrightText, "urgent"),
    (QPalette.ColorRole.ToolTipBase, "text"),
    (QPalette.ColorRole.ToolTipText, "base"),
    (QPalette.ColorRole.PlaceholderText, "mute"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "on_accent"),
    (QPalette.ColorRole.Accent, "accent"),
    (QPalette.ColorRole.Link, "accent"),
    (QPalette.ColorRole.LinkVisited, "accent"),
    (QPalette.ColorRole.Light, "base"),
    (QPalette.ColorRole.Midlight, "alt"),
    (QPalette.ColorRole.Mid, "border"),
    (QPalette.ColorRole.Dark, "mute"),
    (QPalette.ColorRole.Shadow, "border"),
)
_DISABLED: Final = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


def palette_for(colours: Colours) -> QPalette:
    """A whole Qt palette made of `colours`; nothing of Fusion's own is left."""
    palette = QPalette()
    for role, token in _ROLES:
        palette.setColor(role, QColor(getattr(colours, token)))
    for role in _DISABLED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.mute))
    return palette


def colours_of(widget: QWidget) -> Colours:
    """The palette `widget` is painted with now: for everything that paints itself.

    A style sheet overwrites the roles of the widget's own palette, so the application's is asked.
    """
    window = QApplication.palette(widget).color(QPalette.ColorRole.Window)
    return DARK if window.lightness() < 128 else LIGHT


def style_sheet(colours: Colours) -> str:
    """The program's style sheet in `colours`."""
    text = locations.resources("styles", "desk.qss").read_text(encoding="utf-8")
    icons = locations.resources("icons").as_posix()
    return tokens.fill(text.replace("@ICONS", icons), colours)


def sized(font: QFont, size: Type, *, strong: bool = False) -> QFont:
    """`font` (the platform's default, as a rule) at a step of the scale; figures tabular."""
    result = QFont(font)
    points = QFontInfo(font).pointSizeF() if font.pointSizeF() <= 0 else font.pointSizeF()
    result.setPointSizeF(points * size.value)
    result.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


def line_height(font: QFont, size: Type = Type.BODY) -> int:
    """How high one line of `font` is at a step of the scale, in pixels: rows are built of it."""
    return math.ceil(QFontMetricsF(sized(font, size, strong=True)).height())


class Theme(QObject):
    """Keeps the application dressed; owned by the start, lives on the GUI thread.

    Signals:
        changed(): Another palette is in force; painted things repaint by themselves.
    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        choice: ThemeChoice = ThemeChoice.SYSTEM,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._choice = choice
        self._dressed: Colours | None = None
        app.setStyle(QStyleFactory.create("Fusion"))
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._dress()

    @property
    def choice(self) -> ThemeChoice:
        """What the user asked for."""
        return self._choice

    @property
    def colours(self) -> Colours:
        """The palette in force."""
        if self._choice is ThemeChoice.SYSTEM:
            dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self._choice is ThemeChoice.DARK else LIGHT

    def choose(self, choice: ThemeChoice) -> None:
        """Dresses the running program anew."""
        self._choice = choice
        self._dress()

    @Slot()
    def _system_changed(self) -> None:
        self._dress()

    def _dress(self) -> None:
        colours = self.colours
        if colours is self._dressed:
            return
        self._dressed = colours
        self._app.setPalette(palette_for(colours))
        self._app.setStyleSheet(style_sheet(colours))
        self.changed.emit()
