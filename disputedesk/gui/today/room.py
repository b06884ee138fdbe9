"""Tells the shell of the room *Today*."""

from __future__ import annotations

from disputedesk.common.texts import mark
from disputedesk.gui.rooms import Desktop, Room, RoomView


def _build(desktop: Desktop) -> RoomView:
    from disputedesk.gui.today.view import TodayRoom

    return TodayRoom(desktop)


def rooms() -> tuple[Room, ...]:
    """The room of what to act on."""
    return (
        Room(
            key="today",
            title=mark("Today"),
            icon="today",
            order=1,
            build=_build,
            help=mark(
                "What to act on, by the day to act and not by the day it closes: that leaves time "
                "for a failed upload or a weekend. Each line has one button with the next step. "
                "The strip above shows what must be acted on in the next days: ◆ means today or "
                "late, ▲ within a week, ● later, ◇ the other side's turn. Arrows move, Enter "
                "takes the next step, Space opens the case or the order."
            ),
        ),
    )
