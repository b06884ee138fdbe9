"""Evidence in: what sealing costs over a bare copy, and that known bytes are only read."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from disputedesk.vault import Vault
from tests.bench.rounds import Row, timed

_PIECE = 16 << 20


def rows(size: int) -> Iterator[Row]:
    """One large file and many of a photo's size, `size` bytes each way; then the same again."""
    scratch = Path(tempfile.mkdtemp(prefix="disputedesk-bench-"))
    large = [_made(scratch / "large", size)]
    photos = [_made(scratch / f"photo {n}", (4 << 20) + 97 * n)
              for n in range(max(1, size // (4 << 20)))]  # fmt: skip
    yield _sealing(scratch, large, f"one file of {size >> 20} MiB")
    yield _sealing(scratch, photos, f"{len(photos)} files of 4 MiB")
    yield _again(scratch, large, size)
    shutil.rmtree(scratch, ignore_errors=True)


def _made(path: Path, size: int) -> Path:
    with path.open("wb") as stream:
        for at in range(0, size, _PIECE):
            stream.write(os.urandom(min(_PIECE, size - at)))
    return path


def _sealing(scratch: Path, sources: list[Path], what: str) -> Row:
    turn = itertools.count()

    def work() -> float:
        folder = scratch / f"desk {next(turn)}"
        vault = Vault(folder)
        seconds = timed(lambda: list(vault.seal_many(sources)))()
        shutil.rmtree(folder)
        return seconds

    def bare() -> float:
        folder = scratch / f"copies {next(turn)}"
        folder.mkdir()
        seconds = timed(lambda: [_copy(source, folder / source.name) for source in sources])()
        shutil.rmtree(folder)
        return seconds

    return Row(
        f"evidence in: copy, hash and seal, {what}",
        "kernel copy and fsync each",
        1.15,
        work,
        bare,
        slowest=True,
    )


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as given, target.open("wb") as taken:
        left = os.fstat(given.fileno()).st_size
        while left:
            left -= os.copy_file_range(given.fileno(), taken.fileno(), left)
        os.fsync(taken.fileno())


def _again(scratch: Path, sources: list[Path], size: int) -> Row:
    folder = scratch / "known"
    vault = Vault(folder)
    for source in sources:
        vault.seal(source)

    def work() -> None:
        assert not any(vault.seal(source).is_new for source in sources)

    def bare() -> None:
        buffer = bytearray(1 << 20)
        for source in sources:
            with source.open("rb", buffering=0) as stream:
                while stream.readinto(buffer):
                    pass

    return Row(
        f"the same {size >> 20} MiB again: one read, no write", "reading alone", None,
        timed(work), timed(bare), slowest=True,
    )  # fmt: skip
