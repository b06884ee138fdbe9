"""Orders and what belongs to them: items, sellers, instruments, payments, parcels, clients."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum

from disputedesk.model.ids import (
    ClientId,
    InstrumentId,
    ItemId,
    OrderId,
    PaymentId,
    SellerId,
)
from disputedesk.model.money import Money


@dataclasses.dataclass(frozen=True, slots=True)
class Client:
    """A person whose orders the desk keeps; a shopper is their own client.

    Attributes:
        zone: IANA name of the place whose midnight ends this person's days.
        subdivision: Code of state or Land without the country (`BY`, `ENG`); empty when unknown.
        is_self: Whether this is the owner of the desk.
        sample: Whether this came with the sample desk.
    """

    id: ClientId
    name: str
    email: str = ""
    phone: str = ""
    address: str = ""
    country: str = ""
    subdivision: str = ""
    zone: str = ""
    language: str = "en"
    is_self: bool = False
    sample: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Seller:
    """A shop on a platform."""

    id: SellerId
    platform: str
    name: str
    url: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """One line of an order."""

    id: ItemId
    title: str
    quantity: int = 1
    price: Money | None = None
    variant: str = ""
    url: str = ""


class InstrumentKind(enum.StrEnum):
    """How was paid; the value of the fact `method`."""

    CARD = "card"
    WALLET = "wallet"
    BANK_TRANSFER = "bank_transfer"
    INSTANT_TRANSFER = "instant_transfer"
    DIRECT_DEBIT = "direct_debit"
    MOBILE_BILLING = "mobile_billing"
    CASH = "cash"
    PAY_LATER = "pay_later"
    CRYPTO = "crypto"


@dataclasses.dataclass(frozen=True, slots=True)
class Instrument:
    """What was paid with; never a full number.

    Attributes:
        mask: As the platform or bank shows it (`51****6458`, `··6458`); at most six first and four
            last digits, checked before it is stored.
        network: `visa`, `mastercard`, `maestro`, …; empty when it is no card or unknown.
        card_kind: `credit`, `debit`, `prepaid`; empty when unknown.
    """

    id: InstrumentId
    client: ClientId
    kind: InstrumentKind
    label: str = ""
    mask: str = ""
    network: str = ""
    card_kind: str = ""
    issuer: str = ""
    issuer_address: str = ""
    issuer_country: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Payment:
    """One movement of money for an order; negative for a refund.

    Attributes:
        reference: The bank's or wallet's own number (ARN, PayPal transaction id); may be empty.
        descriptor: The merchant's name as the statement shows it; may be empty.
    """

    id: PaymentId
    order: OrderId
    instrument: InstrumentId | None
    amount: Money
    paid_on: dt.date | None = None
    reference: str = ""
    descriptor: str = ""


class OrderState(enum.StrEnum):
    """Where an order stands, from its facts; told in words on every list."""

    ORDERED = "ordered"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    RECEIVED = "received"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


@dataclasses.dataclass(frozen=True, slots=True)
class Order:
    """What was bought, of one seller on one platform.

    Attributes:
        number: The platform's own order number.
        title: What it is in a few words: the first item's title.
        total: The sum ordered; `None` when no source said it.
        tracking: Tracking numbers, in the order they became known.
        version: Rises with every change; a writer that read an older one is refused.
    """

    id: OrderId
    client: ClientId
    platform: str
    number: str
    title: str
    seller: Seller | None = None
    ordered_on: dt.date | None = None
    total: Money | None = None
    state: OrderState = OrderState.ORDERED
    tracking: tuple[str, ...] = ()
    note: str = ""
    sample: bool = False
    version: int = 1
