"""How a letter is finished beside its words: layout, delivery note, copies, code."""

from __future__ import annotations

import dataclasses
from typing import Final


@dataclasses.dataclass(frozen=True, slots=True)
class Finish:
    """What is chosen for one letter; what is left out is decided by settings and recipient.

    Attributes:
        layout: Id of a layout; `None` takes the setting, else the recipient's country decides.
        delivery: How it is sent, as it is printed: "By registered post"; may be empty.
        copies: Who else gets it, one line each.
        code: Whether the reference also stands on it as a QR code; `None` takes the setting.
    """

    layout: str | None = None
    delivery: str = ""
    copies: tuple[str, ...] = ()
    code: bool | None = None


UNCHOSEN: Final = Finish()
"""Nothing was chosen."""
