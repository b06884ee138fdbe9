"""Who sent a mail, by the domain of the address and by nothing else.

The list is data (`resources/carriers/senders.toml`). A name can be typed by anybody; it only ever
raises a doubt, it never makes a mail believed.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import re
import tomllib
from typing import Final

from disputedesk.common import locations
from disputedesk.intake.days import DayOrder, folded_text


class Role(enum.StrEnum):
    """What a sender is to the buyer."""

    SHOP = "shop"
    WALLET = "wallet"
    CARRIER = "carrier"


@dataclasses.dataclass(frozen=True, slots=True)
class Site:
    """One country's address of a sender.

    Attributes:
        domain: `amazon.co.uk`.
        currency: What a plain `$` or a bare number means there; empty when it can be anything.
        order: How it writes dates in figures; `None` when that differs.
    """

    domain: str
    currency: str
    order: DayOrder | None


@dataclasses.dataclass(frozen=True, slots=True)
class KnownSender:
    """Somebody who sends mails about orders or parcels.

    Attributes:
        id: `aliexpress`, `royal_mail`.
        name: As people know it.
        reader: `orders`, `parcels`, or empty when no reader understands its mails yet.
        claims: Folded words that nobody else may carry in a sender's name.
        apart: Parts of its domains that send something else, with what it is.
    """

    id: str
    name: str
    role: Role
    reader: str
    claims: tuple[str, ...]
    sites: tuple[Site, ...]
    apart: tuple[tuple[str, str], ...]


@dataclasses.dataclass(frozen=True, slots=True)
class SenderMatch:
    """A known sender behind an address.

    Attributes:
        apart: Empty for its own notices; else what this part of its domain sends.
    """

    sender: KnownSender
    site: Site
    apart: str = ""


def find_sender(address: str) -> SenderMatch | None:
    """The known sender whose domain `address` belongs to."""
    domain = domain_of(address)
    for sender in _senders():
        for site in sender.sites:
            if is_within(domain, site.domain):
                apart = next((why for part, why in sender.apart if is_within(domain, part)), "")
                return SenderMatch(sender, site, apart)
    return None


def find_claimed(name: str, role: Role | None = None) -> KnownSender | None:
    """The known sender, of one role only if given, that a name pretends, or happens, to be."""
    words = re.sub(r"[\W_]+", " ", _plain_letters(name)).strip()
    for sender in _senders():
        for claim in sender.claims if role in {None, sender.role} else ():
            if re.search(rf"(?<!\w){re.escape(claim)}(?!\w)", words):
                return sender
    return None


def find_by_name(name: str) -> SenderMatch | None:
    """The sender that signs exactly like this, for forwarded mails that quote no address."""
    plain = folded_text(name).strip(" \"'<>[]")
    for sender in _senders():
        if plain == folded_text(sender.name):
            return SenderMatch(
                sender, dataclasses.replace(sender.sites[0], currency="", order=None)
            )
        for site in sender.sites:
            if plain == site.domain:
                return SenderMatch(sender, site)
    return None


def is_posting_service(domain: str) -> bool:
    """Whether `domain` is a company that sends mail in the name of others."""
    return any(is_within(domain, each) for each in _table()[1])


def domain_of(address: str) -> str:
    """What stands behind the last @, in small letters."""
    return address.rpartition("@")[2].strip().rstrip(".").lower() if "@" in address else ""


def is_within(domain: str, parent: str) -> bool:
    """Whether `domain` is `parent` or stands below it."""
    return domain == parent or domain.endswith(f".{parent}")


_LOOKALIKES: Final = str.maketrans(
    "аеорсухіӏ01", "aeopcyxilol", "\u200b\u200c\u200d\u2060\ufeff\u00ad"
)


def _plain_letters(name: str) -> str:
    """`name` folded, with letters of other scripts and figures that pass for Latin ones undone."""
    lower = folded_text(name)
    latin = lower.translate(_LOOKALIKES)
    return latin if re.search("[a-z]", lower) else f"{lower} {latin}"


def _senders() -> tuple[KnownSender, ...]:
    return _table()[0]


@functools.cache
def _table() -> tuple[tuple[KnownSender, ...], tuple[str, ...]]:
    with locations.resources("carriers", "senders.toml").open("rb") as stream:
        data = tomllib.load(stream)
    senders = tuple(
        KnownSender(
            id=each["id"],
            name=each["name"],
            role=Role(each["role"]),
            reader=each["reader"],
            claims=tuple(folded_text(claim) for claim in each["claims"]),
            sites=tuple(
                Site(domain, currency, DayOrder(order) if order else None)
                for domain, currency, order in each["sites"]
            ),
            apart=tuple(each.get("apart", {}).items()),
        )
        for each in data["sender"]
    )
    return senders, tuple(data["posting_services"])
