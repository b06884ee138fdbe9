"""The door of the exports: which reader takes a file, or the sentence that says why none does."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Final

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr, trn
from disputedesk.intake.days import DayOrder
from disputedesk.intake.draft import Draft, Recognition, Rejection
from disputedesk.intake.exports import (
    aliexpress,
    aliexpress_backup,
    aliexpress_page,
    allegro,
    amazon,
    paypal,
    paypal_words,
    temu,
    unread,
)
from disputedesk.intake.exports.archive import Archive
from disputedesk.intake.exports.decoding import decode
from disputedesk.intake.exports.parts import Reading
from disputedesk.intake.exports.strict_json import load_json, looks_like_json
from disputedesk.intake.exports.table import (
    Table,
    find_header,
    guess_dialect,
    read_table,
    records,
)

_EARLY: Final = 40
_TEXT_MEMBERS: Final = (".csv", ".tsv", ".json", ".txt")
_DAY_ORDERS: Final = {"paypal:dmy": DayOrder.DMY, "paypal:mdy": DayOrder.MDY}
KINDS: Final = ("paypal:dmy", "paypal:mdy")
"""What a user may say about files whose content leaves two readings."""


@dataclasses.dataclass(frozen=True, slots=True)
class ExportReading:
    """What one export file gave; the fields mean what those of `FileReading` mean."""

    kind: str
    what: str
    recognition: Recognition
    drafts: tuple[Draft, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    why: str = ""
    remedy: str = ""
    captured_at: dt.datetime | None = None


def check_kind(as_kind: str | None) -> None:
    """Does nothing when `as_kind` is `None` or one of `KINDS`.

    Raises:
        Refused: It is something else; the remedy names what there is.
    """
    if as_kind is not None and as_kind not in KINDS:
        raise Refused(
            tr("There is no kind of file called “{kind}”.", kind=as_kind[:40]),
            remedy=tr("Choose one of: {kinds}.", kinds=", ".join(KINDS)),
        )


def read_export(data: bytes, *, file: str, as_kind: str | None = None) -> ExportReading:
    """The drafts of one export file, or why there are none; never raises for bad content.

    Args:
        data: All bytes of the file.
        file: Its name as the user knows it; used for places only, never to recognise it.
        as_kind: One of `KINDS`, used only where the content leaves two readings.
    """
    try:
        return _read(data, file, _DAY_ORDERS.get(as_kind or ""))
    except Refused as error:
        return ExportReading("", "", Recognition.REFUSED, why=error.what, remedy=error.remedy)


def _read(data: bytes, file: str, order: DayOrder | None) -> ExportReading:
    seen = unread.unread_bytes(data)
    if seen is not None:
        return _not_read(seen)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _read_archive(data, file, order)
    text = decode(data)
    if text is None:
        return _unknown(tr("It is neither text nor any kind of file that is read."))
    if not text.strip():
        return _unknown(tr("The file is empty."))
    reading = _read_text(text, file, order)
    return reading if isinstance(reading, ExportReading) else _whole(reading)


def _read_text(text: str, file: str, order: DayOrder | None) -> Reading | ExportReading:
    if looks_like_json(text):
        return _read_json(text, file)
    seen = unread.statement_text(text)
    if seen is not None:
        return _not_read(seen)
    if text.lstrip()[:200].casefold().startswith(("<!doctype", "<html", "<?xml")):
        return _unknown(
            tr("Saved web pages and XML are not read here."),
            tr("Give the shop's export or mails; keep the page as evidence."),
        )
    return _read_table(text, file, order)


def _read_json(text: str, file: str) -> Reading | ExportReading:
    value = load_json(text, file)
    if aliexpress.knows_inventory_json(value):
        return aliexpress.read_inventory_json(value, file)
    if aliexpress_page.knows_page(text):
        return aliexpress_page.read_page(value, file)
    return _unknown(tr("It is JSON, but of no shop or tool that is known."))


def _table_readers(
    order: DayOrder | None,
) -> tuple[tuple[Callable[[frozenset[str]], bool], Callable[[Table, str], Reading]], ...]:
    return (
        (amazon.HEADER.issubset, amazon.read_order_history),
        (amazon.ITEMS_HEADER.issubset, amazon.read_items_report),
        (aliexpress.INVENTORY_HEADER.issubset, aliexpress.read_inventory_table),
        (aliexpress.BULK_HEADER.issubset, aliexpress.read_bulk),
        (temu.HEADER.issubset, temu.read_temu),
        (allegro.HEADER.issubset, allegro.read_allegro),
        (
            paypal_words.knows_activity,
            lambda table, file: paypal.read_paypal(table, file, order),
        ),
    )


def _read_table(text: str, file: str, order: DayOrder | None) -> Reading | ExportReading:
    dialect = guess_dialect(text)
    if dialect is None:
        return _unknown(tr("It is a text without columns, and no mail."))
    readers = _table_readers(order)
    header = find_header(text, dialect, [knows for knows, _ in readers])
    if header is None:
        seen = unread.statement_table(tuple(records(text[: 1 << 18], dialect, limit=_EARLY)))
        if seen is not None:
            return _not_read(seen)
        return _unknown(tr("Its columns are those of no shop, tool or wallet that is known."))
    line, index = header
    return readers[index][1](read_table(text, dialect, line, file), file)


def _read_archive(data: bytes, file: str, order: DayOrder | None) -> ExportReading:
    archive = Archive(data, file)
    if "[Content_Types].xml" in archive.names:
        return _read_office(archive, file)
    readings: list[Reading] = []
    for member in archive.members(_TEXT_MEMBERS):
        text = decode(member.data)
        if not text or not text.strip():
            continue
        try:
            reading = _read_text(text, f"{file}/{member.name}", order)
        except Refused:
            continue
        if isinstance(reading, Reading):
            readings.append(reading)
    if not readings:
        return _unknown(tr("The zip archive holds no order export that is known."))
    return _joined(readings)


def _read_office(archive: Archive, file: str) -> ExportReading:
    reading = aliexpress_backup.read_backup(archive, file)
    if reading is not None:
        return _whole(reading)
    return _unknown(
        tr("It is an office file, and none that a shop gives out."),
        tr("Save the sheet as CSV, or add the file to a case as evidence."),
    )


def _joined(readings: list[Reading]) -> ExportReading:
    first = next((reading for reading in readings if reading.drafts), readings[0])
    whole = Reading(
        first.kind,
        trn(
            "{what}, from {count} file in the archive",
            "{what}, from {count} files in the archive",
            len(readings),
            what=", ".join(dict.fromkeys(reading.what for reading in readings)),
        ),
        tuple(draft for reading in readings for draft in reading.drafts),
        tuple(rejection for reading in readings for rejection in reading.rejections),
        next((reading.why for reading in readings if reading.why), ""),
        next((reading.remedy for reading in readings if reading.why), ""),
    )
    return _whole(whole)


def _whole(reading: Reading) -> ExportReading:
    if reading.why and not reading.drafts:
        recognition = Recognition.REFUSED
    elif reading.rejections or reading.why:
        recognition = Recognition.PARTLY
    else:
        recognition = Recognition.UNDERSTOOD
    return ExportReading(
        reading.kind,
        reading.what,
        recognition,
        reading.drafts,
        reading.rejections,
        reading.why,
        reading.remedy,
    )


def _not_read(seen: unread.Unread) -> ExportReading:
    return ExportReading("", seen.what, Recognition.UNKNOWN, why=seen.why, remedy=seen.remedy)


def _unknown(why: str, remedy: str = "") -> ExportReading:
    return ExportReading(
        "",
        tr("unknown file"),
        Recognition.UNKNOWN,
        why=why,
        remedy=remedy or tr("Give the file as the shop, wallet or mail program saved it."),
    )
