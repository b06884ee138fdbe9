"""The check of links: what an address hides, without asking the network."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re
import urllib.parse
from collections.abc import Iterator

from disputedesk.common.secrets import mask
from disputedesk.common.texts import tr
from disputedesk.safety.addresses import Address, ip_of, parse_address
from disputedesk.safety.data import load_table
from disputedesk.safety.lookalikes import is_near, latin_shape, scripts, skeletons
from disputedesk.safety.verdict import Level, Reason, Verdict, worst, worst_first


@dataclasses.dataclass(frozen=True, slots=True)
class Platform:
    """A shop, wallet or carrier, and the addresses it answers from."""

    id: str
    name: str
    names: tuple[str, ...]
    domains: tuple[str, ...]
    source: str
    basis: str
    checked_on: dt.date


@dataclasses.dataclass(frozen=True, slots=True)
class WordList:
    """Words or addresses of one kind, and where the list comes from."""

    entries: frozenset[str]
    source: str
    checked_on: dt.date


@dataclasses.dataclass(frozen=True, slots=True)
class Domains:
    """The whole of `domains.toml`."""

    platform: tuple[Platform, ...]
    shorteners: WordList
    messengers: WordList
    honest: WordList
    lures: WordList
    redirects: WordList
    programs: WordList

    def owner_of(self, domain: str, host: str) -> Platform | None:
        """The platform that answers from `domain` (or from the longer `host`), if it is known."""
        for platform in self.platform:
            if domain in platform.domains or host in platform.domains:
                return platform
        return None


@functools.cache
def known_domains() -> Domains:
    """The addresses the check knows, from `resources/safety/domains.toml`."""
    return load_table("domains.toml", Domains)


def check_link(url: str) -> Verdict:
    """What can be told of `url` by looking at it; it is not opened and nothing is asked.

    Args:
        url: As typed or pasted; `hxxp`, `[.]` and stray spaces are understood.
    """
    address = parse_address(url)
    data = known_domains()
    reasons = worst_first(tuple(_placed(url, address, _reasons(address, data))))
    level = worst(reasons)
    return Verdict(
        level=level,
        word=level.word,
        headline=_headline(level, address, data),
        reasons=reasons,
        advice=_advice(level),
        checked=_checked(data),
        host=address.ascii_host,
    )


def _reasons(address: Address, data: Domains) -> Iterator[Reason]:
    if address.hidden:
        yield _danger("hidden", tr("Unseen characters are hidden in the address."))
    if address.broken:
        yield _danger("broken", tr("This is written so that it cannot be read as an address."))
        return
    if not address.is_web:
        yield from _not_a_page(address, data)
        return
    yield from _written(address)
    yield from _number_or_bare(address)
    if data.owner_of(address.owner, address.host) is None:
        yield from _foreign(address, data)
    yield from _onward(address, data)


def _not_a_page(address: Address, data: Domains) -> Iterator[Reason]:
    """What is no web page: mail and telephone are told apart from what can run or read files."""
    if address.scheme == "mailto":
        if data.owner_of(address.owner, address.host) is None:
            yield from _foreign(address, data)
        return
    if address.scheme in {"tel", "sms"}:
        yield _care("telephone", tr("This calls or writes to a telephone number."))
        return
    texts = {
        "unc": tr("This leads to another machine's shared folder, not to a web page."),
        "file": tr("This opens a file on a machine, not a web page."),
        "javascript": tr("This is a piece of program that runs when it is opened."),
        "data": tr("The page is packed into the address itself, so nobody answers for it."),
    }
    other = tr("This starts a program instead of opening a web page ({scheme}).",
               scheme=address.scheme)  # fmt: skip
    yield _danger("scheme", texts.get(address.scheme, other))


def _written(address: Address) -> Iterator[Reason]:
    """Tricks in how the address is written."""
    if address.user:
        yield _danger(
            "userinfo",
            tr("What stands before the @ is decoration; the page belongs to {owner}.",
               owner=address.owner),
        )  # fmt: skip
    if address.scheme == "http":
        yield _care("http", tr("The connection is not encrypted (http, not https)."))
    if address.port not in {None, 80, 443}:
        yield _care("port", tr("It uses an unusual port, as shops do not."))
    if "\\" in address.raw:
        yield _care("backslash", tr("It is written with backslashes, which hides the real host."))
    if "%" in address.raw.split("?", 1)[0].split("#", 1)[0].removesuffix(address.path):
        yield _danger("encoded_host", tr("The name of the host is written in code."))


def _number_or_bare(address: Address) -> Iterator[Reason]:
    if ip_of(address.host):
        yield _danger(
            "ip", tr("It leads to a bare number ({number}), not to a registered name.",
                     number=address.ascii_host),
        )  # fmt: skip
    elif not address.suffix or address.owner == address.suffix:
        yield _care("no_domain", tr("{host} is no public address.", host=address.ascii_host))
    elif address.host.count(".") - address.suffix.count(".") >= 5:
        yield _care("deep", tr("The real owner stands behind a long row of names."))


def _foreign(address: Address, data: Domains) -> Iterator[Reason]:
    """What can be told of an address that belongs to no known platform."""
    if address.owner in data.honest.entries or ip_of(address.host):
        return
    if address.owner in data.shorteners.entries or address.host in data.shorteners.entries:
        yield _care("shortener", tr("A short address hides where it leads."))
    if address.owner in data.messengers.entries or address.host in data.messengers.entries:
        yield _care(
            "messenger", tr("It leads to a conversation that the platform cannot see or protect.")
        )
    imitated = _imitated(address, data)
    if imitated is not None:
        yield imitated
        return
    mixed = [label for label in address.name_labels if len(scripts(label)) > 1]
    if mixed:
        yield _danger(
            "mixed_script", tr("It mixes letters of different alphabets that look alike: {host}.",
                               host=address.ascii_host),
        )  # fmt: skip
    words = set(re.split(r"[^a-z]+", f"{address.host} {address.path}".lower()))
    if len(words & data.lures.entries) >= 3:
        yield _care("lures", tr("Its words lure: {words}.",
                                words=", ".join(sorted(words & data.lures.entries))))  # fmt: skip
    if shop := _named_in_path(address, data):
        yield _care("path_name", tr("It names {shop} but belongs to {owner}.",
                                    shop=shop, owner=address.owner))  # fmt: skip


def _imitated(address: Address, data: Domains) -> Reason | None:
    """The platform that the host imitates, as a reason; the surest likeness first."""
    labels = address.name_labels
    tokens = tuple(token for label in labels for token in re.split(r"[-_]", label) if token)
    lured = bool(set(tokens) & data.lures.entries)
    for platform in data.platform:
        for name in platform.names:
            if trick := _likeness(name, labels, tokens, lured=lured):
                return _likeness_reason(trick, platform, address)
    return None


def _likeness(name: str, labels: tuple[str, ...], tokens: tuple[str, ...], *, lured: bool) -> str:
    """How the labels resemble `name`: `name`, `part`, `letters`, `slip`, or not at all."""
    joined = tuple(label.replace("-", "") for label in labels)
    if name in tokens or name in joined:
        return "name"
    forms = {token: skeletons(token) for token in (*tokens, *labels, *joined)}
    if any(skeletons(name) & shapes for shapes in forms.values()):
        return "letters"
    if any(_holds(shape, name) for shapes in forms.values() for shape in shapes):
        return "part"
    if len(name) >= 4 and lured and any(token.startswith(name) for token in tokens):
        return "part"
    long = [token for token in forms if len(token) >= 5]
    return "slip" if any(is_near(latin_shape(token), name) for token in long) else ""


def _holds(label: str, name: str) -> bool:
    """Whether `label` holds a long name, or one of middle length beside a word that lures."""
    if len(name) < 6 or name not in label:
        return False
    rest = label.replace(name, " ")
    lures = known_domains().lures.entries
    return len(name) >= 8 or rest.strip() == "www" or any(word in rest for word in lures)


def _likeness_reason(trick: str, platform: Platform, address: Address) -> Reason:
    values = {"shop": platform.name, "owner": address.owner, "host": address.ascii_host}
    if trick == "letters":
        text = tr("It looks like {shop} but is spelled with other letters: {host}.", **values)
    elif trick == "slip":
        text = tr("It is almost the name of {shop}, but not quite: {owner}.", **values)
    else:
        text = tr("It carries the name of {shop}, but belongs to {owner}.", **values)
    return _danger(f"imitates_{trick}", text)


def _named_in_path(address: Address, data: Domains) -> str:
    """A platform whose whole address stands in the path, as if it were the host."""
    path = address.path.lower()
    for platform in data.platform:
        if any(f"/{prefix}{domain}" in path for domain in platform.domains
               for prefix in ("", "www.")):  # fmt: skip
            return platform.name
    return ""


def _onward(address: Address, data: Domains) -> Iterator[Reason]:
    """Where parameters send the reader on to, and what the path would fetch."""
    ending = address.path.rsplit("/", 1)[-1].lower().rpartition(".")
    if ending[1] and ending[2] in data.programs.entries:
        yield _danger("program", tr("It fetches a program ({ending}), not a page.",
                                    ending=f".{ending[2]}"))  # fmt: skip
    for name, value in urllib.parse.parse_qsl(address.query[:2048]):
        if not re.match(r"(?:https?:)?[/\\]{2}|javascript:|data:", value.strip(), re.IGNORECASE):
            continue
        target = parse_address(value if ":" in value[:12] else f"https:{value}")
        if target.owner == address.owner or name.lower() not in data.redirects.entries:
            continue
        same = data.owner_of(target.owner, target.host)
        if same is None or same != data.owner_of(address.owner, address.host):
            yield _sent_on(address, target, data)


def _sent_on(address: Address, target: Address, data: Domains) -> Reason:
    bad = worst(tuple(_reasons(dataclasses.replace(target, query=""), data))) is Level.DANGER
    text = tr("It sends you on to {target}.", target=target.ascii_host or target.scheme)
    if bad or data.owner_of(address.owner, address.host) is not None:
        return _danger("redirect", text)
    return _care("redirect", text)


def _placed(url: str, address: Address, reasons: Iterator[Reason]) -> Iterator[Reason]:
    """The reasons with the place of the host in `url` as their quote."""
    place = url.lower().find(address.host) if address.host else -1
    start, end = (place, place + len(address.host)) if place >= 0 else (0, len(url))
    for reason in reasons:
        yield dataclasses.replace(reason, quote=mask(url[start:end][:200]), start=start, end=end)


def _headline(level: Level, address: Address, data: Domains) -> str:
    platform = data.owner_of(address.owner, address.host)
    if level is Level.DANGER:
        return tr("Do not open this address.")
    if level is Level.CARE:
        return tr("Look twice before you open this address: it belongs to {owner}.",
                  owner=address.owner or address.scheme)  # fmt: skip
    if platform is not None:
        return tr("Nothing suspicious found: {owner} is an address of {shop}.",
                  owner=address.owner, shop=platform.name)  # fmt: skip
    return tr("Nothing suspicious found; who stands behind {owner} was not checked.",
              owner=address.owner)  # fmt: skip


def _advice(level: Level) -> tuple[str, ...]:
    if level is Level.NOTHING_FOUND:
        return (tr("Before you type a card number, compare the address bar with the shop's name."),)
    return (
        tr("Open the shop yourself, in its app or by typing its address, and look there."),
        tr("Do not type a password, card number or code on a page you came to by a link."),
    )


def _checked(data: Domains) -> tuple[str, ...]:
    return (
        tr("How the address is written, whose it is, and whether it imitates {count} known names.",
           count=len(data.platform)),
        tr("The page itself was not opened."),
    )  # fmt: skip


def _danger(trick: str, text: str) -> Reason:
    return Reason(text, level=Level.DANGER, trick=trick)


def _care(trick: str, text: str) -> Reason:
    return Reason(text, level=Level.CARE, trick=trick)
