"""Cover, letter, index, chronology, exhibits and manifest as one PDF: numbered, linked, stamped.

Every sheet that is set here is set by one canvas, so that fonts are embedded once, and in any
order: first the exhibits, whose pages the front must name, then the front until its own length is
settled. Only then are sheets put in order and stamped. Pictures, foreign pages and the letter are
laid on their sheets last (`assembling`). Bytes that need no change never pass through a PDF library
(`blobs`); those of pictures are hashed and written while the sheets are set (`passing`, `ahead`).
"""

from __future__ import annotations

import contextlib
import dataclasses
import tempfile
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from disputedesk.common.cleaning import clean_line
from disputedesk.common.errors import DamagedDesk, DeskError, Refused
from disputedesk.common.hashing import Sha256, sha256_of_bytes, sha256_of_file
from disputedesk.common.secrets import mask_text
from disputedesk.common.texts import tr, using
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.papers.bundle import BundleExhibit, BundleMade, BundleOrder, BundlePart
from disputedesk.papers.letter import Letter
from disputedesk.papers.paper import Paper, paper_for
from disputedesk.papers.pdf.ahead import Ahead
from disputedesk.papers.pdf.assembling import NotArchivalError, assemble
from disputedesk.papers.pdf.blobs import Spool
from disputedesk.papers.pdf.exhibits import ExhibitSet, Setter
from disputedesk.papers.pdf.passing import Passing
from disputedesk.papers.pdf.printable import printable
from disputedesk.papers.pdf.rendered import ExhibitPages
from disputedesk.papers.pdf.settling import Settled, settle
from disputedesk.papers.pdf.sheets import Sheets
from disputedesk.papers.plan import RunKind


def write_bundle(
    order: BundleOrder,
    target: Path,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> BundleMade:
    """Writes the bundle to `target`, whole or not at all; the same order gives the same bytes.

    Args:
        order: What it is made of.
        target: A file in a folder of our own; replaced if it is there. A bundle in parts is
            written beside it: `bundle-part-1-of-3.pdf`.
        progress: Told after every exhibit.
        cancel: Asked between exhibits.

    Raises:
        Refused: There is nothing to bundle, an exhibit shows a full card number, or one alone is
            larger than a file may be.
        DamagedDesk: An exhibit's bytes are not those that were sealed.
        DeskError: The file cannot be written.
    """
    with using(order.language):
        order = _cleaned(order)
        letter = None if order.sent is not None else order.letter_with(())
        if not order.exhibits and letter is None:
            raise Refused(
                tr("There is nothing to bundle."), "", tr("Add exhibits, or begin with a letter.")
            )
        try:
            with tempfile.TemporaryDirectory(dir=target.parent, prefix=".bundle-") as room:
                writing = _Writing(order, _paper(order, letter), Path(room), target)
                return writing.made(progress, cancel or CancelToken())
        except OSError as error:
            raise DeskError(
                tr("The bundle could not be written: {why}.", why=error.strerror or error),
                str(target),
                tr("Make room on the disk and try again."),
            ) from error


def _cleaned(order: BundleOrder) -> BundleOrder:
    """The order with lines that can be printed, its sent exhibits in the words of then."""
    plan = None if order.sent is None else order.sent.plan
    exhibits = []
    for item in order.exhibits:
        then = None if plan is None else plan.exhibit(item.exhibit.number)
        if then is None:
            exhibits.append(item)
            continue
        exhibit = dataclasses.replace(
            item.exhibit, caption=then.caption, proves=then.proves, section=then.section
        )
        exhibits.append(dataclasses.replace(item, exhibit=exhibit))
    return dataclasses.replace(
        order,
        title=_line(order.title),
        reference=_line(order.reference),
        exhibits=tuple(exhibits),
    )


def _line(text: str) -> str:
    """`text` as one harmless line that can be printed."""
    return mask_text(printable(clean_line(text)))


def _paper(order: BundleOrder, letter: Letter | None) -> Paper:
    if order.sent is not None:
        return Paper(order.sent.plan.paper)
    if order.paper is not None:
        return order.paper
    return paper_for(letter.recipient_country if letter is not None else "")


@dataclasses.dataclass(frozen=True, slots=True)
class _Writing:
    """One bundle on its way to its files; what is open for it is closed at the end."""

    order: BundleOrder
    paper: Paper
    room: Path
    target: Path

    def made(self, progress: Progress, cancel: CancelToken) -> BundleMade:
        """Writes it as PDF/A, or, where its pages turn out to be none, without that claim."""
        try:
            return self._attempt((), progress, cancel)
        except NotArchivalError as error:
            return self._attempt(error.why, progress, cancel)

    def _attempt(
        self, against: tuple[str, ...], progress: Progress, cancel: CancelToken
    ) -> BundleMade:
        """Sets the exhibits, settles the front, and writes."""
        order = self.order
        sheets = Sheets(self.paper, order.language)
        with contextlib.ExitStack() as opened:
            spool = Spool(self.room / "spool")
            opened.callback(spool.close)
            ahead = None  # in several files, only their order tells which of them a picture is in
            if order.limits is None:
                ahead = opened.enter_context(Ahead(self.room / "ahead"))
            passing = opened.enter_context(Passing(ahead))
            setter = Setter(
                sheets, self.paper, order.language, spool=spool, passing=passing, room=opened,
                attach=order.attach,
            )  # fmt: skip
            sets = _set(order, setter, passing, progress, cancel)
            why = dict.fromkeys((*against, *(why for each in sets for why in each.not_archival)))
            settled = settle(
                order, self.paper, sheets, sets, not_archival=tuple(why), cancel=cancel
            )
            parts = assemble(order, settled, self.room, self.target, ahead)
        return _made(order, settled, parts)


def _set(
    order: BundleOrder, setter: Setter, passing: Passing, progress: Progress, cancel: CancelToken
) -> list[ExhibitSet]:
    """The exhibits as sheets; meanwhile other threads compute the hashes of their files."""
    sets = []
    hashes: list[tuple[BundleExhibit, Future[Sha256]]] = []
    with ThreadPoolExecutor(1) as hashing:
        try:
            for number, item in enumerate(order.exhibits, 1):
                cancel.check()
                sets.append(setter.set(item))
                if item.exhibit.withdrawn_at is None:
                    known = passing.find_hash(item.path)
                    hashes.append((item, known or hashing.submit(sha256_of_file, item.path)))
                progress(tr("Setting exhibits"), number, len(order.exhibits))
            _check_hashes(hashes)
        finally:
            hashing.shutdown(cancel_futures=True)
    return sets


def _check_hashes(hashes: Sequence[tuple[BundleExhibit, Future[Sha256]]]) -> None:
    """Does nothing when every file holds the bytes that were sealed.

    Raises:
        DamagedDesk: One does not; names it.
    """
    for item, found in hashes:
        if found.result() != item.exhibit.outgoing.sha256:
            raise DamagedDesk(
                tr("The sealed bytes are not what was sealed: their hash differs."),
                tr("exhibit {number}", number=item.exhibit.number),
                tr("Run “verify”, and take the file from a backup."),
            )


def _made(order: BundleOrder, settled: Settled, parts: tuple[BundlePart, ...]) -> BundleMade:
    plan = settled.plan
    firsts = {(run.kind, run.number): page for run, page in reversed(list(plan.placed()))}
    spans = settled.spans
    return BundleMade(
        pages=sum(run.pages for run in plan.runs),
        letter_pages=plan.pages_of(RunKind.LETTER),
        index_page=firsts.get((RunKind.INDEX, 1), 0),
        exhibits=tuple(
            ExhibitPages(item.exhibit.number, *spans[item.exhibit.number])
            for item in order.exhibits
        ),
        manifest_sha256=sha256_of_bytes(order.manifest.encode()),
        parts=parts,
        plan=plan,
        letter=settled.letter,
        not_archival=settled.not_archival,
    )
