"""Files to be uploaded one by one: pictures cleaned, pages cut out of a bundle or drawn."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image

from disputedesk.media.pdfium import LOCK
from disputedesk.media.pictures import DAMAGED, FORMATS
from disputedesk.papers.packets import shrinking
from disputedesk.papers.packets.shrinking import Wish
from disputedesk.papers.pdf.jpeg import bare_jpeg

_CLEAN: Final = 93
"""JPEG's quality where a picture only has to be turned or written in another format."""

_PAGE_QUALITY: Final = 80
_ORIENTATION: Final = 0x0112
_LARGEST_SIDE: Final = 6_000


def sheets_of(path: Path) -> int:
    """How many pictures a file holds; 0 where it cannot be read."""
    try:
        with Image.open(path, formats=FORMATS) as image:
            return getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    except DAMAGED:
        return 0


def clean_picture(path: Path, target: Path, taken: Sequence[str]) -> Path | None:
    """A picture without what travels along with it, beside `target`, in a format that is taken.

    The coded points of an upright JPEG are not touched; a PNG loses nothing.

    Returns:
        Where it is; `None` where it cannot be read, or no picture is taken.
    """
    if not {"jpg", "png"}.intersection(taken):
        return None
    try:
        with Image.open(path, formats=FORMATS) as image:
            kind, turn = image.format, image.getexif().get(_ORIENTATION, 1)
        if kind == "JPEG" and turn == 1 and "jpg" in taken:
            data = path.read_bytes()
            bare = bare_jpeg(data)
            if bare is not None:
                parts = [data[begin:end] for begin, end in bare.ranges]
                return _written(target, b"".join(parts), "jpg")
        picture = shrinking.read_sheets(path)[0]
    except DAMAGED:
        return None
    lossless = "png" in taken and (kind != "JPEG" or "jpg" not in taken)
    wish = Wish(1.0, 0 if lossless else _CLEAN)
    if lossless:
        data, ending = shrinking.coded(picture, wish)
    else:
        data, ending = shrinking.as_jpeg(picture, wish), "jpg"
    return _written(target, data, ending)


def _written(target: Path, data: bytes, ending: str) -> Path:
    made = target.with_suffix(f".{ending}")
    made.write_bytes(data)
    return made


def cut_pages(bundle: Path, pages: Sequence[int], target: Path, title: str) -> None:
    """Writes these pages of a bundle, from 1, as a PDF of their own that says whose they are."""
    import pikepdf

    with pikepdf.open(bundle) as source:
        cut = pikepdf.new()
        for page in pages:
            cut.pages.append(source.pages[page - 1])
        language = str(source.Root.get("/Lang", "en"))
        cut.Root.Lang = language
        cut.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        was, info = source.docinfo, cut.docinfo
        info["/Title"] = title
        info["/Producer"] = "DisputeDesk"
        info["/CreationDate"] = str(was["/CreationDate"])
        info["/ModDate"] = str(was["/ModDate"])
        info["/DeskPages"] = str(was["/DeskBundle"])
        with cut.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
            told["dc:title"] = title
            told["dc:language"] = {language}
            told["pdf:Producer"] = "DisputeDesk"
        cut.save(target, deterministic_id=True, compress_streams=True)


def page_pictures(path: Path, dpi: int) -> list[Path]:
    """The pages of a PDF of our own as JPEG pictures beside it."""
    import pypdfium2

    found = []
    with LOCK:
        document = pypdfium2.PdfDocument(path)
        try:
            for number in range(len(document)):
                page = document[number]
                scale = min(dpi / 72, _LARGEST_SIDE / max(page.get_size()))
                picture = page.render(scale=scale).to_pil().convert("RGB")
                out = io.BytesIO()
                picture.save(out, "JPEG", quality=_PAGE_QUALITY, optimize=True, subsampling=0,
                             dpi=(dpi, dpi))  # fmt: skip
                made = path.with_name(f"{path.stem}-{number + 1}.jpg")
                made.write_bytes(out.getvalue())
                found.append(made)
        finally:
            document.close()
    return found
