"""What a desk's windows were computed with, kept beside them; and what has changed since."""

from __future__ import annotations

import dataclasses
import functools
import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from disputedesk.packs.library import PackLibrary

SETTING: Final = "rules.computed_with"
"""The store's setting that holds the stamp."""
ENGINE: Final = 1
"""Raised when the engine counts otherwise than before, so that every desk computes anew."""


@dataclasses.dataclass(frozen=True, slots=True)
class RulesStamp:
    """Which rules windows were computed with.

    Attributes:
        digest: Of the whole library: names and bytes of all its files.
        packs: Edition and digest of each pack in force, by its id.
        facts: Digest of the canonical facts.
        engine: The `ENGINE` of then.
    """

    digest: str
    packs: dict[str, tuple[str, str]]
    facts: str
    engine: int = ENGINE

    @classmethod
    def of(cls, library: PackLibrary) -> RulesStamp:
        """The stamp of windows computed with `library`."""
        packs = {pack.id: (pack.edition, str(pack.digest)) for pack in library.packs}
        return cls(library.digest, packs, library.facts_digest)

    @classmethod
    def read(cls, text: str | None) -> RulesStamp | None:
        """The stamp that `text` holds; `None` for none, or for one nobody can read."""
        if text is None:
            return None
        try:
            kept = json.loads(text)
            packs = {
                str(name): (str(each[0]), str(each[1])) for name, each in kept["packs"].items()
            }
            return cls(str(kept["digest"]), packs, str(kept["facts"]), int(kept["engine"]))
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            return None

    def __str__(self) -> str:
        """The stamp as the store keeps it."""
        return json.dumps(dataclasses.asdict(self), sort_keys=True, separators=(",", ":"))


@functools.lru_cache(maxsize=4)
def stamp_text(library: PackLibrary) -> str:
    """The stamp of windows computed with `library`, as the store keeps it."""
    return str(RulesStamp.of(library))


def changed_packs(before: RulesStamp | None, after: RulesStamp) -> frozenset[str] | None:
    """Ids of packs that came, went or changed; `None` where every order may be concerned."""
    if before is None or (before.facts, before.engine) != (after.facts, after.engine):
        return None
    return frozenset(
        name
        for name in before.packs.keys() | after.packs.keys()
        if before.packs.get(name, ("", ""))[1] != after.packs.get(name, ("", ""))[1]
    )
