"""Tells the shell of the room *Rules*."""

from __future__ import annotations

from disputedesk.common.texts import mark
from disputedesk.gui.rooms import Desktop, Room, RoomView


def _build(desktop: Desktop) -> RoomView:
    from disputedesk.gui.rules.view import RulesRoom

    return RulesRoom(desktop)


def rooms() -> tuple[Room, ...]:
    """The room where rules are read and days are worked out."""
    return (
        Room(
            key="rules",
            title=mark("Rules"),
            icon="rules",
            order=7,
            build=_build,
            help=mark(
                "Every last day on this desk comes from a rule that you can read here: how it "
                "counts, who says so, and when that was last checked. Type a word, a country or a "
                "network to find a rule. The calculator works out the last days of a case that is "
                "on no desk: choose where and how it was bought, type the days you know, and see "
                "day by day which ones count and why others do not. Change or untick "
                "a date to ask “what if”. Nothing you type there is kept, and no address is opened."
            ),
        ),
    )
