"""One rule whole, as it is read: how it counts, what it needs, worked examples, who says so."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from disputedesk.common.texts import day_text, mark, tr
from disputedesk.deadlines.rule import (
    Consequence,
    Expression,
    Rule,
    Validity,
)
from disputedesk.deadlines.steps import length_text
from disputedesk.deadlines.window import Source
from disputedesk.deadlines.wording import words_of_rule
from disputedesk.deadlines.words import EffectiveWhen, Stage, Status
from disputedesk.desk import words
from disputedesk.desk.facts import fact_label
from disputedesk.desk.rule_words import CountLine, RuleTeller, value_text
from disputedesk.desk.rulebook import Rulebook
from disputedesk.model.ids import FactName, RuleId
from disputedesk.packs.pack import Pack
from disputedesk.packs.rules import NO_WINDOW, Example

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


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
