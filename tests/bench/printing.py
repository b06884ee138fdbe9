"""Papers: a letter against lines drawn by hand, a bundle against copying its exhibits."""

from __future__ import annotations

import datetime as dt
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
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
from tests.bench.desks import clock
from tests.bench.rounds import Row, timed

PHOTOS = 60
_LETTERS = 5
_MEGAPIXELS = (1500, 1120)


def rows() -> Iterator[Row]:
    """What is printed."""
    scratch = Path(tempfile.mkdtemp(prefix="disputedesk-bench-"))
    desk = make_sample_desk(scratch / "desk", clock=clock())
    yield _letter(desk)
    yield _bundle(scratch)
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


def _register() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    from disputedesk.common import locations

    path = str(locations.resources("fonts", "NotoSans-Regular.ttf"))
    pdfmetrics.registerFont(TTFont("DeskSans", path))


def _photos(scratch: Path) -> list[Path]:
    """Photos of some two megabytes each, no two alike."""
    from PIL import Image

    noise = Image.frombytes("RGB", _MEGAPIXELS, os.urandom(_MEGAPIXELS[0] * _MEGAPIXELS[1] * 3))
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


def _bundle(scratch: Path) -> Row:
    from disputedesk.papers.pdf.bundle import write_bundle

    photos = _photos(scratch)
    size = sum(path.stat().st_size for path in photos)
    stamp = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    exhibits = tuple(
        BundleExhibit(_exhibit(path, number, stamp), path) for number, path in enumerate(photos, 1)
    )
    order = BundleOrder(
        "Bundle",
        "Case 1",
        "en",
        Paper.A4,
        exhibits,
        lambda pages: None,
        stamp,
    )
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

    return Row(
        f"bundle of {PHOTOS} photos, {size >> 20} MiB",
        "copy and fsync of the bytes",
        3,
        timed(work),
        timed(bare),
        slowest=True,
    )


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
