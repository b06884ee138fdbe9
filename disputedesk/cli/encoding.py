"""Values as JSON: dates ISO, money as amount and currency, keys as the values name them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import json
from collections.abc import Mapping, Set
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from disputedesk.deadlines.window import Window
from disputedesk.model.money import Money

Json: TypeAlias = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


def encode(value: object) -> Json:
    """The JSON form of any value that a query or an operation gives.

    Raises:
        TypeError: `value` is of a kind no query gives.
    """
    match value:
        case enum.Enum():
            return str(value.value)
        case None | bool() | int() | float() | str():
            return value
        case Mapping():
            return {str(key): encode(part) for key, part in value.items()}
        case Set():
            return sorted((encode(part) for part in value), key=str)
        case list() | tuple():
            return [encode(part) for part in value]
        case _:
            return _encode_value(value)


def _encode_value(value: object) -> Json:
    match value:
        case Money():
            return {"amount": f"{value.amount:.{value.digits}f}", "currency": value.currency}
        case dt.date():
            return value.isoformat()
        case Decimal() | Path():
            return str(value)
        case Window():
            return encode_window(value)
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return _fields(value)
        case _:
            message = f"{type(value).__name__} has no JSON form"
            raise TypeError(message)


def _fields(value: object) -> dict[str, Json]:
    fields = dataclasses.fields(value)  # type: ignore[arg-type] # the caller has checked it
    return {field.name: encode(getattr(value, field.name)) for field in fields}


def encode_window(window: Window) -> Json:
    """A window with the keys of the engine's contract: `because` in sentences, one `source`."""
    encoded = _fields(window)
    encoded["because"] = [step.sentence for step in window.because]
    encoded["trace"] = [_fields(step) for step in window.because]
    encoded["source"] = _fields(window.sources[0]) if window.sources else None
    return encoded


def to_json(value: object) -> str:
    """`value` as one JSON document, readable, characters as they are."""
    return json.dumps(encode(value), ensure_ascii=False, indent=2)
