"""Whether a bag holds what its manifests say: a folder or a zip, with no desk at hand."""

from __future__ import annotations

import contextlib
import hashlib
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, Protocol, cast

from disputedesk.common.errors import NotFound, Refused
from disputedesk.common.finding import Finding, Severity
from disputedesk.common.manifest import read_manifest
from disputedesk.common.private_files import told_about_files
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.vault.bags import MANIFEST, TAG_MANIFEST

_BLOCK: Final = 1 << 20
_LARGEST_TAG: Final = 16 << 20
_MOST_MEMBERS: Final = 50_000
_OXUM: Final = re.compile(rb"^Payload-Oxum:[ \t]*([0-9]{1,18})\.([0-9]{1,9})[ \t]*\r?$", re.M)


class _Place(Protocol):
    """Where a bag lies.

    Attributes:
        names: Its files, with `/` between folders.
        odd: What is there and is no plain file.
    """

    names: frozenset[str]
    odd: tuple[str, ...]

    def open(self, name: str) -> contextlib.AbstractContextManager[BinaryIO]:
        """One of its files, open for reading."""
        ...


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        names, odd = set(), []
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                odd.append(name)
            elif path.is_file():
                names.add(name)
        self.names = frozenset(names)
        self.odd = tuple(odd)

    def open(self, name: str) -> contextlib.AbstractContextManager[BinaryIO]:
        return self._folder.joinpath(*name.split("/")).open("rb")


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        infos = [info for info in archive.infolist() if not info.is_dir()]
        roots = {info.filename.split("/")[0] for info in infos if "/" in info.filename}
        self._root = f"{roots.pop()}/" if len(roots) == 1 else ""
        if not all(info.filename.startswith(self._root) for info in infos):
            self._root = ""
        listed = Counter(info.filename.removeprefix(self._root) for info in infos)
        self.names = frozenset(listed)
        self.odd = tuple(name for name, count in listed.items() if count > 1)

    def open(self, name: str) -> contextlib.AbstractContextManager[BinaryIO]:
        opened = self._archive.open(self._root + name)
        return contextlib.closing(cast("BinaryIO", opened))


def check_bag(
    target: Path, *, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> tuple[Finding, ...]:
    """What is missing, altered or foreign in a bag; empty when it is whole.

    Raises:
        NotFound: Nothing is there.
        Refused: It is no bag with SHA-256 manifests, or a zip that cannot be read.
    """
    token = cancel or CancelToken()
    with told_about_files(target):
        if target.is_dir():
            return tuple(_findings(_Folder(target), target, progress, token))
        if not target.is_file():
            raise NotFound(tr("There is no such file or folder."), str(target))
        try:
            with zipfile.ZipFile(target) as archive:
                if len(archive.infolist()) > _MOST_MEMBERS:
                    raise Refused(tr("The zip archive holds too many files."), str(target))
                return tuple(_findings(_Zip(archive), target, progress, token))
        except (
            zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
        ) as error:  # fmt: skip
            raise Refused(
                tr("The zip archive is damaged."), str(target), tr("Ask for it again.")
            ) from error


def _findings(
    place: _Place, target: Path, progress: Progress, cancel: CancelToken
) -> Iterator[Finding]:
    if "bagit.txt" not in place.names or MANIFEST not in place.names:
        raise Refused(
            tr("This is no export with a SHA-256 manifest."),
            str(target),
            tr("Name the folder or the zip that holds {file}.", file=MANIFEST),
        )
    for name in place.odd:
        yield _damage(tr("This is no plain file, or it is there twice."), name)
    if not _tag(place, "bagit.txt").startswith(b"BagIt-Version:"):
        yield _damage(tr("The declaration of the export cannot be read."), "bagit.txt")
    payload = yield from _listed(place, MANIFEST)
    for name in sorted(place.names - payload.keys()):
        if name.startswith("data/"):
            yield _damage(tr("A file was added that the manifest does not list."), name)
    tags = {}
    if TAG_MANIFEST in place.names:
        tags = yield from _listed(place, TAG_MANIFEST)
    sizes = yield from _compared(place, {**payload, **tags}, progress, cancel)
    yield from _counted(place, [size for name, size in sizes.items() if name in payload])


def _compared(
    place: _Place, listed: dict[str, str], progress: Progress, cancel: CancelToken
) -> Generator[Finding, None, dict[str, int]]:
    """Hashes every listed file and gives the size of each; tells of those that differ."""
    sizes: dict[str, int] = {}
    for number, (name, sha256) in enumerate(listed.items(), 1):
        cancel.check()
        if name not in place.names:
            yield _damage(tr("A file that the manifest lists is missing."), name)
            continue
        sizes[name], held = _hashed(place, name, cancel)
        if held != sha256:
            yield _damage(tr("A file is not what the manifest says: its bytes differ."), name)
        progress(tr("Checking files"), number, len(listed))
    return sizes


def _listed(place: _Place, manifest: str) -> Generator[Finding, None, dict[str, str]]:
    """Gives the hash of each file that a manifest lists, by name; tells of lines it cannot take."""
    try:
        lines = read_manifest(_tag(place, manifest).decode("utf-8"))
    except UnicodeDecodeError:
        yield _damage(tr("The manifest cannot be read."), manifest)
        return {}
    except ValueError as error:
        where = tr("{file}, line {number}", file=manifest, number=error.args[0])
        yield _damage(tr("The manifest cannot be read."), where)
        return {}
    found: dict[str, str] = {}
    for sha256, name in lines:
        if not _is_inside(name):
            yield _damage(tr("The manifest lists a file outside of the export."), name)
        elif found.setdefault(name.removeprefix("./"), sha256) != sha256:
            yield _damage(tr("The manifest lists a file twice, with different hashes."), name)
    return found


def _counted(place: _Place, sizes: list[int]) -> Iterator[Finding]:
    """Whether bytes and files are as many as the export says; that shows a cut manifest."""
    stated = _OXUM.search(_tag(place, "bag-info.txt")) if "bag-info.txt" in place.names else None
    if stated is not None and (int(stated[1]), int(stated[2])) != (sum(sizes), len(sizes)):
        yield _damage(
            tr("The export says that it holds {count} files of {size} bytes; it does not.",
               count=int(stated[2]), size=int(stated[1])),
            "bag-info.txt",
        )  # fmt: skip


def _tag(place: _Place, name: str) -> bytes:
    with place.open(name) as stream:
        return stream.read(_LARGEST_TAG)


def _hashed(place: _Place, name: str, cancel: CancelToken) -> tuple[int, str]:
    digest = hashlib.sha256()
    size = 0
    with place.open(name) as stream:
        while block := stream.read(_BLOCK):
            cancel.check()
            digest.update(block)
            size += len(block)
    return size, digest.hexdigest()


def _is_inside(name: str) -> bool:
    """Whether a listed name can only mean a file of the bag."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not (name.startswith(("/", "~")) or ".." in parts or "\\" in name)


def _damage(what: str, where: str) -> Finding:
    return Finding(
        Severity.DAMAGE, what, where, tr("Ask whoever made the export to send it again.")
    )
