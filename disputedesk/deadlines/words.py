"""The engine's words: avenues, stages, actors, layers, states, as packs and screens name them."""

from __future__ import annotations

import enum


class Avenue(enum.StrEnum):
    """A way to get money back."""

    SELLER = "seller"
    PLATFORM_DISPUTE = "platform_dispute"
    PLATFORM_APPEAL = "platform_appeal"
    PARCEL_PROTECTION = "parcel_protection"
    WALLET_CLAIM = "wallet_claim"
    CARD_CHARGEBACK = "card_chargeback"
    BANK_CLAIM = "bank_claim"
    STATUTORY = "statutory"
    REGULATOR = "regulator"
    OMBUDSMAN = "ombudsman"
    COURT = "court"


class Stage(enum.StrEnum):
    """Where on the avenue."""

    FIRST_FILING = "first_filing"
    ESCALATION = "escalation"
    RESPONSE = "response"
    RETURN_GOODS = "return_goods"
    APPEAL = "appeal"
    PRE_ARBITRATION = "pre_arbitration"
    ARBITRATION = "arbitration"


class Actor(enum.StrEnum):
    """Whose clock it is."""

    BUYER = "buyer"
    SELLER = "seller"
    PLATFORM = "platform"
    BANK = "bank"
    REGULATOR = "regulator"


class Layer(enum.StrEnum):
    """Who made the rule."""

    SCHEME = "scheme"
    PLATFORM = "platform"
    LAW = "law"
    ISSUER = "issuer"
    USER = "user"


class Status(enum.StrEnum):
    """What a window is today."""

    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    NOT_AVAILABLE = "not_available"


class EffectiveWhen(enum.StrEnum):
    """What must have happened by the last day."""

    SENT = "sent"
    RECEIVED = "received"
    FILED = "filed"
    NOTIFIED = "notified"


class Confidence(enum.StrEnum):
    """How sure the source is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Role(enum.StrEnum):
    """What a counted day is in its expression."""

    PLAIN = "plain"
    CAP = "cap"
    FLOOR = "floor"


class SpanKind(enum.StrEnum):
    """What a stretch of days is to the last day."""

    COUNT = "count"
    EXTENSION = "extension"
    ROLL = "roll"
    MINIMUM = "minimum"
    MARGIN = "margin"
