# ruff: noqa: S608 - the queries are joined from fixed pieces of our own, every value is bound
"""Papers of all cases as a list shows them: numbers in the order asked for, and a few rows."""

from __future__ import annotations

import array
import dataclasses
import datetime as dt
import enum
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from disputedesk.model.case import DocumentKind
from disputedesk.model.ids import CaseId, DocumentId
from disputedesk.store.encoding import instant_of
from disputedesk.store.folding import search_query
from disputedesk.store.reading.order_queries import Condition


class PaperShow(enum.StrEnum):
    """Which papers people look for."""

    ALL = "all"
    DRAFTS = "drafts"
    SENT = "sent"


@dataclasses.dataclass(frozen=True, slots=True)
class PaperFilter:
    """Which papers a list shows; empty fields let everything pass.

    Attributes:
        text: Words of the order, its seller or client, the number of a case, or a part of the
            paper's own title.
        batch: Only papers that were made together.
    """

    text: str = ""
    show: PaperShow = PaperShow.ALL
    batch: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper of a list.

    Attributes:
        number: What people call its case.
        order: What the case is about, in a few words.
        sent_on: The day it went out last; `None` while it is a draft.
    """

    id: DocumentId
    case: CaseId
    number: int
    order: str
    client: str
    title: str
    name: str
    kind: DocumentKind
    form: str
    language: str
    pages: int
    made_at: dt.datetime
    sent_on: dt.date | None


_FROM: Final = """
FROM document d JOIN case_ k ON k.id = d.case_id AND k.removed_at IS NULL
JOIN orders o ON o.id = k.order_id JOIN client c ON c.id = k.client_id
"""
_SHOWN: Final = f"""
SELECT d.id, k.id, k.number, o.title, c.name, d.title, d.name, d.kind, d.form, d.language, d.pages,
       d.made_at, d.sent_on {_FROM}
"""
_BY_ORDER: Final = "k.order_id IN (SELECT rowid FROM order_search WHERE order_search MATCH ?)"
_BY_TITLE: Final = "instr(d.title, ?) > 0"
_BY_NUMBER: Final = "k.number = ?"
_BY_BATCH: Final = "d.id IN (SELECT document_id FROM batch_line WHERE batch_id = ?)"
_SHOWS: Final = {PaperShow.DRAFTS: "d.sent_on IS NULL", PaperShow.SENT: "d.sent_on IS NOT NULL"}


class PaperRows:
    """Reads lists of papers; given by `Reader.paper_rows`.

    Args:
        ask: Runs one query with its values and gives its rows.
    """

    def __init__(self, ask: Callable[..., list[Any]]) -> None:
        self._ask = ask

    def ids(self, wanted: PaperFilter) -> array.array[int]:
        """The numbers of all wanted papers, the newest first."""
        condition = _condition(wanted)
        found = self._ask(
            f"SELECT d.id {_FROM} WHERE {condition.sql} ORDER BY d.id DESC", *condition.values
        )
        return array.array("q", (row[0] for row in found))

    def rows(self, document_ids: Iterable[DocumentId]) -> tuple[PaperRow, ...]:
        """The rows of these, in this order; what is not there is left out."""
        wanted = list(document_ids)
        query = f"{_SHOWN} WHERE d.id IN (SELECT value FROM json_each(?))"
        rows = {row[0]: _row(row) for row in self._ask(query, json.dumps(wanted))}
        return tuple(rows[number] for number in wanted if number in rows)


def _condition(wanted: PaperFilter) -> Condition:
    found = Condition("1")
    if wanted.show in _SHOWS:
        found = found.also(_SHOWS[wanted.show])
    if wanted.batch is not None:
        found = found.also(_BY_BATCH, wanted.batch)
    text = wanted.text.strip()
    if not text:
        return found
    ways, values = [_BY_TITLE], [text]
    query = search_query(text)
    if query:
        ways.append(_BY_ORDER)
        values.append(query)
    if text.isascii() and text.isdigit() and len(text) < 10:
        ways.append(_BY_NUMBER)
        values.append(text)
    return found.also(f"({' OR '.join(ways)})", *values)


def _row(row: Sequence[Any]) -> PaperRow:
    return PaperRow(
        DocumentId(row[0]), CaseId(row[1]), row[2], row[3], row[4], row[5], row[6],
        DocumentKind(row[7]), row[8], row[9], row[10], instant_of(row[11]),
        None if row[12] is None else dt.date.fromisoformat(row[12]),
    )  # fmt: skip
