"""Evidence found by its words, without SQLAlchemy on the way."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from disputedesk.model.ids import CaseId, EvidenceId, ExhibitId
from disputedesk.store.folding import folded, search_query

Fetch: TypeAlias = Callable[..., list[Any]]
_FEWEST_SIGNS: Final = 2
_MOST_WORDS: Final = 16
_LONGEST_WORD: Final = 60
_FOUND: Final = """
SELECT e.id, e.name, e.media_type, coalesce(r.text, '')
FROM evidence e LEFT JOIN reading r ON r.evidence_id = e.id
WHERE e.id IN (SELECT value FROM json_each(?)) ORDER BY e.id DESC
"""
_SHOWN: Final = """
SELECT s.shown, x.id, x.number, x.case_id, k.number, x.caption, x.proves
FROM (SELECT value AS shown, value AS of FROM json_each(?1)
      UNION SELECT d.evidence_id, d.origin_id FROM derivation d
      WHERE d.how = 'redaction' AND d.evidence_id IN (SELECT value FROM json_each(?1))) s
JOIN exhibit x ON x.evidence_id = s.of JOIN case_ k ON k.id = x.case_id
ORDER BY k.number DESC, x.number
"""
"""A redacted copy stands where its original does."""


@dataclasses.dataclass(frozen=True, slots=True)
class ExhibitPlace:
    """An exhibit that shows evidence.

    Attributes:
        number: Its number in the case.
        case_number: The case's number for people.
    """

    exhibit: ExhibitId
    number: int
    case: CaseId
    case_number: int
    caption: str
    proves: str


@dataclasses.dataclass(frozen=True, slots=True)
class EvidenceFind:
    """Evidence that holds all the words.

    Attributes:
        text: What was read in it, masked.
        shown: The exhibits that show it.
    """

    id: EvidenceId
    name: str
    media_type: str
    text: str
    shown: tuple[ExhibitPlace, ...]


class EvidenceFinds:
    """Asks the index over evidence; made for one reader."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch

    def find(self, text: str, limit: int) -> tuple[EvidenceFind, ...]:
        """Evidence whose name, captions or words hold all the words of `text`, newest first.

        Where no word begins like them, they are looked for inside words too.
        """
        sought = text.encode("utf-8", "replace").decode("utf-8")
        words = [word[:_LONGEST_WORD] for word in sought.split()[:_MOST_WORDS]]
        query = search_query(" ".join(words))
        if not query or limit <= 0:
            return ()
        numbers = [
            row[0]
            for row in self._fetch(
                "SELECT rowid FROM evidence_search WHERE evidence_search MATCH ? "
                "ORDER BY rowid DESC LIMIT ?",
                query,
                limit,
            )
        ]
        if not numbers:
            numbers = self._inside_words(folded(" ".join(words)), limit)
        return self._whole(numbers)

    def _inside_words(self, piece: str, limit: int) -> list[int]:
        """Rows that hold the text as it was typed anywhere; scripts without spaces need this."""
        if len(piece) < _FEWEST_SIGNS:
            return []
        found = self._fetch(
            "SELECT rowid FROM evidence_search WHERE instr(name, ?1) OR instr(words, ?1) "
            "OR instr(text, ?1) ORDER BY rowid DESC LIMIT ?2",
            piece,
            limit,
        )
        return [row[0] for row in found]

    def _whole(self, numbers: list[int]) -> tuple[EvidenceFind, ...]:
        asked = json.dumps(numbers)
        shown: dict[int, list[ExhibitPlace]] = {}
        for row in self._fetch(_SHOWN, asked):
            shown.setdefault(row[0], []).append(ExhibitPlace(*row[1:]))
        return tuple(
            EvidenceFind(row[0], row[1], row[2], row[3], tuple(shown.get(row[0], ())))
            for row in self._fetch(_FOUND, asked)
        )
