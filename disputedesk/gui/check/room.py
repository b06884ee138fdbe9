"""Tells the shell of the room *Check*."""

from __future__ import annotations

from disputedesk.common.texts import mark
from disputedesk.gui.rooms import Desktop, Room, RoomView


def _build(desktop: Desktop) -> RoomView:
    from disputedesk.gui.check.view import CheckRoom

    return CheckRoom(desktop)


def rooms() -> tuple[Room, ...]:
    """The room where things are looked at before they are pressed, believed or paid."""
    return (
        Room(
            key="check",
            title=mark("Check"),
            icon="check",
            order=6,
            build=_build,
            help=mark(
                "Paste a link, a message, or say how you are about to pay. The verdict is one word "
                "with its reasons; nothing is opened and nothing leaves this computer. “Nothing "
                "found” is no promise that it is safe: it says what was looked at. Card numbers "
                "are masked as you paste them."
            ),
        ),
    )
