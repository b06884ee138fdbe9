"""One page drawn onto another, below what stands there, under a name that is always the same."""

from __future__ import annotations

from typing import Any


def lay_over(sheet: Any, page: Any, box: tuple[float, float, float, float], name: str) -> None:
    """Draws `page` onto `sheet`, never larger than it is; what is on the sheet stays on top.

    Args:
        sheet: A page of ours.
        page: A page of any document; its turning is undone.
        box: Left, bottom, right and top of the room on the sheet, in points.
        name: Stands for the drawing in the sheet's resources. Pages may share those, so it is
            unique in its document.
    """
    import pikepdf

    drawn = sheet.add_resource(page.as_form_xobject(), pikepdf.Name.XObject, pikepdf.Name(name))
    form = sheet.resources.XObject[drawn]
    placed = sheet.calc_form_xobject_placement(
        form, drawn, pikepdf.Rectangle(*box), allow_shrink=True, allow_expand=False
    )
    sheet.contents_add(placed, prepend=True)
