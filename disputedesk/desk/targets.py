"""Files put where the user wants them, whole or not at all, and never over those of a desk."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from disputedesk.common.errors import DeskError, Refused
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


def write_file(path: Path, data: bytes) -> None:
    """Puts `data` at `path`: beside it first, synced, then renamed over it.

    Raises:
        Refused: It is a file of a desk itself.
        DeskError: It cannot be written; what was there before still is.
    """
    with whole_file(path) as stream:
        stream.write(data)


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes stand at `path` once the block ends; not one where it fails.

    Raises:
        Refused: It is a file of a desk itself.
        DeskError: It cannot be written; what was there before still is.
    """
    refuse_own_file(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(number, "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise DeskError(
            tr("The file could not be written: {why}.", why=error.strerror or error),
            str(path),
            tr("Choose another place, or make room there, and try again."),
        ) from error
