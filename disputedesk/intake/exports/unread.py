"""Files that are known by sight and not read: bank statements, pictures, documents."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import Final

from disputedesk.common.texts import mark, tr
from disputedesk.intake.amounts import read_amount
from disputedesk.intake.days import DayOrder, read_day
from disputedesk.intake.exports.table import plain_name


@dataclasses.dataclass(frozen=True, slots=True)
class Unread:
    """What a file is, and why it was not read."""

    what: str
    why: str
    remedy: str


_PICTURES: Final = (
    b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*",
)  # fmt: skip
_STATEMENT: Final = mark("bank statement ({form})")
_STATEMENT_TEXTS: Final = (
    (re.compile(r"\A\s*OFXHEADER|<OFX>", re.IGNORECASE), "OFX"),
    (re.compile(r"urn:iso:std:iso:20022:tech:xsd:camt\.05|<BkToCstmr"), "CAMT"),
    (re.compile(r"^!(?:Type:|Account|Option:|Clear:)", re.IGNORECASE | re.MULTILINE), "QIF"),
    (
        re.compile(r"^:(?:20|25|28C?|60[FM]):.*?^:(?:25|28C?|60[FM]|61|62[FM]):", re.M | re.S),
        "MT940",
    ),
)
_DATE_WORDS: Final = (
    "date", "datum", "fecha", "data", "buchung", "valuta", "wertstellung", "posting date", "дата",
    "booking", "transaction date", "datum zaúčtování", "belegdatum", "datum verrichting",
)  # fmt: skip
_SUM_WORDS: Final = (
    "amount", "betrag", "montant", "importe", "importo", "bedrag", "kwota", "сумма", "debit",
    "credit", "debet", "inflow", "outflow", "balance", "saldo", "solde", "částka", "umsatz",
    "soll", "haben",
)  # fmt: skip
_SAMPLE_ROWS: Final = 25
_SHORT_DAY: Final = re.compile(r"\d{1,2}[ ./-]([A-Za-z]{3}|\d{1,2})[ ./-]\d{2}(?:\d{2})?\b|\d{8}$")


def unread_bytes(data: bytes) -> Unread | None:
    """What binary data is, by its first bytes, where no reader can take it."""
    head = data[:32]
    if head.startswith(_PICTURES) or head[8:12] == b"WEBP" or head[4:12] in _MOVING_AND_HEIC:
        return _evidence(tr("picture or video"))
    if head[4:8] == b"ftyp":
        return _evidence(tr("picture or video"))
    if data[:1024].find(b"%PDF-") >= 0:
        return _evidence(tr("PDF document"))
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Unread(
            tr("Office or Outlook file of the old kind"),
            tr("Files of this kind are not read."),
            tr("Save it as CSV or, for a mail, as .eml, and give that."),
        )
    return None


_MOVING_AND_HEIC: Final = (b"ftypheic", b"ftypmif1", b"ftypmp42", b"ftypisom", b"ftypqt  ")


def _evidence(what: str) -> Unread:
    return Unread(
        what,
        tr("It holds no orders to read; it looks like evidence."),
        tr("Add it to a case as evidence."),
    )


def statement_text(text: str) -> Unread | None:
    """Whether a text is a bank statement in one of the banks' own forms."""
    head = text[:20_000]
    for pattern, form in _STATEMENT_TEXTS:
        if pattern.search(head):
            return _statement(form)
    return None


def statement_table(records: Sequence[tuple[int, tuple[str, ...]]]) -> Unread | None:
    """Whether early records look like a bank's list: words of its header, or days beside sums."""
    for _, cells in records:
        names = [plain_name(cell) for cell in cells]
        if len(names) < 3:
            continue
        dates = any(_has_word(name, _DATE_WORDS) for name in names)
        if dates and any(_has_word(name, _SUM_WORDS) for name in names):
            return _statement("CSV")
    rows = [cells for _, cells in records if sum(map(bool, cells)) >= 3][:_SAMPLE_ROWS]
    alike = [cells for cells in rows if any(map(_is_day, cells)) and any(map(_is_sum, cells))]
    return _statement("CSV") if rows and len(alike) * 2 > len(rows) else None


def _statement(form: str) -> Unread:
    return Unread(
        tr(_STATEMENT, form=form),
        tr("It looks like a bank statement; statements are not read yet."),
        tr("Enter the payment on its order by hand."),
    )


def _has_word(name: str, words: Sequence[str]) -> bool:
    return any(name == word or name.startswith(f"{word} ") or f" {word}" in name for word in words)


def _is_day(cell: str) -> bool:
    return len(cell) < 40 and bool(
        _SHORT_DAY.match(cell) or read_day(cell, order=DayOrder.DMY) is not None
    )


def _is_sum(cell: str) -> bool:
    plain = cell.strip().replace(" ", "")
    return (
        bool(re.search(r"[.,]\d{2}$", plain))
        and read_amount(plain, currency_hint="EUR") is not None
    )
