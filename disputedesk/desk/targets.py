"""Where nothing may be written by hand: the files a desk itself consists of."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr

_DATABASE: Final = "desk.sqlite3"
_OWN_FILES: Final = (_DATABASE, "ledger.head", "writing.lock")
_VAULT: Final = "vault"


def refuse_own_file(target: Path) -> None:
    """Does nothing for a place where a letter, a bundle or a backup may be put.

    Raises:
        Refused: `target` is a file that a desk consists of; writing there would destroy the desk.
    """
    place = target.resolve()
    for folder in place.parents:
        if not (folder / _DATABASE).is_file():
            continue
        first, *deeper = place.relative_to(folder).parts
        if first == _VAULT or (not deeper and first.startswith(_OWN_FILES)):
            raise Refused(
                tr("This is a file of the desk itself; nothing else can be put there."),
                str(target),
                tr("Choose another name or another folder."),
            )
