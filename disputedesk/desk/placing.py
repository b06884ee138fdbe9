"""Files put where the user wants them: all of them, or none."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from disputedesk.common.private_files import told_about_files
from disputedesk.desk.targets import refuse_own_file

Put: TypeAlias = Callable[[], None]
"""Gives files that are written already their places; called last, before what was done is kept."""


@contextlib.contextmanager
def placing(folder: Path, files: Sequence[tuple[str, Path]]) -> Iterator[Put]:
    """Writes files into a hidden folder beside their places; the `Put` moves all there.

    If it is left with an error, nothing of them stays, nor the folder if it was made for them. A
    file of that name which was there before is there still, unless all had been put already.

    Args:
        folder: Where they go; it is made if it is not there.
        files: The name of each there, and where its bytes are now.

    Raises:
        Refused: A place is a file of a desk itself.
        DeskError: The folder cannot be written.
    """
    for name, _ in files:
        refuse_own_file(folder / name)
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    rough: Path | None = None
    placed: list[Path] = []
    try:
        with told_about_files(folder):
            folder.mkdir(parents=True, exist_ok=True)
            rough = Path(tempfile.mkdtemp(dir=folder, prefix=".placing-"))
            for name, source in files:
                _copy(source, rough / name)
        yield lambda: _put(rough, folder, [name for name, _ in files], placed)
    except BaseException:
        for place in placed:
            place.unlink(missing_ok=True)
        raise
    finally:
        if rough is not None:
            shutil.rmtree(rough, ignore_errors=True)
        for each in missing:
            with contextlib.suppress(OSError):
                each.rmdir()


def _copy(source: Path, target: Path) -> None:
    """Writes a copy that is on the disk when this returns."""
    with source.open("rb") as read, target.open("xb") as written:
        shutil.copyfileobj(read, written, 1 << 20)
        written.flush()
        os.fsync(written.fileno())


def _put(rough: Path, folder: Path, names: Sequence[str], placed: list[Path]) -> None:
    with told_about_files(folder):
        for name in names:
            place = folder / name
            was_there = place.exists()
            (rough / name).replace(place)
            if not was_there:
                placed.append(place)
