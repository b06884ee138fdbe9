"""Looking after the desk: verify, back up, restore."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from disputedesk.common.work import CancelToken, Progress, no_progress

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.store.verification import Finding


@dataclasses.dataclass(frozen=True, slots=True)
class Verification:
    """What checking a desk found.

    Attributes:
        findings: What is damaged, missing or foreign; empty when all is well.
        checked: What was looked at, in words, with how many of each.
    """

    findings: tuple[Finding, ...]
    checked: tuple[tuple[str, int], ...]
