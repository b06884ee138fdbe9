"""A folder to upload from: the text and the files, numbered as the text names them."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress
from disputedesk.desk.basis import CaseBasis, read_case
from disputedesk.desk.operations.outgoing import refuse_unsafe
from disputedesk.desk.placing import Put, placing
from disputedesk.desk.queries.submissions import file_name, profile_of
from disputedesk.model.ids import CaseId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.papers.submission import Submission


@contextlib.contextmanager
def upload_folder(
    desk: Desk,
    case_id: CaseId,
    written: Submission,
    *,
    folder: Path,
    text: tuple[str, Path],
    progress: Progress,
    cancel: CancelToken | None,
) -> Iterator[tuple[Put, tuple[str, ...]]]:
    """Gives what puts text and files into `folder`, and the names of the files there.

    Args:
        desk: The desk.
        case_id: The case.
        written: The dispute text; its files in the order to upload.
        folder: Where they go; made if it is not there.
        text: The name of the text there, and where its bytes are.
        progress: Told what is done.
        cancel: Asked between files.

    Raises:
        Refused: A file shows a card number or code, does not fit, or would be written twice.
        DeskError: The folder cannot be written; nothing new is in it.
    """
    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    refuse_unsafe(desk, basis.exhibits, progress=progress, cancel=cancel)
    with tempfile.TemporaryDirectory(dir=desk.folder, prefix=".packet-") as room:
        files = _files(desk, basis, written, Path(room), progress=progress, cancel=cancel)
        with placing(folder, [text, *files]) as put:
            yield put, tuple(name for name, _ in files)


def _files(
    desk: Desk,
    basis: CaseBasis,
    written: Submission,
    room: Path,
    *,
    progress: Progress,
    cancel: CancelToken | None,
) -> list[tuple[str, Path]]:
    """Each file's name and where its bytes are: fitted where the platform's limits are known."""
    from disputedesk.desk.operations.packets import fitted

    profile = profile_of(desk, basis, desk.forms.get(written.form))
    if profile is None or not written.files:
        shown = {each.number: each.outgoing for each in basis.exhibits}
        return [
            (file_name(file.position, file.name), desk.vault.check(shown[file.exhibit].sha256))
            for file in written.files
        ]
    packet = fitted(
        desk, basis, room, profile=profile.id, language=written.language, paper=None,
        letter_form=None, progress=progress, cancel=cancel,
    )  # fmt: skip
    places = {file.exhibit: file.position for file in written.files}
    named: list[tuple[str, Path]] = []
    for file in packet.files:
        place = min(places[number] for number in file.exhibits)
        name = f"{place:02}-{file.name.partition('-')[2]}"
        named.append((_unlike(name, [each for each, _ in named]), file.path))
    _refuse_left_out(written, {number for file in packet.files for number in file.exhibits})
    return named


def _unlike(name: str, taken: list[str]) -> str:
    """`name`, or one like it that no other file has: an exhibit may go as several pictures."""
    stem, _, ending = name.rpartition(".")
    again = (f"{stem}-{count}.{ending}" for count in range(2, len(taken) + 3))
    return name if name not in taken else next(each for each in again if each not in taken)


def _refuse_left_out(written: Submission, inside: set[int]) -> None:
    """Does nothing when every file that the text names is there.

    Raises:
        Refused: One could not be made to fit; names it.
    """
    for file in written.files:
        if file.exhibit not in inside:
            raise Refused(
                tr("File {number}, {name}, does not fit what the platform takes.",
                   number=file.position, name=file.name),
                tr("exhibit {number}", number=file.exhibit),
                tr("Take it out of the case, or add a smaller copy; “Bundle for a destination” "
                   "says which limits there are."),
            )  # fmt: skip
