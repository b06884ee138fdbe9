"""Addresses taken apart: what a typed, pasted or defanged link really leads to."""

from __future__ import annotations

import dataclasses
import ipaddress
import re
import unicodedata
import urllib.parse
from typing import Final

from disputedesk.safety.suffixes import registered_domain

_DEFANGED: Final = (
    (re.compile(r"^h(?:xx|tt|\*\*|XX)ps?\b", re.IGNORECASE), None),
    (re.compile(r"\s*[\[({]\s*(?:\.|dot|точка)\s*[\])}]\s*", re.IGNORECASE), "."),
    (re.compile(r"[\[({]\s*:(?://)?\s*[\])}](?://)?"), "://"),
    (re.compile(r"\s*[\[({]\s*(?:@|at)\s*[\])}]\s*", re.IGNORECASE), "@"),
)
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]{0,30}):(?!\d{1,5}(?:[/?#]|$))")
_WEB: Final = frozenset({"http", "https"})
_UNSEEN_KINDS: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


@dataclasses.dataclass(frozen=True, slots=True)
class Address:
    """A link taken apart.

    Attributes:
        raw: As it was given.
        scheme: Small letters; `https` where none was written.
        written_scheme: Whether the scheme was there.
        user: What stands before an `@` in front of the host; usually empty.
        host: As people read it, small letters.
        ascii_host: As the network spells it (punycode).
        owner: The registered domain the host belongs to; the host itself where none is known.
        suffix: The public suffix; empty for an address of numbers or a machine's bare name.
        port: `None` when not written; -1 when it is no number.
        hidden: Whether unseen characters were taken out.
    """

    raw: str
    scheme: str
    written_scheme: bool = False
    user: str = ""
    host: str = ""
    ascii_host: str = ""
    owner: str = ""
    suffix: str = ""
    port: int | None = None
    path: str = ""
    query: str = ""
    hidden: bool = False
    broken: bool = False

    @property
    def is_web(self) -> bool:
        """Whether it opens a page by its name or number."""
        return self.scheme in _WEB and bool(self.host)

    @property
    def name_labels(self) -> tuple[str, ...]:
        """The labels of the host without its public suffix, first one first."""
        bare = self.host.removesuffix(self.suffix).rstrip(".") if self.suffix else self.host
        return tuple(label for label in bare.split(".") if label)


def parse_address(given: str) -> Address:
    """What `given` really leads to; never raises, `broken` says that it could not be read."""
    text, hidden = _cleaned(given)
    if text.startswith(("\\\\", "//")):
        return Address(given, "unc", written_scheme=True, path=text, hidden=hidden)
    match = _SCHEME.match(text)
    scheme = match.group(1).lower() if match else ""
    looks_like_host = "." in scheme and scheme not in {"ms-appx.web"}
    if match and scheme not in _WEB and not looks_like_host:
        rest = text[match.end() :]
        if scheme == "mailto":
            return _mail_address(given, rest, hidden=hidden)
        return Address(given, scheme, written_scheme=True, path=rest, hidden=hidden)
    rest = text[match.end() :] if match and not looks_like_host else text
    rest = "//" + rest.replace("\\", "/").lstrip("/")
    try:
        parts = urllib.parse.urlsplit(rest)
        host = parts.hostname or ""
    except ValueError:
        return Address(given, scheme or "https", bool(match), path=rest, hidden=hidden, broken=True)
    written = bool(match) and not looks_like_host
    base = Address(given, scheme if written else "https", written, hidden=hidden)
    user = urllib.parse.unquote(parts.netloc.rpartition("@")[0])
    return _with_host(dataclasses.replace(
        base, user=user, port=_port(parts), path=parts.path, query=parts.query), host)  # fmt: skip


def ip_of(host: str) -> str:
    """The address of numbers that `host` is, in any notation browsers take; empty when a name."""
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        pass
    pieces = host.rstrip(".").split(".")
    if not 1 <= len(pieces) <= 4:
        return ""
    try:
        numbers = [_number(piece) for piece in pieces]
    except ValueError:
        return ""
    total = numbers[-1]
    for place, number in enumerate(numbers[:-1]):
        if number > 255:
            return ""
        total += number << (8 * (3 - place))
    return str(ipaddress.IPv4Address(total)) if total < 1 << 32 else ""


def _number(piece: str) -> int:
    if re.fullmatch(r"0[xX][0-9a-fA-F]{1,8}", piece):
        return int(piece, 16)
    if re.fullmatch(r"0[0-7]{1,12}", piece):
        return int(piece, 8)
    if re.fullmatch(r"[0-9]{1,10}", piece):
        return int(piece)
    raise ValueError(piece)


def _cleaned(given: str) -> tuple[str, bool]:
    """The text without quotes, line ends, unseen characters and defanging; whether any was unseen.

    Line ends and tabs come from pasting and are dropped, as browsers do.
    """
    text = given[:4096].strip().strip("<>\"'«»“”„`").strip()
    text = re.sub(r"[\r\n\t]+", "", text)
    seen = "".join(c for c in text if unicodedata.category(c) not in _UNSEEN_KINDS)
    hidden = seen != text
    for pattern, new in _DEFANGED:
        if new is None:
            match = pattern.match(seen)
            if match:
                secure = match.group().lower().endswith("s")
                seen = ("https" if secure else "http") + seen[match.end() :]
        else:
            seen = pattern.sub(new, seen)
    return seen.replace(" ", "").rstrip(".,;!)»"), hidden


def _port(parts: urllib.parse.SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        return -1


def _mail_address(given: str, rest: str, *, hidden: bool) -> Address:
    target = urllib.parse.unquote(rest.split("?", 1)[0])
    base = Address(given, "mailto", written_scheme=True, path=target, hidden=hidden)
    return _with_host(base, target.rpartition("@")[2])


def _with_host(base: Address, written: str) -> Address:
    """`base` with its host read the way a browser reads it."""
    host = unicodedata.normalize("NFKC", urllib.parse.unquote(written)).casefold()
    host = re.sub(r"[。．｡]", ".", host).strip(".")
    number = ip_of(host)
    if number:
        return dataclasses.replace(base, host=host, ascii_host=number, owner=number)
    readable = ".".join(_from_punycode(label) for label in host.split("."))
    spelled = _to_ascii(readable)
    owner, suffix = registered_domain(readable)
    return dataclasses.replace(
        base, host=readable, ascii_host=spelled, owner=owner or readable, suffix=suffix,
        broken=base.broken or not readable,
    )  # fmt: skip


def _from_punycode(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode").casefold()
    except (UnicodeError, ValueError, OverflowError):
        return label


def _to_ascii(host: str) -> str:
    if host.isascii():
        return host
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        labels = (
            label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
            for label in host.encode("utf-8", "ignore").decode("utf-8").split(".")
        )  # fmt: skip
        return ".".join(labels)
