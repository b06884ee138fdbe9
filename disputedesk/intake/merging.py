"""Drafts of one order merged into one: items of the fullest source, facts joined in time order."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from disputedesk.common.texts import tr
from disputedesk.intake import joining
from disputedesk.intake.draft import (
    Draft,
    DraftFact,
    FileReading,
    ItemDraft,
    OrderDraft,
    ParcelDraft,
    PaymentDraft,
    Place,
)
from disputedesk.intake.joining import Stated
from disputedesk.model.fact import FactOrigin
from disputedesk.model.ids import FactName
from disputedesk.model.money import Money


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """A draft with the reading it came from."""

    reading: FileReading
    draft: Draft

    @property
    def origin(self) -> FactOrigin:
        """How its facts were learned."""
        mail = self.reading.kind.startswith("mail")
        return FactOrigin.MAIL if mail else FactOrigin.EXPORT

    @property
    def told_on(self) -> dt.date:
        """The day of what it tells: when the mail was sent, else the latest of its past facts."""
        if self.reading.captured_at is not None and self.origin is FactOrigin.MAIL:
            return self.reading.captured_at.date()
        if isinstance(self.draft, PaymentDraft):
            return self.draft.booked_on
        past = (
            joining.day_of(fact.value)
            for fact in self.draft.facts
            if joining.leaning(fact.name) is joining.Leaning.EARLIEST
        )
        return max((day for day in past if day), default=dt.date.min)


def pieces_of(readings: Iterable[FileReading]) -> Iterator[Piece]:
    """Every draft of every reading, in their order."""
    for reading in readings:
        for draft in reading.drafts:
            yield Piece(reading, draft)


def facts_of(pieces: Iterable[Piece]) -> list[tuple[FactName, Stated]]:
    """What the drafts state; the day an order draft gives counts as its fact."""
    found: list[tuple[FactName, Stated]] = []
    for piece in pieces:
        draft = piece.draft
        if not isinstance(draft, OrderDraft | ParcelDraft):
            continue
        names = {fact.name for fact in draft.facts}
        found.extend(
            (fact.name, Stated(fact.value, piece.origin, draft.place)) for fact in draft.facts
        )
        if isinstance(draft, OrderDraft) and draft.ordered_on and "ordered_on" not in names:
            stated = Stated(draft.ordered_on, piece.origin, draft.place)
            found.append((FactName("ordered_on"), stated))
    return found


def merge_orders(pieces: Sequence[Piece]) -> OrderDraft:
    """One draft of all order drafts among `pieces`; parcels give it their facts only."""
    ordered = sorted(pieces, key=in_time)
    drafts = [piece.draft for piece in ordered if isinstance(piece.draft, OrderDraft)]
    if len(pieces) == 1:
        return drafts[0]
    statements = facts_of(pieces)
    joined = joining.join_all(statements)
    newest = list(reversed(drafts))
    ordered_on = joined.get(FactName("ordered_on"))
    warnings = dict.fromkeys(warning for draft in drafts for warning in draft.warnings)
    for name in joining.disagreements(statements):
        warnings[tr("Its sources disagree about “{name}”.", name=name)] = None
    return OrderDraft(
        place=drafts[0].place,
        platform=drafts[0].platform,
        number=drafts[0].number,
        event=_told(newest).event,
        shop=_first(draft.shop for draft in drafts),
        ordered_on=joining.day_of(ordered_on.value) if ordered_on else None,
        total=_total(drafts),
        items=_items(drafts),
        facts=tuple(DraftFact(n, s.value) for n, s in joining.in_time_order(joined)),
        tracking=tuple(dict.fromkeys(number for draft in drafts for number in draft.tracking)),
        carrier=_first(draft.carrier for draft in newest),
        status=_first(draft.status for draft in newest),
        payment_mask=_first(draft.payment_mask for draft in drafts),
        payment_network=_first(draft.payment_network for draft in drafts),
        warnings=tuple(warnings),
    )


def merge_parcels(pieces: Sequence[Piece]) -> ParcelDraft:
    """One draft of all parcel drafts among `pieces`."""
    ordered = sorted(pieces, key=in_time)
    drafts = [piece.draft for piece in ordered if isinstance(piece.draft, ParcelDraft)]
    if len(pieces) == 1:
        return drafts[0]
    joined = joining.join_all(facts_of(pieces))
    return dataclasses.replace(
        drafts[0],
        event=drafts[-1].event,
        facts=tuple(DraftFact(n, s.value) for n, s in joining.in_time_order(joined)),
        hints=tuple(dict.fromkeys(hint for draft in drafts for hint in draft.hints)),
        warnings=tuple(dict.fromkeys(w for draft in drafts for w in draft.warnings)),
    )


def order_key(platform: str, number: str) -> str:
    """The key of an order's line in a review."""
    return f"order:{platform}:{number}"


def sources_of(pieces: Iterable[Piece]) -> tuple[Place, ...]:
    """The places of all pieces, each once."""
    return tuple(dict.fromkeys(piece.draft.place for piece in pieces))


def in_time(piece: Piece) -> tuple[dt.date, str, str, int, str]:
    """A sort key: the day of what a piece tells, then its place, so that no tie is left open."""
    place = piece.draft.place
    return piece.told_on, str(piece.reading.path), place.file, place.line or 0, place.part


def _told(newest: Sequence[OrderDraft]) -> OrderDraft:
    """The draft of the newest message; an export tells no event, so it is the last resort."""
    return next((draft for draft in newest if draft.event != "export"), newest[0])


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _items(drafts: Sequence[OrderDraft]) -> tuple[ItemDraft, ...]:
    """The items of the source that tells most of them: never of two, they would count twice."""
    return max((draft.items for draft in drafts), key=_fullness, default=())


def _fullness(items: tuple[ItemDraft, ...]) -> tuple[int, int, int]:
    return (
        len(items),
        sum(item.price is not None for item in items),
        sum(len(item.title) for item in items),
    )


def _total(drafts: Sequence[OrderDraft]) -> Money | None:
    """The sum of a source that says what was paid, else of any."""
    paid = [draft for draft in drafts if any(fact.name == "amount" for fact in draft.facts)]
    sums = [draft.total for draft in (*paid, *drafts) if draft.total is not None]
    return sums[0] if sums else None
