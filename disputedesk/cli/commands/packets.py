"""`bundle --for` and `bundle profiles`: evidence fitted to where it goes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.cli.session import Session
from disputedesk.common import texts
from disputedesk.common.errors import Refused
from disputedesk.common.texts import day_text, tr, trn
from disputedesk.desk.operations.packets import copy_profile, make_packet
from disputedesk.desk.queries import cases as case_queries
from disputedesk.desk.queries.packets import (
    PacketView,
    plan_packet,
    profiles,
    size_text,
    usual_letter,
)

if TYPE_CHECKING:
    from disputedesk.papers.packets.profile import Profile

WORD: Final = "profiles"
"""The word in place of a case that asks for the destinations."""


def fill_packets(bundle: argparse.ArgumentParser) -> None:
    """Gives `bundle` the arguments of packets."""
    bundle.add_argument(
        "--for", dest="destination", metavar=tr("PROFILE"),
        help=tr("fit it to a destination: visa, paypal, court-ew …; bundle profiles lists them"),
    )  # fmt: skip
    bundle.add_argument(
        "--plan", action="store_true", help=tr("with --for: say what would be done, write nothing")
    )
    bundle.add_argument(
        "--no-letter", action="store_true", help=tr("the exhibits without a letter")
    )
    bundle.add_argument(
        "--copy", metavar=tr("ID"),
        help=tr("after profiles: put this one into the desk's own folder, to be changed there"),
    )  # fmt: skip


def run_packet(session: Session) -> int:
    """Makes a packet for a destination, or says what would be done."""
    arguments = session.arguments
    if arguments.output is None and not arguments.plan:
        raise Refused(
            tr("No place was named for the packet."), "bundle",
            tr("Name a file or a folder with -o, or take --plan to see what would be done."),
        )  # fmt: skip
    wanted = {
        "profile": arguments.destination,
        "language": arguments.speech or texts.language(),
        "paper": arguments.paper,
        "progress": session.report.progress,
    }
    saved: tuple[Path, ...] = ()
    with session.desk(create=False) as desk:
        case_id = case_queries.find_case(desk, arguments.case)
        form = arguments.form or usual_letter(desk, case_id, arguments.destination)
        wanted["letter_form"] = None if arguments.no_letter else form
        if arguments.plan:
            packet = plan_packet(desk, case_id, **wanted)
        else:
            made = make_packet(desk, case_id, target=arguments.output, **wanted).value
            packet, saved = made.packet, made.saved
    _tell(session, packet, saved)
    session.report.answer({"packet": packet, "files": saved})
    return 0


def _tell(session: Session, packet: PacketView, saved: tuple[Path, ...]) -> None:
    """Prints files, report and what nobody published, in words."""
    say = session.report.line
    say(tr("{title}: {limits}", title=packet.title, limits=packet.limits))
    for at, file in enumerate(packet.files):
        pages = trn("{count} page", "{count} pages", file.pages)
        name = saved[at] if saved else file.name
        say(f"{name}: {size_text(file.size)}, {pages}")
    for line in packet.lines:
        say(f"  {line.said}")
    if not packet.lines:
        say(tr("  It fits as it is; nothing was changed."))
    if packet.unknown:
        say(tr("Not published: {limits}. Ask them before you rely on it.",
               limits=", ".join(packet.unknown)))  # fmt: skip
    for note in packet.notes:
        say(note)


def run_profiles(session: Session) -> int:
    """Lists the destinations, shows one with its sources, or copies one to be changed."""
    from disputedesk.papers.packets import wording

    arguments = session.arguments
    with session.desk(create=False) as desk:
        if arguments.copy:
            place = copy_profile(desk, arguments.copy)
            session.report.line(str(place))
            session.report.answer({"file": place})
            return 0
        found = profiles(desk)
    which = str(arguments.bundles[0]) if arguments.bundles else ""
    chosen = (found.get(which),) if which else found.profiles
    session.report.answer({"profiles": chosen, "refused": found.refused})
    if which:
        _show(session, chosen[0])
        return 0
    session.report.table([(each.id, tr(each.title), wording.limits(each)) for each in chosen])
    for refused in found.refused:
        session.report.notice(f"{refused.file}: {refused.key}: {refused.why}")
    return 0


def _show(session: Session, profile: Profile) -> None:
    """Prints one destination: limits, what is not known, notes, and who says so."""
    from disputedesk.papers.packets import wording

    say = session.report.line
    say(f"{profile.id}: {tr(profile.title)}")
    say(f"  {tr(profile.about)}.")
    say(f"  {wording.limits(profile)}")
    if profile.formats:
        say(tr("  Taken are {formats}.", formats=", ".join(profile.formats).upper()))
    if profile.unknown:
        say(tr("  Not published: {limits}. Ask them before you rely on it.",
               limits=", ".join(wording.unknown(profile))))  # fmt: skip
    for note in profile.notes:
        say(f"  {tr(note)}")
    for source in profile.sources:
        say(tr("  Source: {title}, checked {day}, confidence {confidence}", title=source.title,
               day=day_text(source.checked_on),
               confidence=wording.confidence(source.confidence)))  # fmt: skip
        if source.url:
            say(f"    {source.url}")
