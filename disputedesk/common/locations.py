"""Where the program's own data and the user's desk are; nothing else knows a path."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@functools.cache
def _data_root() -> Path:
    """The folder that holds `resources` and `forms`: inside the wheel, or the checkout."""
    packaged = _PACKAGE / "_data"
    return packaged if packaged.is_dir() else _PACKAGE.parent


def resources(*parts: str) -> Path:
    """A file or folder of the shipped resources; it may not exist."""
    return _data_root().joinpath("resources", *parts)


def forms() -> Path:
    """The folder of the shipped letter and claim forms."""
    return _data_root() / "forms"


def desk_folder(asked: str | Path | None, environment: Mapping[str, str] | None = None) -> Path:
    """The desk to use: the one asked for, else `DISPUTEDESK_DESK`, else the platform's data folder.

    Args:
        asked: What `--desk` gave; `None` when it was not given.
        environment: The process's environment; `None` reads the real one.
    """
    env = os.environ if environment is None else environment
    chosen = asked or env.get("DISPUTEDESK_DESK")
    if chosen:
        return Path(chosen).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("disputedesk", appauthor=False))


def cache_folder() -> Path:
    """Where tables that can be built again are kept (holiday tables, thumbnails of no desk)."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("disputedesk", appauthor=False))


def state_folder() -> Path:
    """Where window positions and the log are kept."""
    import platformdirs

    return Path(platformdirs.user_state_dir("disputedesk", appauthor=False))
