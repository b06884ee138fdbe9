"""The files that stand for exhibits outside: the redacted copy where there is one, named safely.

Every road out takes its files from here, so that the original of a redacted exhibit never goes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from disputedesk.common.manifest import fit_for_manifest
from disputedesk.model.case import Evidence, Exhibit
from disputedesk.vault import clean_name


@dataclasses.dataclass(frozen=True, slots=True)
class OutgoingFile:
    """The file that stands for an exhibit outside.

    Attributes:
        name: Its name there: safe on every system, unique, in the exhibits' order.
    """

    exhibit: Exhibit
    name: str

    @property
    def evidence(self) -> Evidence:
        """The bytes that go out: the redacted copy where there is one."""
        return self.exhibit.outgoing


def outgoing_files(exhibits: Sequence[Exhibit]) -> tuple[OutgoingFile, ...]:
    """The files of exhibits that stand, in their order; those taken out do not leave."""
    standing = [each for each in exhibits if each.withdrawn_at is None]
    width = max(2, len(str(max((each.number for each in standing), default=0))))
    return tuple(
        OutgoingFile(each, f"{each.number:0{width}}_{_fit(each.outgoing.name)}")
        for each in standing
    )


def _fit(name: str) -> str:
    return fit_for_manifest(clean_name(name)).replace("•", "x")
