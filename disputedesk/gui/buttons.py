"""Buttons by meaning: one primary act per view, quiet ones beside it, sealing and danger apart."""

from __future__ import annotations

import enum
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from disputedesk.gui.icons import tint
from disputedesk.gui.labels import set_tip


class Act(enum.StrEnum):
    """What pressing a button means."""

    PRIMARY = "primary"
    PLAIN = "plain"
    QUIET = "quiet"
    LINK = "link"
    DANGER = "danger"
    SEAL = "seal"


_RETINT: Final = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange)


class ActButton(QPushButton):
    """A push button with words, and an icon tinted from the palette if it has one."""

    _icon: tuple[str, str, int] | None = None

    def set_icon_name(self, name: str, ink: str = "text_2", side: int = 18) -> None:
        """Shows the icon `name`, tinted with the colour called `ink`."""
        self._icon = (name, ink, side)
        tint(self, *self._icon)

    def changeEvent(self, event: QEvent) -> None:
        """Tints anew when the palette changed."""
        super().changeEvent(event)
        if event.type() in _RETINT and self._icon:
            tint(self, *self._icon)


class IconButton(QToolButton):
    """A button without words; its tool tip and accessible name say what it does."""

    _icon: tuple[str, str, int] | None = None

    def set_icon_name(self, name: str, ink: str = "text_2", side: int = 18) -> None:
        """Shows the icon `name`, tinted with the colour called `ink`."""
        self._icon = (name, ink, side)
        tint(self, *self._icon)

    def changeEvent(self, event: QEvent) -> None:
        """Tints anew when the palette changed."""
        super().changeEvent(event)
        if event.type() in _RETINT and self._icon:
            tint(self, *self._icon)


def button(
    text: str,
    act: Act = Act.PLAIN,
    *,
    icon: str = "",
    tip: str = "",
    parent: QWidget | None = None,
) -> ActButton:
    """A push button that says `text`; `&` in it is shown, not taken for an access key."""
    result = ActButton(text.replace("&", "&&"), parent)
    result.setProperty("act", str(act))
    result.setCursor(Qt.CursorShape.PointingHandCursor)
    result.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    result.setAutoDefault(False)
    result.setAccessibleName(text)
    if icon:
        token = {Act.PRIMARY: "on_accent", Act.LINK: "accent", Act.DANGER: "urgent"}.get(
            act, "text_2"
        )
        result.set_icon_name(icon, token)
    if tip:
        set_tip(result, tip)
    return result


def icon_button(
    icon: str, name: str, *, ink: str = "text_2", side: int = 18, parent: QWidget | None = None
) -> IconButton:
    """A small button with an icon; `name` is its tool tip and its accessible name."""
    result = IconButton(parent)
    result.set_icon_name(icon, ink, side)
    result.setAccessibleName(name)
    result.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    set_tip(result, name)
    return result


def set_act(target: QPushButton, act: Act) -> None:
    """Gives a button another meaning, and so another look."""
    target.setProperty("act", str(act))
    target.style().unpolish(target)
    target.style().polish(target)
