"""`due --ics`: a calendar that can be imported again, read back with a calendar library."""

import dataclasses
import datetime as dt
from pathlib import Path

import icalendar
import pytest

from disputedesk.cli.main import main
from disputedesk.common.clock import FixedClock
from disputedesk.desk.calendar_file import calendar_file
from disputedesk.desk.queries import today
from disputedesk.desk.sample import make_sample_desk

TODAY = dt.date(2026, 11, 23)
EARLIER = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
LATER = EARLIER + dt.timedelta(days=1)


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk") / "desk"
    desk = make_sample_desk(folder, clock=FixedClock.on(TODAY))
    yield today.due(desk)
    desk.close()


def events(data):
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def test_the_date_stands_in_every_title(rows):
    found = events(calendar_file(rows, desk="d", now=EARLIER))
    assert len(found) > len(rows)
    for event in found:
        day = event.decoded("dtstart")
        day = day.date() if isinstance(day, dt.datetime) else day
        nearby = {str((day + dt.timedelta(n)).day) for n in (-1, 0, 1)}
        assert nearby & set(str(event["summary"]).replace(":", " ").split())


def test_both_ends_and_the_day_to_act_are_events(rows):
    row = next(row for row in rows if row.opens and row.act_by != row.closes and not row.closes_at)
    starts = {
        event.decoded("dtstart") for event in events(calendar_file([row], desk="d", now=EARLIER))
    }
    assert starts == {row.opens, row.act_by, row.closes}


def test_a_platform_timer_is_the_moment_itself(rows):
    row = next(row for row in rows if row.closes_at)
    found = events(calendar_file([row], desk="d", now=EARLIER))
    assert row.closes_at in [event.decoded("dtstart") for event in found]


def test_events_ring_before_they_are_due(rows):
    found = events(calendar_file(rows, desk="d", now=EARLIER))
    last = [event for event in found if "opens" not in str(event["summary"])]
    assert last
    assert all(list(event.walk("VALARM")) for event in last)


def test_a_second_file_moves_the_events_instead_of_doubling_them(rows):
    first = events(calendar_file(rows, desk="d", now=EARLIER))
    second = events(calendar_file(rows, desk="d", now=LATER))
    assert [event["uid"] for event in first] == [event["uid"] for event in second]
    assert len({event["uid"] for event in first}) == len(first)
    assert all(b["sequence"] > a["sequence"] for a, b in zip(first, second, strict=True))
    other = events(calendar_file(rows, desk="another", now=EARLIER))
    assert not {event["uid"] for event in first} & {event["uid"] for event in other}


def test_the_same_arguments_give_the_same_bytes(rows):
    one, two = (calendar_file(rows, desk="d", now=EARLIER) for _ in range(2))
    assert one == two


def test_text_is_text_and_a_card_number_never_leaves(rows):
    row = dataclasses.replace(rows[0], title="4111 1111 1111 1111;\r\nBEGIN:VEVENT, “x”")
    data = calendar_file([row], desk="d", now=EARLIER)
    assert b"4111 1111 1111" not in data.replace(b"\r\n ", b"")
    assert data.count(b"\r\nBEGIN:VEVENT\r\n") == len(events(data))


def test_the_command_writes_it(tmp_path: Path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    make_sample_desk(tmp_path / "desk", clock=FixedClock.on(TODAY)).close()
    words = ["--desk", str(tmp_path / "desk"), "--today", "2026-11-23", "--language", "en"]
    assert not main([*words, "due", "--ics", "closes.ics"])
    assert "closes.ics" in capsys.readouterr().out
    assert events((tmp_path / "closes.ics").read_bytes())


def test_an_empty_calendar_is_refused(tmp_path: Path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["--desk", "desk", "--language", "en", "due", "--ics", "closes.ics"]) == 3
    assert "would be empty" in capsys.readouterr().err
    assert not Path("closes.ics").exists()
