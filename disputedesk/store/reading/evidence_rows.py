# ruff: noqa: S608 - the queries are joined from fixed pieces of our own, every value is bound
"""Evidence as a list shows it: numbers in the order asked for, and the rows of a few of them."""

from __future__ import annotations

import array
import dataclasses
import datetime as dt
import enum
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from disputedesk.model.ids import CaseId, EvidenceId
from disputedesk.store.encoding import instant_of
from disputedesk.store.folding import search_query
from disputedesk.store.reading.order_queries import Condition


class EvidenceGroup(enum.StrEnum):
    """What people look for: kinds of files put together."""

    PICTURES = "pictures"
    PAPERS = "papers"
    MAILS = "mails"
    FILMS = "films"
    OTHER = "other"


class EvidenceSort(enum.StrEnum):
    """By what evidence is sorted; what has no day of its own comes last."""

    NEWEST = "newest"
    CAPTURED = "captured"


@dataclasses.dataclass(frozen=True, slots=True)
class EvidenceFilter:
    """Which evidence a list shows; empty fields let everything pass.

    Attributes:
        text: Words, the last letters of each possibly missing, found in names, captions, what is
            proved, and what was read in the bytes.
        unused: Only what stands in no case.
        suspected: Only what shows a number that must not leave, unless somebody settled it.
        redacted: Only what has a redacted copy.
    """

    text: str = ""
    group: EvidenceGroup | None = None
    case: CaseId | None = None
    unused: bool = False
    suspected: bool = False
    redacted: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece of evidence of a list.

    Attributes:
        caption: What somebody wrote under it last; empty while nobody did.
        uses: Numbers of the cases it stands in, each with its number there.
        suspicions: How many unsettled numbers were seen in it that must not leave.
        has_copy: Whether a redacted copy goes out in its place.
        made: How it was made from other evidence, a `Derived`; empty for an original.
    """

    id: EvidenceId
    sha256: str
    size: int
    name: str
    media_type: str
    added_at: dt.datetime
    captured_at: dt.datetime | None
    caption: str
    uses: tuple[tuple[int, int], ...]
    suspicions: int
    has_copy: bool
    made: str


@dataclasses.dataclass(frozen=True, slots=True)
class EvidenceCase:
    """A case that has exhibits, to choose one by."""

    id: CaseId
    number: int
    title: str


_USED: Final = """
FROM exhibit x JOIN case_ k ON k.id = x.case_id AND k.removed_at IS NULL
LEFT JOIN standing t ON t.exhibit_id = x.id
WHERE x.evidence_id = e.id AND t.withdrawn_at IS NULL
"""
_COUNTS: Final = (
    "s.evidence_id = e.id AND s.settled_on IS NULL AND s.kind IN ('pan', 'security_code', 'track')"
)
"""What keeps a file from leaving; account numbers and one-time codes are only told."""

_SHOWN: Final = f"""
SELECT e.id, e.sha256, e.size, e.name, e.media_type, e.added_at, e.captured_at,
       coalesce((SELECT x.caption FROM exhibit x WHERE x.evidence_id = e.id AND x.caption <> ''
                 ORDER BY x.id DESC LIMIT 1), ''),
       (SELECT group_concat(k.number || ' ' || x.number) {_USED}),
       (SELECT count(*) FROM suspicion s WHERE {_COUNTS}),
       EXISTS (SELECT 1 FROM derivation d WHERE d.origin_id = e.id AND d.how = 'redaction'),
       coalesce((SELECT d.how FROM derivation d WHERE d.evidence_id = e.id
                 ORDER BY d.id LIMIT 1), '')
FROM evidence e
"""
_ORDERS: Final = {
    EvidenceSort.NEWEST: "e.id DESC",
    EvidenceSort.CAPTURED: "e.captured_at IS NULL, e.captured_at DESC, e.id DESC",
}
_MAIL: Final = (
    "e.media_type IN ('message/rfc822', 'application/mbox', 'application/vnd.ms-outlook')"
)
_PICTURE: Final = "e.media_type LIKE 'image/%'"
_FILM: Final = "(e.media_type LIKE 'video/%' OR e.media_type LIKE 'audio/%')"
_PAPER: Final = (
    "(e.media_type LIKE 'text/%' OR e.media_type IN ('application/pdf', 'application/rtf', "
    "'application/json', 'application/xml', 'application/msword', 'application/vnd.ms-excel') "
    "OR e.media_type LIKE 'application/vnd.openxmlformats%' "
    "OR e.media_type LIKE 'application/vnd.oasis%')"
)
_GROUPS: Final = {
    EvidenceGroup.PICTURES: _PICTURE,
    EvidenceGroup.PAPERS: _PAPER,
    EvidenceGroup.MAILS: _MAIL,
    EvidenceGroup.FILMS: _FILM,
    EvidenceGroup.OTHER: f"NOT ({_PICTURE} OR {_PAPER} OR {_MAIL} OR {_FILM})",
}
_MATCHES: Final = "e.id IN (SELECT rowid FROM evidence_search WHERE evidence_search MATCH ?)"
_IN_CASE: Final = "EXISTS (SELECT 1 FROM exhibit x WHERE x.evidence_id = e.id AND x.case_id = ?)"
_HIDES: Final = f"EXISTS (SELECT 1 FROM suspicion s WHERE {_COUNTS})"
_COPIED: Final = (
    "EXISTS (SELECT 1 FROM derivation d WHERE d.origin_id = e.id AND d.how = 'redaction')"
)


class EvidenceRows:
    """Reads lists of evidence; given by `Reader.evidence_rows`.

    Args:
        ask: Runs one query with its values and gives its rows.
    """

    def __init__(self, ask: Callable[..., list[Any]]) -> None:
        self._ask = ask

    def ids(
        self, wanted: EvidenceFilter, sort: EvidenceSort = EvidenceSort.NEWEST
    ) -> array.array[int]:
        """The numbers of all wanted evidence, sorted: eight bytes each, however much there is."""
        condition = _condition(wanted)
        if condition is None:
            return array.array("q")
        found = self._ask(
            f"SELECT e.id FROM evidence e WHERE {condition.sql} ORDER BY {_ORDERS[sort]}",
            *condition.values,
        )
        return array.array("q", (row[0] for row in found))

    def rows(self, evidence_ids: Iterable[EvidenceId]) -> tuple[EvidenceRow, ...]:
        """The rows of these, in this order; what is not there is left out."""
        wanted = list(evidence_ids)
        query = f"{_SHOWN} WHERE e.id IN (SELECT value FROM json_each(?))"
        rows = {row[0]: _row(row) for row in self._ask(query, json.dumps(wanted))}
        return tuple(rows[number] for number in wanted if number in rows)

    def cases(self, most: int = 300) -> tuple[EvidenceCase, ...]:
        """Cases that have exhibits, the newest first, at most so many."""
        found = self._ask(
            "SELECT k.id, k.number, o.title FROM case_ k JOIN orders o ON o.id = k.order_id "
            "WHERE k.removed_at IS NULL AND EXISTS "
            "(SELECT 1 FROM exhibit x WHERE x.case_id = k.id) ORDER BY k.number DESC LIMIT ?",
            most,
        )
        return tuple(EvidenceCase(*row) for row in found)


def _condition(wanted: EvidenceFilter) -> Condition | None:
    """Which evidence `wanted` lets pass; `None` when its text has no word to search for."""
    found = Condition("1")
    if wanted.text.strip():
        query = search_query(wanted.text)
        if not query:
            return None
        found = found.also(_MATCHES, query)
    if wanted.group is not None:
        found = found.also(_GROUPS[wanted.group])
    if wanted.case is not None:
        found = found.also(_IN_CASE, wanted.case)
    for asked, sql in (
        (wanted.unused, f"NOT EXISTS (SELECT 1 {_USED})"),
        (wanted.suspected, _HIDES),
        (wanted.redacted, _COPIED),
    ):
        if asked:
            found = found.also(sql)
    return found


def _row(row: Sequence[Any]) -> EvidenceRow:
    uses = (each.split() for each in (row[8] or "").split(",") if each)
    return EvidenceRow(
        id=row[0],
        sha256=row[1],
        size=row[2],
        name=row[3],
        media_type=row[4],
        added_at=instant_of(row[5]),
        captured_at=None if row[6] is None else instant_of(row[6]),
        caption=row[7],
        uses=tuple(sorted((int(case), int(number)) for case, number in uses)),
        suspicions=row[9],
        has_copy=bool(row[10]),
        made=row[11],
    )
