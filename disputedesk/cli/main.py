"""The command line: parses, runs one command, and turns errors into sentences and exit codes.

Exit codes: 0 done; 1 done, and the answer is "bad"; 2 wrong use; 3 could not be done, nothing
changed; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import disputedesk
from disputedesk.cli.commands import register
from disputedesk.cli.report import Report
from disputedesk.cli.session import Desktop, Session
from disputedesk.cli.values import a_day
from disputedesk.common import texts
from disputedesk.common.errors import Cancelled, DeskError, MissingFacts
from disputedesk.common.texts import tr

DONE: Final = 0
WRONG_USE: Final = 2
NOT_DONE: Final = 3
OUR_FAULT: Final = 70
STOPPED: Final = 130


def build_parser(words: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The parser of the whole program; commands named in `words` with all their arguments."""
    parser = argparse.ArgumentParser(
        prog="disputedesk",
        description=tr(
            "Keeps orders, protection deadlines and evidence, and writes the dispute or the letter "
            "to the bank before the window closes. Without a command it opens the desktop."
        ),
        epilog=tr(
            "Exit status: 0 done; 1 done, and the answer is bad; 2 wrong use; "
            "3 could not be done, nothing changed."
        ),
    )
    parser.add_argument("--version", action="version", version=disputedesk.__version__)
    _add_common(parser, default=True)
    commands = parser.add_subparsers(dest="command", metavar=tr("COMMAND"))
    shared = argparse.ArgumentParser(add_help=False)
    _add_common(shared, default=False)
    register(commands, shared, frozenset(words))
    return parser


def _add_common(parser: argparse.ArgumentParser, *, default: bool) -> None:
    """Options that may stand before or after the command; only the first place sets defaults."""

    def absent(value: object) -> object:
        return value if default else argparse.SUPPRESS

    parser.add_argument(
        "--desk", metavar=tr("DIR"), default=absent(None), help=tr("the desk's folder")
    )
    parser.add_argument(
        "--json", action="store_true", default=absent(False), help=tr("one JSON document on stdout")
    )
    parser.add_argument(
        "--today",
        type=a_day,
        metavar=tr("DATE"),
        default=absent(None),
        help=tr("compute as of this day, as 2026-03-14"),
    )
    parser.add_argument(
        "--language",
        choices=sorted(texts.LANGUAGES),
        default=absent(None),
        help=tr("the language of the answer"),
    )


def main(
    argv: Sequence[str] | None = None,
    *,
    desktop: Desktop | None = None,
) -> int:
    """Runs one command and gives its exit code.

    Args:
        argv: The arguments after the program's name; `None` takes the process's own.
        desktop: The desktop, given by `__main__` so that nothing here knows Qt; `None` without.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    os.umask(0o077)
    texts.set_language(_language_of(words))
    arguments = _parse(words)
    report = Report(json=arguments.json)
    session = Session(arguments, report, desktop)
    run: Callable[[Session], int] | None = getattr(arguments, "run", None)
    return _guarded(run or _desktop, session)


def _parse(words: Sequence[str]) -> argparse.Namespace:
    """The arguments; facts and bundles may stand behind an option too, which argparse misses."""
    parser = build_parser(words)
    arguments, rest = parser.parse_known_args(words)
    facts = getattr(arguments, "facts", None)
    if isinstance(facts, list):
        facts += [word for word in rest if "=" in word and not word.startswith("-")]
        rest = [word for word in rest if word not in facts]
    bundles = getattr(arguments, "bundles", None)
    if isinstance(bundles, list):
        bundles += [Path(word) for word in rest if not word.startswith("-")]
        rest = [word for word in rest if word.startswith("-")]
    if rest:
        parser.error(tr("unrecognized arguments: {words}", words=" ".join(rest)))
    return arguments


def _language_of(words: Sequence[str]) -> str:
    """The language asked for, before the parser (whose help needs it) exists."""
    for index, word in enumerate(words):
        if word.startswith("--language="):
            return word.partition("=")[2]
        if word == "--language" and index + 1 < len(words):
            return words[index + 1]
    return texts.system_language()


def _desktop(session: Session) -> int:
    if session.desktop is None:
        build_parser().print_help()
        return WRONG_USE
    return session.desktop.open(session)


def _guarded(run: Callable[[Session], int], session: Session) -> int:
    """Runs the command; a known fault becomes one line, an unknown one is logged and said."""
    report = session.report
    try:
        return run(session)
    except MissingFacts as error:
        report.error(error)
        report.answer({"error": str(error), "missing": error.names})
        return NOT_DONE
    except DeskError as error:
        report.error(error)
        report.answer({"error": str(error)})
        return NOT_DONE
    except (KeyboardInterrupt, Cancelled):
        report.error(DeskError(tr("Stopped. Nothing was left half done.")))
        return STOPPED
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - ends with us
        return DONE
    except Exception as error:  # noqa: BLE001 - one of the program's two last handlers
        from disputedesk.common import log

        path = log.log_crash(error)
        report.error(
            DeskError(
                tr("Something went wrong inside DisputeDesk."),
                "",
                tr("Nothing was lost; what happened is written in {path}.", path=path),
            )
        )
        return OUR_FAULT
