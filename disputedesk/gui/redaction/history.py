"""The boxes of a sheet as they were, step by step, for undo and redo inside it."""

from __future__ import annotations

from disputedesk.media.redaction_boxes import Box

Boxes = tuple[Box, ...]


class BoxHistory:
    """What was drawn, and what was drawn before; lives as long as its sheet."""

    def __init__(self) -> None:
        self._before: list[Boxes] = []
        self._after: list[Boxes] = []
        self.now: Boxes = ()

    def begin(self, boxes: Boxes) -> None:
        """Begins with these boxes; there is nothing before them."""
        self._before, self._after, self.now = [], [], boxes

    def take(self, boxes: Boxes) -> None:
        """Notes another state; what was undone is forgotten."""
        if boxes != self.now:
            self._before.append(self.now)
            self._after.clear()
            self.now = boxes

    @property
    def can_undo(self) -> bool:
        """Whether there was anything before."""
        return bool(self._before)

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
