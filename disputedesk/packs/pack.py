"""Packs: one TOML file of rules, its edition and sources, and what was wrong with those refused."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from disputedesk.common.hashing import Sha256
from disputedesk.common.texts import tr
from disputedesk.deadlines.catalogue import FactCatalogue
from disputedesk.deadlines.rule import Rule
from disputedesk.deadlines.window import Source
from disputedesk.deadlines.words import Actor, Confidence, Layer, Stage
from disputedesk.model.fact import FactDefinition
from disputedesk.packs.conditions import read_condition
from disputedesk.packs.definitions import read_definitions
from disputedesk.packs.rules import Example, PackFrame, read_rule
from disputedesk.packs.tables import Malformed, Table, confidence_of

_ID: Final = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*\Z")
_SHARED_LISTS: Final = ("applies", "forfeits", "consumes", "requires", "pauses", "checklist")
_SHARED: Final = ("margin", "effective_when", "confidence")
_MARGIN: Final = "margin"
_IN_RULE: Final = re.compile(r"rule\[\d+\]\.")
_URL: Final = re.compile(r"https?://\S+\Z")


@dataclasses.dataclass(frozen=True, slots=True)
class Pack:
    """One rule pack.

    Attributes:
        checked_on: The day its texts were last compared with their sources.
        layer: Who made its rules.
        changelog: What changed, newest first, a sentence each.
        sources: Every text it cites.
        digest: Hash of the file's bytes.
        definitions: Facts it adds to the canonical ones.
    """

    id: str
    title: str
    edition: str
    checked_on: dt.date
    layer: Layer
    file: Path
    digest: Sha256
    changelog: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    rules: tuple[Rule, ...] = ()
    examples: tuple[Example, ...] = ()
    definitions: tuple[FactDefinition, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class PackRefused:
    """A pack that was not taken.

    Attributes:
        file: Its file.
        rule: The rule that is wrong; empty where it is none of them.
        key: The key that is wrong, dotted; empty where the file cannot be read at all.
        why: What is wrong and what was expected, in whole sentences.
    """

    file: Path
    rule: str
    key: str
    why: str

    def __str__(self) -> str:
        """All of it on one line, for a terminal."""
        place = ", ".join(part for part in (self.file.name, self.rule, self.key) if part)
        return f"{place}: {self.why}"


class MalformedRule(Malformed):
    """What is wrong with one rule of a pack."""

    def __init__(self, rule: str, error: Malformed) -> None:
        super().__init__(_IN_RULE.sub("", error.key), error.why)
        self.rule = rule


def read_pack(document: object, file: Path, digest: Sha256, catalogue: FactCatalogue) -> Pack:
    """The pack of a parsed TOML document.

    Args:
        document: What the TOML reader gave.
        file: Where it came from.
        digest: Hash of its bytes.
        catalogue: The canonical facts; those that the pack defines are added for its own rules.

    Raises:
        Malformed: Something is wrong; names the key, and a `MalformedRule` the rule.
    """
    root = Table(document, "")
    head = root.table("pack")
    if head is None:
        raise root.missing("pack")
    definitions = read_definitions(root.table("fact"), catalogue)
    everything = FactCatalogue([*catalogue, *definitions]) if definitions else catalogue
    pack_id = head.text("id")
    if not _ID.match(pack_id):
        raise head.wrong("id", tr("A pack's id has small letters, digits and underscores only."))
    checked_on = head.day("checked_on")
    sources = _read_sources(root.table("source"), checked_on)
    concerns = read_condition(head.table("concerns"), everything)
    frame = PackFrame(pack_id, head.word("layer", Layer), concerns, sources, everything)
    rules, examples = _read_rules(root, frame)
    pack = Pack(
        id=pack_id,
        title=head.text("title"),
        edition=head.text("edition"),
        checked_on=checked_on,
        layer=frame.layer,
        file=file,
        digest=digest,
        changelog=head.texts("changelog"),
        sources=tuple(sources.values()),
        rules=rules,
        examples=examples,
        definitions=definitions,
    )
    head.finish()
    root.finish()
    return pack


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


def _read_rules(root: Table, frame: PackFrame) -> tuple[tuple[Rule, ...], tuple[Example, ...]]:
    rules: dict[str, Rule] = {}
    examples: list[Example] = []
    common = _read_common(root.table("common"))
    for written in root.tables("rule"):
        table = _with_common(written, common)
        name = str(table.raw("id") or table.path)
        try:
            rule, worked = read_rule(table, frame)
            if rule.id in rules:
                raise table.wrong("id", tr("Another rule of this pack has the same id."))
        except Malformed as error:
            raise MalformedRule(name, error) from error
        rules[rule.id] = rule
        examples.extend(worked)
    if not rules:
        raise root.missing("rule")
    return tuple(rules.values()), tuple(examples)


def _read_common(table: Table | None) -> Mapping[str, object]:
    """What the pack says once for its rules; the values are checked with each rule."""
    if table is None:
        return {}
    found = {key: table.list(key) for key in _SHARED_LISTS if key in table}
    scalars = {key: table.raw(key) for key in _SHARED if key in table}
    table.finish(*_SHARED_LISTS, *_SHARED)
    return {**found, **scalars}


def _with_common(table: Table, common: Mapping[str, object]) -> Table:
    """The rule's table with the pack's common keys in it.

    Single values are defaults; a margin is only the buyer's, for nobody else's clock is met by
    acting before it. Lists come before the rule's own, and only where the buyer files first;
    `common = false` keeps a rule out.
    """
    takes_part = table.flag("common") if "common" in table else True
    if not takes_part:
        return table
    values = {key: table.raw(key) for key in table.names if key != "common"}
    is_buyers = values.get("actor", Actor.BUYER) == Actor.BUYER
    files_first = is_buyers and values.get("stage", Stage.FIRST_FILING) == Stage.FIRST_FILING
    for key, value in common.items():
        if key in _SHARED:
            if is_buyers or key != _MARGIN:
                values.setdefault(key, value)
        elif files_first and isinstance(value, tuple):
            values[key] = [*value, *table.list(key)]
    return Table(values, table.path)
