"""The places of a sheet as they were, step by step, for undo and redo inside it."""

from __future__ import annotations

from disputedesk.model.bank_form import BankField

Fields = tuple[BankField, ...]


class FieldHistory:
    """What was said of a form's places, and what was said before; lives as long as its sheet."""

    def __init__(self) -> None:
        self._before: list[Fields] = []
        self._after: list[Fields] = []
        self.now: Fields = ()
        self.first: Fields = ()

    def begin(self, fields: Fields) -> None:
        """Begins with these; there is nothing before them."""
        self._before, self._after, self.now, self.first = [], [], fields, fields

    def take(self, fields: Fields) -> None:
        """Notes another state; what was undone is forgotten."""
        if fields != self.now:
            self._before.append(self.now)
            self._after.clear()
            self.now = fields

    @property
    def can_undo(self) -> bool:
        """Whether there was anything before."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether anything was undone."""
        return bool(self._after)

    def undo(self) -> None:
        """Goes back one step, if there is one."""
        if self._before:
            self._after.append(self.now)
            self.now = self._before.pop()

    def redo(self) -> None:
        """Goes forward one step, if there is one."""
        if self._after:
            self._before.append(self.now)
            self.now = self._after.pop()
