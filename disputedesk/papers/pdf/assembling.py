"""The files of a bundle: what lies on its sheets, links, outline, description, then the bytes."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from disputedesk.common.texts import mark, tr
from disputedesk.papers.bundle import BundleExhibit, BundleOrder, BundlePart
from disputedesk.papers.pdf.ahead import Ahead
from disputedesk.papers.pdf.archival import not_archival
from disputedesk.papers.pdf.attaching import attach
from disputedesk.papers.pdf.blobs import Slots, write_with_blobs
from disputedesk.papers.pdf.describing import describe
from disputedesk.papers.pdf.exhibits import caption_of
from disputedesk.papers.pdf.foreign import ForeignPage, strip_extras
from disputedesk.papers.pdf.index import sectioned
from disputedesk.papers.pdf.overlay import lay_over
from disputedesk.papers.pdf.picture_pages import PicturePart
from disputedesk.papers.pdf.settling import Settled
from disputedesk.papers.plan import RunKind

_WORDS: Final = {
    RunKind.COVER: mark("Cover, page {page}"),
    RunKind.LETTER: mark("Letter, page {page}"),
    RunKind.INDEX: mark("Index, page {page}"),
    RunKind.CHRONOLOGY: mark("Chronology, page {page}"),
    RunKind.MANIFEST: mark("Manifest, page {page}"),
}


class NotArchivalError(Exception):
    """Pages that were about to be called PDF/A are none.

    Attributes:
        why: In sentences.
    """

    def __init__(self, why: tuple[str, ...]) -> None:
        super().__init__(*why)
        self.why = why


def assemble(
    order: BundleOrder, settled: Settled, room: Path, target: Path, ahead: Ahead | None = None
) -> tuple[BundlePart, ...]:
    """Writes every part of a settled bundle; each appears whole or not at all.

    Args:
        order: What was asked for.
        settled: Its sheets and pages.
        room: A folder on the same disk for what is not finished.
        target: Where a bundle in one piece goes; the parts of one in several go beside it.
        ahead: The file of a bundle in one piece, with what was written into it before.

    Raises:
        NotArchivalError: It says that it is PDF/A, and is not; nothing was written.
    """
    spans = settled.parts
    finished: list[tuple[Path, BundlePart]] = []
    for part, (first, last) in enumerate(spans, 1):
        name = target.name
        if len(spans) > 1:
            name = f"{target.stem}-part-{part}-of-{len(spans)}{target.suffix}"
        made = room / f"part-{part}"
        begun = ahead if len(spans) == 1 else None
        size = _Part(order, settled, part).write(room / "skeleton", made, begun)
        finished.append((made, BundlePart(target.with_name(name), first, last, size)))
    for made, told in finished:
        made.replace(told.path)
    return tuple(told for _, told in finished)


def _sync(out: BinaryIO) -> None:
    out.flush()
    os.fsync(out.fileno())


class _Part:
    """One file of a bundle while it is put together."""

    def __init__(self, order: BundleOrder, settled: Settled, part: int) -> None:
        self._order = order
        self._settled = settled
        self._part = part
        self._first, self._last = settled.parts[part - 1]

    def write(self, skeleton: Path, target: Path, ahead: Ahead | None) -> int:
        """Writes the file and gives its size; `ahead` becomes it if there is one."""
        import pikepdf

        with (
            pikepdf.open(io.BytesIO(self._settled.document)) as document,
            pikepdf.open(io.BytesIO(self._settled.letter)) if self._settled.letter
            else pikepdf.new() as letter,
        ):  # fmt: skip
            self._cut(document)
            slots = Slots(document)
            self._lay(document, slots)
            self._lay_letter(document, letter)
            strip_extras(document)
            if self._order.attach:
                attach(document, slots, self._order, self._items())
            self._link(document)
            self._bookmark(document)
            describe(document, self._order, self._settled, self._part)
            against = () if self._settled.not_archival else not_archival(document)
            if against:
                raise NotArchivalError(against)
            saved = io.BytesIO()  # a full disk under qpdf itself would end the whole program
            document.save(
                saved, deterministic_id=True, compress_streams=True, min_version="1.7",
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )  # fmt: skip
        skeleton.write_bytes(saved.getvalue())
        if ahead is not None and ahead.holds_only(slots.blobs):
            size = write_with_blobs(skeleton, slots.blobs, ahead.out, ahead)
            _sync(ahead.out)
            ahead.out.close()
            ahead.path.replace(target)
            return size
        with target.open("wb") as out:
            size = write_with_blobs(skeleton, slots.blobs, out)
            _sync(out)
        return size

    def _cut(self, document: Any) -> None:
        """Leaves the pages of this part."""
        del document.pages[self._last :]
        del document.pages[: self._first - 1]

    def _lay(self, document: Any, slots: Slots) -> None:
        """Puts pictures and foreign pages on their sheets."""
        import pikepdf

        laid = self._settled.in_order()[self._first - 1 : self._last]
        for number, (page, (_, over)) in enumerate(zip(document.pages, laid, strict=True), 1):
            if isinstance(over, PicturePart):
                name = pikepdf.Name(f"/DeskPicture{number}")
                slot = slots.slot(over.picture.blob, over.picture.entries)
                page.add_resource(slot, pikepdf.Name.XObject, name)
                page.contents_add(over.drawing(str(name)), prepend=True)
            elif isinstance(over, ForeignPage):
                lay_over(page, over.page, over.box, f"/DeskPage{number}")

    def _items(self) -> list[BundleExhibit]:
        """The exhibits of this file."""
        spans = self._settled.spans
        return [each.item for each in self._settled.sets
                if self._first <= spans[each.item.exhibit.number][0] <= self._last]  # fmt: skip

    def _lay_letter(self, document: Any, letter: Any) -> None:
        for run, first in self._settled.plan.placed():
            if run.kind is RunKind.LETTER and self._first <= first <= self._last:
                for at, page in enumerate(letter.pages):
                    sheet = document.pages[first - self._first + at]
                    box = (0.0, 0.0, float(sheet.mediabox[2]), float(sheet.mediabox[3]))
                    lay_over(sheet, page, box, f"/DeskLetter{at + 1}")

    def _link(self, document: Any) -> None:
        """A link over each line of an index to the page it names, if that is in this file."""
        import pikepdf

        laid = self._settled.in_order()[self._first - 1 : self._last]
        for page, (sheet, _) in zip(document.pages, laid, strict=True):
            for number, box in sheet.noted:
                first = self._settled.spans[number][0]
                if not self._first <= first <= self._last:
                    continue
                annotation = pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Link,
                    Rect=[round(side, 2) for side in box],
                    Border=[0, 0, 0],
                    F=4,
                    Dest=self._top_of(document, first),
                )
                if "/Annots" not in page:
                    page.Annots = pikepdf.Array()
                page.Annots.append(document.make_indirect(annotation))

    def _top_of(self, document: Any, page: int) -> Any:
        """The head of a page, in the size the reader has chosen."""
        import pikepdf

        sheet = document.pages[page - self._first]
        return pikepdf.Array([sheet.obj, pikepdf.Name.XYZ, 0, float(sheet.mediabox[3]), 0])

    def _bookmark(self, document: Any) -> None:
        """An outline with the page number in every line; exhibits stand under their section."""
        import pikepdf

        with document.open_outline() as outline:
            for title, page, children in self._entries():
                entry = pikepdf.OutlineItem(title, self._top_of(document, page))
                entry.children.extend(
                    pikepdf.OutlineItem(told, self._top_of(document, first))
                    for told, first in children
                )
                outline.root.append(entry)

    def _entries(self) -> list[tuple[str, int, list[tuple[str, int]]]]:
        """Words and page of each line of the outline, with the lines under it."""
        entries: list[tuple[str, int, list[tuple[str, int]]]] = []
        sections = self._sections()
        for run, page in self._settled.plan.placed():
            if not self._first <= page <= self._last:
                continue
            if run.kind is RunKind.EXHIBIT:
                if run.number in sections:
                    title = sections[run.number]
                    entries.append(
                        (tr("{section}, page {page}", section=title, page=page), page, [])
                    )
                entries[-1][2].append((self._exhibit_words(run.number, page), page))
            elif run.kind is RunKind.INDEX and run.number > 1:
                entries.append((tr("Index of added exhibits, page {page}", page=page), page, []))
            else:
                entries.append((tr(_WORDS[run.kind], page=page), page, []))
        return entries

    def _sections(self) -> Mapping[int, str]:
        """The words of each section of this file, by the number of its first exhibit."""
        spans = self._settled.spans
        mine = [each for each in self._settled.sets
                if self._first <= spans[each.item.exhibit.number][0] <= self._last]  # fmt: skip
        return {run[0].item.exhibit.number: words for words, run in sectioned(mine)}

    def _exhibit_words(self, number: int, page: int) -> str:
        (item,) = [s.item for s in self._settled.sets if s.item.exhibit.number == number]
        return tr("Exhibit {number}: {caption}, page {page}", number=number,
                  caption=caption_of(item), page=page)  # fmt: skip
