"""One file that holds a whole desk, made while the desk is open, and the way back.

A backup is a zip archive without compression: the database as of one moment, every sealed file that
it names, the desk's own packs and forms, and `manifest.sha256`, which `sha256sum -c` understands.
It takes its name only after it was read again from the disk and every hash agreed.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
import re
import secrets
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from disputedesk.common.errors import DamagedDesk, Refused
from disputedesk.common.hashing import sha256_of_bytes
from disputedesk.common.private_files import open_private, sync_folder, told_about_files
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.store.anchor import Head, head_line
from disputedesk.store.folder import DATABASE_NAME, HEAD_NAME, DeskFolder
from disputedesk.store.owners import blobs_of
from disputedesk.store.reading.connecting import connect_to_read
from disputedesk.store.sentences import told_by_driver
from disputedesk.store.verification import begin_with_head

ENDING: Final = ".ddbackup"
MANIFEST: Final = "manifest.sha256"
OWN_FOLDERS: Final = ("packs", "forms")
MEMBER: Final = re.compile(
    rf"{re.escape(DATABASE_NAME)}|{re.escape(HEAD_NAME)}|vault/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}})"
    r"|(?:packs|forms)/[^/\\\x00-\x1f:*?\"<>|]+(?:/[^/\\\x00-\x1f:*?\"<>|]+)*"
)
BLOCK: Final = 1 << 20
_PAGES: Final = 2000
_FIXED_DATE: Final = (1980, 1, 1, 0, 0, 0)


@dataclasses.dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was read again and agreed.

    Attributes:
        files: How many files are in it.
        left_out: Sealed files that were missing or altered already, when that was allowed.
    """

    path: Path
    files: int
    size: int
    left_out: tuple[str, ...] = ()


def backup(
    folder: Path,
    target: Path,
    *,
    even_damaged: bool = False,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> BackupMade:
    """Writes the desk in `folder` to `target`; what was there before stays until all is checked.

    Args:
        folder: The desk; others may go on using it.
        target: The file to write.
        even_damaged: Whether a desk that lacks sealed bytes is kept as far as it goes.
        progress: Told how many files are done.
        cancel: Stops the work and leaves nothing.

    Raises:
        DamagedDesk: Sealed files are missing or altered, or the database is damaged.
        DeskError: A file cannot be read or written.
        Cancelled: `cancel` was set.
    """
    token = cancel or CancelToken()
    place = DeskFolder(folder.absolute())
    target = target.absolute()
    with _temporary(target) as database, _temporary(target) as archive:
        head = _copy_database(place, database, token)
        blobs = _blobs_in(database)
        writer = _Writer(place, progress, token, 2 * (len(blobs) + 2))
        with told_about_files(target), os.fdopen(open_private(archive), "w+b") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as out:
                writer.write(out, database, head, blobs, even_damaged=even_damaged)
            stream.flush()
            os.fsync(stream.fileno())
        files = check_archive(archive, progress, token)
        with told_about_files(target):
            size = archive.stat().st_size
            archive.replace(target)
            sync_folder(target.parent)
    return BackupMade(target, files, size, tuple(writer.left_out))


@contextlib.contextmanager
def _temporary(target: Path) -> Iterator[Path]:
    path = target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _copy_database(place: DeskFolder, copy: Path, token: CancelToken) -> Head | None:
    """Copies one moment of the database into one file, and gives the ledger's head of then."""
    with told_about_files(copy):
        os.close(open_private(copy))
    source = connect_to_read(place.root)
    target = sqlite3.connect(copy, isolation_level=None)
    try:
        with told_by_driver(place.database):
            head = begin_with_head(source, place)
            source.backup(target, pages=_PAGES, progress=lambda *_: token.check())
            target.execute("PRAGMA journal_mode = DELETE")
            if target.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise DamagedDesk(
                    tr("The desk's database is damaged; no backup was made of it."),
                    str(place.database),
                    tr("Keep the file as it is, and restore the last good backup."),
                )
    finally:
        target.close()
        source.close()
    return head


def _blobs_in(database: Path) -> dict[str, tuple[int, str]]:
    connection = sqlite3.connect(f"{database.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return blobs_of(connection)
    finally:
        connection.close()


class _Writer:
    """Puts files into an archive and remembers their hashes for the manifest."""

    def __init__(
        self, place: DeskFolder, progress: Progress, token: CancelToken, total: int
    ) -> None:
        self._place = place
        self._progress = progress
        self._token = token
        self._total = total
        self._manifest: dict[str, str] = {}
        self.left_out: list[str] = []

    def write(
        self,
        out: zipfile.ZipFile,
        database: Path,
        head: Head | None,
        blobs: dict[str, tuple[int, str]],
        *,
        even_damaged: bool,
    ) -> None:
        """Writes the whole desk, the manifest last."""
        self._add(out, DATABASE_NAME, database)
        if head is not None:
            out.writestr(_member(HEAD_NAME), head_line(head))
            self._manifest[HEAD_NAME] = sha256_of_bytes(head_line(head))
        for sha256, (_, owner) in sorted(blobs.items()):
            path = self._place.vault / sha256[:2] / sha256
            if self._is_sound(path, sha256):
                self._add(out, f"vault/{sha256[:2]}/{sha256}", path)
            elif even_damaged:
                self.left_out.append(owner)
            else:
                raise DamagedDesk(
                    tr("A sealed file is missing or altered: {owner}.", owner=owner),
                    str(path),
                    tr("Run verify to see all of them; no backup was made, old ones are kept."),
                )
        for name, path in self._own_files():
            self._add(out, name, path)
        lines = "".join(f"{value}  {name}\n" for name, value in self._manifest.items())
        out.writestr(_member(MANIFEST), lines)

    def _own_files(self) -> Iterator[tuple[str, Path]]:
        for folder in OWN_FOLDERS:
            root = self._place.root / folder
            for path in sorted(root.rglob("*")):
                name = path.relative_to(self._place.root).as_posix()
                if path.is_file() and not path.is_symlink() and MEMBER.fullmatch(name):
                    yield name, path

    def _is_sound(self, path: Path, sha256: str) -> bool:
        digest = hashlib.sha256()
        try:
            with path.open("rb") as stream:
                while block := stream.read(BLOCK):
                    self._token.check()
                    digest.update(block)
        except FileNotFoundError:
            return False
        return digest.hexdigest() == sha256

    def _add(self, out: zipfile.ZipFile, name: str, path: Path) -> None:
        digest = hashlib.sha256()
        with path.open("rb") as stream, out.open(_member(name), "w", force_zip64=True) as member:
            while block := stream.read(BLOCK):
                self._token.check()
                digest.update(block)
                member.write(block)
        self._manifest[name] = digest.hexdigest()
        self._progress(tr("Writing the backup"), len(self._manifest), self._total)


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _FIXED_DATE)
    info.external_attr = 0o600 << 16
    return info


def check_archive(path: Path, progress: Progress, cancel: CancelToken) -> int:
    """How many files a backup holds, after every byte was read and agreed with the manifest.

    Raises:
        Refused: It is no backup, or it is damaged.
        Cancelled: `cancel` was set.
    """
    with opened_archive(path) as (archive, manifest):
        for done, (name, expected) in enumerate(manifest.items(), 1):
            digest = hashlib.sha256()
            for block in blocks_of(archive, name, path):
                cancel.check()
                digest.update(block)
            if digest.hexdigest() != expected:
                raise damaged_backup(path, name)
            progress(tr("Reading the backup again"), done, len(manifest))
        return len(manifest)


@contextlib.contextmanager
def opened_archive(path: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, str]]]:
    """A backup and its manifest, after its names were checked: only known ones, each once.

    Raises:
        Refused: It is no backup of ours.
    """
    with told_about_files(path), path.open("rb") as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise _no_backup(path, tr("It is no archive, or it was cut off.")) from error
        with archive:
            yield archive, _manifest_of(archive, path)


def blocks_of(archive: zipfile.ZipFile, name: str, path: Path) -> Iterator[bytes]:
    """The bytes of one member.

    Raises:
        Refused: The archive is damaged there.
    """
    try:
        with archive.open(name) as member:
            yield from _blocks(member)
    except (zipfile.BadZipFile, EOFError, ValueError) as error:
        raise damaged_backup(path, name) from error


def _blocks(member: IO[bytes]) -> Iterator[bytes]:
    while block := member.read(BLOCK):
        yield block


def _manifest_of(archive: zipfile.ZipFile, path: Path) -> dict[str, str]:
    names = [info.filename for info in archive.infolist()]
    for info in archive.infolist():
        plain = info.compress_type == zipfile.ZIP_STORED and not info.flag_bits & 1
        if not plain or (info.filename != MANIFEST and not MEMBER.fullmatch(info.filename)):
            raise _no_backup(path, tr("It holds something else: {name}.", name=repr(info.filename)))
        if ".." in info.filename.split("/") or "." in info.filename.split("/"):
            raise _no_backup(path, tr("It holds something else: {name}.", name=repr(info.filename)))
    if len({name.casefold() for name in names}) != len(names):
        raise _no_backup(path, tr("A name stands in it twice."))
    if MANIFEST not in names or DATABASE_NAME not in names:
        raise _no_backup(path, tr("Its list of files or its database is missing."))
    text = b"".join(blocks_of(archive, MANIFEST, path)).decode("utf-8", "replace")
    lines = (line.partition("  ") for line in text.splitlines())
    manifest = {name: value for value, _, name in lines}
    if set(manifest) != set(names) - {MANIFEST}:
        raise _no_backup(path, tr("Its list of files is not what it holds."))
    for name, value in manifest.items():
        if name.startswith("vault/") and not name.endswith(value):
            raise damaged_backup(path, name)
    return manifest


def damaged_backup(path: Path, name: str) -> Refused:
    """The refusal of a backup whose member `name` is not what was written."""
    return Refused(
        tr("This backup is damaged: {name} is not what was written.", name=name),
        str(path),
        tr("Use another backup. Nothing was changed."),
    )


def _no_backup(path: Path, why: str) -> Refused:
    return Refused(
        tr("This file is no DisputeDesk backup. {why}", why=why),
        str(path),
        tr("Choose a file that ends in .ddbackup. Nothing was changed."),
    )
