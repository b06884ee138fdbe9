"""Exhibits as pages: PDFs as they are seen, pictures upright and unchanged, mails and texts set."""

from __future__ import annotations

import dataclasses
import io
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer
from reportlab.platypus.flowables import HRFlowable

from disputedesk.common.cleaning import clean_line
from disputedesk.common.secrets import mask_text
from disputedesk.common.texts import tr
from disputedesk.media.words import PrintedText, read_mail, read_page, read_text
from disputedesk.papers import spoken
from disputedesk.papers.bundle import BundleExhibit, BundleOrder
from disputedesk.papers.paper import Paper
from disputedesk.papers.pdf.canvas import numbered_canvas
from disputedesk.papers.pdf.foreign import foreign_pdf
from disputedesk.papers.pdf.picture_pages import picture_pages
from disputedesk.papers.pdf.pictures import Unprintable, read_pictures
from disputedesk.papers.pdf.printable import printable
from disputedesk.papers.pdf.text import RULE, TextStyle, labelled, para

MARGIN: Final = 20.0
"""Millimetres left free at the sides."""

TOP: Final = 18.0
FOOT: Final = 18.0
"""Millimetres left free above and below what is set here."""


@dataclasses.dataclass(frozen=True, slots=True)
class ExhibitSet:
    """One exhibit as a PDF of its own.

    Attributes:
        remark: What the index says about its pages; empty where they speak for themselves.
    """

    data: bytes
    remark: str = ""


def exhibit_pdf(order: BundleOrder, item: BundleExhibit, paper: Paper) -> ExhibitSet:
    """One exhibit as a PDF of its own; a file that cannot be printed is named on a page.

    Raises:
        Refused: A PDF among the exhibits shows a full card number; names exhibit and page.
    """
    try:
        return _printed(order, item, paper)
    except Unprintable as why:
        return _not_printable(order, item, paper, str(why))


def _printed(order: BundleOrder, item: BundleExhibit, paper: Paper) -> ExhibitSet:
    media = item.exhibit.evidence.media_type
    if not item.path.stat().st_size:
        raise Unprintable(tr("This file is empty."))
    if media == "application/pdf":
        return ExhibitSet(foreign_pdf(item, paper))
    if media.startswith("image/"):
        return _pictures(order, item, paper)
    if media == "message/rfc822":
        return ExhibitSet(_text(order, item, paper, read_mail(item.path)))
    if media in {"text/html", "application/xhtml+xml"}:
        return ExhibitSet(_text(order, item, paper, read_page(item.path)))
    if media.startswith("text/"):
        return ExhibitSet(_text(order, item, paper, read_text(item.path)))
    raise Unprintable(tr("A file of this kind cannot be printed."))


def caption_of(item: BundleExhibit) -> str:
    """What is seen on an exhibit, one printable line; its file's name where nobody said it."""
    exhibit = item.exhibit
    caption = clean_line(exhibit.caption) or clean_line(exhibit.evidence.name)
    return mask_text(printable(caption))


def origin_of(item: BundleExhibit, language: str, *, exact: bool) -> str:
    """The file's name, and when it was made according to whom; the instant or only the day."""
    evidence = item.exhibit.evidence
    name = mask_text(printable(clean_line(evidence.name)))
    at = evidence.captured_at
    if at is None:
        return name
    when = spoken.instant(at, language) if exact else spoken.day(at.date(), language)
    told = {"mail": tr("mail of {when}", when=when), "clipboard": tr("captured {when}", when=when)}
    return f"{name} · {told.get(evidence.captured_from, tr('file of {when}', when=when))}"


def _head(order: BundleOrder, item: BundleExhibit) -> list[Flowable]:
    """Number, caption and origin above an exhibit."""
    exhibit = item.exhibit
    title = tr("Exhibit {number}: {caption}", number=exhibit.number, caption=caption_of(item))
    lines: list[Flowable] = [
        para(title, TextStyle(size=12, leading=15, bold=True, after=2), place="exhibit")
    ]
    if exhibit.proves:
        proves = mask_text(printable(clean_line(exhibit.proves)))
        lines.append(para(proves, TextStyle(size=9, leading=12, after=2), place="exhibit"))
    origin = origin_of(item, order.language, exact=True)
    lines.append(para(origin, TextStyle(size=8, leading=10, faint=True, after=0), place="exhibit"))
    lines.append(HRFlowable("100%", 0.5, color=RULE, spaceBefore=3, spaceAfter=0))
    return lines


def _continued(item: BundleExhibit) -> list[Flowable]:
    """The head of an exhibit's later pages."""
    told = tr("Exhibit {number}, continued", number=item.exhibit.number)
    return [para(told, TextStyle(size=8, leading=10, faint=True, after=0), place="exhibit")]


def _pictures(order: BundleOrder, item: BundleExhibit, paper: Paper) -> ExhibitSet:
    pictures = read_pictures(item.path)
    size = (paper.size_mm[0] * mm, paper.size_mm[1] * mm)
    frame = (MARGIN * mm, FOOT * mm, size[0] - MARGIN * mm, size[1] - TOP * mm)
    maker = numbered_canvas(
        title=order.title, language=order.language, stamp=order.stamp, draw=lambda *_: None
    )
    data = picture_pages(
        pictures, size=size, frame=frame, maker=maker,
        first=_head(order, item), later=_continued(item),
    )  # fmt: skip
    return ExhibitSet(data, tr("picture, no text to search"))


def _text(order: BundleOrder, item: BundleExhibit, paper: Paper, text: PrintedText) -> bytes:
    """A mail or text over as many pages as it takes."""
    flow: list[Flowable] = [*_head(order, item), Spacer(0, 8)]
    style = TextStyle(size=9, leading=12, after=1)
    flow += [labelled(name, printable(value), style, place=name) for name, value in text.rows]
    if text.rows:
        flow.append(Spacer(0, 6))
    body = TextStyle(size=9.5, leading=13, after=1)
    for line in text.body.split("\n"):
        flow.append(para(printable(line), body, place="text") if line else Spacer(0, 6))
    if text.was_cut:
        left = tr("The rest is left out here; the file itself holds it.")
        flow.append(para(left, TextStyle(size=9, leading=12, before=6, bold=True), place="text"))
    out = io.BytesIO()
    width, height = (side * mm for side in paper.size_mm)
    frame = Frame(
        MARGIN * mm, FOOT * mm, width - 2 * MARGIN * mm, height - (TOP + FOOT) * mm,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    document = BaseDocTemplate(out, pagesize=(width, height))
    document.addPageTemplates([PageTemplate("text", [frame])])
    maker = numbered_canvas(
        title=order.title, language=order.language, stamp=order.stamp, draw=lambda *_: None
    )
    document.build(flow, canvasmaker=maker)
    return out.getvalue()


def _not_printable(order: BundleOrder, item: BundleExhibit, paper: Paper, why: str) -> ExhibitSet:
    """A page that names a file no page can be made of."""
    evidence = item.exhibit.evidence
    rows = (
        (tr("File"), mask_text(clean_line(evidence.name))),
        (tr("Kind"), evidence.media_type),
        (tr("Size"), tr("{count} bytes", count=f"{evidence.size:,}")),
        ("SHA-256", evidence.sha256),
    )
    kept = tr("It is kept unchanged and can be sent separately.")
    page = _text(order, item, paper, PrintedText(rows, f"{why} {kept}", was_cut=False))
    return ExhibitSet(page, tr("not printed, kept as a file"))
