"""A dispute text on its way into a platform's form: what is next, and what was copied already."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import NotFound
from disputedesk.common.texts import day_text, language, tr
from disputedesk.deadlines.words import Actor, Status
from disputedesk.desk import words
from disputedesk.desk.basis import CaseBasis, read_case
from disputedesk.desk.paperwork import letter_context
from disputedesk.model.case import Document, DocumentKind, Wish
from disputedesk.model.ids import CaseId, DocumentId, RuleId
from disputedesk.model.problem import Problem
from disputedesk.papers.form import Form, FormKind

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.model.posting import CopiedField, PlatformWord
    from disputedesk.papers.packets.profile import Profile
    from disputedesk.papers.submission import Submission, SubmissionField, SubmissionFile
    from disputedesk.store.transaction import StoreTransaction

DRAFT: Final = "draft"
"""Name of the row that keeps the text as the program had written it."""
FOLDER: Final = "folder"
"""Name of the row that keeps where the files were put."""
PREPARED: Final = "prepared"
"""Name of the row that keeps what the files are called there."""
_FILEABLE: Final = (
    Status.CLOSING, Status.OPEN, Status.NOT_YET, Status.UNKNOWN, Status.CLOSED,
)  # fmt: skip
BESIDE: Final = 0
"""Position of rows that were not copied by anybody."""


@dataclasses.dataclass(frozen=True, slots=True)
class WalkStep:
    """One thing to be put into the platform's form.

    Attributes:
        position: From 1.
        name: The field's, or `file 3`.
        text: What is copied: the field's text, or the file's name.
        field: The field; `None` for a file.
        file: The file; `None` for a field.
        copied_at: When it was copied as it stands now; `None` when it was not.
    """

    position: int
    name: str
    label: str
    text: str
    field: SubmissionField | None = None
    file: SubmissionFile | None = None
    copied_at: dt.datetime | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Walk:
    """A dispute text field by field.

    Attributes:
        draft: As the case says it now.
        written: As it goes into the form: the user's own texts kept, where there are any.
        steps: In the order of the platform's form.
        document: The sealed text that is being put there; `None` before the first was copied.
        changed: What the case says otherwise since then, in words of the screen.
        folder: Where the files were put; empty while they were not.
    """

    draft: Submission
    written: Submission
    steps: tuple[WalkStep, ...]
    case_number: int
    document: DocumentId | None = None
    changed: tuple[str, ...] = ()
    folder: str = ""

    @property
    def next(self) -> WalkStep | None:
        """The first thing that was not copied yet; `None` when all was."""
        return next((step for step in self.steps if step.copied_at is None), None)

    @property
    def edited(self) -> bool:
        """Whether a text is not what the program would write."""
        return any(field.text != self.draft.field(field.name).text for field in self.written.fields)


@dataclasses.dataclass(frozen=True, slots=True)
class PlatformWordView:
    """What a platform's form calls a problem or a wish.

    Attributes:
        kind: `reason` or `wish`.
        value: The problem or wish.
        meaning: It in words of the screen.
        text: The platform's words; empty where nobody knows them.
        shipped: The words that came with the form; may be empty.
        changed_on: The day the user wrote their own; `None` where they did not.
    """

    kind: str
    value: str
    meaning: str
    text: str
    shipped: str
    changed_on: dt.date | None = None


def submission_walk(
    desk: Desk,
    case_id: CaseId,
    *,
    form: str,
    language: str,
    texts: Mapping[str, str] | None = None,
    fresh: bool = False,
) -> Walk:
    """How far a dispute text has come on its way into the platform's form.

    Args:
        desk: The desk.
        case_id: The case.
        form: The form's id.
        language: The text's language.
        texts: What the user wrote instead, by field; nothing of it is kept here.
        fresh: Whether what was written before is given up for what the case says now.

    Raises:
        MissingFacts: The form must know more; names it.
        Refused: The form is no dispute text.
    """
    from disputedesk.papers.submission import texts_in

    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
        draft = composed(desk, rows, basis, desk.forms.get(form), language)
        document = _begun(rows, basis, form, language)
        copied = rows.copied_fields.of_document(document.id) if document else ()
    if document is None:
        written = draft.with_texts(texts or {})
        return Walk(draft, written, _steps(written, (), ()), basis.case.number)
    then = texts_in(_beside(copied, DRAFT))
    changed = _changed(draft, then)
    kept = {} if fresh else texts_in(desk.vault.read(document.sha256).decode())
    written = draft.with_texts({**kept, **(texts or {})})
    renewed = tr("Files") in changed
    names = () if renewed and fresh else tuple(_beside(copied, PREPARED).split("\n"))
    return Walk(
        draft, written, _steps(written, copied, names), basis.case.number, document.id,
        () if fresh else changed, _beside(copied, FOLDER),
    )  # fmt: skip


def composed(
    desk: Desk, rows: StoreTransaction, basis: CaseBasis, form: Form, language: str
) -> Submission:
    """The dispute text as the case says it now, in the user's own words of the platform."""
    from disputedesk.papers.composer import compose_submission

    context = letter_context(desk, basis, form, language=language)
    said = rows.platform_words.of_form(form.id)
    return compose_submission(form, context, language=language, said=said)


def submission_form(desk: Desk, case_id: CaseId, *, avenue: str) -> str:
    """The id of the form for a text along a case's avenue: one that is offered now goes first.

    Raises:
        NotFound: No form serves it.
    """
    from disputedesk.desk.queries.cases import case_detail

    kinds = (FormKind.SUBMISSION, FormKind.MESSAGE)
    offered = [p for p in case_detail(desk, case_id).papers if p.kind in kinds]
    for choice in offered:
        if choice.avenue == avenue and desk.forms.get(choice.form).kind is FormKind.SUBMISSION:
            return choice.form
    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    for form in desk.forms.serving(avenue, problem=basis.case.problem):
        mine = form.platform and form.platform == basis.order.order.platform
        if form.kind is FormKind.SUBMISSION and (mine or _is_wallet_of(form, basis)):
            return form.id
    raise NotFound(
        tr("No form serves {avenue} for this case.", avenue=words.avenue_title(avenue)),
        avenue,
        tr("letter forms lists the forms there are."),
    )


def rule_of_form(desk: Desk, case_id: CaseId, form: str) -> RuleId | None:
    """The rule that a paper made from `form` is sent under; `None` when no way fits.

    The recommended step goes first, then what is open, then what is not known or over.
    """
    from disputedesk.desk.queries.cases import case_detail

    chosen, detail = desk.forms.get(form), case_detail(desk, case_id)
    fitting = [
        window for window in detail.windows
        if window.actor is Actor.BUYER and str(window.stage) in chosen.stages
        and window.status in _FILEABLE and chosen.serves(str(window.avenue), window.rule)
    ]  # fmt: skip
    fitting.sort(key=lambda w: (w.rule != detail.step.rule, _FILEABLE.index(w.status)))
    return RuleId(fitting[0].rule) if fitting else None


def profile_of(desk: Desk, basis: CaseBasis, form: Form) -> Profile | None:
    """The destination with the limits of this very platform or wallet; `None` where none is."""
    from disputedesk.desk.queries.packets import profiles
    from disputedesk.papers.packets.profile import Shape

    wallet = str(basis.facts.get("wallet") or "")
    for profile in reversed(profiles(desk).profiles):
        mine = form.platform in profile.platforms if form.platform else wallet in profile.wallets
        if mine and profile.shape is Shape.FILES:
            return profile
    return None


def platform_words(desk: Desk, form: str) -> tuple[PlatformWordView, ...]:
    """What a platform's form calls each problem and wish it serves, the user's own words first."""
    from disputedesk.papers.choosing import REASON, WISH, shipped_words
    from disputedesk.papers.frame import words as spoken

    said = spoken(language())
    chosen = desk.forms.get(form)
    with desk.store.snapshot() as rows:
        own = {(word.kind, word.value): word for word in rows.platform_words.of_form(form)}
    asked: list[tuple[str, Problem | Wish, str]] = []
    if REASON in chosen.fields:
        asked += [(REASON, problem, said.problems[problem.value]) for problem in chosen.problems]
    if WISH in chosen.fields:
        asked += [(WISH, wish, said.wishes[wish.value]) for wish in Wish]
    return tuple(
        _word_view(kind, value, meaning, own.get((kind, value)),
                   next(iter(shipped_words(chosen, kind, value)), ""))
        for kind, value, meaning in asked
    )  # fmt: skip


def _word_view(
    kind: str, value: str, meaning: str, own: PlatformWord | None, shipped: str
) -> PlatformWordView:
    text = shipped if own is None else own.text
    day = None if own is None else own.changed_on
    return PlatformWordView(kind, value, meaning, text, shipped, day)


def when_copied(step: WalkStep) -> str:
    """When a step was copied, in words; empty where it was not."""
    if step.copied_at is None:
        return ""
    local = step.copied_at.astimezone()
    return tr("copied {day}, {time}", day=day_text(local.date()), time=f"{local:%H:%M}")


def file_name(position: int, name: str) -> str:
    """What a file is called in the folder it is uploaded from."""
    from disputedesk.vault import clean_name

    return f"{position:02}_{clean_name(name)}"


def folder_there(walk: Walk) -> Path | None:
    """The folder with the files, if it is still there."""
    folder = Path(walk.folder) if walk.folder else None
    return folder if folder is not None and folder.is_dir() else None


def _begun(rows: StoreTransaction, basis: CaseBasis, form: str, language: str) -> Document | None:
    """The text that is being copied: the newest of its form and language that did not go out."""
    mine = (DocumentKind.SUBMISSION, form, language, None)
    for document in reversed(basis.documents):
        if (document.kind, document.form, document.language, document.sent_on) == mine and any(
            each.name == DRAFT for each in rows.copied_fields.of_document(document.id)
        ):
            return document
    return None


def _beside(copied: tuple[CopiedField, ...], name: str) -> str:
    found = [each.text for each in copied if each.position == BESIDE and each.name == name]
    return found[-1] if found else ""


def _changed(draft: Submission, then: Mapping[str, str]) -> tuple[str, ...]:
    """The labels of what the program would write otherwise now."""
    from disputedesk.papers.submission import FILES, texts_in

    now = texts_in(draft.as_text())
    labels = {field.name: field.label for field in draft.fields} | {FILES: tr("Files")}
    return tuple(label for name, label in labels.items() if now.get(name) != then.get(name))


def _steps(
    written: Submission, copied: tuple[CopiedField, ...], prepared: tuple[str, ...]
) -> tuple[WalkStep, ...]:
    """The fields, then the files under the names they have in their folder."""
    done = {(each.name, each.text): each.at for each in copied if each.position != BESIDE}
    steps = [
        WalkStep(at, field.name, field.label, field.text, field,
                 copied_at=done.get((field.name, field.text)))
        for at, field in enumerate(written.fields, 1)
    ]  # fmt: skip
    for file in written.files:
        usual = file_name(file.position, file.name)
        begin = (f"{file.position:02}_", f"{file.position:02}-")
        there = [name for name in prepared if name.startswith(begin)]
        name, text = f"file {file.position}", ", ".join(there) or usual
        label = tr("File {number}", number=file.position)
        steps.append(
            WalkStep(len(steps) + 1, name, label, text, file=file,
                     copied_at=done.get((name, text)))
        )  # fmt: skip
    return tuple(steps)


def _is_wallet_of(form: Form, basis: CaseBasis) -> bool:
    """Whether a form without a platform is made for the wallet that was paid with."""
    wallet = str(basis.facts.get("wallet") or "")
    return bool(wallet) and any(rule.startswith(f"{wallet}.") for rule in form.rules)
