"""The desk's own folder of forms: each read, and changed whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from disputedesk.common.errors import Refused
from disputedesk.common.private_files import (
    make_private_folder,
    open_private,
    sync_folder,
    told_about_files,
)
from disputedesk.common.texts import tr
from disputedesk.papers.filling import MOST_CHARACTERS
from disputedesk.papers.form import Form
from disputedesk.papers.form_files import load_form

_ID: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
_FILE: Final = re.compile(r"form\.toml|body\.[a-z]{2}\.txt")

OWN_FORMS: Final = "forms"
"""The folder of a desk's own forms, inside the desk's folder."""

Files = Mapping[str, str]
"""The files of one form: their texts by name; none is no form."""


class OwnForms:
    """The forms in one desk's folder; one writer at a time, by the desk's lock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, form_id: str) -> Path:
        """The folder of a form, which need not be there.

        Raises:
            Refused: No form can be called so.
        """
        if not _ID.fullmatch(form_id):
            raise Refused(
                tr("No form can be called “{name}”.", name=form_id), form_id,
                tr("Use small letters, digits and underscores, and begin with a letter."),
            )  # fmt: skip
        return self.folder / form_id

    def read(self, form_id: str) -> dict[str, str]:
        """The files of a form; empty where there is none."""
        place = self.place(form_id)
        found = {}
        with told_about_files(place):
            for path in sorted(place.iterdir()) if place.is_dir() else ():
                small = path.is_file() and not path.is_symlink()
                if _FILE.fullmatch(path.name) and small:
                    found[path.name] = _text(path)
        return found

    def check(self, form_id: str, files: Files) -> Form:
        """The form that these files make.

        Raises:
            Refused: They make none; says where and why.
        """
        self.place(form_id)
        with tempfile.TemporaryDirectory() as room:
            folder = Path(room) / form_id
            folder.mkdir()
            for name, text in files.items():
                (folder / name).write_text(text, encoding="utf-8", newline="\n")
            return load_form(folder, plain=True)

    @contextlib.contextmanager
    def changed(self, form_id: str, files: Files) -> Iterator[None]:
        """The folder with this form as these files say; an error puts back what was.

        Raises:
            DeskError: A file cannot be written.
        """
        before = self.read(form_id)
        place = self.place(form_id)
        try:
            with told_about_files(place):
                _put(place, files)
            yield
        except BaseException:
            with told_about_files(place):
                _put(place, before)
            raise


def _text(path: Path) -> str:
    with path.open("rb") as stream:
        data = stream.read(4 * MOST_CHARACTERS + 1)
    if len(data) > 4 * MOST_CHARACTERS:
        raise Refused(tr("This file is too long for a form."), path.name)
    return data.decode("utf-8", "replace")


def _put(place: Path, files: Files) -> None:
    """Swaps the whole folder: the new one is complete before the old one goes."""
    fresh = place.with_name(f".{place.name}.{secrets.token_hex(6)}.part")
    if files:
        make_private_folder(fresh)
        for name, text in files.items():
            with os.fdopen(open_private(fresh / name), "wb") as stream:
                stream.write(text.encode("utf-8"))
                stream.flush()
                os.fsync(stream.fileno())
        sync_folder(fresh)
    if place.is_dir():
        old = place.with_name(f".{place.name}.{secrets.token_hex(6)}.part")
        place.rename(old)
        if files:
            fresh.rename(place)
        shutil.rmtree(old)
    elif files:
        fresh.rename(place)
    if place.parent.is_dir():
        sync_folder(place.parent)
