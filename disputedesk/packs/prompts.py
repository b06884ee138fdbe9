"""What to capture, when and how: the prompts of `resources/prompts`, read strictly.

Each file is checked whole before anything of it is used; what does not fit is refused with the
file and the key. Texts are English messages of the catalogue, translated where they are shown.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Collection, Iterator
from pathlib import Path

import tomli

from disputedesk.common import locations
from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.model.ids import FactName
from disputedesk.model.problem import Problem
from disputedesk.packs.files import read_pack_file
from disputedesk.packs.tables import Malformed, Table, not_among


class CaptureStage(enum.StrEnum):
    """How far a case is, as far as it matters to what can be captured."""

    BEFORE = "before"
    FILED = "filed"
    REFUSED = "refused"
    RETURNING = "returning"


@dataclasses.dataclass(frozen=True, slots=True)
class Prompt:
    """One thing to capture while it can be had.

    Attributes:
        kind: What the exhibit becomes to a checklist.
        also: Other kinds that answer it as well.
        stages: When it is asked; empty for always.
        problems: What went wrong; empty for whatever it was.
        platforms: Where it is asked, by short name; empty for everywhere.
        must_for: The problems without which the case is weak; all that it is asked for where the
            file says `must = true`, none where it says nothing.
        title: What, as a heading.
        how: Steps in plain words.
        why: One sentence.
        until: Until when it can be had, one sentence; unknown stays unknown.
        ends_with: Facts whose earliest known day is the last one it can be had.
        source: Who asks for such proof.
    """

    id: str
    kind: str
    title: str
    how: tuple[str, ...]
    why: str
    until: str
    source: str
    checked_on: dt.date
    also: tuple[str, ...] = ()
    stages: frozenset[CaptureStage] = frozenset()
    problems: frozenset[Problem] = frozenset()
    platforms: frozenset[str] = frozenset()
    must_for: frozenset[Problem] = frozenset()
    ends_with: tuple[FactName, ...] = ()

    def fits(self, problem: Problem, platform: str, stages: Collection[CaptureStage]) -> bool:
        """Whether it is asked for in such a case."""
        return (
            (not self.problems or problem in self.problems)
            and (not self.platforms or platform in self.platforms)
            and (not self.stages or not self.stages.isdisjoint(stages))
        )


def load_prompts(
    kinds: Collection[str], days: Collection[str], folder: Path | None = None
) -> tuple[Prompt, ...]:
    """The prompts of all files, in the files' order.

    Args:
        kinds: The kinds an exhibit can be.
        days: Names of the facts that are a day or an instant.
        folder: Where the files are; `None` is where they were shipped.

    Raises:
        Refused: A file does not fit; names the file and the key.
    """
    found: dict[str, Prompt] = {}
    for path in sorted((folder or locations.resources("prompts")).glob("*.toml")):
        try:
            for prompt, key in _prompts_of(path, kinds, days):
                if found.setdefault(prompt.id, prompt) is not prompt:
                    raise _refused(path, tr("The name {name} is taken.", name=prompt.id), key)
        except Malformed as error:
            raise _refused(path, error.why, error.key) from error
    return tuple(found.values())


def _refused(path: Path, why: str, key: str = "") -> Refused:
    place = f"{path.name}: {key}" if key else path.name
    return Refused(why, place, tr("Install DisputeDesk again, or put the file right."))


def _prompts_of(
    path: Path, kinds: Collection[str], days: Collection[str]
) -> Iterator[tuple[Prompt, str]]:
    data, trouble = read_pack_file(path)
    if trouble:
        raise _refused(path, trouble)
    try:
        values = tomli.loads(data.decode("utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        why = tr("This is not readable TOML: {error}.", error=error)
        raise _refused(path, why) from error
    file = Table(values, "")
    checked_on = file.day("checked_on")
    tables = file.tables("prompt")
    file.finish()
    for table in tables:
        yield _prompt_of(table, checked_on, kinds, days), table.at("id")


def _prompt_of(
    table: Table, checked_on: dt.date, kinds: Collection[str], days: Collection[str]
) -> Prompt:
    problems = frozenset(table.one_of("problems", p, Problem) for p in table.texts("problems"))
    prompt = Prompt(
        id=table.text("id"),
        kind=_known(table, "kind", table.text("kind"), kinds),
        title=table.text("title"),
        how=table.texts("how"),
        why=table.text("why"),
        until=table.text("until"),
        source=table.text("source"),
        checked_on=checked_on,
        also=tuple(_known(table, "also", kind, kinds) for kind in table.texts("also")),
        stages=frozenset(table.one_of("stages", s, CaptureStage) for s in table.texts("stages")),
        problems=problems,
        platforms=frozenset(table.texts("platforms")),
        must_for=_must_for(table, problems),
        ends_with=tuple(
            FactName(_known(table, "ends_with", name, days)) for name in table.texts("ends_with")
        ),
    )
    if not prompt.how:
        raise table.wrong("how", tr("At least one step was expected."))
    table.finish()
    return prompt


def _known(table: Table, key: str, value: str, words: Collection[str]) -> str:
    if value not in words:
        raise table.wrong(key, not_among(value, words))
    return value


def _must_for(table: Table, problems: frozenset[Problem]) -> frozenset[Problem]:
    """The problems it is a must for; a prompt cannot be a must where it is not asked."""
    asked = problems or frozenset(Problem)
    always = table.flag("must")
    named = frozenset(table.one_of("must_for", p, Problem) for p in table.texts("must_for"))
    if always and named:
        raise table.wrong("must_for", tr("Say either must or must_for, not both."))
    if not named <= asked:
        raise table.wrong("must_for", tr("It is a must for a problem that it is not asked for."))
    return asked if always else named
