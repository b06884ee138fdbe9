"""Answers requests to black out parts of evidence in a copy."""

from __future__ import annotations

from disputedesk.gui.rooms import Desktop, RedactEvidence


def serve(desktop: Desktop) -> None:
    """Answers requests to redact evidence."""
    desktop.answer(RedactEvidence, _Answers(desktop).redact)


class _Answers:
    """Opens the sheet over whatever room is shown; lives as long as the desktop."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop

    def redact(self, request: RedactEvidence) -> None:
        """Opens the sheet for one piece of evidence, or of a copy for its original."""
        from disputedesk.gui.redaction.sheet import RedactionSheet

        RedactionSheet(self._desktop, request.evidence, self._desktop.window).open()
