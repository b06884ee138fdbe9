"""A bank's form filled with what is known of a case, read again before anybody gets it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path

from disputedesk.common.cleaning import clean_line
from disputedesk.common.errors import Refused
from disputedesk.common.secrets import has_secret, mask_text
from disputedesk.common.texts import tr
from disputedesk.media.scanning import scan
from disputedesk.papers.bankform.filled import FilledForm, Spot, SpotState
from disputedesk.papers.bankform.fitting import fit
from disputedesk.papers.bankform.flattening import flattened
from disputedesk.papers.bankform.hints import why_never
from disputedesk.papers.bankform.marks import Cross, Ground, Mark, Rule
from disputedesk.papers.bankform.measures import points
from disputedesk.papers.bankform.places import BY_HAND, FormFile, Place, PlaceKind
from disputedesk.papers.bankform.telling import Known, chosen, is_ticked, told
from disputedesk.papers.pdf.fonts import refuse_unprintable
from disputedesk.papers.pdf.form_layer import render_layer
from disputedesk.papers.vocabulary import question

_HIGHEST_RULE = 90
"""Tenths of a millimetre of height up to which a place left for a pen gets one line."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Set:
    """A place with what is drawn for it."""

    spot: Spot
    marks: tuple[Mark, ...] = ()


def fill_form(
    data: bytes, file: FormFile, places: Sequence[Place], known: Known, *,
    title: str, language: str, stamp: dt.datetime,
) -> FilledForm:  # fmt: skip
    """The form as it would leave; what does not fit is left out and told in its spot.

    Args:
        data: The bank's PDF.
        file: What was read of it.
        places: Its places with what belongs there.
        known: What is known of the case, said in `language`.
        title: The PDF's title.
        language: The form's language.
        stamp: The instant the PDF says it was made at; aware.

    Raises:
        Refused: The PDF cannot be used, or a full card number would stand in the copy.
    """
    title = mask_text(clean_line(title))
    refuse_unprintable(title, tr("the form's name"))
    done = tuple(_set(place, known) for place in places)
    marks = [mark for each in done for mark in (*_ground(each), *each.marks)]
    layer = render_layer(file.sizes, marks, title=title, language=language, stamp=stamp)
    kept = frozenset(each.spot.place.field.key for each in done if _keeps_look(each))
    off = frozenset(each.spot.place.field.name for each in done if each.spot.place.kept.source)
    made = flattened(data, title, layer, kept=kept, off=off)
    _refuse_secrets(made, title)
    return FilledForm(made, len(file.sizes), language, tuple(each.spot for each in done))


def _set(place: Place, known: Known) -> _Set:
    """What becomes of a place."""
    field, source = place.field, place.kept.source
    if field.read_only:
        return _as_it_was(place, SpotState.KEPT)
    never = why_never(field)
    if source == BY_HAND or field.kind is PlaceKind.SIGNATURE or never:
        return _left(place, never)
    if not source:
        return _as_it_was(place, SpotState.UNSAID)
    if field.kind is PlaceKind.TICK:
        return _ticked(place, known)
    ways = told(source, field, known)
    if not ways and not known.values.text(source):
        return _Set(_missing(place))
    if field.kind is PlaceKind.CHOICE:
        ways = chosen(source, field, known) or (ways if field.editable else ())
        if not ways:
            return _Set(_fault(place, tr("The list has no line that says this; choose fixed words "
                                         "that stand in it.")))  # fmt: skip
    return _written(place, ways)


def _written(place: Place, ways: tuple[str, ...]) -> _Set:
    safe = tuple(mask_text(way) for way in ways)
    if has_secret(f"{place.label}: {safe[0]}") or has_secret("".join(safe[0].split())):
        return _Set(_fault(place, tr("This looks like a card number or a secret code; it is never "
                                     "printed.")))  # fmt: skip
    fitted = fit(place.field, safe, place.kept.size)
    if fitted.fault:
        return _Set(_fault(place, fitted.fault, fitted.text))
    return _Set(Spot(place, SpotState.FILLED, fitted.text), fitted.words)


def _ticked(place: Place, known: Known) -> _Set:
    answer = is_ticked(place.kept.source, place.kept.when, known)
    if answer is None:
        return _Set(_missing(place))
    if not answer:
        return _Set(Spot(place, SpotState.EMPTY))
    box = points(place.field.box)
    return _Set(Spot(place, SpotState.TICKED), (Cross(place.field.page, box),))


def _missing(place: Place) -> Spot:
    name = place.kept.source
    return Spot(place, SpotState.MISSING, "", question(name), name, stops=place.field.required)


def _fault(place: Place, why: str, text: str = "") -> Spot:
    return Spot(place, SpotState.FAULT, text, why, stops=True)


def _left(place: Place, never: str) -> _Set:
    """A place for a pen, with a line to write on where there is room for just one."""
    field = place.field
    why = never or tr("Write this by hand after printing.")
    spot = Spot(place, SpotState.BY_HAND, "", why)
    if field.kind is PlaceKind.TICK or field.box[3] > _HIGHEST_RULE:
        return _Set(spot)
    return _Set(spot, (Rule(field.page, points(field.box)),))


def _as_it_was(place: Place, state: SpotState) -> _Set:
    """What the bank left there: its own drawing, or its words where it draws none."""
    field = place.field
    spot = Spot(place, state, "" if field.kind is PlaceKind.TICK else field.value)
    if has_secret(field.value):
        return _Set(_fault(place, tr("The form holds a card number or a secret code already; add "
                                     "an empty one.")))  # fmt: skip
    if field.drawn or not field.value or field.kind is PlaceKind.SIGNATURE:
        return _Set(spot)
    if field.kind is PlaceKind.TICK:
        return _Set(spot, (Cross(field.page, points(field.box)),))
    fitted = fit(field, (field.value,))
    return _Set(spot, fitted.words)


def _keeps_look(each: _Set) -> bool:
    """Whether the form's own drawing of the place is taken over."""
    if each.spot.place.field.drawn_off:
        return True
    return each.spot.state in {SpotState.UNSAID, SpotState.KEPT} and not each.marks


def _ground(each: _Set) -> tuple[Mark, ...]:
    """How an empty place looks, where its own drawing is not taken over."""
    field = each.spot.place.field
    if _keeps_look(each):
        return ()
    return (Ground(field.page, points(field.box), field.frame),)


def _refuse_secrets(made: bytes, title: str) -> None:
    """Does nothing for a copy in which no card number, code or track can be read.

    Raises:
        Refused: One can; names the page, never the number.
    """
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "form.pdf"
        path.write_bytes(made)
        for found in scan(path, "application/pdf").dangerous:
            raise Refused(
                tr("A full card number or code can be read on page {page}; so the form does not "
                   "leave.", page=found.page),
                title,
                tr("Look what fills that page, and leave such places to be written by hand."),
            )  # fmt: skip
