"""One family of icons, drawn for the project on a 24 grid and tinted at the moment of use."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget

from disputedesk.common import locations
from disputedesk.gui.theme import colours_of

_DRAWN = "#7A8796"
_SCALE = 2


@functools.cache
def _drawing(name: str) -> str:
    return locations.resources("icons", f"{name}.svg").read_text(encoding="utf-8")


@functools.lru_cache(maxsize=256)
def pixmap(name: str, colour: str, side: int) -> QPixmap:
    """The icon `name` in `colour`, `side` logical pixels wide, sharp on twofold screens.

    Raises:
        OSError: No icon of that name is shipped.
    """
    from PySide6.QtSvg import QSvgRenderer

    data = _drawing(name).replace(_DRAWN, colour).encode()
    picture = QPixmap(side * _SCALE, side * _SCALE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(data)).render(painter, QRectF(0, 0, side * _SCALE, side * _SCALE))
    painter.end()
    picture.setDevicePixelRatio(_SCALE)
    return picture


def icon(name: str, colour: str, *, chosen: str = "", side: int = 18) -> QIcon:
    """The icon `name` in `colour`; in `chosen` while its button is checked."""
    result = QIcon(pixmap(name, colour, side))
    if chosen:
        result.addPixmap(pixmap(name, chosen, side), QIcon.Mode.Normal, QIcon.State.On)
    return result


def tint(target: QAbstractButton, name: str, token: str, side: int) -> None:
    """Gives a button the icon `name` in the colour called `token` of the palette in force."""
    colours = colours_of(target)
    colour = str(getattr(colours, token))
    chosen = colours.accent if target.isCheckable() else ""
    target.setIconSize(QSize(side, side))
    target.setIcon(icon(name, colour, chosen=chosen, side=side))


class IconMark(QWidget):
    """An icon beside words; it says nothing of its own and is not read aloud."""

    def __init__(
        self, name: str, ink: str = "text_2", side: int = 20, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._ink, self._side = name, ink, side
        self.setFixedSize(side, side)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the icon in the palette in force."""
        colour = str(getattr(colours_of(self), self._ink))
        painter = QPainter(self)
        painter.drawPixmap(0, 0, pixmap(self._name, colour, self._side))
        painter.end()
