"""What the shell and the rooms know of each other: rooms, requests, and who answers them.

A feature never imports another. It asks the desktop – `desktop.ask(OpenCase(case_id))` – and shows
a button only where somebody answers: `desktop.can(OpenCase)`.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from disputedesk.gui.bridge import Bridge
from disputedesk.gui.notices import Notices
from disputedesk.gui.places import Places
from disputedesk.gui.theme import Theme
from disputedesk.model.ids import CaseId, EvidenceId, OrderId

if TYPE_CHECKING:
    from disputedesk.desk.views import NextStep


@dataclasses.dataclass(frozen=True, slots=True)
class ShowRoom:
    """Asks for a room by its key."""

    key: str


@dataclasses.dataclass(frozen=True, slots=True)
class OpenOrder:
    """Asks to see an order in its room."""

    order: OrderId


@dataclasses.dataclass(frozen=True, slots=True)
class AddOrder:
    """Asks for the form that adds an order by hand."""


@dataclasses.dataclass(frozen=True, slots=True)
class OpenCase:
    """Asks to see a case in its workspace.

    Attributes:
        step: The step whose button was pressed on the way; `None` just shows the case.
    """

    case: CaseId
    step: NextStep | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class TellProblem:
    """Asks "what went wrong?" about an order, which may end in a new case."""

    order: OrderId


@dataclasses.dataclass(frozen=True, slots=True)
class ReviewFiles:
    """Asks what is in these files and shows it before anything is kept."""

    paths: tuple[Path, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class ChooseFiles:
    """Asks for files to bring in, with the system's own file dialog."""


@dataclasses.dataclass(frozen=True, slots=True)
class FindAnything:
    """Asks for the palette, which reaches every command, order and case."""

    text: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class ShowEvidence:
    """Asks to see a piece of evidence in its room."""

    evidence: EvidenceId


@dataclasses.dataclass(frozen=True, slots=True)
class RedactEvidence:
    """Asks for the sheet on which parts of a picture or PDF are removed from a copy."""

    evidence: EvidenceId


@dataclasses.dataclass(frozen=True, slots=True)
class FillBankForm:
    """Asks for the sheet on which the bank's own form is filled in for a case."""

    case: CaseId


class CaseAct(enum.StrEnum):
    """What can be done with the evidence of a case from anywhere."""

    ADD = "add"
    BUNDLE = "bundle"
    EXPORT = "export"
    BANK_FORM = "bank_form"


@dataclasses.dataclass(frozen=True, slots=True)
class ActOnCase:
    """Asks for an act on the evidence of a case.

    Attributes:
        case: The case; `None` is the one that is open, else the one that is then asked for.
    """

    act: CaseAct
    case: CaseId | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class FindEvidence:
    """Asks for the field that finds evidence by the words in it."""


@dataclasses.dataclass(frozen=True, slots=True)
class CheckBundle:
    """Asks for the points of a bundle that somebody made, whoever it was."""


@dataclasses.dataclass(frozen=True, slots=True)
class SampleDesk:
    """Asks to look at a sample desk, which never mixes with the user's own."""


Q = TypeVar("Q")


class Desktop(QObject):
    """What every room is given; owned by the main window, lives on the GUI thread.

    Signals:
        answerable(): Somebody began to answer a kind of request.
    """

    answerable = Signal()

    def __init__(
        self,
        bridge: Bridge,
        theme: Theme,
        notices: Notices,
        places: Places,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self.bridge = bridge
        self.theme = theme
        self.notices = notices
        self.places = places
        self.window = window
        self._answers: dict[type, Callable[[Any], object]] = {}

    def answer(self, kind: type[Q], handler: Callable[[Q], object]) -> None:
        """From now on requests of `kind` go to `handler`, a bound method of a living object."""
        self._answers[kind] = handler
        self.answerable.emit()

    def can(self, kind: type) -> bool:
        """Whether somebody answers requests of `kind`; a button nobody answers is not shown."""
        return kind in self._answers

    def ask(self, request: object) -> object:
        """What the one who answers this kind of request gives back: for `ShowRoom` the view.

        Raises:
            KeyError: Nobody answers this kind: a button was shown that should not have been.
        """
        return self._answers[type(request)](request)


class RoomView(QWidget):
    """The base of every room: a whole page right of the rail.

    Signals:
        counted(int): The number beside the room's name in the rail; 0 hides it.
    """

    counted = Signal(int)

    def __init__(self, desktop: Desktop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("room")
        self.desktop = desktop
        self.bridge = desktop.bridge

    def entered(self) -> None:
        """Called each time the room comes into view: give the keyboard to what matters."""

    def commands(self) -> tuple[QAction, ...]:
        """What can be done in this room, for the menus and the palette."""
        return ()

    def scenes(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        """States worth a picture besides the first: a name, and what brings the room there."""
        return ()


@dataclasses.dataclass(frozen=True, slots=True)
class Room:
    """One room of the rail.

    Attributes:
        key: By what it is asked for and remembered: `orders`.
        title: Its name, an English message; the rail translates it.
        icon: Name of its icon.
        order: Its place in the rail.
        build: Makes the view on the first visit; imports of the view belong inside it.
        help: What F1 says of it: whole sentences, an English message.
    """

    key: str
    title: str
    icon: str
    order: int
    build: Callable[[Desktop], RoomView]
    help: str = ""
