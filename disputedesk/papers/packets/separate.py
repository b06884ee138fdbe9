"""Every exhibit as a file of its own, in the order to upload: for forms that take files one by one.

The bundle is set as usual, and pages are cut out of it: so a mail or a PDF that is uploaded alone
still carries the stamp by which the letter cites it. Pictures go as pictures, upright and without
what travels along with them; what is of a kind that is not taken is converted where that can be
done here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from disputedesk.common.errors import Refused
from disputedesk.common.secrets import mask_text
from disputedesk.common.texts import tr, using
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.papers.bundle import BundleMade, BundleOrder
from disputedesk.papers.packets import wording
from disputedesk.papers.packets.copies import clean_picture, cut_pages, page_pictures, sheets_of
from disputedesk.papers.packets.fitting import OrderWithout
from disputedesk.papers.packets.looking import look_at
from disputedesk.papers.packets.naming import file_name
from disputedesk.papers.packets.packet import Act, Packet, PacketFile, PacketLine, Why
from disputedesk.papers.packets.pieces import PDF, Pieces, levels_of, over
from disputedesk.papers.packets.profile import Profile
from disputedesk.papers.paper import Paper
from disputedesk.papers.pdf.bundle import write_bundle
from disputedesk.papers.plan import BundlePlan
from disputedesk.papers.sections import section_of, section_rank, section_title

_USUAL: Final = ("jpg", "png", "pdf")
"""What is taken nearly everywhere, where nobody published it."""

_MEDIA: Final = {"pdf": PDF, "jpg": "image/jpeg", "png": "image/png"}
AS_IT_IS: Final = ("video/", "audio/", "image/heic", "image/avif")
"""Kinds that are sent unchanged where it is not known what is taken."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Copy:
    """One file before it has a name.

    Attributes:
        words: What its name tells besides its place.
    """

    path: Path
    words: str
    media_type: str
    pages: int
    exhibits: tuple[int, ...] = ()
    category: str = ""

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.path.stat().st_size


def fit_files(
    order_without: OrderWithout,
    profile: Profile,
    room: Path,
    *,
    weights: Mapping[int, int],
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Packet:
    """Letter and exhibits as files that a destination takes, in the order to upload.

    Args:
        order_without: Gives the bundle's order, from which pages are cut.
        profile: What the destination takes.
        room: An empty folder of our own for what is made; the files stay there.
        weights: How much each exhibit matters by its number, 0 for the most.
        progress: Told what is tried.
        cancel: Asked between exhibits.

    Raises:
        Refused: Nothing of it fits; says which limits there are.
    """
    pieces = Pieces(order_without(frozenset()).exhibits, profile, weights, room)
    return _Files(order_without, pieces, progress, cancel or CancelToken()).fitted()


class _Files:
    """One fitting, and the files as they were last made."""

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
        self._bundle = pieces.room / "bundle.pdf"
        self._made: BundleMade | None = None
        self._order: BundleOrder | None = None
        self._copies: list[_Copy] = []
        self._converted: dict[int, PacketLine] = {}
        self._tries = 0

    def fitted(self) -> Packet:
        """The packet, once it is inside every limit.

        Raises:
            Refused: It cannot be.
        """
        self._write()
        assert self._order is not None
        assert self._made is not None
        self._pieces.seen = look_at(self._bundle, self._made, self._order.exhibits)
        unfit = self._leave_out_unfit()
        if self._pieces.press_what_must() or unfit:
            self._write()
        self._copy()
        for step in (self._drop_repeated, self._shrink, self._leave_out):
            if self._fits:
                break
            step()
        if not self._fits or not self._copies:
            raise Refused(
                tr("No exhibit fits what {title} takes: {limits}.", title=tr(self._profile.title),
                   limits=wording.limits(self._profile)),
                self._profile.id,
                tr("Choose another destination, or send the files in a way that takes them."),
            )  # fmt: skip
        return self._packet()

    # -- limits --------------------------------------------------------------------------------

    @property
    def _taken(self) -> tuple[str, ...]:
        return self._profile.formats or _USUAL

    @property
    def _fits(self) -> bool:
        profile, copies = self._profile, self._copies
        return not (
            self._too_large()
            or over(sum(copy.size for copy in copies), profile.total_bytes)
            or over(len(copies), profile.files)
            or over(sum(copy.pages for copy in copies), profile.total_pages)
            or any(over(copy.pages, profile.file_pages) for copy in copies)
        )

    def _too_large(self) -> list[int]:
        """Numbers of the exhibits in files that are too large, the largest first."""
        most = self._profile.bytes_of_one
        large = sorted(self._copies, key=lambda copy: -copy.size)
        return [number for copy in large if over(copy.size, most) for number in copy.exhibits]

    # -- the steps -----------------------------------------------------------------------------

    def _leave_out_unfit(self) -> bool:
        """Leaves out what no file can be made of that is taken; whether there was any."""
        for number, seen in self._pieces.seen.items():
            if seen.printed or (not self._profile.formats and self._goes_as_it_is(number)):
                continue
            self._pieces.leave_out(number, Why.FORMAT)
        return bool(self._pieces.out)

    def _goes_as_it_is(self, number: int) -> bool:
        outgoing = self._pieces.items[number].exhibit.outgoing
        return outgoing.media_type.startswith(AS_IT_IS) and outgoing.size > 0

    def _drop_repeated(self) -> None:
        if self._pieces.leave_out_repeated():
            self._again()

    def _shrink(self) -> None:
        """Makes pictures smaller, level by level and the largest first, until the bytes fit."""
        for level in levels_of(self._profile):
            changed = False
            too_much = over(sum(copy.size for copy in self._copies), self._profile.total_bytes)
            for number in self._pieces.by_size() if too_much else self._too_large():
                self._cancel.check()
                changed = self._pieces.press(number, level, Why.BYTES) or changed
            if changed:
                self._again()
            if self._fits:
                return

    def _leave_out(self) -> None:
        """Leaves out exhibits until the rest fits: what is too large, then what matters least."""
        while not self._fits:
            too_large = self._too_large()
            if too_large:
                for number in too_large:
                    self._pieces.leave_out(number, Why.BYTES)
            else:
                by_pages = not over(
                    sum(copy.size for copy in self._copies), self._profile.total_bytes
                )
                missed = self._pieces.least_missed(by_pages=by_pages)
                if not missed:
                    return
                many = over(len(self._copies), self._profile.files)
                why = Why.FILES if many else Why.PAGES if by_pages else Why.BYTES
                self._pieces.leave_out(missed[0], why)
            self._again()

    # -- making --------------------------------------------------------------------------------

    def _again(self) -> None:
        self._write()
        self._copy()

    def _write(self) -> None:
        """Writes the bundle that pages are cut from."""
        self._cancel.check()
        self._tries += 1
        self._progress(tr("Fitting the packet"), self._tries, 0)
        order = self._order_without(frozenset(self._pieces.out))
        paper = Paper(self._profile.paper) if self._profile.paper else order.paper
        items = tuple(self._pieces.printed(item) for item in order.exhibits)
        self._order = dataclasses.replace(order, paper=paper, exhibits=items)
        self._made = write_bundle(self._order, self._bundle, cancel=self._cancel)

    def _copy(self) -> None:
        """Makes the files anew."""
        assert self._made is not None
        self._converted.clear()
        made = self._made
        copies = []
        if made.letter_pages:
            first = made.index_page - made.letter_pages
            copies += self._cut("letter", "letter", range(first, made.index_page), ())
        places = {each.number: range(each.first, each.last + 1) for each in made.exhibits}
        if self._profile.one_per_category:
            copies += self._by_category(places)
        else:
            for number, pages in places.items():
                self._cancel.check()
                copies += self._of_exhibit(number, pages)
        self._copies = copies

    def _by_category(self, places: Mapping[int, range]) -> list[_Copy]:
        """One PDF for each category."""
        found: dict[str, list[int]] = {}
        for number in places:
            found.setdefault(section_of(self._pieces.items[number].exhibit), []).append(number)
        copies = []
        for category in sorted(found, key=lambda name: (section_rank(name), name)):
            numbers = tuple(found[category])
            pages = [page for number in numbers for page in places[number]]
            copies += self._cut(category, category, pages, numbers, category)
            for number in numbers:
                self._note_converted(number, "pdf")
        return copies

    def _of_exhibit(self, number: int, pages: range) -> list[_Copy]:
        """The file of one exhibit, or several where each page is a picture."""
        item = self._pieces.items[number]
        words = f"exhibit {number} {item.exhibit.kind.replace('_', ' ')}"
        if not self._pieces.seen[number].printed:
            return [_Copy(item.path, words, item.exhibit.outgoing.media_type, 1, (number,))]
        if item.exhibit.outgoing.media_type.startswith("image/") and sheets_of(item.path) == 1:
            pressed = self._pieces.pressed.get(number)
            path = clean_picture(
                pressed.path if pressed else item.path, self._room / f"copy-{number}", self._taken
            )
            if path is not None:
                ending = path.suffix.removeprefix(".")
                self._note_converted(number, ending)
                return [_Copy(path, words, _MEDIA[ending], 1, (number,))]
        self._note_converted(number, "pdf" if "pdf" in self._taken else "jpg")
        return self._cut(f"exhibit-{number}", words, pages, (number,))

    def _cut(
        self,
        name: str,
        words: str,
        pages: Iterable[int],
        exhibits: tuple[int, ...],
        category: str = "",
    ) -> list[_Copy]:
        """Pages of the bundle as a PDF, or as pictures where no PDF is taken."""
        chosen = list(pages)
        target = self._room / f"cut-{name}.pdf"
        cut_pages(self._bundle, chosen, target, self._title(exhibits, category))
        if "pdf" in self._taken:
            return [_Copy(target, words, PDF, len(chosen), exhibits, category)]
        pictures = page_pictures(target, self._profile.least_dpi)
        many = len(pictures) > 1
        return [
            _Copy(path, f"{words} page {at}" if many else words, "image/jpeg", 1, exhibits)
            for at, path in enumerate(pictures, 1)
        ]

    def _title(self, exhibits: Sequence[int], category: str) -> str:
        """What a PDF of single pages is called where its title is shown."""
        assert self._order is not None
        with using(self._order.language):
            if category:
                words = section_title(category)
            elif exhibits:
                item = self._pieces.items[exhibits[0]]
                words = tr("Exhibit {number}: {caption}", number=exhibits[0],
                           caption=wording.caption(item))  # fmt: skip
            else:
                words = tr("Letter")
        return f"{mask_text(words)} · {self._order.bundle_id}"

    def _note_converted(self, number: int, ending: str) -> None:
        """Notes that an exhibit goes out in another format than it has."""
        item = self._pieces.items[number]
        if item.exhibit.outgoing.media_type == _MEDIA[ending]:
            return
        size = item.path.stat().st_size
        self._converted[number] = PacketLine(
            Act.CONVERTED, Why.FORMAT if self._profile.formats else Why.OPENS, number,
            wording.caption(item), size, detail=ending.upper(),
        )  # fmt: skip

    # -- the end -------------------------------------------------------------------------------

    def _packet(self) -> Packet:
        profile = self._profile
        lines = [line for line in self._pieces.lines if line.act is not Act.NOT_PRINTED]
        told = {line.exhibit for line in lines}
        lines += [line for number, line in self._converted.items() if number not in told]
        lines.sort(key=lambda line: line.exhibit)
        if profile.least_type:
            lines.append(PacketLine(Act.WARNED, Why.TYPE, detail=f"{profile.least_type:g}"))
        files = []
        for position, copy in enumerate(self._copies, 1):
            ending = next(
                (name for name, media in _MEDIA.items() if media == copy.media_type),
                copy.path.suffix.removeprefix(".") or self._ending_of(copy),
            )
            files.append(PacketFile(
                file_name(profile, position, copy.words, ending), copy.path, copy.size,
                copy.pages, copy.media_type, copy.exhibits, copy.category,
                letter=copy.words == "letter",
            ))  # fmt: skip
        return Packet(profile, tuple(files), tuple(lines), plan=self._plan())

    def _plan(self) -> BundlePlan:
        """Which exhibits went out under which numbers; pages of a bundle there are none."""
        assert self._made is not None
        inside = {number for copy in self._copies for number in copy.exhibits}
        plan = self._made.plan
        kept = tuple(each for each in plan.exhibits if each.number in inside)
        return dataclasses.replace(plan, runs=(), exhibits=kept)

    def _ending_of(self, copy: _Copy) -> str:
        """The ending of a file that goes out as it is."""
        name = self._pieces.items[copy.exhibits[0]].exhibit.outgoing.name
        ending = name.rpartition(".")[2].lower()
        return ending if ending.isalnum() and len(ending) <= 4 else "bin"
