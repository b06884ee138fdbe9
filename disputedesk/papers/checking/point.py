"""The points of the checklist, and what was found on each."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Sequence
from typing import Final

from disputedesk.common.texts import mark, tr


class Verdict(enum.StrEnum):
    """What is known of one point."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


@dataclasses.dataclass(frozen=True, slots=True)
class Point:
    """One point of the checklist.

    Attributes:
        number: Its number in the checklist, 1 to 18.
        name: What is looked at, in a few words.
        findings: What was found, in sentences with page numbers; of a point that passed, remarks.
        remedy: What to do; empty where nothing is wrong.
    """

    number: int
    name: str
    verdict: Verdict
    findings: tuple[str, ...] = ()
    remedy: str = ""


NAMES: Final = (
    mark("Opens without a password, runs nothing"),
    mark("One number of pages everywhere"),
    mark("A number on every page"),
    mark("Index with links to the right pages"),
    mark("Outline of sections and exhibits"),
    mark("Exhibits in order, without gaps"),
    mark("Text can be searched and copied"),
    mark("Upright, one sheet size, sharp enough"),
    mark("Size within the limit"),
    mark("When and where each picture was taken"),
    mark("Hashes of all files"),
    mark("Translations beside their originals"),
    mark("Nothing hidden under boxes"),
    mark("No card numbers or codes"),
    mark("The letter points to pages that exist"),
    mark("Fonts, title, language and dates"),
    mark("The same again, byte for byte"),
    mark("Readable in black and white"),
)
REMEDIES: Final = (
    mark("Make the bundle anew; do not pass this file through another program."),
    mark("Make the bundle anew; pages were added or taken out after it was numbered."),
    mark("Make the bundle anew, so that each page gets its number."),
    mark("Make the bundle anew, so that the index fits the pages."),
    mark("Make the bundle anew, so that the outline fits the pages."),
    mark("Put the exhibits in order and make the bundle anew."),
    mark("Add the text as a file, or describe in the caption what is seen."),
    mark("Turn or scan the picture anew and make the bundle anew."),
    mark("Make a smaller bundle, or one in parts."),
    mark("Take the picture anew, or write in the caption when and where it was taken."),
    mark("Make the bundle anew from the files that were kept."),
    mark("Put the translation after its original and say who translated."),
    mark("Make a redacted copy of the exhibit in the desk and make the bundle anew."),
    mark("Make a redacted copy of the exhibit in the desk and make the bundle anew."),
    mark("Make the bundle anew, so that the letter fits the pages."),
    mark("Make the bundle anew; do not pass this file through another program."),
    mark("Make the bundle anew and send that one."),
    mark("Use a darker picture or text and make the bundle anew."),
)
MOST_FINDINGS: Final = 12
"""More of one kind say nothing new."""


def judged(number: int, wrong: Sequence[str], remarks: Sequence[str] = ()) -> Point:
    """A point that failed for what is wrong, or passed with remarks."""
    verdict = Verdict.FAILED if wrong else Verdict.PASSED
    return _point(number, verdict, [*wrong, *remarks])


def not_applicable(number: int, why: str) -> Point:
    """A point that means nothing for this file, and why."""
    return _point(number, Verdict.NOT_APPLICABLE, [why])


def unknown(number: int, why: str) -> Point:
    """A point nobody could look at, and why."""
    return _point(number, Verdict.UNKNOWN, [why])


def _point(number: int, verdict: Verdict, findings: Sequence[str]) -> Point:
    told = tuple(dict.fromkeys(findings))
    if len(told) > MOST_FINDINGS:
        more = tr("{count} more of this kind.", count=len(told) - MOST_FINDINGS)
        told = (*told[:MOST_FINDINGS], more)
    remedy = tr(REMEDIES[number - 1]) if verdict is Verdict.FAILED else ""
    return Point(number, tr(NAMES[number - 1]), verdict, told, remedy)
