"""A film among the exhibits as a strip of small pictures, to choose moments by."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.queries.evidence import find_exhibit
from disputedesk.media import stills
from disputedesk.model.ids import ExhibitId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

has_reader = stills.has_reader
can_read = stills.can_read
moment_text = stills.moment_text
read_moment = stills.read_moment


@dataclasses.dataclass(frozen=True, slots=True)
class FilmMoment:
    """One moment of a film; `preview` is a small JPEG."""

    at: dt.timedelta
    preview: bytes


@dataclasses.dataclass(frozen=True, slots=True)
class FilmView:
    """A film and moments spread over it; those that gave no picture are left out."""

    duration: dt.timedelta
    moments: tuple[FilmMoment, ...]


def look_at_film(
    desk: Desk,
    exhibit_id: ExhibitId,
    *,
    count: int = 6,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> FilmView:
    """A film with `count` moments to choose from.

    Raises:
        Refused: It is no film we look into, there is no `ffmpeg`, or nothing of it can be read.
        DamagedDesk: The bytes are not what was sealed.
    """
    evidence = find_exhibit(desk, exhibit_id).evidence
    path = desk.vault.check(evidence.sha256)
    film = stills.look_at(path, evidence.media_type)
    moments, refused = [], None
    for number, at in enumerate(stills.spread(film.duration, count), 1):
        if cancel is not None:
            cancel.check()
        try:
            moments.append(FilmMoment(at, stills.still(path, evidence.media_type, at, small=True)))
        except Refused as error:
            refused = error
        progress(tr("Looking at the film"), number, count)
    if refused is not None and not moments:
        raise refused
    return FilmView(film.duration, tuple(moments))


def preview_at(desk: Desk, exhibit_id: ExhibitId, at: dt.timedelta) -> FilmMoment:
    """One moment more.

    Raises:
        Refused: The film has no picture there.
    """
    evidence = find_exhibit(desk, exhibit_id).evidence
    path = desk.vault.path(evidence.sha256)
    return FilmMoment(at, stills.still(path, evidence.media_type, at, small=True))
