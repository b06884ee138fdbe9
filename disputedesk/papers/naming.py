"""File names for what is handed out: sorted by date, safe on every system, without a name."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from disputedesk.model.case import DocumentKind

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")


def suggested_name(day: dt.date, case_number: int, kind: DocumentKind, suffix: str = "pdf") -> str:
    """The name a save dialog proposes: `2026-11-02_Case-1001_letter.pdf`."""
    name = f"{day:%Y-%m-%d}_Case-{case_number}_{kind.value}.{suffix}"
    return _UNSAFE.sub("-", name)
