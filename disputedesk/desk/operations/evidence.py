"""Files kept as exhibits: sealed first, then numbered."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import Conflict
from disputedesk.common.texts import tr, trn
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.arriving import (
    Arrived,
    Arriving,
    NotTaken,
    PastedImage,
    PastedText,
    Source,
    Streamed,
)
from disputedesk.desk.changes import Changes, Outcome
from disputedesk.desk.operations.exhibits import put_back
from disputedesk.model.case import Evidence, Exhibit
from disputedesk.model.evidence import Arrival, Derivation, Derived, Way
from disputedesk.model.ids import CaseId, EvidenceId, ExhibitId
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.transaction import Transaction

__all__ = [
    "Added",
    "AddedLine",
    "Came",
    "PastedImage",
    "PastedText",
    "Source",
    "Streamed",
    "add_evidence",
    "add_files",
]

_KINDS: Final = {
    "image/": "photo",
    "video/": "video",
    "message/rfc822": "chat",
}
"""What a file most likely is to a checklist, by its media type; the user may say otherwise."""


class Came(enum.StrEnum):
    """What became of one file that was added."""

    ADDED = "added"
    KNOWN = "known"
    """The case had it already; only its coming was noted."""
    PUT_BACK = "put_back"
    """It had been taken out after it was sent; it stands again under its number."""
    REFUSED = "refused"


@dataclasses.dataclass(frozen=True, slots=True)
class AddedLine:
    """One file that was added, and what became of it.

    Attributes:
        name: The name it came with.
        number: The exhibit's number; 0 where it was refused.
        mail: The name of the mail that carried it; empty for a file that was given itself.
        why: Why it was refused, or what else is to be known of it; may be empty.
        remedy: What to do about that; may be empty.
    """

    name: str
    came: Came
    exhibit: ExhibitId | None = None
    number: int = 0
    mail: str = ""
    why: str = ""
    remedy: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Added:
    """What became of everything that was added, in the order it was given."""

    lines: tuple[AddedLine, ...]

    @property
    def exhibits(self) -> tuple[ExhibitId, ...]:
        """The exhibits that show it, new and known."""
        return tuple(line.exhibit for line in self.lines if line.exhibit is not None)

    def count(self, came: Came) -> int:
        """How many files became this."""
        return sum(line.came is came for line in self.lines)

    @property
    def said(self) -> str:
        """The adding in a few words; what did not happen is not told."""
        new, known = self.count(Came.ADDED), self.count(Came.KNOWN)
        refused, back = self.count(Came.REFUSED), self.count(Came.PUT_BACK)
        parts = []
        if new or not (known or refused or back):
            parts.append(trn("{count} exhibit added", "{count} exhibits added", new))
        if back:
            parts.append(trn("{count} exhibit put back", "{count} exhibits put back", back))
        if known:
            parts.append(trn("{count} known already", "{count} known already", known))
        if refused:
            parts.append(trn("{count} refused", "{count} refused", refused))
        return ", ".join(parts)


def add_evidence(
    desk: Desk,
    case_id: CaseId,
    sources: Sequence[Source],
    *,
    way: Way = Way.COMMAND,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[tuple[ExhibitId, ...]]:
    """Seals files and numbers them as exhibits, in the order given: all of them or none.

    Args:
        desk: The desk.
        case_id: The case.
        sources: Files, or what was in the clipboard; the originals are not touched. A mail brings
            the files it carries.
        way: How they came.
        progress: Told after every file.
        cancel: Asked between files and inside long ones.

    Raises:
        Refused: One of them is no plain file, or changed while it was read; nothing was added.
    """
    arriving = Arriving(desk, way, folders=False, strict=True, cancel=cancel)
    outcome = _add(desk, case_id, sources, arriving, progress)
    return Outcome(outcome.value.exhibits, outcome.changes, outcome.undo, outcome.said)


def add_files(
    desk: Desk,
    case_id: CaseId,
    sources: Sequence[Source],
    *,
    way: Way = Way.COMMAND,
    folders: bool = False,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[Added]:
    """As `add_evidence`, but what is refused does not keep the others out.

    Args:
        desk: The desk.
        case_id: The case.
        sources: As there.
        way: How they came.
        folders: Whether the files in folders are taken, to any depth; else a folder is refused.
        progress: Told after every file.
        cancel: Asked between files and inside long ones; nothing is added then.
    """
    arriving = Arriving(desk, way, folders=folders, strict=False, cancel=cancel)
    return _add(desk, case_id, sources, arriving, progress)


def _add(
    desk: Desk, case_id: CaseId, sources: Sequence[Source], arriving: Arriving, progress: Progress
) -> Outcome[Added]:
    with desk.store.snapshot() as rows:
        rows.cases.get(case_id)
    arriving.take(sources, progress)
    if not any(isinstance(one, Arrived) for one in arriving.found):
        added = Added(tuple(_refused(one) for one in arriving.found if isinstance(one, NotTaken)))
        return Outcome(added, Changes(), None, added.said)
    try:
        return _enter(desk, case_id, arriving.found)
    except BaseException:
        arriving.discard()
        raise


def _enter(desk: Desk, case_id: CaseId, found: Sequence[Arrived | NotTaken]) -> Outcome[Added]:
    """Enters what was sealed, in one commit."""
    with desk.transaction("evidence.add") as change:
        case = change.rows.cases.get(case_id)
        entering = _Entering(desk, change, case_id)
        added = Added(tuple(
            _refused(one) if isinstance(one, NotTaken) else entering.enter(place, one)
            for place, one in enumerate(found)
        ))  # fmt: skip
        change.touch_case(case_id, case.order, windows=False)
        change.touch_evidence(evidence.id for evidence in entering.kept.values())
        after = {
            "evidence": entering.new, "known": entering.known,
            "refused": added.count(Came.REFUSED), "said": added.said,
        }  # fmt: skip
        changed = bool(entering.new or entering.withdrawn)
        act = "evidence.add" if changed else "evidence.again"
        before = {"withdrawn": entering.withdrawn} if entering.withdrawn else None
        entry = change.note(Subject("case", case_id), before, after, act=act)
    return Outcome(added, change.changes, entry if changed else None, added.said)


class _Entering:
    """What one adding writes; lives as long as its transaction.

    Attributes:
        kept: The evidence of each place among what arrived.
        new: Evidence that became an exhibit of the case.
        known: Evidence that was one already.
        withdrawn: Evidence that was put back, and when it had been taken out.
    """

    def __init__(self, desk: Desk, change: Transaction, case_id: CaseId) -> None:
        self._desk = desk
        self._change = change
        self._case = case_id
        self._shown = {each.id for each in change.rows.exhibits.list(case_id)}
        self.kept: dict[int, Evidence] = {}
        self.new: list[EvidenceId] = []
        self.known: list[EvidenceId] = []
        self.withdrawn: dict[str, dt.datetime] = {}

    def enter(self, place: int, one: Arrived) -> AddedLine:
        """Enters one file: the bytes once, its coming always, and its exhibit."""
        rows = self._change.rows
        if not self._desk.vault.holds(one.evidence.sha256):
            raise Conflict(
                tr("Somebody took the same file back while it was being added."),
                one.true_name,
                tr("Add it again."),
            )
        evidence = self.kept[place] = rows.evidence.add(one.evidence)
        captured = one.captured
        rows.arrivals.add(
            Arrival(
                0, evidence.id, rows.at, rows.actor, one.way, one.true_name,
                None if captured is None else captured.at,
                "" if captured is None else captured.by,
                None if captured is None else captured.offset_minutes,
            )
        )  # fmt: skip
        self._derive(evidence, one)
        exhibit = rows.exhibits.add(
            Exhibit(ExhibitId(0), self._case, evidence, 0, kind=_kind(evidence.media_type))
        )
        came = self._what_came(exhibit, one)
        mail = "" if one.mail is None else self.kept[one.mail].name
        return AddedLine(
            one.true_name, came, exhibit.id, exhibit.number, mail, *_remark(one, exhibit)
        )

    def _what_came(self, exhibit: Exhibit, one: Arrived) -> Came:
        """What became of a file; who gives one that was taken out wants it to stand again.

        A mail that is given again puts back itself, not what was taken out of what it carries.
        """
        known, evidence = exhibit.id in self._shown, exhibit.evidence.id
        self._shown.add(exhibit.id)
        if one.mail is None and (former := put_back(self._change, [exhibit])):
            self.withdrawn |= former
            return Came.PUT_BACK
        (self.known if known else self.new).append(evidence)
        return Came.KNOWN if known else Came.ADDED

    def _derive(self, evidence: Evidence, one: Arrived) -> None:
        """Notes once that a file was taken out of a mail."""
        if one.mail is None:
            return
        rows, mail = self._change.rows, self.kept[one.mail]
        if evidence.id == mail.id or any(
            known.origin == mail.id for known in rows.derivations.of_evidence(evidence.id)
        ):
            return
        detail = json.dumps({"name": one.true_name}, ensure_ascii=False)
        rows.derivations.add(
            Derivation(
                0, evidence.id, mail.id, Derived.ATTACHMENT, detail, rows.at, rows.actor
            )
        )  # fmt: skip


def _remark(one: Arrived, exhibit: Exhibit) -> tuple[str, str]:
    """What else is to be known of a file that was kept, and what to do about it."""
    if exhibit.withdrawn_at is not None and one.mail is not None:
        return (
            tr("It was taken out after it had been sent."),
            tr("Add the file itself to use it again."),
        )
    if one.left_inside:
        left = trn(
            "{count} file was left inside the mail: too many, too large or not to be read.",
            "{count} files were left inside the mail: too many, too large or not to be read.",
            one.left_inside,
        )
        return left, tr("Save them out of the mail and add them.")
    if one.evidence.size == 0:
        return tr("The file is empty."), tr("Check where it came from and add it again.")
    return "", ""


def _refused(one: NotTaken) -> AddedLine:
    error = one.error
    return AddedLine(one.name, Came.REFUSED, why=error.what, remedy=error.remedy)


def _kind(media: str) -> str:
    return next((kind for prefix, kind in _KINDS.items() if media.startswith(prefix)), "")
