"""Drafts: what a file claims, before anybody believed it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from pathlib import Path
from typing import TypeAlias

from disputedesk.common.hashing import Sha256
from disputedesk.common.texts import tr
from disputedesk.model.fact import FactValue
from disputedesk.model.ids import FactName
from disputedesk.model.money import Money


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where in a file a draft was read.

    Attributes:
        file: The file's name as the user knows it.
        line: Line or row from 1; `None` where the format has none.
        part: Record, mail part or column; may be empty.
    """

    file: str
    line: int | None = None
    part: str = ""

    def __str__(self) -> str:
        """The place as people write it: `orders.csv, line 12`."""
        place = self.file
        if self.line is not None:
            place = tr("{file}, line {line}", file=self.file, line=self.line)
        return f"{place}, {self.part}" if self.part else place


@dataclasses.dataclass(frozen=True, slots=True)
class DraftFact:
    """A fact as a file claims it."""

    name: FactName
    value: FactValue


@dataclasses.dataclass(frozen=True, slots=True)
class ItemDraft:
    """One order line as a file claims it."""

    title: str
    quantity: int = 1
    price: Money | None = None
    variant: str = ""
    url: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class OrderDraft:
    """An order as one file claims it.

    Attributes:
        platform: `aliexpress`, `amazon`, `paypal`, …
        number: The platform's order number; never empty.
        event: What the file tells: `confirmed`, `shipped`, `delivered`, `export`, …
        total: `None` where the file does not say.
        payment_mask: Masked instrument as shown; may be empty; never a full number.
        facts: What it claims, in canonical names.
    """

    place: Place
    platform: str
    number: str
    event: str
    shop: str = ""
    ordered_on: dt.date | None = None
    total: Money | None = None
    items: tuple[ItemDraft, ...] = ()
    facts: tuple[DraftFact, ...] = ()
    tracking: tuple[str, ...] = ()
    carrier: str = ""
    status: str = ""
    payment_mask: str = ""
    payment_network: str = ""
    warnings: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class ParcelDraft:
    """A carrier's message about a parcel; it moves a known order on, found by tracking number.

    Attributes:
        number: The tracking number; empty when the mail names none.
        hints: Words that may name the shop (`John Lewis`); used only to suggest.
    """

    place: Place
    carrier: str
    number: str
    event: str
    facts: tuple[DraftFact, ...] = ()
    hints: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class PaymentDraft:
    """A movement of money as a statement or wallet export claims it; negative = paid out.

    Attributes:
        wallet: `paypal`; empty for a bank.
        reference: The wallet's transaction id; never empty.
        invoice: The shop's own number for it; may be empty.
    """

    place: Place
    wallet: str
    reference: str
    amount: Money
    booked_on: dt.date
    payee: str = ""
    payee_email: str = ""
    description: str = ""
    invoice: str = ""
    related: str = ""
    status: str = ""
    warnings: tuple[str, ...] = ()


Draft: TypeAlias = OrderDraft | ParcelDraft | PaymentDraft


@dataclasses.dataclass(frozen=True, slots=True)
class Rejection:
    """A record or file that was not taken: where, why, and what to do."""

    place: Place
    why: str
    remedy: str = ""


class Recognition(enum.StrEnum):
    """How far a file was understood."""

    UNDERSTOOD = "understood"
    PARTLY = "partly"
    KNOWN_SENDER = "known_sender"
    """From a sender we know, in a form no reader understands: shown, never swallowed."""
    UNKNOWN = "unknown"
    REFUSED = "refused"


@dataclasses.dataclass(frozen=True, slots=True)
class FileReading:
    """What one file gave.

    Attributes:
        kind: The reader that took it: `mail.aliexpress`, `export.amazon_orders`; empty for none.
        what: What it was recognised as, in words: "AliExpress mail, order shipped".
        why: For a file not understood or refused, the sentence that says why; else empty.
        captured_at: When the message was sent or the export made, where the file tells.
    """

    path: Path
    sha256: Sha256
    size: int
    kind: str
    what: str
    recognition: Recognition
    drafts: tuple[Draft, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    why: str = ""
    remedy: str = ""
    captured_at: dt.datetime | None = None
