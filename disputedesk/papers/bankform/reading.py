"""A form read: whether it has fields, which, where, and whether it is one we know."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

from disputedesk.common.cleaning import clean_text
from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr, trn
from disputedesk.model.bank_form import BankFormKind
from disputedesk.papers.bankform.fields import fields_of
from disputedesk.papers.bankform.nearby import labelled, words_of
from disputedesk.papers.bankform.opening import opened_form, shown_size
from disputedesk.papers.bankform.places import FormField, FormFile, PlaceKind

MOST_FIELDS: Final = 2_000

_ROUGH: Final = 20
"""Tenths of a millimetre: places that differ by less are the same in another print of a form."""


def read_form(data: bytes, name: str) -> FormFile:
    """What a bank's PDF asks for.

    Raises:
        Refused: It cannot be used: locked, damaged, too large, or of a kind only Adobe shows.
    """
    with opened_form(data, name) as source:
        dynamic = _is_dynamic(source)
        fields = fields_of(source, most=MOST_FIELDS, name=name)
        if dynamic and not fields:
            raise Refused(
                tr("This form is of a kind (XFA) that only Adobe's programs can show."),
                name,
                tr("Open it in Adobe Reader, print it into a new PDF, and add that one; its places "
                   "can then be put on the page by hand."),
            )  # fmt: skip
        sizes = tuple(shown_size(page) for page in source.pages)
        upright = tuple(int(page.rotation) % 360 == 0 for page in source.pages)
        notes = _notes(source, fields, dynamic=dynamic)
        words = words_of(data)
        told = labelled(data, fields, upright)
    if not fields:
        return FormFile(BankFormKind.FLAT, sizes, (), notes=notes, words=words)
    return FormFile(BankFormKind.FIELDS, sizes, told, shape_of(fields), notes, words)


def shape_of(fields: Sequence[FormField]) -> str:
    """The hash of fields' names and places: the same for the same form with new bytes."""
    rows = sorted(
        (f.name, str(f.kind), f.page, f.on_state, *(round(side / _ROUGH) for side in f.box))
        for f in fields
    )
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode("utf-8")).hexdigest()


def _is_dynamic(source: Any) -> bool:
    form = source.Root.get("/AcroForm", {})
    return "/XFA" in form or bool(source.Root.get("/NeedsRendering", False))


def _notes(source: Any, fields: Sequence[FormField], *, dynamic: bool) -> tuple[str, ...]:
    """What somebody should know before the form is trusted."""
    notes = []
    if not fields:
        notes.append(tr("This PDF has no fields: put the places on its pages by hand."))
    signed = sum(field.kind is PlaceKind.SIGNATURE for field in fields)
    if signed:
        notes.append(trn("{count} place is for a signature, which is written by hand.",
                         "{count} places are for signatures, which are written by hand.",
                         signed))  # fmt: skip
    if dynamic:
        notes.append(tr("The form has a second, livelier face (XFA), which is left out."))
    if _acts(source):
        notes.append(tr("The form has scripts or actions; they are never run, and the copy has "
                        "none."))  # fmt: skip
    return tuple(map(clean_text, notes))


def _acts(source: Any) -> bool:
    import pikepdf

    return any(
        isinstance(each, pikepdf.Dictionary)
        and ("/JS" in each or "/AA" in each or "/OpenAction" in each
             or str(each.get("/S", "")) in {"/Launch", "/SubmitForm", "/ImportData", "/URI"})
        for each in source.objects
    )  # fmt: skip
