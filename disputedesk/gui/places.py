"""What the window remembers of itself: where it stood, which room, how wide the columns were.

Positions only: anything with a meaning is a setting of the desk.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings

_FILE: Final = "window.ini"


class Places:
    """Positions kept in one INI file of the state folder.

    Args:
        folder: The state folder; `None` keeps nothing (tests, pictures).
    """

    def __init__(self, folder: Path | None) -> None:
        self._store: QSettings | None = None
        if folder is not None:
            self._store = QSettings(str(folder / _FILE), QSettings.Format.IniFormat)

    def bytes_of(self, key: str) -> QByteArray:
        """What was kept under `key` by `keep`; empty when nothing was."""
        value = self._store.value(key) if self._store is not None else None
        return value if isinstance(value, QByteArray) else QByteArray()

    def text_of(self, key: str) -> str:
        """The word kept under `key`; empty when none was."""
        value = self._store.value(key) if self._store is not None else None
        return value if isinstance(value, str) else ""

    def keep(self, key: str, value: QByteArray | str) -> None:
        """Keeps a position or a word under `key`."""
        if self._store is not None:
            self._store.setValue(key, value)

    def forget(self) -> None:
        """Forgets every position: the layout is as on the first day."""
        if self._store is not None:
            self._store.clear()
