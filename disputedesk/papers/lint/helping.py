"""Rules on who signs: a helper's mandate, its signed paper among the exhibits, and its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from disputedesk.common.texts import day_text, tr
from disputedesk.model.agency import Mandate
from disputedesk.papers.context import mandate_exhibit
from disputedesk.papers.form import FormGroup, FormKind
from disputedesk.papers.lint.checked import Checked
from disputedesk.papers.lint.finding import Finding, Goto, Place, advice, blocker


def signed_by(checked: Checked) -> Iterator[Finding]:
    """A helper who signs without a mandate in force, or without its signed paper enclosed."""
    agent = checked.context.agent
    if not agent or not _is_signed(checked):
        return
    held = [m for m in checked.around.mandates if m.agent == agent and m.holds_on(checked.today)]
    if not held:
        yield blocker(
            "no_mandate", _signing(),
            tr("{agent} signs for the client, but no mandate is in force.", agent=agent),
            tr("Let the client sign a mandate, or let the client sign the letter."),
        )  # fmt: skip
    elif mandate_exhibit(held[-1], checked.context.exhibits) is None:
        named = held[-1].evidence is not None
        yield blocker(
            "mandate", Place(Goto.EXHIBIT, "", tr("The signed mandate")),
            tr("Enclose the signed mandate: a helper signs this letter, and its paper is not among "
               "the exhibits of the case."),
            tr("Add the paper to the exhibits of this case.") if named else
            tr("Add the signed paper to the exhibits of this case, and name it in the mandate."),
        )  # fmt: skip


def ended(checked: Checked) -> Iterator[Finding]:
    """A mandate that ended after letters were written under it: the client signs again."""
    if checked.context.agent or not _is_signed(checked):
        return
    for mandate in checked.around.mandates:
        last = _last_day(mandate)
        used = any(mandate.holds_on(day) for day in checked.around.made_on)
        if used and last is not None and last < checked.today:
            yield advice(
                "mandate_ended", _signing(),
                tr("Earlier letters of this case were signed by {agent}, whose mandate ended on "
                   "{day}: this one is the client's own.", agent=mandate.agent,
                   day=day_text(last)),
                tr("Let the client sign it, or let them sign a new mandate first."),
            )  # fmt: skip


def other_head(checked: Checked) -> Iterator[Finding]:
    """A letterhead of somebody else than the one who signs."""
    head, agent = checked.around.letterhead, checked.context.agent
    if head is not None and agent and _is_signed(checked) and not head.is_of(agent):
        yield advice(
            "other_letterhead", _signing(),
            tr("The letterhead names {other}, but {agent} signs: the letter bears the client's own "
               "head.", other=head.agent, agent=agent),
            tr("Choose the letterhead of who signs."),
        )  # fmt: skip


def _is_signed(checked: Checked) -> bool:
    """Whether somebody signs it to others: a paper between client and helper is the client's."""
    return checked.form.kind is FormKind.LETTER and checked.form.group is not FormGroup.AGENT


def _signing() -> Place:
    return Place(Goto.SENDER, "agent", tr("Who signs"))


def _last_day(mandate: Mandate) -> dt.date | None:
    """The day it ended or ends; `None` where it has no end."""
    days = [day for day in (mandate.ends_on, mandate.revoked_on) if day is not None]
    return min(days, default=None)
