"""The library: every pack of some folders as one rule set, malformed ones left out and named."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from disputedesk.common import locations
from disputedesk.common.hashing import Sha256
from disputedesk.common.texts import tr
from disputedesk.deadlines.catalogue import FactCatalogue, close_match
from disputedesk.deadlines.rule import Rule
from disputedesk.deadlines.rule_set import RuleSet, helped_problems
from disputedesk.model.fact import FactDefinition
from disputedesk.packs import parsed
from disputedesk.packs.checked import Checked, Mark
from disputedesk.packs.contents import HEAD, MalformedRule
from disputedesk.packs.definitions import read_definitions
from disputedesk.packs.files import FACTS_FILE, PackFile, all_files, digest_of
from disputedesk.packs.pack import Pack, PackRefused, open_pack, read_pack
from disputedesk.packs.rules import OWN
from disputedesk.packs.tables import Malformed, Table

_log = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class PackLibrary:
    """Every pack that could be read, as one.

    Attributes:
        rules: The rules of all packs.
        packs: The packs, in the order of their folders and files.
        left_out: The packs that were left out when the library was made, and why.
        catalogue: The facts that rules may name.
        digest: Hash of all files' names and bytes: changes whenever an answer may.
        facts_digest: Hash of the file that defines the canonical facts.
    """

    rules: RuleSet
    packs: tuple[Pack, ...]
    left_out: tuple[PackRefused, ...]
    catalogue: FactCatalogue
    digest: Sha256
    facts_digest: Sha256

    @property
    def refused(self) -> tuple[PackRefused, ...]:
        """The packs that are not in force, and why."""
        late = (
            _refusal(pack.file, pack.contents.fault) for pack in self.packs if pack.contents.fault
        )
        return (*self.left_out, *late)

    def pack_of(self, rule_id: str) -> Pack | None:
        """The pack that a rule came with, or nothing."""
        rule = self.rules.find(rule_id)
        return next((pack for pack in self.packs if rule and pack.id == rule.pack), None)

    def find_pack(self, pack_id: str) -> Pack | None:
        """The pack of that id, or nothing."""
        return next((pack for pack in self.packs if pack.id == pack_id), None)


def load_library(
    folders: Sequence[Path] | None = None,
    *,
    cache: Path | None = None,
    instead: Mapping[str, bytes | None] | None = None,
) -> PackLibrary:
    """The rules of every pack in `folders`; what cannot be read is refused by name, the rest works.

    A pack in a later folder takes the place of one with the same id in an earlier folder: so a
    desk adopts a new edition. The same files give the same library object.

    Args:
        folders: Folders of packs, the shipped one first; `None` is the shipped one alone. The
            canonical facts come from the first folder that has a `facts.toml`, else the shipped.
        cache: Folder for parsed packs; `None` is the user's cache folder.
        instead: Bytes that count in the place of the last folder's files of these names, on trial;
            `None` leaves a file out.
    """
    return _assemble(
        tuple(all_files(folders, instead or {})), cache or locations.cache_folder() / "packs"
    )


@functools.lru_cache(maxsize=4)
def _assemble(files: tuple[PackFile, ...], cache: Path) -> PackLibrary:
    refused: list[PackRefused] = []
    catalogue = FactCatalogue(_canonical(files, cache, refused))
    facts = digest_of(file for file in files if file.path.name == FACTS_FILE)
    packs: dict[str, list[Pack]] = {}
    layers: dict[str, int] = {}
    for file in files:
        if file.path.name == FACTS_FILE:
            continue
        try:
            pack = _read(file, catalogue, facts, cache)
        except Malformed as error:
            refused.append(_refusal(file.path, error))
            continue
        if layers.get(pack.id) == file.layer:
            why = tr("Another pack of this folder has the same id.")
            refused.append(_refusal(file.path, Malformed("pack.id", why)))
            continue
        layers[pack.id] = file.layer
        packs.setdefault(pack.id, []).append(pack)
    kept = _without_clashes(packs.values(), refused)
    return PackLibrary(
        rules=RuleSet(groups=(pack.contents.group() for pack in kept)),
        packs=kept,
        left_out=tuple(refused),
        catalogue=_with_added(catalogue, kept),
        digest=digest_of(files),
        facts_digest=next(
            (file.digest for file in files if file.path.name == FACTS_FILE), Sha256("")
        ),
    )


def _read(file: PackFile, catalogue: FactCatalogue, facts: Sha256, cache: Path) -> Pack:
    """The pack of that file: by its head where the file is known to be right, else all of it.

    What somebody wrote for himself, and may change at any time, is always read whole.
    """
    mark = Mark(file.digest, facts, cache)
    known = None if file.trouble else mark.find()
    if known is not None:
        document = functools.partial(_document, file, cache)
        with contextlib.suppress(Malformed):
            pack = open_pack(known, file, catalogue, document)
            if pack.layer not in OWN:
                pack.contents.if_wrong = functools.partial(_forget, mark)
                return pack
    tree = _document(file, cache)
    pack = read_pack(tree, file, catalogue)
    if pack.layer not in OWN and isinstance(tree, dict):
        head = {key: tree[key] for key in HEAD if key in tree}
        mark.keep(Checked(head, helped_problems(pack.rules)))
    return pack


def _forget(mark: Mark) -> None:
    """Takes back a mark that was no true one, so that the next reading refuses the pack by name."""
    mark.remove()
    _assemble.cache_clear()


def _document(file: PackFile, cache: Path) -> object:
    if file.trouble:
        raise Malformed("", file.trouble)
    return parsed.parse_toml(file.data, file.digest, cache)


def _canonical(
    files: Iterable[PackFile], cache: Path, refused: list[PackRefused]
) -> tuple[FactDefinition, ...]:
    for file in files:
        if file.path.name == FACTS_FILE:
            try:
                root = Table(_document(file, cache), "")
                found = read_definitions(root.table("fact"))
                root.finish()
            except Malformed as error:
                refused.append(_refusal(file.path, error))
            else:
                return found
    return ()


def _refusal(path: Path, error: Malformed) -> PackRefused:
    rule = error.rule if isinstance(error, MalformedRule) else ""
    _log.info("rule pack %s refused: %s %s: %s", path.name, rule, error.key, error.why)
    return PackRefused(path, rule, error.key, error.why)


def _without_clashes(
    editions: Iterable[list[Pack]], refused: list[PackRefused]
) -> tuple[Pack, ...]:
    """The packs whose facts agree, whose rules are unique, and whose overridden rules exist.

    Of several editions of a pack the last one that can stand; where an adopted one cannot, the one
    before it goes on working.
    """
    kept: list[Pack] = []
    facts: dict[str, FactDefinition] = {}
    for packs in editions:
        for pack in reversed(packs):
            error = _clash(pack, kept, facts)
            if error is not None:
                refused.append(_refusal(pack.file, error))
                continue
            kept.append(pack)
            facts.update((definition.name, definition) for definition in pack.definitions)
            break
    return tuple(kept)


def _clash(pack: Pack, kept: Sequence[Pack], facts: dict[str, FactDefinition]) -> Malformed | None:
    for definition in pack.definitions:
        if facts.get(definition.name, definition) != definition:
            why = tr("Another pack means something else by the fact {name}.", name=definition.name)
            return Malformed(f"fact.{definition.name}", why)
    for rule in _that_may_clash(pack, kept):
        known = RuleSet(groups=(other.contents.group() for other in kept))
        if rule.id in known:
            why = tr("Another pack has a rule of this id.")
            return MalformedRule(rule.id, Malformed("id", why))
        if rule.overrides and rule.overrides not in known:
            hint = close_match(rule.overrides, [each.id for each in known])
            why = tr("There is no rule called {rule}.", rule=rule.overrides)
            return MalformedRule(rule.id, Malformed("overrides", f"{why} {hint}".strip()))
    return None


def _that_may_clash(pack: Pack, kept: Sequence[Pack]) -> Iterator[Rule]:
    """The rules of a pack that another pack has a say in.

    A rule's id begins with its pack's, so two packs can only have one of the same id where one
    pack's id continues the other's.
    """
    if pack.layer in OWN or any(
        pack.id.startswith(f"{other.id}.") or other.id.startswith(f"{pack.id}.")
        for other in kept
        if "." in pack.id or "." in other.id
    ):
        yield from pack.rules


def _with_added(catalogue: FactCatalogue, packs: Iterable[Pack]) -> FactCatalogue:
    return catalogue.with_added(definition for pack in packs for definition in pack.definitions)
