"""The copy: each page of the bank drawn as it is seen, our sheet over it, and nothing live left."""

from __future__ import annotations

import io
from collections.abc import Collection
from typing import Any, Final

from disputedesk.media.pdf_bounds import shown_box
from disputedesk.papers.bankform.fields import field_key
from disputedesk.papers.bankform.opening import opened_form, shown_size
from disputedesk.papers.pdf.foreign import strip_extras
from disputedesk.papers.pdf.overlay import lay_over

_LIVE: Final = frozenset({
    "/AcroForm", "/Annots", "/AA", "/JS", "/JavaScript", "/OpenAction", "/EmbeddedFiles",
    "/XFA", "/Launch", "/RichMedia",
})  # fmt: skip
_OFF: Final = "/Off"


class LiveError(Exception):
    """A copy that would still act; a fault of ours, never of the form."""


def flattened(
    data: bytes, name: str, layer: bytes, *, kept: Collection[object], off: Collection[str]
) -> bytes:
    """The bank's pages under the sheets of `layer`, as a new PDF.

    Args:
        data: The bank's PDF.
        name: What it is called, for messages.
        layer: A PDF with a sheet for each page, as large as the page is shown.
        kept: Keys of the fields whose own drawing is taken over.
        off: Names of fields somebody answers; their own boxes are drawn without a tick.

    Raises:
        Refused: The bank's PDF cannot be used.
    """
    import pikepdf

    with opened_form(data, name) as source, pikepdf.open(io.BytesIO(layer)) as copy:
        _draw_fields(source, kept, off)
        for number, (page, sheet) in enumerate(zip(source.pages, copy.pages, strict=True), 1):
            left, bottom, right, top = shown_box(page)
            page.TrimBox = pikepdf.Array([left, bottom, right, top])
            width, height = shown_size(page)
            lay_over(sheet, page, (0, 0, width, height), f"/BankPage{number}")
        strip_extras(copy)
        out = io.BytesIO()
        copy.remove_unreferenced_resources()
        copy.save(out, deterministic_id=True, compress_streams=True)
    _refuse_live(out.getvalue())
    return out.getvalue()


def _draw_fields(source: Any, kept: Collection[object], off: Collection[str]) -> None:
    """Draws onto the pages what the fields that are kept show, and comments; drops the others."""
    import pikepdf

    for number, page in enumerate(source.pages, 1):
        notes = page.obj.get("/Annots")
        if not isinstance(notes, pikepdf.Array):
            continue
        staying = []
        for each in notes:
            if not isinstance(each, pikepdf.Dictionary):
                continue
            if each.get("/Subtype") != "/Widget":
                staying.append(each)
                continue
            key = field_key(each, page, number)
            if key is None or key not in kept:
                continue
            if key[0] in off and "/AS" in each:
                each["/AS"] = pikepdf.Name(_OFF)
            staying.append(each)
        page.obj["/Annots"] = pikepdf.Array(staying)
    if "/AcroForm" in source.Root and "/NeedAppearances" in source.Root.AcroForm:
        del source.Root.AcroForm["/NeedAppearances"]
    source.flatten_annotations("screen")


def _refuse_live(made: bytes) -> None:
    """Does nothing for a copy in which nothing acts and nothing can be filled in.

    Raises:
        LiveError: Something does.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(made)) as copy:
        for each in copy.objects:
            if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
                left = _LIVE.intersection(each.keys())
                if left:
                    message = f"the copy still has {', '.join(sorted(left))}"
                    raise LiveError(message)
