"""Exhibits as pages: PDFs as they are seen, pictures upright and unchanged, mails and texts set."""

from __future__ import annotations

import contextlib
import dataclasses
from typing import TypeAlias

from reportlab.platypus import Flowable, Spacer
from reportlab.platypus.flowables import HRFlowable

from disputedesk.common.cleaning import clean_line
from disputedesk.common.secrets import mask_text
from disputedesk.common.texts import tr
from disputedesk.media.words import PrintedText, read_mail, read_page, read_text
from disputedesk.papers import spoken
from disputedesk.papers.bundle import BundleExhibit
from disputedesk.papers.paper import Paper
from disputedesk.papers.pdf.blobs import Spool
from disputedesk.papers.pdf.foreign import ForeignPage, ForeignPdf, open_foreign
from disputedesk.papers.pdf.passing import Passing
from disputedesk.papers.pdf.picture_pages import PicturePart, picture_parts
from disputedesk.papers.pdf.pictures import Picture, Unprintable, read_pictures
from disputedesk.papers.pdf.printable import printable
from disputedesk.papers.pdf.sheets import Sheet, Sheets
from disputedesk.papers.pdf.text import RULE, Plain, TextStyle, labelled, para

Over: TypeAlias = PicturePart | ForeignPage | None
"""What is put on a sheet once all sheets are in order; `None` for what is set already."""


@dataclasses.dataclass(frozen=True, slots=True)
class ExhibitSet:
    """One exhibit as sheets.

    Attributes:
        sheets: Its sheets, each with what is put on it.
        remark: What the index says about its pages; empty where they speak for themselves.
        size: About how many bytes it adds to a file.
        not_archival: Why what is printed of it is no PDF/A, in sentences.
    """

    item: BundleExhibit
    sheets: tuple[tuple[Sheet, Over], ...]
    remark: str = ""
    size: int = 0
    not_archival: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """How many sheets it takes."""
        return len(self.sheets)


class Setter:
    """Sets exhibits on the sheets of a bundle; foreign PDFs stay open until `room` is left.

    Args:
        sheets: Where they are set.
        paper: The sheet.
        language: Code of the bundle's language.
        spool: Takes what must be decoded.
        passing: Reads what may be passed through as it is.
        room: Closes what is opened here.
        attach: Whether the files travel along inside the PDF.
    """

    def __init__(
        self,
        sheets: Sheets,
        paper: Paper,
        language: str,
        *,
        spool: Spool,
        passing: Passing,
        room: contextlib.ExitStack,
        attach: bool = False,
    ) -> None:
        self._sheets = sheets
        self._paper = paper
        self._language = language
        self._spool = spool
        self._passing = passing
        self._room = room
        self._attach = attach
        self._pictures: dict[str, tuple[Picture, ...]] = {}
        self._foreign: dict[str, ForeignPdf] = {}

    def set(self, item: BundleExhibit) -> ExhibitSet:
        """One exhibit as sheets; a file that cannot be printed is named on a page.

        Raises:
            Refused: A PDF among the exhibits shows a full card number; names exhibit and page.
        """
        if item.exhibit.withdrawn_at is not None:
            return self._withdrawn(item)
        try:
            made = self._printed(item)
        except Unprintable as why:
            made = self._not_printable(item, str(why))
        if item.exhibit.copy is None:
            return made
        redacted = tr("redacted copy; the original is kept by the sender")
        remark = f"{redacted}; {made.remark}" if made.remark else redacted
        return dataclasses.replace(made, remark=remark)

    def _printed(self, item: BundleExhibit) -> ExhibitSet:
        media = item.shown_type
        if not item.shown.stat().st_size:
            raise Unprintable(tr("This file is empty."))
        if media == "application/pdf":
            return self._pdf(item)
        if media.startswith("image/"):
            return self._picture(item)
        if media == "message/rfc822":
            return self._text(item, read_mail(item.shown))
        if media in {"text/html", "application/xhtml+xml"}:
            return self._text(item, read_page(item.shown))
        if media.startswith("text/"):
            return self._text(item, read_text(item.shown))
        raise Unprintable(tr("A file of this kind cannot be printed."))

    def _head(self, item: BundleExhibit) -> list[Flowable]:
        """Number, caption and origin above an exhibit."""
        exhibit = item.exhibit
        title = tr("Exhibit {number}: {caption}", number=exhibit.number, caption=caption_of(item))
        lines: list[Flowable] = [
            Plain(title, TextStyle(size=12, leading=15, bold=True, after=2), place="exhibit")
        ]
        if exhibit.proves:
            proves = mask_text(printable(clean_line(exhibit.proves)))
            lines.append(Plain(proves, TextStyle(size=9, leading=12, after=2), place="exhibit"))
        origin = origin_of(item, self._language, exact=True)
        small = TextStyle(size=8, leading=10, faint=True, after=0)
        lines.append(Plain(origin, small, place="exhibit"))
        lines.append(HRFlowable("100%", 0.5, color=RULE, spaceBefore=3, spaceAfter=0))
        return lines

    def _picture(self, item: BundleExhibit) -> ExhibitSet:
        key = f"{item.exhibit.outgoing.sha256} {item.stand_in or ''}"
        if key not in self._pictures:
            self._pictures[key] = read_pictures(item.shown, self._spool, self._passing.read)
            self._passing.write(self._pictures[key])
        pictures = self._pictures[key]
        sheets = self._sheets
        first, later = self._head(item), _continued(item)
        heights = (sheets.height_of(first), sheets.height_of(later))
        parts = picture_parts(pictures, sheets.frame, heights)
        heads = [sheets.headed(later if at else first) for at in range(len(parts))]
        size = sum(picture.blob.length for picture in pictures)
        remark = tr("picture, no text to search")
        against: tuple[str, ...] = ()
        if any(picture.entries["/ColorSpace"] == "/DeviceCMYK" for picture in pictures):
            against = (tr("A picture or drawing in it is made of printing inks."),)
        return ExhibitSet(item, tuple(zip(heads, parts, strict=True)), remark, size, against)

    def _pdf(self, item: BundleExhibit) -> ExhibitSet:
        key = f"{item.exhibit.outgoing.sha256} {item.stand_in or ''}"
        if key not in self._foreign:
            opened = open_foreign(item, self._paper)
            self._room.enter_context(opened.source)
            self._foreign[key] = opened
        foreign = self._foreign[key]
        placed = tuple((self._sheets.blank(page.size), page) for page in foreign.pages)
        size = item.shown.stat().st_size
        return ExhibitSet(item, placed, _without_words(foreign), size, foreign.not_archival)

    def _text(self, item: BundleExhibit, text: PrintedText, remark: str = "") -> ExhibitSet:
        """A mail or text over as many pages as it takes."""
        flow: list[Flowable] = [*self._head(item), Spacer(0, 8)]
        style = TextStyle(size=9, leading=12, after=1)
        flow += [labelled(name, printable(value), style, place=name) for name, value in text.rows]
        if text.rows:
            flow.append(Spacer(0, 6))
        body = TextStyle(size=9.5, leading=13, after=1)
        for line in text.body.split("\n"):
            flow.append(para(printable(line), body, place="text") if line else Spacer(0, 6))
        if text.was_cut:
            left = tr("The rest is left out here; the file itself holds it.")
            flow.append(
                para(left, TextStyle(size=9, leading=12, before=6, bold=True), place="text")
            )
        return ExhibitSet(item, tuple((sheet, None) for sheet in self._sheets.flow(flow)), remark)

    def _not_printable(self, item: BundleExhibit, why: str) -> ExhibitSet:
        """A page that names a file no page can be made of."""
        evidence = item.exhibit.outgoing
        rows = (
            (tr("File"), item.file_name),
            (tr("Kind"), evidence.media_type),
            (tr("Size"), tr("{count} bytes", count=spoken.number(evidence.size, self._language))),
            ("SHA-256", evidence.sha256),
        )
        if self._attach:
            said = tr("File enclosed in this PDF, not printable.")
            remark = tr("file enclosed, not printable")
        else:
            said = tr("File not printable; it is kept unchanged and can be sent separately.")
            remark = tr("file not printable, can be sent separately")
        return self._text(item, PrintedText(rows, f"{said} {why}", was_cut=False), remark)

    def _withdrawn(self, item: BundleExhibit) -> ExhibitSet:
        """The page of an exhibit that was sent and taken out since; its number stays taken."""
        at = item.exhibit.withdrawn_at
        assert at is not None
        day = spoken.day(at.date(), self._language)
        told = tr("This exhibit was withdrawn on {day}. Its number is not used again.", day=day)
        remark = tr("withdrawn on {day}", day=day)
        return self._text(item, PrintedText((), told, was_cut=False), remark)


def caption_of(item: BundleExhibit) -> str:
    """What is seen on an exhibit, one printable line; its file's name where nobody said it."""
    exhibit = item.exhibit
    caption = clean_line(exhibit.caption) or clean_line(exhibit.evidence.name)
    return mask_text(printable(caption))


def origin_of(item: BundleExhibit, language: str, *, exact: bool) -> str:
    """The file's name, and when it was made according to whom; the instant or only the day."""
    name = mask_text(printable(clean_line(item.exhibit.outgoing.name)))
    evidence = item.exhibit.evidence
    at = item.exhibit.captured
    if at is None:
        return tr("{name} · date not known", name=name)
    when = spoken.instant(at, language) if exact else spoken.day(at.date(), language)
    told = {"mail": tr("mail of {when}", when=when), "clipboard": tr("captured {when}", when=when),
            "exif": tr("taken {when}, as the picture says", when=when)}  # fmt: skip
    usual = tr("file of {when}", when=when)
    return f"{name} · {told.get(evidence.captured_from, usual)}"


def _without_words(foreign: ForeignPdf) -> str:
    """What the index says of a PDF whose pages are pictures."""
    if not foreign.wordless:
        return ""
    if foreign.wordless == len(foreign.pages):
        return tr("scanned pages without text to search")
    return tr("some pages are scanned, without text to search")


def _continued(item: BundleExhibit) -> list[Flowable]:
    """The head of an exhibit's later pages."""
    told = tr("Exhibit {number}, continued", number=item.exhibit.number)
    return [Plain(told, TextStyle(size=8, leading=10, faint=True, after=0), place="exhibit")]
