"""Sealed bytes brought out as a bag (BagIt, RFC 8493): whole under its name, or not there at all.

A bag is a folder, or a zip of one, that anybody can check without this program: `sha256sum -c`
reads its manifests. Each file is hashed again while it is written, so altered bytes never leave.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
import secrets
import shutil
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Protocol

from disputedesk.common.errors import DamagedDesk, Refused
from disputedesk.common.hashing import sha256_of_bytes
from disputedesk.common.manifest import manifest_text
from disputedesk.common.private_files import sync_folder, told_about_files
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress
from disputedesk.vault import locking
from disputedesk.vault.blobs import Vault

DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST: Final = "manifest-sha256.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
_BLOCK: Final = 1 << 20
_FIXED_DATE: Final = (1980, 1, 1, 0, 0, 0)


@dataclasses.dataclass(frozen=True, slots=True)
class Payload:
    """One file that goes out.

    Attributes:
        name: Its name under `data`; safe and unique.
    """

    name: str
    sha256: str
    size: int


@dataclasses.dataclass(frozen=True, slots=True)
class Bag:
    """What goes into a bag.

    Attributes:
        info: Lines of `bag-info.txt`: label and value.
        tags: Other files beside the payload, by name.
    """

    payload: tuple[Payload, ...]
    info: tuple[tuple[str, str], ...]
    tags: Mapping[str, bytes]

    @property
    def manifest(self) -> str:
        """The manifest of the payload."""
        return manifest_text((each.sha256, f"data/{each.name}") for each in self.payload)

    @property
    def size(self) -> int:
        """The payload's bytes."""
        return sum(each.size for each in self.payload)

    def tag_files(self) -> dict[str, bytes]:
        """Everything beside the payload, the manifest of these files last."""
        oxum = ("Payload-Oxum", f"{self.size}.{len(self.payload)}")
        lines = [f"{label}: {' '.join(text.split())}\n" for label, text in (*self.info, oxum)]
        files = {
            "bagit.txt": DECLARATION,
            "bag-info.txt": "".join(lines).encode(),
            MANIFEST: self.manifest.encode(),
            **self.tags,
        }
        listed = manifest_text((sha256_of_bytes(data), name) for name, data in files.items())
        return {**files, TAG_MANIFEST: listed.encode()}


class _Sink(Protocol):
    def add(self, name: str, blocks: Iterator[bytes]) -> None:
        """Takes one file of the bag, in blocks."""
        ...


@contextlib.contextmanager
def written_bag(
    vault: Vault,
    bag: Bag,
    target: Path,
    *,
    as_zip: bool,
    progress: Progress,
    cancel: CancelToken,
) -> Iterator[Unplaced]:
    """A bag written beside `target` and on the disk; `put` gives it its name, else it goes away.

    Raises:
        Refused: Something is there already.
        DamagedDesk: Bytes are not what was sealed.
        DeskError: The place cannot be written.
        Cancelled: `cancel` was set.
    """
    refuse_taken(target)
    with told_about_files(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        rough = target.with_name(f"{_left_by(target)}{secrets.token_hex(8)}")
        try:
            if as_zip:
                with rough.open("xb") as stream:
                    locking.hold(stream.fileno())
                    with zipfile.ZipFile(stream, "w") as archive:
                        _fill(_ZipSink(archive, target.stem), vault, bag, progress, cancel)
                    stream.flush()
                    os.fsync(stream.fileno())
            else:
                rough.mkdir()
                with _held(rough):
                    _fill(_FolderSink(rough), vault, bag, progress, cancel)
                    _sync_tree(rough)
            yield Unplaced(rough, target)
        finally:
            if rough.is_dir():
                shutil.rmtree(rough, ignore_errors=True)
            else:
                rough.unlink(missing_ok=True)


@dataclasses.dataclass(frozen=True, slots=True)
class Unplaced:
    """A whole bag that has no name yet."""

    rough: Path
    target: Path

    def put(self) -> None:
        """Gives the bag its name, for good.

        Raises:
            Refused: Something came there meanwhile.
        """
        refuse_taken(self.target)
        with told_about_files(self.target):
            if self.target.is_dir():
                self.target.rmdir()
            self.rough.rename(self.target)
            sync_folder(self.target.parent)


def refuse_taken(target: Path) -> None:
    """Does nothing for a place where nothing is yet, or an empty folder.

    Raises:
        Refused: Something is there; it is never written over.
    """
    with told_about_files(target):
        taken = target.is_symlink() or target.exists()
        if taken and not (target.is_dir() and not any(target.iterdir())):
            raise Refused(
                tr("There is something at this place already."),
                str(target),
                tr("Name a new folder; nothing is written over."),
            )


def _fill(sink: _Sink, vault: Vault, bag: Bag, progress: Progress, cancel: CancelToken) -> None:
    for number, each in enumerate(bag.payload, 1):
        sink.add(f"data/{each.name}", _checked_blocks(vault, each, cancel))
        progress(tr("Exporting files"), number, len(bag.payload))
    for name, data in bag.tag_files().items():
        sink.add(name, iter((data,)))


def _checked_blocks(vault: Vault, each: Payload, cancel: CancelToken) -> Iterator[bytes]:
    digest = hashlib.sha256()
    with vault.open(each.sha256) as stream:
        while block := stream.read(_BLOCK):
            cancel.check()
            digest.update(block)
            yield block
    if digest.hexdigest() != each.sha256:
        raise DamagedDesk(
            tr("The sealed bytes are not what was sealed: their hash differs."),
            each.name,
            tr("Do not send them. Restore them from a backup."),
        )


class _FolderSink:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, name: str, blocks: Iterator[bytes]) -> None:
        """Writes one new file and brings it to the disk."""
        path = self._folder.joinpath(*name.split("/"))
        path.parent.mkdir(exist_ok=True)
        with path.open("xb") as stream:
            for block in blocks:
                stream.write(block)
            stream.flush()
            os.fsync(stream.fileno())


class _ZipSink:
    def __init__(self, archive: zipfile.ZipFile, folder: str) -> None:
        self._archive = archive
        self._folder = folder

    def add(self, name: str, blocks: Iterator[bytes]) -> None:
        """Writes one member as it is, under the bag's folder."""
        info = zipfile.ZipInfo(f"{self._folder}/{name}", _FIXED_DATE)
        info.external_attr = 0o644 << 16
        with self._archive.open(info, "w", force_zip64=True) as stream:
            for block in blocks:
                stream.write(block)


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Marks a folder as being worked on, until the block ends or the program dies."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        locking.hold(handle)
        yield
    finally:
        os.close(handle)


def _sync_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            sync_folder(path)
    sync_folder(folder)


def _left_by(target: Path) -> str:
    return f".{target.name}.exporting-"


def _sweep(target: Path) -> None:
    """Removes what earlier exports to this place left when they were killed."""
    if sys.platform == "win32":
        return  # no locks there tell a copy in progress from one left behind
    for path in target.parent.iterdir():
        if not path.name.startswith(_left_by(target)) or path.is_symlink():
            continue
        if locking.is_abandoned(path):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
