"""TOML documents parsed once per content: the plain tree is kept on disk under the bytes' hash.

Reading TOML is the dearest part of loading the packs. The cache holds data only (MessagePack), is
named by the hash of the bytes it was made from, and may be deleted at any time. Each kept file
begins with a hash of its own name and bytes: one that was cut short, changed or renamed is no file.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from pathlib import Path
from typing import Final

from disputedesk.common.hashing import Sha256, sha256_of_bytes
from disputedesk.common.texts import tr
from disputedesk.packs.tables import Malformed

_FORM: Final = "2"
_DATE, _INSTANT = 1, 2
_DEEPEST: Final = 100
_SEAL: Final = 64


def parse_toml(data: bytes, digest: Sha256, cache: Path) -> object:
    """The tree of the TOML document `data`, whose hash is `digest`.

    Raises:
        Malformed: It is no TOML; says where.
    """
    kept = cache / f"{digest}.{_FORM}.msgpack"
    tree = find_kept(kept)
    if tree is None:
        tree = _parse(data)
        keep(kept, tree)
    return tree


def _parse(data: bytes) -> dict[str, object]:
    import tomllib

    try:
        tree = tomllib.loads(data.decode("utf-8-sig"))
    except RecursionError:
        raise Malformed("", tr("The file is nested too deeply to be a rule pack.")) from None
    except UnicodeDecodeError as error:
        why = tr(
            "The text is not UTF-8: byte {place} cannot be read. Save the file as UTF-8.",
            place=error.start + 1,
        )
        raise Malformed("", why) from error
    except tomllib.TOMLDecodeError as error:
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
    import msgspec

    try:
        return msgspec.msgpack.decode(packed, ext_hook=_from_ext)  # type: ignore[no-any-return]
    except (msgspec.DecodeError, ValueError):
        return None


def _seal(path: Path, packed: bytes) -> bytes:
    return sha256_of_bytes(path.name.encode() + packed).encode()


def keep(path: Path, tree: dict[str, object]) -> None:
    """Keeps the tree; where the disk does not let it, the next start parses again."""
    import msgspec

    try:
        data = msgspec.msgpack.encode(_packable(tree))
    except (TypeError, OverflowError, ValueError):
        return
    partial = path.with_suffix(f".{os.getpid()}.part")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(_seal(path, data) + data)
        partial.replace(path)


def _packable(value: object) -> object:
    import msgspec

    if isinstance(value, dict):
        return {key: _packable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_packable(inner) for inner in value]
    if isinstance(value, dt.datetime):
        return msgspec.msgpack.Ext(_INSTANT, value.isoformat().encode())
    if isinstance(value, dt.date):
        return msgspec.msgpack.Ext(_DATE, value.isoformat().encode())
    return value


def _from_ext(code: int, data: memoryview) -> object:
    text = bytes(data).decode("ascii")
    if code == _DATE:
        return dt.date.fromisoformat(text)
    if code == _INSTANT:
        return dt.datetime.fromisoformat(text)
    message = f"unknown extension {code}"
    raise ValueError(message)
