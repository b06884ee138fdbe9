"""Fits a bundle to a destination: writes it, measures it, and does no more than is needed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr, using
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.papers.bundle import BundleMade, BundleOrder, PartLimits
from disputedesk.papers.packets import wording
from disputedesk.papers.packets.looking import look_at
from disputedesk.papers.packets.naming import bundle_name
from disputedesk.papers.packets.packet import Act, Packet, PacketFile, PacketLine, Why
from disputedesk.papers.packets.pieces import PDF, Pieces, levels_of, over
from disputedesk.papers.packets.profile import Profile, Shape
from disputedesk.papers.paper import Paper
from disputedesk.papers.pdf.bundle import write_bundle

OrderWithout: TypeAlias = Callable[[frozenset[int]], BundleOrder]
"""Gives the bundle's order without the exhibits of these numbers; the others keep theirs."""

_BASE: Final = 180_000
"""Bytes of a file besides its pages, generously: fonts, colours, tables."""

_SHEET: Final = 6_000
"""Bytes of a page besides its pictures."""

_SPARE: Final = 0.985
"""How much of a limit an estimate may use up; then the bundle is written to see."""


def fit_bundle(
    order_without: OrderWithout,
    profile: Profile,
    room: Path,
    *,
    weights: Mapping[int, int],
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Packet:
    """The bundle as one file or parts that a destination takes.

    Args:
        order_without: Gives the bundle's order.
        profile: What the destination takes.
        room: An empty folder of our own for what is made; the files stay there.
        weights: How much each exhibit matters by its number, 0 for the most.
        progress: Told what is tried.
        cancel: Asked between exhibits.

    Raises:
        Refused: Not even the letter and one exhibit fit; says which limits there are.
    """
    pieces = Pieces(order_without(frozenset()).exhibits, profile, weights, room)
    return _Bundling(order_without, pieces, progress, cancel or CancelToken()).fitted()


class _Bundling:
    """One fitting, and the bundle as it was last written."""

    def __init__(
        self,
        order_without: OrderWithout,
        pieces: Pieces,
        progress: Progress,
        cancel: CancelToken,
    ) -> None:
        self._order_without = order_without
        self._profile = pieces.profile
        self._pieces = pieces
        self._room = pieces.room
        self._progress = progress
        self._cancel = cancel
        self._split = False
        self._writes = 0
        self._besides = 0
        self._made: BundleMade | None = None
        self._order: BundleOrder | None = None
        self._files: tuple[Path, ...] = ()

    def fitted(self) -> Packet:
        """The packet, once it is inside every limit.

        Raises:
            Refused: It cannot be.
        """
        self._write()
        self._pieces.seen = look_at(self._files[0], self.made, self.order.exhibits)
        if self._pieces.press_what_must():
            self._write()
        self._reckon()
        steps = [self._drop_repeated, self._shrink, self._part, self._draw, self._leave_out]
        if self._is_too_long:
            steps.insert(1, self._part)
        for step in steps:
            if self._fits:
                break
            step()
        if not self._fits:
            raise _refusal(self._profile)
        return self._packet()

    @property
    def made(self) -> BundleMade:
        """What was last written."""
        assert self._made is not None
        return self._made

    @property
    def order(self) -> BundleOrder:
        """What it was written from."""
        assert self._order is not None
        return self._order

    # -- limits --------------------------------------------------------------------------------

    @property
    def _fits(self) -> bool:
        return not (self._is_too_large or self._is_too_long or self._are_too_many)

    @property
    def _sizes(self) -> list[int]:
        return [path.stat().st_size for path in self._files]

    @property
    def _is_too_large(self) -> bool:
        profile, sizes = self._profile, self._sizes
        return over(max(sizes), profile.file_bytes) or over(sum(sizes), profile.total_bytes)

    @property
    def _is_too_long(self) -> bool:
        longest = max(last - first + 1 for first, last in self._spans)
        profile = self._profile
        return over(longest, profile.file_pages) or over(self.made.pages, profile.total_pages)

    @property
    def _are_too_many(self) -> bool:
        return over(len(self._files), self._profile.files)

    @property
    def _spans(self) -> list[tuple[int, int]]:
        """First and last page of each file."""
        parts = self.made.parts
        return [(part.first, part.last) for part in parts] or [(1, self.made.pages)]

    def _most_bytes(self) -> int | None:
        """What all files together may have, now that one or several are made."""
        profile = self._profile
        if not self._split:
            return profile.bytes_of_one
        return _in_all(profile.total_bytes, profile.files, profile.file_bytes)

    def _most_pages(self) -> int | None:
        profile = self._profile
        if not self._split:
            return profile.pages_of_one
        return _in_all(profile.total_pages, profile.files, profile.file_pages)

    def _reckon(self) -> None:
        """Notes how many bytes the bundle has besides its exhibits, for estimates."""
        self._besides = sum(self._sizes) - self._pieces.total

    @property
    def _may_fit(self) -> bool:
        """Whether the bytes would fit by estimate, with what was pressed or left out since."""
        most = self._most_bytes()
        return most is None or self._besides + self._pieces.total <= most * _SPARE

    # -- writing -------------------------------------------------------------------------------

    def _write(self) -> None:
        """Writes the bundle as it stands now, whole or in parts."""
        self._cancel.check()
        self._writes += 1
        self._progress(tr("Fitting the packet"), self._writes, 0)
        order = self._order_without(frozenset(self._pieces.out))
        if not order.exhibits and self._pieces.items:
            raise _refusal(self._profile)
        with using(order.language):
            notes = (*order.notes, *wording.notes(self._pieces.lines, self._profile))
        profile = self._profile
        limits = PartLimits(profile.bytes_of_one, profile.pages_of_one) if self._split else None
        self._order = dataclasses.replace(
            order,
            paper=Paper(profile.paper) if profile.paper else order.paper,
            exhibits=tuple(self._pieces.printed(item) for item in order.exhibits),
            notes=notes,
            limits=limits,
        )
        target = self._room / "bundle.pdf"
        self._made = write_bundle(self._order, target, cancel=self._cancel)
        self._files = tuple(part.path for part in self._made.parts) or (target,)

    # -- the steps, the mildest first ----------------------------------------------------------

    def _drop_repeated(self) -> None:
        if self._pieces.leave_out_repeated():
            self._write()

    def _shrink(self) -> None:
        """Makes pictures smaller, level by level and the largest first, until the bytes fit."""
        changed = False
        for level in levels_of(self._profile) if self._is_too_large else ():
            for number in self._pieces.by_size():
                self._cancel.check()
                changed = self._pieces.press(number, level, Why.BYTES) or changed
                if changed and self._may_fit:
                    self._write()
                    self._reckon()
                    changed = False
                    if not self._is_too_large:
                        return
        if changed:
            self._write()
            self._reckon()

    def _part(self) -> None:
        """Splits the bundle where several files are taken; what is too large alone goes first."""
        if self._split or self._profile.shape is not Shape.PARTS or self._profile.files == 1:
            return
        for number in self._pieces.by_size():
            if self._is_too_large_alone(number):
                pages = over(self._pieces.seen[number].pages + 1, self._profile.pages_of_one)
                self._pieces.leave_out(number, Why.PAGES if pages else Why.BYTES)
        self._split = True
        self._write()

    def _is_too_large_alone(self, number: int) -> bool:
        """Whether one exhibit is larger than a file, made as small as it may be."""
        pieces, profile = self._pieces, self._profile
        most, pages = profile.bytes_of_one, profile.pages_of_one
        if over(pieces.seen[number].pages + 1, pages):
            return True
        for level in levels_of(profile):
            if not over(self._alone(number), most):
                return False
            pieces.press(number, level, Why.BYTES)
        return over(self._alone(number), most)

    def _alone(self, number: int) -> int:
        """About the bytes of a file that holds only this exhibit."""
        sheets = _SHEET * (self._pieces.seen[number].pages + 1)
        return self._pieces.size(number) + sheets + _BASE

    def _draw(self) -> None:
        """Draws the pages of PDFs that nothing else made smaller, the largest first."""
        level = levels_of(self._profile)[-1]
        changed = False
        for number in self._pieces.by_size() if self._is_too_large else ():
            self._cancel.check()
            changed = self._pieces.draw(number, level, Why.BYTES) or changed
            if self._may_fit:
                break
        if changed:
            self._write()
            self._reckon()

    def _leave_out(self) -> None:
        """Leaves out whole exhibits until the rest fits, the least important first."""
        while not self._fits:
            by_pages = self._is_too_long
            why = Why.PAGES if by_pages else Why.BYTES if self._is_too_large else Why.FILES
            besides = self.made.pages - self._pieces.pages
            left = 0
            for number in self._pieces.least_missed(by_pages=by_pages):
                if left and self._may_fit and not over(
                    besides + self._pieces.pages, self._most_pages()
                ):  # fmt: skip
                    break
                self._pieces.leave_out(number, why)
                left += 1
            if not left:
                return
            self._write()
            self._reckon()

    # -- the end -------------------------------------------------------------------------------

    def _packet(self) -> Packet:
        made, order, profile = self.made, self.order, self._profile
        lines = [*self._pieces.lines]
        count = len(self._files)
        if count > 1:
            why = Why.BYTES if profile.bytes_of_one is not None else Why.PAGES
            lines.append(PacketLine(Act.SPLIT, why, detail=str(count)))
        if profile.least_type:
            lines.append(PacketLine(Act.WARNED, Why.TYPE, detail=f"{profile.least_type:g}"))
        files = tuple(
            PacketFile(
                bundle_name(profile, order.number, order.version, at, count),
                path, path.stat().st_size, last - first + 1, PDF,
                tuple(each.number for each in made.exhibits if first <= each.first <= last),
                letter=at == 1 and made.letter_pages > 0,
            )
            for at, (path, (first, last)) in enumerate(
                zip(self._files, self._spans, strict=True), 1
            )
        )  # fmt: skip
        return Packet(profile, files, tuple(lines), order, made)


def _in_all(total: int | None, files: int | None, of_one: int | None) -> int | None:
    """The limit of all files together: its own, and that of each times how many there may be."""
    together = None if files is None or of_one is None else files * of_one
    known = [limit for limit in (total, together) if limit is not None]
    return min(known) if known else None


def _refusal(profile: Profile) -> Refused:
    return Refused(
        tr("Not even the most important exhibit fits what {title} takes: {limits}.",
           title=tr(profile.title), limits=wording.limits(profile)),
        profile.id,
        tr("Send the exhibits in several messages, or choose another destination."),
    )  # fmt: skip
