"""The bank's own forms: which there are, what they ask for, how one comes out for a case."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import NotFound, Refused
from disputedesk.common.texts import language as screen_language
from disputedesk.common.texts import tr
from disputedesk.desk.basis import CaseBasis, read_case
from disputedesk.desk.facts import by_name, fact_view
from disputedesk.desk.operations.addressees import name_of_question
from disputedesk.desk.paperwork import letter_context
from disputedesk.desk.views import FactView
from disputedesk.model.bank_form import BankField, BankForm
from disputedesk.model.fact import FactKind, FactSubject
from disputedesk.model.ids import CaseId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.papers.bankform.filled import FilledForm
    from disputedesk.papers.bankform.places import FormFile, Place

_AS_LETTER: Final = "bank_chargeback"
"""The letter whose recipient, window and reason a bank's form shares."""

_KEPT: Final = 16
_SPOKEN: Final = "en"


@dataclasses.dataclass(frozen=True, slots=True)
class BankFormRow:
    """A form in a list.

    Attributes:
        places: How many places it has.
        said: Of how many of them somebody said what belongs there.
        fits: Whether it is of the bank whose card paid in the case that was asked about.
    """

    form: BankForm
    places: int
    said: int
    fits: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class BankFormView:
    """A form with its places, and how it comes out for a case.

    Attributes:
        notes: What should be known of it, in sentences.
        languages: In which its values can be said, its own first.
        sizes: Width and height of its pages as they are shown, in points.
        filled: The form filled for the case; `None` without a case.
    """

    form: BankForm
    places: tuple[Place, ...]
    notes: tuple[str, ...]
    languages: tuple[str, ...]
    sizes: tuple[tuple[float, float], ...]
    filled: FilledForm | None = None


def bank_forms(desk: Desk, case_id: CaseId | None = None) -> tuple[BankFormRow, ...]:
    """The forms that are kept; for a case those of its card's bank first, then the newest."""
    with desk.store.snapshot() as rows:
        forms = rows.bank_forms.list()
        fields = {form.id: rows.bank_fields.of_form(form.id) for form in forms}
        basis = None if case_id is None else read_case(rows, case_id)
    bank = "" if basis is None else _bank_of(basis)
    found = [
        BankFormRow(
            form, len(fields[form.id]), sum(bool(each.source) for each in fields[form.id]),
            bool(bank) and _same_bank(form.issuer, bank),
        )
        for form in forms
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda row: (not row.fits, -row.form.id)))


def bank_of_case(desk: Desk, case_id: CaseId) -> str:
    """The bank of the card a case was paid with; empty when nobody said."""
    with desk.store.snapshot() as rows:
        return _bank_of(read_case(rows, case_id))


def _bank_of(basis: CaseBasis) -> str:
    card = basis.order.instrument
    return (card.issuer if card else "") or str(basis.facts.get("issuer", ""))


def _same_bank(one: str, other: str) -> bool:
    """Whether two names of banks mean one: `Halden` and `Halden Bank AG` do."""
    first, second = (each.casefold().split() for each in (one, other))
    return bool(first and second) and (
        first[: len(second)] == second or second[: len(first)] == first
    )


def get_bank_form(desk: Desk, form_id: int) -> BankForm:
    """A form by its number.

    Raises:
        NotFound: There is none.
    """
    with desk.store.snapshot() as rows:
        known = {form.id: form for form in rows.bank_forms.list()}
    if form_id not in known:
        raise NotFound(
            tr("There is no bank's form {number}.", number=form_id), "",
            tr("bankform list names those there are."),
        )  # fmt: skip
    return known[form_id]


def read_of(desk: Desk, form: BankForm) -> FormFile:
    """What a form that is kept asks for.

    Raises:
        DamagedDesk: Its bytes are not those that were sealed.
    """
    return _read(form.sha256, desk.vault.read(form.sha256), form.name)


_files: dict[str, FormFile] = {}


def _read(sha256: str, data: bytes, name: str) -> FormFile:
    """As `read_form`; what was read of the same bytes a moment ago is told again."""
    from disputedesk.papers.bankform.reading import read_form

    found = _files.get(sha256)
    if found is None:
        found = read_form(data, name)
        while len(_files) >= _KEPT:
            _files.pop(next(iter(_files)), None)
        _files[sha256] = found
    return found


@functools.cache
def _spoken() -> frozenset[str]:
    """The languages in which values can be said."""
    from disputedesk.common import locations
    from disputedesk.papers.languages import LETTER_LANGUAGES

    return frozenset(
        code for code in LETTER_LANGUAGES if (locations.forms() / f"words.{code}.toml").is_file()
    )


def language_of_form(file: FormFile) -> str:
    """The language a form is written in, as far as its words tell; else the screen's."""
    from disputedesk.papers.bankform.hints import language_of

    usual = screen_language() if screen_language() in _spoken() else _SPOKEN
    found = language_of([file.words, *(field.label for field in file.fields)], usual)
    return found if found in _spoken() else usual


def bank_form_view(
    desk: Desk,
    form_id: int,
    case_id: CaseId | None = None,
    *,
    fields: Sequence[BankField] | None = None,
    language: str | None = None,
) -> BankFormView:
    """A form as it stands, or as it would with other `fields`, which are kept nowhere.

    Raises:
        NotFound: There is no such form or case.
        Refused: The form cannot be filled at all.
    """
    from disputedesk.papers.bankform.places import places_of

    form = get_bank_form(desk, form_id)
    file = read_of(desk, form)
    if fields is None:
        with desk.store.snapshot() as rows:
            fields = rows.bank_fields.of_form(form_id)
    own = language_of_form(file)
    languages = (own, *sorted(_spoken() - {own}))
    places = places_of(file, fields)
    filled = None
    if case_id is not None:
        filled = _filled(desk, form, file, places, case_id=case_id, language=language or own)
    return BankFormView(form, places, file.notes, languages, file.sizes, filled)


def draft_bank_form(
    desk: Desk, form_id: int, case_id: CaseId, *, language: str | None = None
) -> FilledForm:
    """The form as filling it for a case would seal it now; what is wrong stands in its spots.

    Raises:
        NotFound: There is no such form or case.
        Refused: The form cannot be filled at all.
    """
    view = bank_form_view(desk, form_id, case_id, language=language)
    if view.filled is None:
        raise NotFound(tr("There is no case {number}.", number=case_id))
    return view.filled


def fact_to_ask(desk: Desk, case_id: CaseId, name: str) -> FactView:
    """The question for a value that a form misses, as it is asked and answered elsewhere."""
    from disputedesk.papers.vocabulary import question

    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    definition = desk.rulebook.catalogue.find(name)
    if definition is not None:
        return fact_view(definition, by_name(basis.order.recorded))
    asked = question(name)
    kept = name_of_question("issuer", name)
    return FactView(kept, asked, FactSubject.CASE, FactKind.TEXT, None, None, asked)


def source_choices(*, ticks: bool) -> tuple[tuple[str, str], ...]:
    """Names of values that can fill a place, or tick a box, each with its question."""
    from disputedesk.papers.bankform.places import PlaceKind
    from disputedesk.papers.bankform.sources import choices_for

    return choices_for(PlaceKind.TICK if ticks else PlaceKind.TEXT)


def _filled(
    desk: Desk, form: BankForm, file: FormFile, places: Sequence[Place], *,
    case_id: CaseId, language: str,
) -> FilledForm:  # fmt: skip
    from disputedesk.papers.bankform.filling import fill_form
    from disputedesk.papers.bankform.telling import known_of
    from disputedesk.papers.recipients import addressed

    if language not in _spoken():
        raise Refused(
            tr("Values cannot be said in this language yet."), language,
            tr("Choose one of: {names}.", names=", ".join(sorted(_spoken()))),
        )  # fmt: skip
    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    letter = desk.forms.get(_AS_LETTER)
    context = letter_context(desk, basis, letter, language=language)
    reasons = [each for each in letter.reasons if basis.case.problem in each.problems]
    known = known_of(
        addressed(letter, context, language), reason=reasons[0].id if reasons else "",
        language=language, today=desk.today,
    )  # fmt: skip
    return fill_form(
        desk.vault.read(form.sha256), file, places, known,
        title=form.name, language=language, stamp=desk.clock.now(),
    )  # fmt: skip
