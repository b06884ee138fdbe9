"""What one run of a command has at hand: its arguments, its clock, its desk, its report."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from disputedesk.cli.report import Report
from disputedesk.common import locations, texts
from disputedesk.common.clock import Clock, FixedClock, SystemClock
from disputedesk.common.texts import tr, trn

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


@dataclasses.dataclass(frozen=True, slots=True)
class Desktop:
    """What the commands may ask of the desktop without knowing it; given by `__main__`.

    Attributes:
        problem: Why no window can be shown here, in a sentence; empty when one can.
        open: Shows the desktop on the session's desk until it is closed; gives the exit code.
        take_picture: Leaves a picture of the desktop in the desk's folder and names it; raises
            `DeskError` where none can be made.
    """

    problem: Callable[[], str]
    open: Callable[[Session], int]
    take_picture: Callable[[Session], Path]


class Session:
    """One command's surroundings; owned by `cli.main` for the length of the run."""

    def __init__(
        self, arguments: argparse.Namespace, report: Report, desktop: Desktop | None = None
    ) -> None:
        self.arguments = arguments
        self.report = report
        self.desktop = desktop

    @property
    def clock(self) -> Clock:
        """The machine's clock, or one that stands on the day `--today` names."""
        day: dt.date | None = self.arguments.today
        return FixedClock.on(day) if day else SystemClock()

    @property
    def today(self) -> dt.date:
        """The day to compute as of."""
        return self.clock.today()

    @property
    def folder(self) -> Path:
        """The desk's folder."""
        return locations.desk_folder(self.arguments.desk)

    def _speak(self, desk: Desk) -> None:
        """Speaks the language the desk's settings ask for, unless the command asked for one."""
        chosen = desk.settings.get("language")
        if self.arguments.language is None and chosen != "system":
            texts.set_language(chosen)

    def _follow(self, desk: Desk) -> None:
        """Computes last days anew where the rules changed since; says so where any moved.

        A desk that cannot be written goes on with the days it has.
        """
        if not desk.rules_have_changed():
            return
        from disputedesk.common.errors import DeskError
        from disputedesk.desk.operations.rules import follow_rules

        try:
            moves = follow_rules(desk, progress=self.report.progress).value.moves
        except DeskError as error:
            why = str(error)
            self.report.notice(
                tr("The rules changed; last days could not be computed anew. {why}", why=why)
            )
            return
        if moves:
            self.report.notice(
                trn(
                    "The rules changed: {count} last day moved. “disputedesk rules history” "
                    "says which.",
                    "The rules changed: {count} last days moved. “disputedesk rules history” "
                    "says which.",
                    len(moves),
                )
            )

    @contextlib.contextmanager
    def desk(self, *, create: bool = True, follow: bool = True) -> Iterator[Desk]:
        """The desk, open for the block.

        Args:
            create: Whether a new one is made where there is none.
            follow: Whether its windows are brought to the rules of today first.
        """
        from disputedesk.desk.desk import Desk

        desk = Desk.open(self.folder, clock=self.clock, create=create)
        try:
            self._speak(desk)
            if follow:
                self._follow(desk)
            yield desk
        finally:
            desk.close()
