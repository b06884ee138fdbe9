"""The bank's own forms: added once, their places mapped once, filled for any case."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.common.cleaning import clean_line
from disputedesk.common.errors import DeskError, MissingFacts, Refused
from disputedesk.common.hashing import sha256_of_bytes
from disputedesk.common.texts import tr, trn
from disputedesk.desk.basis import read_case
from disputedesk.desk.changes import Changes, Outcome
from disputedesk.desk.queries.bank_forms import draft_bank_form, read_of
from disputedesk.model.bank_form import BankField, BankForm
from disputedesk.model.case import Document, DocumentKind
from disputedesk.model.ids import CaseId, DocumentId
from disputedesk.store.values import Subject
from disputedesk.vault import clean_name

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.papers.bankform.filled import FilledForm
    from disputedesk.papers.bankform.places import FormFile
    from disputedesk.store.transaction import StoreTransaction

FORM_ID: Final = "bankform:"
"""What the form of a document made from a bank's own begins with."""

_MOST_PLACES: Final = 2_000
_LARGEST: Final = 14_000
_BIGGEST_SIZE: Final = 720


def add_bank_form(desk: Desk, path: Path, *, name: str = "", issuer: str = "") -> Outcome[BankForm]:
    """Keeps a form as the bank gave it out; one that is known by its fields keeps its mapping.

    Args:
        desk: The desk.
        path: The bank's PDF; copied, never changed.
        name: What it is called in lists; empty takes the file's name.
        issuer: The bank, as its cards name it; empty for any.

    Raises:
        Refused: It is no form that can be used, or somebody's card number stands in it.
        DeskError: It cannot be read.
    """
    from disputedesk.papers.bankform.reading import read_form
    from disputedesk.papers.bankform.sources import checked_name

    data = _bytes_of(path)
    with desk.store.snapshot() as rows:
        known = [form for form in rows.bank_forms.list()
                 if form.sha256 == sha256_of_bytes(data)]  # fmt: skip
    if known:
        return Outcome(known[0], Changes(), None, tr("{name} is kept already", name=known[0].name))
    file = read_form(data, path.name)
    _refuse_filled(path, file)
    title = checked_name(name or path.stem)
    bank = clean_line(issuer) and checked_name(issuer)
    sealed = desk.vault.seal(data)
    with desk.transaction("bankform.add") as change:
        former = _same_shape(change.rows, file.shape)
        if former is not None and not bank:
            bank = former.issuer
        form = change.rows.bank_forms.add(
            BankForm(0, title, bank, file.kind, sealed.sha256, sealed.size, len(file.sizes),
                     desk.clock.now(), file.shape)
        )  # fmt: skip
        for field in _first_fields(change.rows, form, former, file):
            change.rows.bank_fields.add(field)
        said = (
            tr("{name} added; its places are those of {former}", name=title, former=former.name)
            if former is not None
            else tr("{name} added", name=title)
        )
        entry = change.note(Subject("bank_form", form.id), None, {"said": said})
    return Outcome(form, change.changes, entry, said)


def _bytes_of(path: Path) -> bytes:
    from disputedesk.papers.bankform.opening import MOST_BYTES

    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise DeskError(
            tr("The file could not be read: {why}.", why=error.strerror or error), str(path),
            tr("Choose another file."),
        ) from error  # fmt: skip
    return data


def _refuse_filled(path: Path, file: FormFile) -> None:
    """Does nothing for a form in which nobody's card number or code stands.

    Raises:
        Refused: One does; the form would be kept with it.
    """
    from disputedesk.common.secrets import has_secret
    from disputedesk.media.scanning import scan

    held = any(has_secret(field.value) or has_secret(f"{field.label}: {field.value}")
               for field in file.fields if field.value)  # fmt: skip
    if held or scan(path, "application/pdf").dangerous:
        raise Refused(
            tr("A full card number or a secret code stands in this PDF, so it is not kept."),
            path.name,
            tr("Add the empty form, as the bank gives it out."),
        )


def _same_shape(rows: StoreTransaction, shape: str) -> BankForm | None:
    """The newest form with the same fields at the same places."""
    found = rows.bank_forms.of_shape(shape) if shape else ()
    return found[-1] if found else None


def _first_fields(
    rows: StoreTransaction, form: BankForm, former: BankForm | None, file: FormFile
) -> list[BankField]:
    """The places of a new form: mapped as those of a form we know, else as their names suggest."""
    from disputedesk.papers.bankform.hints import suggested
    from disputedesk.papers.bankform.sources import checked_source

    known = {
        (each.name, each.page, each.on_state): each
        for each in (rows.bank_fields.of_form(former.id) if former else ())
    }
    found = []
    for field in file.fields:
        hint = suggested(field)
        source, when, size = hint.source, hint.when, 0
        before = known.get((field.name, field.page, field.on_state))
        if before is not None:
            source, when, size = checked_source(field, before.source), before.when, before.size
        found.append(
            BankField(0, form.id, field.name, field.page, field.box, source, size,
                      field.on_state, when)
        )  # fmt: skip
    by_hand = [each for each in known.values()
               if not any(field.name == each.name for field in file.fields)]  # fmt: skip
    return [*found, *(dataclasses.replace(each, id=0, form=form.id) for each in by_hand)]


def set_fields(desk: Desk, form_id: int, fields: Sequence[BankField]) -> Outcome[BankForm]:
    """Keeps what belongs into each place of a form.

    Args:
        desk: The desk.
        form_id: The form.
        fields: All its places; those of the PDF itself with another source, size or answer, those
            put on the page by hand also moved, new (number 0), or left out.

    Raises:
        Refused: A place may not hold what was said, or is no place of this form.
    """
    with desk.store.snapshot() as rows:
        form = rows.bank_forms.get(form_id)
        former = rows.bank_fields.of_form(form_id)
    wanted = _checked(read_of(desk, form), form, former, fields)
    if wanted == former:
        return Outcome(form, Changes())
    with desk.transaction("bankform.fields") as change:
        former = change.rows.bank_fields.of_form(form_id)
        put_fields(change.rows, former, wanted)
        said = tr("Places of {name} kept", name=form.name)
        before = {"fields": [dataclasses.asdict(each) for each in former]}
        entry = change.note(Subject("bank_form", form_id), before, {"said": said})
    return Outcome(form, change.changes, entry, said)


def put_fields(
    rows: StoreTransaction, former: Sequence[BankField], wanted: Sequence[BankField]
) -> None:
    """Makes `wanted` of the places `former`, each row under the number it has."""
    numbers = {each.id for each in former}
    staying = {each.id for each in wanted if each.id in numbers}
    for gone in numbers - staying:
        rows.bank_fields.remove(gone)
    for each in wanted:
        if each.id not in numbers:
            rows.bank_fields.put(each) if each.id else rows.bank_fields.add(each)
        elif each not in former:
            rows.bank_fields.update(each)


def _checked(
    file: FormFile, form: BankForm, former: Sequence[BankField], fields: Sequence[BankField]
) -> tuple[BankField, ...]:
    from disputedesk.papers.bankform.places import places_of
    from disputedesk.papers.bankform.sources import checked_name, checked_source

    if len(fields) > _MOST_PLACES:
        raise Refused(tr("A form has no more than {count} places.", count=_MOST_PLACES), form.name)
    kept = {each.id: each for each in former}
    found = []
    for place in places_of(file, fields):
        each = place.kept
        if not place.of_file:
            each = dataclasses.replace(each, name=checked_name(each.name))
            _refuse_off_page(file, each)
        before = kept.get(each.id)
        source = each.source
        if before is None or before.source != source:
            source = checked_source(place.field, source)
        size = min(max(each.size, 0), _BIGGEST_SIZE)
        number = 0 if before is None else each.id
        found.append(dataclasses.replace(each, id=number, form=form.id, source=source, size=size,
                                         when=clean_line(each.when)))  # fmt: skip
    _refuse_lost(file, found)
    return tuple(found)


def _refuse_off_page(file: FormFile, each: BankField) -> None:
    left, top, width, height = each.box
    if not 1 <= each.page <= len(file.sizes):
        raise Refused(tr("The form has no page {page}.", page=each.page), each.name)
    wide, high = (side * 254 / 72 for side in file.sizes[each.page - 1])
    inside = left >= 0 and top >= 0 and left + width <= wide + 1 and top + height <= high + 1
    if not inside or width < 1 or height < 1 or max(each.box) > _LARGEST * 2:
        raise Refused(tr("This place does not lie on the page."), each.name,
                      tr("Put it where it belongs."))  # fmt: skip


def _refuse_lost(file: FormFile, fields: Sequence[BankField]) -> None:
    """Does nothing where every field of the PDF is still among the places."""
    there = {(each.name, each.page, each.on_state, each.box) for each in fields}
    if any(field.key not in there for field in file.fields):
        raise Refused(tr("A field of the PDF cannot be taken away or moved; leave it without a "
                         "source instead."))  # fmt: skip


def map_fields(desk: Desk, form_id: int, mapping: Mapping[int, str]) -> Outcome[BankForm]:
    """Says for some places, by number, what belongs there: `source`, of a box `source:value`.

    Raises:
        Refused: A place may not hold it.
        NotFound: There is no such form.
    """
    with desk.store.snapshot() as rows:
        rows.bank_forms.get(form_id)
        fields = rows.bank_fields.of_form(form_id)
    changed = []
    for each in fields:
        if each.id in mapping:
            source, when = mapping[each.id], each.when
            if each.on_state and not source.startswith("="):
                source, colon, asked = source.partition(":")
                when = asked if colon else ""
            each = dataclasses.replace(each, source=source, when=when)  # noqa: PLW2901 - a new value
        changed.append(each)
    return set_fields(desk, form_id, changed)


def fill_bank_form(
    desk: Desk, case_id: CaseId, form_id: int, *, language: str | None = None
) -> Outcome[Document]:
    """Fills a form for a case and seals the copy; no field or script is left in it.

    Args:
        desk: The desk.
        case_id: The case.
        form_id: The form.
        language: In which values are said; `None` is the form's own.

    Raises:
        MissingFacts: The bank demands something that is not known; names it and asks.
        Refused: A value does not fit its place, or a card number would stand in the copy.
    """
    filled = draft_bank_form(desk, form_id, case_id, language=language)
    refuse_unready(filled)
    sealed = desk.vault.seal(filled.data)
    with desk.store.snapshot() as rows:
        form = rows.bank_forms.get(form_id)
        basis = read_case(rows, case_id)
    number = basis.case.number
    stem = clean_name(form.name.replace(" ", "-"))
    name = clean_name(f"{desk.today.isoformat()}_Case-{number}_{stem}.pdf")
    with desk.transaction("document.make") as change:
        document = change.rows.documents.add(
            Document(
                DocumentId(0), case_id, DocumentKind.LETTER, f"{FORM_ID}{form_id}",
                filled.language, form.name, name, sealed.sha256, sealed.size, filled.pages,
                desk.clock.now(),
            )
        )  # fmt: skip
        change.touch_case(case_id, basis.case.order, windows=False)
        said = tr("{title} made", title=form.name)
        change.note(Subject("case", case_id), None, {"said": said, "document": document.id})
    return Outcome(document, change.changes, None, said)


def refuse_unready(filled: FilledForm) -> None:
    """Does nothing for a filled form that may leave.

    Raises:
        MissingFacts: The bank demands something that is not known.
        Refused: A value does not fit.
    """
    from disputedesk.papers.bankform.filled import SpotState

    stopping = filled.stopping
    wrong = [spot for spot in stopping if spot.state is SpotState.FAULT]
    if wrong:
        first = wrong[0]
        more = len(wrong) - 1
        also = trn("One more place does not fit.", "{count} more places do not fit.", more)
        raise Refused(
            first.why, first.place.label,
            f"{tr('Shorten it, choose other words, or leave it to be written by hand.')}"
            f"{' ' + also if more else ''}",
        )  # fmt: skip
    if stopping:
        names = tuple(dict.fromkeys(spot.asks for spot in stopping))
        raise MissingFacts(
            tr("The bank's form cannot be filled yet: something it demands is not known."),
            names, stopping[0].why,
        )  # fmt: skip
