"""The number of the schema this program knows, and the refusal of a newer one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from disputedesk.common.errors import DamagedDesk, DeskError
from disputedesk.common.texts import tr

REVISION: Final = "0004"
"""The revision that `schema.metadata` describes; migrations are numbered without gaps."""
FIND_TABLE: Final = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
FIND_REVISION: Final = "SELECT version_num FROM alembic_version"


class OldDeskError(DeskError):
    """A desk that must be brought up to date before it can be read; opening its store does that."""


def refuse_newer(revision: str, place: Path) -> None:
    """Does nothing for a desk this program can read.

    Raises:
        DeskError: The desk was written by a newer program.
        DamagedDesk: Its revision is none we ever gave.
    """
    if not (revision.isascii() and revision.isdigit()):
        raise DamagedDesk(
            tr("The desk's schema number cannot be read: {revision}.", revision=revision),
            str(place),
            tr("Restore the last good backup."),
        )
    if int(revision) > int(REVISION):
        raise DeskError(
            tr(
                "This desk was written by a newer DisputeDesk (schema {theirs}; this program "
                "knows {ours}). Nothing was changed.",
                theirs=revision,
                ours=REVISION,
            ),
            str(place),
            tr("Install the newer DisputeDesk and open the desk with that."),
        )
