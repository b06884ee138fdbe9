"""What closes next as an iCalendar file (RFC 5545), for the calendar a person looks at anyway.

Every clock gives up to three events: the day it can first be used, the day to act by, the last day.
Many calendars ignore alarms, so each title carries its date. An event keeps its UID from file to
file and its SEQUENCE only grows: importing a newer file moves the events instead of doubling them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from disputedesk.common.hashing import sha256_of_record
from disputedesk.common.secrets import mask
from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.words import Actor, Status
from disputedesk.desk import words
from disputedesk.desk.views import DueView

if TYPE_CHECKING:
    from icalendar import Event

_COUNTED_FROM: Final = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_MORNING: Final = dt.timedelta(hours=9)
_DAY: Final = dt.timedelta(days=1)
_BEFORE_ACTING: Final = (-7 * _DAY + _MORNING, -_DAY + _MORNING)
_ON_THE_DAY: Final = (_MORNING,)
_BEFORE_A_MOMENT: Final = (-_DAY, dt.timedelta(hours=-3))


def calendar_file(rows: Sequence[DueView], *, desk: str, now: dt.datetime) -> bytes:
    """The file's bytes; the same arguments give the same bytes.

    Args:
        rows: The clocks, as *Today* lists them.
        desk: What tells this desk from others, so that two desks share one calendar in peace.
        now: When the file is made, with its offset.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//DisputeDesk//DisputeDesk//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", tr("Protection and dispute deadlines"))
    for row in rows:
        if row.status is Status.CLOSED:
            continue
        for event in _events(row):
            _seal(event, desk, row, now)
            calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def _events(row: DueView) -> Iterator[Event]:
    if row.opens is not None and row.acts is Actor.BUYER:
        title = tr("{day}: opens – {what}", day=day_text(row.opens), what=_what(row))
        yield _day_event(row, "opens", row.opens, title, ())
    if row.act_by is not None and row.act_by != row.closes:
        title = tr("Act by {day} – {what}", day=day_text(row.act_by), what=_what(row))
        yield _day_event(row, "act-by", row.act_by, title, _BEFORE_ACTING)
    if row.closes_at is not None:
        day = day_text(row.closes or row.closes_at.date())
        yield _moment_event(row, row.closes_at, _last(row, day))
    elif row.closes is not None:
        alone = row.act_by == row.closes
        alarms = (*_BEFORE_ACTING, *_ON_THE_DAY) if alone else _ON_THE_DAY
        yield _day_event(row, "closes", row.closes, _last(row, day_text(row.closes)), alarms)


def _last(row: DueView, day: str) -> str:
    if row.acts is Actor.BUYER:
        return tr("Last day {day} – {what}", day=day, what=_what(row))
    return tr("They must answer by {day} – {what}", day=day, what=_what(row))


def _what(row: DueView) -> str:
    money = words.money_text(row.money) if row.money else ""
    return mask(", ".join(part for part in (row.avenue_title, row.title, money) if part))


def _day_event(
    row: DueView, end: str, day: dt.date, title: str, alarms: Sequence[dt.timedelta]
) -> Event:
    event = _event(row, end, title)
    event.add("dtstart", day)
    event.add("dtend", day + _DAY)
    _ring(event, title, alarms)
    return event


def _moment_event(row: DueView, moment: dt.datetime, title: str) -> Event:
    event = _event(row, "closes", title)
    event.add("dtstart", moment.astimezone(dt.UTC))
    event.add("dtend", moment.astimezone(dt.UTC))
    _ring(event, title, _BEFORE_A_MOMENT)
    return event


def _event(row: DueView, end: str, title: str) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", end)
    event.add("summary", title)
    told = (row.subtitle, "" if row.client_is_self else row.client, row.nothing)
    event.add("description", mask("\n".join(part for part in told if part)))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _ring(event: Event, title: str, alarms: Sequence[dt.timedelta]) -> None:
    from icalendar import Alarm

    for before in alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", before)
        event.add_component(alarm)


def _seal(event: Event, desk: str, row: DueView, now: dt.datetime) -> None:
    """Gives the event its lasting name and the moment of this telling."""
    owner = f"order {row.order}" if row.case is None else f"case {row.case}"
    name = sha256_of_record([desk, owner, row.rule, str(event.pop("uid"))])
    event.add("uid", f"{name[:32]}@disputedesk")
    event.add("dtstamp", now.astimezone(dt.UTC))
    event.add("sequence", max(0, int((now - _COUNTED_FROM).total_seconds())))
