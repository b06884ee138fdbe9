"""Days and sums that exhibits mention and the case does not know: to be asked, one by one."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import NotFound
from disputedesk.common.texts import day_text, tr
from disputedesk.desk import words as desk_words
from disputedesk.desk.basis import CaseBasis, read_case
from disputedesk.desk.facts import fact_label
from disputedesk.desk.queries.exhibit_words import day_written, kept_words, words_of
from disputedesk.desk.queries.prompts import dismissed, dismissed_key
from disputedesk.intake.mentions import DAY_FACTS, SUM_FACTS, Mention, MentionKind, mentions
from disputedesk.model.case import Exhibit
from disputedesk.model.fact import FactValue
from disputedesk.model.ids import CaseId, FactName
from disputedesk.model.money import Money

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_MOST: Final = 12


@dataclasses.dataclass(frozen=True, slots=True)
class MentionView:
    """One day or sum that an exhibit mentions, and the fact it most likely tells.

    Attributes:
        fact: The fact it most likely is.
        facts: All facts it could be recorded as, with words for each; the likely one first.
        values: What it says; several where it can be read in more than one way and has to be asked.
        shown: The values in words.
        known: What the case has for that fact, in words; empty where it has nothing.
        around: The words around it.
        mark: The name under which "no" is kept.
    """

    exhibit: Exhibit
    fact: FactName
    facts: tuple[tuple[FactName, str], ...]
    values: tuple[FactValue, ...]
    shown: tuple[str, ...]
    known: str
    around: str
    mark: str

    @property
    def is_asked(self) -> bool:
        """Whether it can be read in more than one way."""
        return len(self.values) > 1

    @property
    def sentence(self) -> str:
        """What the exhibit says, as a question whether to record it."""
        label = dict(self.facts)[self.fact]
        if self.is_asked:
            return tr("Exhibit {number} says “{text}”. Which is meant for “{fact}”?",
                      number=self.exhibit.number, text=self.around, fact=label)  # fmt: skip
        return tr("Exhibit {number} says: {fact}, {value}. Record it?",
                  number=self.exhibit.number, fact=label, value=self.shown[0])  # fmt: skip


def mentions_of(
    desk: Desk, case_id: CaseId, *, today: dt.date | None = None
) -> tuple[MentionView, ...]:
    """What the case's exhibits mention and nobody has recorded or put aside, news first.

    Only what the words around it explain is given. Nothing is ever recorded by itself.

    Raises:
        NotFound: There is no such case.
    """
    day = today or desk.today
    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
        kept = {each.id: kept_words(rows, each.evidence) for each in basis.exhibits}
        gone = dismissed(rows.settings.find(dismissed_key(case_id)))
    found: dict[tuple[FactName, tuple[FactValue, ...]], MentionView] = {}
    for exhibit in basis.exhibits:
        if exhibit.withdrawn_at is None:
            for view in _of_exhibit(desk, basis, exhibit, kept[exhibit.id], day):
                if view.mark not in gone:
                    found.setdefault((view.fact, view.values), view)
    news_first = sorted(found.values(), key=lambda view: bool(view.known))
    return tuple(news_first)[:_MOST]


def _of_exhibit(
    desk: Desk, basis: CaseBasis, exhibit: Exhibit, kept: str | None, today: dt.date
) -> Iterator[MentionView]:
    try:
        said = words_of(desk, exhibit.evidence, kept)
    except (NotFound, OSError):
        return
    near = day_written(exhibit.evidence, str(basis.facts.get("consumer_zone") or ""))
    for mention in _mentioned(said, near):
        view = _view(desk, basis, exhibit, mention, today)
        if view is not None:
            yield view


@functools.lru_cache(maxsize=32)
def _mentioned(text: str, near: dt.date | None) -> tuple[Mention, ...]:
    """What a text mentions; a case that is shown again looks for nothing anew."""
    return mentions(text, near=near)


def _view(
    desk: Desk, basis: CaseBasis, exhibit: Exhibit, mention: Mention, today: dt.date
) -> MentionView | None:
    """A mention that tells something new; `None` for what is known or could not be recorded."""
    catalogue = desk.rulebook.catalogue
    if not mention.fact or mention.fact not in catalogue:
        return None
    values: list[FactValue] = list(mention.days)
    if mention.kind is MentionKind.SUM and mention.money is not None:
        values = [mention.money]
    elif not catalogue.get(mention.fact).ahead:
        values = [value for value in mention.days if value <= today]
    known = basis.facts.get(mention.fact)
    if not values or known in values:
        return None
    others = SUM_FACTS if mention.kind is MentionKind.SUM else DAY_FACTS
    names = dict.fromkeys([mention.fact, *(name for name in others if name in catalogue)])
    return MentionView(
        exhibit=exhibit,
        fact=mention.fact,
        facts=tuple((name, fact_label(catalogue, name)) for name in names),
        values=tuple(values),
        shown=tuple(_value_text(value) for value in values),
        known="" if known is None else _value_text(known),
        around=mention.around,
        mark=f"mention:{exhibit.evidence.id}:{mention.start}",
    )


def _value_text(value: FactValue) -> str:
    if isinstance(value, Money):
        return desk_words.money_text(value)
    if isinstance(value, dt.datetime):
        return day_text(value.date())
    return day_text(value) if isinstance(value, dt.date) else str(value)
