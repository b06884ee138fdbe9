"""The packs in plain words, with their sources, and their own worked examples."""

from __future__ import annotations

import dataclasses
import datetime as dt

from disputedesk.common import locations
from disputedesk.common.errors import NotFound
from disputedesk.common.texts import tr
from disputedesk.deadlines.window import Source
from disputedesk.desk.rule_parts import parts_of_rule
from disputedesk.desk.rulebook import Rulebook
from disputedesk.model.ids import RuleId
from disputedesk.packs.examples import ExampleResult
from disputedesk.packs.examples import run_examples as run_pack_examples
from disputedesk.packs.pack import Pack


@dataclasses.dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in a list."""

    id: RuleId
    title: str


@dataclasses.dataclass(frozen=True, slots=True)
class PackView:
    """One pack and its rules.

    Attributes:
        own_file: Its file in the desk's own folder; empty for a pack that was shipped.
        newer: The shipped edition, where that was checked later than the desk's own; else empty.
    """

    id: str
    title: str
    edition: str
    layer: str
    checked_on: dt.date
    changelog: tuple[str, ...]
    rules: tuple[RuleLine, ...]
    own_file: str = ""
    newer: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class RulePart:
    """One thing a rule says, in words."""

    name: str
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class RuleView:
    """One rule in words."""

    id: RuleId
    title: str
    avenue: str
    stage: str
    actor: str
    summary: str
    sources: tuple[Source, ...]
    parts: tuple[RulePart, ...] = ()


def pack_list(rulebook: Rulebook | None = None) -> tuple[PackView, ...]:
    """All packs in force, each with its rules."""
    book = rulebook or Rulebook.read()
    shipped = Rulebook.read().library
    home = locations.resources("packs")
    return tuple(
        PackView(
            pack.id,
            pack.title,
            pack.edition,
            str(pack.layer),
            pack.checked_on,
            pack.changelog,
            tuple(RuleLine(rule.id, rule.title) for rule in pack.rules),
            "" if pack.file.parent == home else str(pack.file),
            _newer(shipped.find_pack(pack.id), pack),
        )
        for pack in book.library.packs
    )


def _newer(shipped: Pack | None, pack: Pack) -> str:
    later = shipped is not None and shipped.checked_on > pack.checked_on
    return shipped.edition if shipped is not None and later else ""


def refused_packs(rulebook: Rulebook | None = None) -> tuple[str, ...]:
    """Why packs were refused, one sentence each."""
    book = rulebook or Rulebook.read()
    return tuple(str(refusal) for refusal in book.library.refused)


def rule_words(rule_id: str, rulebook: Rulebook | None = None) -> RuleView:
    """One rule in words.

    Raises:
        NotFound: There is no such rule.
    """
    book = rulebook or Rulebook.read()
    rule = book.rules.get(RuleId(rule_id))
    return RuleView(
        rule.id,
        tr(rule.title),
        str(rule.avenue),
        str(rule.stage),
        str(rule.actor),
        tr(rule.summary),
        rule.sources,
        tuple(
            RulePart(name, text)
            for name, text in parts_of_rule(rule, book.catalogue).items()
            if text and name not in {tr("Title"), tr("Summary"), tr("Sources")}
        ),
    )


def run_examples(
    pack_id: str | None = None, rulebook: Rulebook | None = None
) -> tuple[ExampleResult, ...]:
    """The worked examples of one pack or of all.

    Raises:
        NotFound: There is no pack of that id.
    """
    book = rulebook or Rulebook.read()
    if pack_id is not None and pack_id not in {pack.id for pack in book.library.packs}:
        names = ", ".join(pack.id for pack in book.library.packs)
        raise NotFound(
            tr("There is no pack named {name}.", name=pack_id),
            "",
            tr("Packs are: {names}.", names=names),
        )
    return run_pack_examples(book.library, pack_id, calendars=book.calendars)
