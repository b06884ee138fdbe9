"""The desk folder: where its files stand."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from disputedesk.common.private_files import make_private_folder, told_about_files

DATABASE_NAME = "desk.sqlite3"
HEAD_NAME = "ledger.head"


@dataclasses.dataclass(frozen=True, slots=True)
class DeskFolder:
    """The folder that holds everything; its parts by name."""

    root: Path

    @property
    def database(self) -> Path:
        """The database file."""
        return self.root / DATABASE_NAME

    @property
    def vault(self) -> Path:
        """The folder of sealed bytes."""
        return self.root / "vault"

    @property
    def backups(self) -> Path:
        """The folder of copies made before a risky step."""
        return self.root / "backups"

    @property
    def head(self) -> Path:
        """The second place that knows the ledger's last entry."""
        return self.root / HEAD_NAME

    @property
    def lock(self) -> Path:
        """The file that writers lock, one at a time."""
        return self.root / "writing.lock"

    @property
    def holds_a_desk(self) -> bool:
        """Whether there is a database that is not an empty leftover."""
        try:
            return self.database.stat().st_size > 0
        except (FileNotFoundError, NotADirectoryError):
            return False

    def prepare(self) -> None:
        """Makes the folder and its parts, for their owner only.

        Raises:
            DeskError: The place cannot be written.
        """
        with told_about_files(self.root):
            for folder in (self.root, self.vault, self.backups):
                make_private_folder(folder)
