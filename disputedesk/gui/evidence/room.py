"""Tells the shell of the room *Evidence* and answers requests to see a piece in it."""

from __future__ import annotations

from disputedesk.common.texts import mark
from disputedesk.gui.rooms import Desktop, FindEvidence, Room, RoomView, ShowEvidence, ShowRoom


def _build(desktop: Desktop) -> RoomView:
    from disputedesk.gui.evidence.view import EvidenceRoom

    return EvidenceRoom(desktop)


def rooms() -> tuple[Room, ...]:
    """The room of everything that was kept."""
    return (
        Room(
            key="evidence",
            title=mark("Evidence"),
            icon="evidence",
            order=4,
            build=_build,
            help=mark(
                "Everything that was kept, in every case: pictures, papers, mails, films. Type to "
                "find words in files, mails and captions. Arrows move, Space looks closely and "
                "closes again, Enter opens. Beside the pictures stands what is known of the chosen "
                "piece: when it was made and who says so, how it came, where it is used and what "
                "it proves. Nothing here is ever changed: what must be hidden is hidden in a copy, "
                "and the copy goes out in its place. Choose a case in the bar above, and what is "
                "dropped or pasted here is added to it."
            ),
        ),
    )


def serve(desktop: Desktop) -> None:
    """Answers requests to see a piece of evidence and to find one."""
    answers = _Answers(desktop)
    desktop.answer(ShowEvidence, answers.show_evidence)
    desktop.answer(FindEvidence, answers.find_evidence)


class _Answers:
    """Brings the room into view before it answers; lives as long as the desktop."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop

    def show_evidence(self, request: ShowEvidence) -> None:
        """Shows a piece, whatever filter stood in the way."""
        from disputedesk.gui.evidence.view import EvidenceRoom

        view = self._desktop.ask(ShowRoom("evidence"))
        if isinstance(view, EvidenceRoom):
            view.show_evidence(request.evidence)

    def find_evidence(self, _request: FindEvidence) -> None:
        """Gives the keyboard to the field that searches."""
        from disputedesk.gui.evidence.view import EvidenceRoom

        view = self._desktop.ask(ShowRoom("evidence"))
        if isinstance(view, EvidenceRoom):
            view.search()
