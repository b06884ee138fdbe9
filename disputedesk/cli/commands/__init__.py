"""The commands, one module for each noun.

Only the module of the command that was asked for is imported: `--version` and `check` must not pay
for the desk. The others stand in the help with one line.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
from collections.abc import Collection
from typing import Final, TypeAlias

from disputedesk.common.texts import mark, tr

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


@dataclasses.dataclass(frozen=True, slots=True)
class Command:
    """One word of the command line and the module that knows it."""

    name: str
    module: str
    help: str


COMMANDS: Final = (
    Command("demo", "demo", mark("the desktop on a sample desk; without a screen the whole job")),
    Command("import", "imports", mark("take in mails and exports")),
    Command("undo-import", "imports", mark("take one import back whole")),
    Command("orders", "orders", mark("list orders")),
    Command("order", "orders", mark("show, add or correct one order")),
    Command("client", "clients", mark("the people whose orders the desk keeps")),
    Command("due", "due", mark("what closes next, soonest first")),
    Command("windows", "due", mark("from which day until which day, who says so, and why")),
    Command("case", "cases", mark("open, show and move cases on")),
    Command("evidence", "evidence", mark("keep and list evidence")),
    Command("letter", "papers", mark("write a letter as PDF")),
    Command("batch", "batches", mark("one letter for many cases, each with its own facts")),
    Command("submission", "papers", mark("write the text for a platform's dispute form")),
    Command("bundle", "papers", mark("letter, index and exhibits as one PDF")),
    Command("bankform", "bank_forms", mark("the bank's own PDF form, filled")),
    Command("check", "checks", mark("is this link, message or payment a trap?")),
    Command("rules", "rules", mark("the rules and their sources")),
    Command("undo", "care", mark("take the last act back")),
    Command("verify", "care", mark("every hash, the ledger, the database; names damage")),
    Command("backup", "care", mark("the whole desk as one checked file")),
    Command("restore", "care", mark("a desk from such a file")),
    Command("config", "care", mark("show or change settings")),
    Command("doctor", "care", mark("versions, places, missing libraries; no case data")),
)


def register(
    subparsers: Subparsers, shared: argparse.ArgumentParser, wanted: Collection[str]
) -> None:
    """Adds all commands to the parser: those wanted whole, the others by name and one line.

    Args:
        subparsers: Where commands are added.
        shared: Options that every command takes.
        wanted: Names of the commands that may be run now.
    """
    modules = {command.module for command in COMMANDS if command.name in wanted}
    whole: dict[str, dict[str, argparse.ArgumentParser]] = {}
    for command in COMMANDS:
        parser = subparsers.add_parser(
            command.name, parents=[shared], help=tr(command.help), description=tr(command.help)
        )
        if command.module in modules:
            whole.setdefault(command.module, {})[command.name] = parser
    for module, parsers in whole.items():
        importlib.import_module(f"disputedesk.cli.commands.{module}").fill(parsers, shared)
