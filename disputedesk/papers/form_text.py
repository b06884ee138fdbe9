"""The text of a form's file, and what is wrong with one."""

from __future__ import annotations

from pathlib import Path

from disputedesk.common.texts import tr
from disputedesk.papers.filling import MOST_CHARACTERS
from disputedesk.papers.form import FormRefused


class FormFault(Exception):
    """Where in a form and why; turned into `Refused` or `FormRefused` at the edge."""

    def __init__(self, file: Path, key: str, why: str) -> None:
        super().__init__(why)
        self.refused = FormRefused(f"{file.parent.name}/{file.name}", key, why)


def text_of(file: Path) -> str:
    """The text of `file`, its lines ended alike.

    Raises:
        FormFault: It cannot be read, is too long or no UTF-8.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise FormFault(file, "", tr("It cannot be read: {why}.", why=error.strerror)) from error
    if len(data) > 4 * MOST_CHARACTERS:
        raise FormFault(
            file,
            "",
            tr(
                "It has {count} bytes; at most {most} are read.",
                count=len(data),
                most=4 * MOST_CHARACTERS,
            ),
        )
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise FormFault(
            file, "", tr("It is no UTF-8 text (byte {place}).", place=error.start)
        ) from error
