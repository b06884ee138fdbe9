"""Small pictures for the screen: read in jobs for what is looked at, kept up to a bound."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from disputedesk.common.work import CancelToken
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.jobs import JobHandle

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

SIDE: Final = 256
"""Points of the longer side of what lists show."""

_MOST_BYTES: Final = 48 << 20
_LEAST_COST: Final = 256


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """Sealed bytes whose picture is to be shown."""

    sha256: str
    media_type: str


def decoded(jpeg: bytes | None) -> QImage | None:
    """The picture of a JPEG that we made; `None` where there is none."""
    image = QImage.fromData(jpeg or b"")
    return None if image.isNull() else image


def small_picture(
    desk: Desk, sha256: str, media_type: str, side: int, *, cancel: CancelToken | None = None
) -> QImage | None:
    """A job that gives the small picture of sealed bytes; `None` where an icon has to serve."""
    from disputedesk.desk.queries.thumbnails import thumbnail_of

    return decoded(thumbnail_of(desk, sha256, media_type, side, cancel=cancel))


class Thumbnails(QObject):
    """Pictures by the hash of their bytes; one job at a time, so that other reads come between.

    Lives on the GUI thread, with the list that shows them.

    Args:
        bridge: The way to the desk.
        most_bytes: How much may be kept; what was looked at longest ago goes first.

    Signals:
        arrived(sha256): A picture is there, or it is known that there is none.
    """

    arrived = Signal(str)

    def __init__(
        self, bridge: Bridge, parent: QObject | None = None, *, most_bytes: int = _MOST_BYTES
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._most = most_bytes
        self._held = 0
        self._images: collections.OrderedDict[str, QImage | None] = collections.OrderedDict()
        self._queue: list[Wanted] = []
        self._job: JobHandle | None = None
        self._running: Wanted | None = None

    @property
    def held_bytes(self) -> int:
        """How much memory the pictures take."""
        return self._held

    @property
    def waiting(self) -> int:
        """How many pictures are still to be read."""
        return len(self._queue) + (self._running is not None)

    def image(self, sha256: str) -> QImage | None:
        """The picture, if it is here; `None` while it is on its way and where there is none."""
        if sha256 in self._images:
            self._images.move_to_end(sha256)
        return self._images.get(sha256)

    def want(self, wanted: Iterable[Wanted]) -> None:
        """Reads these, in this order; what was wanted before and is not among them is let go."""
        asked = dict.fromkeys(wanted)
        if self._running is not None and self._running not in asked and self._job is not None:
            self._job.cancel()
        self._queue = [
            each for each in asked if each.sha256 not in self._images and each != self._running
        ]
        self._start()

    def _start(self) -> None:
        if self._job is not None or not self._queue:
            return
        self._running = each = self._queue.pop(0)
        self._job = self._bridge.read(small_picture, each.sha256, each.media_type, SIDE)
        self._job.succeeded.connect(self._got)
        self._job.failed.connect(self._failed)
        self._job.finished.connect(self._ended)

    @Slot(object)
    def _got(self, image: QImage | None) -> None:
        if self._running is not None:
            self._put(self._running.sha256, image)

    @Slot(object)
    def _failed(self, _error: object) -> None:
        self._got(None)

    @Slot()
    def _ended(self) -> None:
        self._job = self._running = None
        self._start()

    def _put(self, sha256: str, image: QImage | None) -> None:
        self._images[sha256] = image
        self._held += _cost(image)
        while self._held > self._most and len(self._images) > 1:
            _, gone = self._images.popitem(last=False)
            self._held -= _cost(gone)
        self.arrived.emit(sha256)


def _cost(image: QImage | None) -> int:
    return _LEAST_COST + (0 if image is None else image.sizeInBytes())
