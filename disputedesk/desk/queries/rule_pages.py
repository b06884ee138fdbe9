"""The rules as they are read: all packs on a shelf, grouped and searchable, and one rule whole."""

from __future__ import annotations

import collections
import dataclasses
import enum
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from disputedesk.common.texts import day_text, language, mark, tr
from disputedesk.deadlines.rule import (
    AllOf,
    AnyOf,
    Condition,
    Consequence,
    Expression,
    FactTest,
    NotThat,
    Rule,
    Validity,
)
from disputedesk.deadlines.steps import length_text
from disputedesk.deadlines.window import Source
from disputedesk.deadlines.wording import words_of_rule
from disputedesk.deadlines.words import Avenue, EffectiveWhen, Layer, Stage, Status
from disputedesk.desk import words
from disputedesk.desk.facts import fact_label
from disputedesk.desk.rule_words import CountLine, RuleTeller, country_name, value_text
from disputedesk.desk.rulebook import Rulebook
from disputedesk.model.ids import FactName, RuleId
from disputedesk.packs.pack import Pack
from disputedesk.packs.rules import NO_WINDOW, Example

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
_STAGES: Final = {
    Stage.FIRST_FILING: mark("first filing"),
    Stage.ESCALATION: mark("the next instance"),
    Stage.RESPONSE: mark("an answer"),
    Stage.RETURN_GOODS: mark("sending the goods back"),
    Stage.APPEAL: mark("an appeal"),
    Stage.PRE_ARBITRATION: mark("pre-arbitration"),
    Stage.ARBITRATION: mark("arbitration"),
}
_EFFECTIVE: Final = {
    EffectiveWhen.SENT: mark("It is in time when it is sent by the last day."),
    EffectiveWhen.RECEIVED: mark("It is in time when it has arrived by the last day."),
    EffectiveWhen.FILED: mark("It is in time when it is filed by the last day."),
    EffectiveWhen.NOTIFIED: mark(
        "It is in time when the other side has been told by the last day."
    ),
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


@dataclasses.dataclass(frozen=True, slots=True)
class PagePart:
    """One heading of a rule's page with its lines."""

    title: str
    lines: tuple[CountLine, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class RulePage:
    """One rule whole, in the language in force.

    Attributes:
        head: Who acts, on which avenue, at which stage, in one line.
        doubtful: Whether its figures are only a doubtful reading.
    """

    id: RuleId
    title: str
    head: str
    summary: str
    pack: str
    doubtful: bool
    parts: tuple[PagePart, ...]
    sources: tuple[Source, ...]


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


# -- one rule ------------------------------------------------------------------------------------


def rule_page(desk: Desk, rule_id: RuleId) -> RulePage:
    """One rule whole.

    Raises:
        NotFound: There is no such rule.
    """
    book = desk.rulebook
    rule = book.rules.get(rule_id)
    pack = book.library.pack_of(rule_id)
    told = words_of_rule(rule)
    teller = RuleTeller(book.catalogue)
    parts = [
        _part(tr("When it applies"), _applies(rule, teller)),
        _part(tr("From when"), _counted(rule.opens, teller, tr("At once: there is no wait."))),
        _part(tr("Until when"), _counted(rule.closes, teller, tr("It has no last day."))),
        _part(tr("A looser reading"), _counted(rule.arguable, teller, "")),
        _part(tr("In time"), _in_time(rule)),
        _part(tr("What to supply"), _checklist(rule)),
        _part(tr("What filing it ends"), _effects(rule.forfeits, teller)),
        _part(tr("What it uses up"), _effects(rule.consumes, teller)),
        _part(tr("What it needs first"), _effects(rule.requires, teller)),
        _part(tr("What it puts on hold"), _effects(rule.pauses, teller)),
        _part(tr("Worked examples"), _examples(book, pack, rule)),
    ]
    head = tr(
        "{avenue}: {stage}. Who acts: {actor}.",
        avenue=words.avenue_title(rule.avenue),
        stage=tr(_STAGES[rule.stage]),
        actor=words.actor_word(rule.actor),
    )
    return RulePage(
        id=rule.id,
        title=told.title,
        head=head,
        summary=tr(rule.summary),
        pack=_pack_text(pack),
        doubtful=str(rule.confidence) == "low",
        parts=tuple(part for part in parts if part.lines),
        sources=told.sources,
    )


def page_text(page: RulePage) -> str:
    """A rule's page as plain text."""
    lines = [page.title, str(page.id), page.head, page.pack, "", page.summary]
    for part in page.parts:
        lines += ["", part.title]
        lines += [f"{'  ' * line.depth}– {line.text}" for line in part.lines]
    lines += ["", tr("Sources")]
    for source in page.sources:
        lines += [f"– {source_text(source)}", f"  {source.url}"]
    return "\n".join(lines)


def source_text(source: Source) -> str:
    """Who says so: title, edition, kind, how sure, and the day it was checked."""
    parts = [source.title, source.edition, source.kind]
    parts.append(tr("confidence {word}", word=words.confidence_word(source.confidence)))
    parts.append(tr("checked {day}", day=day_text(source.checked_on)))
    return ", ".join(part for part in parts if part)


def _part(title: str, lines: list[CountLine]) -> PagePart:
    return PagePart(title, tuple(lines))


def _pack_text(pack: Pack | None) -> str:
    if pack is None:
        return ""
    return tr(
        "{pack}, edition {edition}, checked {day}",
        pack=tr(pack.title), edition=pack.edition, day=day_text(pack.checked_on),
    )  # fmt: skip


def _applies(rule: Rule, teller: RuleTeller) -> list[CountLine]:
    lines = []
    if rule.problems:
        names = ", ".join(words.problem_text(problem) for problem in sorted(rule.problems))
        lines.append(CountLine(tr("It helps with: {problems}.", problems=names)))
    for condition in (rule.pack_concerns, rule.concerns):
        if condition is not None:
            clause = teller.condition(condition)
            lines.append(CountLine(tr("It is about you if {condition}.", condition=clause)))
    lines += [
        CountLine(tr("Not available: {reason}", reason=tr(need.otherwise))) for need in rule.applies
    ]
    if rule.valid is not None:
        lines.append(CountLine(_validity(rule.valid, teller)))
    return lines


def _validity(valid: Validity, teller: RuleTeller) -> str:
    what = teller.phrase(valid.by)
    if valid.first is not None and valid.last is not None:
        first, last = day_text(valid.first), day_text(valid.last)
        return tr("It holds where {what} is from {first} to {last}.",
                  what=what, first=first, last=last)  # fmt: skip
    if valid.first is not None:
        return tr("It holds where {what} is on or after {first}.",
                  what=what, first=day_text(valid.first))  # fmt: skip
    last = day_text(valid.last) if valid.last else "–"
    return tr("It held where {what} is not after {last}.", what=what, last=last)


def _counted(expression: Expression | None, teller: RuleTeller, none: str) -> list[CountLine]:
    if expression is not None:
        return list(teller.lines(expression))
    return [CountLine(none)] if none else []


def _in_time(rule: Rule) -> list[CountLine]:
    lines = [CountLine(tr(_EFFECTIVE[rule.effective_when]))]
    if rule.margin is not None:
        length = length_text(rule.margin)
        lines.append(CountLine(tr("Act {length} before the last day.", length=length)))
    return lines


def _checklist(rule: Rule) -> list[CountLine]:
    lines = []
    for item in rule.checklist:
        text = tr(item.text)
        lines.append(CountLine(tr("{thing} (needed)", thing=text) if item.must else text))
    return lines


def _effects(effects: tuple[Consequence, ...], teller: RuleTeller) -> list[CountLine]:
    lines = []
    for effect in effects:
        text = tr(effect.text)
        if effect.when is not None:
            clause = teller.condition(effect.when)
            text = tr("If {condition}: {text}", condition=clause, text=text)
        lines.append(CountLine(text))
    return lines


def _examples(book: Rulebook, pack: Pack | None, rule: Rule) -> list[CountLine]:
    lines = []
    for example in pack.examples if pack is not None else ():
        if example.rule == rule.id:
            lines.append(CountLine(example.title))
            lines.append(CountLine(_given(book, example), 1))
            lines.append(CountLine(_expected(example), 1))
    return lines


def _given(book: Rulebook, example: Example) -> str:
    told = [
        tr("{fact}: {value}", fact=fact_label(book.catalogue, FactName(name)),
           value=value_text(book.catalogue, name, example.facts[name]))
        for name in example.facts
    ]  # fmt: skip
    return tr("On {day}, with {facts}.", day=day_text(example.today), facts="; ".join(told))


def _expected(example: Example) -> str:
    expect = example.expect
    if expect.status == NO_WINDOW:
        return tr("The rule says nothing about it.")
    told = [words.status_word(Status(expect.status))] if expect.status else []
    for text, day in (
        (mark("opens {day}"), expect.opens),
        (mark("act by {day}"), expect.file_by),
        (mark("closes {day}"), expect.closes),
        (mark("arguable until {day}"), expect.arguable_until),
    ):
        if day is not None:
            told.append(tr(text, day=day_text(day)))
    if expect.reason:
        told.append(tr(expect.reason))
    return tr("Then: {answer}", answer=", ".join(told) or "–")
