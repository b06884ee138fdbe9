"""Reads forms from their folders, and refuses a malformed one with file, key and reason.

`forms/<id>/form.toml` says everything but the words of the letter; `body.<language>.txt` beside it
has those. Forms of a desk's own folder are read by the same rules, but their bodies know only
`{{field}}`, and they may not take the id of a shipped form.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
import re
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
import tomli

from disputedesk.common import locations, texts
from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.deadlines.words import Avenue, Stage
from disputedesk.model.case import Wish
from disputedesk.model.problem import Problem
from disputedesk.papers.filling import BodyFault, check_body, check_outline
from disputedesk.papers.form import (
    SECTIONS_OF,
    SUBMISSION_FIELDS,
    Form,
    FormGroup,
    FormKind,
    FormRefused,
    FormSet,
    FormSource,
    HandBlank,
    Limit,
    Moment,
    Need,
    Office,
    PlatformReason,
    PlatformWish,
    Reason,
    RecipientKind,
)
from disputedesk.papers.form_needs import needs_of
from disputedesk.papers.form_text import FormFault, text_of
from disputedesk.papers.languages import LETTER_LANGUAGES
from disputedesk.papers.submission import Counted
from disputedesk.papers.vocabulary import field_names

_ID: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
_PATH: Final = re.compile(r"^(.*?) - at `\$\.?(.*)`$", re.DOTALL)


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a form file; unknown keys are refused by name."""


class _Needs(_Entry, frozen=True):
    mandatory: tuple[str, ...] = ()
    recommended: tuple[str, ...] = ()


class _Reason(_Needs, frozen=True, kw_only=True):
    id: str
    problems: tuple[Problem, ...] = ()
    every: bool = False

    @property
    def covered(self) -> tuple[Problem, ...]:
        """Its problems, or every one."""
        return tuple(Problem) if self.every else self.problems


class _Office(_Entry, frozen=True):
    name: dict[str, str]
    country: str
    url: str
    source: str
    checked_on: dt.date
    address: str = ""


class _Limit(_Entry, frozen=True):
    name: str
    limit: int
    limit_source: str
    own: bool = False
    counted: Counted = Counted.CHARACTERS


class _Source(_Entry, frozen=True):
    title: str
    url: str
    checked_on: dt.date


class _Blank(_Entry, frozen=True):
    places: tuple[str, ...]
    label: dict[str, str]
    reason: dict[str, str]


class _PlatformReason(_Entry, frozen=True):
    text: str
    problems: tuple[Problem, ...]


class _PlatformWish(_Entry, frozen=True):
    text: str
    wishes: tuple[Wish, ...]


class _Form(_Entry, frozen=True, kw_only=True):
    id: str
    kind: FormKind
    title: str
    summary: str
    avenues: tuple[Avenue, ...]
    languages: tuple[str, ...]
    recipient: RecipientKind
    checked_on: dt.date
    reason: tuple[_Reason, ...]
    source: tuple[_Source, ...]
    rules: tuple[str, ...] = ()
    platform: str = ""
    declaration: bool = True
    paper_signature: bool = False
    fields: tuple[Literal["reason", "wish", "amount", "text"], ...] = SUBMISSION_FIELDS
    summary_rows: tuple[str, ...] = ()
    references: tuple[
        Literal[
            "our_reference", "your_reference", "card_last4", "order_number", "payment_reference"
        ],
        ...,
    ] = ()
    enclosures: tuple[str, ...] = ()
    department: dict[str, str] = {}
    always: _Needs = _Needs()
    limit: tuple[_Limit, ...] = ()
    by_hand: tuple[_Blank, ...] = ()
    platform_reason: tuple[_PlatformReason, ...] = ()
    platform_wish: tuple[_PlatformWish, ...] = ()
    group: FormGroup = FormGroup.BANK
    names: dict[str, str] = {}
    stages: tuple[Stage, ...] = (Stage.FIRST_FILING,)
    moment: Moment = Moment.WINDOW
    countries: tuple[str, ...] = ()
    office: _Office | None = None
    bodies_of: str = ""
    """Id of the shipped form whose bodies it speaks; empty for its own."""


def load_form(folder: Path, *, plain: bool = False) -> Form:
    """The form that `folder` holds.

    Args:
        folder: Its name is the form's id.
        plain: Whether its bodies know only `{{field}}`, as forms of a desk's own folder do.

    Raises:
        Refused: It is malformed; names the file, the key and why.
    """
    try:
        return _form(folder, plain, wholly=True)
    except FormFault as fault:
        refused = fault.refused
        place = f"{refused.file}: {refused.key}" if refused.key else refused.file
        raise Refused(
            refused.why, place, tr("Correct the form and load it again; the others keep working.")
        ) from fault


def load_forms(own: Path | None = None) -> FormSet:
    """The shipped forms, then those of the desk's folder `own`; a bad one refused alone.

    The templates of shipped bodies are not compiled here, because lists and menus need none of
    them: the composer checks a body before its first use, and `load_form` checks it at once.
    The shipped forms are read once in a program, as long as their files stay as they were.
    """
    root = locations.forms()
    shipped = _shipped(root, texts.language(), _stamp(root))
    if own is None:
        return shipped
    added = _read_folder(own, plain=True, taken=shipped.forms)
    return FormSet(shipped.forms + added.forms, shipped.refused + added.refused)


def _stamp(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Names, sizes and times of the files of every form in `root`."""
    found = []
    for folder in os.scandir(root):
        for file in os.scandir(folder) if folder.is_dir() else ():
            told = file.stat()
            found.append((f"{folder.name}/{file.name}", told.st_size, told.st_mtime_ns))
    return tuple(sorted(found))


@functools.lru_cache(maxsize=2)
def _shipped(root: Path, language: str, stamp: tuple[tuple[str, int, int], ...]) -> FormSet:
    """The forms in `root`; refusals are said in `language`, and `stamp` tells one state apart."""
    return _read_folder(root, plain=False, taken=())


def _read_folder(root: Path, *, plain: bool, taken: tuple[Form, ...]) -> FormSet:
    """The forms in `root`, none of which may have an id of those `taken`."""
    forms: list[Form] = []
    refused: list[FormRefused] = []
    ids = {form.id for form in taken}
    for file in sorted(root.glob("*/form.toml")):
        try:
            form = _form(file.parent, plain, wholly=plain)
            _refuse_taken(file, form.id, ids)
        except FormFault as fault:
            refused.append(fault.refused)
        else:
            forms.append(form)
    return FormSet(tuple(forms), tuple(refused))


def _refuse_taken(file: Path, form_id: str, taken: set[str]) -> None:
    if form_id in taken:
        raise FormFault(file, "id", tr("There is already a form called “{name}”.", name=form_id))


def _form(folder: Path, plain: bool, *, wholly: bool) -> Form:
    file = folder / "form.toml"
    raw = _read(file)
    _check(file, folder, raw)
    words_in = _spoken_from(file, folder, raw, plain)
    bodies = {code: _body(words_in, code, raw.kind, plain, wholly) for code in raw.languages}
    always = _needs(file, "always", raw.always)
    return Form(
        id=raw.id, kind=raw.kind, title=raw.title, summary=raw.summary,
        avenues=tuple(avenue.value for avenue in raw.avenues), rules=raw.rules,
        languages=raw.languages, recipient=raw.recipient, department=raw.department,
        reasons=tuple(_reason(file, index, r, always) for index, r in enumerate(raw.reason)),
        limits=tuple(_limit(x) for x in raw.limit),
        bodies=bodies, checked_on=raw.checked_on, plain=plain, platform=raw.platform,
        sources=tuple(FormSource(s.title, s.url, s.checked_on) for s in raw.source),
        summary_rows=raw.summary_rows, references=raw.references, enclosures=raw.enclosures,
        by_hand=tuple(HandBlank(b.places, b.label, b.reason) for b in raw.by_hand),
        platform_reasons=tuple(PlatformReason(p.text, p.problems) for p in raw.platform_reason),
        platform_wishes=tuple(PlatformWish(w.text, w.wishes) for w in raw.platform_wish),
        declaration=raw.declaration, paper_signature=raw.paper_signature, fields=raw.fields,
        group=raw.group, names=raw.names,
        stages=tuple(stage.value for stage in raw.stages), moment=raw.moment,
        countries=tuple(code.upper() for code in raw.countries), office=_office(raw.office),
    )  # fmt: skip


def _limit(raw: _Limit) -> Limit:
    return Limit(raw.name, raw.limit, raw.limit_source, raw.own, raw.counted)


def _office(raw: _Office | None) -> Office | None:
    if raw is None:
        return None
    return Office(raw.name, raw.country, raw.url, raw.source, raw.checked_on, raw.address)


def _spoken_from(file: Path, folder: Path, raw: _Form, plain: bool) -> Path:
    """The folder with its bodies; a shipped form may speak another shipped one's."""
    if not raw.bodies_of:
        return folder
    other = folder.parent / raw.bodies_of
    if plain or not _ID.fullmatch(raw.bodies_of) or not (other / "form.toml").is_file():
        why = tr("No shipped form is called “{name}”.", name=raw.bodies_of)
        raise FormFault(file, "bodies_of", why)
    return other


def _read(file: Path) -> _Form:
    try:
        data = tomli.loads(text_of(file))
    except RecursionError:
        raise FormFault(file, "", tr("It is nested too deeply to be a form.")) from None
    except ValueError as error:
        raise FormFault(file, "", tr("It is no valid TOML: {why}.", why=error)) from error
    try:
        return msgspec.convert(data, _Form)
    except msgspec.ValidationError as error:
        why, key = _path_of(str(error))
        raise FormFault(file, key, f"{why}.") from error


def _path_of(message: str) -> tuple[str, str]:
    match = _PATH.match(message)
    return (match.group(1), match.group(2)) if match else (message, "")


def _check(file: Path, folder: Path, raw: _Form) -> None:
    """Refuses what the types alone cannot."""
    if not _ID.fullmatch(raw.id) or raw.id != folder.name:
        raise FormFault(
            file,
            "id",
            tr("The id is the folder’s name, “{name}”, in small letters.", name=folder.name),
        )
    for code in raw.languages or ("",):
        if code not in LETTER_LANGUAGES:
            raise FormFault(
                file,
                "languages",
                tr(
                    "“{name}” is no language of letters: {names}.",
                    name=code,
                    names=", ".join(LETTER_LANGUAGES),
                ),
            )
    if not raw.source:
        raise FormFault(
            file, "source", tr("A form names at least one source, with the day it was checked.")
        )
    if not raw.avenues:
        raise FormFault(file, "avenues", tr("A form serves at least one avenue."))
    _check_problems(file, raw)
    _check_tables(file, raw)


def _check_tables(file: Path, raw: _Form) -> None:
    for index, limit in enumerate(raw.limit):
        if limit.limit < 1 or not limit.limit_source.strip():
            raise FormFault(file, f"limit[{index}]", tr("A limit is above 0 and says who set it."))
    for name in raw.summary_rows:
        if name not in field_names():
            raise FormFault(file, "summary_rows", tr("No field is called “{name}”.", name=name))
    tables = [("department", raw.department), ("names", raw.names)]
    tables += [("office.name", raw.office.name)] if raw.office is not None else []
    tables += [(f"by_hand[{i}].label", b.label) for i, b in enumerate(raw.by_hand)]
    tables += [(f"by_hand[{i}].reason", b.reason) for i, b in enumerate(raw.by_hand)]
    for key, table in tables:
        if table and set(table) != set(raw.languages):
            raise FormFault(file, key, tr("It needs one text per language of the form."))


def _check_problems(file: Path, raw: _Form) -> None:
    seen: set[Problem] = set()
    for index, reason in enumerate(raw.reason):
        twice = seen.intersection(reason.covered)
        if twice:
            name = min(problem.value for problem in twice)
            raise FormFault(
                file,
                f"reason[{index}].problems",
                tr("“{name}” stands under two reasons.", name=name),
            )
        if not reason.covered:
            raise FormFault(
                file, f"reason[{index}].problems", tr("A reason covers at least one problem.")
            )
        seen.update(reason.covered)
    if not seen:
        raise FormFault(file, "reason", tr("A form has at least one reason."))


def _body(folder: Path, code: str, kind: FormKind, plain: bool, wholly: bool) -> str:
    file = folder / f"body.{code}.txt"
    source = text_of(file)
    try:
        if wholly:
            check_body(source, SECTIONS_OF[kind], plain=plain)
        else:
            check_outline(source, SECTIONS_OF[kind])
    except BodyFault as fault:
        raise FormFault(file, "", str(fault)) from fault
    return source


def _reason(file: Path, index: int, raw: _Reason, always: tuple[Any, Any]) -> Reason:
    mandatory, recommended = _needs(file, f"reason[{index}]", raw)
    return Reason(raw.id, raw.covered, always[0] + mandatory, always[1] + recommended)


def _needs(file: Path, key: str, raw: _Needs) -> tuple[tuple[Need, ...], tuple[Need, ...]]:
    return (
        needs_of(file, f"{key}.mandatory", raw.mandatory),
        needs_of(file, f"{key}.recommended", raw.recommended),
    )
