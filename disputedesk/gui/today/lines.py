"""The lines of *Today*: group headings and rows in one list, with the words of each."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from disputedesk.common.texts import tr, trn
from disputedesk.deadlines.words import Actor, Status
from disputedesk.desk import words
from disputedesk.desk.views import DueGroup, DueView
from disputedesk.gui.chips import Chip, tone_of
from disputedesk.gui.dates import countdown_text, exact_day, short_day
from disputedesk.gui.tokens import Tone


@dataclasses.dataclass(frozen=True, slots=True)
class Heading:
    """The heading over a group."""

    group: DueGroup
    title: str
    count: int

    @property
    def sentence(self) -> str:
        """As a screen reader says it."""
        return f"{self.title}: {self.count}"


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One row with its words, ready to be painted.

    Attributes:
        large: The countdown.
        small: Under it: which day that is.
        first: Whether it is the first of its group; `last` likewise: cards have round ends.
    """

    row: DueView
    large: str
    small: str
    chip: Chip
    money: str
    client: str
    exact: str
    first: bool
    last: bool

    @property
    def tone(self) -> Tone:
        """How urgent it is."""
        return self.chip.tone

    @property
    def second(self) -> str:
        """The line under the title; on a desk for several people it begins with the person."""
        if self.client:
            return tr("{client} · {order}", client=self.client, order=self.row.subtitle)
        return self.row.subtitle

    @property
    def sentence(self) -> str:
        """The whole row as a screen reader says it."""
        parts = (
            self.large,
            self.small,
            self.row.title,
            self.second,
            self.chip.text,
            self.row.nothing,
            self.money,
            tr("Enter: {button}", button=self.row.step.button),
        )
        return ". ".join(part.rstrip(".") for part in parts if part)


Entry = Heading | Line


def key_of(entry: Entry) -> tuple[object, ...]:
    """What makes an entry the same entry after another reading."""
    if isinstance(entry, Heading):
        return ("heading", entry.group)
    return ("row", entry.row.order, entry.row.case, entry.row.rule)


def lines_of(rows: Sequence[DueView], today: dt.date) -> tuple[Entry, ...]:
    """Headings and rows in the order they are shown."""
    result: list[Entry] = []
    for group in DueGroup:
        members = [row for row in rows if row.group is group]
        if not members:
            continue
        result.append(Heading(group, words.group_title(group), len(members)))
        last = len(members) - 1
        result += [
            _line(row, today, first=at == 0, last=at == last) for at, row in enumerate(members)
        ]
    return tuple(result)


def _line(row: DueView, today: dt.date, *, first: bool, last: bool) -> Line:
    theirs = row.acts is not Actor.BUYER
    tone = tone_of(row.status, row.act_by, today, theirs=theirs)
    if row.is_asked:
        tone = Tone.SOON
    if row.reserve and tone is not Tone.WAIT:
        tone = Tone.WAIT
    exact = exact_day(row.act_by, today) if row.act_by else ""
    if row.closes and row.closes != row.act_by:
        closes = tr("closes {day}", day=exact_day(row.closes, today))
        exact = f"{exact}\n{closes}" if exact else closes
    return Line(
        row=row,
        large=_large(row, today),
        small=_small(row, today, theirs=theirs),
        chip=Chip(_chip_text(row, today), tone),
        money=words.money_text(row.money) if row.money else "",
        client="" if row.client_is_self else row.client,
        exact=exact,
        first=first,
        last=last,
    )


def _large(row: DueView, today: dt.date) -> str:
    if row.is_asked:
        return tr("which day?")
    if row.status is Status.NOT_YET and row.opens is not None:
        return countdown_text(row.opens, today)
    if row.reserve and row.status is Status.OPEN:
        return words.status_word(row.status)
    return countdown_text(row.act_by, today)


def _small(row: DueView, today: dt.date, *, theirs: bool) -> str:
    if row.status is Status.NOT_YET and row.opens is not None:
        return tr("opens {day}", day=short_day(row.opens, today))
    if theirs:
        return _theirs(row, today)
    if row.is_asked:
        return tr("see their letter")
    if row.act_by is None:
        return ""
    if row.reserve:
        return tr("until {day}", day=short_day(row.act_by, today))
    if row.closes_at is not None and (row.act_by == row.closes or row.act_by <= today):
        local = row.closes_at.astimezone()
        return tr("{day}, {time}", day=short_day(local.date(), today), time=f"{local:%H:%M}")
    if row.closes is not None and row.act_by <= today <= row.closes:
        return tr("closes {day}", day=short_day(row.closes, today))
    if row.closes is not None and row.act_by != row.closes:
        return tr("file by {day}", day=short_day(row.act_by, today))
    return short_day(row.act_by, today)


def _theirs(row: DueView, today: dt.date) -> str:
    if row.is_late_refund and row.act_by is not None:
        return tr("it was due {day}", day=short_day(row.act_by, today))
    if row.status is Status.CLOSED:
        return tr("their answer is late")
    return tr("their time ends") if row.act_by else tr("their turn")


def _chip_text(row: DueView, today: dt.date) -> str:
    if row.reserve:
        return tr("{avenue}: in reserve", avenue=row.avenue_title)
    if row.is_asked:
        return tr("{avenue}: answer asked", avenue=row.avenue_title)
    if row.is_late_refund:
        return tr("{avenue}: late", avenue=row.avenue_title)
    if row.acts is not Actor.BUYER and row.status is Status.CLOSED:
        return tr("{avenue}: no answer yet", avenue=row.avenue_title)
    if row.acts is not Actor.BUYER:
        who = words.actor_word(row.acts)
        return tr("{avenue}: waiting for {who}", avenue=row.avenue_title, who=who)
    if row.status is Status.CLOSING and row.closes is not None:
        left = (row.closes - today).days
        if left == 0:
            return tr("{avenue} closes today", avenue=row.avenue_title)
        return trn(
            "{avenue} closes in {count} day",
            "{avenue} closes in {count} days",
            left,
            avenue=row.avenue_title,
        )
    return tr("{avenue}: {state}", avenue=row.avenue_title, state=words.status_word(row.status))
