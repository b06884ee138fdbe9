"""Which papers a case is offered, and which window or lapsed clock each of them acts under."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from disputedesk.deadlines.plan import Plan
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Avenue, Stage, Status
from disputedesk.model.order import Client
from disputedesk.model.problem import Problem
from disputedesk.papers.form import Form, FormGroup, FormKind, Moment, RecipientKind

if TYPE_CHECKING:
    from disputedesk.desk.basis import CaseBasis
    from disputedesk.papers.form import FormSet

_NOW: Final = frozenset({Status.OPEN, Status.CLOSING})
_APPEALED: Final = frozenset({"platform_dispute", "platform_appeal", "wallet_claim"})
"""Ways whose refusal can be appealed from at the same house."""
_BANKS: Final = frozenset({Avenue.CARD_CHARGEBACK, Avenue.BANK_CLAIM})
_CHASED: Final = {
    Actor.SELLER: frozenset({RecipientKind.SELLER, RecipientKind.PLATFORM}),
    Actor.PLATFORM: frozenset({RecipientKind.PLATFORM}),
    Actor.BANK: frozenset({RecipientKind.ISSUER, RecipientKind.OMBUDSMAN, RecipientKind.REGULATOR}),
    Actor.REGULATOR: frozenset({RecipientKind.OMBUDSMAN, RecipientKind.REGULATOR}),
}
"""Who is written to when a clock of theirs has run out."""
_UNTIMED: Final = frozenset({Moment.REPLY, Moment.ANY})
_SHELVES: Final = tuple(FormGroup)


@dataclasses.dataclass(frozen=True, slots=True)
class Offer:
    """A form that serves a case now.

    Attributes:
        window: What it acts under: the buyer's window, or their clock that ran out; `None` where it
            rests on neither.
        recommended: Whether it makes the step that the plan recommends.
    """

    form: Form
    window: Window | None = None
    recommended: bool = False

    @property
    def avenue(self) -> str:
        """The avenue it acts on; empty where it rests on none."""
        return str(self.window.avenue) if self.window is not None else ""


def offers_for(
    forms: Iterable[Form], basis: CaseBasis, windows: Sequence[Window], plan: Plan, today: dt.date
) -> tuple[Offer, ...]:
    """What can be written for a case today: the recommended paper first, then shelf by shelf."""
    offers = [
        Offer(form, window)
        for form in forms
        if fits_case(form, basis)
        for window in (_acts_under(form, basis, windows, plan, today),)
        if (_needs_no_window(form, basis) if form.moment in _UNTIMED else window is not None)
    ]
    offers.sort(key=lambda offer: (_SHELVES.index(offer.form.group), _turn(offer, plan)))
    best = _best(
        (o.form for o in offers if o.window is not None and o.window.rule == plan.next_step),
        str(plan.next_step or ""),
    )
    first = [dataclasses.replace(o, recommended=True) for o in offers if o.form is best]
    return (*first, *(offer for offer in offers if offer.form is not best))


def fits_case(form: Form, basis: CaseBasis) -> bool:
    """Whether a form is made for the case's problem, platform or wallet, and the client's home."""
    order, client = basis.order.order, basis.order.client
    houses = {"", order.platform, str(basis.facts.get("wallet") or "")}
    return (
        basis.case.problem in form.problems
        and form.platform in houses
        and form.serves_place(client.country, client.subdivision)
    )


def acting_window(
    form: Form, basis: CaseBasis, windows: Sequence[Window], plan: Plan
) -> Window | None:
    """The window a paper acts under: of the form's own, the one that closes first.

    A form for a lapsed clock takes that clock, the latest one. What was filed already gives way to
    what was not.
    """
    if form.moment is Moment.LAPSED:
        return next(iter(_lapsed(form, plan)), None)
    filed = {filing.rule for filing in basis.filings}
    mine = [window for window in _own(form, windows) if window.closes is not None]
    fresh = [window for window in mine if window.rule not in filed]
    live = [window for window in fresh or mine if window.status is not Status.NOT_AVAILABLE]
    return min(live or fresh or mine, key=lambda w: w.closes or dt.date.max, default=None)


def serving_form(
    forms: FormSet, window: Window | None, problem: Problem, *, platform: str = "",
    client: Client | None = None,
) -> Form | None:  # fmt: skip
    """The form that makes the step of `window`; `None` where there is none.

    Args:
        forms: The forms at hand.
        window: The step; `None` where nothing is open.
        problem: What went wrong.
        platform: Where it was bought; a form for another platform does not serve.
        client: Whose home a form must be made for; `None` where that is not asked.
    """
    if window is None:
        return None
    home = (client.country, client.subdivision) if client is not None else ("", "")
    found = (
        form
        for form in forms.serving(str(window.avenue), window.rule, problem)
        if form.moment is Moment.WINDOW
        and str(window.stage) in form.stages
        and (form.platform in {"", platform} or window.rule.startswith(f"{form.platform}."))
        and form.serves_place(*home)
    )
    return _best(found, window.rule)


def _best(forms: Iterable[Form], rule: str) -> Form | None:
    """The form that is most made for a rule: for its platform, its own rules, its country."""

    def fit(form: Form) -> tuple[bool, bool, int, bool]:
        named = max((len(each) for each in form.rules if rule.startswith(each)), default=0)
        paper = form.kind is not FormKind.MESSAGE
        return bool(form.platform), paper, named, bool(form.countries)

    return max(forms, key=fit, default=None)


def _acts_under(
    form: Form, basis: CaseBasis, windows: Sequence[Window], plan: Plan, today: dt.date
) -> Window | None:
    """The window that makes a form be offered today; `None` where none does."""
    if form.moment is not Moment.WINDOW:
        return acting_window(form, basis, windows, plan)
    filed = {filing.rule for filing in basis.filings}
    useful = [
        window
        for window in _own(form, windows)
        if window.rule not in filed
        and (_is_live(window, plan, today) or _follows_refusal(window, basis))
    ]
    return min(useful, key=lambda w: _turn(Offer(form, w), plan), default=None)


def _needs_no_window(form: Form, basis: CaseBasis) -> bool:
    if form.moment is Moment.REPLY:
        return any(reply.answered_on is None for reply in basis.replies)
    return form.moment is Moment.ANY


def _own(form: Form, windows: Iterable[Window]) -> Iterator[Window]:
    """The buyer's windows that a form is made for."""
    for window in windows:
        stage = str(window.stage) in form.stages
        if window.actor is Actor.BUYER and stage and form.serves(str(window.avenue), window.rule):
            yield window


def _lapsed(form: Form, plan: Plan) -> Iterator[Window]:
    """Their clocks that ran out and that a form may remind of, answers before duties."""
    for chaser in sorted(plan.chasers, key=lambda one: not one.answers):
        window = chaser.window
        above = chaser.opened is not None and form.serves(str(window.avenue), chaser.opened)
        served = form.serves(str(window.avenue), window.rule) or above
        whom = _CHASED.get(window.actor, frozenset())
        bank = form.recipient is RecipientKind.ISSUER and window.avenue in _BANKS
        if served and (form.recipient in whom or bank):
            yield window


def _is_live(window: Window, plan: Plan, today: dt.date) -> bool:
    """Whether it is open, waits as the plan's next step, or is open by its looser reading."""
    looser = window.arguable_until
    if window.status is Status.CLOSED:
        return looser is not None and today <= looser
    return window.status in _NOW or (
        window.status is Status.NOT_YET and window.rule == plan.next_step
    )


def _follows_refusal(window: Window, basis: CaseBasis) -> bool:
    """Whether it appeals from a refusal of this case, while only its page knows the last day."""
    refused = any(f.granted is False and f.avenue in _APPEALED for f in basis.filings)
    return refused and window.stage is Stage.APPEAL and window.status is Status.UNKNOWN


def _turn(offer: Offer, plan: Plan) -> tuple[bool, dt.date]:
    """Where an offer stands on its shelf: the plan's next step, then what is to be done first."""
    window = offer.window
    if window is None:
        return True, dt.date.max
    return window.rule != plan.next_step, window.file_by or window.closes or dt.date.max
