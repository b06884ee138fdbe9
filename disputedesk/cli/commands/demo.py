"""`demo`: a realistic sample desk, made through the real intake, and the whole job on it."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path

from disputedesk.cli.commands.due import print_due
from disputedesk.cli.session import Session
from disputedesk.common.errors import DeskError
from disputedesk.common.texts import tr


def fill(parsers: Mapping[str, argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Gives the commands their arguments."""
    del shared
    parser = parsers["demo"]
    parser.add_argument(
        "--no-window", action="store_true", help=tr("make the sample desk, print what closes next")
    )
    parser.set_defaults(run=run_demo)


def run_demo(session: Session) -> int:
    """Makes the sample desk; shows it, or does the job and names what it left."""
    from disputedesk.desk.sample import make_sample_desk

    arguments = session.arguments
    if arguments.desk is None:
        arguments.desk = str(Path(tempfile.mkdtemp(prefix="disputedesk-demo-")) / "desk")
    desk = make_sample_desk(session.folder, clock=session.clock, progress=session.report.progress)
    desk.close()
    if not arguments.no_window and session.desktop is not None:
        problem = session.desktop.problem()
        if not problem:
            session.report.line(tr("Sample desk: {folder}", folder=session.folder))
            return session.desktop.open(session)
        session.report.line(problem)
        session.report.line(tr("So the whole job is done without the window."))
        session.report.line()
    return _without_window(session)


def _picture(session: Session) -> Path | None:
    """A picture of the desktop; where Qt lacks a library, the line that installs it instead."""
    if session.desktop is None:
        return None
    try:
        return session.desktop.take_picture(session)
    except DeskError as error:
        session.report.line(str(error))
        return None


def _without_window(session: Session) -> int:
    from disputedesk.desk.queries import today
    from disputedesk.desk.sample import make_papers

    with session.desk(create=False) as desk:
        rows = today.due(desk)
        made = make_papers(desk, progress=session.report.progress)
    picture = _picture(session)
    session.report.line(tr("Sample desk: {folder}", folder=session.folder))
    session.report.line()
    session.report.line(tr("What closes next:"))
    print_due(session, rows)
    session.report.line()
    for path in made:
        session.report.line(str(path))
    if picture is not None:
        session.report.line(str(picture))
    session.report.answer({"desk": session.folder, "due": rows, "papers": made, "picture": picture})
    return 0
