"""Progress and cancelling of long work, without a word about threads or screens."""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Iterator
from typing import Protocol

from disputedesk.common.errors import Cancelled


class Progress(Protocol):
    """Told how far long work has come; MUST return quickly and MAY raise `Cancelled`."""

    def __call__(self, what: str, done: int, total: int) -> None:
        """Takes what is being done, how many are done, and how many there are (0 = unknown)."""
        ...


def no_progress(what: str, done: int, total: int) -> None:
    """Takes the report and does nothing with it."""


@contextlib.contextmanager
def much_at_once() -> Iterator[None]:
    """A block that makes very many values which all stay: the collector is not asked meanwhile.

    It would walk through all of them again and again and find nothing. Where it is off already –
    the desktop collects in its own way – it stays off.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class CancelToken:
    """Asked by long work at least ten times a second; set from any thread."""

    __slots__ = ("_event",)

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Asks the work to stop."""
        self._event.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked the work to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Does nothing, or stops the work.

        Raises:
            Cancelled: Somebody asked the work to stop.
        """
        if self._event.is_set():
            raise Cancelled
