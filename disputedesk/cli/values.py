"""Words of the command line as rich values; what does not fit is said in a sentence."""

from __future__ import annotations

import argparse
import datetime as dt

from disputedesk.common.texts import tr


def a_day(text: str) -> dt.date:
    """The day that `text` writes as 2026-03-14.

    Raises:
        argparse.ArgumentTypeError: It is not a day.
    """
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        message = tr("{text} is not a day; write it as 2026-03-14", text=repr(text))
        raise argparse.ArgumentTypeError(message) from None
