"""The files that rule packs are read from: which they are, their bytes, and one hash over all.

Whether the rules changed since a desk was last open is asked at every start, so nothing here needs
the reader of packs or the engine.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from disputedesk.common import locations
from disputedesk.common.hashing import Sha256, sha256_of_bytes, sha256_of_record
from disputedesk.common.texts import tr

FACTS_FILE: Final = "facts.toml"
_LARGEST: Final = 2 << 20


@dataclasses.dataclass(frozen=True, slots=True)
class PackFile:
    """One file of a folder of packs.

    Attributes:
        layer: Which folder it is of; a later folder's packs take the place of an earlier one's.
        trouble: Why it cannot be read, a sentence; empty when it can.
    """

    path: Path
    data: bytes
    digest: Sha256
    layer: int
    trouble: str = ""


def pack_folders(own_packs: Path | None) -> list[Path]:
    """Where packs are read from, the shipped ones first."""
    shipped = locations.resources("packs")
    return [shipped] if own_packs is None else [shipped, own_packs]


def library_digest(folders: Sequence[Path] | None = None) -> Sha256:
    """The `digest` that `load_library` would give, without reading a rule."""
    return digest_of(all_files(folders, {}))


def read_pack_file(path: Path) -> tuple[bytes, str]:
    """The bytes of a pack's file, and a sentence where it cannot be one.

    What is no file, or larger than any pack, is not read at all: it may be a device or a flood.
    """
    try:
        if not path.is_file():
            return b"", tr("This is not a file.")
        if path.stat().st_size > _LARGEST:
            return b"", tr("The file is larger than 2 MiB, which no rule pack is.")
        return path.read_bytes(), ""
    except OSError as error:
        return b"", tr("The file cannot be read: {error}.", error=error.strerror)


def all_files(
    folders: Sequence[Path] | None, instead: Mapping[str, bytes | None]
) -> list[PackFile]:
    """The files of all folders in their order, with those of `instead` in the last one's place.

    The canonical facts are always among them: those shipped, where no folder has its own.
    """
    shipped = locations.resources("packs")
    places = [shipped] if folders is None else list(folders)
    files = [file for layer, folder in enumerate(places) for file in _files(folder, layer)]
    if instead:
        last = len(places) - 1
        files = [
            *(file for file in files if file.layer != last or file.path.name not in instead),
            *(
                PackFile(places[last] / name, data, sha256_of_bytes(data), last)
                for name, data in instead.items()
                if data is not None
            ),
        ]
        files.sort(key=lambda file: (file.layer, file.path))
    if not any(file.path.name == FACTS_FILE for file in files):
        files = [*(file for file in _files(shipped, 0) if file.path.name == FACTS_FILE), *files]
    return files


def _files(folder: Path, layer: int) -> list[PackFile]:
    if not folder.is_dir():
        return []
    found = []
    for path in sorted(folder.glob("*.toml")):
        data, trouble = read_pack_file(path)
        digest = sha256_of_bytes(data or trouble.encode())
        found.append(PackFile(path, data, digest, layer, trouble))
    return found


def digest_of(files: Iterable[PackFile]) -> Sha256:
    """One hash over all files' names and bytes."""
    return sha256_of_record(
        part for file in files for part in (str(file.layer), file.path.name, file.digest)
    )
