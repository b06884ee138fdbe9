"""The fonts a page uses, and whether the file brings them along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from disputedesk.papers.checking.seen import Font

_DEEPEST: Final = 6
_MOST: Final = 500
_FILES: Final = ("/FontFile", "/FontFile2", "/FontFile3")


def fonts_of(page: Any) -> tuple[Font, ...]:
    """Each font of the page and of the drawings in it, once."""
    found: dict[Any, Font] = {}
    _collect(page.obj.get("/Resources", None), found, set(), 0)
    return tuple(dict.fromkeys(found.values()))


def _collect(resources: Any, found: dict[Any, Font], seen: set[Any], depth: int) -> None:
    import pikepdf

    if not isinstance(resources, pikepdf.Dictionary) or depth > _DEEPEST or len(found) > _MOST:
        return
    for name, font in resources.get("/Font", {}).items():
        key = font.objgen if font.is_indirect else (depth, name)
        if key not in found:
            found[key] = _font(font)
    for form in resources.get("/XObject", {}).values():
        if isinstance(form, pikepdf.Stream) and form.objgen not in seen:
            seen.add(form.objgen)
            _collect(form.get("/Resources", None), found, seen, depth + 1)


def _font(font: Any) -> Font:
    name = str(font.get("/BaseFont", "/?"))[1:].rpartition("+")[2]
    if font.get("/Subtype", None) == "/Type3":
        return Font(name, embedded=True)
    described = list(_descriptors(font))
    return Font(name, bool(described) and all(any(each in one for each in _FILES)
                                              for one in described))  # fmt: skip


def _descriptors(font: Any) -> Iterator[Any]:
    for each in font.get("/DescendantFonts", [font]):
        descriptor = each.get("/FontDescriptor", None)
        if descriptor is not None:
            yield descriptor
