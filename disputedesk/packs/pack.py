"""Packs: one TOML file of rules, its edition and sources, and what was wrong with those refused."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from disputedesk.common.hashing import Sha256
from disputedesk.common.texts import tr
from disputedesk.deadlines.catalogue import FactCatalogue
from disputedesk.deadlines.rule import Rule
from disputedesk.deadlines.window import Source
from disputedesk.deadlines.words import Layer
from disputedesk.model.fact import FactDefinition
from disputedesk.packs.checked import Checked
from disputedesk.packs.conditions import read_condition
from disputedesk.packs.contents import PackContents
from disputedesk.packs.definitions import read_definitions
from disputedesk.packs.files import PackFile
from disputedesk.packs.rules import Example, PackFrame
from disputedesk.packs.tables import Table

_ID: Final = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*\Z")


@dataclasses.dataclass(frozen=True, slots=True)
class Pack:
    """One rule pack.

    Attributes:
        checked_on: The day its texts were last compared with their sources.
        layer: Who made its rules.
        changelog: What changed, newest first, a sentence each.
        digest: Hash of the file's bytes.
        definitions: Facts it adds to the canonical ones.
        contents: All the rest, read when it is asked for.
    """

    id: str
    title: str
    edition: str
    checked_on: dt.date
    layer: Layer
    file: Path
    digest: Sha256
    changelog: tuple[str, ...]
    definitions: tuple[FactDefinition, ...]
    contents: PackContents = dataclasses.field(repr=False, compare=False)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every text it cites."""
        return self.contents.sources

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Its rules, in the order of the file."""
        return self.contents.rules

    @property
    def examples(self) -> tuple[Example, ...]:
        """The worked examples of its rules."""
        return self.contents.examples


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


def read_pack(document: object, file: PackFile, catalogue: FactCatalogue) -> Pack:
    """The pack of a parsed TOML document, all of it read and found right.

    Args:
        document: What the TOML reader gave.
        file: Where it came from.
        catalogue: The canonical facts; those that the pack defines are added for its own rules.

    Raises:
        Malformed: Something is wrong; names the key, and a `MalformedRule` the rule.
    """
    root = Table(document, "")
    pack = _read_head(root, file, catalogue, lambda: document)
    pack.contents.read_whole(root)
    return pack


def open_pack(
    known: Checked, file: PackFile, catalogue: FactCatalogue, document: Callable[[], object]
) -> Pack:
    """The pack of a document that was read whole before: its head, and the rest when it is needed.

    Args:
        known: What was noted then.
        file: Where it came from.
        catalogue: The canonical facts.
        document: Gives the whole document.

    Raises:
        Malformed: Something about the head is wrong.
    """
    return _read_head(Table(known.head, ""), file, catalogue, document, known.helps)


def _read_head(
    root: Table,
    file: PackFile,
    catalogue: FactCatalogue,
    document: Callable[[], object],
    helps: Mapping[str, int] | None = None,
) -> Pack:
    head = root.table("pack")
    if head is None:
        raise root.missing("pack")
    definitions = read_definitions(root.table("fact"), catalogue)
    everything = catalogue.with_added(definitions)
    pack_id = head.text("id")
    if not _ID.match(pack_id):
        raise head.wrong("id", tr("A pack's id has small letters, digits and underscores only."))
    checked_on = head.day("checked_on")
    concerns = read_condition(head.table("concerns"), everything)
    frame = PackFrame(pack_id, head.word("layer", Layer), concerns, {}, everything)
    pack = Pack(
        id=pack_id,
        title=head.text("title"),
        edition=head.text("edition"),
        checked_on=checked_on,
        layer=frame.layer,
        file=file.path,
        digest=file.digest,
        changelog=head.texts("changelog"),
        definitions=definitions,
        contents=PackContents(frame, checked_on, document, helps),
    )
    head.finish()
    return pack
