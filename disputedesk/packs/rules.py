"""One `[[rule]]` of a pack into a frozen rule, and its worked examples."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.deadlines.catalogue import FactCatalogue
from disputedesk.deadlines.rule import (
    NO_FACT,
    Condition,
    Consequence,
    Period,
    Requirement,
    Rule,
    Unit,
    Validity,
)
from disputedesk.deadlines.window import ChecklistItem, Source
from disputedesk.deadlines.words import (
    Actor,
    Avenue,
    Confidence,
    EffectiveWhen,
    Layer,
    Stage,
    Status,
)
from disputedesk.model.fact import Facts, FactValue
from disputedesk.model.ids import FactName, RuleId
from disputedesk.model.problem import Problem
from disputedesk.packs.conditions import need_condition, read_condition
from disputedesk.packs.expressions import ExpressionReader, read_citations, read_period
from disputedesk.packs.tables import Malformed, Table, date_fact, not_among, typed_value

_ID: Final = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+\Z")
OWN: Final = frozenset({Layer.ISSUER, Layer.USER})
NO_WINDOW: Final = "none"
"""The status that an example expects where the rule gives no window."""


@dataclasses.dataclass(frozen=True, slots=True)
class Expectation:
    """What a worked example promises; `checked` names the keys it speaks of."""

    checked: frozenset[str]
    status: str = ""
    opens: dt.date | None = None
    closes: dt.date | None = None
    file_by: dt.date | None = None
    arguable_until: dt.date | None = None
    reason: str = ""
    because: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Example:
    """A worked example of one rule."""

    rule: RuleId
    title: str
    today: dt.date
    facts: Facts
    expect: Expectation


@dataclasses.dataclass(frozen=True, slots=True)
class PackFrame:
    """What a rule takes over from its pack.

    Attributes:
        requirements: Conditions of eligibility already read, by the identity of their tables: a
            pack's common ones stand in many rules.
    """

    id: str
    layer: Layer
    concerns: Condition | None
    sources: Mapping[str, Source]
    catalogue: FactCatalogue
    requirements: dict[int, Requirement] = dataclasses.field(default_factory=dict)


def read_rule(
    table: Table, frame: PackFrame, *, with_examples: bool
) -> tuple[Rule, tuple[Example, ...]]:
    """The rule of that table, and its examples.

    Args:
        table: The rule as it was written, with what it shares with others in it.
        frame: What it takes over from its pack.
        with_examples: Whether its examples are read too; without, none are given.

    Raises:
        Malformed: Something about it is wrong; names the key.
    """
    rule_id = _rule_id(table, frame)
    waits = ExpressionReader(frame.catalogue, frame.sources, waits=True)
    ends = ExpressionReader(frame.catalogue, frame.sources, waits=False)
    opens, closes, arguable = (table.table(key) for key in ("opens", "closes", "arguable"))
    rule = Rule(
        id=rule_id,
        pack=frame.id,
        title=table.text("title"),
        avenue=table.word("avenue", Avenue),
        layer=frame.layer,
        sources=_sources(table, frame),
        stage=table.word("stage", Stage, Stage.FIRST_FILING),
        actor=table.word("actor", Actor, Actor.BUYER),
        code=table.text_or_empty("code"),
        summary=table.text("summary"),
        problems=frozenset(
            table.one_of("problems", word, Problem) for word in table.texts("problems")
        ),
        effective_when=table.word("effective_when", EffectiveWhen, EffectiveWhen.FILED),
        confidence=table.word("confidence", Confidence, Confidence.HIGH),
        pack_concerns=frame.concerns,
        concerns=read_condition(table.table("concerns"), frame.catalogue),
        applies=tuple(_requirement(part, frame) for part in table.tables("applies")),
        valid=_validity(table.table("valid"), frame),
        opens=waits.read(opens) if opens else None,
        closes=ends.read(closes) if closes else None,
        arguable=ends.read(arguable) if arguable else None,
        margin=_margin(table.table("margin")),
        forfeits=_consequences(table, "forfeits", frame),
        consumes=_consequences(table, "consumes", frame),
        requires=_consequences(table, "requires", frame),
        pauses=_consequences(table, "pauses", frame),
        checklist=tuple(_item(part, frame) for part in table.tables("checklist")),
        overrides=RuleId(table.text_or_empty("overrides")),
        looser_on_purpose=table.flag("looser_on_purpose"),
        filing_tells=_filing_fact(table, frame),
    )
    _check_override(table, rule)
    examples = read_examples(table, rule_id, frame) if with_examples else ()
    if not table.list("example") and frame.layer not in OWN:
        raise table.wrong("example", tr("A rule needs at least one worked example."))
    table.finish()
    return rule, examples


def read_examples(table: Table, rule: RuleId, frame: PackFrame) -> tuple[Example, ...]:
    """The worked examples of the rule of that table.

    Raises:
        Malformed: Something about one is wrong; names the key.
    """
    return tuple(_example(part, rule, frame) for part in table.tables("example"))


def _filing_fact(table: Table, frame: PackFrame) -> FactName:
    name = table.text_or_empty("filing_tells")
    if not name:
        return NO_FACT
    return date_fact(frame.catalogue, name, table.at("filing_tells"))


def _rule_id(table: Table, frame: PackFrame) -> RuleId:
    rule_id = table.text("id")
    if not _ID.match(rule_id):
        why = tr("A rule's id has small letters, digits, underscores and at least one dot.")
        raise table.wrong("id", why)
    if not rule_id.startswith(f"{frame.id}."):
        why = tr("The ids of this pack's rules begin with {prefix}.", prefix=f"“{frame.id}.”")
        raise table.wrong("id", why)
    return RuleId(rule_id)


def _sources(table: Table, frame: PackFrame) -> tuple[Source, ...]:
    sources = read_citations(table, frame.sources)
    if not sources:
        raise table.wrong("sources", tr("A rule needs at least one source."))
    return sources


def _requirement(table: Table, frame: PackFrame) -> Requirement:
    known = frame.requirements.get(table.identity)
    if known is not None:
        return known
    found = Requirement(need_condition(table, "when", frame.catalogue), table.text("otherwise"))
    table.finish()
    frame.requirements[table.identity] = found
    return found


def _validity(table: Table | None, frame: PackFrame) -> Validity | None:
    if table is None:
        return None
    by = date_fact(frame.catalogue, table.text("by"), table.at("by"))
    found = Validity(by, table.date("from"), table.date("until"))
    table.finish()
    if found.first and found.last and found.first > found.last:
        raise table.wrong("until", tr("A rule cannot end before it begins."))
    return found


def _margin(table: Table | None) -> Period | None:
    if table is None:
        return None
    period = read_period(table)
    if period.unit not in {Unit.DAYS, Unit.BUSINESS_DAYS}:
        raise Malformed(table.path, tr("A margin is given in days or business_days."))
    if period.unit is Unit.BUSINESS_DAYS and not period.calendar:
        raise table.missing("calendar")
    table.finish("days", "business_days")
    return period


def _consequences(table: Table, key: str, frame: PackFrame) -> tuple[Consequence, ...]:
    found = []
    for part in table.tables(key):
        avenue = part.text_or_empty("avenue")
        if avenue:
            part.one_of("avenue", avenue, Avenue)
        fact = part.fact("fact", frame.catalogue).name if "fact" in part else NO_FACT
        when = read_condition(part.table("when"), frame.catalogue)
        found.append(Consequence(avenue, part.text("text"), fact, when))
        part.finish("fact", "when")
    return tuple(found)


def _item(table: Table, frame: PackFrame) -> ChecklistItem:
    fact = table.fact("fact", frame.catalogue).name if "fact" in table else NO_FACT
    item = ChecklistItem(
        table.text("text"), table.flag("must"), fact, table.text_or_empty("exhibit")
    )
    table.finish("fact")
    return item


def _check_override(table: Table, rule: Rule) -> None:
    if rule.overrides and rule.layer not in OWN:
        why = tr("Only a pack of layer issuer or user can override a rule.")
        raise table.wrong("overrides", why)
    if rule.looser_on_purpose and not rule.overrides:
        why = tr("A rule is looser on purpose only than the rule it overrides.")
        raise table.wrong("looser_on_purpose", why)


def _example(table: Table, rule: RuleId, frame: PackFrame) -> Example:
    facts = table.table("facts")
    expect = table.table("expect")
    if expect is None:
        raise table.missing("expect")
    example = Example(
        rule,
        table.text("title"),
        table.day("today"),
        Facts(_facts(facts, frame.catalogue) if facts else {}),
        _expectation(expect, frame.catalogue),
    )
    table.finish()
    return example


def _facts(table: Table, catalogue: FactCatalogue) -> dict[str, FactValue]:
    values = {}
    for name in table.names:
        try:
            values[name] = typed_value(catalogue, name, table.raw(name))
        except Refused as error:
            raise table.wrong(name, f"{error.what} {error.remedy}".strip()) from error
    return values


def _expectation(table: Table, catalogue: FactCatalogue) -> Expectation:
    status = table.text_or_empty("status")
    allowed = [*(word.value for word in Status), NO_WINDOW]
    if status and status not in allowed:
        raise table.wrong("status", not_among(status, allowed))
    missing = table.texts("missing")
    for name in missing:
        if name not in catalogue:
            raise table.wrong("missing", tr("There is no fact called {name}.", name=name))
    found = Expectation(
        checked=frozenset(table.names),
        status=status,
        opens=table.date("opens"),
        closes=table.date("closes"),
        file_by=table.date("file_by"),
        arguable_until=table.date("arguable_until"),
        reason=table.text_or_empty("reason"),
        because=table.texts("because"),
        missing=missing,
    )
    table.finish()
    if not found.checked:
        raise Malformed(table.path, tr("An example has to expect something."))
    return found
