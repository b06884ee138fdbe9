"""What was seen in evidence, in whole sentences: which number, where, and what it means."""

from __future__ import annotations

import re
from typing import Final

from disputedesk.common.secrets import SecretKind
from disputedesk.common.texts import tr

_NUMBERED: Final = re.compile(r"(page|line|sheet|attachment) (\d{1,7})(?:: (.*))?")


def place_words(place: str) -> str:
    """Where it was seen, as part of a sentence: "on page 2", "in line 12", "in the picture"."""
    match = _NUMBERED.fullmatch(place)
    if match:
        return _numbered(match.group(1), match.group(2))
    if place in {"metadata", "source"}:
        return tr("in the file's own data")
    if place.startswith("metadata "):
        return tr("in the file's own data “{name}”", name=place.partition(" ")[2])
    known = {
        "name": tr("in the file's name"),
        "picture": tr("in the picture"),
        "headers": tr("in the headers of the mail"),
    }
    return known.get(place) or tr("in the text")


def _numbered(kind: str, number: str) -> str:
    if kind == "page":
        return tr("on page {number}", number=number)
    if kind == "line":
        return tr("in line {number}", number=number)
    if kind == "sheet":
        return tr("on sheet {number}", number=number)
    return tr("in attachment {number}", number=number)


def found_words(kind: str, place: str, shown: str) -> str:
    """What can be read and where, one sentence without a stop; never the number itself."""
    where = place_words(place)
    if kind == SecretKind.PAN:
        return tr("A card number can be read {where} ({shown})", where=where, shown=shown)
    if kind == SecretKind.SECURITY_CODE:
        return tr("A security code or PIN of a card can be read {where}", where=where)
    if kind == SecretKind.TRACK:
        return tr("The data of a card's magnetic stripe can be read {where}", where=where)
    if kind == SecretKind.ONE_TIME_CODE:
        return tr("A one-time code can be read {where}", where=where)
    return tr("An account number can be read {where} ({shown})", where=where, shown=shown)


def inside(sentence: str) -> str:
    """A sentence as it goes on behind a colon."""
    return sentence[:1].lower() + sentence[1:]
