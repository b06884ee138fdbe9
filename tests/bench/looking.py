"""Evidence: reading and scanning against the bare library, searching against the bare index."""

from __future__ import annotations

import io
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from disputedesk.media.scanning import scan
from disputedesk.store.folding import folded
from disputedesk.store.reading import Reader
from disputedesk.store.schema import EVIDENCE_SEARCH_TABLE
from tests.bench.rounds import Row, timed

_PAGES = 200
_LINES = 45
_KEPT = 5_000
_SEARCHES = 20
_LINE = "Order 8190441200360042 was shipped on 5 October 2026 and never came, item {number}."


def rows() -> Iterator[Row]:
    """What is read and found."""
    scratch = Path(tempfile.mkdtemp(prefix="disputedesk-bench-"))
    yield _document(scratch)
    yield _text(scratch)
    yield _search(scratch)
    shutil.rmtree(scratch, ignore_errors=True)


def _document(scratch: Path) -> Row:
    import pypdfium2
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    for page in range(_PAGES):
        for line in range(_LINES):
            canvas.drawString(50, 800 - line * 16, _LINE.format(number=page * _LINES + line))
        canvas.showPage()
    canvas.save()
    path = scratch / "long.pdf"
    path.write_bytes(out.getvalue())

    def bare() -> None:
        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                page.get_textpage().get_text_range()

    return Row(
        f"{_PAGES} pages of a PDF measured, read and looked through for card numbers",
        "their text by PDFium alone",
        None,
        timed(lambda: scan(path, "application/pdf")),
        timed(bare),
    )


def _text(scratch: Path) -> Row:
    path = scratch / "long.txt"
    path.write_text("\n".join(_LINE.format(number=n) for n in range(20_000)), encoding="utf-8")
    return Row(
        f"a text of {path.stat().st_size / 1e6:.1f} MB read and looked through",
        "read, decoded, made small letters",
        None,
        timed(lambda: scan(path, "text/plain")),
        timed(lambda: path.read_bytes().decode().lower()),
    )


def _search(scratch: Path) -> Row:
    """The index alone stands in a desk made for it; rows around it are what a desk has."""
    import datetime as dt

    from disputedesk.desk.desk import Desk
    from disputedesk.model.case import Evidence
    from disputedesk.model.evidence import Reading, ReadState
    from disputedesk.model.ids import EvidenceId

    at = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    desk = Desk.open(scratch / "desk")
    words = " ".join(_LINE.format(number=n) for n in range(12))
    with desk.store.transaction(actor="user", at=at) as unit:
        for number in range(_KEPT):
            kept = unit.evidence.add(
                Evidence(EvidenceId(0), f"{number:064x}", 1, f"{number}.txt", "text/plain", at)
            )
            text = f"{words} parcel{number}"
            unit.readings.set(Reading(kept.id, ReadState.READ, text, "text", None, 1, at))
    desk.close()
    base = sqlite3.connect(scratch / "bare.sqlite3")
    base.execute(EVIDENCE_SEARCH_TABLE)
    base.executemany(
        "INSERT INTO evidence_search (rowid, name, words, text) VALUES (?, ?, '', ?)",
        [(n, f"{n}.txt", folded(f"{words} parcel{n}")) for n in range(1, _KEPT)],
    )
    base.commit()
    reader = Reader(scratch / "desk")

    def work() -> None:
        for number in range(_SEARCHES):
            reader.evidence.find(f"shipped parcel{number * 7 + 11}", 50)

    def bare() -> None:
        query = "SELECT rowid FROM evidence_search WHERE evidence_search MATCH ? LIMIT 50"
        for number in range(_SEARCHES):
            base.execute(query, (f'"shipped"* "parcel{number * 7 + 11}"*',)).fetchall()

    return Row(
        f"{_SEARCHES} searches of {_KEPT:,} pieces of evidence, with their words and cases",
        "the bare index, numbers only",
        2.5,
        timed(work),
        timed(bare),
    )
