"""The lines of whole files in a review: taken before, not understood, refused, and their sums."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence

from disputedesk.common.hashing import Sha256
from disputedesk.common.texts import tr
from disputedesk.intake.draft import FileReading, PaymentDraft, Place, Recognition
from disputedesk.intake.merging import Piece
from disputedesk.intake.review import FileSummary, KnownOrders, ReviewLine, Verdict


def repeats(readings: Sequence[FileReading], known: KnownOrders) -> dict[int, str]:
    """Places of files that add nothing because their bytes were taken before, with the reason."""
    seen: dict[str, str] = {}
    found: dict[int, str] = {}
    for number, reading in enumerate(readings):
        if not reading.sha256:
            continue
        if reading.sha256 in known.files:
            found[number] = tr("This file was imported before.")
        elif reading.sha256 in seen:
            found[number] = tr("It is the same file as {name}.", name=seen[reading.sha256])
        else:
            seen[reading.sha256] = reading.path.name
    return found


def known_of_old(
    files: frozenset[Sha256],
) -> Callable[[tuple[ReviewLine, Sequence[Piece]]], ReviewLine | None]:
    """What a line becomes when all that tells of it are files that were imported before.

    What is known stays unsaid, for the file's own line says it. What is still loose is shown again,
    and a payment whose order has become known since is offered. What would be new was left aside
    by the user then, and is offered unticked.
    """

    def judge(told: tuple[ReviewLine, Sequence[Piece]]) -> ReviewLine | None:
        line, pieces = told
        if not files or any(piece.reading.sha256 not in files for piece in pieces):
            return line
        if line.verdict in {Verdict.KNOWN, Verdict.CONFLICT}:
            return None
        if line.verdict is Verdict.UNMATCHED or _is_found_payment(line):
            return line
        why = tr("It was left aside when this file was imported before.")
        return dataclasses.replace(line, default_keep=False, why=why)

    return judge


def _is_found_payment(line: ReviewLine) -> bool:
    return isinstance(line.draft, PaymentDraft) and line.order is not None


def repeat_line(reading: FileReading, why: str) -> ReviewLine:
    """The line of a file that adds nothing, with the reason."""
    name = reading.path.name
    return ReviewLine(
        key=f"file:{reading.sha256[:16]}:{reading.path}",
        file=name,
        place=Place(name),
        verdict=Verdict.KNOWN,
        what=reading.what,
        why=why,
        sources=(Place(name),),
    )


def trouble_lines(reading: FileReading) -> Iterator[ReviewLine]:
    """The lines of a file that was not understood, and of each record that was refused."""
    name = reading.path.name
    mark = reading.sha256[:16] or str(reading.path)
    unread = reading.recognition not in {Recognition.UNDERSTOOD, Recognition.PARTLY}
    if unread or (reading.why and not reading.drafts):
        refused = reading.recognition is Recognition.REFUSED
        yield ReviewLine(
            key=f"file:{mark}",
            file=name,
            place=Place(name),
            verdict=Verdict.REFUSED if refused else Verdict.NOT_UNDERSTOOD,
            what=reading.what,
            why=reading.why,
            remedy=reading.remedy,
            sources=(Place(name),),
        )
    for number, rejection in enumerate(reading.rejections, 1):
        if rejection.why == reading.why:
            continue
        yield ReviewLine(
            key=f"rejection:{mark}:{number}",
            file=name,
            place=rejection.place,
            verdict=Verdict.REFUSED,
            what=str(rejection.place),
            why=rejection.why,
            remedy=rejection.remedy,
            sources=(rejection.place,),
        )


def summary(reading: FileReading, fates: Sequence[Verdict], repeated: str) -> FileSummary:
    """What became of one file.

    Args:
        reading: The file.
        fates: The verdicts of the lines its drafts went into.
        repeated: Why it was passed over; empty when it was not.
    """
    verdicts = dict.fromkeys(Verdict, 0)
    for verdict in fates:
        verdicts[verdict] += 1
    if repeated:
        verdicts[Verdict.KNOWN] = verdicts[Verdict.KNOWN] if fates else max(1, len(reading.drafts))
    else:
        for line in trouble_lines(reading):
            verdicts[line.verdict] += 1
    return FileSummary(
        path=reading.path,
        name=reading.path.name,
        sha256=reading.sha256,
        size=reading.size,
        kind=reading.kind,
        what=reading.what,
        recognition=reading.recognition,
        verdicts=verdicts,
        why=repeated or reading.why,
        remedy="" if repeated else reading.remedy,
    )
