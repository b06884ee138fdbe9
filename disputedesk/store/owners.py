"""Whose the sealed bytes are: for each hash its size and, in words, what rests on it."""

from __future__ import annotations

import sqlite3
from typing import Final

from disputedesk.common.texts import tr

UNKNOWN_SIZE: Final = -1
"""Of the letter inside a bundle only the hash is kept."""


def blobs_of(connection: sqlite3.Connection) -> dict[str, tuple[int, str]]:
    """The hashes of all bytes that must be in the vault, each with size and owner in words."""
    found: dict[str, tuple[int, str]] = {}
    for number, sha256, case in connection.execute(
        "SELECT b.document_id, b.letter_sha256, c.number FROM bundle b "
        "JOIN document d ON d.id = b.document_id JOIN case_ c ON c.id = d.case_id "
        "WHERE b.letter_sha256 <> ''"
    ):
        found[sha256] = (
            UNKNOWN_SIZE,
            tr("case {case}, the letter of bundle {number}", case=case, number=number),
        )
    for number, sha256, size, name, case in connection.execute(
        "SELECT d.id, d.sha256, d.size, d.name, c.number FROM document d "
        "JOIN case_ c ON c.id = d.case_id"
    ):
        found[sha256] = (
            size,
            tr("case {case}, document {number}, {name}", case=case, number=number, name=name),
        )
    for sha256, size, name in connection.execute("SELECT sha256, size, name FROM bank_form"):
        found[sha256] = (size, tr("the bank's form {name}", name=name))
    shown = _shown(connection)
    for number, sha256, size, name in connection.execute(
        "SELECT e.id, e.sha256, e.size, e.name FROM evidence e"
    ):
        owner = tr("evidence {number}, {name}", number=number, name=name)
        found[sha256] = (size, "; ".join((*shown.get(number, ()), owner)))
    return found


def _shown(connection: sqlite3.Connection) -> dict[int, list[str]]:
    """Where evidence is shown, and what was made of what is shown."""
    exhibits: dict[int, list[tuple[int, int]]] = {}
    for evidence, case, number in connection.execute(
        "SELECT x.evidence_id, c.number, x.number FROM exhibit x "
        "JOIN case_ c ON c.id = x.case_id ORDER BY c.number, x.number"
    ):
        exhibits.setdefault(evidence, []).append((case, number))
    found = {
        evidence: [tr("case {case}, exhibit {number}", case=case, number=number)
                   for case, number in places]
        for evidence, places in exhibits.items()
    }  # fmt: skip
    for evidence, origin in connection.execute(
        "SELECT evidence_id, origin_id FROM derivation WHERE how = 'redaction' ORDER BY id"
    ):
        found.setdefault(evidence, []).extend(
            tr("case {case}, redacted copy of exhibit {number}", case=case, number=number)
            for case, number in exhibits.get(origin, ())
        )
    return found
