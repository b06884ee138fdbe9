"""Facts files: what somebody knows of an order, written by hand as TOML or JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import tomli

from disputedesk.common.errors import NotFound, Refused
from disputedesk.common.texts import tr
from disputedesk.deadlines.catalogue import FactCatalogue, close_match
from disputedesk.model.fact import FactDefinition, FactKind, Facts, FactSubject, FactValue
from disputedesk.packs.tables import typed_value

_LARGEST: Final = 1 << 20
_TODAY: Final = "today"
_SUBJECTS: Final = tuple(subject.value for subject in FactSubject)


def read_facts_file(path: Path, catalogue: FactCatalogue) -> tuple[Facts, dt.date | None]:
    """The facts a file states, and the day it says is today, if it says one.

    Facts stand in the tables `order`, `payment`, `case` and `place`, or at the top. A sum is
    `"12.34 USD"`, a table of `amount` and `currency`, or a number beside the fact `currency`.

    Raises:
        NotFound: There is no such file.
        Refused: It is neither TOML nor JSON, or a key or value of it is wrong; names file and key.
    """
    document = _read(path)
    found: dict[str, FactValue] = {}
    today = None
    currency = _currency(document)
    for key, name, raw in _entries(document, path):
        where = f"{path.name}, {key}"
        if name == _TODAY:
            today = _day(raw, where)
            continue
        if name in found:
            raise Refused(tr("The fact {name} is written twice.", name=name), where)
        try:
            found[name] = typed_value(
                catalogue, name, _with_currency(catalogue, name, raw, currency)
            )
        except Refused as error:
            raise Refused(error.what, where, error.remedy) from error
    return Facts(found), today


def _read(path: Path) -> Mapping[str, object]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise NotFound(tr("There is no such file."), str(path)) from None
    except OSError as error:
        raise Refused(
            tr("The file cannot be read: {error}.", error=error.strerror), str(path)
        ) from error
    if len(data) > _LARGEST:
        raise Refused(tr("The file is larger than 1 MiB; a facts file is not."), path.name)
    try:
        text = data.decode("utf-8-sig")
        document = _parse_json(text) if text.lstrip()[:1] == "{" else tomli.loads(text)
    except RecursionError:
        raise Refused(tr("The file is nested too deeply."), path.name) from None
    except ValueError as error:
        raise Refused(
            tr("This is neither a TOML nor a JSON file: {error}.", error=error),
            path.name,
            tr("Write a line such as expected_delivery = 2026-03-14 for each fact."),
        ) from error
    return document


def _parse_json(text: str) -> Mapping[str, object]:
    document = json.loads(text, parse_float=str, object_pairs_hook=_once)
    if not isinstance(document, dict):  # pragma: no cover - the text begins with a brace
        message = "not an object"
        raise TypeError(message)
    return document


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        message = tr("a key is written twice")
        raise ValueError(message)
    return found


def _entries(document: Mapping[str, object], path: Path) -> Iterator[tuple[str, str, object]]:
    """Each entry: its dotted key, the name, and the value as written."""
    for name, raw in document.items():
        if name not in _SUBJECTS:
            yield name, name, raw
            continue
        if not isinstance(raw, Mapping):
            raise Refused(
                tr("{table} is a table of facts here.", table=name), f"{path.name}, {name}"
            )
        for inner, value in raw.items():
            yield f"{name}.{inner}", str(inner), value


def _currency(document: Mapping[str, object]) -> str:
    payment = document.get("payment")
    inner = payment.get("currency") if isinstance(payment, Mapping) else None
    found = document.get("currency") or inner
    return found if isinstance(found, str) else ""


def _with_currency(catalogue: FactCatalogue, name: str, raw: object, currency: str) -> object:
    """A bare number with the file's currency behind it, where the fact is a sum."""
    definition: FactDefinition | None = catalogue.find(name)
    if definition is None or definition.kind is not FactKind.MONEY or not currency:
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return f"{raw} {currency}"
    if isinstance(raw, str) and raw.strip().replace(".", "", 1).isdigit():
        return f"{raw.strip()} {currency}"
    return raw


def _day(raw: object, where: str) -> dt.date:
    if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
        return raw
    try:
        return dt.date.fromisoformat(str(raw))
    except ValueError:
        what = tr("A date such as 2026-03-14 was expected.")
        raise Refused(what, where, close_match("", ())) from None
