"""Tells the shell of the room *Letters*."""

from __future__ import annotations

from disputedesk.common.texts import mark
from disputedesk.gui.rooms import Desktop, Room, RoomView


def _build(desktop: Desktop) -> RoomView:
    from disputedesk.gui.letters.view import LettersRoom

    return LettersRoom(desktop)


def rooms() -> tuple[Room, ...]:
    """The room of every paper."""
    return (
        Room(
            key="letters",
            title=mark("Letters"),
            icon="letters",
            order=5,
            build=_build,
            help=mark(
                "Every paper that was made, in every case: letters, dispute texts, bundles. Type "
                "to filter by words, a case's number or a client; drafts are what has not gone "
                "out yet. The chosen paper stands beside the list as it will be printed; several "
                "marked ones are printed as one job. A paper never changes once it is made: a "
                "corrected one is made anew in its case. “Letters for many cases” writes one form "
                "for each case you choose, every one with its own facts, to be looked at one by "
                "one."
            ),
        ),
    )
