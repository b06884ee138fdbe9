"""Exhibits as pages: PDFs as they are, pictures upright and unchanged, mails and texts set."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from typing import Final

from PIL import Image, UnidentifiedImageError
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer

from disputedesk.common.errors import Refused
from disputedesk.common.secrets import find_secrets
from disputedesk.common.texts import tr
from disputedesk.papers.bundle import BundleExhibit, BundleOrder
from disputedesk.papers.cleaning import clean_line
from disputedesk.papers.exhibit_text import PrintedText, read_mail, read_text
from disputedesk.papers.paper import Paper
from disputedesk.papers.pdf import fonts
from disputedesk.papers.pdf.canvas import numbered_canvas
from disputedesk.papers.pdf.text import INK, RULE, TextStyle, labelled, para

MARGIN: Final = 20.0
"""Millimetres left free at the sides."""
_TOP: Final = 18.0
_FOOT: Final = 18.0
_MOST_PIXELS: Final = 120_000_000
_TURNS: Final = {3: 180, 6: 90, 8: 270}
"""EXIF orientation to degrees clockwise; the mirrored ones are printed as they lie."""
_PASSED: Final = {"JPEG", "PNG"}


def exhibit_pdf(order: BundleOrder, item: BundleExhibit, paper: Paper) -> bytes:
    """One exhibit as a PDF of its own; a file that cannot be printed is named on a page.

    Raises:
        Refused: A PDF among the exhibits shows a full card number; names exhibit and page.
    """
    media = item.exhibit.evidence.media_type
    if media == "application/pdf":
        found = _own_pdf(item)
        return found if found is not None else _not_printable(order, item, paper)
    if media.startswith("image/"):
        return _picture(order, item, paper) or _not_printable(order, item, paper)
    if media == "message/rfc822":
        return _text(order, item, paper, read_mail(item.path))
    if media.startswith("text/"):
        return _text(order, item, paper, read_text(item.path))
    return _not_printable(order, item, paper)


def _own_pdf(item: BundleExhibit) -> bytes | None:
    """The exhibit's own pages, without scripts and actions; `None` for one that cannot be read."""
    import pikepdf

    try:
        with pikepdf.open(item.path) as source:
            if not source.pages:
                return None
            _refuse_secrets_in(item)
            for name in ("/OpenAction", "/AA", "/AcroForm", "/Names", "/Outlines"):
                if name in source.Root:
                    del source.Root[name]
            for page in source.pages:
                for name in ("/AA", "/Annots"):
                    if name in page:
                        del page[name]
            out = io.BytesIO()
            source.save(out, deterministic_id=True)
            return out.getvalue()
    except (pikepdf.PdfError, ValueError, RecursionError):
        return None


def _refuse_secrets_in(item: BundleExhibit) -> None:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(item.path)
    except pypdfium2.PdfiumError:
        return
    try:
        for number, page in enumerate(document, 1):
            text = page.get_textpage().get_text_range()
            if any(secret.kind.name in {"PAN", "SECURITY_CODE"} for secret in find_secrets(text)):
                raise Refused(
                    tr("A full card number or code can be read on page {page}.", page=number),
                    tr("exhibit {number}", number=item.exhibit.number),
                    tr("Black it out in a copy of the file, and put the copy in its place."),
                )
    finally:
        document.close()


def _picture(order: BundleOrder, item: BundleExhibit, paper: Paper) -> bytes | None:
    """The picture on one page, upright; JPEG and PNG bytes are not encoded anew."""
    try:
        with Image.open(item.path) as image:
            width, height = image.size
            if width * height > _MOST_PIXELS:
                return None
            turn = _TURNS.get(image.getexif().get(0x0112, 1), 0)
            if image.format in _PASSED and image.mode in {"RGB", "L", "1"}:
                reader = ImageReader(str(item.path))
            else:
                image.load()
                reader = ImageReader(image.convert("RGB"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None

    def draw(canvas: Canvas, top: float) -> None:
        room_width = (paper.size_mm[0] - 2 * MARGIN) * mm
        room_height = (top - _FOOT) * mm
        shown = (height, width) if turn in {90, 270} else (width, height)
        scale = min(room_width / shown[0], room_height / shown[1], 72 / 100)
        middle_x = paper.size_mm[0] * mm / 2
        middle_y = top * mm - shown[1] * scale / 2
        canvas.saveState()
        canvas.translate(middle_x, middle_y)
        canvas.rotate(-turn)
        w, h = width * scale, height * scale
        canvas.drawImage(reader, -w / 2, -h / 2, w, h)
        canvas.restoreState()

    return _one_page(order, item, paper, draw)


def _one_page(
    order: BundleOrder,
    item: BundleExhibit,
    paper: Paper,
    draw: Callable[[Canvas, float], None],
) -> bytes:
    """A page with the exhibit's head, and below it what `draw` puts there."""
    out = io.BytesIO()
    maker = numbered_canvas(
        title=order.title, language=order.language, stamp=order.stamp, draw=lambda *_: None
    )
    size = (paper.size_mm[0] * mm, paper.size_mm[1] * mm)
    canvas = maker(out, pagesize=size)
    top = _head(canvas, item, paper)
    draw(canvas, top)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _head(canvas: Canvas, item: BundleExhibit, paper: Paper) -> float:
    """Draws number, caption and origin; gives where room begins, in millimetres from the bottom."""
    width = (paper.size_mm[0] - 2 * MARGIN) * mm
    y = (paper.size_mm[1] - _TOP) * mm
    for flowable in _head_flowables(item):
        _, height = flowable.wrap(width, y)
        y -= height
        flowable.drawOn(canvas, MARGIN * mm, y)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN * mm, y - 4, (paper.size_mm[0] - MARGIN) * mm, y - 4)
    canvas.setFillColor(INK)
    return y / mm - 5


def _head_flowables(item: BundleExhibit) -> list[Flowable]:
    exhibit, evidence = item.exhibit, item.exhibit.evidence
    caption = clean_line(exhibit.caption or evidence.name)
    lines: list[Flowable] = [
        para(
            printable(tr("Exhibit {number}: {caption}", number=exhibit.number, caption=caption)),
            TextStyle(size=12, leading=15, bold=True, after=2),
            place="exhibit",
        )
    ]
    if exhibit.proves:
        lines.append(
            para(printable(clean_line(exhibit.proves)), TextStyle(size=9, leading=12), place="")
        )
    when = "" if evidence.captured_at is None else f"{evidence.captured_at:%Y-%m-%d %H:%M %Z}"
    origin = " · ".join(part for part in (clean_line(evidence.name), when) if part)
    lines.append(para(printable(origin), TextStyle(size=8, leading=10, faint=True), place=""))
    return lines


def _text(order: BundleOrder, item: BundleExhibit, paper: Paper, text: PrintedText) -> bytes:
    """A mail or text over as many pages as it takes."""
    flow: list[Flowable] = [*_head_flowables(item), Spacer(0, 8)]
    style = TextStyle(size=9, leading=12, after=1)
    flow += [labelled(name, printable(value), style, place=name) for name, value in text.rows]
    flow.append(Spacer(0, 6))
    body = TextStyle(size=9.5, leading=13, after=3)
    for line in text.body.split("\n"):
        flow.append(para(printable(line), body, place="text") if line.strip() else Spacer(0, 5))
    if text.was_cut:
        flow.append(
            para(tr("The rest is left out here; the file itself holds it."), body, place="text")
        )
    out = io.BytesIO()
    width, height = (side * mm for side in paper.size_mm)
    frame = Frame(
        MARGIN * mm, _FOOT * mm, width - 2 * MARGIN * mm, height - (_TOP + _FOOT) * mm,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    document = BaseDocTemplate(out, pagesize=(width, height))
    document.addPageTemplates([PageTemplate("text", [frame])])
    maker = numbered_canvas(
        title=order.title, language=order.language, stamp=order.stamp, draw=lambda *_: None
    )
    document.build(flow, canvasmaker=maker)
    return out.getvalue()


def _not_printable(order: BundleOrder, item: BundleExhibit, paper: Paper) -> bytes:
    """A page that names a file no page can be made of."""
    evidence = item.exhibit.evidence
    rows = (
        (tr("File"), evidence.name),
        (tr("Kind"), evidence.media_type),
        (tr("Size"), tr("{count} bytes", count=f"{evidence.size:,}")),
        ("SHA-256", evidence.sha256),
    )
    body = tr("File enclosed, not printable: it is kept unchanged and can be sent separately.")
    return _text(order, item, paper, PrintedText(rows, body, was_cut=False))


def printable(text: str) -> str:
    """`text` with each character no font can show written out by its name in brackets."""
    bad = fonts.unprintable(text)
    for char in bad:
        name = unicodedata.name(char, f"U+{ord(char):04X}").lower()
        text = text.replace(char, "" if unicodedata.combining(char) else f"[{name}]")
    return text
