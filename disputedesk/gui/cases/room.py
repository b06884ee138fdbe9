"""Tells the shell of the room *Cases* and answers requests to open a case or to tell a problem."""

from __future__ import annotations

from disputedesk.common.texts import mark
from disputedesk.gui.rooms import (
    ActOnCase,
    CheckBundle,
    Desktop,
    OpenCase,
    Room,
    RoomView,
    ShowRoom,
    TellProblem,
)


def _build(desktop: Desktop) -> RoomView:
    from disputedesk.gui.cases.view import CasesRoom

    return CasesRoom(desktop)


def rooms() -> tuple[Room, ...]:
    """The room of all cases."""
    return (
        Room(
            key="cases",
            title=mark("Cases"),
            icon="cases",
            order=3,
            build=_build,
            help=mark(
                "Every case, the most pressing first. Arrows or J and K move, Enter opens. In a "
                "case, the blue button is the next step; the bars show every way to get the money "
                "back and how long it stays open: rest the mouse on one, or press Enter on it, to "
                "read why and who says so. Drop or paste pictures to add exhibits; on the exhibits "
                "Enter opens, Alt and an arrow move, Delete takes out. Esc goes back to the list."
            ),
        ),
    )


def serve(desktop: Desktop) -> None:
    """Answers requests to open a case, to act on one, to tell a problem and to check a bundle."""
    answers = _Answers(desktop)
    desktop.answer(OpenCase, answers.open_case)
    desktop.answer(TellProblem, answers.tell_problem)
    desktop.answer(ActOnCase, answers.act_on_case)
    desktop.answer(CheckBundle, answers.check_bundle)


class _Answers:
    """Brings the room into view before it answers; lives as long as the desktop."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop

    def open_case(self, request: OpenCase) -> None:
        """Shows a case in its workspace and takes the step that was asked for."""
        from disputedesk.gui.cases.view import CasesRoom

        view = self._desktop.ask(ShowRoom("cases"))
        if isinstance(view, CasesRoom):
            view.open_case(request.case, request.step)

    def tell_problem(self, request: TellProblem) -> None:
        """Asks what went wrong with an order."""
        from disputedesk.gui.cases.problem_sheet import ProblemSheet

        ProblemSheet(self._desktop, request.order, self._desktop.window).open()

    def act_on_case(self, request: ActOnCase) -> None:
        """Begins an act on the evidence of a case, asking which where that is not known."""
        from disputedesk.gui.cases.view import CasesRoom

        view = self._desktop.ask(ShowRoom("cases"))
        if not isinstance(view, CasesRoom):
            return
        if request.case is None:
            view.act(request.act)
        else:
            view.act_on(request.act, request.case)

    def check_bundle(self, _request: CheckBundle) -> None:
        """Asks for a bundle, whoever made it, and shows its points."""
        from disputedesk.gui.cases.check_sheet import BundleChoice

        BundleChoice(self._desktop).ask()
