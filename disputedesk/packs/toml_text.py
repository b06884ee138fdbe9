"""Plain trees as TOML text, for packs that the desk writes itself."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+\Z")


def to_toml(document: Mapping[str, object]) -> str:
    """`document` as TOML that reads back the same.

    Raises:
        TypeError: It holds a value that TOML does not know.
    """
    return "\n".join(_table(document, ())).lstrip("\n") + "\n"


def _table(table: Mapping[str, object], path: tuple[str, ...]) -> Iterator[str]:
    nested = {key: value for key, value in table.items() if _stands_alone(value)}
    for key, value in table.items():
        if key not in nested:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in nested.items():
        name = ".".join(_key(part) for part in (*path, key))
        if isinstance(value, Mapping):
            yield f"\n[{name}]"
            yield from _table(value, (*path, key))
        elif isinstance(value, Sequence):
            for inner in value:
                yield f"\n[[{name}]]"
                yield from _table(inner, (*path, key))


def _stands_alone(value: object) -> bool:
    """Whether it gets a heading of its own: tables of tables, and the rules of a pack."""
    if isinstance(value, Mapping):
        return any(isinstance(inner, Mapping | list) for inner in value.values()) or len(value) > 3
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(inner, Mapping) and len(inner) > 3 for inner in value)
    )


def _key(key: str) -> str:
    return key if _BARE.match(key) else json.dumps(key, ensure_ascii=False)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case int():
            return str(value)
        case dt.date():
            return value.isoformat()
        case Mapping():
            inner = ", ".join(f"{_key(key)} = {_value(part)}" for key, part in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case list() | tuple():
            return f"[{', '.join(_value(part) for part in value)}]"
        case _:
            message = f"{type(value).__name__} has no TOML form"
            raise TypeError(message)


def _text(text: str) -> str:
    """A basic string; what TOML's escapes do not share with JSON's is the character 127."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
