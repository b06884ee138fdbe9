"""Packets before they are made: which destinations there are, and what would be done to fit."""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.basis import read_case
from disputedesk.model.ids import CaseId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.papers.packets.packet import Packet
    from disputedesk.papers.packets.profile import Profile, ProfileSet


@dataclasses.dataclass(frozen=True, slots=True)
class PacketFileView:
    """One file of a packet.

    Attributes:
        exhibits: Numbers of the exhibits in it.
        category: The field of a form it is for; empty for any.
    """

    name: str
    size: int
    pages: int
    media_type: str
    exhibits: tuple[int, ...]
    category: str = ""
    letter: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class PacketLineView:
    """One line of the report, and the sentence that tells it.

    Attributes:
        act: What was done, a `papers.packets.packet.Act`.
        why: Which limit made it needed.
        missing: Whether the exhibit's contents are not in the packet.
        weighty: Whether a checklist says that the exhibit must be there.
    """

    act: str
    why: str
    exhibit: int
    said: str
    missing: bool
    weighty: bool
    before: int = 0
    after: int = 0
    dpi_before: int = 0
    dpi_after: int = 0
    twin: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class PacketView:
    """A packet as it is shown: files, sums and the report.

    Attributes:
        profile: The destination's id; `title` is its name in words.
        limits: Its limits in a few words.
        unknown: Limits that nobody published, in words.
    """

    profile: str
    title: str
    limits: str
    unknown: tuple[str, ...]
    files: tuple[PacketFileView, ...]
    lines: tuple[PacketLineView, ...]
    size: int
    pages: int
    most_bytes: int | None
    most_pages: int | None
    most_files: int | None
    notes: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Destination:
    """A destination to choose: what it takes, and whether it is one for this case."""

    profile: Profile
    serves: bool


def profiles(desk: Desk | None) -> ProfileSet:
    """The destinations there are: the shipped ones, and those of the desk's own folder."""
    from disputedesk.papers.packets.profile_files import load_profiles

    own = desk.packets_folder if desk is not None else None
    return load_profiles(own if own is not None and own.is_dir() else None)


def destinations(desk: Desk, case_id: CaseId) -> tuple[Destination, ...]:
    """The destinations, those of the case's card, wallet and platform first."""
    from disputedesk.desk.packeting import serves

    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    found = [Destination(each, serves(desk, basis, each)) for each in profiles(desk).profiles]
    found.sort(key=lambda one: (not one.serves, one.profile.own, tr(one.profile.title).casefold()))
    return tuple(found)


def usual_letter(desk: Desk, case_id: CaseId, profile: str) -> str | None:
    """The letter a packet for this destination begins with; `None` where it takes only evidence."""
    from disputedesk.desk.queries.cases import case_detail

    avenues = profiles(desk).get(profile).avenues
    papers = case_detail(desk, case_id).papers
    return next((p.form for p in papers if p.kind == "letter" and p.avenue in avenues), None)


def plan_packet(
    desk: Desk,
    case_id: CaseId,
    *,
    profile: str,
    language: str,
    paper: str | None = None,
    letter_form: str | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> PacketView:
    """The very packet that making it would give now, kept nowhere.

    Raises:
        Refused: It cannot be made to fit, or something in it must not leave.
    """
    from disputedesk.desk.operations.packets import fitted

    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    with tempfile.TemporaryDirectory(dir=desk.folder, prefix=".packet-") as room:
        return packet_view(
            fitted(
                desk, basis, Path(room), profile=profile, language=language, paper=paper,
                letter_form=letter_form, progress=progress, cancel=cancel,
            )
        )  # fmt: skip


def packet_view(packet: Packet) -> PacketView:
    """A packet for the screen and for commands, its report in sentences."""
    from disputedesk.papers.packets import wording
    from disputedesk.papers.packets.packet import MISSING

    profile = packet.profile
    return PacketView(
        profile=profile.id,
        title=tr(profile.title),
        limits=wording.limits(profile),
        unknown=wording.unknown(profile),
        files=tuple(
            PacketFileView(file.name, file.size, file.pages, file.media_type, file.exhibits,
                           file.category, file.letter)
            for file in packet.files
        ),
        lines=tuple(
            PacketLineView(
                str(line.act), str(line.why), line.exhibit, wording.sentence(line, profile),
                line.act in MISSING, line.weighty, line.before, line.after, line.dpi_before,
                line.dpi_after, line.twin,
            )
            for line in packet.lines
        ),
        size=packet.size,
        pages=packet.pages,
        most_bytes=profile.total_bytes or profile.file_bytes,
        most_pages=profile.total_pages or profile.file_pages,
        most_files=profile.files or (1 if profile.shape == "one_pdf" else None),
        notes=tuple(tr(note) for note in profile.notes),
    )  # fmt: skip


def size_text(size: int) -> str:
    """Bytes as people say them, decimal as published limits are."""
    from disputedesk.papers.packets import wording

    return wording.size_text(size)
