"""The words every letter of one language shares: labels, reasons, headings, the last line.

They stand in `forms/words.<language>.toml`, not in the catalogue of the screens, because a letter's
Russian is proofread as one text together with its bodies.
"""

from __future__ import annotations

import functools
import tomllib

import msgspec

from disputedesk.common import locations


class Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the printed page says around the text; `{names}` are filled by who prints it."""

    number: str
    continued: str
    enclosures: str
    enclosures_note: str
    enclosure_page: str
    enclosure_pages: str
    enclosed_one: str
    enclosed_many: str
    counted: str
    counted_then: str
    counted_moved: str
    by_hand: str
    signature: str
    signature_paper: str
    signature_date: str
    declaration: str
    closing: str
    signed_for: str
    disclaimer: str
    case: str
    title: str
    copies: str = "cc"


class _Cite(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    exhibit: str
    exhibit_page: str
    file: str
    separator: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shared words of one language; every language has the same keys.

    Attributes:
        page: What the printed page says around the text.
        cite: How an exhibit is pointed to.
        headings: Per section.
        quotes: Per field that is quoted, who says it.
        labels: Per field, its label in references and summary.
        problems: Per problem, the reason in a few words.
        wishes: Per wish, what is asked for.
        networks: Per card network, its name.
        platforms: Per platform, its name as people write it.
        channels: What an attempt is called where nobody named it: `chat`, `seller`, `platform`.
        anchors: Per fact, how the day it gives is named in a count; empty in the languages of the
            screens, whose trace says it.
        lengths: Per unit of a count (`day`, `business day`, …), its plural forms; empty likewise.
    """

    page: Page
    cite: _Cite
    headings: dict[str, str]
    quotes: dict[str, str]
    labels: dict[str, str]
    problems: dict[str, str]
    wishes: dict[str, str]
    networks: dict[str, str]
    platforms: dict[str, str]
    channels: dict[str, str]
    anchors: dict[str, str] = {}
    lengths: dict[str, dict[str, str]] = {}


@functools.cache
def words(language: str) -> Words:
    """The shared words of `language`."""
    path = locations.forms() / f"words.{language}.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Words)


def condition_title(rule: str) -> str:
    """What the card network itself calls the reason of a rule; empty where it publishes none."""
    return _conditions().get(rule, "")


@functools.cache
def _conditions() -> dict[str, str]:
    path = locations.forms() / "conditions.toml"
    titles: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))["title"]
    return titles


def pages_told(page: Page, first: int, last: int) -> str:
    """On which pages of the bundle something stands, in words."""
    if first == last:
        return page.enclosure_page.format(page=first)
    return page.enclosure_pages.format(first=first, last=last)
