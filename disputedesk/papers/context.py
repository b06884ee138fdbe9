"""What a letter draws on: one case with its people, money, facts, window and exhibits, frozen."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable

from disputedesk.deadlines.window import Window
from disputedesk.model.agency import Letterhead, Mandate
from disputedesk.model.case import Case, Exhibit, Filing
from disputedesk.model.credit import Credit
from disputedesk.model.fact import Fact, Facts
from disputedesk.model.money import Money
from disputedesk.model.order import Client, Instrument, Item, Order, Payment, Seller
from disputedesk.papers.logo import Logo


@dataclasses.dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter goes to.

    Attributes:
        name: The legal entity; empty lets the form take it from the instrument or the seller.
        department: Empty lets the form name its usual one.
        address: Street and place, one line each, without the country.
        country: Two letters of ISO 3166; decides paper and window; empty when unknown.
        reference: Their own number for the case; may be empty.
        email: Where it is also sent; may be empty.
    """

    name: str = ""
    department: str = ""
    address: str = ""
    country: str = ""
    reference: str = ""
    email: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Attempt:
    """One try to settle it with the seller.

    Attributes:
        on: The day of it.
        channel: How: e-mail, the platform's chat, telephone; in the letter's language.
        who: Whom was spoken to; may be empty.
        answer: What came back, in short; empty when nothing did.
        exhibit: Number of the exhibit that shows it; `None` when none does.
    """

    on: dt.date
    channel: str
    who: str = ""
    answer: str = ""
    exhibit: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class LetterExhibit:
    """One exhibit as a letter points to it.

    Attributes:
        exhibit: The exhibit; its number is what the letter cites.
        first_page: Its first page in the bundle; `None` while no bundle is planned.
        pages: How many pages it takes there; `None` when not known.
    """

    exhibit: Exhibit
    first_page: int | None = None
    pages: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Proof:
    """That an exhibit shows a statement.

    Attributes:
        claim: Name of the fact or field that is shown: `received_on`, `order_number`.
        exhibit: The exhibit's number.
    """

    claim: str
    exhibit: int


@dataclasses.dataclass(frozen=True, slots=True)
class Counterpoint:
    """One thing the merchant says in the reply that is answered.

    Attributes:
        number: From 1, in the order of the reply.
        page: Its page in the reply; `None` when not known.
        answer: What is said to it; empty while there are no words against it.
        exhibits: Numbers of the exhibits that answer it.
    """

    number: int
    text: str
    page: int | None = None
    answer: str = ""
    exhibits: tuple[int, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Amounts:
    """The sums of a case; what is `None` is taken from payments, case and order.

    Attributes:
        charged: What was debited.
        disputed: What is asked back.
        credited: What came back already for good.
    """

    charged: Money | None = None
    disputed: Money | None = None
    credited: Money | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class LetterContext:
    """Everything one letter or dispute text may say.

    Attributes:
        client: Whose money it is; the sender.
        payments: The disputed payment first; a letter disputes one.
        facts: What is known, by canonical name and the names of `forms/fields.toml`.
        window: The window acted on, assessed with its trace and in the letter's language
            (`texts.using(language)`), because its sentences are quoted; `None` leaves timeliness
            out.
        exhibits: In printing order.
        proofs: Which exhibit shows which fact; `proofs_from` makes them from recorded facts.
        attempts: Tries to settle it with the seller, oldest first.
        filings: What was sent so far along any avenue, oldest first.
        place: Where the letter is written; empty leaves it out.
        delivery: How it is sent: "By registered post"; may be empty.
        our_reference: What the client calls the case; empty makes one from its number.
        agent: Who signs for the client under a mandate; empty when the client signs.
        mandated_on: The day that mandate was signed.
        mandate: The newest mandate of the client, drawn up or signed, for the papers about it.
        letterhead: The head of the helper's paper; `None` where the client writes.
        logo: The picture at its top; `None` without one.
        counterclaims: What the merchant says in the reply that waits, by number.
        credits: The ledger of refunds, by day.
        copies: Who else gets the letter, one line each.
    """

    client: Client
    case: Case
    order: Order
    recipient: Recipient = Recipient()
    items: tuple[Item, ...] = ()
    seller: Seller | None = None
    instrument: Instrument | None = None
    payments: tuple[Payment, ...] = ()
    facts: Facts = dataclasses.field(default_factory=Facts)
    window: Window | None = None
    exhibits: tuple[LetterExhibit, ...] = ()
    proofs: tuple[Proof, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    filings: tuple[Filing, ...] = ()
    amounts: Amounts = Amounts()
    place: str = ""
    delivery: str = ""
    our_reference: str = ""
    agent: str = ""
    mandated_on: dt.date | None = None
    mandate: Mandate | None = None
    letterhead: Letterhead | None = None
    logo: Logo | None = None
    counterclaims: tuple[Counterpoint, ...] = ()
    credits: tuple[Credit, ...] = ()
    copies: tuple[str, ...] = ()


def proofs_from(facts: Iterable[Fact], exhibits: Iterable[LetterExhibit]) -> tuple[Proof, ...]:
    """The proofs that recorded facts carry: each fact learned from a piece that is an exhibit."""
    numbers = {e.exhibit.evidence.id: e.exhibit.number for e in exhibits}
    return tuple(
        Proof(str(fact.name), numbers[fact.source.evidence])
        for fact in facts
        if fact.source.evidence in numbers
    )


def mandate_exhibit(mandate: Mandate, exhibits: Iterable[LetterExhibit]) -> LetterExhibit | None:
    """The exhibit that is the signed paper of a mandate; `None` where it is not among them."""
    if mandate.evidence is None:
        return None
    for each in exhibits:
        if mandate.evidence in {each.exhibit.evidence.id, each.exhibit.outgoing.id}:
            return each
    return None
