"""The shelf of rules: every pack in force, grouped by who made it, and found by any word of it."""

from __future__ import annotations

import collections
import dataclasses
import enum
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from disputedesk.common.texts import language, mark, tr
from disputedesk.deadlines.rule import AllOf, AnyOf, Condition, FactTest, NotThat, Rule
from disputedesk.deadlines.words import Avenue, Layer
from disputedesk.desk import words
from disputedesk.desk.rule_words import country_name
from disputedesk.model.ids import RuleId
from disputedesk.packs.pack import Pack

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


class ShelfGroup(enum.StrEnum):
    """Where a pack stands on the shelf: who made its rules."""

    CARDS = "cards"
    WALLETS = "wallets"
    PLATFORMS = "platforms"
    BANKS = "banks"
    LAW = "law"
    OWN = "own"


_GROUPS: Final = {
    ShelfGroup.CARDS: mark("Card networks"),
    ShelfGroup.WALLETS: mark("Wallets and pay-later"),
    ShelfGroup.PLATFORMS: mark("Marketplaces and shops"),
    ShelfGroup.BANKS: mark("Banks and transfers"),
    ShelfGroup.LAW: mark("Law and authorities"),
    ShelfGroup.OWN: mark("Your own bank and your own rules"),
}
_BY_AVENUE: Final = {
    Avenue.CARD_CHARGEBACK: ShelfGroup.CARDS,
    Avenue.WALLET_CLAIM: ShelfGroup.WALLETS,
    Avenue.PLATFORM_DISPUTE: ShelfGroup.PLATFORMS,
    Avenue.PLATFORM_APPEAL: ShelfGroup.PLATFORMS,
    Avenue.PARCEL_PROTECTION: ShelfGroup.PLATFORMS,
    Avenue.BANK_CLAIM: ShelfGroup.BANKS,
}


@dataclasses.dataclass(frozen=True, slots=True)
class ShelfRule:
    """One rule on the shelf.

    Attributes:
        search: Everything it is found by, folded.
    """

    id: RuleId
    title: str
    second: str
    search: str


@dataclasses.dataclass(frozen=True, slots=True)
class ShelfPack:
    """One pack on the shelf."""

    id: str
    title: str
    edition: str
    group: ShelfGroup
    rules: tuple[ShelfRule, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class RefusedPack:
    """A pack that was left out: its file, the rule and key that are wrong, and why."""

    file: str
    rule: str
    key: str
    why: str


@dataclasses.dataclass(frozen=True, slots=True)
class Shelf:
    """Every pack in force, by group and title, and those that were refused."""

    packs: tuple[ShelfPack, ...]
    refused: tuple[RefusedPack, ...]

    @property
    def rule_count(self) -> int:
        """How many rules there are."""
        return sum(len(pack.rules) for pack in self.packs)


def folded(text: str) -> str:
    """The text as it is searched: without case, and with е for ё."""
    return text.casefold().replace("ё", "е")


def group_title(group: ShelfGroup) -> str:
    """The heading over a group of packs."""
    return tr(_GROUPS[group])


def shelf_of(desk: Desk) -> Shelf:
    """Every pack in force with its rules, and the refused ones."""
    library = desk.rulebook.library
    order = list(ShelfGroup)
    packs = [_shelf_pack(pack) for pack in library.packs]
    packs.sort(key=lambda pack: (order.index(pack.group), pack.title.casefold()))
    refused = tuple(
        RefusedPack(one.file.name, one.rule, one.key, one.why) for one in library.refused
    )
    return Shelf(tuple(packs), refused)


def _shelf_pack(pack: Pack) -> ShelfPack:
    title = tr(pack.title)
    return ShelfPack(
        pack.id,
        title,
        pack.edition,
        _group(pack),
        tuple(_shelf_rule(rule, f"{title} {pack.title} {pack.id}") for rule in pack.rules),
    )


def _group(pack: Pack) -> ShelfGroup:
    if pack.layer in {Layer.ISSUER, Layer.USER}:
        return ShelfGroup.OWN
    if pack.layer is Layer.LAW:
        return ShelfGroup.LAW
    avenues = collections.Counter(rule.avenue for rule in pack.rules)
    for avenue, _count in avenues.most_common():
        if avenue in _BY_AVENUE:
            return _BY_AVENUE[avenue]
    return ShelfGroup.CARDS if pack.layer is Layer.SCHEME else ShelfGroup.PLATFORMS


def _shelf_rule(rule: Rule, of_pack: str) -> ShelfRule:
    problems = [words.problem_text(problem) for problem in sorted(rule.problems)]
    avenue = words.avenue_title(rule.avenue)
    second = " · ".join(part for part in (avenue, rule.code, *problems[:2]) if part)
    said = [
        rule.id, rule.title, tr(rule.title), rule.summary, tr(rule.summary), rule.code, avenue,
        of_pack, *problems, *_countries(rule),
    ]  # fmt: skip
    return ShelfRule(rule.id, tr(rule.title), second, folded(" ".join(said)))


def _countries(rule: Rule) -> Iterator[str]:
    """The countries that a rule's conditions name: their codes and names."""
    for condition in (rule.pack_concerns, rule.concerns):
        for code in dict.fromkeys(_country_codes(condition)):
            yield code
            yield country_name(code, language())
            yield country_name(code, "en")


def _country_codes(condition: Condition | None) -> Iterator[str]:
    match condition:
        case FactTest() if condition.fact.endswith("_country"):
            yield from (value for value in condition.values if isinstance(value, str))
        case AllOf() | AnyOf():
            for part in condition.parts:
                yield from _country_codes(part)
        case NotThat():
            yield from _country_codes(condition.part)
        case _:
            return
