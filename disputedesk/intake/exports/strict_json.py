"""JSON read strictly: bounded size, depth and numbers; no key twice, no NaN; JSONP unwrapped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, TypeAlias

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr

Json: TypeAlias = Any
"""A decoded JSON value; readers look at its shape with `isinstance` before they believe it."""

_LARGEST: Final = 48 << 20
_LONGEST_NUMBER: Final = 40
_DEEPEST: Final = 100
_OPENING: Final = re.compile(r"\{\s*(?:[\"}]|\Z)|\[\s*(?:[\[{\"\]\d-]|true|false|null|\Z)")
_CALLBACK: Final = re.compile(r"\A\s*(?:/\*\*/)?\s*[\w$.]{1,80}\s*\(")


def looks_like_json(text: str) -> bool:
    """Whether `text` begins as a JSON list or object, bare or inside a JSONP call."""
    head = text[:400].lstrip("\ufeff \t\r\n")
    wrapped = _CALLBACK.match(head)
    rest = head[wrapped.end() :].lstrip() if wrapped else head
    return bool(_OPENING.match(rest))


def load_json(text: str, file: str) -> Json:
    """The value `text` holds; decimals are `Decimal`, never floats.

    Raises:
        Refused: The text is no JSON, or not one that a careful reader takes.
    """
    if len(text) > _LARGEST:
        raise Refused(tr("The JSON is larger than any order export."), file)
    try:
        value = json.loads(
            _unwrapped(text),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_decimal,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        raise Refused(
            tr("The JSON breaks off or is broken at line {line}.", line=error.lineno),
            file,
            tr("Save or download the file again."),
        ) from error
    except _Unbelievable as error:
        raise Refused(str(error), file) from error
    except RecursionError as error:
        raise Refused(tr("The JSON is nested too deeply."), file) from error
    if _depth_over(value, _DEEPEST):
        raise Refused(tr("The JSON is nested too deeply."), file)
    return value


def objects(value: Json) -> Iterator[Mapping[str, Json]]:
    """Every object inside `value`, outer ones first, without recursion."""
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            yield current
            waiting.extend(reversed(current.values()))
        elif isinstance(current, list):
            waiting.extend(reversed(current))


def text_of(value: Json) -> str:
    """A JSON scalar as the text it stands for; empty for anything else."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None:
        return ""
    return str(value) if isinstance(value, int | Decimal) else ""


class _Unbelievable(ValueError):
    """What JSON allows and no export contains."""


def _unwrapped(text: str) -> str:
    text = text.lstrip("\ufeff")
    wrapped = _CALLBACK.match(text[:400])
    if not wrapped:
        return text
    end = text.rstrip().rstrip(";").rstrip()
    return end[wrapped.end() : -1] if end.endswith(")") else text


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for key, value in pairs:
        if key in found:
            message = tr("The JSON gives “{key}” twice in one object.", key=key[:60])
            raise _Unbelievable(message)
        found[key] = value
    return found


def _integer(digits: str) -> int:
    _check_length(digits)
    return int(digits)


def _decimal(digits: str) -> Decimal:
    _check_length(digits)
    return Decimal(digits)


def _check_length(digits: str) -> None:
    if len(digits) > _LONGEST_NUMBER:
        raise _Unbelievable(tr("The JSON holds a number of {n} digits.", n=len(digits)))


def _constant(name: str) -> Json:
    raise _Unbelievable(tr("The JSON holds “{name}”, which is no number.", name=name))


def _depth_over(value: Json, limit: int) -> bool:
    level = [value]
    for _ in range(limit):
        deeper: list[Json] = []
        for item in level:
            if isinstance(item, dict):
                deeper.extend(item.values())
            elif isinstance(item, list):
                deeper.extend(item)
        if not deeper:
            return False
        level = deeper
    return True
