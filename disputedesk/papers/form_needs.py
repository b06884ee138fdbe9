"""What a form must or should know, read from its lines: `name`, `name|other`, `name if other`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.papers.form import Need
from disputedesk.papers.form_text import FormFault
from disputedesk.papers.vocabulary import field_names

_NEED: Final = re.compile(r"([a-z0-9_]+(?:\|[a-z0-9_]+)*)(?: if ([a-z0-9_]+))?")


def needs_of(file: Path, key: str, lines: Sequence[str]) -> tuple[Need, ...]:
    """The needs that the `lines` under `key` of a form's file say.

    Raises:
        FormFault: A line is none, or names no field.
    """
    return tuple(_need(file, key, line) for line in lines)


def _need(file: Path, key: str, text: str) -> Need:
    match = _NEED.fullmatch(text)
    if match is None:
        raise FormFault(
            file, key, tr("“{text}” is not “name”, “name|other” or “name if other”.", text=text)
        )
    names, given = tuple(match.group(1).split("|")), match.group(2) or ""
    for name in (*names, *([given] if given else [])):
        if name not in field_names():
            raise FormFault(file, key, tr("No field is called “{name}”.", name=name))
    return Need(names, given)
