"""Words of the command line as rich values; what does not fit is said in a sentence."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Final

from disputedesk.common.texts import tr

_LONGEST: Final = 19
"""So many digits a database's number may have, and one more."""


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


def a_number(text: str) -> int:
    """A number the desk gave, from what was typed.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) < _LONGEST):
        raise argparse.ArgumentTypeError(tr("{text} is not a number", text=repr(text)))
    return int(text)
