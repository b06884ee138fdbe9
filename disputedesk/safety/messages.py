"""The check of messages: what a seller or a mail wants of the reader, and what to answer."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from typing import Final

from disputedesk.common.secrets import Secret, SecretKind, find_secrets
from disputedesk.common.texts import mark, tr
from disputedesk.safety.folding import fold
from disputedesk.safety.links import check_link
from disputedesk.safety.timers import OrderTimer, confirm_headline, stake_text
from disputedesk.safety.tricks import Trick, TrickFound, find_tricks, known_tricks
from disputedesk.safety.verdict import (
    Level,
    Reason,
    Verdict,
    source_text,
    worst,
    worst_first,
)

_ACTS: Final = ("confirm", "cancel", "share", "outside", "wait", "threat", "reason", "pressure")
"""What a message can want, the costliest first; decides the headline among equals."""

_HEADLINES: Final = {
    "cancel": mark("Do not cancel the dispute, and accept nothing that ends it."),
    "share": mark("Send no card data, no code and no password."),
    "outside": mark("Keep money and talk on the platform."),
    "wait": mark("Do not let the time run out."),
    "threat": mark("Do not give in to the threat; report it to the platform."),
    "reason": mark("Cancel only with the true reason."),
    "pressure": mark("Let pity and promises change nothing about your claim."),
    "link": mark("Do not open the link in this message."),
}
_LINK: Final = re.compile(
    r"(?:h(?:tt|xx)ps?|ftp|file|javascript|data|search-ms)\s?(?::|\[:\])[^\s<>\"'«»]{3,2000}"
    r"|\\\\[\w.\-]{2,80}\\[^\s<>\"]{1,300}"
    r"|(?<![@\w.\-])(?:[^\W_](?:[\w\-]{0,61}[^\W_])?(?:\.|\[\.\]|\(\.\))){1,8}"
    r"(?:com|net|org|ru|su|info|shop|store|top|xyz|site|online|vip|cc|me|link|click|club|live|app"
    r"|icu|buzz|рф|de|cn|pro|io|ly|gl|ws|biz|uk|us|eu|pl|ua|by|kz|tk|space|website|fun|gg)"
    r"(?![\w\-]|\.\w)(?:[/:?#][^\s<>\"'«»]{0,2000})?",
    re.IGNORECASE,
)
_MOST_LINKS: Final = 50
_MOST_REPLIES: Final = 3


def check_message(
    text: str, *, language: str | None = None, order: OrderTimer | None = None
) -> Verdict:
    """What a message wants of its reader, judged by its words and links alone.

    Args:
        text: The message as pasted; card numbers in it are masked in every quote.
        language: `en`, `ru`, `de`, `zh`; `None` tells it from the text.
        order: The timer of the order it belongs to; its figures go into the headline.
    """
    spoken = language or language_of(text)
    secrets = find_secrets(text)
    found = tuple(find_tricks(fold(text)))
    reasons = worst_first((
        *(_trick_reason(text, secrets, each) for each in found),
        *_link_reasons(text, secrets),
        *_secret_reasons(text, secrets),
    ))  # fmt: skip
    level = worst(reasons)
    tricks = tuple(each.trick for each in found)
    return Verdict(
        level=level,
        word=level.word,
        headline=_headline(tricks, reasons, order),
        reasons=reasons,
        advice=_advice(tricks, reasons, order),
        reply=_reply(tricks, spoken),
        checked=_checked(),
        language=spoken,
        sources=tuple(dict.fromkeys(source_text(t.source, t.checked_on) for t in tricks)),
    )


def language_of(text: str) -> str:
    """The language a message seems to be in: `ru`, `zh`, `de`, else `en`."""
    letters = [char for char in text[:20_000].casefold() if char.isalpha()]
    if not letters:
        return "en"
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in letters)
    if chinese * 5 >= len(letters):
        return "zh"
    if sum("а" <= char <= "я" or char == "ё" for char in letters) * 3 >= len(letters):
        return "ru"
    words = re.findall(r"\b(?:und|nicht|bitte|ist|sie|ihre?n?|wir|der|die|das|für|ich)\b",
                       text[:20_000].casefold())  # fmt: skip
    return "de" if len(words) * 8 >= len(text[:20_000].split()) else "en"


def _trick_reason(text: str, secrets: Sequence[Secret], found: TrickFound) -> Reason:
    trick = found.trick
    return Reason(
        text=f"{tr(trick.title)} {tr(trick.text)}",
        quote=_quote(text, secrets, found.start, found.end),
        start=found.start,
        end=found.end,
        level=trick.level,
        trick=trick.id,
        forbidden_by=trick.forbidden_by,
    )


def _link_reasons(text: str, secrets: Sequence[Secret]) -> Iterator[Reason]:
    """The worst of each doubtful link; links that show nothing are left out."""
    for count, match in enumerate(_LINK.finditer(text)):
        if count == _MOST_LINKS:
            return
        verdict = check_link(match.group())
        if verdict.level is Level.NOTHING_FOUND:
            continue
        reason = verdict.reasons[0]
        yield dataclasses.replace(
            reason,
            text=tr("A link in it: {reason}", reason=reason.text),
            quote=_quote(text, secrets, match.start(), match.end()),
            start=match.start(),
            end=match.end(),
            trick=f"link.{reason.trick}",
        )


def _secret_reasons(text: str, secrets: Sequence[Secret]) -> Iterator[Reason]:
    texts = {
        SecretKind.PAN: tr("A card number stands in the text; it is hidden here and never stored."),
        SecretKind.SECURITY_CODE: tr("A security code stands in the text; it is never stored."),
        SecretKind.ONE_TIME_CODE: tr("A one-time code stands in the text; pass it on to nobody."),
        SecretKind.TRACK: tr("Data of a card's magnetic stripe stand in the text."),
    }
    for kind, told in texts.items():
        for secret in [each for each in secrets if each.kind is kind][:1]:
            yield Reason(told, secret.masked, secret.start, secret.end, Level.CARE, f"has_{kind}")


def _quote(text: str, secrets: Sequence[Secret], start: int, end: int) -> str:
    """The words between, with every secret that touches them masked."""
    pieces: list[str] = []
    place = start
    for secret in secrets:
        if secret.end > start and secret.start < end:
            pieces += (text[place : max(place, secret.start)], secret.masked)
            place = max(place, secret.end)
    pieces.append(text[place:end])
    return " ".join("".join(pieces).split())[:300]


def _headline(tricks: Sequence[Trick], reasons: Sequence[Reason], order: OrderTimer | None) -> str:
    level = worst(reasons)
    if level is Level.NOTHING_FOUND:
        return tr("Nothing suspicious was found in the words and links of this message.")
    acts = [trick.act for trick in tricks if trick.level is level]
    if not acts and any(reason.trick.startswith("link.") for reason in reasons):
        return tr(_HEADLINES["link"])
    if not acts:
        return tr("Remove the card data before you send or keep this text.")
    act = min(acts, key=_ACTS.index)
    if act == "confirm":
        return confirm_headline(order)
    return tr(_HEADLINES[act])


def _advice(
    tricks: Sequence[Trick], reasons: Sequence[Reason], order: OrderTimer | None
) -> tuple[str, ...]:
    lines = [tr(line) for trick in tricks for line in trick.advice]
    if any(reason.trick.startswith("link.") for reason in reasons):
        lines.append(tr("Open the shop yourself, in its app or by typing its address."))
    if not reasons:
        lines.append(tr("Whatever a message says: the order page and its timer are what counts."))
    elif stake := stake_text(order):
        lines.append(stake)
    return tuple(dict.fromkeys(lines))


def _reply(tricks: Sequence[Trick], language: str) -> str:
    """Opening, at most three answers and a closing; empty when no answer is best."""
    spoken = language if language in known_tricks().reply_frame else "en"
    ordered = sorted(tricks, key=lambda trick: (-trick.level.rank, _ACTS.index(trick.act)))
    lines = [answer for trick in ordered if (answer := trick.reply.get(spoken, ""))]
    if not lines:
        return ""
    frame = known_tricks().reply_frame[spoken]
    return "\n\n".join((frame.opening, " ".join(lines[:_MOST_REPLIES]), frame.closing))


def _checked() -> tuple[str, ...]:
    tricks = known_tricks().trick
    return (
        tr("{count} known tricks, in English, Russian, German and Chinese.", count=len(tricks)),
        tr("Links by their spelling only; nothing was opened."),
        tr("Card numbers and codes. Pictures and voice were not looked at."),
    )
