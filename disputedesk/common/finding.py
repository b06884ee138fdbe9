"""Findings: what a check of the desk's own files found wrong, as values."""

from __future__ import annotations

import dataclasses
import enum


class Severity(enum.StrEnum):
    """How bad a finding is."""

    DAMAGE = "damage"
    """Something that was acknowledged is missing or is not what it was."""
    WARNING = "warning"
    """Nothing is lost, but something is not as it should be."""
    NOTICE = "notice"
    """Worth knowing, and harmless."""


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found.

    Attributes:
        what: What is wrong, a whole sentence.
        where: The file, row or entry it is about.
        remedy: What to do, a whole sentence; may be empty.
    """

    severity: Severity
    what: str
    where: str
    remedy: str = ""

    @property
    def is_damage(self) -> bool:
        """Whether something is lost or altered."""
        return self.severity is Severity.DAMAGE
