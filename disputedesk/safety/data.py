"""The data of the checks, read once from `resources/safety` into frozen values."""

from __future__ import annotations

import functools
from typing import TypeVar

import tomli

from disputedesk.common import locations

T = TypeVar("T")


def load_table(name: str, kind: type[T]) -> T:
    """The file `name` of `resources/safety` as a `kind`; every key is checked.

    Raises:
        msgspec.ValidationError: The shipped file does not fit, which is a fault of the program.
    """
    import msgspec

    return msgspec.convert(_table(name), kind)


@functools.cache
def _table(name: str) -> dict[str, object]:
    path = locations.resources("safety", name)
    return tomli.loads(path.read_text("utf-8"))
