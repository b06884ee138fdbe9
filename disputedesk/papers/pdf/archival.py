"""What keeps a PDF from being PDF/A-2b: our own look at it before the file claims to be one.

This is no validator. It looks for what archives refuse most: fonts that are not embedded, scripts
and other live things, colours without a meaning, old codings. A file without any of it says that it
was prepared as PDF/A; any other says nothing, and its bundle works all the same.

Source: ISO 19005-2:2011, clauses 6.1 to 6.6.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any, Final

from disputedesk.common.texts import tr

_FONTS: Final = frozenset({"/Type1", "/MMType1", "/TrueType", "/CIDFontType0", "/CIDFontType2"})
_EMBEDDED: Final = ("/FontFile", "/FontFile2", "/FontFile3")
_LIVE: Final = frozenset({
    "/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide",
    "/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView", "/URI", "/SubmitForm", "/GoToR",
})  # fmt: skip
_OLD_CODINGS: Final = frozenset({"/LZWDecode", "/LZW", "/Crypt", "/JPXDecode"})
_INKS: Final = "/DeviceCMYK"
_INK_OPERATOR: Final = re.compile(rb"(?:[\d.+-]+\s+){4}[kK](?=\s|$)")
_PRINTED: Final = 4
"""The flag of an annotation that is printed."""

_DEEP: Final = 6
_MOST: Final = 64 << 20


def not_archival(document: Any) -> tuple[str, ...]:
    """Why a document is no PDF/A-2b, in sentences; empty where nothing was found against it."""
    import pikepdf

    found: dict[str, None] = {}
    if document.is_encrypted:
        found[tr("A part of it is encrypted.")] = None
    for each in document.objects:
        if isinstance(each, pikepdf.Stream | pikepdf.Dictionary):
            found.update(dict.fromkeys(_against(each)))
    return tuple(found)


def _against(each: Any) -> Iterator[str]:
    """What speaks against one object."""
    import pikepdf

    if str(each.get("/Subtype", "")) in _FONTS and "/BaseFont" in each and not _is_embedded(each):
        yield tr("A font is not embedded.")
    if str(each.get("/S", "")) in _LIVE:
        yield tr("Something in it would act.")
    if "/Rect" in each and "/Subtype" in each and not int(each.get("/F", 0)) & _PRINTED:
        yield tr("Something in it would not be printed.")
    if str(each.get("/TR2", "/Default")) != "/Default" or "/TR" in each:
        yield tr("A colour in it depends on the printer.")
    if _names_inks(each, _DEEP):
        yield tr("A picture or drawing in it is made of printing inks.")
    if isinstance(each, pikepdf.Stream):
        yield from _against_stream(each)


def _against_stream(stream: Any) -> Iterator[str]:
    import pikepdf

    filters = stream.get("/Filter", pikepdf.Array())
    names = {str(one) for one in (filters if isinstance(filters, pikepdf.Array) else [filters])}
    if names & _OLD_CODINGS:
        yield tr("A part of it is coded in a way that archives refuse.")
    if stream.get("/Interpolate", False) or str(stream.get("/Subtype", "")) == "/PS":
        yield tr("A picture in it depends on the reader.")
    if str(stream.get("/Subtype", "")) == "/Form" and _draws_with_inks(stream, names):
        yield tr("A picture or drawing in it is made of printing inks.")


def _is_embedded(font: Any) -> bool:
    descriptor = font.get("/FontDescriptor")
    return descriptor is not None and any(name in descriptor for name in _EMBEDDED)


def _names_inks(value: Any, deep: int) -> bool:
    """Whether a colour of printing inks is named in an object; not in those it points to."""
    import pikepdf

    if isinstance(value, pikepdf.Name):
        return str(value) == _INKS
    if deep == 0 or (deep < _DEEP and getattr(value, "is_indirect", False)):
        return False
    if isinstance(value, pikepdf.Array):
        return any(_names_inks(each, deep - 1) for each in value)
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return any(_names_inks(each, deep - 1) for _, each in value.items())
    return False


def _draws_with_inks(stream: Any, filters: set[str]) -> bool:
    """Whether a drawing sets such a colour; one that cannot be looked into counts as if it did."""
    data = bytes(stream.read_raw_bytes())
    if filters == {"/FlateDecode"}:
        try:
            data = zlib.decompressobj().decompress(data, _MOST)
        except zlib.error:
            return True
    elif filters:
        return True
    return _INK_OPERATOR.search(data) is not None
