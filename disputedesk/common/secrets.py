"""Card numbers, security codes and one-time codes in any text: where they are, and the text without.

Every text passes here before it is stored, logged, indexed or printed. A card number counts when
its digits pass the Luhn check, its first digits belong to a card scheme, and its surroundings do
not say that it is something else. Numbers written the way cards are written (4-4-4-4) or named as
cards are taken at their word; a bare run of digits after "order" or "IMEI" is left alone.

The work is linear: the patterns are bounded, labels are found by plain search, and arithmetic is
done only on what has the shape. First digits: ISO/IEC 7812, as the schemes publish their ranges.
"""

from __future__ import annotations

import dataclasses
import enum
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final


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


def find_secrets(text: str, *, ibans: bool = False) -> tuple[Secret, ...]:
    """The secrets in `text`, in order, none overlapping.

    Args:
        text: Anything: typed, pasted, read from a file or a picture.
        ibans: Whether account numbers are reported too; they are no secret.
    """
    if not any(map(str.isdecimal, text)):
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


def has_secret(text: str) -> bool:
    """Whether `text` holds a card number, a security code, a one-time code or track data."""
    return bool(find_secrets(text))


def mask_pan(digits: str) -> str:
    """A card number as it may be shown: the last four digits only."""
    plain = "".join(c for c in digits if c.isdecimal())
    return f"•••• {plain[-4:]}"


def passes_luhn(digits: str) -> bool:
    """Whether the last of the decimal `digits` is the check digit of the others (ISO/IEC 7812)."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char)
        total += value if place % 2 == 0 else (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)[value]
    return total % 10 == 0


# --- card numbers -------------------------------------------------------------------------------

_SURE: Final = (
    (4, 4, (16,)), (51, 55, (16,)), (2221, 2720, (16,)), (34, 34, (15,)), (37, 37, (15,)),
    (6011, 6011, (16, 19)), (644, 649, (16, 19)), (65, 65, (16, 19)), (3528, 3589, (16, 19)),
    (1800, 1800, (15,)), (2131, 2131, (15,)), (2200, 2204, (16, 17, 18, 19)),
    (62, 62, (16, 17, 18, 19)), (300, 305, (14,)), (3095, 3095, (14,)), (36, 36, (14,)),
    (38, 39, (14,)), (5018, 5018, (16, 18, 19)), (5020, 5020, (16, 18, 19)),
    (5038, 5038, (16, 18, 19)), (5893, 5893, (16, 18, 19)), (6304, 6304, (16, 18, 19)),
    (6759, 6759, (16, 18, 19)), (6761, 6763, (16, 18, 19)), (60, 60, (16,)), (508, 508, (16,)),
    (9792, 9792, (16,)),
)  # fmt: skip
"""First digits that speak for a card by themselves, and the lengths such cards have."""

_POSSIBLE: Final = (*_SURE, (4, 4, (13, 19)), (81, 81, (16, 17, 18, 19)), (50, 50, range(13, 20)),
                    (56, 69, range(13, 20)), (36, 36, range(14, 20)), (300, 305, range(14, 20)),
                    (38, 39, range(14, 20)), (82, 82, (16,)), (353, 356, (16,)))  # fmt: skip
"""First digits that need the shape of a card, or the word, beside them."""

_GAP: Final = (
    r"(?:[\s.,/_>·∙\-\u00ad\u2010-\u2015\u2212\u200b-\u200f\u2060\ufeff]{1,4}"
    r"|\s?&(?:nbsp|\#160);\s?|=\r?\n)"
)
"""What may stand between the groups of one number: spaces, dashes, dots, breaks, mail quoting."""

_WRAP: Final = r"(?:[ \t]{0,3}=?\r?\n[ \t>]{0,4}|[\u00ad\u200b-\u200d\u2060\ufeff]{1,2})"

_SHAPED: Final = re.compile(
    rf"\d(?<!\d\d)(?:\d{{3}}(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?(?!\d)"
    rf"|\d{{3}}(?:{_GAP}\d{{4}}){{2}}{_GAP}\d{{1,3}}(?!\d)"
    rf"|\d{{3}}{_GAP}\d{{6}}{_GAP}\d{{4,5}}(?!\d)"
    rf"|\d{{7}}{_GAP}\d{{8}}(?!\d)|\d{{5}}{_GAP}\d{{10,13}}(?!\d)|\d{{3}}{_GAP}\d{{12}}(?!\d)"
    rf"|\d{{11}}{_GAP}\d{{4}}(?!\d)"
    rf"|\d{{1,14}}{_WRAP}\d{{1,15}}(?!\d))"
)
_SPREAD: Final = re.compile(
    r"\d(?<!\d\d)(?:(?:[ \t\u00a0.\-]\d){12,18}|\d(?:[ \t\u00a0.\-]\d\d){6,8})(?![ .\-]?\d)"
)
_SOLID: Final = re.compile(r"\d{13,}")
_LOOSE: Final = re.compile(rf"\d(?:{_GAP}?\d){{12,18}}(?!\d)")
_OCR: Final = re.compile(
    rf"(?<![^\W_])[\dOoQDlI|SsBZz]{{4}}(?:{_GAP}?[\dOoQDlI|SsBZz]{{4}}){{3}}(?![^\W_])"
)
_OCR_DIGITS: Final = str.maketrans("OoQDlI|SsBZz", "000011155822")
_OCR_NEEDS: Final = 10
"""Real digits a misread number must keep, of 16; fewer is a word."""

_LETTER: Final = re.compile(r"[^\W\d_]")
_DIGIT: Final = re.compile(r"\d")


def _pans(text: str, lower: str) -> Iterator[Secret]:
    """Card numbers, the surest shapes first; overlaps are sorted out by the caller."""
    for match in _SHAPED.finditer(text):
        yield from _shaped(text, lower, match.start(), match.end())
    for match in _SPREAD.finditer(text):
        digits = _digits(match.group())
        if _is_card(digits, _SURE) and not _after_mask_or_number(text, match.start()):
            yield _pan(match.start(), match.end(), digits)
    for match in _SOLID.finditer(text):
        digits = _digits(match.group())
        if len(digits) <= 19 and _is_solid_card(text, lower, match.span(), digits):
            yield _pan(match.start(), match.end(), digits)
    for place in _label_ends(lower, _CARD_STEMS, _CARD_LABEL):
        yield from _named(text, lower, place)
    for match in _OCR.finditer(text):
        yield from _misread(lower, match)


def _shaped(text: str, lower: str, start: int, end: int) -> Iterator[Secret]:
    """Cards in groups; a last short group may be an expiry or the next cell, so both are tried."""
    if "*" in text[max(0, start - 2) : start] or "•" in text[max(0, start - 2) : start]:
        return
    groups = list(re.finditer(r"\d+", text[start:end]))
    for count in (4, len(groups)):
        last = groups[: count or 1][-1]
        digits = _digits(text[start : start + last.end()])
        known = _POSSIBLE if len(groups) >= 3 else _SURE
        if _is_card(digits, known) and (
            len(groups) >= 3 or _context(lower, start, start + last.end()) != "other"
        ):
            yield _pan(start, start + last.end(), digits)
            return


def _is_solid_card(text: str, lower: str, span: tuple[int, int], digits: str) -> bool:
    if not _is_card(digits, _POSSIBLE):
        return False
    context = _context(lower, *span)
    if context == "card":
        return True
    before, after = text[max(0, span[0] - 2) : span[0]], text[span[1] : span[1] + 1]
    glued = bool(_LETTER.match(before[-1:]) or _LETTER.match(after)) or "*" in before[-1:]
    fraction = len(before) == 2 and before[0].isdecimal() and before[1] in ".,"
    return context == "" and not glued and not fraction and _is_card(digits, _SURE)


def _named(text: str, lower: str, place: int) -> Iterator[Secret]:
    """A number of any grouping that follows the word card, at once or after a few small words."""
    first = _DIGIT.search(text, place, place + 40)
    if first is None or _LETTER.match(text[first.start() - 1]):
        return
    if _OTHER.search(lower, place, first.start()) or "*" in text[place : first.start()]:
        return
    match = _LOOSE.match(text, first.start())
    if match and _is_card(digits := _digits(match.group()), _POSSIBLE):
        yield _pan(match.start(), match.end(), digits)


def _misread(lower: str, match: re.Match[str]) -> Iterator[Secret]:
    """A card number with letters where a reader of pictures should have seen digits."""
    raw = "".join(c for c in match.group() if c.isalnum() or c == "|")
    letters = [c for c in raw if not c.isdecimal()]
    if not letters or len(raw) - len(letters) < _OCR_NEEDS:
        return
    digits = _digits(raw.translate(_OCR_DIGITS))
    grouped = not match.group().isalnum()
    named = _context(lower, match.start(), match.end()) == "card"
    if (grouped or named) and _is_card(digits, _POSSIBLE if named else _SURE):
        yield _pan(match.start(), match.end(), digits)


def _is_card(digits: str, known: tuple[tuple[int, int, object], ...]) -> bool:
    return _has_prefix(digits, known) and len(set(digits)) > 1 and passes_luhn(digits)


def _has_prefix(digits: str, known: tuple[tuple[int, int, object], ...]) -> bool:
    for low, high, lengths in known:
        assert isinstance(lengths, tuple | range)
        if len(digits) in lengths and low <= int(digits[: len(str(low))]) <= high:
            return True
    return False


def _pan(start: int, end: int, digits: str) -> Secret:
    return Secret(SecretKind.PAN, start, end, mask_pan(digits))


def _after_mask_or_number(text: str, start: int) -> bool:
    before = text[max(0, start - 2) : start]
    return any(c.isdecimal() or c in "*•" for c in before)


# --- what the words around say ------------------------------------------------------------------

_CARD_STEMS: Final = ("card", "карт", "kart", "visa", "mastercard", "pan", "maestro", "мир",
                      "tarjeta", "carte", "credit", "卡号", "卡號", "信用卡", "银行卡")  # fmt: skip
_CARD_LABEL: Final = re.compile(
    r"(?:card(?:s|holder|_?(?:number|num|no))?(?![a-z])|карт[аыуеой]\w{0,3}\b(?<!картой оплаты)|"
    r"(?:kredit|bank|debit)?kart(?:e|en|ennummer|ennr)?\b|visa\b|mastercard\b|pan\b|maestro\b|мир\b"
    r"|tarjeta|carte\b|credit\b|卡号|卡號|信用卡|银行卡)"
)
_OTHER: Final = re.compile(
    r"\border|_order|заказ|bestell|auftrag|pedido|commande|ordine|订单|track|трек|отправлен|посылк"
    r"|sendung|paket|parcel|shipment|envío|imei|serial|серийн|seriennummer|\bean\b|\bgtin|\bisbn"
    r"|\bupc\b|barcode|штрих|\biban\b|\bphone|\btel\b|телефон|\bтел\b|handy|mobil|invoice|счёт"
    r"|счет|rechnung|konto|account|\btxn|transa[ck]|транзакц|операци|vorgang|\barn\b|\brrn\b"
    r"|referen|\bitem|товар|artikel|product|\bsku\b|timestamp|\btime\b|\bts\b|время|\bинн\b|огрн"
    r"|message-id|msgid|ticket|обращени|\bcase\b|dispute|\bспор|\bmtcn\b|\buid\b|\bsession"
)
_WEAK: Final = re.compile(r"№|\bno\b\.?|\bnr\b\.?|\bid\b|\bnumber\b|\bnum\b|\bномер\b|#|\bref\b")
_REACH: Final = 36


def _context(lower: str, start: int, end: int) -> str:
    """What the nearest words make of the number: `card`, `other`, or nothing."""
    before = lower[max(0, start - _REACH) : start]
    cut = max(before.rfind("\n\n"), before.rfind(". "), before.rfind("; "))
    if cut >= 0 and not before[:cut].endswith(("no", "nr", "№")):
        before = before[cut + 1 :]
    card = max((m.end() for m in _CARD_LABEL.finditer(before)), default=0)
    other = max((m.end() for m in _OTHER.finditer(before)), default=0)
    if card or other:
        return "card" if card >= other else "other"
    after = re.match(r"[\s(\[\-–—,]{1,3}(.{0,16})", lower[end : end + 20])
    if after and _OTHER.match(after.group(1)):
        return "other"
    return "other" if _WEAK.search(before[-8:]) else ""


def _label_ends(lower: str, stems: tuple[str, ...], label: re.Pattern[str]) -> Iterator[int]:
    """Where the labels end that begin with one of `stems`; plain search, so it stays fast."""
    for stem in stems:
        place = lower.find(stem)
        while place >= 0:
            match = label.match(lower, place)
            if match:
                yield match.end()
            place = lower.find(stem, place + len(stem))


# --- codes --------------------------------------------------------------------------------------

_WORDS: Final = (
    r"(?:[\s:=#№\-–—\"'«»„“”(>*,.]{1,4}[^\W\d_]{1,16}){0,%d}[\s:=#№\-–—\"'«»„“”(>*,.]{0,4}"
)
_CODE_STEMS: Final = ("cvv", "cvc", "cvn", "csc", "cid", "cav", "security code", "verification",
                      "код безопасности", "код защиты", "стороны", "обороте", "prüf", "sicherheits",
                      "on the back", "rückseite", "pin", "пин", "安全码")  # fmt: skip
_CODE_LABEL: Final = re.compile(
    r"(?:(?:cvv|cvc|cav|cvn|csc)2?(?:[\s/-]?(?:cvv|cvc)2?)?\b|cid\b|security code|"
    r"verification (?:value|number)|код безопасности|код защиты|(?:оборотной |обратной )?стороны|"
    r"обороте|prüf(?:nummer|ziffer|zahl|code)|sicherheits(?:code|nummer)|on the back|rückseite|安全码)"
)
_PIN_LABEL: Final = re.compile(r"(?:pin|пин)(?:[\s-]?(?:code|код|nummer))?\b(?! ?\d{5})")
_BACK: Final = ("стороны", "оборот", "on the back", "rückseite")
_SHORT_CODE: Final = re.compile(
    r"(?<!\d)\d(?:[ ]?\d){2,3}(?![.,/:]?\d)(?! ?(?:[-–] ?)?(?:digit|циф|ziff|stell|знач|eur|usd|руб|%|€|\$))"
)
_ONCE_STEMS: Final = ("otp", "one-time", "one time", "verification code", "confirmation code",
                      "3d", "3-d", "sms", "смс", "подтвержд", "одноразов", "проверочн", "tan",
                      "einmal", "bestätigungs", "passcode", "security code", "sicherheitscode",
                      "验证码", "код из", "push")  # fmt: skip
_ONCE_LABEL: Final = re.compile(
    r"(?:otp\b|one[- ]time (?:code|password|passcode|pin)|verification code|confirmation code|"
    r"3-?d[- ]?(?:secure)?(?:[- ](?:code|password|код|пароль))?\b|sms[- ]?(?:code|код|tan|passw\w+)|"
    r"sms\b|смс(?:[- ]?код)?\b|подтверждени\w|одноразов\w{2,3} (?:код|пароль)|проверочн\w{2} код|"
    r"tan\b|einmal(?:code|passwort|kennwort)|bestätigungscode|passcode|security code|"
    r"sicherheitscode|验证码|код из \w+|push-?код)"
)
_ONCE_CODE: Final = re.compile(r"(?<![\d.,/:+])(?:\d{4,8}|\d{3}[ -]\d{3})(?![.,/:-]?\d)")
_SAYS_CODE: Final = re.compile(
    r"\b(?:code|код|пароль|password|passcode|otp|tan|pin|einmal\w+)|code\b|验证码"
)
_CODE_GAP: Final = re.compile(_WORDS % 4)
_BEFORE: Final = re.compile(
    r"(?<![\d.,/-])(\d{3,8})\s{0,2}[(–—:,-]?\s{0,2}"
    r"(?:(?:is|это|ist|-|–|—)\s)?(?:(?:my|your|the|мой|ваш|твой|ihre?|dein|mein|der|die|код)\s){0,2}$"
)


def _codes(lower: str) -> Iterator[Secret]:
    """Codes that stand beside a word which says so."""
    for kind, stems, label, number in (
        (SecretKind.SECURITY_CODE, _CODE_STEMS, _CODE_LABEL, _SHORT_CODE),
        (SecretKind.SECURITY_CODE, ("pin", "пин"), _PIN_LABEL, re.compile(r"\d{4}(?![.,/:]?\d)")),
        (SecretKind.ONE_TIME_CODE, _ONCE_STEMS, _ONCE_LABEL, _ONCE_CODE),
    ):
        for match in _labels(lower, stems, label):
            if span := _beside(lower, match, number, kind):
                yield Secret(kind, *span, "•••" if kind is SecretKind.SECURITY_CODE else "••••••")


def _labels(lower: str, stems: tuple[str, ...], label: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for stem in stems:
        place = lower.find(stem)
        while place >= 0:
            glued = place > 0 and _LETTER.match(lower[place - 1]) and stem.isascii()
            match = None if glued and stem not in {"prüf"} else label.match(lower, place)
            if match:
                yield match
            place = lower.find(stem, place + len(stem))


def _beside(
    lower: str, label: re.Match[str], number: re.Pattern[str], kind: SecretKind
) -> tuple[int, int] | None:
    """The code after the label, else the one right before it."""
    gap = _CODE_GAP.match(lower, label.end())
    words = lower[label.start() : gap.end()] if gap else label.group()
    if gap and not _OTHER.search(words) and (found := number.match(lower, gap.end())):
        once = kind is SecretKind.ONE_TIME_CODE
        around = lower[max(0, label.start() - 24) : gap.end()]
        if not once or _SAYS_CODE.search(around):
            return found.span()
    before = _BEFORE.search(lower[max(0, label.start() - 34) : label.start()])
    if before is None or (kind is SecretKind.ONE_TIME_CODE and not _SAYS_CODE.search(words)):
        return None
    offset = max(0, label.start() - 34)
    size = len(before.group(1))
    fits = size >= 4 if kind is SecretKind.ONE_TIME_CODE else size <= 4
    return (before.start(1) + offset, before.end(1) + offset) if fits else None


_CARD_TAIL: Final = re.compile(
    r"[\s,;:|/]{1,4}(?:exp\w*[\s:.]{0,3}|до |bis )?(?:0[1-9]|1[0-2])[\s/|.\-]{0,3}(?:20)?\d\d"
    r"[\s,;:|/]{1,4}(\d{3,4})(?!\d)"
)


def _codes_after_cards(lower: str, found: list[Secret]) -> Iterator[Secret]:
    """The bare three or four digits after a card's number and expiry, as thieves' lists have it."""
    for secret in found:
        if secret.kind is SecretKind.PAN and (match := _CARD_TAIL.match(lower, secret.end)):
            yield Secret(SecretKind.SECURITY_CODE, *match.span(1), "•••")


# --- track data, accounts, small things ---------------------------------------------------------

_TRACK: Final = re.compile(
    r"%[bB]\d{12,19}\^[^^\n]{2,26}\^\d{4}[^?\s]{0,60}\??|;\d{12,19}=\d{4,40}\??"
)
_IBAN: Final = re.compile(
    r"[A-Za-z]{2}\d{2}(?:[ \u00a0]?[A-Za-z0-9]{4}){2,7}(?:[ \u00a0]?[A-Za-z0-9]{1,3})?"
)


def _tracks(text: str) -> Iterator[Secret]:
    if "^" in text or "=" in text:
        for match in _TRACK.finditer(text):
            yield Secret(SecretKind.TRACK, match.start(), match.end(), "••••")


def _ibans(text: str) -> Iterator[Secret]:
    for match in _IBAN.finditer(text):
        if match.start() and text[match.start() - 1].isalnum():
            continue
        end = _iban_end(text, match)
        if end:
            plain = "".join(text[match.start() : end].split()).upper()
            yield Secret(SecretKind.IBAN, match.start(), end, f"{plain[:2]}•• •••• {plain[-4:]}")


def _iban_end(text: str, match: re.Match[str]) -> int:
    """Where the account number ends: the longest part of the match whose check digits hold; 0."""
    end = match.end()
    while end - match.start() >= 15:
        plain = "".join(text[match.start() : end].split()).upper()
        whole = end == len(text) or not text[end].isalnum()
        if whole and len(plain) <= 34 and plain.isascii() and plain.isalnum():
            turned = plain[4:] + plain[:4]
            if int("".join(str(int(c, 36)) for c in turned)) % 97 == 1:
                return end
        end -= 1
    return 0


def _digits(piece: str) -> str:
    """The decimal digits of `piece` in ASCII, whatever script they were written in."""
    return "".join(str(unicodedata.decimal(c)) for c in piece if c.isdecimal())


def _same_length_lower(text: str) -> str:
    """`text` in small letters, every character still at its place."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    keep: Callable[[str], str] = lambda c: c.lower() if len(c.lower()) == 1 else c  # noqa: E731 - one use
    return "".join(map(keep, text))


def _without_overlaps(found: list[Secret], taken: list[Secret]) -> list[Secret]:
    """`found` by place, the earlier and surer kept where two overlap, none inside `taken`."""
    kept: list[Secret] = []
    spans = sorted((s.start, s.end) for s in taken)
    order = sorted(range(len(found)), key=lambda i: (found[i].start, i))
    end = -1
    place = 0
    for index in order:
        secret = found[index]
        while place < len(spans) and spans[place][1] <= secret.start:
            place += 1
        blocked = place < len(spans) and spans[place][0] < secret.end
        if secret.start >= end and not blocked:
            kept.append(secret)
            end = secret.end
    return kept
