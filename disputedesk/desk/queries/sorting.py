"""What the exhibits of a case most likely show, and which order a file elsewhere belongs to."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import NotFound
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.queries.exhibit_words import kept_words, words_of
from disputedesk.desk.queries.prompts import dismissed, dismissed_key
from disputedesk.intake.sorting import Clue, KindGuess, Shape, guess_kind
from disputedesk.intake.tracking import find_tracking_numbers
from disputedesk.media import words
from disputedesk.media.clues import picture_clues
from disputedesk.model.case import Case, CaseStage, Exhibit
from disputedesk.model.ids import CaseId, OrderId
from disputedesk.model.order import Order
from disputedesk.vault import media_type

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_BY_MAKE: Final = frozenset({"", "photo", "video", "chat"})
"""What a file is called before anybody says what it shows."""
_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z-])(?=[^\s]{0,36}\d{4})[0-9A-Za-z][0-9A-Za-z-]{4,39}")
_MOST_NUMBERS: Final = 400
_HEAD: Final = 65_536


@dataclasses.dataclass(frozen=True, slots=True)
class KindSuggestion:
    """What an exhibit most likely shows.

    Attributes:
        why: What says so, one sentence.
        mark: The name under which "no" is kept.
    """

    exhibit: Exhibit
    kind: str
    why: str
    mark: str


@dataclasses.dataclass(frozen=True, slots=True)
class FileGuess:
    """The order a file most likely belongs to.

    Attributes:
        order: `None` where nothing in it names one order.
        cases: The order's open cases.
        why: What says so, one sentence; empty where nothing does.
    """

    path: Path
    order: Order | None
    cases: tuple[Case, ...]
    why: str


def suggest_kinds(
    desk: Desk,
    case_id: CaseId,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> tuple[KindSuggestion, ...]:
    """What the exhibits that nobody named most likely show, in printing order.

    Raises:
        NotFound: There is no such case.
    """
    with desk.store.snapshot() as rows:
        rows.cases.get(case_id)
        exhibits = rows.exhibits.list(case_id)
        kept = {each.id: kept_words(rows, each.evidence) for each in exhibits}
        gone = dismissed(rows.settings.find(dismissed_key(case_id)))
    found = []
    for number, exhibit in enumerate(exhibits, 1):
        if cancel is not None:
            cancel.check()
        mark = f"kind:{exhibit.evidence.id}"
        unnamed = exhibit.kind in _BY_MAKE and exhibit.withdrawn_at is None
        guess = _guess(desk, exhibit, kept[exhibit.id]) if unnamed and mark not in gone else None
        if guess is not None and guess.kind != exhibit.kind:
            found.append(KindSuggestion(exhibit, guess.kind, _why(guess), mark))
        progress(tr("Looking at the exhibits"), number, len(exhibits))
    return tuple(found)


def _guess(desk: Desk, exhibit: Exhibit, kept: str | None) -> KindGuess | None:
    evidence = exhibit.evidence
    try:
        said = words_of(desk, evidence, kept)
        shape = _shape(desk.vault.path(evidence.sha256), evidence.media_type)
    except (NotFound, OSError):
        return None
    return guess_kind(evidence.name, evidence.media_type, shape=shape, words=said)


@functools.lru_cache(maxsize=512)
def _shape(path: Path, media_type: str) -> Shape | None:
    """How a sealed picture was made; sealed bytes never change."""
    clues = picture_clues(path, media_type)
    return None if clues is None else Shape(clues.width, clues.height, clues.camera)


def _why(guess: KindGuess) -> str:
    return {
        Clue.WORDS: tr("Its words say so."),
        Clue.NAME: tr("Its name says so."),
        Clue.MAKE: tr("Such files mostly are."),
    }[guess.clue]


def whose_files(desk: Desk, paths: Sequence[Path]) -> tuple[FileGuess, ...]:
    """For each file the order it names by its number or its parcel's; nothing is kept.

    Pictures are not read here: of them the name counts. A folder or a missing file names nothing.
    """
    return tuple(_whose(desk, path) for path in paths)


def _whose(desk: Desk, path: Path) -> FileGuess:
    said = f"{path.stem}\n{_file_words(path)}"
    with desk.store.snapshot() as rows:
        by_number = rows.orders.find_by_numbers(_numbers(said))
        parcels = find_tracking_numbers(said)
        by_parcel = [o for n in parcels for o in rows.orders.find_by_tracking(n.number)]
        found: dict[OrderId, Order] = {order.id: order for order in (*by_number, *by_parcel)}
        if len(found) != 1:
            return FileGuess(path, None, (), "")
        (order,) = found.values()
        cases = [c for c in rows.cases.of_order(order.id) if c.stage is not CaseStage.CLOSED]
    named = tr("It names the order's number.") if by_number else tr("It names the parcel's number.")
    return FileGuess(path, order, tuple(cases), named)


def _file_words(path: Path) -> str:
    """What a mail, page or text says; nothing of other kinds."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as stream:
            media = media_type(stream.read(_HEAD), path.name)
        readers = {"message/rfc822": words.read_mail, "text/html": words.read_page,
                   "text/plain": words.read_text}  # fmt: skip
        if media not in readers:
            return ""
        printed = readers[media](path)
    except OSError:
        return ""
    return "\n".join([*(value for _name, value in printed.rows), printed.body])


def _numbers(text: str) -> Iterable[str]:
    """What could be an order's number, each once, at most so many."""
    return list(dict.fromkeys(match[0] for match in _NUMBER.finditer(text)))[:_MOST_NUMBERS]
