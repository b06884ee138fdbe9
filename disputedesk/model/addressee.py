"""Where letters go: banks, sellers, platforms and offices with the address they gave for them."""

from __future__ import annotations

import dataclasses
import datetime as dt


@dataclasses.dataclass(frozen=True, slots=True)
class Addressee:
    """One entry of the address book.

    Attributes:
        id: Its number; 0 before it is kept.
        kind: What it is to a form, as `papers.form.RecipientKind` names it: `issuer`, `seller`,
            `platform`, `ombudsman` …
        name: The legal entity.
        department: As disclosed by them: "Billing inquiries"; may be empty.
        address: Its lines.
        country: Two letters; may be empty.
        source: Where the address is from: "back of the statement of March"; may be empty.
        checked_on: The day it was last found right; `None` when nobody said.
    """

    id: int
    kind: str
    name: str
    department: str = ""
    address: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""
    source: str = ""
    checked_on: dt.date | None = None
