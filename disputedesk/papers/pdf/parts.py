"""A bundle in parts: where it is cut, so that no file is larger than its destination takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr, trn
from disputedesk.papers.bundle import PartLimits
from disputedesk.papers.plan import Run, RunKind

_BASE: Final = 150_000
"""Bytes of a file without any page: fonts, colours, tables."""

_SHEET: Final = 6_000
"""Bytes of a sheet with text on it."""

_CUT_BEFORE: Final = frozenset({RunKind.EXHIBIT, RunKind.MANIFEST})


def in_parts(
    runs: Sequence[Run], sizes: Mapping[int, int], limits: PartLimits | None, spare: int = 0
) -> tuple[Run, ...]:
    """The runs with a cover before each part after the first; cut between exhibits only.

    Args:
        runs: In printed order, beginning with a cover.
        sizes: About how many bytes each exhibit adds, by number.
        limits: How large one file may be; `None` for any size.
        spare: Bytes of each file to be left free beyond the estimate.

    Raises:
        Refused: One exhibit alone, or all that goes before the first, is too large for a file.
    """
    if limits is None:
        return tuple(runs)
    made: list[Run] = []
    size = pages = part = 0
    for run in runs:
        weight = _SHEET * run.pages + (sizes.get(run.number, 0) if _is_exhibit(run) else 0)
        full = _exceeds(limits, size + weight + spare, pages + run.pages)
        if run.kind is RunKind.COVER:
            part, size, pages = part + 1, _BASE, 0
            run = Run(run.kind, run.pages, part)  # noqa: PLW2901 - its number is settled here
        elif full and run.kind in _CUT_BEFORE and made[-1].kind is not RunKind.COVER:
            part += 1
            made.append(Run(RunKind.COVER, 1, part))
            size, pages = _BASE + _SHEET, 1
        if _exceeds(limits, size + weight, pages + run.pages):
            raise _too_large(run, limits)
        made.append(run)
        size, pages = size + weight, pages + run.pages
    return tuple(made)


def parts_of(runs: Sequence[Run]) -> list[tuple[int, int]]:
    """First and last page of each part."""
    found: list[tuple[int, int]] = []
    page = 1
    for run in runs:
        if run.kind is RunKind.COVER:
            found.append((page, page))
        page += run.pages
        found[-1] = (found[-1][0], page - 1)
    return found


def _is_exhibit(run: Run) -> bool:
    return run.kind is RunKind.EXHIBIT


def _exceeds(limits: PartLimits, size: int, pages: int) -> bool:
    return (limits.size is not None and size > limits.size) or (
        limits.pages is not None and pages > limits.pages
    )


def _too_large(run: Run, limits: PartLimits) -> Refused:
    if run.kind is RunKind.EXHIBIT:
        what = tr("Exhibit {number} alone is larger than one file may be.", number=run.number)
    else:
        what = tr("What goes before the exhibits is larger than one file may be.")
    told = []
    if limits.size is not None:
        told.append(tr("{count} bytes", count=f"{limits.size:,}"))
    if limits.pages is not None:
        told.append(trn("{count} page", "{count} pages", limits.pages))
    return Refused(what, ", ".join(told), tr("Make it smaller, or send it in another way."))
