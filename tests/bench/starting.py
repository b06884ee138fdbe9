"""From the command to the first picture, and to the first answer."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.desks import desk_of
from tests.bench.rounds import Row

ROOT = Path(__file__).resolve().parents[2]
MEMORY: dict[str, int] = {}
"""Peak memory in KiB of the last start of each kind."""


def rows(orders: int) -> Iterator[Row]:
    """Starts of the desktop against a bare window, and of commands against an empty program."""
    empty = Path(tempfile.mkdtemp(prefix="disputedesk-bench-")) / "desk"
    bare = functools.partial(_paint, "bare")
    for name, until, desk, goal in (
        ("start → window painted, empty desk", "frame", empty, 1.3),
        (f"start → window painted, {orders:,} orders", "frame", desk_of(orders), 1.3),
        (f"start → first list at rest, {orders:,} orders", "list", desk_of(orders), 1.5),
    ):
        yield Row(name, "bare PySide6 window", goal, functools.partial(_paint, until, desk), bare)
    nothing = functools.partial(_process, "-c", "pass")
    asked = ["--desk", str(desk_of(orders)), "--today", "2026-11-23"]
    for name, words, goal in (
        ("`--version`", ["--version"], 4),
        ("`check link`", ["check", "link", "https://www.aliexpress.com/"], 12),
        (f"`due --within 7d`, {orders:,} orders", [*asked, "due", "--within", "7d"], 12),
    ):
        command = functools.partial(_process, "-m", "disputedesk", *words)
        yield Row(name, "`python -c pass`", goal, command, nothing)


def _environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}


def _paint(until: str, desk: Path | None = None) -> float:
    words = ["-m", "tests.bench.paint", until, *([str(desk)] if desk else [])]
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=_environment(), capture_output=True, text=True,
        timeout=120, check=True,
    )  # fmt: skip
    seconds = time.perf_counter() - began
    MEMORY[until if until == "bare" else f"{until} {desk}"] = int(done.stdout.split()[-1])
    return seconds


def _process(*words: str) -> float:
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=_environment(), capture_output=True, timeout=120,
        check=True,
    )  # fmt: skip
    return time.perf_counter() - began
