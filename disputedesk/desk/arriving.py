"""Evidence on its way in: sources found, bytes sealed, mails unpacked, before any row names them.

A source that cannot be taken is a value beside the others, not an end of them. What was sealed for
an adding that did not come about is taken out of the vault again, unless somebody else names it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, TypeAlias

from disputedesk.common.errors import DeskError, NotFound, Refused
from disputedesk.common.private_files import told_about_files
from disputedesk.common.secrets import mask
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress
from disputedesk.media.attachments import unpack_mail
from disputedesk.media.when import Captured, file_time, find_captured
from disputedesk.model.case import Evidence
from disputedesk.model.evidence import Way
from disputedesk.model.ids import EvidenceId
from disputedesk.vault import Sealed, clean_name, media_type_of, visible_name

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_MOST_FILES: Final = 2_000
_DEEPEST: Final = 16
_NOT_MEANT: Final = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_DIGITS: Final = re.compile(r"(\d+)")
MAIL: Final = "message/rfc822"


@dataclasses.dataclass(frozen=True, slots=True)
class PastedImage:
    """A picture from the clipboard.

    Attributes:
        png: Its bytes.
        at: When it was pasted.
    """

    png: bytes
    at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True)
class PastedText:
    """A text from the clipboard, kept as it is.

    Attributes:
        at: When it was pasted.
    """

    text: str
    at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True)
class Streamed:
    """Bytes that come one after another, as another program writes them.

    Attributes:
        name: What they are to be called.
    """

    name: str
    stream: BinaryIO


Source: TypeAlias = Path | PastedImage | PastedText | Streamed


@dataclasses.dataclass(frozen=True, slots=True)
class Arrived:
    """Bytes that are sealed and not yet entered.

    Attributes:
        evidence: What would be entered if they are new.
        true_name: The name they came with.
        captured: When they say that they were made, this time.
        is_new: Whether the vault did not hold them before.
        mail: The place among what arrived of the mail that carried them; `None` for none.
        left_inside: How many files stayed inside, of a mail that carried too much.
    """

    evidence: Evidence
    true_name: str
    way: Way
    captured: Captured | None
    is_new: bool
    mail: int | None = None
    left_inside: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class NotTaken:
    """A source that could not be kept, and why."""

    name: str
    error: DeskError


@dataclasses.dataclass(frozen=True, slots=True)
class _Origin:
    """What is known of bytes apart from the bytes themselves."""

    name: str
    way: Way
    captured: Captured | None
    words: str
    mail: int | None = None


class Arriving:
    """One adding of files: keeps what was sealed so far, in order.

    Args:
        desk: The desk whose vault takes the bytes.
        way: How they come; what is pasted is known as such.
        folders: Whether folders are searched; else each is refused.
        strict: Whether the first source that cannot be taken ends it all.
        cancel: Asked between files and inside long ones.
    """

    def __init__(
        self, desk: Desk, way: Way, *, folders: bool, strict: bool, cancel: CancelToken | None
    ) -> None:
        self._desk = desk
        self._way = way
        self._folders = folders
        self._strict = strict
        self._cancel = cancel or CancelToken()
        self._now = desk.clock.now()
        self.found: list[Arrived | NotTaken] = []

    def take(self, sources: Sequence[Source], progress: Progress) -> None:
        """Seals everything; what cannot be taken is a line of its own.

        Raises:
            Cancelled: It was to stop; nothing new of it is left in the vault.
            DeskError: A source could not be taken, and all or nothing was wanted.
        """
        try:
            files = [file for source in sources for file in self._files(source)]
            for number, source in enumerate(files, 1):
                self._cancel.check()
                self._take_one(source, progress, number, len(files))
                progress(tr("Keeping files"), number, len(files))
        except BaseException:
            self.discard()
            raise

    def discard(self) -> None:
        """Takes out of the vault what was sealed here and is named by nothing on the desk."""
        fresh = [one.evidence.sha256 for one in self.found if isinstance(one, Arrived)
                 and one.is_new]  # fmt: skip
        if not fresh:
            return
        with self._desk.transaction("evidence.discard") as change:
            for sha256 in fresh:
                if not change.rows.names_bytes(sha256):
                    self._desk.vault.discard(sha256)

    # -- finding

    def _files(self, source: Source) -> list[Source]:
        """The source itself, or the files of a folder, in the order people number them."""
        if not isinstance(source, Path):
            return [source]
        try:
            with told_about_files(source):
                if source.is_symlink() or not source.is_dir():
                    return [source]
            if not self._folders:
                raise Refused(
                    tr("This is a folder, not a file."),
                    str(source),
                    tr("Name the files inside it, or add {option}.", option="--recursive"),
                )
            return self._searched(source)
        except DeskError as error:
            self._refuse(source.name, error)
            return []

    def _searched(self, folder: Path) -> list[Source]:
        found: list[Source] = []
        for path in self._walk(folder, 0):
            self._cancel.check()
            if len(found) == _MOST_FILES:
                raise Refused(
                    tr("The folder holds more than {count} files.", count=_MOST_FILES),
                    str(folder),
                    tr("Name a smaller folder, or the files themselves."),
                )
            found.append(path)
        return found

    def _walk(self, folder: Path, depth: int) -> Iterator[Path]:
        """The files under a folder; hidden ones and what systems leave are nobody's evidence."""
        try:
            with told_about_files(folder):
                inside = sorted(folder.iterdir(), key=_as_numbered)
        except DeskError as error:
            self._refuse(folder.name, error)
            return
        for path in inside:
            if path.name.startswith(".") or path.name.lower() in _NOT_MEANT:
                continue
            if path.is_dir() and not path.is_symlink():
                if depth < _DEEPEST:
                    yield from self._walk(path, depth + 1)
            else:
                yield path

    # -- sealing

    def _take_one(self, source: Source, progress: Progress, number: int, files: int) -> None:
        def told(what: str, done: int, total: int) -> None:
            if files == 1:
                progress(what, done, total)
            else:
                progress(what, number - 1, files)

        try:
            self._seal(source, told)
        except DeskError as error:
            self._refuse(_name_of(source), error)

    def _refuse(self, name: str, error: DeskError) -> None:
        if self._strict:
            raise error
        self.found.append(NotTaken(mask(visible_name(name)), error))

    def _seal(self, source: Source, progress: Progress) -> None:
        vault = self._desk.vault
        if isinstance(source, PastedImage):
            name = tr("Screenshot.png")
            origin = _Origin(name, Way.PASTE, Captured(source.at, "clipboard"), tr("clipboard"))
            self._enter(vault.seal(source.png, cancel=self._cancel), origin)
        elif isinstance(source, PastedText):
            name = tr("Pasted text.txt")
            origin = _Origin(name, Way.PASTE, Captured(source.at, "clipboard"), tr("clipboard"))
            data = source.text.encode("utf-8", "surrogatepass")
            self._enter(vault.seal(data, cancel=self._cancel), origin)
        elif isinstance(source, Streamed):
            sealed = vault.seal(source.stream, progress=progress, cancel=self._cancel)
            self._enter(sealed, _Origin(source.name, self._way, None, tr("standard input")))
        else:
            self._seal_file(source, progress)

    def _seal_file(self, path: Path, progress: Progress) -> None:
        with told_about_files(path):
            if not path.is_symlink() and not path.exists():
                raise NotFound(tr("There is no such file."), str(path), tr("Check the path."))
            written = path.lstat().st_mtime
        sealed = self._desk.vault.seal(path, progress=progress, cancel=self._cancel)
        words = mask(clean_name(path.name))
        self._enter(sealed, _Origin(path.name, self._way, file_time(written), words))

    def _enter(self, sealed: Sealed, origin: _Origin) -> None:
        """Notes sealed bytes as arrived, and unpacks them where they are a mail."""
        vault = self._desk.vault
        with vault.open(sealed.sha256) as stream:
            media = media_type_of(stream, origin.name)
        captured = origin.captured
        if captured is None or captured.by != "clipboard":
            captured = find_captured(vault.path(sealed.sha256), media) or captured
        evidence = Evidence(
            EvidenceId(0), sealed.sha256, sealed.size, mask(clean_name(origin.name)), media,
            self._now, captured_at=None if captured is None else captured.at,
            captured_from="" if captured is None else captured.by, origin=origin.words,
        )  # fmt: skip
        self.found.append(
            Arrived(
                evidence, mask(visible_name(origin.name)), origin.way, captured, sealed.is_new,
                origin.mail,
            )
        )  # fmt: skip
        if media == MAIL and origin.mail is None:
            self._unpack(len(self.found) - 1, captured)

    def _unpack(self, place: int, sent: Captured | None) -> None:
        """Seals the files that a mail carries; a mail inside is one of them, with its own files."""
        mail = self.found[place]
        if not isinstance(mail, Arrived):
            return
        unpacked = unpack_mail(self._desk.vault.path(mail.evidence.sha256))
        self.found[place] = dataclasses.replace(mail, left_inside=unpacked.left)
        date = sent if sent is not None and sent.by == "mail" else None
        places = [place]
        for file in unpacked.files:
            self._cancel.check()
            carrier = places[file.within[-1]] if file.within else place
            letter = self.found[carrier]
            name = letter.evidence.name if isinstance(letter, Arrived) else ""
            words = tr("attached to {name}", name=name)
            places.append(len(self.found))
            sealed = self._desk.vault.seal(file.data, cancel=self._cancel)
            self._enter(sealed, _Origin(file.name, Way.MAIL, date, words, carrier))


def _as_numbered(path: Path) -> tuple[list[tuple[int, str]], str]:
    """Sorts as people number: 2 before 10."""
    parts = _DIGITS.split(path.name.casefold())
    key = [(int(part) if part.isdecimal() else -1, part) for part in parts if part]
    return key, path.name


def _name_of(source: Source) -> str:
    if isinstance(source, Path | Streamed):
        return source.name
    return tr("clipboard")
