"""The calculator of the desktop: choices, typed dates, and the answer to them; nothing is kept."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import DeskError
from disputedesk.common.texts import day_text, language, tr
from disputedesk.deadlines.days import DayCount, count_days
from disputedesk.deadlines.plan import PlanStep
from disputedesk.deadlines.rule import AllOf, AnyOf, Condition, FactTest, NotThat
from disputedesk.deadlines.rule_set import RuleSet
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Status
from disputedesk.desk import day_words, words
from disputedesk.desk.asking import questions_of, worth_asking
from disputedesk.desk.facts import check_fact, fact_label, fact_view
from disputedesk.desk.queries.calculator import Calculation, assess_facts
from disputedesk.desk.queries.orders import in_plan_order
from disputedesk.desk.rule_words import country_name, value_text
from disputedesk.desk.views import Question
from disputedesk.model.fact import Facts, FactValue
from disputedesk.model.ids import FactName, RuleId
from disputedesk.model.order import InstrumentKind
from disputedesk.model.platforms import PAY_LATER

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

CHOSEN: Final = frozenset(
    {"problem", "platform", "method", "network", "wallet", "consumer_country"}
)
"""Facts that are chosen from short lists; the rest is asked for, as far as it matters."""
_MOST: Final = 6
_MOST_WALLETS: Final = 60
_OTHER: Final = "other"


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """One line of a short list, and the facts that choosing it tells."""

    title: str
    tells: tuple[tuple[str, str], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Choices:
    """The short lists of the calculator: what the packs in force know of."""

    platforms: tuple[Choice, ...]
    payments: tuple[Choice, ...]
    countries: tuple[Choice, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What the engine says to what was chosen and typed.

    Attributes:
        facts: What it was asked with, as label and value in words.
        calculation: Windows in the order to use them, plan, what to ask.
        counts: The windows that can be laid out as days, by rule.
        questions: What else is worth telling, most useful first.
        typed: What was typed and could be read, as it is asked for; also what may not be so.
        faults: Why something typed was not understood, by the fact's name.
    """

    facts: tuple[tuple[str, str], ...]
    calculation: Calculation
    counts: Mapping[RuleId, DayCount]
    questions: tuple[Question, ...]
    typed: tuple[Question, ...]
    faults: Mapping[str, str]


def calculator_choices(desk: Desk) -> Choices:
    """Platforms, ways of paying and countries that the packs in force know of, by name."""
    rules = desk.rulebook.rules
    platforms = _values(rules, "platform") - {_OTHER}
    wallets = sorted(_values(rules, "wallet"), key=str.casefold)[:_MOST_WALLETS]
    networks = [name for name in _network_names(desk) if name != _OTHER]
    payments = [
        Choice(
            tr("{network} card", network=words.network_title(name).replace("_", " ")),
            (("method", str(InstrumentKind.CARD)), ("network", name)),
        )
        for name in networks
    ]
    payments.append(Choice(tr("Card, network not known"), (("method", str(InstrumentKind.CARD)),)))
    payments += sorted(
        (
            Choice(words.wallet_title(name), (("method", _method_of(name)), ("wallet", name)))
            for name in wallets
        ),
        key=lambda choice: choice.title.casefold(),
    )
    payments += [
        Choice(
            tr("Another wallet") if kind is InstrumentKind.WALLET else words.instrument_title(kind),
            (("method", str(kind)),),
        )
        for kind in InstrumentKind
        if kind is not InstrumentKind.CARD
    ]
    shops = sorted(
        (Choice(words.platform_title(name), (("platform", name),)) for name in platforms),
        key=lambda choice: choice.title.casefold(),
    )
    elsewhere = Choice(tr("Another shop, or straight from the seller"), (("platform", _OTHER),))
    return Choices((*shops, elsewhere), tuple(payments), tuple(_countries()))


def _method_of(wallet: str) -> str:
    return str(InstrumentKind.PAY_LATER if wallet in PAY_LATER else InstrumentKind.WALLET)


def calculate(desk: Desk, told: Mapping[str, str], *, today: dt.date) -> Answer:
    """The engine's answer to facts as they were typed; keeps nothing.

    Args:
        desk: Gives the rules.
        told: What was chosen and typed, by the fact's name, in the facts file's notation.
        today: The day to compute as of.
    """
    book = desk.rulebook
    values: dict[str, FactValue] = {}
    read: dict[str, FactValue] = {}
    faults: dict[str, str] = {}
    for name, text in told.items():
        try:
            value = book.catalogue.parse(FactName(name), text)
            read[name] = value
            if name not in CHOSEN:
                check_fact(book.catalogue, FactName(name), value, today=today)
            values[name] = value
        except DeskError as error:
            faults[name] = " ".join(part for part in (error.what, error.remedy) if part)
    facts = Facts(values)
    found = assess_facts(book, facts, today=today)
    ordered = dataclasses.replace(found, windows=in_plan_order(found.windows, found.plan))
    names = [name for name in worth_asking(book, found.windows, facts) if name not in CHOSEN]
    return Answer(
        facts=tuple(
            (fact_label(book.catalogue, FactName(name)), value_text(book.catalogue, name, value))
            for name, value in values.items()
        ),
        calculation=ordered,
        counts={
            window.rule: count
            for window in found.windows
            if (count := count_days(window, today=today)) is not None
        },
        questions=questions_of(book.catalogue, names, {}, found.windows, most=_MOST),
        typed=tuple(
            Question(fact_view(definition, {}, value), "")
            for name, value in read.items()
            if name not in CHOSEN and (definition := book.catalogue.find(name)) is not None
        ),
        faults=faults,
    )


def dates_text(window: Window, step: PlanStep | None = None) -> str:
    """A window's days in one line: act by, closes, arguable; the first only while it is ahead.

    Args:
        window: The window.
        step: Its step of the plan, where the platform lets the money go before the window closes.
    """
    parts = []
    if window.opens is not None and window.status is Status.NOT_YET:
        parts.append(tr("opens {day}", day=day_text(window.opens)))
    elif window.status is Status.OPEN and window.closes is None:
        parts.append(_endless_text(window))
    elif window.opens is not None and window.closes is None:
        parts.append(tr("opens {day}", day=day_text(window.opens)))
    if step is not None and step.held_until is not None and step.last_safe_day is not None:
        parts.append(tr("act by {day}", day=day_text(step.last_safe_day)))
        parts.append(tr("protection ends {day}", day=day_text(step.held_until)))
    elif window.file_by is not None and window.file_by != window.closes:
        parts.append(tr("act by {day}", day=day_text(window.file_by)))
    if window.closes is not None:
        parts.append(tr("closes {day}", day=day_text(window.closes)))
    if window.arguable_until is not None:
        parts.append(tr("arguable until {day}", day=day_text(window.arguable_until)))
    return ", ".join(parts)


def _endless_text(window: Window) -> str:
    if window.opens is None:
        return tr("no last day")
    return tr("since {day}, no last day", day=day_text(window.opens))


def answer_text(answer: Answer, rule: RuleId | None = None) -> str:
    """The answer as plain text, with the days of one window where one is named."""
    found = answer.calculation
    lines = [tr("As of {day}", day=day_text(found.today, weekday=True)), ""]
    lines += [tr("{fact}: {value}", fact=fact, value=value) for fact, value in answer.facts]
    lines.append("")
    for window in found.windows:
        status = words.status_word(window.status)
        lines.append(tr("{title}: {status}", title=window.title, status=status))
        dates = dates_text(window, found.plan.step_of(window.rule))
        lines += [f"  {text}" for text in (dates, window.reason) if text]
    lines.append("")
    if found.plan.next_reason:
        lines.append(tr("Next: {reason}", reason=found.plan.next_reason))
    lines.append(tr("If you do nothing: {sentence}", sentence=found.plan.nothing))
    count = answer.counts.get(rule) if rule is not None else None
    if count is not None:
        lines += ["", count.title, *(f"– {sentence}" for sentence in count.sentences)]
        lines.append(day_words.head_text(count))
        for line in day_words.day_lines(count):
            lines.append("  ".join(part for part in (line.days, line.numbers, line.text) if part))
        lines += [tr("Counted by: {calendar}", calendar=name) for name in count.calendars]
        lines += count.doubts
    lines += ["", tr("This is information, not legal advice.")]
    return "\n".join(lines)


def _network_names(desk: Desk) -> tuple[str, ...]:
    definition = desk.rulebook.catalogue.find("network")
    return definition.choices if definition is not None else ()


def _countries() -> Iterator[Choice]:
    from babel import Locale

    codes = [
        code
        for code in map(str, Locale.parse("en").territories)
        if len(code) == 2 and code not in {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
    ]
    spoken = language()
    named = sorted((country_name(code, spoken), code) for code in codes)
    for name, code in sorted(named, key=lambda pair: pair[0].casefold()):
        yield Choice(name, (("consumer_country", code),))


def _values(rules: RuleSet, fact: str) -> set[str]:
    """The values of a fact that any gate of the rules names."""
    found: set[str] = set()
    for rule in rules:
        for condition in (rule.pack_concerns, rule.concerns):
            found.update(_named(condition, fact))
    return found


def _named(condition: Condition | None, fact: str) -> Iterator[str]:
    match condition:
        case FactTest() if condition.fact == fact:
            yield from (value for value in condition.values if isinstance(value, str))
        case AllOf() | AnyOf():
            for part in condition.parts:
                yield from _named(part, fact)
        case NotThat():
            yield from _named(condition.part, fact)
        case _:
            return
