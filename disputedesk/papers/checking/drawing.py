"""What a page draws: pictures with their sharpness, filled areas, lines; nothing is rendered."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

from disputedesk.papers.checking.seen import Box, Fill, Picture

_MOST_STEPS: Final = 60_000
"""Drawing steps of one page."""

_MOST_UNPACKED: Final = 6 << 20
_DEEPEST: Final = 8
_HEAD: Final = 256 << 10
"""Bytes at the beginning of a picture in which its metadata stands."""

_PAINTS: Final = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "n"})
_SHOWS: Final = frozenset({"Tj", "TJ", "'", '"'})
_GREYS: Final = frozenset({"g", "rg", "k", "sc", "scn", "cs"})
_STRAIGHT: Final = 1e-6

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Overfull(Exception):
    """A page holds too much to be looked at whole."""


def unpacked(stream: Any, most: int) -> bytes:
    """A stream's bytes, at most a little more than `most` of them.

    Raises:
        Overfull: It would unpack to more.
    """
    import pikepdf

    filters = stream.get("/Filter", pikepdf.Array())
    names = [str(each) for each in (filters if isinstance(filters, pikepdf.Array) else [filters])]
    raw = bytes(stream.read_raw_bytes())
    if len(raw) > most:
        raise Overfull
    if not names:
        return raw
    if names in (["/FlateDecode"], ["/Fl"]) and "/DecodeParms" not in stream:
        data = zlib.decompressobj().decompress(raw, most + 1)
        if len(data) > most:
            raise Overfull
        return data
    if len(raw) > most // 64:
        raise Overfull
    return bytes(stream.read_bytes())


def times(first: Matrix, then: Matrix) -> Matrix:
    """One change of place after another."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
            e * g + f * i + k, e * h + f * j + m)  # fmt: skip


def placed(matrix: Matrix, points: Sequence[tuple[float, float]]) -> Box:
    """The rectangle around `points` where `matrix` puts them."""
    a, b, c, d, e, f = matrix
    across = [a * x + c * y + e for x, y in points]
    up = [b * x + d * y + f for x, y in points]
    return Box(min(across), min(up), max(across), max(up))


def corners(box: Sequence[float]) -> list[tuple[float, float]]:
    """The four corners of a rectangle given as left, bottom, right, top."""
    left, bottom, right, top = box
    return [(left, bottom), (right, bottom), (right, top), (left, top)]


class _State:
    """What `q` keeps and `Q` brings back."""

    __slots__ = ("clip", "grey", "matrix")

    def __init__(self, matrix: Matrix, clip: Box, grey: float | None) -> None:
        self.matrix, self.clip, self.grey = matrix, clip, grey

    def copy(self) -> _State:
        return _State(self.matrix, self.clip, self.grey)


class _Hand:
    """What the steps of one drawing have led to so far."""

    def __init__(self, state: _State) -> None:
        self.state = state
        self.kept: list[_State] = []
        self.path: list[tuple[float, float]] = []
        self.is_box = False
        self.clips = False
        self.text: Matrix = IDENTITY

    def follow(self, name: str, operands: Sequence[Any]) -> None:
        """Takes a step that draws nothing by itself."""
        if name == "q":
            self.kept.append(self.state.copy())
        elif name == "Q":
            self.state = self.kept.pop() if self.kept else self.state
        elif name == "cm":
            self.state.matrix = times(_matrix(operands), self.state.matrix)
        elif name in _GREYS:
            self.state.grey = _grey(name, operands)
        elif name in {"W", "W*"}:
            self.clips = True
        elif name in {"BT", "Tm", "Td", "TD"}:
            self._move(name, operands)
        else:
            self._draw(name, operands)

    def _draw(self, name: str, operands: Sequence[Any]) -> None:
        """Adds to the path."""
        if name == "re":
            x, y, width, height = map(float, operands)
            self.is_box = not self.path
            self.path += corners((x, y, x + width, y + height))
        elif name in {"m", "l", "c", "v", "y"}:
            values = [float(each) for each in operands]
            self.path += zip(values[::2], values[1::2], strict=True)
            self.is_box = False

    def _move(self, name: str, operands: Sequence[Any]) -> None:
        """Goes to where the next words begin."""
        if name == "BT":
            self.text = IDENTITY
        elif name == "Tm":
            self.text = _matrix(operands)
        else:
            x, y = map(float, operands)
            self.text = times((1.0, 0.0, 0.0, 1.0, x, y), self.text)


class Drawing:
    """Follows the drawing steps of one page and keeps what was drawn where.

    Attributes:
        pictures: Every picture that can be seen.
        fills: Every filled area.
        strokes: Rectangles around drawn lines.
    """

    def __init__(self, page: Any, whole: Box, matrix: Matrix) -> None:
        self.pictures: list[Picture] = []
        self.fills: list[Fill] = []
        self.strokes: list[Box] = []
        self._steps = 0
        self._order = 0
        self._baselines: list[tuple[float, float]] = []
        data = b"\n".join(self._contents(page))
        self._follow(data, page.obj.get("/Resources", None), _State(matrix, whole, 0.0), page, 0)

    @staticmethod
    def _contents(page: Any) -> Iterator[bytes]:
        import pikepdf

        contents = page.obj.get("/Contents", None)
        for each in contents if isinstance(contents, pikepdf.Array) else [contents]:
            if isinstance(each, pikepdf.Stream):
                yield unpacked(each, _MOST_UNPACKED)

    def _follow(self, data: bytes, resources: Any, state: _State, page: Any, depth: int) -> None:
        import pikepdf

        owner = pikepdf.new()  # a stream dies with its document
        hand = _Hand(state)
        for step in pikepdf.parse_content_stream(pikepdf.Stream(owner, data)):
            self._steps += 1
            if self._steps > _MOST_STEPS:
                raise Overfull
            name, operands = str(step.operator), list(step.operands)
            if name in _PAINTS:
                self._paint(name, hand)
            elif name in _SHOWS:
                at = times(hand.text, hand.state.matrix)
                self._baselines.append((at[4], at[5]))
            elif name == "Do":
                self._do(operands, resources, hand.state, page, depth)
            elif name == "INLINE IMAGE":
                self._inline(operands[0], hand.state)
            else:
                hand.follow(name, operands)

    def _paint(self, name: str, hand: _Hand) -> None:
        path, state = hand.path, hand.state
        if path:
            outline = placed(state.matrix, path)
            if name in {"S", "s"}:
                self.strokes.append(outline.shared(state.clip))
            elif name != "n":
                self._fill(outline.shared(state.clip), hand)
            if hand.clips:
                state.clip = state.clip.shared(outline)
        hand.path, hand.clips, hand.is_box = [], False, False

    def _fill(self, box: Box, hand: _Hand) -> None:
        self._order += 1
        before = any(box.bottom - 1 <= y <= box.top and x <= box.right for x, y in self._baselines)
        a, b, c, d, _, _ = hand.state.matrix
        straight = abs(b) + abs(c) < _STRAIGHT or abs(a) + abs(d) < _STRAIGHT
        is_box = hand.is_box and straight
        self.fills.append(Fill(box, hand.state.grey, is_box, self._order, before))

    def _do(
        self, operands: Sequence[Any], resources: Any, state: _State, page: Any, depth: int
    ) -> None:
        """Draws a picture or a drawing in the drawing."""
        import pikepdf

        known = resources.get("/XObject", None) if resources is not None else None
        found = known.get(str(operands[0]), None) if known is not None else None
        if not isinstance(found, pikepdf.Stream):
            return
        if found.get("/Subtype", None) == "/Image":
            self._picture(found, state, _carried(found))
        elif found.get("/Subtype", None) == "/Form" and depth < _DEEPEST:
            inner = state.copy()
            if "/Matrix" in found:
                inner.matrix = times(_matrix(found.Matrix), state.matrix)
            if "/BBox" in found:
                limits = placed(inner.matrix, corners([float(each) for each in found.BBox]))
                inner.clip = inner.clip.shared(limits)
            own = found.get("/Resources", resources)
            self._follow(unpacked(found, _MOST_UNPACKED), own, inner, page, depth + 1)

    def _inline(self, picture: Any, state: _State) -> None:
        self._picture({"/Width": picture.width, "/Height": picture.height}, state, ())

    def _picture(self, found: Any, state: _State, carries: tuple[str, ...]) -> None:
        width, height = int(found.get("/Width", 0)), int(found.get("/Height", 0))
        a, b, c, d, _, _ = state.matrix
        across, up = math.hypot(a, b), math.hypot(c, d)
        box = placed(state.matrix, corners((0, 0, 1, 1))).shared(state.clip)
        if box.area <= 0 or across <= 0 or up <= 0:
            return
        self._order += 1
        is_photo = any(name in str(found.get("/Filter", "")) for name in ("DCT", "JPX"))
        dpi = min(width / across, height / up) * 72
        skewed = min(abs(a) + abs(d), abs(b) + abs(c)) > 0.01 * (across + up)
        mirrored = a * d - b * c < 0
        self.pictures.append(
            Picture(box, width, height, dpi, skewed or mirrored, carries, self._order, is_photo)
        )


def _matrix(values: Any) -> Matrix:
    a, b, c, d, e, f = (float(each) for each in values)
    return (a, b, c, d, e, f)


def _grey(name: str, operands: Sequence[Any]) -> float | None:
    """How light a colour is; `None` for a pattern."""
    try:
        values = [float(each) for each in operands]
    except (TypeError, ValueError):
        return 0.0 if name == "cs" else None
    if len(values) == 1:
        return values[0]
    if len(values) == 3:
        return 0.3 * values[0] + 0.59 * values[1] + 0.11 * values[2]
    if len(values) == 4:
        return max(0.0, 1 - min(1.0, 0.3 * values[0] + 0.59 * values[1] + 0.11 * values[2]
                                + values[3]))  # fmt: skip
    return None


def _carried(found: Any) -> tuple[str, ...]:
    """What a picture's own bytes tell beside the picture."""
    names = ["XMP"] if "/Metadata" in found else []
    filters = str(found.get("/Filter", ""))
    if "DCTDecode" in filters or "JPXDecode" in filters:
        head = bytes(found.read_raw_bytes())[:_HEAD]
        names += _in_jpeg(head)
    return tuple(dict.fromkeys(names))


def _in_jpeg(head: bytes) -> list[str]:
    """Kinds of metadata in the segments of a JPEG before its picture."""
    names: list[str] = []
    at = 2
    while head[at : at + 1] == b"\xff" and at + 4 <= len(head):
        kind, length = head[at + 1], int.from_bytes(head[at + 2 : at + 4], "big")
        body = head[at + 4 : at + 2 + length]
        if kind == 0xDA or length < 2:
            break
        if kind == 0xE1 and body.startswith(b"Exif\0"):
            names.append("GPS" if _has_place(body[6:]) else "EXIF")
        elif kind == 0xE1 and body.startswith(b"http://ns.adobe.com/"):
            names.append("XMP")
        elif kind == 0xED:
            names.append("IPTC")
        at += 2 + length
    return names


def _has_place(tiff: bytes) -> bool:
    """Whether the first directory of EXIF data points to one of places."""
    order = "little" if tiff[:2] == b"II" else "big"
    start = int.from_bytes(tiff[4:8], order)  # type: ignore[arg-type]
    count = int.from_bytes(tiff[start : start + 2], order)  # type: ignore[arg-type]
    for entry in range(min(count, 200)):
        at = start + 2 + 12 * entry
        if int.from_bytes(tiff[at : at + 2], order) == 0x8825:  # type: ignore[arg-type]
            return True
    return False
