"""The commands, one module for each noun; each registers its own words with the parser."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Final, TypeAlias

from disputedesk.cli.commands import (
    care,
    cases,
    checks,
    demo,
    due,
    evidence,
    imports,
    orders,
    papers,
    rules,
)

Register: TypeAlias = Callable[
    ["argparse._SubParsersAction[argparse.ArgumentParser]", argparse.ArgumentParser], None
]

ALL: Final[tuple[Register, ...]] = (
    demo.register,
    imports.register,
    orders.register,
    due.register,
    cases.register,
    evidence.register,
    papers.register,
    checks.register,
    rules.register,
    care.register,
)
