"""The plan of a bundle: its runs of pages, kept so that a later one changes no number of it."""

from __future__ import annotations

import dataclasses
import enum
import json
from collections.abc import Iterator
from typing import Any


class RunKind(enum.StrEnum):
    """What a run of pages is."""

    COVER = "cover"
    LETTER = "letter"
    INDEX = "index"
    CHRONOLOGY = "chronology"
    EXHIBIT = "exhibit"
    MANIFEST = "manifest"


@dataclasses.dataclass(frozen=True, slots=True)
class Run:
    """Pages that belong together.

    Attributes:
        number: The exhibit's number; of a cover the part it begins, of an index its group, from 1.
    """

    kind: RunKind
    pages: int
    number: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class PlannedExhibit:
    """What was printed about an exhibit, in the words of then.

    Attributes:
        sha256: Hash of the bytes that were printed.
    """

    number: int
    caption: str
    proves: str
    section: str
    sha256: str


@dataclasses.dataclass(frozen=True, slots=True)
class BundlePlan:
    """A bundle's runs in printed order, and the words they were set with.

    Attributes:
        chronology: Day as ISO text, what happened, and the exhibit that shows it or `None`.
        paper: The sheet, `a4` or `letter`.
    """

    runs: tuple[Run, ...] = ()
    exhibits: tuple[PlannedExhibit, ...] = ()
    chronology: tuple[tuple[str, str, int | None], ...] = ()
    paper: str = ""
    language: str = ""

    def placed(self) -> Iterator[tuple[Run, int]]:
        """Each run with its first page."""
        page = 1
        for run in self.runs:
            yield run, page
            page += run.pages

    def pages_of(self, kind: RunKind) -> int:
        """How many pages all runs of a kind have."""
        return sum(run.pages for run in self.runs if run.kind is kind)

    def exhibit(self, number: int) -> PlannedExhibit | None:
        """What was printed about the exhibit with this number; `None` where it was not in it."""
        return next((each for each in self.exhibits if each.number == number), None)

    def json(self) -> str:
        """The plan as text."""
        return json.dumps(
            {
                "runs": [[str(run.kind), run.pages, run.number] for run in self.runs],
                "exhibits": [dataclasses.astuple(each) for each in self.exhibits],
                "chronology": self.chronology,
                "paper": self.paper,
                "language": self.language,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )


def plan_of(text: str) -> BundlePlan:
    """The plan that `BundlePlan.json` wrote."""
    told: dict[str, Any] = json.loads(text)
    return BundlePlan(
        tuple(Run(RunKind(kind), pages, number) for kind, pages, number in told["runs"]),
        tuple(PlannedExhibit(*each) for each in told["exhibits"]),
        tuple((on, said, exhibit) for on, said, exhibit in told["chronology"]),
        told["paper"],
        told["language"],
    )
