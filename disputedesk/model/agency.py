"""Helping for others: the mandate a client signed, and the paper a helper writes on."""

from __future__ import annotations

import dataclasses
import datetime as dt

from disputedesk.model.ids import CaseId, ClientId, DocumentId, EvidenceId


@dataclasses.dataclass(frozen=True, slots=True)
class Mandate:
    """That a client lets somebody act for them.

    Attributes:
        id: Its number; 0 before it is kept.
        agent: Who acts: the name that signs.
        scope: What for, in words.
        signed_on: The day the client signed; `None` while it is only drawn up.
        ends_on: Its last day; `None` until it is revoked.
        consent: Whether the client agreed to the handling of their data.
        revoked_on: The day the client took it back; `None` while it stands.
        evidence: The signed paper; `None` while it is not in the desk.
    """

    id: int
    client: ClientId
    agent: str
    scope: str = ""
    signed_on: dt.date | None = None
    ends_on: dt.date | None = None
    consent: bool = False
    revoked_on: dt.date | None = None
    evidence: EvidenceId | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether somebody may sign under it on `day`."""
        begun = self.signed_on is not None and self.signed_on <= day
        ended = self.ends_on is not None and day > self.ends_on
        revoked = self.revoked_on is not None and day >= self.revoked_on
        return begun and not ended and not revoked


@dataclasses.dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of a helper's paper.

    Attributes:
        id: Its number; 0 before it is kept.
        name: What it is called in lists.
        agent: Who signs; the name in mandates.
        organisation: May be empty.
        address: Its lines.
        logo: The picture at its top, kept as evidence; `None` without one.
        standard: Whether letters take it where nothing else is chosen.
    """

    id: int
    name: str
    agent: str
    organisation: str = ""
    address: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""
    logo: EvidenceId | None = None
    standard: bool = False

    def is_of(self, agent: str) -> bool:
        """Whether a mandate for `agent` is signed under it: the person, the house, or both."""
        both = f"{self.agent}, {self.organisation}"
        names = {name.casefold() for name in (self.agent, self.organisation, both) if name}
        return agent.strip().casefold() in names


@dataclasses.dataclass(frozen=True, slots=True)
class LetterBatch:
    """Letters made together: one form, many cases.

    Attributes:
        id: Its number; 0 before it is kept.
        made_at: When it was begun; aware.
    """

    id: int
    form: str
    language: str
    made_at: dt.datetime
    title: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class BatchLine:
    """One case of a batch.

    Attributes:
        document: The letter that was made; `None` where none was.
        why: Why none was made, in a sentence; empty where one was.
        checked_on: The day somebody looked at it; `None` while nobody did.
    """

    id: int
    batch: int
    case: CaseId
    document: DocumentId | None = None
    why: str = ""
    checked_on: dt.date | None = None
