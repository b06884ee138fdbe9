"""The shapes and words by which `common.secrets` knows a secret: patterns only, all bounded.

First digits and lengths follow ISO/IEC 7812 and the ranges the card schemes publish; account
numbers follow the ISO 13616 registry. Every repeat has an upper bound and no two neighbours in a
pattern can match the same character, so no input makes them slow.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

Ranges: TypeAlias = tuple[tuple[int, int, tuple[int, ...]], ...]

_ANY: Final = (13, 14, 15, 16, 17, 18, 19)
_LONG: Final = (16, 17, 18, 19)
_MAESTRO: Final = (16, 18, 19)

SURE: Final[Ranges] = (
    (4, 4, (16,)), (51, 55, (16,)), (2221, 2720, (16,)), (34, 34, (15,)), (37, 37, (15,)),
    (6011, 6011, (16, 19)), (644, 649, (16, 19)), (65, 65, (16, 19)), (3528, 3589, (16, 19)),
    (1800, 1800, (15,)), (2131, 2131, (15,)), (2200, 2204, _LONG), (62, 62, _LONG),
    (300, 305, (14,)), (3095, 3095, (14,)), (36, 36, (14,)), (38, 39, (14,)),
    (5018, 5018, _MAESTRO), (5020, 5020, _MAESTRO), (5038, 5038, _MAESTRO),
    (5893, 5893, _MAESTRO), (6304, 6304, _MAESTRO), (6759, 6759, _MAESTRO),
    (6761, 6763, _MAESTRO), (60, 60, (16,)), (508, 508, (16,)), (9792, 9792, (16,)),
)  # fmt: skip
"""First digits that speak for a card by themselves, and the lengths such cards have."""

POSSIBLE: Final[Ranges] = (
    *SURE, (4, 4, (13, 19)), (81, 82, _LONG), (50, 50, _ANY), (56, 69, _ANY), (353, 356, (16,)),
    (36, 36, _ANY[1:]), (300, 305, _ANY[1:]), (38, 39, _ANY[1:]),
)  # fmt: skip
"""First digits that need the shape of a card, or the word, beside them."""

_GAP: Final = (
    r"(?:[\s.,/_>·∙•\-\u00ad\u2010-\u2015\u2212\u200b-\u200f\u2060\ufeff]{1,4}"
    r"|\s?&(?:nbsp|\#160);\s?|=\r?\n)"
)
_WRAP: Final = r"(?:[ \t]{0,3}=?\r?\n[ \t>]{0,4}|[\u00ad\u200b-\u200d\u2060\ufeff]{1,2})"

SHAPED: Final = re.compile(
    rf"\d(?<!\d\d)\d{{3}}(?:(?:{_GAP}?\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?(?!\d)"
    rf"|(?:{_GAP}\d{{4}}){{2}}{_GAP}\d{{1,3}}(?!\d)|{_GAP}\d{{6}}{_GAP}\d{{4,5}}(?!\d)"
    rf"|\d{{4}}{_GAP}\d{{8}}(?!\d)|\d{{2}}{_GAP}\d{{10,13}}(?!\d)|{_GAP}\d{{12}}(?!\d)"
    rf"|\d{{8}}{_GAP}\d{{4}}(?!\d))"
)
"""Digits grouped as cards print them."""

WRAPPED: Final = re.compile(rf"\d(?<=\d\d\d){_WRAP}\d{{3,13}}(?!\d)")
"""The end of a number that a line's end cut in two, from the last digit before the cut."""

DOUBTFUL_GAP: Final = re.compile(r"[,/_]|(?<!\n)>|\n[^\n]*\n")
"""Between groups: cells of a table or rows of a column rather than one number."""

SPREAD: Final = re.compile(
    r"\d(?<!\d\d)(?<!\d[ \t\u00a0.\-]\d)"
    r"(?:(?:[ \t\u00a0.\-]\d){12,18}|\d(?:[ \t\u00a0.\-]\d\d){6,8})(?![ .\-]?\d)"
)
"""Single digits or pairs, evenly spread."""

LONGEST: Final = 19
"""Digits of the longest card number."""

SOLID: Final = re.compile(r"\d{13,}")
LOOSE: Final = re.compile(rf"\d(?:{_GAP}?\d){{12,18}}(?!\d)")
OCR: Final = re.compile(
    r"[\dOoQDlI|SsBZz](?<![^\W_].)[\dOoQDlI|SsBZz]{3}"
    rf"(?:{_GAP}?[\dOoQDlI|SsBZz]{{4}}){{3}}(?![^\W_])"
)
OCR_DIGITS: Final = str.maketrans("OoQDlI|SsBZz", "000011155822")
OCR_NEEDS: Final = 10
"""Real digits a misread number must keep, of 16; with fewer it is a word."""

LETTER: Final = re.compile(r"[^\W\d_]")
DIGIT: Final = re.compile(r"\d")
DIGITS: Final = re.compile(r"\d+")

CARD_STEMS: Final = ("card", "карт", "kart", "visa", "pan", "maestro", "мир", "tarjeta", "carte",
                     "credit", "卡号", "卡號", "信用卡", "银行卡")  # fmt: skip
CARD_LABEL: Final = re.compile(
    r"card(?:s|holder|_?(?:number|num|no))?(?![a-z])|карт[аыуеой]\w{0,3}\b"
    r"|karte(?:n?nummer|nnr|n)?\b|visa\b|pan\b|maestro\b|мир\b|tarjeta|carte\b|credit\b"
    r"|卡号|卡號|信用卡|银行卡"
)
OTHER: Final = re.compile(
    r"\border|_order|заказ|bestell|auftrag|pedido|commande|ordine|订单|track|трек|отправлен|посылк"
    r"|sendung|paket|parcel|shipment|envío|imei|serial|серийн|seriennummer|\bean\b|\bgtin|\bisbn"
    r"|\bupc\b|barcode|штрих|\biban\b|\bphone|\btel\b|телефон|\bтел\b|handy|mobil|invoice|счёт"
    r"|счет|rechnung|konto|account|\btxn|transa[ck]|транзакц|операци|vorgang|\barn\b|\brrn\b"
    r"|referen|\bitem|товар|artikel|product|\bsku\b|timestamp|\btime\b|\bts\b|время|\bинн\b|огрн"
    r"|message-id|msgid|ticket|обращени|\bcase\b|dispute|\bспор|\bmtcn\b|\buid\b|\bsession|coupon"
    r"|купон|promo|промо|gutschein|postal|zip\b|индекс"
)
"""Words that say a number is something else."""

WEAK: Final = re.compile(r"№|\bno\b\.?|\bnr\b\.?|\bid\b|\bnumber\b|\bnum\b|\bномер\b|#|\bref\b")
REACH: Final = 36
"""How far before a number a word still speaks for it."""

LONGEST_ADDRESS: Final = 300
"""How far before a number a web address may begin that it is a piece of."""

_BETWEEN: Final = r"[\s:=#№\-–—\"'«»„“”(>*,.]"
CODE_GAP: Final = re.compile(rf"(?:{_BETWEEN}{{1,4}}[^\W\d_]{{1,16}}){{0,4}}{_BETWEEN}{{0,4}}")

CODE_STEMS: Final = ("cvv", "cvc", "cvn", "csc", "cid", "cav", "security code", "verification",
                     "код безопасности", "код защиты", "стороны", "обороте", "prüf", "sicherheits",
                     "on the back", "rückseite", "安全码", "секретн", "code de sécurité",
                     "cryptogramme", "código de seguridad")  # fmt: skip
CODE_LABEL: Final = re.compile(
    r"(?:cvv|cvc|cav|cvn|csc)2?(?:[\s/-]?(?:cvv|cvc)2?)?\b|cid(?=\s?[:=#]| (?:code|number|is)\b)"
    r"|security code|verification (?:value|number)|код безопасности|код защиты|стороны|обороте"
    r"|prüf(?:nummer|ziffer|zahl|code)|sicherheits(?:code|nummer)|on the back|rückseite|安全码"
    r"|секретн\w{2} код|code de sécurité|cryptogramme|código de seguridad"
)
SHORT_CODE: Final = re.compile(
    r"\d(?:[ ]?\d){2,3}(?![.,/:]?\d)"
    r"(?! ?(?:[-–] ?)?(?:digit|циф|ziff|stell|знач|eur|usd|руб|%|€|\$))"
)
PIN_STEMS: Final = ("pin", "пин")
PIN_LABEL: Final = re.compile(r"(?:pin|пин)(?:[\s-]?(?:code|код|nummer))?\b(?! ?\d{5})")
PIN_CODE: Final = re.compile(r"\d{4}(?![.,/:]?\d)")

ONCE_STEMS: Final = ("otp", "one-time", "one time", "verification code", "confirmation code", "3d",
                     "3-d", "sms", "смс", "подтвержд", "одноразов", "проверочн", "tan", "einmal",
                     "bestätigungs", "passcode", "security code", "sicherheitscode", "验证码",
                     "код из", "push", "mtan", "to verify", "для подтвержд", "для входа",
                     "для оплаты", "ваш код", "your code", "говори", "сообща",
                     "введите код")  # fmt: skip
ONCE_LABEL: Final = re.compile(
    r"otp\b|one[- ]time (?:code|password|passcode|pin)|verification code|confirmation code"
    r"|3-?d[- ]?(?:secure)?(?:[- ](?:code|password|код|пароль))?\b"
    r"|sms[- ]?(?:code|код|tan|passw\w{1,6})|sms\b|смс(?:[- ]?код)?\b|подтверждени\w"
    r"|одноразов\w{2,3} (?:код|пароль)|проверочн\w{2} код"
    r"|m?tan\b(?=\s?[:=]|\s(?:lautet|ist|is|\d))|einmal(?:code|passwort|kennwort)"
    r"|bestätigungscode|passcode|security code|sicherheitscode|验证码|код из \w{1,12}|push-?код"
    r"|to verify|для (?:подтверждения|входа|оплаты)|(?:ваш|введите) код|your code"
    r"|(?:говорите|сообщайте) (?:этот )?код"
)
ONCE_CODE: Final = re.compile(
    r"(?:\d{4,8}|\d{3}[ -]\d{3})(?![.,/:-]?\d)(?! ?(?:руб|р\b|₽|eur|usd|€|\$|грн))"
)
SAYS_CODE: Final = re.compile(
    r"\b(?:code|код|пароль|password|passcode|otp|m?tan|pin|einmal)|code\b|验证码"
)
BEFORE: Final = re.compile(
    r"(?<![\d.,/-])(\d{3,8})\s{0,2}[(–—:,-]?\s{0,2}"
    r"(?:(?:is|это|ist|-|–|—)\s)?(?:(?:my|your|the|мой|ваш|твой|ihre?|dein|mein|der|die|код)\s){0,2}$"
)
"""A code that stands right before the word which says so."""

CARD_TAIL: Final = re.compile(
    r"[\s,;:|/]{1,4}(?:exp\w{0,6}[\s:.]{0,3}|до |bis )?(?:0[1-9]|1[0-2])[\s/|.\-]{0,3}(?:20)?\d\d"
    r"[\s,;:|/]{1,4}(\d{3,4})(?!\d)"
)
"""Expiry and code after a card's number, without a word."""

CARD_CODE: Final = re.compile(
    r"[\s,;:|/(\-]{1,4}(?:(?:exp\w{0,6}[\s:.]{0,3}|до |bis )?(?:0[1-9]|1[0-2])[\s/|.\-]{0,3}"
    r"(?:20)?\d\d[\s,;:|/]{1,4})?(?:(?:and|with|the|my|и|с|und|mit) ){0,2}(?:code|код|kod|código)"
    r"[\s:=#№\-–]{1,4}(?:is |это |ist )?(\d{3,4})(?![\d.,]?\d)"
)
"""A code named only as "code" right after a card's number, with or without its expiry."""

TRACK: Final = re.compile(
    r"%[bB]\d{12,19}\^[^^\n]{2,26}\^\d{4}[^?\s]{0,60}\??|;\d{12,19}=\d{4,40}\??"
)

IBAN: Final = re.compile(r"[A-Za-z]{2}\d{2}(?=[ \u00a0]?[A-Za-z0-9]{4})")
IBAN_LENGTHS: Final = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28,
    "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23,
    "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26,
    "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20,
    "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30,
    "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22,
    "RU": 33, "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "ST": 25,
    "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
}  # fmt: skip
"""Characters of an account number, by country (ISO 13616)."""
