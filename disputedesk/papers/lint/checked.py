"""What is looked at: the paper, what it was made from, and what the desk knows around it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping

from disputedesk.common.cleaning import clean_text
from disputedesk.common.texts import tr
from disputedesk.model.agency import Letterhead, Mandate
from disputedesk.papers.context import LetterContext
from disputedesk.papers.form import Form
from disputedesk.papers.letter import Letter
from disputedesk.papers.lint.finding import Goto, Place
from disputedesk.papers.submission import Submission
from disputedesk.papers.vocabulary import question

_THEIRS = frozenset({"seller_answer", "tracking_status", "goods_promised"})
"""Fields that quote somebody else: their tone is not the writer's."""

_ELSEWHERE = {
    "narrative": Goto.STORY, "exhibits": Goto.EXHIBIT, "enclosed": Goto.EXHIBIT,
    "last_day": Goto.WAYS, "rule": Goto.WAYS, "timeliness": Goto.WAYS,
}  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Around:
    """What the desk knows around a paper.

    Attributes:
        gives_up: Sentences of the plan: what this step would end, freeze or use up.
        sent_on: The days on which a paper for the same step went out already.
        mandates: What the client signed.
        letterhead: The head letters for clients take; `None` without one.
        made_on: The days on which letters of the case were made.
        unsafe: For each exhibit that must not leave, by number, why.
        words: For each exhibit that was read, by number, how it begins.
    """

    gives_up: tuple[str, ...] = ()
    sent_on: tuple[dt.date, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    letterhead: Letterhead | None = None
    made_on: tuple[dt.date, ...] = ()
    unsafe: Mapping[int, str] = dataclasses.field(default_factory=dict)
    words: Mapping[int, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Checked:
    """One paper as it is looked at.

    Attributes:
        context: What it is made from, its recipient filled in.
        letter: The letter; `None` where it is none, or cannot be written yet.
        submission: The dispute text or message; `None` likewise.
    """

    form: Form
    context: LetterContext
    language: str
    today: dt.date
    letter: Letter | None = None
    submission: Submission | None = None
    around: Around = dataclasses.field(default_factory=Around)

    def own_words(self) -> Iterator[tuple[Place, str]]:
        """What the writer wrote freely, each with its place: the story, answers, captions."""
        if self.context.case.narrative:
            yield story(), clean_text(self.context.case.narrative)
        for name, value in self.context.facts.items():
            if isinstance(value, str) and name not in _THEIRS and len(value) > 1:
                yield field(name), clean_text(value)
        for item in self.context.exhibits:
            if item.exhibit.caption:
                yield exhibit(item.exhibit.number), clean_text(item.exhibit.caption)

    def every_word(self) -> Iterator[tuple[Place, str]]:
        """Everything that goes out, each with its place; what is quoted of others included."""
        yield from self.own_words()
        context = self.context
        for name in _THEIRS:
            if isinstance(value := context.facts.get(name), str):
                yield field(name), clean_text(value)
        client, to = context.client, context.recipient
        for text in (client.name, client.address, client.email, client.phone):
            yield Place(Goto.SENDER, "sender", tr("The sender")), text
        for text in (to.name, to.department, to.address, to.reference):
            yield recipient(), text
        for item in context.items:
            yield field("items"), f"{item.title} {item.variant}".strip()
        for attempt in context.attempts:
            told = " ".join((attempt.channel, attempt.who, attempt.answer))
            yield Place(Goto.QUESTION, "contact", tr("An attempt to settle it")), told
        for name in (context.order.number, context.order.title):
            yield field("order_number"), name


def story() -> Place:
    """The user's own narrative."""
    return Place(Goto.STORY, "narrative", tr("In your own words"))


def field(name: str) -> Place:
    """One field, called by its question; what is no answer of one line is mended elsewhere."""
    return Place(_ELSEWHERE.get(name, Goto.QUESTION), name, question(name))


def exhibit(number: int) -> Place:
    """One exhibit."""
    return Place(Goto.EXHIBIT, str(number), tr("Exhibit {number}", number=number))


def recipient() -> Place:
    """Whom it goes to."""
    return Place(Goto.RECIPIENT, "recipient", tr("The recipient"))


def window_place() -> Place:
    """The ways of the case."""
    return Place(Goto.WAYS, "last_day", tr("The last day"))
