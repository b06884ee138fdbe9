"""FACT=VALUE words of the command line as facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.desk.operations import orders as operations
from disputedesk.model.fact import FactValue
from disputedesk.model.ids import FactName

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


def pairs_of(words_given: list[str]) -> list[tuple[str, str]]:
    """FACT=VALUE words as names and texts.

    Raises:
        Refused: A word has no equals sign.
    """
    pairs = []
    for word in words_given:
        name, mark, text = word.partition("=")
        if not mark:
            raise Refused(
                tr("{text} is not FACT=VALUE.", text=repr(word)),
                "",
                tr("Write for example delivered_on=2026-03-14."),
            )
        pairs.append((name, text))
    return pairs


def facts_of(desk: Desk, given: list[str]) -> Mapping[FactName, FactValue | None]:
    """FACT=VALUE words as facts; an empty value takes the fact away."""
    return {
        FactName(name): operations.parse_fact(desk, FactName(name), text) if text else None
        for name, text in pairs_of(given)
    }


def known_facts_of(desk: Desk, pairs: list[str]) -> dict[FactName, FactValue]:
    """FACT=VALUE words as facts; those without a value are left out."""
    return {name: value for name, value in facts_of(desk, pairs).items() if value is not None}
