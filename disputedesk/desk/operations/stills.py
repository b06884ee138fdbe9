"""Moments of a film kept as exhibits of their own, with where they came from."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr, trn
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.exhibits import put_back
from disputedesk.desk.queries.evidence import find_exhibit
from disputedesk.media import stills
from disputedesk.model.case import Evidence, Exhibit
from disputedesk.model.evidence import Arrival, Derivation, Derived, Way
from disputedesk.model.ids import EvidenceId, ExhibitId
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.transaction import Transaction

_KIND = "photo"


@dataclasses.dataclass(frozen=True, slots=True)
class _Still:
    """A sealed picture that is not yet an exhibit."""

    at: dt.timedelta
    evidence: Evidence


def keep_stills(
    desk: Desk,
    exhibit_id: ExhibitId,
    moments: Sequence[dt.timedelta],
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[tuple[ExhibitId, ...]]:
    """Keeps moments of a film as exhibits of its case; the film stays as it is.

    They come last, as everything that is added: numbers that were sent keep their meaning.

    Raises:
        Refused: No moment was named, the exhibit is no film we look into, there is no `ffmpeg`,
            or the film has no picture at one of them; nothing was kept.
        DamagedDesk: The film's bytes are not what was sealed.
    """
    film = find_exhibit(desk, exhibit_id)
    if not moments:
        raise Refused(tr("No moment was chosen."), "", tr("Choose at least one picture."))
    path = desk.vault.check(film.evidence.sha256)
    about = stills.look_at(path, film.evidence.media_type)
    sealed = []
    for number, at in enumerate(moments, 1):
        if cancel is not None:
            cancel.check()
        _refuse_outside(at, about.duration)
        data = stills.still(path, film.evidence.media_type, at)
        kept = desk.vault.seal(data, cancel=cancel)
        evidence = _evidence(film.evidence, about, at, now=desk.clock.now())
        sealed.append(_Still(at, dataclasses.replace(evidence, sha256=kept.sha256, size=kept.size)))
        progress(tr("Taking stills"), number, len(moments))
    with desk.transaction("evidence.add") as change:
        known = {each.evidence.id for each in change.rows.exhibits.list(film.case)}
        exhibits = [_add(change, film, each) for each in sealed]
        new = [each.evidence.id for each in exhibits if each.evidence.id not in known]
        case = change.rows.cases.get(film.case)
        change.touch_case(case.id, case.order, windows=False)
        change.touch_evidence(each.evidence.id for each in exhibits)
        said = trn("{count} still added", "{count} stills added", len(new))
        before = {"withdrawn": put_back(change, exhibits)}
        entry = change.note(Subject("case", film.case), before, {"evidence": new, "said": said})
    return Outcome(tuple(each.id for each in exhibits), change.changes, entry, said)


def _refuse_outside(at: dt.timedelta, duration: dt.timedelta) -> None:
    if at >= duration:
        raise Refused(
            tr("The film is only {duration} long.", duration=stills.moment_text(duration)),
            stills.moment_text(at),
            tr("Name a moment inside it."),
        )


def _evidence(
    film: Evidence, about: stills.Film, at: dt.timedelta, *, now: dt.datetime
) -> Evidence:
    """The still as evidence, its bytes aside; it was made when the film was, and so much later."""
    own = film.captured_at if film.captured_from not in {"", "file"} else None
    begun, said = (own, film.captured_from) if own else (about.made_at, "video")
    stem = PurePath(film.name).stem
    moment = stills.moment_text(at)
    return Evidence(
        EvidenceId(0), "", 0, f"{stem} {moment.replace(':', '-')}.png", "image/png", now,
        captured_at=None if begun is None else begun + at,
        captured_from="" if begun is None else said,
        origin=tr("{name} at {moment}", name=film.name, moment=moment),
    )  # fmt: skip


def _add(change: Transaction, film: Exhibit, still: _Still) -> Exhibit:
    """The still as an exhibit, with how it came and what it was made from."""
    rows = change.rows
    evidence = rows.evidence.add(still.evidence)
    made = rows.derivations.of_evidence(evidence.id)
    if not any(each.origin == film.evidence.id for each in made):
        detail = json.dumps({"at_ms": round(still.at.total_seconds() * 1000)})
        rows.arrivals.add(
            Arrival(
                0, evidence.id, rows.at, rows.actor, Way.MADE, still.evidence.name,
                captured_at=evidence.captured_at, captured_from=evidence.captured_from,
                offset_minutes=_offset(change, film, still),
            )
        )  # fmt: skip
        rows.derivations.add(
            Derivation(
                0, evidence.id, film.evidence.id, Derived.STILL, detail, rows.at, rows.actor
            )
        )  # fmt: skip
    moment = stills.moment_text(still.at)
    what = film.caption or film.evidence.name
    caption = tr("Moment {moment} of the film: {what}", moment=moment, what=what)[:300]
    return rows.exhibits.add(
        Exhibit(ExhibitId(0), film.case, evidence, 0, caption, film.proves, _KIND)
    )


def _offset(change: Transaction, film: Exhibit, still: _Still) -> int | None:
    """The zone the film's own clock stated; `None` where it stated none."""
    made_at = still.evidence.captured_at
    if made_at is None:
        return None
    arrivals = change.rows.arrivals.of_evidence(film.evidence.id)
    begun = made_at - still.at
    return next((each.offset_minutes for each in arrivals if each.captured_at == begun), None)
