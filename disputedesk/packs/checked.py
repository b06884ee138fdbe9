"""Marks beside the parsed packs: this very file was once read whole, and nothing was wrong with it.

With its mark a pack is taken by its head alone, which the mark holds; the rest is read when it is
needed. A mark counts for the same bytes under the same canonical facts read by the same reader; for
anything else there is none, and the file is read whole.
"""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import disputedesk
from disputedesk.common.hashing import Sha256, sha256_of_record
from disputedesk.packs import parsed

_READER: Final = ("packs", "deadlines", "model")
"""The packages whose code decides what is right in a pack."""


class Checked(NamedTuple):
    """What is known of a pack that was read whole.

    Attributes:
        head: Its tables that the head is read from.
        helps: How many of its rules help with which problem (`helped_problems`).
    """

    head: object
    helps: Mapping[str, int]


class Mark:
    """The place of one file's mark.

    Args:
        digest: Hash of the file's bytes.
        facts: Hash of the canonical facts it was read with.
        cache: The folder of parsed packs.
    """

    __slots__ = ("_counts", "_path")

    def __init__(self, digest: Sha256, facts: Sha256, cache: Path) -> None:
        form = reader_form()
        self._counts = bool(form)
        self._path = cache / f"{sha256_of_record((digest, facts, form))}.checked.json"

    def find(self) -> Checked | None:
        """What was noted when the file was read whole; nothing where it was not."""
        kept = parsed.find_kept(self._path) if self._counts else None
        if not isinstance(kept, dict) or not isinstance(helps := kept.get("helps"), dict):
            return None
        if not all(isinstance(each, int) for each in helps.values()) or not {"", "*"} <= set(helps):
            return None
        return Checked(kept.get("head"), helps)

    def keep(self, found: Checked) -> None:
        """Notes that the file was read whole and was right."""
        if self._counts:
            parsed.keep(self._path, {"head": found.head, "helps": dict(found.helps)})

    def remove(self) -> None:
        """Takes the mark away; the file will be read whole."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)


@functools.lru_cache(maxsize=1)
def reader_form() -> str:
    """What changes whenever the reader's code does; empty where that cannot be told.

    Nobody has to think of raising a number: it is made of the sizes and times of the modules.
    """
    home = Path(__file__).parents[1]
    found = []
    try:
        for package in _READER:
            with os.scandir(home / package) as entries:
                for entry in entries:
                    if entry.name.endswith(".py"):
                        stat = entry.stat()
                        found.append(f"{package}/{entry.name} {stat.st_size} {stat.st_mtime_ns}")
    except OSError:
        return ""
    return sha256_of_record((disputedesk.__version__, *sorted(found))) if found else ""
