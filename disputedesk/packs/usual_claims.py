"""What merchants usually answer: the lists of `resources/replies`, read strictly.

Texts are English messages of the catalogue, translated where they are shown.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection
from pathlib import Path

import tomli

from disputedesk.common import locations
from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.model.problem import Problem
from disputedesk.packs.files import read_pack_file
from disputedesk.packs.tables import Malformed, Table, not_among


@dataclasses.dataclass(frozen=True, slots=True)
class UsualClaim:
    """One thing that merchants usually say.

    Attributes:
        text: What they say, one sentence.
        answer: What to look for against it.
        kinds: Kinds of exhibits that usually answer it, the strongest first.
        problems: For which wrongs it is offered; empty for all.
        source: Who asks for such proof.
    """

    id: str
    text: str
    answer: str
    kinds: tuple[str, ...]
    problems: frozenset[Problem]
    source: str
    checked_on: dt.date

    def fits(self, problem: Problem) -> bool:
        """Whether it is offered for this wrong."""
        return not self.problems or problem in self.problems


def load_usual_claims(kinds: Collection[str], path: Path | None = None) -> tuple[UsualClaim, ...]:
    """The usual claims, in the file's order.

    Args:
        kinds: The kinds an exhibit can be.
        path: The file; `None` is the shipped one.

    Raises:
        Refused: The file does not fit; names the file and the key.
    """
    path = path or locations.resources("replies", "claims.toml")
    data, trouble = read_pack_file(path)
    if trouble:
        raise _refused(path, trouble)
    try:
        file = Table(tomli.loads(data.decode("utf-8")), "")
        checked_on = file.day("checked_on")
        found = tuple(_claim_of(table, checked_on, kinds) for table in file.tables("claim"))
        file.finish()
        _refuse_twice(file, found)
    except Malformed as error:
        raise _refused(path, error.why, error.key) from error
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _refused(path, tr("This is not readable TOML: {error}.", error=error)) from error
    return found


def _claim_of(table: Table, checked_on: dt.date, kinds: Collection[str]) -> UsualClaim:
    named = table.texts("kinds")
    for kind in named:
        if kind not in kinds:
            raise table.wrong("kinds", not_among(kind, kinds))
    claim = UsualClaim(
        id=table.text("id"),
        text=table.text("text"),
        answer=table.text("answer"),
        kinds=named,
        problems=frozenset(table.one_of("problems", p, Problem) for p in table.texts("problems")),
        source=table.text("source"),
        checked_on=checked_on,
    )
    table.finish()
    return claim


def _refuse_twice(file: Table, found: tuple[UsualClaim, ...]) -> None:
    names = [claim.id for claim in found]
    for name in names:
        if names.count(name) > 1:
            raise file.wrong("claim", tr("The name {name} is taken.", name=name))


def _refused(path: Path, why: str, key: str = "") -> Refused:
    place = f"{path.name}: {key}" if key else path.name
    return Refused(why, place, tr("Install DisputeDesk again, or put the file right."))
