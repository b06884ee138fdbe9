"""Exhibits' files made smaller: pictures whole, PDFs by their pictures, and page by page at last.

What is made is a file of its own beside the sealed one, which nothing here touches. Words of a
PDF stay words as long as its pictures can be made smaller; only where they cannot, or where colours
must go, are its pages drawn.
"""

from __future__ import annotations

import base64
import dataclasses
import io
import zlib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageChops

from disputedesk.media.pdfium import LOCK
from disputedesk.media.pictures import DAMAGED, MOST_POINTS
from disputedesk.papers.packets import shrinking
from disputedesk.papers.packets.placed import Placed, placed_pictures
from disputedesk.papers.packets.profile import Colour
from disputedesk.papers.packets.shrinking import Wish

_GAIN: Final = 0.97
"""A picture is only replaced where it becomes at least so much smaller, or must change."""

_BANDS: Final = {"/DeviceGray": 1, "/DeviceRGB": 3}
_MOST_DRAWN: Final = 400
_LARGEST_SIDE: Final = 6_000
_GLANCE: Final = 0.7
_GLANCE_SIDE: Final = 1_500
_TINT: Final = 24
"""How far colours of a point differ at least before it is no grey to the eye."""


@dataclasses.dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of one exhibit's pictures.

    Attributes:
        dpi: Points to the inch at most, where they are printed; `None` leaves them.
        shown: The points to the inch its densest picture is printed with now.
        by_page: Of a PDF the same for each page that shows any; a page may be printed smaller
            than it is.
        must: Whether pictures change even where that makes no file smaller.
    """

    dpi: float | None
    quality: int
    colour: Colour = Colour.ANY
    sharp: bool = True
    most_pixels: int | None = None
    shown: float = 0.0
    by_page: tuple[tuple[int, float], ...] = ()
    must: bool = False

    def wish(self, shown: float) -> Wish:
        """How a picture that is printed with `shown` points to the inch shall come out."""
        scale = 1.0 if self.dpi is None or shown <= self.dpi else self.dpi / shown
        return Wish(scale, self.quality, self.colour, self.sharp, self.most_pixels)


def press_picture(path: Path, target: Path, ask: Ask) -> Path | None:
    """The picture made smaller, beside `target`; of a scan of several sheets a PDF.

    Returns:
        Where it is; `None` where it cannot be read or would not become smaller.
    """
    try:
        sheets = [shrinking.shrunk(sheet, ask.wish(ask.shown))
                  for sheet in shrinking.read_sheets(path)]  # fmt: skip
    except DAMAGED:
        return None
    wish = ask.wish(ask.shown)
    if len(sheets) > 1:
        data, ending = _bound(sheets, wish, ask.dpi or ask.shown), "pdf"
    else:
        data, ending = shrinking.coded(sheets[0], wish)
    if not ask.must and len(data) > path.stat().st_size * _GAIN:
        return None
    made = target.with_suffix(f".{ending}")
    made.write_bytes(data)
    return made


def _bound(sheets: list[Any], wish: Wish, dpi: float) -> bytes:
    """Several pictures as the pages of one PDF, each as large as its points make it."""
    import pikepdf

    document = pikepdf.new()
    for sheet in sheets:
        size = tuple(side * 72 / max(dpi, 72.0) for side in sheet.size)
        _draw(document, sheet, wish, size)
    return _saved(document)


def _draw(document: Any, image: Any, wish: Wish, size: tuple[float, ...]) -> None:
    """Adds a page that is one picture."""
    import pikepdf

    width, height = size
    page = document.add_blank_page(page_size=(width, height))
    page.Contents = pikepdf.Stream(document, f"{width:.3f} 0 0 {height:.3f} 0 0 cm /I Do".encode())
    page.add_resource(_stored(document, image, wish), pikepdf.Name.XObject, pikepdf.Name.I)


def _stored(document: Any, image: Any, wish: Wish) -> Any:
    """The picture as a PDF keeps it: two tones packed, everything else as JPEG."""
    import pikepdf

    if image.mode == "1":
        stream = pikepdf.Stream(document, zlib.compress(image.tobytes(), 9))
        told: dict[str, Any] = {"/Filter": pikepdf.Name.FlateDecode, "/BitsPerComponent": 1,
                                "/ColorSpace": pikepdf.Name.DeviceGray}  # fmt: skip
    else:
        space = pikepdf.Name.DeviceGray if image.mode == "L" else pikepdf.Name.DeviceRGB
        stream = pikepdf.Stream(document, shrinking.as_jpeg(image, wish))
        told = {"/Filter": pikepdf.Name.DCTDecode, "/BitsPerComponent": 8, "/ColorSpace": space}
    told |= {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image,
             "/Width": image.width, "/Height": image.height}  # fmt: skip
    for name, value in told.items():
        stream[name] = value
    return document.make_indirect(stream)


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out, deterministic_id=True, compress_streams=True)
    return out.getvalue()


def press_pdf(path: Path, target: Path, ask: Ask) -> tuple[Path | None, bool]:
    """The PDF with its pictures made smaller, beside `target`, its words untouched.

    Args:
        path: A PDF that the writer of bundles has read already.
        target: Where it is put, with its own ending.
        ask: What is asked of its pictures.

    Returns:
        Where it is, `None` where nothing became smaller; and whether every picture that had to
        change did.
    """
    import pikepdf

    complete = True
    changed = False
    with pikepdf.open(path, suppress_warnings=True) as document:
        pictures = placed_pictures(document)
        enlarged = _enlarged(pictures, ask)
        for placed in pictures:
            done = _replace(document, placed.stream, ask, placed.dpi * enlarged[placed.page])
            complete = complete and done is not None
            changed = changed or bool(done)
        if not changed:
            return None, complete
        data = _saved(document)
    if not ask.must and len(data) > path.stat().st_size * _GAIN:
        return None, complete
    made = target.with_suffix(".pdf")
    made.write_bytes(data)
    return made, complete


def _enlarged(pictures: Sequence[Placed], ask: Ask) -> dict[int, float]:
    """By how much each page's points to the inch grow, because it is printed smaller."""
    own: dict[int, float] = {}
    for placed in pictures:
        own[placed.page] = max(own.get(placed.page, 0.0), placed.dpi)
    shown = dict(ask.by_page)
    return {page: max(1.0, shown.get(page, dpi) / dpi) for page, dpi in own.items()}


def _replace(document: Any, stream: Any, ask: Ask, shown: float) -> bool | None:
    """Puts a smaller picture in a picture's place.

    Returns:
        Whether it was replaced; `None` where it would have had to be and cannot.
    """
    wish = ask.wish(shown)
    due = ask.must and (wish.scale < 1.0 or ask.colour is not Colour.ANY)
    image = _image_of(stream)
    if image is None:
        return None if due else False
    made = shrinking.shrunk(image, wish)
    if made.mode == image.mode and made.size == image.size and not wish.quality:
        return False
    new = _stored(document, made, wish)
    if not due and int(new.get("/Length", 0)) > int(stream.get("/Length", 0)) * _GAIN:
        return False
    told = {name: new[name] for name in new.keys() if name not in {"/Length", "/Filter"}}  # noqa: SIM118 - a PDF's dictionary iterates otherwise
    for name in ("/DecodeParms", "/Decode", "/Intent", "/Metadata", "/Interpolate"):
        if name in stream:
            del stream[name]
    stream.write(new.read_raw_bytes(), filter=new["/Filter"])
    for name, value in told.items():
        stream[name] = value
    return True


def _image_of(stream: Any) -> Any:
    """The picture of a stream in a kind that can be put back safely; `None` for any other."""
    width, height = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
    odd = any(name in stream for name in ("/Mask", "/ImageMask", "/Decode", "/F"))
    if odd or width * height > MOST_POINTS:
        return None
    if "/SMask" in stream and "/Matte" in stream["/SMask"]:
        return None
    try:
        coding, data = _unwrapped(stream)
        if coding == "/DCTDecode":
            return _of_jpeg(data, _space(stream))
        if coding == "/FlateDecode" and _unpacks_to(data, stream):
            return _of_flate(stream)
    except DAMAGED:
        return None
    return None


def _unwrapped(stream: Any) -> tuple[str, bytes]:
    """A picture's coding and its bytes, taken out of the letters that some programs write."""
    import pikepdf

    filters = stream.get("/Filter", "")
    names = [str(each) for each in (filters if isinstance(filters, pikepdf.Array) else [filters])]
    data = bytes(stream.read_raw_bytes())
    if names[0] == "/ASCII85Decode" and len(names) == 2:
        return names[1], base64.a85decode(b"".join(data.split()).removesuffix(b"~>"))
    return (names[0], data) if len(names) == 1 else ("", b"")


def _space(stream: Any) -> str:
    """The name of a picture's colours."""
    import pikepdf

    space = stream.get("/ColorSpace", "")
    return str(space[0]) if isinstance(space, pikepdf.Array) else str(space)


def _of_jpeg(data: bytes, space: str) -> Any:
    """A JPEG of grey or plain colours; others have colours that depend on what lies around them."""
    if space not in {*_BANDS, "/ICCBased", "/CalRGB", "/CalGray"}:
        return None
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
        if image.width * image.height > MOST_POINTS or image.mode not in {"L", "RGB"}:
            return None
        image.load()
        return image.copy()


def _unpacks_to(data: bytes, stream: Any) -> bool:
    """Whether packed points unpack to no more than the picture's size says."""
    bands = max(_BANDS.values())
    rows = int(stream.Height) * (int(stream.Width) * bands + 1)
    unpacker = zlib.decompressobj()
    try:
        unpacker.decompress(data, rows)
    except zlib.error:
        return False
    return not unpacker.unconsumed_tail


def _of_flate(stream: Any) -> Any:
    """Points that were packed without loss, as grey or colour."""
    import pikepdf

    if int(stream.get("/BitsPerComponent", 8)) > 8 or _space(stream) not in {*_BANDS, "/Indexed"}:
        return None
    try:
        image = pikepdf.PdfImage(stream).as_pil_image()
    except pikepdf.models.image.UnsupportedImageTypeError:
        return None
    return image.convert("L" if image.mode in {"1", "L"} else "RGB")


def draw_pages(path: Path, target: Path, ask: Ask, pages: Collection[int] | None = None) -> Path:
    """The PDF with its pages drawn as pictures, beside `target`: the last resort.

    Args:
        path: A PDF that the writer of bundles has read already.
        target: Where it is put, with its own ending.
        ask: Points to the inch and colours.
        pages: Which, from 1; `None` for all.
    """
    import pikepdf
    import pypdfium2

    dpi = ask.dpi or 150.0
    out = pikepdf.new()
    with LOCK, pikepdf.open(path, suppress_warnings=True) as source:
        document = pypdfium2.PdfDocument(path)
        try:
            for number in range(min(len(document), _MOST_DRAWN)):
                if pages is not None and number + 1 not in pages:
                    out.pages.append(source.pages[number])
                    continue
                page = document[number]
                width, height = page.get_size()
                scale = min(dpi / 72, _LARGEST_SIDE / max(width, height))
                image = page.render(scale=scale, draw_annots=True).to_pil().convert("RGB")
                made = shrinking.shrunk(image, ask.wish(0.0))
                _draw(out, made, ask.wish(0.0), (width, height))
        finally:
            document.close()
        data = _saved(out)
    made_at = target.with_suffix(".pdf")
    made_at.write_bytes(data)
    return made_at


def coloured_pages(path: Path) -> tuple[int, ...]:
    """The pages of a PDF on which something is neither black, grey nor white, from 1."""
    import pypdfium2

    found = []
    with LOCK:
        document = pypdfium2.PdfDocument(path)
        try:
            for number in range(min(len(document), _MOST_DRAWN)):
                page = document[number]
                scale = min(_GLANCE, _GLANCE_SIDE / max(page.get_size()))
                image = page.render(scale=scale, draw_annots=True).to_pil().convert("RGB")
                if _has_colour(image):
                    found.append(number + 1)
        finally:
            document.close()
    return tuple(found)


def _has_colour(image: Image.Image) -> bool:
    """Whether some point of a picture is far from grey."""
    red, green, blue = image.split()
    pairs = ((red, green), (green, blue))
    return any(sum(ImageChops.difference(one, other).histogram()[_TINT:]) for one, other in pairs)
