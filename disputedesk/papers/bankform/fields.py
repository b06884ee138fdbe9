"""The fields of a PDF as places: what each takes, where it is seen, what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from disputedesk.common.cleaning import clean_line, clean_text
from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.papers.bankform.measures import TENTH
from disputedesk.papers.bankform.opening import shown_place
from disputedesk.papers.bankform.places import FormField, Frame, PlaceKind

_DEEPEST: Final = 32
_LONGEST_NAME: Final = 400
_MOST_OPTIONS: Final = 500
_LONGEST_TEXT: Final = 20_000

_READ_ONLY, _REQUIRED = 1 << 0, 1 << 1
_MULTI_LINE, _PASSWORD, _COMB = 1 << 12, 1 << 13, 1 << 24
_PUSH, _COMBO, _EDIT = 1 << 16, 1 << 17, 1 << 18
_UNSEEN: Final = 1 << 0 | 1 << 1 | 1 << 5
"""Flags of an annotation that is invisible, hidden, or not to be viewed."""

_OFF: Final = "Off"
_ON: Final = "On"
_DRAWN_OFF: Final = "/Off"


def fields_of(source: Any, *, most: int, name: str) -> tuple[FormField, ...]:
    """The fields that can be seen, page by page; buttons that only do something are left out.

    Raises:
        Refused: There are more than `most`.
    """
    found: list[FormField] = []
    for number, page, widget in widgets_of(source):
        field = _field(widget, page, number)
        if field is not None:
            found.append(field)
        if len(found) > most:
            raise Refused(
                tr("This PDF has more than {count} fields; no honest form has.", count=most),
                name,
                tr("Ask the bank for the form alone."),
            )
    return tuple(found)


def widgets_of(source: Any) -> Iterator[tuple[int, Any, Any]]:
    """Every visible or hidden face of a field: its page's number, its page, itself."""
    import pikepdf

    for number, page in enumerate(source.pages, 1):
        notes = page.obj.get("/Annots")
        for each in notes if isinstance(notes, pikepdf.Array) else ():
            if isinstance(each, pikepdf.Dictionary) and each.get("/Subtype") == "/Widget":
                yield number, page, each


def field_key(widget: Any, page: Any, number: int) -> tuple[str, int, str, object] | None:
    """By what a face is found among fields; `None` for one that is no place."""
    field = _field(widget, page, number)
    return None if field is None else field.key


def _field(widget: Any, page: Any, number: int) -> FormField | None:
    chain = _chain(widget)
    flags = _number(_inherited(chain, "/Ff"))
    kind = _kind(str(_inherited(chain, "/FT") or ""), flags)
    if kind is None or _number(widget.get("/F")) & _UNSEEN:
        return None
    box = _box(widget, page)
    if box is None:
        return None
    is_text = kind is PlaceKind.TEXT
    length = max(0, _number(_inherited(chain, "/MaxLen"))) if is_text else 0
    options = _options(chain) if kind is not PlaceKind.TEXT else ()
    state = _on_state(widget) if kind is PlaceKind.TICK else ""
    return FormField(
        name=_name(chain),
        kind=kind,
        page=number,
        box=box,
        label=_label(chain, state, options),
        on_state=state,
        value=_value(chain, widget, kind),
        options=options if kind is PlaceKind.CHOICE else (),
        max_length=length,
        multi_line=is_text and bool(flags & _MULTI_LINE),
        comb=is_text and bool(flags & _COMB) and length > 0 and not flags & _MULTI_LINE,
        secret=is_text and bool(flags & _PASSWORD),
        read_only=bool(flags & _READ_ONLY),
        required=bool(flags & _REQUIRED),
        editable=kind is PlaceKind.CHOICE and bool(flags & _COMBO) and bool(flags & _EDIT),
        size=_size(chain),
        align=min(max(_number(_inherited(chain, "/Q")), 0), 2),
        drawn=_is_drawn(widget, str(widget.get("/AS", ""))),
        drawn_off=kind is PlaceKind.TICK and _is_drawn(widget, _DRAWN_OFF),
        frame=_frame(widget),
    )


def _chain(widget: Any) -> list[Any]:
    """The face, its field, and what the field is part of; a loop ends where it closes."""
    import pikepdf

    chain: list[Any] = []
    seen: set[tuple[int, int]] = set()
    each = widget
    while isinstance(each, pikepdf.Dictionary) and len(chain) < _DEEPEST:
        if each.is_indirect:
            if each.objgen in seen:
                break
            seen.add(each.objgen)
        chain.append(each)
        each = each.get("/Parent")
    return chain


def _inherited(chain: list[Any], key: str) -> Any:
    return next((each[key] for each in chain if key in each), None)


def _number(value: Any) -> int:
    try:
        return int(value or 0)
    except (TypeError, ValueError):
        return 0


def _words(value: Any) -> str:
    """The text of a string or name; empty where it is neither."""
    import pikepdf

    if isinstance(value, pikepdf.String):
        return clean_text(str(value)[:_LONGEST_TEXT])
    if isinstance(value, pikepdf.Name):
        return str(value)[1:]
    return ""


def _name(chain: list[Any]) -> str:
    parts = [_words(each["/T"]) for each in reversed(chain) if "/T" in each]
    return clean_line(".".join(parts))[:_LONGEST_NAME]


def _kind(name: str, flags: int) -> PlaceKind | None:
    if name == "/Btn":
        return None if flags & _PUSH else PlaceKind.TICK
    return {
        "/Tx": PlaceKind.TEXT, "/Ch": PlaceKind.CHOICE, "/Sig": PlaceKind.SIGNATURE
    }.get(name)  # fmt: skip


def _box(widget: Any, page: Any) -> tuple[int, int, int, int] | None:
    """Where it is seen; `None` for a place without a size or off the page."""
    import pikepdf

    corners = widget.get("/Rect")
    if not isinstance(corners, pikepdf.Array) or len(corners) != 4:
        return None
    first, second, third, fourth = (float(side) for side in corners.as_list())
    left, top, width, height = shown_place(page, (first, second, third, fourth))
    tenths = [round(side / TENTH) for side in (left, top, width, height)]
    if tenths[2] < 1 or tenths[3] < 1 or max(map(abs, tenths)) > 1 << 20:
        return None
    return tenths[0], tenths[1], tenths[2], tenths[3]


def _on_state(widget: Any) -> str:
    """The state that ticks a box; a made-up one where the form draws none."""
    import pikepdf

    normal = widget.get("/AP", {}).get("/N")
    if isinstance(normal, pikepdf.Dictionary) and not isinstance(normal, pikepdf.Stream):
        for name in normal.keys():  # noqa: SIM118 - no mapping of Python's
            if name[1:] != _OFF:
                return clean_line(str(name)[1:])[:_LONGEST_NAME] or _ON
    return _ON


def _options(chain: list[Any]) -> tuple[tuple[str, str], ...]:
    import pikepdf

    listed = _inherited(chain, "/Opt")
    found: list[tuple[str, str]] = []
    for each in list(listed)[:_MOST_OPTIONS] if isinstance(listed, pikepdf.Array) else ():
        pair = list(each) if isinstance(each, pikepdf.Array) else [each, each]
        if len(pair) == 2:
            found.append((clean_line(_words(pair[0])), clean_line(_words(pair[1]))))
    return tuple(found)


def _label(chain: list[Any], state: str, options: tuple[tuple[str, str], ...]) -> str:
    """What the author says of it; of one choice among several, that choice's own words too."""
    told = clean_line(_words(_inherited(chain, "/TU")))[:_LONGEST_NAME]
    if state.isdecimal() and int(state) < len(options):
        choice = options[int(state)][1]
        return f"{told}: {choice}" if told else choice
    return told


def _value(chain: list[Any], widget: Any, kind: PlaceKind) -> str:
    import pikepdf

    if kind is PlaceKind.TICK:
        state = _words(widget.get("/AS") or _inherited(chain, "/V"))
        return "" if state == _OFF else state
    value = _inherited(chain, "/V")
    if isinstance(value, pikepdf.Array):
        return ", ".join(filter(None, map(_words, list(value)[:_MOST_OPTIONS])))
    return _words(value)


def _size(chain: list[Any]) -> int:
    """The size that the field's own drawing words ask for, in tenths of a point."""
    parts = _words(_inherited(chain, "/DA")).split()
    if "Tf" in parts and parts.index("Tf") > 0:
        try:
            return min(max(round(float(parts[parts.index("Tf") - 1]) * 10), 0), 720)
        except (ValueError, OverflowError):
            return 0
    return 0


def _is_drawn(widget: Any, state: str) -> bool:
    """Whether the form draws a face in a state."""
    import pikepdf

    normal = widget.get("/AP", {}).get("/N")
    if isinstance(normal, pikepdf.Stream):
        return not state
    return isinstance(normal, pikepdf.Dictionary) and state in normal


def _frame(widget: Any) -> Frame:
    looks = widget.get("/MK", {})
    width = widget.get("/BS", {}).get("/W", 1)
    return Frame(_colour(looks.get("/BG")), _colour(looks.get("/BC")),
                 min(max(float(width), 0.0), 12.0))  # fmt: skip


def _colour(value: Any) -> tuple[float, float, float] | None:
    import pikepdf

    if not isinstance(value, pikepdf.Array):
        return None
    parts = [min(max(float(part), 0.0), 1.0) for part in value.as_list()]
    if len(parts) == 1:
        return parts[0], parts[0], parts[0]
    if len(parts) == 3:
        return parts[0], parts[1], parts[2]
    if len(parts) == 4:
        dark = 1 - parts[3]
        return (1 - parts[0]) * dark, (1 - parts[1]) * dark, (1 - parts[2]) * dark
    return None
