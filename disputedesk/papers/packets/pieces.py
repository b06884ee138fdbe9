"""The exhibits of one fitting: what is printed for each, what was left out, and the lines of it."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from disputedesk.media.pictures import DAMAGED
from disputedesk.model.case import Exhibit
from disputedesk.papers.bundle import BundleExhibit
from disputedesk.papers.packets import pressing, shrinking, wording
from disputedesk.papers.packets.looking import Seen
from disputedesk.papers.packets.packet import Act, PacketLine, Why
from disputedesk.papers.packets.pressing import Ask
from disputedesk.papers.packets.profile import Colour, Profile

PDF: Final = "application/pdf"
MEDIA: Final = {".pdf": PDF, ".jpg": "image/jpeg", ".png": "image/png"}
_PRINTED: Final = 300
"""Points to the inch beyond which no office printer shows more."""

_MEDIUM: Final = 200
_FINE, _GOOD, _PLAIN, _POOR = 88, 80, 75, 68
"""Qualities of JPEG, in the order they are tried."""

_PAGE: Final = 20_000
"""About the bytes of an exhibit without pictures."""

_ACTS: Final = {Colour.ANY: Act.SMALLER, Colour.GREY: Act.GREY, Colour.BW: Act.TWO_TONES}


@dataclasses.dataclass(frozen=True, slots=True)
class Level:
    """One way to make pictures smaller.

    Attributes:
        dpi: Points to the inch; `None` stands for the least that can be read.
    """

    dpi: int | None
    quality: int
    colour: Colour


@dataclasses.dataclass(frozen=True, slots=True)
class Pressed:
    """A file that is printed in an exhibit's place, and the line that tells of it."""

    path: Path
    line: PacketLine


def levels_of(profile: Profile) -> tuple[Level, ...]:
    """The ways to make pictures smaller for a destination, the mildest first."""
    most, base = profile.most_dpi or _PRINTED, profile.colour
    levels = [
        Level(min(_PRINTED, most), _FINE, base),
        Level(min(_MEDIUM, most), _GOOD, base),
        Level(None, _PLAIN, base),
    ]
    if base is Colour.ANY and not profile.keeps_colour:
        levels.append(Level(None, _POOR, Colour.GREY))
    return tuple(levels)


def least_dpi(profile: Profile, exhibit: Exhibit) -> int:
    """How coarse this exhibit may become and still be read."""
    return profile.least_photo_dpi if exhibit.kind == "photo" else profile.least_dpi


class Pieces:
    """The exhibits of one fitting, by their numbers.

    Args:
        items: All exhibits, in order.
        profile: What they are fitted to.
        weights: How much each matters, 0 for the most.
        room: A folder of our own for what is made.
    """

    def __init__(
        self,
        items: Sequence[BundleExhibit],
        profile: Profile,
        weights: Mapping[int, int],
        room: Path,
    ) -> None:
        self.items = {item.exhibit.number: item for item in items}
        self.seen: dict[int, Seen] = {}
        self.pressed: dict[int, Pressed] = {}
        self.out: dict[int, PacketLine] = {}
        self.profile = profile
        self._weights = weights
        self.room = room
        self._made = 0

    # -- which ---------------------------------------------------------------------------------

    def by_size(self) -> list[int]:
        """Numbers of the exhibits that are in, the largest first."""
        return sorted(self._in(), key=lambda number: (-self.size(number), number))

    def by_weight(self) -> list[int]:
        """Numbers of the exhibits that are in, those that matter most first."""
        return sorted(self._in(), key=lambda number: (self.weight(number), number))

    def least_missed(self, *, by_pages: bool) -> list[int]:
        """Numbers of the exhibits that are in, the one first that hurts least and frees most."""

        def cost(number: int) -> tuple[int, int, int]:
            freed = self.seen[number].pages if by_pages else self.size(number)
            return -self.weight(number), -freed, -number

        return sorted(self._in(), key=cost)

    def _in(self) -> list[int]:
        return [number for number in self.items if number not in self.out]

    def weight(self, number: int) -> int:
        """How much an exhibit matters, 0 for the most."""
        return self._weights.get(number, 1)

    def size(self, number: int) -> int:
        """About the bytes an exhibit adds to a bundle as it is printed now."""
        pressed = self.pressed.get(number)
        if pressed is not None:
            return pressed.line.after
        seen = self.seen[number]
        return seen.size if seen.size else min(self.items[number].path.stat().st_size, _PAGE)

    @property
    def total(self) -> int:
        """About the bytes all exhibits that are in add to a bundle."""
        return sum(self.size(number) for number in self._in())

    @property
    def pages(self) -> int:
        """Pages of all exhibits that are in."""
        return sum(self.seen[number].pages for number in self._in())

    def printed(self, item: BundleExhibit) -> BundleExhibit:
        """The exhibit with the file that is printed for it now."""
        pressed = self.pressed.get(item.exhibit.number)
        if pressed is None:
            return item
        return dataclasses.replace(
            item, stand_in=pressed.path, stand_in_type=MEDIA[pressed.path.suffix]
        )

    # -- making smaller ------------------------------------------------------------------------

    def press_what_must(self) -> bool:
        """Presses whatever has more points or colours than are taken at all; whether any had."""
        pressed = [self._press_one_that_must(number) for number in self.by_size()]
        return any(pressed)

    def _press_one_that_must(self, number: int) -> bool:
        why = self._must(number)
        if why is None:
            return False
        level = Level(self.profile.most_dpi or _PRINTED, _FINE, self.profile.colour)
        if not self._is_pdf(number):
            return self.press(number, level, why)
        return self._press_whole_pdf(number, level, why)

    def _must(self, number: int) -> Why | None:
        """Why an exhibit cannot go as it is; `None` where it can."""
        profile, seen = self.profile, self.seen[number]
        if not seen.printed:
            return None
        if profile.colour is not Colour.ANY and (seen.dpi or self._is_pdf(number)):
            return Why.COLOUR
        if over(round(seen.dpi), profile.most_dpi):
            return Why.DPI
        return Why.PIXELS if over(seen.points, profile.most_pixels) else None

    def press(self, number: int, level: Level, why: Why) -> bool:
        """Makes an exhibit's pictures smaller; whether that changed what is printed for it."""
        item, seen = self.items[number], self.seen[number]
        if not seen.printed or not seen.dpi:
            return False
        ask = self._ask(number, level)
        if self._is_pdf(number):
            made, complete = pressing.press_pdf(item.path, self._target(number), ask)
            if ask.must and not complete:
                return False
        else:
            made = pressing.press_picture(item.path, self._target(number), ask)
        return made is not None and self._take(number, made, ask, why)

    def _press_whole_pdf(self, number: int, level: Level, why: Why) -> bool:
        """Presses the pictures of a PDF, and draws the pages that still show what is not taken."""
        item, ask = self.items[number], self._ask(number, level)
        made, complete = pressing.press_pdf(item.path, self._target(number), ask)
        path = made or item.path
        if ask.colour is not Colour.ANY:
            pages = pressing.coloured_pages(path)
            if pages:
                return self.draw(number, level, why, path=path, pages=pages)
        elif not complete:
            return self.draw(number, level, why)
        return made is not None and self._take(number, made, ask, why)

    def draw(
        self,
        number: int,
        level: Level,
        why: Why,
        *,
        path: Path | None = None,
        pages: tuple[int, ...] | None = None,
    ) -> bool:
        """Draws a PDF's pages as pictures; whether that changed what is printed for it."""
        item = self.items[number]
        if not self._is_pdf(number) or not self.seen[number].printed:
            return False
        floor = float(least_dpi(self.profile, item.exhibit))
        ask = dataclasses.replace(self._ask(number, level), dpi=floor)
        made = pressing.draw_pages(path or item.path, self._target(number), ask, pages)
        return self._take(number, made, ask, why, Act.DRAWN)

    def _ask(self, number: int, level: Level) -> Ask:
        exhibit, profile = self.items[number].exhibit, self.profile
        floor = least_dpi(profile, exhibit)
        return Ask(
            float(max(floor, level.dpi or floor)), level.quality, level.colour,
            sharp=exhibit.kind != "photo", most_pixels=profile.most_pixels,
            shown=self.seen[number].dpi,
            by_page=self.seen[number].by_page, must=self._must(number) is not None,
        )  # fmt: skip

    def _target(self, number: int) -> Path:
        self._made += 1
        return self.room / f"exhibit-{number}-{self._made}"

    def _take(self, number: int, made: Path, ask: Ask, why: Why, act: Act | None = None) -> bool:
        """Prints `made` for an exhibit from now on, if it is smaller than what was or has to be."""
        item, seen, known = self.items[number], self.seen[number], self.pressed.get(number)
        size = made.stat().st_size
        now = self.size(number) if seen.size or known else item.path.stat().st_size
        if size >= now and (known is not None or not ask.must):
            made.unlink()
            return False
        dpi = round(min(seen.dpi, ask.dpi or seen.dpi)) if seen.dpi else 0
        line = PacketLine(
            act or _ACTS[ask.colour], why, number,
            wording.caption(item), item.path.stat().st_size, size, round(seen.dpi), dpi,
            weighty=self.weight(number) == 0,
        )  # fmt: skip
        self.pressed[number] = Pressed(made, line)
        return True

    def _is_pdf(self, number: int) -> bool:
        return self.items[number].exhibit.outgoing.media_type == PDF

    # -- leaving out ---------------------------------------------------------------------------

    def leave_out_repeated(self) -> bool:
        """Leaves out what shows the very same as another exhibit; whether any did."""
        shown: dict[str, int] = {}
        before = len(self.out)
        for number in self.by_weight():
            key = _look_of(self.items[number])
            if key in shown:
                self.leave_out(number, Why.SAME, twin=shown[key])
            shown.setdefault(key, number)
        return len(self.out) > before

    def leave_out(self, number: int, why: Why, twin: int = 0) -> None:
        """Leaves an exhibit out; `twin` is the one that shows the same."""
        item = self.items[number]
        self.pressed.pop(number, None)
        self.out[number] = PacketLine(
            Act.REPEATED if twin else Act.LEFT_OUT, why, number, wording.caption(item),
            item.path.stat().st_size, twin=twin, weighty=self.weight(number) == 0,
        )  # fmt: skip

    @property
    def lines(self) -> tuple[PacketLine, ...]:
        """What was done to exhibits so far, in their order."""
        lines = [*self.out.values(), *(pressed.line for pressed in self.pressed.values())]
        for number, seen in self.seen.items():
            if not seen.printed and number not in self.out:
                said = wording.caption(self.items[number])
                lines.append(PacketLine(Act.NOT_PRINTED, Why.UNPRINTABLE, number, said,
                                        weighty=self.weight(number) == 0))  # fmt: skip
        return tuple(sorted(lines, key=lambda line: line.exhibit))


def over(value: int, limit: int | None) -> bool:
    """Whether a value is above a limit; nothing is above one nobody knows."""
    return limit is not None and value > limit


def _look_of(item: BundleExhibit) -> str:
    """What an exhibit shows, as a key: the points of a picture, else the bytes."""
    if not item.exhibit.outgoing.media_type.startswith("image/"):
        return item.exhibit.outgoing.sha256
    try:
        sheets = shrinking.read_sheets(item.path)
    except DAMAGED:
        return item.exhibit.outgoing.sha256
    digest = hashlib.sha256()
    for sheet in sheets:
        digest.update(f"{sheet.size}".encode())
        digest.update(sheet.convert("RGB").tobytes())
    return digest.hexdigest()
