"""The desk's own folder of rule packs: what lies there, and how it changes whole or not at all.

A file that is replaced or taken away is kept under its hash in `former`, so that it can come back.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from disputedesk.common.hashing import Sha256, sha256_of_bytes
from disputedesk.common.private_files import (
    make_private_folder,
    open_private,
    sync_folder,
    told_about_files,
)
from disputedesk.packs.files import read_pack_file

FORMER: Final = "former"


class OwnPacks:
    """The packs in one desk's folder; one writer at a time, by the desk's lock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> bytes | None:
        """The bytes of the file of that name; `None` where there is none that could be a pack."""
        path = self.folder / name
        if not path.exists():
            return None
        data, trouble = read_pack_file(path)
        return None if trouble else data

    def former(self, digest: Sha256) -> bytes | None:
        """The bytes of a file that lay here once; `None` where they are gone or altered."""
        data = self.read(f"{FORMER}/{digest}.toml")
        return data if data is not None and sha256_of_bytes(data) == digest else None

    @contextlib.contextmanager
    def changed(self, files: Mapping[str, bytes | None]) -> Iterator[None]:
        """The folder with these files put or, for `None`, taken away; an error puts all back.

        A program killed inside leaves the new files: the desk sees at its next opening that its
        windows were computed with others.

        Raises:
            DeskError: A file cannot be written.
        """
        before = {name: self.read(name) for name in files}
        try:
            with told_about_files(self.folder):
                self._sweep()
                self._keep_former(before)
                self._put(files)
            yield
        except BaseException:
            with told_about_files(self.folder):
                self._put(before)
            raise

    def _sweep(self) -> None:
        """Takes away what a program that was killed left half-written."""
        for folder in (self.folder, self.folder / FORMER):
            for partial in folder.glob(".*.part"):
                partial.unlink(missing_ok=True)

    def _keep_former(self, before: Mapping[str, bytes | None]) -> None:
        for data in before.values():
            if data is not None:
                path = self.folder / FORMER / f"{sha256_of_bytes(data)}.toml"
                if not path.exists():
                    make_private_folder(path.parent)
                    _write(path, data)

    def _put(self, files: Mapping[str, bytes | None]) -> None:
        for name, data in files.items():
            path = self.folder / name
            if data is None:
                path.unlink(missing_ok=True)
            else:
                make_private_folder(self.folder)
                _write(path, data)
        if self.folder.is_dir():
            sync_folder(self.folder)


def _write(path: Path, data: bytes) -> None:
    """Writes beside the name and takes it only when every byte is on the disk."""
    partial = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
    try:
        with os.fdopen(open_private(partial), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
