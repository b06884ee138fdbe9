"""The jobs of a dispute text that is walked through: looking, copying, keeping, filing."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from disputedesk.common.errors import DeskError
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.evidence import PastedImage, PastedText
from disputedesk.desk.operations.evidence import Source as EvidenceSource
from disputedesk.desk.queries.linting import findings_of
from disputedesk.desk.queries.papers import letter_gaps
from disputedesk.desk.queries.submissions import Walk, WalkStep, rule_of_form, submission_walk
from disputedesk.desk.views import Question
from disputedesk.gui.adding import Given, png_of
from disputedesk.model.evidence import Way
from disputedesk.model.ids import CaseId, DocumentId, FilingId, RuleId
from disputedesk.papers.lint.finding import Finding

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


@dataclasses.dataclass(frozen=True, slots=True)
class Text:
    """Which dispute text is meant."""

    case: CaseId
    form: str
    language: str


@dataclasses.dataclass(frozen=True, slots=True)
class WalkLook:
    """A dispute text as it stands: what it lacks, why it cannot be written, or its steps.

    Attributes:
        rule: What it is sent under; `None` when no way fits.
        findings: What a second pair of eyes says of it.
    """

    gaps: tuple[Question, ...] = ()
    walk: Walk | None = None
    rule: RuleId | None = None
    fault: str = ""
    findings: tuple[Finding, ...] = ()


def look_at_walk(desk: Desk, text: Text, texts: Mapping[str, str], fresh: bool) -> WalkLook:
    """A job that asks what a dispute text lacks, and how far it has come when nothing is."""
    gaps = letter_gaps(desk, text.case, form=text.form, language=text.language)
    if gaps:
        return WalkLook(gaps)
    try:
        walk = submission_walk(
            desk, text.case, form=text.form, language=text.language, texts=texts, fresh=fresh
        )
        findings = findings_of(desk, text.case, form=text.form, language=text.language)
    except DeskError as error:
        return WalkLook(fault=str(error))
    rule = rule_of_form(desk, text.case, text.form)
    return WalkLook(walk=walk, rule=rule, findings=findings)


def copy_step(
    desk: Desk, text: Text, name: str, texts: Mapping[str, str], fresh: bool
) -> Outcome[WalkStep]:
    """A job that calls a step copied; nothing pops up for it, Edit ▸ Undo knows it."""
    from disputedesk.desk.operations.submissions import copy_field

    done = copy_field(
        desk, text.case, form=text.form, language=text.language, name=name, texts=texts,
        fresh=fresh,
    )  # fmt: skip
    return Outcome(done.value, done.changes)


def keep_edits(desk: Desk, text: Text, texts: Mapping[str, str]) -> Outcome[DocumentId]:
    """A job that keeps what the user wrote."""
    from disputedesk.desk.operations.submissions import keep_texts

    kept = keep_texts(desk, text.case, form=text.form, language=text.language, texts=texts)
    return Outcome(kept.value, kept.changes)


def save_files(
    desk: Desk,
    text: Text,
    folder: Path,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[tuple[Path, ...]]:
    """A job that writes text and files into a folder, numbered in upload order."""
    from disputedesk.desk.operations.submissions import prepare_files

    return prepare_files(
        desk, text.case, form=text.form, language=text.language, folder=folder,
        progress=progress, cancel=cancel,
    )  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class FiledAs:
    """What is said of a form that was sent off."""

    rule: RuleId
    on: dt.date
    reference: str
    receipt: Given | None = None


def file_text(
    desk: Desk,
    text: Text,
    filed: FiledAs,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[FilingId]:
    """A job that records that the platform's form was sent off, with its receipt."""
    from disputedesk.desk.operations.submissions import file_submission

    receipt = None if filed.receipt is None else _ready(desk, filed.receipt)
    way = Way.COMMAND if filed.receipt is None else filed.receipt.way
    return file_submission(
        desk, text.case, form=text.form, language=text.language, rule=filed.rule, on=filed.on,
        reference=filed.reference, receipt=receipt, way=way, progress=progress, cancel=cancel,
    )  # fmt: skip


def _ready(desk: Desk, given: Given) -> EvidenceSource:
    source = given.sources[0]
    if isinstance(source, QImage):
        return PastedImage(png_of(source), desk.clock.now())
    if isinstance(source, str):
        return PastedText(source, desk.clock.now())
    return source
