"""SHA-256 of bytes, files and records, and nothing else: one hash for the whole program."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NewType

Sha256 = NewType("Sha256", str)
"""64 lower-case hexadecimal digits."""

_BLOCK = 1 << 20


def sha256_of_bytes(data: bytes) -> Sha256:
    """The hash of `data`."""
    return Sha256(hashlib.sha256(data).hexdigest())


def sha256_of_file(path: Path) -> Sha256:
    """The hash of the bytes `path` holds now, read in one pass."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return Sha256(digest.hexdigest())


def sha256_of_record(fields: Iterable[str]) -> Sha256:
    """The hash of a record; no two different records share their encoding.

    Each field is written as its length in bytes, a colon and its UTF-8 text, so that moving a
    character from one field to the next changes the hash.
    """
    digest = hashlib.sha256()
    for field in fields:
        data = field.encode("utf-8", "surrogatepass")
        digest.update(f"{len(data)}:".encode("ascii"))
        digest.update(data)
    return Sha256(digest.hexdigest())
