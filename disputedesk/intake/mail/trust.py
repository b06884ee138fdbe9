"""Whether a mail can be from whom it says: what its receiving server found, and what does not fit.

Nothing here proves a mail genuine. It only keeps a mail that is likely a forgery from being used
as if the platform had written it.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.intake.mail.letter import Letter
from disputedesk.intake.mail.senders import (
    SenderMatch,
    domain_of,
    find_sender,
    is_posting_service,
    is_within,
)

_METHOD: Final = re.compile(r"\s*(dkim|dmarc|spf)\s*=\s*([a-z]+)")
_DOMAIN: Final = re.compile(
    r"(?:header\.(?:from|i|d)|smtp\.mailfrom)\s*=\s*(?:[^\s;@]*@)?([a-z0-9.-]+)"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Doubt:
    """Why a mail may be forged.

    Attributes:
        why: One sentence.
        grave: Whether a server denied it, or the mail contradicts itself; else something is odd.
    """

    why: str
    grave: bool


def find_doubt(letter: Letter, match: SenderMatch) -> Doubt | None:
    """Why `letter` may be forged; `None` when nothing speaks against it."""
    if len({domain_of(each.address) for each in letter.senders}) > 1:
        return Doubt(tr("The mail names several senders; it may be a forgery."), grave=True)
    verdict = _verdict(letter.verdicts, match.site.domain)
    if verdict is False:
        why = tr(
            "The mail carries the address of {sender}, but the server that received it did not"
            " find that confirmed; it may be a forgery.",
            sender=match.sender.name,
        )
        return Doubt(why, grave=True)
    back = domain_of(letter.return_address)
    if verdict is None and back and not is_posting_service(back) and _is_foreign(back, match):
        why = tr(
            "The mail carries the address of {sender}, but failures would go to {domain}; it may"
            " be a forgery.",
            sender=match.sender.name,
            domain=back,
        )
        return Doubt(why, grave=False)
    return None


def _is_foreign(domain: str, match: SenderMatch) -> bool:
    other = find_sender(f"x@{domain}")
    return other is None or other.sender.id != match.sender.id


def _verdict(headers: tuple[str, ...], domain: str) -> bool | None:
    """What the last server found: `True` confirmed, `False` denied, `None` says nothing."""
    for header in headers:
        passed, failed = _methods(header.lower(), domain)
        if {"dmarc", "dkim"} & passed:
            return True
        if {"dmarc", "dkim"} & failed or ("spf" in failed and "spf" not in passed):
            return False
        if passed:
            return None
    return None


def _methods(header: str, domain: str) -> tuple[set[str], set[str]]:
    passed: set[str] = set()
    failed: set[str] = set()
    for clause in header.split(";")[:50]:
        method = _METHOD.match(clause)
        if method is None:
            continue
        names = _DOMAIN.findall(clause)
        if names and not any(is_within(name.rstrip("."), domain) for name in names):
            continue
        if method[2] == "pass" and names:
            passed.add(method[1])
        elif method[2] in {"fail", "hardfail"}:
            failed.add(method[1])
    return passed, failed
