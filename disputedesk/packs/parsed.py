"""TOML documents parsed once per content: the plain tree is kept on disk under the bytes' hash.

Reading TOML is the dearest part of loading the packs. The cache holds data only, is named by the
hash of the bytes it was made from, and may be deleted at any time. Each kept file begins with a
hash of its own name and bytes: one that was cut short, changed or renamed is no file. It is JSON,
whose reader is there anyway: a faster one takes longer to import than it would save.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
from pathlib import Path
from typing import Final

from disputedesk.common.hashing import Sha256, sha256_of_bytes
from disputedesk.common.texts import tr
from disputedesk.packs.tables import Malformed

_FORM: Final = "2"
_DATED: Final = "\0"
"""The only key of a table that stands for a date or an instant."""
_DEEPEST: Final = 100
_SEAL: Final = 64
_DAY: Final = len("2026-01-01")


def parse_toml(data: bytes, digest: Sha256, cache: Path) -> object:
    """The tree of the TOML document `data`, whose hash is `digest`.

    Raises:
        Malformed: It is no TOML; says where.
    """
    kept = cache / f"{digest}.{_FORM}.json"
    tree = find_kept(kept)
    if tree is None:
        tree = _parse(data)
        keep(kept, tree)
    return tree


def _parse(data: bytes) -> dict[str, object]:
    import tomli

    try:
        tree = tomli.loads(data.decode("utf-8-sig"))
    except RecursionError:
        raise Malformed("", tr("The file is nested too deeply to be a rule pack.")) from None
    except UnicodeDecodeError as error:
        why = tr(
            "The text is not UTF-8: byte {place} cannot be read. Save the file as UTF-8.",
            place=error.start + 1,
        )
        raise Malformed("", why) from error
    except tomli.TOMLDecodeError as error:
        raise Malformed("", tr("This is not a TOML file: {error}.", error=error)) from error
    except ValueError as error:
        raise Malformed("", tr("A number in it has too many digits.")) from error
    if _is_deep(tree):
        raise Malformed("", tr("The file is nested too deeply to be a rule pack."))
    return tree


def _is_deep(tree: dict[str, object]) -> bool:
    """Whether tables and lists lie deeper in each other than any pack's; dotted keys go far."""
    level: list[object] = [tree]
    for _ in range(_DEEPEST):
        level = [
            inner
            for value in level
            for inner in (value.values() if isinstance(value, dict) else value)  # type: ignore[attr-defined] # a list
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def find_kept(path: Path) -> object | None:
    """The tree that was kept there; nothing where none was, or where it is not as it was kept."""
    try:
        with path.open("rb", buffering=0) as stream:
            data = stream.read()
    except OSError:
        return None
    seal, packed = data[:_SEAL], data[_SEAL:]
    if seal != _seal(path, packed):
        return None
    try:
        tree: object = json.loads(packed, object_hook=_rich)
    except (ValueError, RecursionError):
        return None
    return tree


def _seal(path: Path, packed: bytes) -> bytes:
    return sha256_of_bytes(path.name.encode() + packed).encode()


def keep(path: Path, tree: dict[str, object]) -> None:
    """Keeps the tree; where the disk does not let it, the next start parses again."""
    try:
        data = json.dumps(_plain(tree), ensure_ascii=False, separators=(",", ":")).encode()
    except (TypeError, ValueError):
        return
    partial = path.with_suffix(f".{os.getpid()}.part")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(_seal(path, data) + data)
        partial.replace(path)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        if _DATED in value:
            message = "a key that stands for a date"
            raise ValueError(message)
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, dt.date):
        return {_DATED: value.isoformat()}
    return value


def _rich(table: dict[str, object]) -> object:
    text = table.get(_DATED)
    if not isinstance(text, str):
        return table
    return dt.date.fromisoformat(text) if len(text) == _DAY else dt.datetime.fromisoformat(text)
