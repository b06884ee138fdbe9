"""Settings: texts by key; what they mean is declared by the desk."""

from __future__ import annotations

import sqlalchemy as sa

from disputedesk.store import schema
from disputedesk.store.unit import Unit

_T = schema.setting


class Settings:
    """The desk's own settings."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def find(self, key: str) -> str | None:
        """The setting's text, or `None` when nobody set it."""
        found = self._unit.connection.exec_driver_sql(
            "SELECT value FROM setting WHERE key = ?", (key,)
        )
        return found.scalar()

    def set(self, key: str, value: str) -> str | None:
        """Keeps the setting and gives its former text, or `None`."""
        before = self.find(key)
        self._unit.connection.exec_driver_sql(
            "INSERT INTO setting (key, value) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )
        return before

    def remove(self, key: str) -> None:
        """Forgets the setting, set or not."""
        self._unit.connection.execute(_T.delete().where(_T.c.key == key))

    def list(self) -> dict[str, str]:
        """All settings by key."""
        query = sa.select(_T.c.key, _T.c.value).order_by(_T.c.key)
        return {row.key: row.value for row in self._unit.connection.execute(query)}
