"""What an import would do, line by line, before anything is kept; and what it is held against."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import enum
from collections.abc import Mapping
from pathlib import Path

from disputedesk.common.hashing import Sha256
from disputedesk.intake.draft import Draft, ItemDraft, Place, Recognition
from disputedesk.model.fact import Fact, FactOrigin, FactValue
from disputedesk.model.ids import FactName, OrderId, PaymentId
from disputedesk.model.money import Money


@dataclasses.dataclass(frozen=True, slots=True)
class KnownOrder:
    """An order the desk holds, as far as an import is held against it.

    Attributes:
        facts: Its facts with where they were learned; a stronger source is never overwritten.
        has_items: Whether it has items; an import fills them in only where there are none.
    """

    order: OrderId
    platform: str
    number: str
    shop: str = ""
    ordered_on: dt.date | None = None
    total: Money | None = None
    tracking: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    has_items: bool = False
    payment_mask: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class KnownPayment:
    """A payment the desk holds, by the wallet's own reference."""

    wallet: str
    reference: str
    payment: PaymentId | None = None
    order: OrderId | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class KnownOrders:
    """What a desk knows of the things in some files; it may be only what `wanted` asked for.

    Attributes:
        files: Hashes of files that were taken before with nothing left aside.
    """

    orders: tuple[KnownOrder, ...] = ()
    payments: tuple[KnownPayment, ...] = ()
    files: frozenset[Sha256] = frozenset()


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """What a desk has to look up before readings can be held against it.

    Attributes:
        numbers: Platform and order number.
        tracking: Tracking numbers, plain: capital letters and digits only.
        references: Wallet and reference of payments.
        hashes: Hashes of the files.
        sums: Sums and days of payments, for suggesting orders to them.
        named: Words of payments that may be an order's number, in small letters.
    """

    numbers: frozenset[tuple[str, str]] = frozenset()
    tracking: frozenset[str] = frozenset()
    references: frozenset[tuple[str, str]] = frozenset()
    hashes: frozenset[Sha256] = frozenset()
    sums: frozenset[tuple[Money, dt.date]] = frozenset()
    named: frozenset[str] = frozenset()


class Verdict(enum.StrEnum):
    """What keeping a line would do."""

    NEW = "new"
    UPDATE = "update"
    KNOWN = "known"
    """It adds nothing."""
    CONFLICT = "conflict"
    """It contradicts something known from a stronger source; not kept unless the user says so."""
    UNMATCHED = "unmatched"
    """A parcel or payment of no known order; orders it may belong to are suggested."""
    NOT_UNDERSTOOD = "not_understood"
    REFUSED = "refused"


@dataclasses.dataclass(frozen=True, slots=True)
class FactChange:
    """One fact that keeping a line would record.

    Attributes:
        old: What is known now; `None` when nothing is.
        place: Where the new value was read.
    """

    name: FactName
    old: FactValue | None
    new: FactValue
    origin: FactOrigin = FactOrigin.EXPORT
    place: Place | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Additions:
    """What keeping a line would add to a known order beside facts; empty fields add nothing."""

    shop: str = ""
    total: Money | None = None
    items: tuple[ItemDraft, ...] = ()
    tracking: tuple[str, ...] = ()
    payment_mask: str = ""
    payment_network: str = ""

    def __bool__(self) -> bool:
        """Whether there is anything to add."""
        return self != Additions()


@dataclasses.dataclass(frozen=True, slots=True)
class Suggestion:
    """An order that a loose parcel or payment may belong to.

    Attributes:
        order: The known order; `None` for one that is new in the same review.
        key: The key of that new order's line; empty for a known one.
        why: One sentence.
    """

    order: OrderId | None
    key: str
    why: str


@dataclasses.dataclass(frozen=True, slots=True)
class ReviewLine:
    """One thing an import found, and what keeping it would do.

    Attributes:
        key: Stable for the same things, whatever the order of files: `order:amazon:…`.
        file: Name of the first file that told of it.
        sources: Every place it was read at, also those of merged drafts.
        what: What it is, in words.
        draft: What would be kept, merged from all its sources; `None` for a refused record.
        order: The known order it concerns; `None` for a new one or none.
        belongs_to: For a payment or parcel of an order that is new here, the key of that line.
        changes: Facts it would record, in the order of time.
        default_keep: Whether it is ticked when the review opens.
    """

    key: str
    file: str
    place: Place
    verdict: Verdict
    what: str
    draft: Draft | None = None
    order: OrderId | None = None
    changes: tuple[FactChange, ...] = ()
    why: str = ""
    remedy: str = ""
    default_keep: bool = False
    additions: Additions = Additions()
    sources: tuple[Place, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    belongs_to: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class FileSummary:
    """What became of one file: what it was, and how its records were judged.

    Attributes:
        verdicts: How many of its drafts and rejections went into lines of each verdict.
        why: Why it was not understood, or refused, or is known already; else empty.
    """

    path: Path
    name: str
    sha256: Sha256
    size: int
    kind: str
    what: str
    recognition: Recognition
    verdicts: Mapping[Verdict, int]
    why: str = ""
    remedy: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Review:
    """Everything a set of files would do to a desk; nothing has been kept yet."""

    lines: tuple[ReviewLine, ...] = ()
    files: tuple[FileSummary, ...] = ()

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many lines there are of each verdict; every verdict has its entry."""
        found = collections.Counter(line.verdict for line in self.lines)
        return {verdict: found[verdict] for verdict in Verdict}
