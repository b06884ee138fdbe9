"""Exhibits of a case: what is said of each, their order, and taking out."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import Refused
from disputedesk.common.secrets import mask
from disputedesk.common.texts import tr
from disputedesk.desk.changes import Outcome
from disputedesk.desk.exhibit_links import links_of
from disputedesk.model.case import Exhibit
from disputedesk.model.ids import CaseId, ExhibitId
from disputedesk.papers.plan import plan_of
from disputedesk.papers.sections import section_of, section_rank
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.transaction import Transaction
    from disputedesk.store.transaction import StoreTransaction

_LONGEST_CAPTION: Final = 300


def set_exhibit(
    desk: Desk,
    exhibit_id: ExhibitId,
    *,
    caption: str | None = None,
    proves: str | None = None,
    kind: str | None = None,
    section: str | None = None,
) -> Outcome[None]:
    """Says what is seen on an exhibit, what it proves, what it is, and in which section it stands.

    `None` leaves each; an empty section lets the kind decide.
    """
    with desk.transaction("exhibit.set") as change:
        exhibit = change.rows.exhibits.get(exhibit_id)
        newer = dataclasses.replace(
            exhibit,
            caption=_line(exhibit.caption if caption is None else caption),
            proves=_line(exhibit.proves if proves is None else proves),
            kind=exhibit.kind if kind is None else kind,
        )
        change.rows.exhibits.update(newer)
        placed = exhibit.section if section is None else _line(section)
        change.rows.exhibits.place(exhibit_id, section=placed, withdrawn_at=exhibit.withdrawn_at)
        case = change.rows.cases.get(exhibit.case)
        change.touch_case(exhibit.case, case.order, windows=False)
        said = tr("Exhibit {number} changed", number=exhibit.number)
        before = {
            "evidence": exhibit.evidence.id,
            "caption": exhibit.caption,
            "proves": exhibit.proves,
            "kind": exhibit.kind,
            "section": exhibit.section,
        }
        entry = change.note(Subject("case", exhibit.case), before, {"said": said})
    return Outcome(None, change.changes, entry, said)


def _line(text: str) -> str:
    """One harmless line, no longer than an index can show."""
    return mask(" ".join(text.split()))[:_LONGEST_CAPTION]


def move_exhibit(desk: Desk, exhibit_id: ExhibitId, to: int) -> Outcome[None]:
    """Gives an exhibit another place in printing order; the others close up.

    Args:
        desk: The desk.
        exhibit_id: The exhibit.
        to: Its new number, from 1; beyond the ends means the end, and a number that was sent the
            first after those.

    Raises:
        Refused: It was sent under its number.
    """
    with desk.transaction("exhibit.move") as change:
        exhibit = change.rows.exhibits.get(exhibit_id)
        sent = sent_numbers(change.rows, exhibit.case)
        if exhibit.number in sent:
            raise Refused(
                tr("Exhibit {number} was sent under this number and keeps it.",
                   number=exhibit.number),
                tr("exhibit {number}", number=exhibit.number),
                tr("Move only exhibits that were added after the bundle was sent."),
            )  # fmt: skip
        order = [each.id for each in change.rows.exhibits.list(exhibit.case)]
        order.remove(exhibit_id)
        order.insert(max(to - 1, 0, *sent), exhibit_id)
        return _arranged(change, exhibit.case, order, tr("Exhibits put in another order"))


def arrange_exhibits(desk: Desk, case_id: CaseId) -> Outcome[None]:
    """Puts the exhibits in order: by section, then by the day each was made.

    What was sent keeps its number; what came after is put in order behind it.
    """
    with desk.transaction("exhibit.move") as change:
        sent = sent_numbers(change.rows, case_id)
        now = change.rows.exhibits.list(case_id)
        fixed = [each.id for each in now if each.number in sent]
        free = sorted((each for each in now if each.number not in sent), key=_rank)
        order = [*fixed, *(each.id for each in free)]
        return _arranged(change, case_id, order, tr("Exhibits put in order"))


def _rank(exhibit: Exhibit) -> tuple[int, str, dt.datetime, int]:
    """What puts an exhibit before another."""
    section = section_of(exhibit)
    evidence = exhibit.evidence
    made = evidence.captured_at or evidence.added_at
    return section_rank(section), section, made, exhibit.number


def _arranged(
    change: Transaction, case_id: CaseId, order: Sequence[ExhibitId], said: str
) -> Outcome[None]:
    """Numbers the exhibits anew, in a way that can be taken back."""
    before = [each.evidence.id for each in change.rows.exhibits.list(case_id)]
    change.rows.exhibits.arrange(case_id, order)
    case = change.rows.cases.get(case_id)
    change.touch_case(case_id, case.order, windows=False)
    entry = change.note(Subject("case", case_id), {"order": before}, {"said": said})
    return Outcome(None, change.changes, entry, said)


def remove_exhibit(desk: Desk, exhibit_id: ExhibitId) -> Outcome[None]:
    """Takes an exhibit out of its case; what was sealed stays sealed.

    One that was sent is withdrawn: its number stays taken, and the next bundle says so.
    """
    with desk.transaction("exhibit.remove") as change:
        exhibit = change.rows.exhibits.get(exhibit_id)
        claims = [link.claim for link in change.rows.exhibits.claims(exhibit.case)
                  if link.exhibit == exhibit_id]  # fmt: skip
        was_sent = exhibit.number in sent_numbers(change.rows, exhibit.case)
        links = {} if was_sent else links_of(change.rows, exhibit)
        if was_sent:
            said = tr("Exhibit {number} withdrawn", number=exhibit.number)
            change.rows.exhibits.place(
                exhibit_id, section=exhibit.section, withdrawn_at=desk.clock.now()
            )
        else:
            said = tr("Exhibit {number} taken out", number=exhibit.number)
            order = [each.id for each in change.rows.exhibits.list(exhibit.case)]
            order.remove(exhibit_id)
            change.rows.exhibits.remove(exhibit_id)
            change.rows.exhibits.arrange(exhibit.case, order)
        case = change.rows.cases.get(exhibit.case)
        change.touch_case(exhibit.case, case.order, windows=False)
        before = {
            "evidence": exhibit.evidence.id,
            "number": exhibit.number,
            "caption": exhibit.caption,
            "proves": exhibit.proves,
            "kind": exhibit.kind,
            "section": exhibit.section,
            "claims": claims,
            "withdrawn": was_sent,
            "links": links,
        }
        entry = change.note(Subject("case", exhibit.case), before, {"said": said})
    return Outcome(None, change.changes, entry, said)


def put_back(change: Transaction, exhibits: Iterable[Exhibit]) -> dict[str, dt.datetime]:
    """Lets those stand again that were taken out after they were sent; gives when, by evidence."""
    former = {}
    for exhibit in exhibits:
        if exhibit.withdrawn_at is not None:
            former[str(exhibit.evidence.id)] = exhibit.withdrawn_at
            change.rows.exhibits.place(exhibit.id, section=exhibit.section, withdrawn_at=None)
    return former


def sent_numbers(rows: StoreTransaction, case_id: CaseId) -> frozenset[int]:
    """The numbers that stay: up to the last exhibit that went out, in whatever bundle or packet.

    One that was left out of all of them keeps its number too, or those after it would move.
    """
    sent = [each.number for record in rows.bundles.sent(case_id)
            for each in plan_of(record.plan).exhibits]  # fmt: skip
    return frozenset(range(1, max(sent, default=0) + 1))
