"""From a backup to a desk: unpacked beside, checked, and only then put in the old one's place."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from disputedesk.common.errors import DamagedDesk, DeskError
from disputedesk.common.private_files import (
    make_private_folder,
    open_private,
    sync_folder,
    told_about_files,
)
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.store.anchor import writer_lock
from disputedesk.store.backup import blocks_of, damaged_backup, opened_archive
from disputedesk.store.folder import DeskFolder
from disputedesk.store.revision import FIND_REVISION, FIND_TABLE, refuse_newer
from disputedesk.store.schema_names import OBJECTS
from disputedesk.store.sentences import SAFE_PRAGMAS, told_by_driver

_SEALED_MODE: Final = 0o400


def restore(
    file: Path,
    folder: Path,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Path | None:
    """Puts the desk of a backup in `folder`, whole or not at all; the desk there must be closed.

    Returns:
        Where the desk that was there is kept now; `None` when there was none.

    Raises:
        Refused: The file is no sound backup.
        DeskError: A newer program made it, somebody is writing to the desk, or the disk refuses.
        Cancelled: `cancel` was set.
    """
    token = cancel or CancelToken()
    folder = folder.absolute()
    with told_about_files(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = folder.with_name(f".{folder.name}.restoring-{secrets.token_hex(6)}")
    try:
        with told_about_files(fresh):
            make_private_folder(fresh)
        with opened_archive(file) as (archive, manifest):
            unpacking = _Unpacking(file, fresh, token)
            for done, (name, expected) in enumerate(manifest.items(), 1):
                unpacking.member(archive, name, expected)
                progress(tr("Restoring the backup"), done, len(manifest))
        _check_database(DeskFolder(fresh), file)
        DeskFolder(fresh).prepare()
        with told_about_files(folder):
            _sync_tree(fresh)
            return _swap(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


class _Unpacking:
    """Writes members of a backup into a folder of our own, each as a new private file."""

    def __init__(self, file: Path, fresh: Path, token: CancelToken) -> None:
        self._file = file
        self._fresh = fresh
        self._token = token

    def member(self, archive: zipfile.ZipFile, name: str, expected: str) -> None:
        """Unpacks one member.

        Raises:
            Refused: Its bytes are not what the manifest says.
        """
        target = self._fresh.joinpath(*name.split("/"))
        digest = hashlib.sha256()
        with told_about_files(target):
            for parent in reversed(target.relative_to(self._fresh).parents):
                make_private_folder(self._fresh / parent)
            with os.fdopen(open_private(target), "wb") as stream:
                for block in blocks_of(archive, name, self._file):
                    self._token.check()
                    digest.update(block)
                    stream.write(block)
                stream.flush()
                os.fsync(stream.fileno())
                if name.startswith("vault/") and hasattr(os, "fchmod"):
                    os.fchmod(stream.fileno(), _SEALED_MODE)
        if digest.hexdigest() != expected:
            raise damaged_backup(self._file, name)


def _check_database(place: DeskFolder, file: Path) -> None:
    """Does nothing for a sound database of ours.

    A stranger's file may bring triggers, views or tables of its own, which would act later: only
    the things that our schema makes may be there.

    Raises:
        DamagedDesk: It is damaged, or holds what our program never makes.
        DeskError: A newer program made it.
    """
    with told_by_driver(file), _opened(place) as connection:
        for pragma in SAFE_PRAGMAS:
            connection.execute(pragma)
        found = connection.execute(FIND_TABLE).fetchone()
        revision = connection.execute(FIND_REVISION).fetchone() if found else None
        refuse_newer("" if revision is None else str(revision[0]), file)
        for kind, name in connection.execute("SELECT type, name FROM sqlite_master"):
            if (kind, name) not in OBJECTS and not name.startswith("sqlite_"):
                raise DamagedDesk(
                    tr(
                        "The backup's database holds something DisputeDesk never makes: {name}.",
                        name=name,
                    ),
                    str(file),
                    tr("Do not use this file; ask where it comes from. Nothing was changed."),
                )
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise DamagedDesk(
                tr("The database in this backup is damaged."),
                str(file),
                tr("Use another backup. Nothing was changed."),
            )


@contextlib.contextmanager
def _opened(place: DeskFolder) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(
        f"{place.database.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None
    )
    try:
        yield connection
    finally:
        connection.close()


def _sync_tree(root: Path) -> None:
    for path in sorted(root.rglob("*")):
        if path.is_dir():
            sync_folder(path)
    sync_folder(root)


def _swap(fresh: Path, folder: Path) -> Path | None:
    """Puts `fresh` in the place of `folder`; should that fail, the old one goes back."""
    aside = None
    if folder.exists() and any(folder.iterdir()):
        aside = _free_name(folder)
        with contextlib.ExitStack() as held:
            if os.name == "posix" and DeskFolder(folder).holds_a_desk:
                held.enter_context(writer_lock(DeskFolder(folder).lock))
            folder.rename(aside)
    elif folder.exists():
        folder.rmdir()
    try:
        fresh.rename(folder)
    except OSError as error:
        if aside is not None:
            aside.rename(folder)
        raise DeskError(
            tr("The restored desk could not be put in its place. The old one is untouched."),
            str(folder),
            tr("Close every program that uses this folder, then try again."),
        ) from error
    sync_folder(folder.parent)
    return aside


def _free_name(folder: Path) -> Path:
    number = 1
    while (aside := folder.with_name(f"{folder.name}-before-restore-{number}")).exists():
        number += 1
    return aside
