"""Papers: a letter against lines drawn by hand, a bundle against copying its exhibits."""

from __future__ import annotations

import datetime as dt
import io
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from disputedesk.common.hashing import sha256_of_file
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations import papers
from disputedesk.desk.queries.orders import find_order
from disputedesk.desk.sample import make_sample_desk
from disputedesk.model.case import Evidence, Exhibit
from disputedesk.model.ids import CaseId, EvidenceId, ExhibitId
from disputedesk.papers.bundle import BundleExhibit, BundleOrder
from disputedesk.papers.paper import Paper
from disputedesk.papers.pdf.bundle import write_bundle
from tests.bench.desks import clock
from tests.bench.rounds import Row, timed
from tests.bench.starting import MEMORY, ROOT

PHOTOS = 60
SMALL, LARGE = (1900, 1400), (5400, 4030)
"""Points of a photo: sixty of the first are 127 MiB, of the second 1 GiB."""

_LETTERS = 5


def rows() -> Iterator[Row]:
    """What is printed."""
    scratch = Path(tempfile.mkdtemp(prefix="disputedesk-bench-"))
    desk = make_sample_desk(scratch / "desk", clock=clock())
    yield _letter(desk)
    yield _cold_letter(desk, scratch)
    yield _bundle(scratch / "small", SMALL, 3)
    yield _bundle(scratch / "large", LARGE, 2)
    desk.close()
    shutil.rmtree(scratch, ignore_errors=True)


def _letter(desk: Desk) -> Row:
    import pypdfium2
    from reportlab.pdfgen.canvas import Canvas

    order = find_order(desk, "8190441200360042")
    with desk.store.snapshot() as rows:
        case = rows.cases.of_order(order)[0].id
    rendered = papers.render_letter_of(desk, case, form="bank_chargeback", language="en")
    with pypdfium2.PdfDocument(rendered.data) as pdf:
        pages = [page.get_textpage().get_text_range().splitlines() for page in pdf]

    def work() -> None:
        for _ in range(_LETTERS):
            papers.render_letter_of(desk, case, form="bank_chargeback", language="en")

    def bare() -> None:
        for _ in range(_LETTERS):
            canvas = Canvas(io.BytesIO(), initialFontName="DeskSans")
            for lines in pages:
                canvas.setFont("DeskSans", 10)
                for number, line in enumerate(lines):
                    canvas.drawString(72, 780 - number * 13, line)
                canvas.showPage()
            canvas.save()

    _register()
    return Row(
        f"letter of {len(pages)} pages, facts read, composed and set (warm)",
        "the same lines drawn on a canvas by hand",
        3,
        timed(work),
        timed(bare),
    )


def _cold_letter(desk: Desk, scratch: Path) -> Row:
    """One letter in a program that has just begun, against importing what sets it."""
    order = find_order(desk, "8190441200360042")
    with desk.store.snapshot() as rows:
        case = rows.cases.of_order(order)[0].id
    _, letter = papers.compose_letter_of(desk, case, form="bank_chargeback", language="en")
    kept = scratch / "letter"
    kept.write_bytes(pickle.dumps(letter))
    engine = "import reportlab.platypus, reportlab.pdfbase.ttfonts, reportlab.pdfgen.canvas"
    made = (
        "import datetime as dt, pathlib, pickle, sys\n"
        "from disputedesk.papers.pdf.letter import render_letter\n"
        "letter = pickle.loads(pathlib.Path(sys.argv[1]).read_bytes())\n"
        "render_letter(letter, stamp=dt.datetime(2026, 11, 23, tzinfo=dt.UTC))\n"
    )

    def started(code: str) -> None:
        subprocess.run([sys.executable, "-c", code, str(kept)], cwd=ROOT, check=True, timeout=60)

    return Row(
        "letter of 2 pages set in a program that has just begun (cold)",
        "importing its engine",
        1.3,
        timed(lambda: started(made)),
        timed(lambda: started(engine)),
    )


def _register() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    from disputedesk.common import locations

    path = str(locations.resources("fonts", "NotoSans-Regular.ttf"))
    pdfmetrics.registerFont(TTFont("DeskSans", path))


def _photos(scratch: Path, points: tuple[int, int]) -> list[Path]:
    """Photos of so many points, no two alike."""
    from PIL import Image

    scratch.mkdir()
    noise = Image.frombytes("RGB", points, os.urandom(points[0] * points[1] * 3))
    made = []
    for number in range(PHOTOS):
        path = scratch / f"photo-{number:02}.jpg"
        if number == 0:
            noise.save(path, quality=88)
        else:
            data = made[0].read_bytes()
            note = f"photo {number}".encode()
            path.write_bytes(
                data[:2] + b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note + data[2:]
            )
        made.append(path)
    return made


def _bundle(scratch: Path, points: tuple[int, int], goal: float) -> Row:
    photos = _photos(scratch, points)
    size = sum(path.stat().st_size for path in photos)
    order = _order(photos)
    target = scratch / "bundle.pdf"

    def work() -> None:
        write_bundle(order, target)
        with target.open("rb+") as stream:
            os.fsync(stream.fileno())

    def bare() -> None:
        with (scratch / "copy").open("wb") as out:
            for path in photos:
                with path.open("rb") as stream:
                    shutil.copyfileobj(stream, out, 1 << 20)
            out.flush()
            os.fsync(out.fileno())

    name = f"bundle of {PHOTOS} photos, {size >> 20} MiB"
    MEMORY[name] = _peak(scratch)
    return Row(
        f"{name}, {target.stat().st_size / size:.4f} of it written",
        "copy and fsync of the bytes",
        goal,
        timed(work),
        timed(bare),
        slowest=True,
    )


def _order(photos: Sequence[Path]) -> BundleOrder:
    stamp = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    exhibits = tuple(
        BundleExhibit(_exhibit(path, number, stamp), path) for number, path in enumerate(photos, 1)
    )
    return BundleOrder("Bundle", "Case 1", "en", Paper.A4, exhibits, lambda _pages: None, stamp)


def _peak(scratch: Path) -> int:
    """Peak memory in KiB of a program that does nothing but write the bundle, once."""
    told = [sys.executable, "-m", "tests.bench.printing", str(scratch)]
    done = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True)
    return int(done.stdout)


def _write_once(scratch: Path) -> int:
    """Writes the bundle of the photos there; gives the peak memory in KiB.

    The kernel counts into `ru_maxrss` what the program that started this one held; its own status
    does not.
    """
    write_bundle(_order(sorted(scratch.glob("photo-*.jpg"))), scratch / "bundle.pdf")
    status = Path("/proc/self/status").read_text("ascii")
    (peak,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(peak.split()[1])


def _exhibit(path: Path, number: int, stamp: dt.datetime) -> Exhibit:
    kept = Evidence(
        EvidenceId(number),
        sha256_of_file(path),
        path.stat().st_size,
        path.name,
        "image/jpeg",
        stamp,
    )
    return Exhibit(ExhibitId(number), CaseId(1), kept, number, f"Photo {number}")


if __name__ == "__main__":
    print(_write_once(Path(sys.argv[1])))
