"""Everything the commands print; the only place with `print`."""

from __future__ import annotations

import dataclasses
import re
import shutil
import sys
from collections.abc import Sequence
from typing import TextIO

from disputedesk.common.errors import DeskError
from disputedesk.common.texts import tr

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """`text` without characters that would command the terminal or turn its direction."""
    return _CONTROL.sub("\ufffd", text)


@dataclasses.dataclass(slots=True)
class Report:
    """Where a command's answer goes: words or one JSON document on stdout, errors on stderr.

    Attributes:
        json: Whether one JSON document is wanted instead of words.
    """

    json: bool = False
    out: TextIO = dataclasses.field(default_factory=lambda: sys.stdout)
    err: TextIO = dataclasses.field(default_factory=lambda: sys.stderr)

    def line(self, text: str = "") -> None:
        """Prints one line of words; nothing when JSON was asked for."""
        if not self.json:
            print(harmless(text), file=self.out)

    def text(self, text: str) -> None:
        """Prints a whole file, in words and as JSON alike: it is the answer in both."""
        print(text.rstrip("\n"), file=self.out)

    def answer(self, value: object) -> None:
        """Prints `value` as the one JSON document; nothing when words were asked for."""
        if self.json:
            from disputedesk.cli.encoding import to_json

            print(to_json(value), file=self.out)

    def table(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Prints rows in columns as wide as they need, the last one as it is."""
        if self.json or not rows:
            return
        widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]) - 1)]
        for row in rows:
            cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
            self.line("  ".join([*cells, row[-1]]).rstrip())

    def error(self, error: DeskError) -> None:
        """Prints what happened, where and what to do, as one line on stderr."""
        text = " ".join(harmless(str(error)).split())
        print(tr("disputedesk: {text}", text=text), file=self.err)

    def notice(self, text: str) -> None:
        """Prints what the user should know beside the answer, as one line on stderr."""
        print(tr("disputedesk: {text}", text=" ".join(harmless(text).split())), file=self.err)

    def progress(self, what: str, done: int, total: int) -> None:
        """Shows how far long work has come, on a terminal only."""
        if self.json or not self.err.isatty():
            return
        width = shutil.get_terminal_size().columns
        part = f" {done}/{total}" if total else f" {done}"
        text = harmless(what)[: width - len(part) - 1] + part
        end = "\n" if total and done >= total else ""
        print("\r" + text.ljust(width - 1), end=end, file=self.err, flush=True)
