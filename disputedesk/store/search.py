"""The search indexes over orders and evidence, which follow each transaction that changed them."""

from __future__ import annotations

import json

from disputedesk.store.folding import folded
from disputedesk.store.unit import Unit

_TEXTS = """
SELECT o.id, o.number, o.title, coalesce(s.name, ''),
       coalesce((SELECT group_concat(p.number, ' ') FROM parcel p WHERE p.order_id = o.id), ''),
       o.note, c.name
FROM orders o JOIN client c ON c.id = o.client_id LEFT JOIN seller s ON s.id = o.seller_id
WHERE o.id IN (SELECT value FROM json_each(?)) AND o.removed_at IS NULL
"""
_EVIDENCE_TEXTS = """
SELECT e.id, e.name,
       coalesce((SELECT group_concat(x.caption || ' ' || x.proves, ' ') FROM exhibit x
                 WHERE x.evidence_id = e.id), ''),
       coalesce((SELECT r.text FROM reading r WHERE r.evidence_id = e.id), '')
FROM evidence e WHERE e.id IN (SELECT value FROM json_each(?))
"""
_BLOCK = 5000


def bring_search_up_to_date(unit: Unit) -> None:
    """Writes the search rows of all that was touched, and forgets those of what is gone."""
    _follow_orders(unit)
    _follow_evidence(unit)


def _follow_orders(unit: Unit) -> None:
    touched = sorted(unit.searched)
    for start in range(0, len(touched), _BLOCK):
        block = touched[start : start + _BLOCK]
        connection = unit.connection
        connection.exec_driver_sql(
            "DELETE FROM order_search WHERE rowid = ?", [(number,) for number in block]
        )
        found = connection.exec_driver_sql(_TEXTS, (json.dumps(block),)).all()
        rows = [(row[0], *(folded(text) for text in row[1:])) for row in found]
        if rows:
            connection.exec_driver_sql(
                "INSERT INTO order_search (rowid, number, title, seller, tracking, note, client) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
    unit.searched.clear()


def _follow_evidence(unit: Unit) -> None:
    touched = sorted(unit.evidence_searched)
    for start in range(0, len(touched), _BLOCK):
        block = touched[start : start + _BLOCK]
        connection = unit.connection
        connection.exec_driver_sql(
            "DELETE FROM evidence_search WHERE rowid = ?", [(number,) for number in block]
        )
        found = connection.exec_driver_sql(_EVIDENCE_TEXTS, (json.dumps(block),)).all()
        rows = [(row[0], *(folded(text) for text in row[1:])) for row in found]
        if rows:
            connection.exec_driver_sql(
                "INSERT INTO evidence_search (rowid, name, words, text) VALUES (?, ?, ?, ?)", rows
            )
    unit.evidence_searched.clear()
