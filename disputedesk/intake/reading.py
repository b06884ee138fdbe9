"""Files and folders into readings: each regular file once, by content, within its allowance."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from disputedesk.common.hashing import Sha256, sha256_of_bytes
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.intake.draft import FileReading, Recognition

_LARGEST: Final = 100 << 20
_DEEPEST: Final = 40
_HEAD: Final = 1 << 14
_NO_HASH: Final = Sha256("")


def read_files(
    paths: Sequence[Path],
    *,
    as_kind: str | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Iterator[FileReading]:
    """One reading per regular file under `paths`, folders sorted; bad content never raises.

    A mailbox gives one per letter that concerns the desk, and one for itself; all have its path.
    Hidden files and symbolic links inside folders are passed over; a link that is given by name is
    followed. What cannot be read is a reading of its own that says so.

    Args:
        paths: Files and folders.
        as_kind: What the user says about files that leave two readings; see `exports.KINDS`.
        progress: Told the name of each file before it is read.
        cancel: Asked before each file.

    Raises:
        Refused: `as_kind` is no kind there is.
        Cancelled: Somebody asked to stop.
    """
    from disputedesk.intake.exports import check_kind

    check_kind(as_kind)
    return _readings(tuple(paths), as_kind, progress, cancel)


def _readings(
    paths: tuple[Path, ...], as_kind: str | None, progress: Progress, cancel: CancelToken | None
) -> Iterator[FileReading]:
    found = list(_files(paths, cancel))
    for done, (path, trouble) in enumerate(found):
        if cancel is not None:
            cancel.check()
        progress(path.name, done, len(found))
        if trouble:
            yield _refused(path, trouble)
        else:
            yield from _read_file(path, as_kind, cancel)
    progress("", len(found), len(found))


def _files(paths: tuple[Path, ...], cancel: CancelToken | None) -> Iterator[tuple[Path, str]]:
    """Every file to read, once, with a sentence where it is none."""
    seen: set[Path] = set()
    for path in paths:
        for found, trouble in _under(path, cancel):
            key = found.absolute()
            if key not in seen:
                seen.add(key)
                yield found, trouble


def _under(path: Path, cancel: CancelToken | None) -> Iterator[tuple[Path, str]]:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        yield path, tr("There is no such file or folder.")
        return
    except (OSError, ValueError) as error:
        yield path, _os_words(error)
        return
    if stat.S_ISDIR(mode):
        yield from _in_folder(path, 0, cancel)
    elif stat.S_ISREG(mode):
        yield path, ""
    else:
        yield path, tr("It is neither a file nor a folder.")


def _in_folder(folder: Path, depth: int, cancel: CancelToken | None) -> Iterator[tuple[Path, str]]:
    if cancel is not None:
        cancel.check()
    if depth > _DEEPEST:
        yield folder, tr("The folders are nested too deeply.")
        return
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield folder, _os_words(error)
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from _in_folder(entry, depth + 1, cancel)
        elif entry.is_file():
            yield entry, ""


def _read_file(
    path: Path, as_kind: str | None, cancel: CancelToken | None
) -> Iterator[FileReading]:
    from disputedesk.intake.mailbox import is_mailbox, read_mailbox

    check = cancel.check if cancel is not None else _go_on
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            mailbox = is_mailbox(head)
            data = b"" if mailbox else head + stream.read(max(0, _LARGEST + 1 - len(head)))
        if mailbox:
            yield from read_mailbox(path, check)
            return
    except OSError as error:
        yield _refused(path, _os_words(error))
        return
    yield _too_large(path) if len(data) > _LARGEST else read_bytes(data, path=path, as_kind=as_kind)


def _go_on() -> None:
    """Checks nothing: nobody can ask to stop."""


def _too_large(path: Path) -> FileReading:
    return _refused(
        path,
        tr("The file is larger than {size} MB.", size=_LARGEST >> 20),
        tr("Give it in smaller parts; videos and archives are added to a case as evidence."),
        size=path.stat().st_size,
    )


def read_bytes(data: bytes, *, path: Path, as_kind: str | None = None) -> FileReading:
    """The reading of a file's bytes, as a mail or an export; `path` only names them."""
    from disputedesk.intake.exports import ExportReading, read_export
    from disputedesk.intake.mail import MailReading, looks_like_mail, read_mail

    found: MailReading | ExportReading
    if looks_like_mail(data[:_HEAD], path.name):
        found = read_mail(data, file=path.name)
    else:
        found = read_export(data, file=path.name, as_kind=as_kind)
    return FileReading(
        path=path,
        sha256=sha256_of_bytes(data),
        size=len(data),
        kind=found.kind,
        what=found.what,
        recognition=found.recognition,
        drafts=found.drafts,
        rejections=found.rejections,
        why=found.why,
        remedy=found.remedy,
        captured_at=found.captured_at,
    )


def _refused(path: Path, why: str, remedy: str = "", size: int = 0) -> FileReading:
    return FileReading(
        path, _NO_HASH, size, "", tr("unread file"), Recognition.REFUSED, why=why, remedy=remedy
    )


def _os_words(error: OSError | ValueError) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return tr("The system does not let it be read: {reason}.", reason=reason)
