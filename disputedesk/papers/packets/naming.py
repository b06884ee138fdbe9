"""Names of files as a destination takes them: short enough, of its signs, no two alike."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from disputedesk.papers.packets.profile import Profile, Signs

_LONGEST: Final = 60
"""Signs of a name where no limit is known; longer ones are cut by forms and mail programs."""

_UNFIT: Final = {
    Signs.ANY: re.compile(r"[^\w-]+"),
    Signs.ASCII: re.compile(r"[^A-Za-z0-9_-]+"),
    Signs.PLAIN: re.compile(r"[^A-Za-z0-9]+"),
}


def bundle_name(profile: Profile, case: int, version: int, part: int = 0, parts: int = 1) -> str:
    """The name of a bundle's file; of one in parts the part's number is in it."""
    words = ["DD", str(case), str(version)]
    if parts > 1:
        words += ["part", str(part), "of", str(parts)]
    name = _joined(profile, words, ".pdf")
    if parts > 1 and len(name) > (profile.longest_name or _LONGEST):
        name = _joined(profile, [f"p{part}", str(case)], ".pdf")
    return _cut(profile, name.removesuffix(".pdf"), ".pdf")


def file_name(profile: Profile, position: int, words: str, ending: str) -> str:
    """The name of one of several files: its place in the order first, so that no two are alike."""
    parts = [f"{position:02}", *_plain(words, profile.name_signs).split()]
    return _cut(profile, _joined(profile, parts, ""), f".{ending}")


def _joined(profile: Profile, words: list[str], ending: str) -> str:
    between = "" if profile.name_signs is Signs.PLAIN else "-"
    return between.join(words) + ending


def _cut(profile: Profile, name: str, ending: str) -> str:
    """`name` with its ending, within the longest a destination takes."""
    longest = min(profile.longest_name or _LONGEST, _LONGEST)
    return name[: longest - len(ending)].rstrip("-_") + ending


def _plain(words: str, signs: Signs) -> str:
    """Words of signs that may stand in a name, accents and other alphabets taken away."""
    if signs is not Signs.ANY:
        words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return _UNFIT[signs].sub(" ", words)
