"""A case as packets are fitted from it: its bundle's order, what matters most, who is served."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from disputedesk.common import texts
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.deadlines.words import Actor, Status
from disputedesk.desk.basis import CaseBasis
from disputedesk.desk.chronology import chronology_of
from disputedesk.desk.letterheads import with_logo
from disputedesk.desk.operations.bundles import bundle_order
from disputedesk.desk.paperwork import letter_context

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.papers.bundle import BundleOrder
    from disputedesk.papers.letter import Letter
    from disputedesk.papers.packets.profile import Profile

_GONE = frozenset({Status.NOT_AVAILABLE, Status.CLOSED})


def order_maker(
    desk: Desk,
    basis: CaseBasis,
    *,
    language: str,
    paper: str | None,
    letter_form: str | None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Callable[[frozenset[int]], BundleOrder]:
    """Gives the order of a fresh bundle of the case without the exhibits of some numbers.

    Letter and chronology then name only what is in it; the others keep their numbers.

    Raises:
        Refused: An exhibit would show a card number or code.
    """
    whole = bundle_order(
        desk, basis.case.id, language=language, paper=paper, letter_form=letter_form, fresh=True,
        progress=progress, cancel=cancel,
    )  # fmt: skip

    def order_without(left_out: frozenset[int]) -> BundleOrder:
        kept = dataclasses.replace(
            basis,
            exhibits=tuple(
                each for each in basis.exhibits
                if each.withdrawn_at is None and each.number not in left_out
            ),
        )  # fmt: skip
        numbers = {each.number for each in kept.exhibits}
        with texts.using(language):
            chronology = chronology_of(kept)
        return dataclasses.replace(
            whole,
            exhibits=tuple(item for item in whole.exhibits if item.exhibit.number in numbers),
            chronology=chronology,
            letter_with=_letter_maker(desk, kept, language, letter_form),
        )

    return order_without


def _letter_maker(
    desk: Desk, basis: CaseBasis, language: str, form: str | None
) -> Callable[[Sequence[tuple[int, int]]], Letter | None]:
    def letter_with(pages: Sequence[tuple[int, int]]) -> Letter | None:
        from disputedesk.papers.composer import compose_letter

        if form is None:
            return None
        chosen = desk.forms.get(form)
        context = letter_context(desk, basis, chosen, language=language, pages=pages)
        context = with_logo(desk, context)
        return compose_letter(chosen, context, language=language, today=desk.today)

    return letter_with


def weights_of(desk: Desk, basis: CaseBasis, profile: Profile) -> dict[int, int]:
    """How much each exhibit matters to the ways a destination serves, by its number.

    0 is what a checklist says must be there, 1 what it says would help, 2 the rest.
    """
    windows = desk.rulebook.windows(basis.facts, today=desk.today, explain=True)
    musts: dict[str, bool] = {}
    for window in windows:
        if window.actor is not Actor.BUYER or window.status in _GONE:
            continue
        if profile.avenues and str(window.avenue) not in profile.avenues:
            continue
        for item in window.checklist:
            if item.exhibit:
                musts[item.exhibit] = item.must or musts.get(item.exhibit, False)
    return {
        each.number: 2 if each.kind not in musts else 0 if musts[each.kind] else 1
        for each in basis.exhibits
    }


def serves(desk: Desk, basis: CaseBasis, profile: Profile) -> bool:
    """Whether a destination is that of the case's card, wallet or platform and its way is open."""
    order, instrument = basis.order.order, basis.order.instrument
    network = instrument.network if instrument is not None else ""
    wallet = str(basis.facts.get("wallet") or "")
    mine = (
        (network and network in profile.networks)
        or order.platform in profile.platforms
        or (wallet and wallet in profile.wallets)
    )
    return bool(mine)
