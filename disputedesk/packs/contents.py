"""What a pack says below its head: sources, rules, examples, each read when it is first needed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from disputedesk.common.texts import tr
from disputedesk.deadlines.rule import Rule
from disputedesk.deadlines.rule_set import RuleGroup
from disputedesk.deadlines.window import Source
from disputedesk.deadlines.words import Actor, Confidence, Stage
from disputedesk.packs.rules import Example, PackFrame, read_examples, read_rule
from disputedesk.packs.tables import Malformed, Table, confidence_of

HEAD: Final = ("pack", "fact")
"""The tables of a pack that its head is read from."""
_SHARED_LISTS: Final = ("applies", "forfeits", "consumes", "requires", "pauses", "checklist")
_SHARED: Final = ("margin", "effective_when", "confidence")
_MARGIN: Final = "margin"
_IN_RULE: Final = re.compile(r"rule\[\d+\]\.")
_URL: Final = re.compile(r"https?://\S+\Z")


class MalformedRule(Malformed):
    """What is wrong with one rule of a pack."""

    def __init__(self, rule: str, error: Malformed) -> None:
        super().__init__(_IN_RULE.sub("", error.key), error.why)
        self.rule = rule


class PackContents:
    """One pack's sources, rules and examples.

    They come from `document`, which is known to be right: it was read whole before. If it proves
    wrong all the same, the pack has no rules, and `fault` says why; no rule of it is ever used.

    Args:
        frame: What the rules take over from the pack; the sources are still to be read.
        checked_on: When its sources were last checked, where they do not say so themselves.
        document: Gives the parsed TOML document once more.
        helps: How many rules help with which problem, where that is known already.

    Attributes:
        fault: What proved wrong, if anything did.
        if_wrong: Called when something does.
    """

    __slots__ = (
        "_checked_on", "_document", "_examples", "_frame", "_helps", "_rules", "_sources", "fault",
        "if_wrong",
    )  # fmt: skip

    def __init__(
        self,
        frame: PackFrame,
        checked_on: dt.date,
        document: Callable[[], object],
        helps: Mapping[str, int] | None = None,
    ) -> None:
        self.fault: Malformed | None = None
        self.if_wrong: Callable[[], object] = _nothing
        self._frame = frame
        self._checked_on = checked_on
        self._document = document
        self._helps = helps
        self._sources: tuple[Source, ...] = ()
        self._rules: tuple[Rule, ...] | None = None
        self._examples: tuple[Example, ...] | None = None

    def read_whole(self, root: Table) -> None:
        """Reads everything at once.

        Raises:
            Malformed: Something is wrong; names the key, and a `MalformedRule` the rule.
        """
        self._read_rules(root, with_examples=True)

    def group(self) -> RuleGroup:
        """The rules behind their gate, as the engine takes them."""
        name, gate = self._frame.id, self._frame.concerns
        if self._rules is not None:
            return RuleGroup(name, gate, self._rules)
        return RuleGroup(name, gate, read=lambda: self.rules, helps=self._helps)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every text the pack cites."""
        return self._sources if self.rules else ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules, in the order of the file."""
        if self._rules is None:
            try:
                self._read_rules(Table(self._document(), ""), with_examples=False)
            except Malformed as error:
                self._refuse(error)
        return self._rules or ()

    @property
    def examples(self) -> tuple[Example, ...]:
        """The worked examples, rule by rule."""
        if self.rules and self._examples is None:
            try:
                self._examples = self._worked(Table(self._document(), ""))
            except Malformed as error:
                self._refuse(error)
        return self._examples or ()

    def _refuse(self, error: Malformed) -> None:
        self.fault, self._rules, self._examples = error, (), ()
        self.if_wrong()

    def _read_rules(self, root: Table, *, with_examples: bool) -> None:
        sources = _read_sources(root.table("source"), self._checked_on)
        frame = dataclasses.replace(self._frame, sources=sources, requirements={})
        rules: dict[str, Rule] = {}
        examples: list[Example] = []
        common = _read_common(root.table("common"))
        for written in root.tables("rule"):
            table = _with_common(written, common)
            name = str(table.raw("id") or table.path)
            try:
                rule, worked = read_rule(table, frame, with_examples=with_examples)
                if rule.id in rules:
                    raise table.wrong("id", tr("Another rule of this pack has the same id."))
            except Malformed as error:
                raise MalformedRule(name, error) from error
            rules[rule.id] = rule
            examples.extend(worked)
        if not rules:
            raise root.missing("rule")
        root.finish(*HEAD)
        self._sources = tuple(sources.values())
        self._examples = tuple(examples) if with_examples else None
        self._rules = tuple(rules.values())

    def _worked(self, root: Table) -> tuple[Example, ...]:
        found: list[Example] = []
        for rule, table in zip(self.rules, root.tables("rule"), strict=True):
            try:
                found.extend(read_examples(table, rule.id, self._frame))
            except Malformed as error:
                raise MalformedRule(rule.id, error) from error
        return tuple(found)


def _nothing() -> None:
    """Nobody wants to know."""


def _read_sources(table: Table | None, checked_on: dt.date) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for key in table.names if table is not None else ():
        part = Table(table.raw(key) if table else None, f"source.{key}")
        url = part.text_or_empty("url")
        if url and not _URL.match(url):
            raise part.wrong("url", tr("An address that begins with https:// was expected."))
        found[key] = Source(
            key=key,
            title=part.text("title"),
            url=url,
            edition=part.text_or_empty("edition"),
            confidence=confidence_of(part, Confidence.MEDIUM),
            checked_on=part.date("checked_on") or checked_on,
            kind=part.text_or_empty("kind"),
        )
        part.finish()
    return found


def _read_common(table: Table | None) -> Mapping[str, object]:
    """What the pack says once for its rules; the values are checked with each rule."""
    if table is None:
        return {}
    found = {key: table.list(key) for key in _SHARED_LISTS if key in table}
    scalars = {key: table.raw(key) for key in _SHARED if key in table}
    table.finish(*_SHARED_LISTS, *_SHARED)
    return {**found, **scalars}


def _with_common(table: Table, common: Mapping[str, object]) -> Table:
    """The rule's table with the pack's common keys in it; `common = false` keeps a rule out."""
    takes_part = table.flag("common") if "common" in table else True
    if not takes_part:
        return table
    for key in _SHARED_LISTS:
        table.list(key)
    written = {key: table.raw(key) for key in table.names if key != "common"}
    return Table(with_common(written, common), table.path)


def with_common(written: Mapping[str, Any], common: Mapping[str, Any]) -> dict[str, Any]:
    """What a rule says, as written, with what its pack says once for all its rules.

    Single values are defaults; a margin is only the buyer's, for nobody else's clock is met by
    acting before it. Lists come before the rule's own, and only where the buyer files first.
    """
    values = dict(written)
    is_buyers = values.get("actor", Actor.BUYER) == Actor.BUYER
    files_first = is_buyers and values.get("stage", Stage.FIRST_FILING) == Stage.FIRST_FILING
    for key, value in common.items():
        if key in _SHARED_LISTS:
            if files_first:
                values[key] = [*value, *values.get(key, ())]
        elif is_buyers or key != _MARGIN:
            values.setdefault(key, value)
    return values
