"""Evidence: small pictures against libvips, a long contact sheet against a short one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from array import array
from collections.abc import Iterator
from pathlib import Path

from tests.bench.rounds import Row, timed

_PHOTOS = 6
_SIZE = (4000, 3000)
_SHORT, _LONG = 100, 10_000


def rows() -> Iterator[Row]:
    """What the room of evidence does most."""
    scratch = Path(tempfile.mkdtemp(prefix="disputedesk-bench-"))
    if shutil.which("vipsthumbnail"):
        photos = _photos(scratch)
        for side, goal in ((256, 1.05), (1600, 1.4)):
            yield _thumbnails(photos, side, goal)
    else:
        sys.stderr.write("thumbnails: left out, vipsthumbnail is not there\n")
    yield _sheet()
    shutil.rmtree(scratch, ignore_errors=True)


def _photos(folder: Path) -> list[Path]:
    """Photos of 12 megapixels with as much detail as a camera's."""
    from PIL import Image

    paths = []
    for at in range(_PHOTOS):
        bands = [Image.effect_noise((_SIZE[0] // 4, _SIZE[1] // 4), 50 + at).resize(_SIZE)
                 for _ in range(3)]  # fmt: skip
        path = folder / f"photo {at}.jpg"
        Image.merge("RGB", bands).save(path, quality=90)
        paths.append(path)
    return paths


def _thumbnails(photos: list[Path], side: int, goal: float) -> Row:
    from disputedesk.media.thumbnails import thumbnail

    def work() -> None:
        for path in photos:
            assert thumbnail(path, "image/jpeg", side)

    command = ["vipsthumbnail", "--size", str(side), "-o", "%s-small.jpg[Q=85]", *map(str, photos)]

    def bare() -> None:
        subprocess.run(command, check=True)

    return Row(
        f"thumbnails of {len(photos)} photos, 12 MP, {side} px", "vipsthumbnail", goal,
        timed(work), timed(bare), slowest=True,
    )  # fmt: skip


def _sheet() -> Row:
    """Opening a sheet, scrolling it to its end in twenty steps, and giving it another width."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QRect, QSize
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QApplication

    from disputedesk.common.work import CancelToken
    from disputedesk.gui.evidence.grid import Grid
    from disputedesk.gui.jobs import JobHandle
    from disputedesk.gui.paged import PagedModel
    from disputedesk.gui.rows import Column

    app = QApplication.instance() or QApplication([])
    assert app is not None

    class Sheet(Grid):
        def paint_cell(self, painter: QPainter, place: QRect, at: int, *, chosen: bool) -> None:
            painter.drawText(place, 0, str(at))

    def run(count: int) -> None:
        model: PagedModel[int] = PagedModel(
            (Column("n", "n", str),), lambda row: row, lambda _ids: JobHandle(CancelToken())
        )
        sheet = Sheet(QSize(172, 200))
        sheet.setModel(model)
        sheet.resize(900, 700)
        model.set_ids(array("q", range(count)))
        sheet.grab()
        bar = sheet.verticalScrollBar()
        for step in range(20):
            bar.setValue(bar.maximum() * step // 19)
            sheet.grab()
        sheet.resize(1200, 700)
        sheet.grab()
        sheet.deleteLater()

    return Row(
        f"contact sheet of {_LONG:,}: open, scroll, widen", f"the same with {_SHORT}", 1.15,
        timed(lambda: run(_LONG)), timed(lambda: run(_SHORT)),
    )  # fmt: skip
