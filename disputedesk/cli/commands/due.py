"""`due` and `windows`: what closes next, and the engine's answer with its reasons."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path

from disputedesk.cli.commands.what_if import add_what_if, print_what_if
from disputedesk.cli.report import Report
from disputedesk.cli.session import Session
from disputedesk.common import texts
from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr, trn
from disputedesk.deadlines.days import DayCount
from disputedesk.deadlines.plan import Plan
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Status
from disputedesk.desk import day_words, words
from disputedesk.desk.views import DueView, Undated


def fill(parsers: Mapping[str, argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Gives the commands their arguments."""
    del shared
    due = parsers["due"]
    due.add_argument("--within", type=_days, metavar="14d", help=tr("only what is due by then"))
    due.add_argument(
        "--ics", type=Path, metavar=tr("FILE"), help=tr("write them as a calendar file")
    )
    due.set_defaults(run=run_due)
    windows = parsers["windows"]
    windows.add_argument("ref", nargs="?", metavar=tr("ORDER"))
    windows.add_argument("--facts", type=Path, metavar=tr("FILE"), help=tr("TOML or JSON facts"))
    add_what_if(windows)
    windows.add_argument(
        "--calendar", metavar=tr("RULE"), help=tr("the days of one rule's window, one by one")
    )
    windows.set_defaults(run=run_windows)


def _days(text: str) -> int:
    found = re.fullmatch(r"(\d{1,4})\s*d?", text.strip())
    if not found:
        message = tr("{text} is not a number of days; write it as 14d", text=repr(text))
        raise argparse.ArgumentTypeError(message)
    return int(found[1])


def run_due(session: Session) -> int:
    """Lists the running clocks."""
    from disputedesk.desk.queries import today

    with session.desk() as desk:
        rows = today.due(desk, within_days=session.arguments.within)
        undated = today.undated(desk, with_orders=not rows)
        if session.arguments.ics is not None:
            from disputedesk.desk.operations.papers import save_calendar

            save_calendar(desk, session.arguments.ics, rows)
    session.report.answer({"today": session.today, "due": rows, "undated": undated})
    if session.arguments.ics is not None:
        session.report.line(
            trn(
                "{file}: {count} clock as calendar events",
                "{file}: {count} clocks as calendar events",
                len(rows),
                file=session.arguments.ics,
            )
        )
    elif rows or not (undated.cases or undated.orders):
        print_due(session, rows)
    print_undated(session, undated)
    return 0


def print_due(session: Session, rows: tuple[DueView, ...]) -> None:
    """Prints one line for each clock."""
    if not rows:
        session.report.line(tr("Nothing closes."))
    session.report.table(
        [
            (
                texts.day_text(row.act_by) if row.act_by else "–",
                texts.day_distance_text(row.act_by, session.today) if row.act_by else "",
                words.money_text(row.money) if row.money else "",
                row.avenue_title,
                row.title,
            )
            for row in rows
        ]
    )


def print_undated(session: Session, undated: Undated) -> None:
    """Names what no day can be listed for, so that an empty list is not taken for safety."""
    for case in undated.cases:
        session.report.line(
            tr(
                "Case {number} ({title}) has no known last day: “case show {number}” says why.",
                number=case.number,
                title=case.title,
            )
        )
    if undated.orders:
        session.report.line(
            trn(
                "{count} order under way has no known last day: “order show” says why.",
                "{count} orders under way have no known last day: “order show” says why.",
                undated.orders,
            )
        )


def run_windows(session: Session) -> int:
    """Answers for a facts file or for an order of the desk."""
    arguments = session.arguments
    if bool(arguments.ref) == bool(arguments.facts):
        raise Refused(
            tr("Name either an order or a facts file."), "windows", tr("Use --facts FILE or ORDER.")
        )
    if arguments.what_if:
        return run_what_if(session)
    if arguments.facts:
        from disputedesk.desk.queries import calculator

        answer = calculator.assess_file(arguments.facts, today=arguments.today or None)
        if arguments.calendar:
            return _run_calendar(session, answer.today, answer.windows)
        session.report.answer(answer)
        for window in answer.windows:
            print_window(session.report, window)
        print_plan(session.report, answer.plan)
        return 0
    from disputedesk.desk.queries import orders

    with session.desk(create=False) as desk:
        detail = orders.order_detail(desk, orders.find_order(desk, arguments.ref))
    if arguments.calendar:
        return _run_calendar(session, detail.today, detail.windows)
    session.report.answer({"today": detail.today, "windows": detail.windows, "plan": detail.plan})
    for window in detail.windows:
        print_window(session.report, window)
    print_plan(session.report, detail.plan)
    return 0


def run_what_if(session: Session) -> int:
    """Answers for the facts as they are and as they would be."""
    from disputedesk.cli.fact_words import facts_of, pairs_of

    arguments = session.arguments
    if arguments.facts:
        from disputedesk.desk.queries import calculator

        changes = pairs_of(arguments.what_if)
        day = arguments.today or None
        answer = calculator.what_if_file(arguments.facts, dict(changes), today=day)
    else:
        from disputedesk.desk.queries import orders, what_if

        with session.desk(create=False) as desk:
            order_id = orders.find_order(desk, arguments.ref)
            answer = what_if.what_if_order(desk, order_id, facts_of(desk, arguments.what_if))
    print_what_if(session.report, answer)
    return 0


def _run_calendar(session: Session, today: dt.date, windows: tuple[Window, ...]) -> int:
    """Answers with the days of one rule's window."""
    from disputedesk.desk.queries import calculator

    rule = session.arguments.calendar
    window = calculator.window_of_rule(windows, rule)
    count = calculator.days_of_rule(windows, rule, today=today)
    session.report.answer({"today": today, "window": window, "calendar": count})
    print_window(session.report, window)
    session.report.line()
    print_days(session.report, count)
    return 0


def print_days(report: Report, count: DayCount) -> None:
    """Prints a window's days, those that are the same together, and what is not settled."""
    report.line(day_words.head_text(count))
    report.table([(line.days, line.numbers, line.text) for line in day_words.day_lines(count)])
    for mark in day_words.outside_marks(count):
        report.line(f"{texts.day_text(mark.day, weekday=True)}  {mark.text}")
    for calendar in count.calendars:
        report.line(tr("Counted by: {calendar}", calendar=calendar))
    for doubt in count.doubts:
        report.line(f"! {doubt}")


def print_window(report: Report, window: Window) -> None:
    """Prints one window: state, dates, and the sentences that lead to them."""
    dates = _dates(window)
    report.line(f"{window.rule}  [{words.status_word(window.status)}]  {window.title}")
    if dates:
        report.line(f"    {dates}")
    if window.reason:
        report.line(f"    {window.reason}")
    for step in window.because:
        report.line(f"    – {step.sentence}")
    for assumption in window.assumed:
        report.line(f"    ~ {assumption.text}")
    for warning in window.warnings:
        report.line(f"    ! {warning}")
    if window.sources and window.status is not Status.NOT_AVAILABLE:
        source = window.sources[0]
        checked = texts.day_text(source.checked_on)
        report.line(f"    {tr('Source: {title}, checked {day}', title=source.title, day=checked)}")


def _dates(window: Window) -> str:
    parts = []
    if window.opens:
        parts.append(tr("opens {day}", day=texts.day_text(window.opens)))
    if window.file_by and window.file_by != window.closes:
        parts.append(tr("act by {day}", day=texts.day_text(window.file_by)))
    if window.closes:
        parts.append(tr("closes {day}", day=texts.day_text(window.closes)))
    if window.arguable_until:
        parts.append(tr("arguable until {day}", day=texts.day_text(window.arguable_until)))
    return ", ".join(parts)


def print_plan(report: Report, plan: Plan) -> None:
    """Prints the recommendation and what doing nothing costs."""
    report.line()
    if plan.next_reason:
        report.line(tr("Next: {reason}", reason=plan.next_reason))
    for chaser in plan.chasers:
        report.line(tr("Late: {sentence}", sentence=chaser.sentence))
    report.line(tr("If you do nothing: {sentence}", sentence=plan.nothing))
