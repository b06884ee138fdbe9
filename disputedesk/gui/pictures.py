"""Every room as a picture, without a screen: looked at before a screen is called done.

`python -m disputedesk.gui.pictures DIR` draws the sample desk, an empty desk and a very full one,
in light and dark, English and Russian, wide and narrow.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from disputedesk.common import texts
from disputedesk.common.clock import Clock, FixedClock, SystemClock
from disputedesk.gui.platform import require_screen

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
require_screen(os.environ)

from PySide6.QtCore import QLocale, QObject, QPoint, QTimer, Slot  # noqa: E402 - after the check
from PySide6.QtGui import QFont, QPainter  # noqa: E402 - after the check
from PySide6.QtWidgets import QApplication, QDialog  # noqa: E402 - after the check

from disputedesk.desk.desk import Desk  # noqa: E402 - after the check
from disputedesk.desk.operations.orders import NewOrder, add_order  # noqa: E402 - after the check
from disputedesk.gui.bridge import Bridge  # noqa: E402 - after the check
from disputedesk.gui.collecting import Collector  # noqa: E402 - after the check
from disputedesk.gui.dates import locale  # noqa: E402 - after the check
from disputedesk.gui.focus import FocusRing  # noqa: E402 - after the check
from disputedesk.gui.jobs import JobRunner  # noqa: E402 - after the check
from disputedesk.gui.places import Places  # noqa: E402 - after the check
from disputedesk.gui.rooms import FindAnything  # noqa: E402 - after the check
from disputedesk.gui.shell.main_window import MainWindow  # noqa: E402 - after the check
from disputedesk.gui.theme import Theme, ThemeChoice  # noqa: E402 - after the check
from disputedesk.model.ids import FactName  # noqa: E402 - after the check
from disputedesk.model.money import Money  # noqa: E402 - after the check

TODAY: Final = dt.date(2026, 12, 6)
WIDE: Final = (1280, 800)
NARROW: Final = (780, 860)
_TICK_MS: Final = 30
_QUIET_TICKS: Final = 4

Shot = tuple[str, Callable[[], object]]


class Studio(QObject):
    """Takes one picture after another, each when the window has come to rest."""

    def __init__(self, app: QApplication, target: Path) -> None:
        super().__init__()
        self._app = app
        self._target = target
        self.theme = Theme(app, ThemeChoice.LIGHT, self)
        self._ring = FocusRing(app, self)
        self._collector = Collector(self)
        self._shots: Iterator[tuple[str, MainWindow]] = iter(())
        self._due: tuple[str, MainWindow] | None = None
        self._quiet = 0
        self._runner: JobRunner | None = None
        self.taken: list[Path] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def window(self, desk: Desk, size: tuple[int, int]) -> MainWindow:
        """A window on `desk` with everything behind it."""
        self._runner = JobRunner(self)
        bridge = Bridge(desk, self._runner, self)
        window = MainWindow(bridge, self.theme, Places(None))
        window.resize(*size)
        window.show()
        return window

    def shoot(self, shots: Iterator[tuple[str, MainWindow]]) -> list[Path]:
        """The pictures taken of what `shots` prepares, one by one."""
        self._shots = shots
        self._timer.start()
        self._app.exec()
        return self.taken

    @Slot()
    def _tick(self) -> None:
        busy = self._runner is not None and self._runner.running > 0
        self._quiet = 0 if busy else self._quiet + 1
        if self._quiet < _QUIET_TICKS:
            return
        if self._due is not None:
            self._take(*self._due)
        self._due = next(self._shots, None)
        self._quiet = 0
        if self._due is None:
            self._timer.stop()
            self._app.quit()

    def _take(self, name: str, window: MainWindow) -> None:
        picture = window.grab()
        painter = QPainter(picture)
        for dialog in window.findChildren(QDialog):
            if dialog.isVisible():
                place = dialog.pos() - window.mapToGlobal(QPoint(0, 0))
                painter.drawPixmap(place, dialog.grab())
                dialog.hide()
        painter.end()
        path = self._target / f"{name}.png"
        picture.save(str(path))
        self.taken.append(path)

    def end(self) -> None:
        """Gives the collector back: no more pictures are taken."""
        self._collector.stop()

    def close(self, window: MainWindow) -> None:
        """Ends a window and the work behind it."""
        if self._runner is not None:
            self._runner.stop()
        window.close()
        window.deleteLater()


def _full_desk(folder: Path) -> Desk:
    """A desk with many orders and names as long as sellers write them."""
    desk = Desk.open(folder, clock=FixedClock.on(TODAY))
    long = (
        "Hot Sale 2026 New Original Ceramic Knife Set 12 pcs With Wooden Block And Very Long "
        "Name That Goes On, Free Shipping"
    )
    for at in range(40):
        facts = {
            FactName("shipped_on"): TODAY - dt.timedelta(days=30 + at),
            FactName("promised_by"): TODAY - dt.timedelta(days=at - 8),
        }
        add_order(
            desk,
            NewOrder(
                platform="aliexpress",
                number=f"8123 4411 9087 {1000 + at}",
                title=f"{at + 1} × {long}",
                shop="Shenzhen Extremely Reliable Kitchenware Official Flagship Store",
                ordered_on=TODAY - dt.timedelta(days=40 + at),
                total=Money(123_456_789 + at, "JPY" if at % 3 else "USD"),
                facts=facts,
            ),
        )
    return desk


def _rooms(studio: Studio, desk: Desk, name: str) -> Iterator[tuple[str, MainWindow]]:
    for language in texts.LANGUAGES:
        texts.set_language(language)
        QLocale.setDefault(locale())
        for choice in (ThemeChoice.LIGHT, ThemeChoice.DARK):
            studio.theme.choose(choice)
            for size, suffix in ((WIDE, ""), (NARROW, "-narrow")):
                window = studio.window(desk, size)
                for key in window.room_keys:
                    window.show_room(key)
                    yield f"{name}-{key}{suffix}-{choice}-{language}", window
                studio.close(window)


def _scenes(studio: Studio, desk: Desk) -> Iterator[tuple[str, MainWindow]]:
    """The states inside rooms and the dialogs, once for each language."""
    for language in texts.LANGUAGES:
        texts.set_language(language)
        QLocale.setDefault(locale())
        studio.theme.choose(ThemeChoice.LIGHT)
        window = studio.window(desk, WIDE)
        for key in window.room_keys:
            window.show_room(key)
            yield f"scene-{key}-{language}", window
            for name, prepare in window.room_view(key).scenes():
                prepare()
                yield f"scene-{key}-{name}-{language}", window
        window.show_settings()
        yield f"scene-settings-{language}", window
        window.desktop.ask(FindAnything("or"))
        yield f"scene-palette-{language}", window
        studio.close(window)


def _all_shots(studio: Studio, desk: Desk, scratch: Path) -> Iterator[tuple[str, MainWindow]]:
    yield from _rooms(studio, desk, "desk")
    yield from _scenes(studio, desk)
    for name, make in (("empty", _empty_desk), ("full", _full_desk)):
        other = make(scratch / name)
        yield from _rooms(studio, other, name)
        other.close()


def _empty_desk(folder: Path) -> Desk:
    return Desk.open(folder, clock=FixedClock.on(TODAY))


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status; the pictures lie in the folder that was named."""
    parser = argparse.ArgumentParser(prog="disputedesk.gui.pictures", description=__doc__)
    parser.add_argument("target", type=Path, help="the folder the pictures are put in")
    parser.add_argument("--desk", type=Path, help="draw this desk instead of a fresh sample desk")
    given = parser.parse_args(arguments)
    given.target.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    app.setFont(QFont(app.font().family(), 10))
    with tempfile.TemporaryDirectory(prefix="disputedesk-pictures-") as scratch:
        desk = _desk_to_draw(given.desk, Path(scratch))
        studio = Studio(app, given.target)
        taken = studio.shoot(_all_shots(studio, desk, Path(scratch)))
        studio.end()
        desk.close()
    sys.stdout.write(f"{len(taken)} pictures in {given.target}\n")
    return 0


def take_one(folder: Path, target: Path, *, clock: Clock | None = None) -> Path:
    """`target`, which now holds a picture of the window on the desk in `folder`.

    Args:
        folder: The desk.
        target: The PNG to write.
        clock: Tells the day; `None` is the machine's.

    Raises:
        DeskError: There is no such desk, or Qt cannot draw here.
    """
    desk = Desk.open(folder, clock=clock or SystemClock(), create=False)
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication([])
    studio = Studio(app, target.parent)
    window = studio.window(desk, WIDE)
    studio.shoot(iter([(target.stem, window)]))
    studio.close(window)
    studio.end()
    desk.close()
    return target


def _desk_to_draw(folder: Path | None, scratch: Path) -> Desk:
    if folder is not None:
        return Desk.open(folder, clock=FixedClock.on(TODAY), create=False)
    from disputedesk.desk.sample import make_sample_desk

    return make_sample_desk(scratch / "sample", clock=FixedClock.on(TODAY))


if __name__ == "__main__":
    sys.exit(main())
