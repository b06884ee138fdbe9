"""The names a form may use: what each means, and how a person is asked for it.

Canonical facts are defined once, in `resources/packs/facts.toml`; what only letters need stands in
`forms/fields.toml`, in the same shape. Composed names (the sender's name, the list of items) are
made by `papers.values` and have their question there too.
"""

from __future__ import annotations

import functools
import tomllib
from typing import Any, Final

from disputedesk.common import locations
from disputedesk.common.texts import tr
from disputedesk.model.fact import FactDefinition, FactKind, FactSubject
from disputedesk.model.ids import FactName

LIST_NAMES: Final = ("attempts", "counterclaims", "credits", "payments", "filings", "steps")
"""What a body may go through row by row."""

CONTROL_NAMES: Final = frozenset({"reason", "ex", "language", *LIST_NAMES})
"""Names a body may use that are no fields: the reason's id, the citation, the lists."""


@functools.cache
def letter_facts() -> tuple[FactDefinition, ...]:
    """The facts only letters need, by definition in `forms/fields.toml`, in its order."""
    return tuple(_definition(name, entry) for name, entry in _fields()["fact"].items())


@functools.cache
def field_names() -> frozenset[str]:
    """Every name a form may ask for or print."""
    return frozenset({*_canonical(), *_fields()["fact"], *_fields()["composed"]})


def question(name: str) -> str:
    """How a person is asked for `name`, in the language in force."""
    fields = _fields()
    entry = fields["composed"].get(name) or fields["fact"].get(name) or _canonical().get(name, {})
    return tr(str(entry.get("question", ""))) if entry.get("question") else name


def fact_phrased(phrase: str) -> str:
    """The fact whose day a trace in English calls `phrase`; empty when none does."""
    return _phrases().get(phrase, "")


def is_long(name: str) -> bool:
    """Whether a field may hold a whole story, so that the longer limit holds for it."""
    return name in _fields()["composed"] and bool(_fields()["composed"][name].get("long", False))


def says_nothing(name: str, value: object) -> bool:
    """Whether `value` answers nothing: a flag that tells something only when it is set, unset."""
    return value is False and bool(_fields()["fact"].get(name, {}).get("only_yes", False))


@functools.cache
def _fields() -> dict[str, dict[str, dict[str, Any]]]:
    path = locations.forms() / "fields.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@functools.cache
def _canonical() -> dict[str, dict[str, Any]]:
    path = locations.resources("packs", "facts.toml")
    facts: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["fact"]
    return facts


@functools.cache
def _phrases() -> dict[str, str]:
    return {entry["phrase"]: name for name, entry in _canonical().items() if "phrase" in entry}


def _definition(name: str, entry: dict[str, Any]) -> FactDefinition:
    return FactDefinition(
        name=FactName(name),
        subject=FactSubject(entry["subject"]),
        kind=FactKind(entry["kind"]),
        text=entry["text"],
        question=entry["question"],
        phrase=entry.get("phrase", ""),
        ahead=bool(entry.get("ahead", False)),
    )
