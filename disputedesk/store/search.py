"""The search index over orders, brought up to date by the transaction that changed them."""

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
_BLOCK = 5000


def bring_search_up_to_date(unit: Unit) -> None:
    """Writes the search rows of every order touched, and forgets those of removed ones."""
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
