"""A canvas that knows how many pages there are, tells no author, and gives the same bytes again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDate, PDFDictionary, PDFInfo, PDFString
from reportlab.pdfgen.canvas import Canvas

from disputedesk.papers.pdf import fonts

DrawPage = Callable[[Canvas, int, int], None]
"""Draws what depends on the page's number and on how many there are."""


class _Info(PDFInfo):
    """Title and dates; no author, no machine, no keywords."""

    def format(self, document: Any) -> bytes:
        """The dictionary as bytes; `document` is reportlab's."""
        stamp = PDFDate(ts=document._timeStamp)  # noqa: SLF001 - reportlab offers no other way
        entries = {"Title": PDFString(self.title), "Producer": PDFString("DisputeDesk"),
                   "CreationDate": stamp, "ModDate": stamp}  # fmt: skip
        made: bytes = PDFDictionary(entries).format(document)
        return made


def numbered_canvas(
    *, title: str, language: str, stamp: dt.datetime, draw: DrawPage
) -> Callable[..., Canvas]:
    """What to give a document as `canvasmaker`: pages are kept until their number is known.

    Args:
        language: Code of the text's language.
        title: The PDF's title; shown in the window's title by most programs.
        stamp: The instant the document says it was made at; aware. The clock is not asked.
        draw: Called once per page, when all are known.
    """
    if stamp.tzinfo is None:
        message = "The stamp of a PDF is an aware instant."
        raise ValueError(message)
    fonts.register()

    class Numbered(Canvas):
        """Keeps each page's state and finishes all of them on saving."""

        def __init__(self, filename: Any, **options: Any) -> None:
            options |= {"invariant": 1, "lang": language, "initialFontName": fonts.REGULAR,
                        "pageCompression": 1}  # fmt: skip
            super().__init__(filename, **options)
            _stamp(self, title, stamp)
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            self._kept.append(dict(self.__dict__))
            start: Any = self
            start._startPage()  # noqa: SLF001 - as reportlab's own showPage does

        def save(self) -> None:
            kept = self._kept
            for number, state in enumerate(kept, start=1):
                self.__dict__.update(state)
                draw(self, number, len(kept))
                super().showPage()
            super().setTitle(title)  # a document template has put its own over it meanwhile
            super().save()

    return Numbered


def _stamp(canvas: Any, title: str, stamp: dt.datetime) -> None:
    """Gives the document its title and its instant, and takes the author away."""
    document = canvas._doc  # noqa: SLF001 - reportlab offers no other way
    document.info = _Info()
    canvas.setTitle(title)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    at = stamp.astimezone(dt.UTC)
    time = document._timeStamp  # noqa: SLF001 - as above
    time.t, time.lt, time.tzname = at.timestamp(), at.timetuple(), "UTC"
    time.YMDhms, time.dhh, time.dmm = tuple(at.timetuple())[:6], 0, 0
