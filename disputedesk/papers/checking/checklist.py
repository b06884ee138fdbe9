"""The eighteen points, looked at on one finished file or on the parts of one bundle."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

from disputedesk.common.errors import DeskError
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.papers.checking import (
    citing,
    contents,
    integrity,
    listing,
    numbering,
    privacy,
    soundness,
)
from disputedesk.papers.checking.apart import open_apart
from disputedesk.papers.checking.claims import Claims, Row, claims_of, is_ours
from disputedesk.papers.checking.limits import Limits
from disputedesk.papers.checking.point import NAMES, Point, Verdict, judged, unknown
from disputedesk.papers.checking.seen import SeenBundle


@dataclasses.dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside the file itself.

    Attributes:
        limits: What its destination takes; `None` where none was named.
        files: Kept files by SHA-256, with their names; `None` where none were named.
        again: SHA-256 of the bundle made once more, and once more; `None` where nobody could.
    """

    limits: Limits | None = None
    files: Mapping[str, str] | None = None
    again: tuple[str, str] | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Checklist:
    """All eighteen points of one file.

    Attributes:
        pages: Its pages; 0 where it could not be opened.
        ours: Whether it says that it is a bundle of ours.
    """

    file: Path
    pages: int
    ours: bool
    points: tuple[Point, ...]

    @property
    def failed(self) -> tuple[Point, ...]:
        """The points that are wrong."""
        return tuple(point for point in self.points if point.verdict is Verdict.FAILED)


def check_files(
    paths: Sequence[Path],
    beside: Beside | None = None,
    *,
    ocr: bool = False,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> tuple[Checklist, ...]:
    """The points of each file; of parts of one bundle the index of the first serves all.

    A file that cannot be opened fails the first point, in a sentence. Each is opened in a process
    of its own.

    Args:
        paths: Any files.
        beside: What is known beside them.
        ocr: Whether words in pictures are read too.
        progress: Told while a file is looked at.
        cancel: Asked many times a second.
    """
    opened: list[SeenBundle | Checklist] = []
    for path in paths:
        try:
            opened.append(open_apart(path, ocr=ocr, progress=progress, cancel=cancel))
        except DeskError as error:
            opened.append(not_opened(path, f"{error.what} {error.remedy}".strip()))
    masters = _masters([each for each in opened if isinstance(each, SeenBundle)])
    return tuple(
        each if isinstance(each, Checklist)
        else checklist_of(each, beside, masters.get(each.entry("/DeskBundle"), ()))
        for each in opened
    )  # fmt: skip


def _masters(seen: Sequence[SeenBundle]) -> dict[str, tuple[Row, ...]]:
    """The lines of the index by the bundle's number."""
    found: dict[str, tuple[Row, ...]] = {}
    for each in seen if len(seen) > 1 else ():
        rows = claims_of(each).rows
        if rows and each.entry("/DeskBundle"):
            found.setdefault(each.entry("/DeskBundle"), rows)
    return found


def not_opened(path: Path, why: str) -> Checklist:
    """The points of a file nobody could look into."""
    first = judged(1, [why])
    others = (unknown(n, tr("The file could not be opened.")) for n in range(2, len(NAMES) + 1))
    return Checklist(path, 0, ours=False, points=(first, *others))


def checklist_of(
    seen: SeenBundle, beside: Beside | None = None, master: Sequence[Row] = ()
) -> Checklist:
    """The points of an opened file.

    Args:
        seen: The file.
        beside: What is known beside it.
        master: The index of part 1, for a later part.
    """
    beside = beside or Beside()
    if not seen.pages:
        return not_opened(seen.path, tr("The file has no pages."))
    ours = is_ours(seen)
    claims = claims_of(seen) if ours else None
    rows = (claims.rows if claims else ()) or tuple(master)
    points = [
        soundness.check_opening(seen),
        *_listed(seen, claims, rows, beside),
        contents.check_text(seen, claims, rows),
        contents.check_sheets(seen, claims, rows, beside.limits),
        numbering.check_size(seen, claims, beside.limits),
        privacy.check_hidden(seen, claims),
        privacy.check_secrets(seen, claims),
        soundness.check_setting(seen, claims),
        integrity.check_again(seen, beside.again),
        contents.check_greys(seen, claims),
    ]
    points.sort(key=lambda point: point.number)
    return Checklist(seen.path, len(seen.pages), ours, tuple(points))


def _listed(
    seen: SeenBundle, claims: Claims | None, rows: Sequence[Row], beside: Beside
) -> list[Point]:
    """The points about our own conventions; of a stranger's PDF none applies."""
    if claims is None:
        return [integrity.only_ours(number) for number in (2, 3, 4, 5, 6, 10, 11, 12, 15)]
    if claims.is_extract:
        cut = [integrity.only_pages(number) for number in (2, 4, 5, 6, 10, 11, 12, 15)]
        return [numbering.check_stamps(seen, claims), *cut]
    return [
        numbering.check_counts(seen, claims),
        numbering.check_stamps(seen, claims),
        listing.check_index(seen, claims),
        listing.check_outline(seen, claims, rows),
        listing.check_order(claims, rows),
        contents.check_captures(seen, claims, rows),
        integrity.check_manifest(seen, claims, rows, beside.files),
        contents.check_translations(rows),
        citing.check_letter(seen, claims, rows),
    ]
