"""Evidence read for its words and looked through for card numbers, file by file.

The bytes are read before the transaction, which is short: what was read, what was found, and the
search follow in one commit. Nothing is kept of a number but its last digits.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from disputedesk.common.errors import NotFound
from disputedesk.common.secrets import mask_text
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.changes import Changes, Outcome
from disputedesk.model.evidence import Reading, ReadState, Suspicion
from disputedesk.store.values import LedgerEntry, Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.transaction import Transaction
    from disputedesk.media.places import FileWords
    from disputedesk.media.scanning import Found
    from disputedesk.model.case import Evidence
    from disputedesk.model.ids import EvidenceId

_MOST: Final = 1_000
_LONGEST_TEXT: Final = 200_000
_ROUGHLY: Final = 2 * _LONGEST_TEXT


@dataclasses.dataclass(frozen=True, slots=True)
class ReadNews:
    """What a round of reading came to.

    Attributes:
        read: How many files were read.
        dangerous: Those that show a card number or code nobody has settled.
        is_whole: Whether nothing is left to be read.
    """

    read: int
    dangerous: tuple[EvidenceId, ...]
    is_whole: bool


def read_new_evidence(
    desk: Desk,
    *,
    most: int = _MOST,
    pictures: bool = True,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[ReadNews]:
    """Reads what no reader of this version has read, then pictures where they can be read.

    Args:
        desk: The desk.
        most: The most files of each round.
        pictures: Whether the words of pictures are read too, which takes seconds for each.
        progress: Told after every file.
        cancel: Asked inside files too; what was read before is kept.
    """
    from disputedesk.media.ocr import can_read_pictures
    from disputedesk.media.reading import READER

    with desk.store.snapshot() as rows:
        waiting = [rows.evidence.get(each) for each in rows.readings.unread(READER, most)]
    changes, dangerous = _read_all(desk, waiting, progress, cancel)
    unseen: list[Evidence] = []
    if pictures and can_read_pictures():
        with desk.store.snapshot() as rows:
            found = rows.readings.in_state(ReadState.WITHOUT_WORDS, most)
            unseen = [rows.evidence.get(each) for each in found]
        for number, evidence in enumerate(unseen, 1):
            changes |= _read_pictures(desk, evidence, dangerous, cancel)
            progress(tr("Reading pictures"), number, len(unseen))
    whole = max(len(waiting), len(unseen)) < most
    read = len(waiting) + len(unseen)
    return Outcome(ReadNews(read, tuple(dict.fromkeys(dangerous)), whole), changes)


def read_evidence(
    desk: Desk,
    evidence: Iterable[Evidence],
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[None]:
    """Reads these where no reader of this version has, and what pictures show where it can be."""
    from disputedesk.media.ocr import can_read_pictures
    from disputedesk.media.reading import READER

    asked = list(evidence)
    with desk.store.snapshot() as rows:
        known = {each.id: rows.readings.find(each.id) for each in asked}
    waiting = [
        each for each in asked if (reading := known[each.id]) is None or reading.reader < READER
    ]
    changes, dangerous = _read_all(desk, waiting, progress, cancel)
    with desk.store.snapshot() as rows:
        read = {each.id: rows.readings.find(each.id) for each in asked}
    unseen = [each for each in asked if _has_no_words(read[each.id])] if can_read_pictures() else []
    for number, each in enumerate(unseen, 1):
        changes |= _read_pictures(desk, each, dangerous, cancel)
        progress(tr("Reading pictures"), number, len(unseen))
    return Outcome(None, changes)


def _has_no_words(reading: Reading | None) -> bool:
    return reading is not None and reading.state is ReadState.WITHOUT_WORDS


def _read_all(
    desk: Desk, waiting: Sequence[Evidence], progress: Progress, cancel: CancelToken | None
) -> tuple[Changes, list[EvidenceId]]:
    changes = Changes()
    dangerous: list[EvidenceId] = []
    for number, evidence in enumerate(waiting, 1):
        changes |= _read(desk, evidence, dangerous, cancel)
        progress(tr("Reading evidence"), number, len(waiting))
    return changes, dangerous


def _read(
    desk: Desk, evidence: Evidence, dangerous: list[EvidenceId], cancel: CancelToken | None
) -> Changes:
    from disputedesk.media.places import FileWords
    from disputedesk.media.scanning import scan

    if cancel is not None:
        cancel.check()
    path = desk.vault.path(evidence.sha256)
    try:
        looked = scan(path, evidence.media_type, evidence.name, cancel=cancel)
    except OSError:
        return _keep(desk, evidence, FileWords(ReadState.UNREADABLE, ""), (), dangerous)
    return _keep(desk, evidence, looked.words, looked.found, dangerous)


def _read_pictures(
    desk: Desk, evidence: Evidence, dangerous: list[EvidenceId], cancel: CancelToken | None
) -> Changes:
    """Adds the words of pictures to what was read before; what failed is not tried again."""
    from disputedesk.media.ocr import read_pictures
    from disputedesk.media.scanning import found_in

    path = desk.vault.path(evidence.sha256)
    words = read_pictures(path, evidence.media_type, cancel=cancel)
    if words.state is not ReadState.READ:
        words = dataclasses.replace(words, state=ReadState.UNREADABLE)
    return _keep(desk, evidence, words, found_in(words.places), dangerous, more=True)


def _keep(
    desk: Desk,
    evidence: Evidence,
    words: FileWords,
    found: Sequence[Found],
    dangerous: list[EvidenceId],
    *,
    more: bool = False,
) -> Changes:
    """Enters what was read and found.

    Args:
        desk: The desk.
        evidence: What was read.
        words: Its words, unmasked; they go no further than here.
        found: What was seen in it.
        dangerous: Takes its number if it must not leave.
        more: Whether this comes to what was read before, rather than in its place.
    """
    from disputedesk.media.reading import READER

    with desk.transaction("evidence.read") as change:
        before = change.rows.readings.find(evidence.id) if more else None
        text = "\n".join(each.text for each in words.places if each.searched)
        change.rows.readings.set(
            Reading(
                evidence.id,
                words.state,
                _kept_text(text if before is None else f"{before.text}\n{text}"),
                words.how,
                words.pages if before is None else before.pages,
                READER,
                desk.clock.now(),
            )
        )
        earlier = change.rows.suspicions.of_evidence([evidence.id])
        new = [*(earlier if more else ()), *(_suspicion(evidence.id, each) for each in found)]
        change.rows.suspicions.replace(evidence.id, new)
        kept = change.rows.suspicions.of_evidence([evidence.id])
        if any(is_dangerous(each) for each in kept):
            dangerous.append(evidence.id)
        change.touch_evidence([evidence.id])
        if kept or earlier:
            _touch_cases(change, evidence.id)
    return change.changes


def _kept_text(text: str) -> str:
    """The words as they are kept: masked before they are cut, so that no cut hides a number."""
    return mask_text(text[:_ROUGHLY].replace("\0", " "))[:_LONGEST_TEXT]


def _suspicion(evidence: EvidenceId, found: Found) -> Suspicion:
    return Suspicion(0, evidence, str(found.kind), found.place, found.shown, found.page, found.box)


def is_dangerous(suspicion: Suspicion) -> bool:
    """Whether a file that shows this must not leave."""
    from disputedesk.media.scanning import DANGEROUS

    return suspicion.settled_on is None and suspicion.kind in DANGEROUS


def _touch_cases(change: Transaction, evidence: EvidenceId) -> None:
    """Marks the cases that show this evidence, or what it was made from."""
    origins = [each.origin for each in change.rows.derivations.of_evidence(evidence)]
    for number in (evidence, *origins):
        for exhibit in change.rows.exhibits.of_evidence(number):
            case = change.rows.cases.get(exhibit.case)
            change.touch_case(case.id, case.order, windows=False)


def settle_suspicion(desk: Desk, suspicion_id: int, *, settled: bool = True) -> Outcome[None]:
    """Notes that somebody looked and says it is no secret; or that it counts again.

    Raises:
        NotFound: There is no such suspicion.
    """
    with desk.transaction("evidence.settle") as change:
        found = change.rows.suspicions.get(suspicion_id)
        if found is None:
            raise NotFound(
                tr("Nothing that was found has this number."),
                str(suspicion_id),
                tr("evidence scan lists what was found."),
            )
        on = desk.today if settled else None
        _settle(change, found, on is not None)
        said = tr("{shown} is no secret", shown=found.shown)
        if not settled:
            said = tr("{shown} counts as a secret again", shown=found.shown)
        before = {
            "kind": found.kind, "place": found.place, "shown": found.shown, "page": found.page,
            "settled": found.settled_on is not None,
        }  # fmt: skip
        entry = change.note(Subject("evidence", found.evidence), before, {"said": said})
    return Outcome(None, change.changes, entry, said)


def unsettle(change: Transaction, entry: LedgerEntry, before: Mapping[str, Any]) -> None:
    """Takes a settling back; what was found has been found anew since, so it is known by looks."""
    from disputedesk.model.ids import EvidenceId

    evidence = EvidenceId(entry.subject.id)
    for each in change.rows.suspicions.of_evidence([evidence]):
        if _looks(each) == (before["kind"], before["place"], before["shown"], before["page"]):
            _settle(change, each, bool(before["settled"]))


def _settle(change: Transaction, found: Suspicion, settled: bool) -> None:
    """Settles all that look the same there: one sentence was said of them."""
    on = change.desk.today if settled else None
    for each in change.rows.suspicions.of_evidence([found.evidence]):
        if _looks(each) == _looks(found):
            change.rows.suspicions.settle(each.id, on)
    change.touch_evidence([found.evidence])
    _touch_cases(change, found.evidence)


def _looks(each: Suspicion) -> tuple[str, str, str, int]:
    return each.kind, each.place, each.shown, each.page
