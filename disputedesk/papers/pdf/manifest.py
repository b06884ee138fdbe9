"""The manifest: hash and name of every file, as `sha256sum -c` reads it, last in the bundle."""

from __future__ import annotations

from typing import Final

from reportlab.platypus import Flowable

from disputedesk.common.texts import tr
from disputedesk.papers.bundle import BundleOrder
from disputedesk.papers.pdf.sheets import Sheet, Sheets
from disputedesk.papers.pdf.text import TextStyle, para

_TITLE: Final = TextStyle(size=15, leading=19, bold=True, after=4)
_UNDER: Final = TextStyle(size=9, leading=12, faint=True, after=8)
_LINE: Final = TextStyle(size=6.5, leading=10, after=0)
_FOOT: Final = TextStyle(size=8, leading=11, faint=True, before=8, after=0)


def manifest_sheets(sheets: Sheets, order: BundleOrder, sha256: str) -> list[Sheet]:
    """The manifest on as many sheets as it takes."""
    flow: list[Flowable] = [
        para(tr("Manifest"), _TITLE, place=""),
        para(
            tr(
                "SHA-256 and name of the file of every exhibit, as it goes out. The lines below "
                "are a file that the program sha256sum can check."
            ),
            _UNDER,
            place="",
        ),
    ]
    flow += [para(line, _LINE, place="manifest") for line in order.manifest.splitlines()]
    told = tr("SHA-256 of these lines, as printed on the cover: {hash}", hash=sha256)
    return sheets.flow([*flow, para(told, _FOOT, place="")])
