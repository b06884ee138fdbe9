"""Packets made: fitted to a destination, sealed, entered, and saved where the user wants them."""

from __future__ import annotations

import contextlib
import dataclasses
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from disputedesk.common import texts
from disputedesk.common.errors import Refused
from disputedesk.common.hashing import sha256_of_file
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.basis import CaseBasis, read_case
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.bundles import keep_bundle
from disputedesk.desk.operations.outgoing import refuse_unsafe
from disputedesk.desk.packeting import order_maker, weights_of
from disputedesk.desk.placing import Put, placing
from disputedesk.desk.queries.packets import PacketView, packet_view, profiles
from disputedesk.desk.targets import write_file
from disputedesk.model.case import Document, DocumentKind
from disputedesk.model.evidence import BundleRecord
from disputedesk.model.ids import CaseId, DocumentId
from disputedesk.store.values import Subject
from disputedesk.vault import clean_name

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.papers.packets.packet import Packet


@dataclasses.dataclass(frozen=True, slots=True)
class PacketMade:
    """A packet that was made and sealed.

    Attributes:
        packet: What is in it and what was done to fit it.
        documents: The sealed papers: the PDFs of a bundle; of single files their list.
        saved: Where the files were put, in order; empty where they were not asked for.
    """

    packet: PacketView
    documents: tuple[Document, ...]
    saved: tuple[Path, ...] = ()


def make_packet(
    desk: Desk,
    case_id: CaseId,
    *,
    profile: str,
    language: str,
    paper: str | None = None,
    letter_form: str | None = None,
    target: Path | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[PacketMade]:
    """Makes the case's evidence fit a destination, seals what was made, and saves it.

    Args:
        desk: The desk.
        case_id: The case.
        profile: The destination's id.
        language: The language of letter, index and stamps.
        paper: The sheet, where the destination leaves it open.
        letter_form: The letter it begins with; `None` for none.
        target: A file ending in .pdf for what is one PDF, else a folder, which is made and must be
            empty; `None` saves nothing.
        progress: Told what is tried.
        cancel: Asked between exhibits.

    Raises:
        Refused: It cannot be made to fit, or something in it must not leave; nothing is written.
        DeskError: The place cannot be written.
    """
    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    with tempfile.TemporaryDirectory(dir=desk.folder, prefix=".packet-") as room:
        packet = fitted(
            desk, basis, Path(room), profile=profile, language=language, paper=paper,
            letter_form=letter_form, progress=progress, cancel=cancel,
        )  # fmt: skip
        view = packet_view(packet)
        places = () if target is None else _places(packet, target)
        with _placing(packet, places) as put:
            kept = _keep(desk, basis, packet, language, put)
    made = PacketMade(view, kept.value, places)
    return Outcome(made, kept.changes, None, kept.said)


def fitted(
    desk: Desk,
    basis: CaseBasis,
    room: Path,
    *,
    profile: str,
    language: str,
    paper: str | None,
    letter_form: str | None,
    progress: Progress,
    cancel: CancelToken | None,
) -> Packet:
    """The packet with its files in `room`, kept nowhere yet."""
    from disputedesk.papers.packets.fit import fit
    from disputedesk.papers.packets.separate import AS_IT_IS

    chosen = profiles(desk).get(profile)
    maker = order_maker(
        desk, basis, language=language, paper=paper, letter_form=letter_form, progress=progress,
        cancel=cancel,
    )  # fmt: skip
    if not maker(frozenset()).exhibits:
        raise Refused(
            tr("This case has no exhibits to send."), "", tr("Add exhibits to the case first.")
        )
    weights = weights_of(desk, basis, chosen)
    packet = fit(maker, chosen, room, weights=weights, progress=progress, cancel=cancel)
    whole = {
        number
        for file in packet.files if file.media_type.startswith(AS_IT_IS)
        for number in file.exhibits
    }  # fmt: skip
    refuse_unsafe(desk, [each for each in basis.exhibits if each.number in whole], cancel=cancel)
    return packet


def _keep(
    desk: Desk, basis: CaseBasis, packet: Packet, language: str, put: Put
) -> Outcome[tuple[Document, ...]]:
    """Seals the PDFs of a bundle; of single files the list of names and hashes."""
    if packet.order is not None and packet.made is not None:
        return keep_bundle(
            desk, basis.case.id, packet.order, packet.made, profile=packet.profile.id, put=put
        )
    listed = "".join(f"{sha256_of_file(file.path)}  {file.name}\n" for file in packet.files)
    sealed = desk.vault.seal(listed.encode())
    number = basis.case.number
    with texts.using(language):
        title = tr("Files for {title}, case {number}", title=tr(packet.profile.title),
                   number=number)  # fmt: skip
    name = clean_name(f"{desk.today.isoformat()}_Case-{number}_{packet.profile.id}.sha256.txt")
    with desk.transaction("document.make") as change:
        version = 1 + max(
            (b.version for b in change.rows.bundles.of_case(basis.case.id)), default=0
        )
        document = change.rows.documents.add(
            Document(DocumentId(0), basis.case.id, DocumentKind.SUBMISSION, packet.profile.id,
                     language, title, name, sealed.sha256, sealed.size, packet.pages,
                     desk.clock.now())
        )  # fmt: skip
        change.rows.bundles.add(
            BundleRecord(
                document.id, version, packet.profile.id, "", 0, sealed.sha256, packet.plan.json()
            )
        )
        change.touch_case(basis.case.id, basis.case.order, windows=False)
        said = tr("{title} made", title=title)
        change.note(Subject("case", basis.case.id), None, {"said": said, "document": document.id})
        put()
    return Outcome((document,), change.changes, None, said)


def _places(packet: Packet, target: Path) -> tuple[Path, ...]:
    """Where each file goes.

    Raises:
        Refused: There are several files and no folder, or the folder holds something already.
    """
    if target.suffix.lower() == ".pdf" and not target.is_dir():
        if len(packet.files) == 1 and packet.files[0].media_type == "application/pdf":
            return (target,)
        raise Refused(
            tr("This destination gets {count} files, not one PDF.", count=len(packet.files)),
            str(target), tr("Name a folder; it is made if it is not there."),
        )  # fmt: skip
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refused(
            tr("This folder holds something already, and what is uploaded must not be mixed."),
            str(target), tr("Name a new or an empty folder."),
        )  # fmt: skip
    return tuple(target / file.name for file in packet.files)


def _placing(packet: Packet, places: Sequence[Path]) -> AbstractContextManager[Put]:
    """Gives what puts all files where they go, if they go anywhere."""
    if not places:
        return contextlib.nullcontext(lambda: None)
    files = [
        (place.name, file.path) for place, file in zip(places, packet.files, strict=True)
    ]  # fmt: skip
    return placing(places[0].parent, files)


def copy_profile(desk: Desk, profile: str) -> Path:
    """A shipped destination in the desk's own folder, to be changed there; gives its place.

    Raises:
        NotFound: There is no such destination.
        Refused: The desk has one of that id already.
    """
    from disputedesk.papers.packets.profile_files import load_profiles, shipped_folder

    load_profiles().get(profile)
    target = desk.packets_folder / f"{profile}.toml"
    if target.exists():
        raise Refused(
            tr("The desk has a destination of its own with this name already."), str(target),
            tr("Change that file, or take it away first."),
        )  # fmt: skip
    write_file(target, (shipped_folder() / f"{profile}.toml").read_bytes())
    return target
