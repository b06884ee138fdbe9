"""The pages of a PDF that need no box, with nothing on them but what they draw."""

from __future__ import annotations

import re
from typing import Any, Final

_PAGE: Final = frozenset(
    {"/Type", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group"}
)
"""All that a page takes along."""

_EXTRAS: Final = (
    "/Ref", "/OPI", "/PieceInfo", "/Metadata", "/AF", "/StructParent", "/StructParents",
    "/LastModified", "/F", "/FFilter", "/FDecodeParms", "/Alternates", "/OC", "/Measure",
    "/PtData", "/ID",
)  # fmt: skip
"""What a drawing may carry along or fetch from elsewhere."""

_DETAILS: Final = ("/PieceInfo", "/Metadata", "/LastModified")
"""What anything else may carry along; other keys may be names that drawings use."""

_NAMED: Final = ("/XObject", "/Font", "/Pattern", "/Shading", "/ColorSpace", "/ExtGState")
_NAME: Final = re.compile(rb"/([^\s/\[\]()<>{}%]+)")
_HEX: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_SPEAKING: Final = re.compile(rb"\b(?:BDC|DP)\b")
_DEEPEST: Final = 8


def bare_page(page: Any) -> Any:
    """The page without what is not drawn: comments, links, names, and drawings nobody uses."""
    import pikepdf

    resources, turn = page.resources, page.rotation
    media, crop = page.mediabox, page.cropbox
    for key in list(page.obj.keys()):
        if key not in _PAGE:
            del page.obj[key]
    page.obj["/MediaBox"], page.obj["/CropBox"], page.obj["/Rotate"] = media, crop, int(turn)
    page.contents_coalesce()
    contents = page.obj.get("/Contents")
    if contents is not None:
        _silence(page, contents)
        data = contents.read_bytes()
        page.obj["/Resources"] = _used(resources, data, set(), 0)
    else:
        page.obj["/Resources"] = pikepdf.Dictionary()
    return page


def without_extras(document: Any) -> None:
    """Takes from every drawing of a document what is no part of what it draws."""
    import pikepdf

    for found in document.objects:
        if isinstance(found, pikepdf.Stream | pikepdf.Dictionary):
            for name in _EXTRAS if isinstance(found, pikepdf.Stream) else _DETAILS:
                if name in found:
                    del found[name]


def _silence(owner: Any, stream: Any) -> None:
    """Takes away what a drawing says besides what it shows: other words, and remarks.

    The marks themselves stay, as they may be nested; hidden layers were asked for before.
    """
    import pikepdf

    if not _SPEAKING.search(stream.read_bytes()):
        return
    plain = {"BDC": pikepdf.Operator("BMC"), "DP": pikepdf.Operator("MP")}
    instructions = []
    for each in pikepdf.parse_content_stream(owner):
        bare = plain.get(str(each.operator))
        if bare is None:
            instructions.append(each)
        else:
            instructions.append(pikepdf.ContentStreamInstruction([pikepdf.Name("/Span")], bare))
    stream.write(pikepdf.unparse_content_stream(instructions))


def _used(resources: Any, data: bytes, seen: set[tuple[int, int]], depth: int) -> Any:
    """The resources that a drawing names, and of those what they name in turn."""
    import pikepdf

    kept = pikepdf.Dictionary()
    if resources is None or depth > _DEEPEST:
        return kept
    names = _names(data)
    drawings = resources.get("/XObject", {})
    for name in sorted(names):
        if name in drawings and drawings[name].get("/Subtype") == "/Form":
            names |= _bare_form(drawings[name], seen, depth)
    for kind in _NAMED:
        named = resources.get(kind, None)
        if isinstance(named, pikepdf.Dictionary):
            chosen = {name: named[name] for name in sorted(names) if name in named}
            if chosen:
                kept[kind] = pikepdf.Dictionary(chosen)
    for pattern in kept.get("/Pattern", {}).values():
        if isinstance(pattern, pikepdf.Stream):
            _bare_form(pattern, seen, depth)
    return kept


def _bare_form(form: Any, seen: set[tuple[int, int]], depth: int) -> set[str]:
    """Makes a drawing bare too, once; gives the names it takes from whoever uses it."""
    if form.objgen in seen:
        return set()
    seen.add(form.objgen)
    _silence(form, form)
    own = form.get("/Resources", None)
    if own is None:
        return _names(form.read_bytes())
    form["/Resources"] = _used(own, form.read_bytes(), seen, depth + 1)
    return set()


def _names(data: bytes) -> set[str]:
    """Every name that stands in a drawing."""
    return {
        "/" + _HEX.sub(lambda found: bytes([int(found[1], 16)]), name).decode("utf-8", "replace")
        for name in _NAME.findall(data)
    }
