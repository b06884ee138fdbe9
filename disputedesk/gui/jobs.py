"""Long work off the GUI thread: one pool of one thread for writers, one for readers, one behind.

Behind them goes what nobody waits for and may take minutes, such as reading pictures: it writes in
short transactions of its own and must keep neither screens nor operations waiting.

Only this module touches `QThreadPool`. A job holds no QObject of its own, because it dies in the
pool's thread; it tells a relay that lives as long as the program, and the relay's slots run on the
GUI thread.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QObject,
    QRunnable,
    QThread,
    QThreadPool,
    Signal,
    SignalInstance,
    Slot,
)

from disputedesk.common.errors import Cancelled
from disputedesk.common.work import CancelToken, Progress

Work = Callable[[Progress, CancelToken], object]
"""What a job does: it is given where to report to and the token to check."""

_TELL_EVERY: Final = 0.05
_PATIENCE_MS: Final = 30_000


class _Relay(QObject):
    """Carries what jobs say to the GUI thread; owned by the runner.

    Signals:
        progressed(key, done, total, what): How far the job `key` has come.
        ended(key, how, value): It ended: `succeeded`, `failed` or `cancelled`.
    """

    progressed = Signal(object, int, int, str)
    ended = Signal(object, str, object)


class _Job(QRunnable):
    """One piece of work in a pool's thread."""

    def __init__(self, key: int, work: Work, token: CancelToken, relay: _Relay) -> None:
        super().__init__()
        self.setAutoDelete(True)
        self._key = key
        self._operation = work
        self._token = token
        self._progressed: SignalInstance = relay.progressed
        self._ended: SignalInstance = relay.ended
        self._told = 0.0

    def run(self) -> None:
        """Does the work and tells how it ended, whatever happens."""
        try:
            self._token.check()
            value = self._operation(self._report, self._token)
        except Cancelled:
            self._ended.emit(self._key, "cancelled", None)
        except BaseException as error:  # noqa: BLE001 - handed over whole
            self._ended.emit(self._key, "failed", error)
        else:
            self._ended.emit(self._key, "succeeded", value)

    def _report(self, what: str, done: int, total: int) -> None:
        self._token.check()
        now = time.monotonic()
        if now - self._told >= _TELL_EVERY or (total and done >= total):
            self._told = now
            self._progressed.emit(self._key, done, total, what)


class JobHandle(QObject):
    """One piece of work as the GUI thread sees it.

    Signals:
        progressed(what, done, total): How far it has come; total 0 is unknown.
        succeeded(value): It is done.
        failed(error): It raised `error`.
        cancelled(): It stopped because it was asked to.
        finished(): It ended, in whichever way; always the last.
    """

    progressed = Signal(str, int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()

    def __init__(self, token: CancelToken) -> None:
        super().__init__()
        self._token = token
        self.is_over = False

    @Slot()
    def cancel(self) -> None:
        """Asks the work to stop; it ends with `cancelled`, or with `succeeded` if it was faster."""
        self._token.cancel()


class JobRunner(QObject):
    """Runs work in its pools; owned by the start, lives on the GUI thread.

    Signals:
        idle(): The last running job has ended.
    """

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writers = self._pool()
        self._readers = self._pool()
        self._behind = self._pool()
        self._behind.setThreadPriority(QThread.Priority.LowestPriority)
        self._keys = itertools.count(1)
        self._handles: dict[int, JobHandle] = {}
        self._relay = _Relay(self)
        self._relay.progressed.connect(self._progressed)
        self._relay.ended.connect(self._ended)
        self._stopped = False

    def _pool(self) -> QThreadPool:
        pool = QThreadPool(self)
        pool.setMaxThreadCount(1)
        pool.setExpiryTimeout(-1)
        return pool

    @property
    def running(self) -> int:
        """How many jobs have not ended yet."""
        return len(self._handles)

    def start(self, work: Work, *, writes: bool) -> JobHandle:
        """The handle of `work`, which has been queued.

        Args:
            work: What to do; called in the pool's thread.
            writes: Whether it changes the desk: writers wait for each other, readers for readers.
        """
        return self._queue(work, self._writers if writes else self._readers)

    def start_behind(self, work: Work) -> JobHandle:
        """The handle of `work` that nobody waits for; it goes on at the lowest priority."""
        return self._queue(work, self._behind)

    def _queue(self, work: Work, pool: QThreadPool) -> JobHandle:
        token = CancelToken()
        handle = JobHandle(token)
        key = next(self._keys)
        self._handles[key] = handle
        if self._stopped:
            token.cancel()
        pool.start(_Job(key, work, token, self._relay))
        return handle

    def stop(self) -> None:
        """Asks everything to stop and waits until the threads are free: the desk is closing."""
        self._stopped = True
        for handle in self._handles.values():
            handle.cancel()
        self._readers.waitForDone(_PATIENCE_MS)
        self._writers.waitForDone(_PATIENCE_MS)
        self._behind.waitForDone(_PATIENCE_MS)

    @Slot(object, int, int, str)
    def _progressed(self, key: int, done: int, total: int, what: str) -> None:
        handle = self._handles.get(key)
        if handle is not None:
            handle.progressed.emit(what, done, total)

    @Slot(object, str, object)
    def _ended(self, key: int, how: str, value: object) -> None:
        handle = self._handles.pop(key)
        handle.is_over = True
        if how == "succeeded":
            handle.succeeded.emit(value)
        elif how == "failed":
            handle.failed.emit(value)
        else:
            handle.cancelled.emit()
        handle.finished.emit()
        if not self._handles:
            self.idle.emit()
