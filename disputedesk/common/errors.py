"""Errors that a person is shown: what happened, where, and what to do."""

from __future__ import annotations


class DeskError(Exception):
    """The world's fault or the user's, told in whole sentences; never a fault of the program.

    Args:
        what: What happened, one sentence.
        where: The file, line, key, field or order it happened at; may be empty.
        remedy: What to do next, one sentence.
    """

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        super().__init__(what, where, remedy)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        """All three texts as one line, the place first."""
        place = f"{self.where}: " if self.where else ""
        return " ".join(part for part in (f"{place}{self.what}", self.remedy) if part)


class Refused(DeskError):
    """An input that was not taken, and why."""


class NotFound(DeskError):
    """A thing asked for by name or number that the desk does not hold."""


class Conflict(DeskError):
    """Somebody else changed the same thing meanwhile; nothing was overwritten."""


class MissingFacts(DeskError):
    """A step that needs facts nobody has entered yet.

    Args:
        what: What cannot be done yet.
        names: The names of the missing facts, most useful first.
        remedy: The question that asks for the first of them.
    """

    def __init__(self, what: str, names: tuple[str, ...], remedy: str = "") -> None:
        super().__init__(what, ", ".join(names), remedy)
        self.names = names


class DamagedDesk(DeskError):
    """A desk whose files do not hold what its ledger says."""


class Cancelled(Exception):
    """Raised inside long work when its token was cancelled."""
