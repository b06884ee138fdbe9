"""What doing nothing costs: one sentence with the day and the sum."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Sequence
from typing import Final

from disputedesk.common.texts import day_text, tr, trn
from disputedesk.deadlines.catalogue import find_zone
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Avenue, Stage, Status
from disputedesk.model.fact import Facts
from disputedesk.model.money import Money
from disputedesk.model.money_words import money_text

_ALIVE: Final = frozenset({Status.OPEN, Status.CLOSING, Status.NOT_YET})
_PAST: Final = frozenset({Status.CLOSED, Status.UNKNOWN})
_SETTLED: Final = ("confirmed_on", "order_closed_on")


class Kind(enum.Enum):
    """Who an avenue goes to, in the words of the sentence."""

    STEP = "step"
    SELLER = "seller"
    PROTECTION = "protection"
    WALLET = "wallet"
    BANK = "bank"
    LAW = "law"


_KIND: Final = {
    Avenue.SELLER: Kind.SELLER,
    Avenue.PLATFORM_DISPUTE: Kind.PROTECTION,
    Avenue.PLATFORM_APPEAL: Kind.PROTECTION,
    Avenue.PARCEL_PROTECTION: Kind.PROTECTION,
    Avenue.WALLET_CLAIM: Kind.WALLET,
    Avenue.CARD_CHARGEBACK: Kind.BANK,
    Avenue.BANK_CLAIM: Kind.BANK,
    Avenue.STATUTORY: Kind.LAW,
    Avenue.REGULATOR: Kind.LAW,
    Avenue.OMBUDSMAN: Kind.LAW,
    Avenue.COURT: Kind.LAW,
}


_PAYING: Final = frozenset({Kind.PROTECTION, Kind.WALLET, Kind.BANK})


@dataclasses.dataclass(frozen=True, slots=True)
class _Loss:
    """What is lost when a window ends; `ends` is `None` where it has no last day."""

    kind: Kind
    ends: dt.date | None
    title: str


def if_nothing_is_done(
    windows: Sequence[Window], facts: Facts, today: dt.date, *, asked: Sequence[Window] = ()
) -> tuple[str, dt.date | None]:
    """The sentence for the buyer's windows, and its day; `None` where no day can be told.

    Where the platform's own timer is known and runs, its end is the day the money goes to the
    seller, even if a dispute can still be opened after it.

    Args:
        windows: The buyer's windows of one order, those already used left out.
        facts: Tells the sum, the timer, and whether the seller has the money already.
        today: The day it is asked on.
        asked: Those of them that answer a letter whose day is not told: they are named first.
    """
    rest = [window for window in windows if window not in asked]
    sentence, day = _without_asked(rest, facts, today)
    if asked:
        first = tr(
            "The last day for “{title}” is not told here yet: it stands in their letter or "
            "decision.",
            title=asked[0].title,
        )
        pays = any(one.status in _ALIVE and _KIND[one.avenue] in _PAYING for one in rest)
        return (f"{first} {sentence}" if pays and day is not None else first), day
    return sentence, day


def _without_asked(
    windows: Sequence[Window], facts: Facts, today: dt.date
) -> tuple[str, dt.date | None]:
    alive = [window for window in windows if lives(window, today)]
    looser = still_arguable(windows, today)
    if not alive and looser is not None:
        return looser_reading(looser), None
    sentence, day = _cost(windows, alive, facts, today)
    if looser is not None:
        sentence = tr(
            "{sentence} By the strict reading “{title}” closed on {closed}; by a looser one it can "
            "still be tried until {day}.",
            sentence=sentence,
            **_readings(looser),
        )
    return sentence, day


def lives(window: Window, today: dt.date) -> bool:
    """Whether it can be used, now or later; one whose first day alone is unknown may be open too.

    Its last day runs out all the same, so it must not be passed over.
    """
    if window.status in _ALIVE:
        return True
    first_unknown = window.status is Status.UNKNOWN and window.opens is None
    return first_unknown and window.closes is not None and window.closes >= today


def still_arguable(windows: Sequence[Window], today: dt.date) -> Window | None:
    """The window past its last day that a looser reading keeps open longest; nothing if none."""
    past = [
        window
        for window in windows
        if window.status in _PAST and window.closes and window.closes < today
    ]
    looser = [one for one in past if one.arguable_until and one.arguable_until >= today]
    return max(looser, key=lambda one: (one.arguable_until or today, one.rule), default=None)


def looser_reading(window: Window) -> str:
    """The sentence that says until when a window past its last day can still be tried."""
    return tr(
        "By the strict reading “{title}” closed on {closed}; by a looser one it can still be tried "
        "until {day}.",
        **_readings(window),
    )


def _readings(window: Window) -> dict[str, str]:
    return {
        "title": window.title,
        "closed": day_text(window.closes) if window.closes else "",
        "day": day_text(window.arguable_until) if window.arguable_until else "",
    }


def _cost(
    windows: Sequence[Window], alive: Sequence[Window], facts: Facts, today: dt.date
) -> tuple[str, dt.date | None]:
    """The sentence and its day by the last days alone, looser readings left out."""
    unknown = sum(
        window.status is Status.UNKNOWN
        and window.avenue is not Avenue.COURT
        and window not in alive
        for window in windows
    )
    if not alive:
        return _without_living(windows), None
    losses = sorted((_loss_of(window) for window in alive), key=_when)
    timer = running_timer(facts, today)
    if timer is not None and timer <= (losses[0].ends or timer):
        losses.insert(0, _Loss(Kind.PROTECTION, timer, ""))
    first, others = losses[0], losses[1:]
    if first.ends is None:
        return _and_unknown(tr("Nothing runs out: what is open has no last day."), unknown), None
    goes_on = first.title and any(one.kind is first.kind for one in others)
    lost = dataclasses.replace(first, kind=Kind.STEP) if goes_on else first
    after = [one for one in others if one.ends is None or one.ends > first.ends]
    sentence = _ending_sentence(lost, _last_of(after), first.kind, facts)
    return _and_unknown(sentence, unknown), first.ends


def why_unknown(window: Window) -> str:
    """The sentence that says what an unknown window lacks."""
    if window.reason or window.closes is None:
        return window.reason
    return tr(
        "By what is known it closed on {day}, but its true last day may be later.",
        day=day_text(window.closes),
    )


def running_timer(facts: Facts, today: dt.date) -> dt.date | None:
    """The buyer's day on which the platform's timer runs out; `None` when it does not run."""
    ends_at = facts.get("protection_ends_at")
    stopped = any(name in facts for name in (*_SETTLED, "platform_dispute_opened_on"))
    if stopped or not isinstance(ends_at, dt.datetime) or ends_at.tzinfo is None:
        return None
    name = facts.get("consumer_zone")
    zone = find_zone(name) if isinstance(name, str) else None
    try:
        day = ends_at.astimezone(zone or ends_at.tzinfo).date()
    except OverflowError:
        return None
    return day if day >= today else None


def _without_living(windows: Sequence[Window]) -> str:
    unknown = next((one for one in windows if one.status is Status.UNKNOWN), None)
    if unknown is not None:
        reason = why_unknown(unknown)
        return tr("What doing nothing costs cannot be told yet. {reason}", reason=reason)
    closed = [one.closes for one in windows if one.status is Status.CLOSED and one.closes]
    if closed:
        return tr(
            "Doing nothing costs nothing more: the last avenue closed on {day}.",
            day=day_text(max(closed)),
        )
    if windows:
        return tr("Doing nothing costs nothing more: no avenue is available.")
    return tr("What doing nothing costs cannot be told: no rule covers what is known so far.")


def _and_unknown(sentence: str, unknown: int) -> str:
    if not unknown:
        return sentence
    return trn(
        "{sentence} The days of {count} more way are not known yet.",
        "{sentence} The days of {count} more ways are not known yet.",
        unknown,
        sentence=sentence,
    )


def _loss_of(window: Window) -> _Loss:
    """What ends with a window; a step of a running procedure is a loss of its own."""
    kind = _KIND[window.avenue] if window.stage is Stage.FIRST_FILING else Kind.STEP
    return _Loss(kind, window.closes, window.title)


def _when(loss: _Loss) -> tuple[dt.date, str, str]:
    return loss.ends or dt.date.max, loss.kind.value, loss.title


def _last_of(others: Sequence[_Loss]) -> _Loss | None:
    """What stays possible longest, of those whose last day can be told if there are any.

    Platform, wallet and bank give money back without a lawsuit: they go before what the law gives.
    """
    if not others:
        return None
    paying = [loss for loss in others if loss.kind in _PAYING]
    return max(paying or others, key=lambda loss: loss.ends or dt.date.min)


def _ending_sentence(first: _Loss, rest: _Loss | None, kind: Kind, facts: Facts) -> str:
    loss = _lost_text(first, facts)
    if rest is None:
        if not _is_told_enough(facts):
            return tr(
                "{loss}; other ways cannot be told before it is known how you paid and where "
                "you live.",
                loss=loss,
            )
        return tr("{loss}; nothing else stays possible.", loss=loss)
    avenue = tr("“{title}”", title=rest.title) if rest.kind is kind else _name(rest)
    if rest.ends is None:
        return tr("{loss}; {avenue} stays possible without a last day.", loss=loss, avenue=avenue)
    return tr(
        "{loss}; {avenue} stays possible until {day}.",
        loss=loss,
        avenue=avenue,
        day=day_text(rest.ends),
    )


def _is_told_enough(facts: Facts) -> bool:
    """Whether the ways by card, wallet and law could be looked for at all."""
    paid = facts.get("method") or facts.get("network") or facts.get("wallet")
    by_card = facts.get("method") == "card" and "network" not in facts
    return bool(paid) and not by_card and "consumer_country" in facts


def _lost_text(group: _Loss, facts: Facts) -> str:
    values = {"day": day_text(group.ends) if group.ends else "", "title": group.title}
    if group.kind is Kind.PROTECTION:
        if any(name in facts for name in _SETTLED):
            return tr("On {day} protection ends", **values)
        amount = facts.get("amount")
        if "protection_ends_at" not in facts and isinstance(amount, Money):
            return tr(
                "On {day} at the latest protection ends and {sum} goes to the seller",
                sum=money_text(amount),
                **values,
            )
        if isinstance(amount, Money):
            return tr(
                "On {day} protection ends and {sum} goes to the seller",
                sum=money_text(amount),
                **values,
            )
        return tr("On {day} protection ends and the money goes to the seller", **values)
    if group.kind is Kind.WALLET:
        return tr("On {day} protection ends", **values)
    if group.kind is Kind.BANK:
        return tr("On {day} the time to go to the bank ends", **values)
    if group.kind is Kind.LAW:
        return tr("On {day} the time for what the law gives ends", **values)
    if group.kind is Kind.SELLER:
        return tr("On {day} the time to settle it with the seller ends", **values)
    return tr("On {day} the time for “{title}” runs out", **values)


def _name(group: _Loss) -> str:
    names = {
        Kind.SELLER: tr("the seller"),
        Kind.PROTECTION: tr("the platform's or wallet's protection"),
        Kind.WALLET: tr("the platform's or wallet's protection"),
        Kind.BANK: tr("the bank"),
        Kind.LAW: tr("what the law gives"),
    }
    return names.get(group.kind) or tr("“{title}”", title=group.title)
