"""Rules on the step itself: its window, what it costs, and what went before."""

from __future__ import annotations

from collections.abc import Iterator

from disputedesk.common.texts import day_text, tr, trn
from disputedesk.deadlines.words import Actor
from disputedesk.papers.form import Moment, RecipientKind
from disputedesk.papers.lint.checked import Checked, window_place
from disputedesk.papers.lint.finding import Finding, Goto, Place, advice, blocker


def in_time(checked: Checked) -> Iterator[Finding]:
    """A window that has closed, is only arguable, or has not opened yet."""
    window, today = checked.context.window, checked.today
    if window is None or checked.form.moment is Moment.LAPSED or window.actor is not Actor.BUYER:
        return
    if window.opens is not None and today < window.opens:
        yield blocker(
            "not_open", window_place(),
            tr("This step opens on {day}; before that it can be turned away.",
               day=day_text(window.opens)),
            tr("Keep it until then."),
        )  # fmt: skip
    if window.closes is None or today <= window.closes:
        return
    looser = window.arguable_until
    if looser is not None and today <= looser:
        yield advice(
            "arguable", window_place(),
            tr("By the stricter reading the last day was {day}; the letter relies on the looser "
               "one, until {looser}.", day=day_text(window.closes), looser=day_text(looser)),
        )  # fmt: skip
    else:
        yield blocker(
            "closed", window_place(),
            tr("The last day of this step was {day}.", day=day_text(window.closes)),
            tr("Look whether another way is open, or whether a date is wrong."),
        )  # fmt: skip


def costs(checked: Checked) -> Iterator[Finding]:
    """What this step would end, freeze or use up."""
    for sentence in checked.around.gives_up:
        yield advice("gives_up", window_place(), sentence,
                     tr("Take it only when the other way is done with."))  # fmt: skip


def one_payment(checked: Checked) -> Iterator[Finding]:
    """A letter to a bank that would dispute several payments."""
    count = sum(payment.amount.minor > 0 for payment in checked.context.payments)
    if checked.form.recipient is RecipientKind.ISSUER and count > 1:
        place = Place(Goto.MONEY, "payments", tr("The payments"))
        told = tr("Banks want one letter per payment; this one disputes the first.")
        yield advice("one_payment", place, told, tr("Open a case for each payment."))


def sent_before(checked: Checked) -> Iterator[Finding]:
    """A paper for a step that went out already; after two of them it takes a decision."""
    days = checked.around.sent_on
    if not days:
        return
    last = day_text(max(days))
    told = trn("A paper for this step was sent on {day} already.",
               "{count} papers for this step were sent already, the last on {day}.",
               len(days), day=last)  # fmt: skip
    remedy = tr("Wait for the answer, or send a reminder instead.")
    if len(days) > 1:
        yield blocker("sent_twice", window_place(), told, remedy)
    else:
        yield advice("sent_before", window_place(), told, remedy)
