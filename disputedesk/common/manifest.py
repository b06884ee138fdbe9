"""Manifests: lists of hashes and names as `sha256sum` writes and checks them, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_LINE: Final = re.compile(r"([0-9a-fA-F]{64})[ \t]+\*?(\S.*)")
_UNSAFE: Final = re.compile(r"[\\%\r\n\x00-\x1f\x7f]")


def manifest_text(files: Iterable[tuple[str, str]]) -> str:
    """The manifest of files, each given as hash and name, in this order.

    A name stands in it as it is: `fit_for_manifest` makes one that every reader takes the same way.
    """
    return "".join(f"{sha256}  {name}\n" for sha256, name in files)


def fit_for_manifest(name: str) -> str:
    """`name` without the few signs that readers of manifests write in ways of their own."""
    return _UNSAFE.sub("_", name)


def read_manifest(text: str) -> tuple[tuple[str, str], ...]:
    """The hashes and names of a manifest, as far as its lines can be read.

    Percent signs and line ends in names are decoded as BagIt writes them (RFC 8493, 2.1.3).

    Raises:
        ValueError: A line is none of a manifest; its number is the error's first argument.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(number)
        found.append((match[1].lower(), _decoded(match[2])))
    return tuple(found)


def _decoded(name: str) -> str:
    for written, sign in (("%0A", "\n"), ("%0a", "\n"), ("%0D", "\r"), ("%0d", "\r")):
        name = name.replace(written, sign)
    return name.replace("%25", "%")
