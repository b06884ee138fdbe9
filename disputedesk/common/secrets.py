"""Card numbers, security codes and one-time codes in any text: where they are, and what to show.

Every text passes here before it is stored, logged, indexed or printed. A card number counts when
its digits pass the Luhn check, its first digits belong to a card scheme, and its surroundings do
not say that it is something else. Numbers written the way cards are written (4-4-4-4) or named as
cards are taken at their word; a bare run of digits after "order" or "IMEI" is left alone.

The work is linear: the patterns are bounded, labels are found by plain search, and arithmetic is
done only on what has the shape.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from disputedesk.common.later import Later

if TYPE_CHECKING:
    from disputedesk.common import secret_patterns as shapes
else:
    shapes = Later("disputedesk.common.secret_patterns")  # compiling them takes 50 ms


class SecretKind(enum.StrEnum):
    """What was found."""

    PAN = "pan"
    SECURITY_CODE = "security_code"
    ONE_TIME_CODE = "one_time_code"
    TRACK = "track"
    IBAN = "iban"
    """No secret, but worth telling; found and masked only when asked for."""


@dataclasses.dataclass(frozen=True, slots=True)
class Secret:
    """One secret in a text: `text[start:end]`, and what may be shown in its place."""

    kind: SecretKind
    start: int
    end: int
    masked: str


_PASSES: Final = 4
"""More than any text needs to be masked wholly; what is left then is refused at printing."""


def find_secrets(text: str, *, ibans: bool = False) -> tuple[Secret, ...]:
    """The secrets in `text`, in order, none overlapping.

    Args:
        text: Anything: typed, pasted, read from a file or a picture.
        ibans: Whether account numbers are reported too; they are no secret.
    """
    if shapes.DIGIT.search(text) is None:
        return ()
    lower = _same_length_lower(text)
    accounts = list(_ibans(text))
    found = _without_overlaps([*_tracks(text), *_pans(text, lower)], accounts)
    found = _without_overlaps([*found, *_codes_after_cards(lower, found), *_codes(lower)], [])
    return tuple(_without_overlaps([*accounts, *found], []) if ibans else found)


def mask(text: str, *, ibans: bool = False) -> str:
    """`text` with every secret replaced by its mask; masks already in it stay as they are."""
    pieces: list[str] = []
    done = 0
    for secret in find_secrets(text, ibans=ibans):
        pieces += (text[done : secret.start], secret.masked)
        done = secret.end
    return "".join((*pieces, text[done:])) if pieces else text


def mask_text(text: str) -> str:
    """`text` without secrets, nor what the mask of one makes look like another.

    The last digits a mask leaves may stand before a word like "cvv" and be taken for the code.
    """
    for _ in range(_PASSES):
        masked_once = mask(text)
        if masked_once == text:
            break
        text = masked_once
    return text


def has_secret(text: str) -> bool:
    """Whether `text` holds a card number, a security code, a one-time code or track data."""
    return bool(find_secrets(text))


def mask_pan(digits: str) -> str:
    """A card number as it may be shown: the last four digits only."""
    return f"•••• {_digits(digits)[-4:]}"


_DOUBLED = str.maketrans("0123456789", "0246813579")


def passes_luhn(digits: str) -> bool:
    """Whether the last of the ASCII `digits` is the check digit of the others (ISO/IEC 7812)."""
    turned = digits[::-1]
    return sum(map(int, turned[::2] + turned[1::2].translate(_DOUBLED))) % 10 == 0


def _pans(text: str, lower: str) -> Iterator[Secret]:
    """Card numbers, the surest shapes first; overlaps are sorted out by the caller."""
    for match in shapes.SHAPED.finditer(text):
        yield from _shaped(text, lower, match.start(), match.end())
    for match in shapes.WRAPPED.finditer(text):
        yield from _shaped(text, lower, _digits_begin(text, match.start()), match.end())
    for match in shapes.SPREAD.finditer(text):
        digits = _digits(match.group())
        if _is_card(digits, shapes.SURE) and not _is_masked(text, match.start()):
            yield _pan(match.start(), match.end(), digits)
    for match in shapes.SOLID.finditer(text):
        if match.end() - match.start() <= shapes.LONGEST and _is_solid_card(
            text, lower, *match.span()
        ):
            yield _pan(match.start(), match.end(), _digits(match.group()))
    for label in _labels(lower, shapes.CARD_STEMS, shapes.CARD_LABEL):
        yield from _named(text, lower, label.end())
    for match in shapes.OCR.finditer(text):
        yield from _misread(lower, match)


def _shaped(text: str, lower: str, start: int, end: int) -> Iterator[Secret]:
    """Cards in groups; a last short group may be an expiry or the next cell, so both are tried."""
    if _is_masked(text, start):
        return
    groups = list(shapes.DIGITS.finditer(text, start, end))
    if len(groups) == 1:
        return
    for count in {min(4, len(groups)), len(groups)}:
        last = groups[count - 1].end()
        digits = _digits(text[start:last])
        if not _is_card(digits, shapes.POSSIBLE if count >= 3 else shapes.SURE):
            continue
        doubtful = bool(shapes.DOUBTFUL_GAP.search(text, start, last))
        if count < 3 and not doubtful:
            doubtful = _fills_lines(text, start, last) or _context(lower, start, last) == "other"
        if not doubtful or _context(lower, start, last) == "card":
            yield _pan(start, last, digits)
            return


def _digits_begin(text: str, place: int) -> int:
    """Where the run of digits begins that `place` ends; one too long for a card is cut off."""
    least = max(0, place - shapes.LONGEST)
    while place > least and text[place - 1].isdecimal():
        place -= 1
    return place


def _fills_lines(text: str, start: int, end: int) -> bool:
    """Whether two numbers fill a line each, as the cells of a column do."""
    if "\n" not in text[start:end]:
        return False
    before = text[max(0, start - 20) : start].rsplit("\n", 1)[-1]
    after = text[end : end + 20].split("\n", 1)[0]
    return not before.strip(" \t>") and not after.strip()


def _is_solid_card(text: str, lower: str, start: int, end: int) -> bool:
    digits = _digits(text[start:end])
    if not _is_card(digits, shapes.POSSIBLE):
        return False
    context = _context(lower, start, end)
    if context == "card":
        return True
    before = text[max(0, start - 2) : start]
    glued = bool(before and shapes.LETTER.match(before[-1])) or _is_masked(text, start)
    fraction = len(before) == 2 and before[0].isdecimal() and before[1] in ".,"
    if context or glued or fraction or _is_in_address(text, start):
        return False
    return _is_card(digits, shapes.SURE)


def _is_in_address(text: str, start: int) -> bool:
    """Whether a run of digits is a piece of a web address, as shops put their ids into them."""
    scheme = text.rfind("://", max(0, start - shapes.LONGEST_ADDRESS), start)
    return scheme >= 0 and not any(c.isspace() or c in "\"'<>" for c in text[scheme:start])


def _named(text: str, lower: str, place: int) -> Iterator[Secret]:
    """A number of any grouping that follows the word card, at once or after a few small words."""
    first = shapes.DIGIT.search(text, place, place + 40)
    if first is None or shapes.LETTER.match(text, first.start() - 1):
        return
    if shapes.OTHER.search(lower, place, first.start()) or _is_masked(text, first.start()):
        return
    match = shapes.LOOSE.match(text, first.start())
    if match and _is_card(digits := _digits(match.group()), shapes.POSSIBLE):
        yield _pan(match.start(), match.end(), digits)


def _misread(lower: str, match: re.Match[str]) -> Iterator[Secret]:
    """A card number with letters where a reader of pictures should have seen digits."""
    if shapes.LETTER.search(match.group()) is None and "|" not in match.group():
        return
    raw = "".join(c for c in match.group() if c.isalnum() or c == "|")
    real = sum(map(str.isdecimal, raw))
    if real == len(raw) or real < shapes.OCR_NEEDS:
        return
    digits = _digits(raw.translate(shapes.OCR_DIGITS))
    grouped = not match.group().isalnum()
    named = _context(lower, match.start(), match.end()) == "card"
    if (grouped or named) and _is_card(digits, shapes.POSSIBLE if named else shapes.SURE):
        yield _pan(match.start(), match.end(), digits)


def _is_card(digits: str, known: shapes.Ranges) -> bool:
    """Whether scheme, length and check digit fit; a row of one digit is a placeholder."""
    return _has_prefix(digits, known) and len(set(digits)) > 1 and passes_luhn(digits)


def _has_prefix(digits: str, known: shapes.Ranges) -> bool:
    return len(digits) in _lengths(digits[:4], known is shapes.SURE)


@functools.lru_cache(maxsize=16_384)
def _lengths(head: str, sure: bool) -> frozenset[int]:
    """The lengths a card may have whose first four digits are `head`."""
    return frozenset(
        length
        for low, high, lengths in (shapes.SURE if sure else shapes.POSSIBLE)
        if head and low <= int(head[: len(str(low))]) <= high
        for length in lengths
    )


def _pan(start: int, end: int, digits: str) -> Secret:
    return Secret(SecretKind.PAN, start, end, mask_pan(digits))


def _is_masked(text: str, start: int) -> bool:
    """Whether digits end a mask that somebody else made."""
    before = text[max(0, start - 2) : start]
    return before.lower() == "xx" or any(c in "*•✱" for c in before)


def _context(lower: str, start: int, end: int) -> str:
    """What the nearest words make of the number: `card`, `other`, or nothing."""
    place = max(0, start - shapes.REACH)
    for mark in ("\n\n", ". ", "; "):
        cut = lower.rfind(mark, place, start)
        if cut >= 0 and not lower.endswith(("no", "nr", "tel", "тел"), 0, cut):
            place = max(place, cut + 1)
    card = max((m.end() for m in shapes.CARD_LABEL.finditer(lower, place, start)), default=0)
    other = max((m.end() for m in shapes.OTHER.finditer(lower, place, start)), default=0)
    if card or other:
        return "card" if card >= other else "other"
    after = re.match(r"[\s(\[\-–—,]{1,3}", lower[end : end + 4])
    if after and shapes.OTHER.match(lower, end + after.end(), end + 24):
        return "other"
    return "other" if shapes.WEAK.search(lower, max(place, start - 8), start) else ""


def _codes(lower: str) -> Iterator[Secret]:
    """Codes that stand beside a word which says so."""
    for kind, stems, label, number in (
        (SecretKind.SECURITY_CODE, shapes.CODE_STEMS, shapes.CODE_LABEL, shapes.SHORT_CODE),
        (SecretKind.SECURITY_CODE, shapes.PIN_STEMS, shapes.PIN_LABEL, shapes.PIN_CODE),
        (SecretKind.ONE_TIME_CODE, shapes.ONCE_STEMS, shapes.ONCE_LABEL, shapes.ONCE_CODE),
    ):
        masked = "•••" if kind is SecretKind.SECURITY_CODE else "••••••"
        for match in _labels(lower, stems, label):
            glued = match.start() and shapes.LETTER.match(lower, match.start() - 1)
            if glued and match.group()[0].isascii() and not match.group().startswith("prüf"):
                continue
            if span := _beside(lower, match, number, kind):
                yield Secret(kind, *span, masked)


def _labels(lower: str, stems: tuple[str, ...], label: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The labels that begin with one of `stems`; plain search, so it stays fast."""
    for stem in stems:
        place = lower.find(stem)
        while place >= 0:
            if match := label.match(lower, place):
                yield match
            place = lower.find(stem, place + len(stem))


def _beside(
    lower: str, label: re.Match[str], number: re.Pattern[str], kind: SecretKind
) -> tuple[int, int] | None:
    """The code after the label, else the one right before it."""
    low = max(0, label.start() - 34)
    if shapes.DIGIT.search(lower, low, label.end() + 90) is None:
        return None
    once = kind is SecretKind.ONE_TIME_CODE
    gap = shapes.CODE_GAP.match(lower, label.end())
    end = gap.end() if gap else label.end()
    named = not once or shapes.SAYS_CODE.search(lower, max(0, label.start() - 24), end)
    clear = named and shapes.OTHER.search(lower, label.start(), end) is None
    if clear and (found := number.match(lower, end)):
        return found.span()
    before = shapes.BEFORE.search(lower[low : label.start()])
    if before is None or (once and not shapes.SAYS_CODE.search(lower, low, label.end() + 40)):
        return None
    size = len(before.group(1))
    fits = size >= 4 if once else size <= 4
    return (before.start(1) + low, before.end(1) + low) if fits else None


def _codes_after_cards(lower: str, found: list[Secret]) -> Iterator[Secret]:
    """The bare three or four digits after a card's number and expiry, as thieves' lists have it."""
    for secret in found:
        if secret.kind is SecretKind.PAN:
            match = shapes.CARD_TAIL.match(lower, secret.end)
            match = match or shapes.CARD_CODE.match(lower, secret.end)
            if match:
                yield Secret(SecretKind.SECURITY_CODE, *match.span(1), "•••")


def _tracks(text: str) -> Iterator[Secret]:
    if "^" in text or "=" in text:
        for match in shapes.TRACK.finditer(text):
            yield Secret(SecretKind.TRACK, match.start(), match.end(), "••••")


def _ibans(text: str) -> Iterator[Secret]:
    for match in shapes.IBAN.finditer(text):
        start = match.start()
        size = shapes.IBAN_LENGTHS.get(match.group()[:2].upper(), 0)
        if not size or (start and text[start - 1].isalnum()):
            continue
        end = _iban_end(text, start, size)
        plain = "".join(text[start:end].split()).upper()
        turned = plain[4:] + plain[:4]
        if len(plain) == size and int("".join(str(int(c, 36)) for c in turned)) % 97 == 1:
            yield Secret(SecretKind.IBAN, start, end, f"{plain[:2]}•• •••• {plain[-4:]}")


def _iban_end(text: str, start: int, size: int) -> int:
    """Where `size` letters and digits end that begin at `start`; `start` when they do not."""
    place, left = start, size
    while left and place < len(text):
        char = text[place]
        if char.isascii() and char.isalnum():
            left -= 1
        elif char not in " \u00a0-":
            return start
        place += 1
    return place if not left and not text[place : place + 1].isalnum() else start


def _digits(piece: str) -> str:
    """The decimal digits of `piece` in ASCII, whatever script they were written in."""
    if piece.isascii():
        return "".join(filter(str.isdecimal, piece))
    return "".join(str(unicodedata.decimal(c)) for c in piece if c.isdecimal())


def _same_length_lower(text: str) -> str:
    """`text` in small letters, every character still at its place."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _without_overlaps(found: list[Secret], taken: list[Secret]) -> list[Secret]:
    """`found` by place, the earlier and surer kept where two overlap, none inside `taken`."""
    kept: list[Secret] = []
    spans = sorted((s.start, s.end) for s in taken)
    end = -1
    place = 0
    for secret in sorted(found, key=lambda each: each.start):
        while place < len(spans) and spans[place][1] <= secret.start:
            place += 1
        blocked = place < len(spans) and spans[place][0] < secret.end
        if secret.start >= end and not blocked:
            kept.append(secret)
            end = secret.end
    return kept
