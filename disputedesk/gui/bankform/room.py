"""Answers requests to fill in the bank's own form."""

from __future__ import annotations

from disputedesk.gui.rooms import Desktop, FillBankForm


def serve(desktop: Desktop) -> None:
    """Answers requests to fill in a bank's form."""
    desktop.answer(FillBankForm, _Answers(desktop).fill)


class _Answers:
    """Opens the sheet over whatever room is shown; lives as long as the desktop."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop

    def fill(self, request: FillBankForm) -> None:
        """Opens the sheet for one case."""
        from disputedesk.gui.bankform.sheet import BankFormSheet

        BankFormSheet(self._desktop, request.case, self._desktop.window).open()
