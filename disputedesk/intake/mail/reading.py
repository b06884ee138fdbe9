"""One mail read: whose it is, how far it was understood, and what it claims."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.intake.draft import Draft, Place, Recognition, Rejection
from disputedesk.intake.mail.events import describe
from disputedesk.intake.mail.forwarded import find_forwarded
from disputedesk.intake.mail.letter import Letter, open_letter
from disputedesk.intake.mail.orders import read_order_mail
from disputedesk.intake.mail.parcels import read_parcel_mail
from disputedesk.intake.mail.senders import (
    KnownSender,
    Role,
    SenderMatch,
    find_by_name,
    find_claimed,
    find_sender,
)
from disputedesk.intake.mail.source import Drafted, MailSource
from disputedesk.intake.mail.trust import find_doubt

_HEADER_LINE: Final = re.compile(
    rb"(?im)^(from|to|subject|date|received|return-path|message-id|mime-version|delivered-to"
    rb"|reply-to|content-type|x-[a-z-]+|arc-seal|dkim-signature):"
)
_TELLING: Final = frozenset({b"from", b"received", b"return-path", b"message-id", b"delivered-to"})
_HEAD: Final = 8192


@dataclasses.dataclass(frozen=True, slots=True)
class MailReading:
    """What one mail gave; the mail's part of a `FileReading`.

    Attributes:
        kind: `mail.aliexpress`, `mail.ups`; `mail` for one nobody known sent.
        what: What it was recognised as, in words.
        rejections: Parts that were not taken, with the rest used; empty for a mail refused whole.
        why: Why it was not understood or not used; else empty.
        captured_at: When it was sent, by its Date header or else its Received headers.
        warnings: What was missing or doubtful in the mail as a whole; its drafts repeat it.
    """

    kind: str
    what: str
    recognition: Recognition
    drafts: tuple[Draft, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    why: str = ""
    remedy: str = ""
    captured_at: dt.datetime | None = None
    warnings: tuple[str, ...] = ()


def looks_like_mail(head: bytes, name: str) -> bool:
    """Whether a file is a mail, by its first bytes; the name only settles what they leave open."""
    start = head[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    found = {match[1].lower() for match in _HEADER_LINE.finditer(start)}
    if name.lower().endswith((".eml", ".emlx")):
        return b"\x00" not in head[:200]
    first = start.split(b"\n", 1)[0]
    opens = bool(_HEADER_LINE.match(first)) or first.startswith(b"From ")
    return opens and len(found) >= 3 and bool(found & _TELLING)


def read_mail(data: bytes, *, file: str) -> MailReading:
    """What the mail in `data` claims; never raises, whatever the bytes are.

    Args:
        data: The whole file, of any size.
        file: Its name as the user knows it, for the places of drafts.
    """
    letter = open_letter(data)
    reading = _read_letter(letter, file)
    return dataclasses.replace(
        reading,
        captured_at=letter.sent_at or reading.captured_at,
        warnings=tuple(dict.fromkeys((*letter.warnings, *reading.warnings))),
    )


def _read_letter(letter: Letter, file: str) -> MailReading:
    match = find_sender(letter.sender.address)
    if match is not None:
        return _read_known(letter, match, file)
    for inner in find_forwarded(letter):
        found = find_sender(inner.sender.address)
        if found is not None:
            return _read_forwarded(letter, inner, found, file)
        claimed = find_claimed(inner.sender.name)
        if claimed is not None and inner.sender.address:
            return _refused(inner, claimed)
        named = None if inner.sender.address else find_by_name(inner.sender.name)
        if named is not None:
            return _read_forwarded(letter, inner, named, file)
    claimed = find_claimed(letter.sender.name)
    if claimed is not None:
        return _refused(letter, claimed)
    return _unknown(letter)


def _read_known(letter: Letter, match: SenderMatch, file: str) -> MailReading:
    doubt = find_doubt(letter, match)
    if doubt is not None:
        return MailReading(
            kind=f"mail.{match.sender.id}",
            what=tr("Mail with the address of {sender}, perhaps forged", sender=match.sender.name),
            recognition=Recognition.REFUSED if doubt.grave else Recognition.KNOWN_SENDER,
            why=doubt.why,
            remedy=_forgery_remedy(match.sender),
            warnings=(doubt.why,),
        )
    return _read_believed(MailSource(letter, match, Place(file), letter.warnings))


def _read_forwarded(outer: Letter, inner: Letter, match: SenderMatch, file: str) -> MailReading:
    """A letter inside a letter: enclosed ones bring their own proof, quoted ones bring none."""
    doubt = find_doubt(inner, match)
    if doubt is not None and doubt.grave:
        return dataclasses.replace(
            _read_known(inner, match, file), captured_at=inner.sent_at or outer.sent_at
        )
    warnings = [*inner.warnings]
    warnings.append(
        tr(
            "The mail was forwarded; that it is from {sender} cannot be checked.",
            sender=match.sender.name,
        )
    )
    if inner.day is None and outer.day is not None:
        inner = dataclasses.replace(inner, sent_at=outer.sent_at)
        warnings.append(
            tr("The forwarded mail has no readable date; the day it was forwarded was taken.")
        )
    place = Place(file, part=tr("forwarded mail"))
    reading = _read_believed(MailSource(inner, match, place, tuple(dict.fromkeys(warnings))))
    return dataclasses.replace(reading, captured_at=outer.sent_at or inner.sent_at)


def _read_believed(source: MailSource) -> MailReading:
    sender = source.match.sender
    if source.match.apart or not sender.reader:
        return _only_known(source)
    drafted = read_order_mail(source) if sender.reader == "orders" else read_parcel_mail(source)
    if drafted.drafts:
        return MailReading(
            kind=f"mail.{sender.id}",
            what=describe(drafted.event, sender.name),
            recognition=Recognition.UNDERSTOOD if drafted.whole else Recognition.PARTLY,
            drafts=drafted.drafts,
            why=drafted.why,
            remedy=drafted.remedy,
            warnings=source.warnings,
        )
    return _nothing_drafted(source, drafted)


def _nothing_drafted(source: MailSource, drafted: Drafted) -> MailReading:
    sender = source.match.sender
    known = bool(drafted.event)
    why = drafted.why or tr(
        "The mail is from {sender}, but says nothing that could be understood.", sender=sender.name
    )
    return MailReading(
        kind=f"mail.{sender.id}",
        what=describe(drafted.event, sender.name),
        recognition=Recognition.PARTLY if known else Recognition.KNOWN_SENDER,
        why=why,
        remedy=drafted.remedy or _manual_remedy(),
        warnings=source.warnings,
    )


def _only_known(source: MailSource) -> MailReading:
    sender = source.match.sender
    reasons = {
        "advertising": tr(
            "The mail is advertising of {sender}, not about an order.", sender=sender.name
        ),
        "seller": tr(
            "The mail was written by a seller through {sender}; it is no word of {sender} itself.",
            sender=sender.name,
        ),
    }
    why = reasons.get(source.match.apart) or tr(
        "The mail is from {sender}, whose mails are not read yet.", sender=sender.name
    )
    return MailReading(
        kind=f"mail.{sender.id}",
        what=tr("Mail of {sender}", sender=sender.name),
        recognition=Recognition.KNOWN_SENDER,
        why=why,
        remedy=_manual_remedy(),
        warnings=source.warnings,
    )


def _refused(letter: Letter, claimed: KnownSender) -> MailReading:
    why = tr(
        "The sender calls itself {name}, but the address {address} does not belong to {sender}; it"
        " may be a forgery.",
        name=letter.sender.name[:80],
        address=letter.sender.address or tr("(none)"),
        sender=claimed.name,
    )
    return MailReading(
        kind=f"mail.{claimed.id}",
        what=tr("Mail in the name of {sender}, perhaps forged", sender=claimed.name),
        recognition=Recognition.REFUSED,
        why=why,
        remedy=_forgery_remedy(claimed),
        captured_at=letter.sent_at,
        warnings=(why,),
    )


def _unknown(letter: Letter) -> MailReading:
    address = letter.sender.address
    why = (
        tr("Nobody we know sends from {address}.", address=address[:120])
        if address
        else tr("The mail names no sender.")
    )
    return MailReading(
        kind="mail",
        what=tr("Mail"),
        recognition=Recognition.UNKNOWN,
        why=why,
        remedy=tr("Add it to an order or a case by hand if it belongs there."),
    )


def _manual_remedy() -> str:
    return tr("Keep it with its order by hand, and enter what it says.")


def _forgery_remedy(sender: KnownSender) -> str:
    if sender.role is Role.CARRIER:
        return tr("Follow no link in it; look the parcel up on the carrier's own page.")
    return tr("Follow no link in it; look the order up on the platform's own page.")
