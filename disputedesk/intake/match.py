"""Drafts held against known orders: what is new, what moves an order on, what contradicts it.

Pure: the same readings and the same knowledge give the same review, whatever the order of files.
Drafts of one order are first merged with each other (a confirmation, a shipping mail and a row of
an export are one order), then held against what is known. Keeping a review's lines and matching
the same readings again gives nothing new.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from disputedesk.common.hashing import Sha256
from disputedesk.common.texts import tr
from disputedesk.intake import joining
from disputedesk.intake.draft import FileReading, OrderDraft, ParcelDraft
from disputedesk.intake.file_lines import (
    known_of_old,
    repeat_line,
    repeats,
    summary,
    trouble_lines,
)
from disputedesk.intake.joining import Stated
from disputedesk.intake.merging import (
    Piece,
    facts_of,
    in_time,
    merge_orders,
    merge_parcels,
    order_key,
    pieces_of,
    sources_of,
)
from disputedesk.intake.payment_lines import PaymentLines
from disputedesk.intake.review import (
    Additions,
    FactChange,
    KnownOrder,
    KnownOrders,
    Review,
    ReviewLine,
    Verdict,
    Wanted,
)
from disputedesk.intake.suggesting import hinted_orders, order_words
from disputedesk.model.fact import FactOrigin
from disputedesk.model.ids import FactName
from disputedesk.model.money import Money
from disputedesk.model.platforms import platform_title


def plain_tracking(number: str) -> str:
    """A tracking number as it is compared: capital letters and digits only."""
    return "".join(sign for sign in number.upper() if sign.isalnum())


def wanted(readings: Iterable[FileReading]) -> Wanted:
    """What has to be looked up in a desk before `match` can be asked about `readings`."""
    numbers: set[tuple[str, str]] = set()
    tracking: set[str] = set()
    references: set[tuple[str, str]] = set()
    sums: set[tuple[Money, dt.date]] = set()
    hashes: set[Sha256] = set()
    named: set[str] = set()
    for reading in readings:
        if reading.sha256:
            hashes.add(reading.sha256)
        for draft in reading.drafts:
            if isinstance(draft, OrderDraft):
                numbers.add((draft.platform, draft.number))
                tracking.update(map(plain_tracking, draft.tracking))
            elif isinstance(draft, ParcelDraft):
                tracking.add(plain_tracking(draft.number))
            else:
                references.update({(draft.wallet, draft.reference), (draft.wallet, draft.related)})
                named.update(order_words(draft))
                sums.add((draft.amount, draft.booked_on))
    return Wanted(
        frozenset(numbers),
        frozenset(tracking - {""}),
        frozenset(pair for pair in references if pair[1]),
        frozenset(hashes),
        frozenset(sums),
        frozenset(named),
    )


def match(readings: Iterable[FileReading], known: KnownOrders) -> Review:
    """The review of `readings` against what is known; nothing is kept by it."""
    every = tuple(readings)
    taken = repeats(every, known)
    twice = repeats(every, KnownOrders())
    fresh = tuple(reading for n, reading in enumerate(every) if n not in twice)
    matching = _Matching(fresh, known)
    lines = [line for line in map(known_of_old(known.files), matching.lines()) if line is not None]
    for number, reading in enumerate(every):
        if number in taken:
            lines.append(repeat_line(reading, taken[number]))
        else:
            lines.extend(trouble_lines(reading))
    files = tuple(
        summary(reading, matching.fates(reading), taken.get(number, ""))
        for number, reading in enumerate(every)
    )
    return Review(tuple(lines), files)


class _Matching:
    """One batch of readings against what is known; remembers what became of each draft."""

    def __init__(self, readings: Sequence[FileReading], known: KnownOrders) -> None:
        self._known = known
        self._orders = {(order.platform, order.number): order for order in known.orders}
        self._groups: dict[tuple[str, str], list[Piece]] = {}
        self._parcels: dict[str, list[Piece]] = {}
        self._payments: dict[tuple[str, str], list[Piece]] = {}
        self._fates: dict[int, list[Verdict]] = {}
        self._sort(pieces_of(readings))
        self._hand_over_parcels()

    def _sort(self, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            draft = piece.draft
            if isinstance(draft, OrderDraft):
                self._groups.setdefault((draft.platform, draft.number), []).append(piece)
            elif isinstance(draft, ParcelDraft):
                key = plain_tracking(draft.number) or f"at {draft.place}"
                self._parcels.setdefault(key, []).append(piece)
            else:
                self._payments.setdefault((draft.wallet, draft.reference), []).append(piece)

    def _hand_over_parcels(self) -> None:
        """Gives each parcel of an order to that order: one parcel may hold several orders."""
        owners: dict[str, dict[tuple[str, str], None]] = {}
        for order in self._known.orders:
            for number in order.tracking:
                owners.setdefault(plain_tracking(number), {})[order.platform, order.number] = None
        for key, pieces in self._groups.items():
            for piece in pieces:
                assert isinstance(piece.draft, OrderDraft)
                for number in piece.draft.tracking:
                    owners.setdefault(plain_tracking(number), {})[key] = None
        for tracking in [number for number in self._parcels if number in owners]:
            pieces = self._parcels.pop(tracking)
            for key in owners[tracking]:
                self._groups.setdefault(key, []).extend(pieces)

    def lines(self) -> Iterator[tuple[ReviewLine, Sequence[Piece]]]:
        """The lines of all orders, parcels and payments, each with what it was made of."""
        for key, pieces in self._groups.items():
            for line in _order_lines(pieces, self._orders.get(key)):
                self._count(pieces, line.verdict)
                yield line, pieces
        for number, pieces in self._parcels.items():
            line = self._parcel_line(number, pieces)
            self._count(pieces, line.verdict)
            yield line, pieces
        if not self._payments:
            return
        payments = PaymentLines(self._known, self._new_orders(), self._told())
        for key in sorted(self._payments, key=self._first_told):
            pieces = self._payments[key]
            line = payments.line(pieces)
            self._count(pieces, line.verdict)
            yield line, pieces

    def fates(self, reading: FileReading) -> tuple[Verdict, ...]:
        """The verdicts of the lines that the drafts of a reading went into."""
        return tuple(self._fates.get(id(reading), ()))

    def _count(self, pieces: Sequence[Piece], verdict: Verdict) -> None:
        for piece in pieces:
            self._fates.setdefault(id(piece.reading), []).append(verdict)

    def _new_orders(self) -> Iterator[tuple[str, OrderDraft]]:
        for (platform, number), pieces in self._groups.items():
            if (platform, number) not in self._orders:
                yield order_key(platform, number), merge_orders(pieces)

    def _first_told(self, key: tuple[str, str]) -> tuple[object, ...]:
        """A sort key, so that of two payments of one order the same tells of it whatever came."""
        return min(map(in_time, self._payments[key])), key

    def _told(self) -> dict[str, set[FactName]]:
        return {
            order_key(*key): {name for name, _ in facts_of(pieces)}
            for key, pieces in self._groups.items()
        }

    def _parcel_line(self, number: str, pieces: Sequence[Piece]) -> ReviewLine:
        pieces = sorted(pieces, key=in_time)
        draft = merge_parcels(pieces)
        return ReviewLine(
            key=f"parcel:{number}",
            file=pieces[0].reading.path.name,
            place=draft.place,
            verdict=Verdict.UNMATCHED,
            what=tr("{carrier} parcel {number}", carrier=draft.carrier, number=draft.number),
            draft=draft,
            changes=_all_changes(joining.join_all(facts_of(pieces))),
            why=tr("No known order has this tracking number."),
            remedy=tr("Choose the order it belongs to, or enter the number on the order."),
            sources=sources_of(pieces),
            suggestions=hinted_orders(draft.hints, self._known.orders),
        )


def _order_lines(pieces: Sequence[Piece], known: KnownOrder | None) -> Iterator[ReviewLine]:
    """The line of one order, and a second one for what contradicts what is known of it."""
    pieces = sorted(pieces, key=in_time)
    joined = joining.join_all(facts_of(pieces))
    parcels_only = not any(isinstance(piece.draft, OrderDraft) for piece in pieces)
    draft = merge_parcels(pieces) if parcels_only else merge_orders(pieces)
    platform, number = _name_of(pieces, known)
    line = ReviewLine(
        key=order_key(platform, number),
        file=pieces[0].reading.path.name,
        place=pieces[0].draft.place,
        verdict=Verdict.NEW,
        what=_what(draft, platform, number),
        draft=draft,
        changes=_all_changes(joined),
        default_keep=True,
        sources=sources_of(pieces),
    )
    if known is None:
        yield line
        return
    facts = _known_facts(known)
    changes = tuple(_changes(joined, facts))
    additions = _additions(draft, known)
    updates = bool(changes or additions)
    yield dataclasses.replace(
        line,
        verdict=Verdict.UPDATE if updates else Verdict.KNOWN,
        order=known.order,
        changes=changes,
        additions=additions,
        default_keep=updates,
    )
    against = tuple(_contradictions(joined, facts))
    if against:
        yield dataclasses.replace(
            line,
            key=f"conflict:{platform}:{number}",
            verdict=Verdict.CONFLICT,
            order=known.order,
            changes=against,
            why=tr("It says something else than what is known from a source at least as good."),
            remedy=tr("Keep it only if you know that it is right."),
            default_keep=False,
        )


def _name_of(pieces: Sequence[Piece], known: KnownOrder | None) -> tuple[str, str]:
    for piece in pieces:
        if isinstance(piece.draft, OrderDraft):
            return piece.draft.platform, piece.draft.number
    return (known.platform, known.number) if known else ("", "")


def _what(draft: OrderDraft | ParcelDraft, platform: str, number: str) -> str:
    shop = platform_title(platform)
    if isinstance(draft, OrderDraft) and draft.items:
        return tr(
            "{platform} order {number}: {title}",
            platform=shop,
            number=number,
            title=draft.items[0].title,
        )
    return tr("{platform} order {number}", platform=shop, number=number)


def _known_facts(known: KnownOrder) -> dict[FactName, Stated]:
    facts = {fact.name: Stated(fact.value, fact.source.origin) for fact in known.facts}
    ordered_on = FactName("ordered_on")
    if known.ordered_on and ordered_on not in facts:
        facts[ordered_on] = Stated(known.ordered_on, FactOrigin.EXPORT)
    return facts


def _all_changes(joined: Mapping[FactName, Stated]) -> tuple[FactChange, ...]:
    return tuple(_change(name, None, new) for name, new in joining.in_time_order(joined))


def _change(name: FactName, old: Stated | None, new: Stated) -> FactChange:
    return FactChange(name, old.value if old else None, new.value, new.origin, new.place)


def _changes(
    joined: Mapping[FactName, Stated], facts: Mapping[FactName, Stated]
) -> Iterator[FactChange]:
    for name, new in joining.in_time_order(joined):
        old = facts.get(name)
        if old is None or joining.changes_it(name, old, new):
            yield _change(name, old, new)


def _contradictions(
    joined: Mapping[FactName, Stated], facts: Mapping[FactName, Stated]
) -> Iterator[FactChange]:
    for name, new in joining.in_time_order(joined):
        old = facts.get(name)
        if old is not None and joining.contradicts(name, old, new):
            yield _change(name, old, new)


def _additions(draft: OrderDraft | ParcelDraft, known: KnownOrder) -> Additions:
    """What a known order lacks and the draft has; what it has already is never replaced."""
    if isinstance(draft, ParcelDraft):
        return Additions()
    there = set(map(plain_tracking, known.tracking))
    mask = "" if known.payment_mask else draft.payment_mask
    return Additions(
        shop="" if known.shop else draft.shop,
        total=draft.total if known.total is None else None,
        items=() if known.has_items else draft.items,
        tracking=tuple(n for n in draft.tracking if plain_tracking(n) not in there),
        payment_mask=mask,
        payment_network=draft.payment_network if mask else "",
    )
