"""The one way from screens to the desk: operations and queries as jobs, and news of changes."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from disputedesk.common.work import CancelToken, Progress
from disputedesk.desk.changes import Changes, Outcome
from disputedesk.gui.jobs import JobHandle, JobRunner

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

P = ParamSpec("P")
T = TypeVar("T")

_MINUTE_MS = 60_000


class Bridge(QObject):
    """Joins the screens to one desk; owned by the start, lives on the GUI thread.

    Signals:
        changed(changes, initiator): A transaction was committed; `initiator` is the object whose
            act it was, or `None`. A view intersects the ids with what it shows, re-reads only
            that, and ignores its own.
        done(outcome): An operation succeeded; the undo bar listens.
        failed(error): Work raised, and nobody else asked to be told.
        day_changed(today): Midnight has passed, or the machine woke on another day.
    """

    changed = Signal(object, object)
    done = Signal(object)
    failed = Signal(object)
    day_changed = Signal(object)

    def __init__(self, desk: Desk, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.runner = runner
        self._today = desk.clock.today()
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE_MS)
        self._clock.timeout.connect(self.look_at_clock)
        self._clock.start()

    @property
    def today(self) -> dt.date:
        """The day the screens show."""
        return self._today

    def run(
        self,
        operation: Callable[Concatenate[Desk, P], Outcome[T]],
        *args: P.args,
        **named: P.kwargs,
    ) -> JobHandle:
        """Runs an operation as a writer; its changes are told to all, as of nobody's doing."""
        return self._write(None, operation, *args, **named)

    def run_for(
        self,
        initiator: object,
        operation: Callable[Concatenate[Desk, P], Outcome[T]],
        *args: P.args,
        **named: P.kwargs,
    ) -> JobHandle:
        """Runs an operation as a writer; its changes are told as `initiator`'s doing."""
        return self._write(initiator, operation, *args, **named)

    def read(
        self,
        query: Callable[Concatenate[Desk, P], T],
        *args: P.args,
        **named: P.kwargs,
    ) -> JobHandle:
        """Runs a query as a reader; `succeeded` gives its answer.

        An error goes to `failed` of the handle, and to the bridge's `failed` too, which shows it.
        """
        handle = self.runner.start(self._bind(query, args, named), writes=False)
        handle.failed.connect(self._tell_failure)
        return handle

    def run_behind(
        self,
        initiator: object,
        operation: Callable[Concatenate[Desk, P], Outcome[T]],
        *args: P.args,
        **named: P.kwargs,
    ) -> JobHandle:
        """Runs an operation that nobody waits for; its changes are told as `initiator`'s doing."""
        handle = self.runner.start_behind(self._bind(operation, args, named))
        return self._told(handle, initiator)

    def _write(
        self, initiator: object, operation: Callable[..., object], *args: object, **named: object
    ) -> JobHandle:
        handle = self.runner.start(self._bind(operation, args, named), writes=True)
        handle.setProperty("initiator", initiator)
        return self._told(handle, initiator)

    def _told(self, handle: JobHandle, initiator: object) -> JobHandle:
        """The handle, with what it will have changed told to all."""
        handle.failed.connect(self._tell_failure)

        def spread(outcome: object) -> None:
            if isinstance(outcome, Outcome):
                self.tell(outcome, initiator)

        handle.succeeded.connect(spread)
        return handle

    def tell(self, outcome: Outcome[T], initiator: object = None) -> None:
        """Tells everyone of an outcome that was reached in another way."""
        if outcome.changes:
            self.changed.emit(outcome.changes, initiator)
        if outcome.undo is not None or outcome.said:
            self.done.emit(outcome)

    def refresh(self) -> None:
        """Asks every view to read again."""
        self.changed.emit(Changes(everything=True), None)

    @Slot()
    def look_at_clock(self) -> None:
        """Tells of a new day, if there is one."""
        today = self.desk.clock.today()
        if today != self._today:
            self._today = today
            self.day_changed.emit(today)

    @Slot(object)
    def _tell_failure(self, error: object) -> None:
        self.failed.emit(error)

    def _bind(
        self, work: Callable[..., object], args: tuple[object, ...], named: dict[str, object]
    ) -> Callable[[Progress, CancelToken], object]:
        accepted = inspect.signature(work).parameters

        def bound(progress: Progress, token: CancelToken) -> object:
            extra: dict[str, object] = {}
            if "progress" in accepted:
                extra["progress"] = progress
            if "cancel" in accepted:
                extra["cancel"] = token
            return work(self.desk, *args, **{**extra, **named})

        return bound
