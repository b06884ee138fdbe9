"""Which features there are: the shell joins them, and they do not know each other."""

from __future__ import annotations

import importlib
import importlib.util
from types import ModuleType
from typing import Final

from disputedesk.gui.rooms import Desktop, Room

FEATURES: Final = (
    "today",
    "orders",
    "cases",
    "evidence",
    "letters",
    "check",
    "rules",
    "intake",
    "redaction",
    "bankform",
)
"""Packages of `gui` that may bring rooms or answer requests."""


def _modules() -> list[ModuleType]:
    names = [f"disputedesk.gui.{name}" for name in FEATURES]
    here = [f"{name}.room" for name in names if importlib.util.find_spec(name) is not None]
    return [
        importlib.import_module(name) for name in here if importlib.util.find_spec(name) is not None
    ]


def all_rooms() -> tuple[Room, ...]:
    """The rooms that are built, in the order of the rail."""
    rooms = [room for module in _modules() if hasattr(module, "rooms") for room in module.rooms()]
    return tuple(sorted(rooms, key=lambda room: room.order))


def serve_all(desktop: Desktop) -> None:
    """Lets every feature say which requests it answers."""
    for module in _modules():
        if hasattr(module, "serve"):
            module.serve(desktop)
