"""PayPal's activity downloads, both families, in five languages: one payment per purchase.

A purchase comes as several rows: the payment, the money drawn from bank or card, a pair of currency
conversions, a hold and its end. They are joined by "Reference Txn ID" and become one payment; what
they say (the sum taken in the user's own currency) is told beside it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from disputedesk.common.texts import tr, trn
from disputedesk.intake.days import DayOrder
from disputedesk.intake.draft import PaymentDraft, Place, Rejection
from disputedesk.intake.exports.cells import BadCell, a_currency, a_day, a_sum, clean_text
from disputedesk.intake.exports.dayorder import decide_order
from disputedesk.intake.exports.parts import Reading
from disputedesk.intake.exports.paypal_words import Column, RowKind, columns_of, row_kind
from disputedesk.intake.exports.table import Row, Table
from disputedesk.model.money import Money

KIND: Final = "export.paypal"
_ID: Final = re.compile(r"[A-Z0-9-]{10,24}")
_INVOICE: Final = re.compile(r"[\w./#-]{1,60}")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]{1,200}")
_POINT: Final = re.compile(r".*\.\d{2}")
_COMMA: Final = re.compile(r".*,\d{2}")
_PLAIN: Final = re.compile(r"-?\d{1,15}(\.\d{1,3})?")
_HOPS: Final = 6
_LINES_NAMED: Final = 12


@dataclasses.dataclass(frozen=True, slots=True)
class _Entry:
    """One row, its cells believed."""

    line: int
    kind: RowKind
    draft: PaymentDraft


def read_paypal(table: Table, file: str, order: DayOrder | None) -> Reading:
    """The payments of a PayPal activity table.

    Args:
        table: Its header and rows.
        file: The file's name as the user knows it.
        order: The day order the user says it has; `None` decides from all rows, and where they
            allow two readings the whole file is sent back with that question.
    """
    columns = columns_of(table.names)
    what = tr("PayPal activity")
    days = order or decide_order(row[columns[Column.DATE]] for row in table.rows)
    if days is None:
        return Reading(
            KIND,
            what,
            why=tr("Its dates can be read as day/month and as month/day, and no row decides."),
            remedy=tr("Import it again with --as paypal:dmy or --as paypal:mdy."),
        )
    entries: list[_Entry] = []
    rejections = list(table.rejections)
    cells = _Cells(columns, days, _decimal_sign(table.rows, columns), file)
    for row in table.rows:
        if cells.is_detail(row):
            continue
        try:
            entries.append(cells.entry(row))
        except BadCell as error:
            place = Place(file, row.line, error.column)
            rejections.append(Rejection(place, error.why, error.remedy))
    drafts, left = _fold(_without_repeats(entries))
    if left:
        rejections.append(_left_out(left, file))
    return Reading(KIND, what, drafts, tuple(rejections))


@dataclasses.dataclass(frozen=True, slots=True)
class _Cells:
    """How the cells of one file are read."""

    columns: Mapping[Column, str]
    days: DayOrder
    decimal: str
    file: str

    def text(self, row: Row, column: Column) -> str:
        return row[self.columns[column]] if column in self.columns else ""

    def is_detail(self, row: Row) -> bool:
        """Whether a row only names a thing of the payment beside it."""
        kind = row_kind(self.text(row, Column.KIND))
        return kind is RowKind.DETAIL and not self.text(row, Column.GROSS).strip("0.,- ")

    def entry(self, row: Row) -> _Entry:
        """The row as an entry.

        Raises:
            BadCell: Its day, sum, currency or number cannot be believed.
        """
        number = self.text(row, Column.ID)
        if not _ID.fullmatch(number):
            raise BadCell(self.columns[Column.ID], tr("The transaction code is missing or broken."))
        booked_on = a_day(self.text(row, Column.DATE), self.columns[Column.DATE], self.days)
        if booked_on is None:
            raise BadCell(self.columns[Column.DATE], tr("The day is missing."))
        words = clean_text(self.text(row, Column.KIND), 100)
        amount = self._amount(row)
        kind = row_kind(words, self.text(row, Column.IMPACT))
        return _Entry(row.line, kind, self._draft(row, number, booked_on, amount, words))

    def _draft(
        self, row: Row, number: str, booked_on: dt.date, amount: Money, words: str
    ) -> PaymentDraft:
        partner = Column.SENDER if amount.minor > 0 else Column.RECEIVER
        email = self.text(row, partner)
        related, invoice = self.text(row, Column.RELATED), self.text(row, Column.INVOICE)
        title = clean_text(self.text(row, Column.ITEM) or self.text(row, Column.SUBJECT))
        return PaymentDraft(
            place=Place(self.file, row.line),
            wallet="paypal",
            reference=number,
            amount=amount,
            booked_on=booked_on,
            payee=clean_text(self.text(row, Column.NAME), 200),
            payee_email=email if _EMAIL.fullmatch(email) else "",
            description=title or words,
            invoice=invoice if _INVOICE.fullmatch(invoice) else clean_text(invoice, 100),
            related=related if _ID.fullmatch(related) else "",
            status=clean_text(self.text(row, Column.STATUS), 60),
        )

    def _amount(self, row: Row) -> Money:
        column = self.columns[Column.GROSS]
        text = self.text(row, Column.GROSS)
        currency = a_currency(self.text(row, Column.CURRENCY), self.columns[Column.CURRENCY])
        if not currency:
            raise BadCell(self.columns[Column.CURRENCY], tr("The currency is missing."))
        amount = _with_sign(text, self.decimal, currency) or a_sum(text, column, currency)
        if amount is None:
            raise BadCell(column, tr("The sum is missing."))
        return amount


def _decimal_sign(rows: Iterable[Row], columns: Mapping[Column, str]) -> str:
    """The decimal sign that all sums of the file agree on; empty when they do not."""
    signs: set[str] = set()
    for row in rows:
        text = row[columns[Column.GROSS]]
        if _POINT.fullmatch(text):
            signs.add(".")
        elif _COMMA.fullmatch(text):
            signs.add(",")
    return signs.pop() if len(signs) == 1 else ""


def _with_sign(text: str, decimal: str, currency: str) -> Money | None:
    """The sum of a cell in a file whose decimal sign is known; `None` where that does not fit."""
    if not decimal:
        return None
    other = "," if decimal == "." else "."
    plain = re.sub(r"[\s']", "", text.replace("\u2212", "-")).replace(other, "")
    plain = plain.replace(decimal, ".")
    if not _PLAIN.fullmatch(plain):
        return None
    try:
        return Money.of(Decimal(plain), currency)
    except (ValueError, InvalidOperation):
        return None


def _without_repeats(entries: Sequence[_Entry]) -> dict[str, _Entry]:
    """Entries by transaction code; of rows with one code the payment, else the first."""
    kept: dict[str, _Entry] = {}
    for entry in entries:
        former = kept.get(entry.draft.reference)
        if former is None or (former.kind is not RowKind.PAYMENT and entry.kind is RowKind.PAYMENT):
            kept[entry.draft.reference] = entry
    return kept


def _fold(entries: Mapping[str, _Entry]) -> tuple[tuple[PaymentDraft, ...], list[_Entry]]:
    """Payments with their helping rows told beside them, and the helping rows of none."""
    holds = {
        entry.draft.related: entry.draft.reference
        for entry in entries.values()
        if entry.kind is RowKind.PAYMENT and entry.draft.related
    }
    beside: dict[str, list[_Entry]] = {}
    left: list[_Entry] = []
    for entry in entries.values():
        if _is_payment(entry, entries):
            continue
        root = _root(entry, entries) or holds.get(entry.draft.reference)
        if root is None and entry.draft.related:
            root = holds.get(entry.draft.related)
        if root is None:
            left.append(entry)
        else:
            beside.setdefault(root, []).append(entry)
    drafts = tuple(
        _with_notes(entry.draft, beside.get(reference, []))
        for reference, entry in entries.items()
        if _is_payment(entry, entries)
    )
    return drafts, left


def _is_payment(entry: _Entry, entries: Mapping[str, _Entry]) -> bool:
    """Whether a row is a payment: by its words, and a nameless row that refers to one is not."""
    if entry.kind is not RowKind.PAYMENT:
        return False
    return bool(entry.draft.payee) or entry.draft.related not in entries


def _root(entry: _Entry, entries: Mapping[str, _Entry]) -> str | None:
    """The payment a helping row belongs to, over at most a few references."""
    current = entry
    for _ in range(_HOPS):
        found = entries.get(current.draft.related)
        if found is None or found is current:
            return None
        if _is_payment(found, entries):
            return found.draft.reference
        current = found
    return None


def _with_notes(draft: PaymentDraft, beside: Sequence[_Entry]) -> PaymentDraft:
    notes: dict[str, None] = {}
    for entry in beside:
        money = entry.draft.amount
        if entry.kind is RowKind.CONVERSION and money.currency != draft.amount.currency:
            notes[tr("PayPal exchanged it: {sum} in the other currency.", sum=money)] = None
        elif entry.kind is RowKind.FUNDING:
            notes[tr("PayPal drew {sum} from a bank account or card for it.", sum=money)] = None
    return dataclasses.replace(draft, warnings=tuple(notes)) if notes else draft


def _left_out(left: Sequence[_Entry], file: str) -> Rejection:
    lines = ", ".join(str(entry.line) for entry in left[:_LINES_NAMED])
    more = "…" if len(left) > _LINES_NAMED else ""
    return Rejection(
        Place(file, left[0].line),
        trn(
            "{count} row moves or holds your own money and pays no shop (line {lines}).",
            "{count} rows move or hold your own money and pay no shop (lines {lines}).",
            len(left),
            lines=lines + more,
        ),
    )
