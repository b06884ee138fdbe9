"""`rules`: the packs in plain words, with their sources and their own worked examples."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from disputedesk.cli.commands import editions
from disputedesk.cli.commands.editions import rulebook_of
from disputedesk.cli.session import Session
from disputedesk.common import locations, texts
from disputedesk.common.texts import tr, trn
from disputedesk.desk import words
from disputedesk.desk.queries import rules as queries


def fill(parsers: Mapping[str, argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Gives the commands their arguments."""
    parser = parsers["rules"]
    verbs = parser.add_subparsers(dest="verb", required=True)
    listing = verbs.add_parser("list", parents=[shared], help=tr("all packs and rules"))
    listing.set_defaults(run=run_list)
    show = verbs.add_parser("show", parents=[shared], help=tr("one rule, whole"))
    show.add_argument("id", metavar="ID")
    show.set_defaults(run=run_show)
    test = verbs.add_parser("test", parents=[shared], help=tr("run the packs' worked examples"))
    test.add_argument("pack", nargs="?", metavar=tr("PACK"))
    test.set_defaults(run=run_test)
    schema = verbs.add_parser("schema", parents=[shared], help=tr("the JSON Schema of a pack"))
    schema.set_defaults(run=run_schema)
    explain = verbs.add_parser("explain", parents=[shared], help=tr("how to write a pack"))
    explain.set_defaults(run=run_explain)
    editions.fill(verbs, shared)


def run_list(session: Session) -> int:
    """Lists packs with edition and day checked, and their rules; the desk's own are marked."""
    book = rulebook_of(session)
    packs = queries.pack_list(book)
    refused = queries.refused_packs(book)
    session.report.answer({"packs": packs, "refused": refused})
    for pack in packs:
        day = texts.day_text(pack.checked_on)
        session.report.line(
            tr("{title} ({id}), edition {edition}, checked {day}",
               title=tr(pack.title), id=pack.id, edition=pack.edition, day=day)
        )  # fmt: skip
        if pack.own_file:
            session.report.line(tr("  from the desk's own folder: {file}", file=pack.own_file))
        if pack.newer:
            session.report.line(
                tr("  edition {edition}, checked later, is shipped with the program; "
                   "“rules remove {id}” returns to it", edition=pack.newer, id=pack.id)
            )  # fmt: skip
        session.report.table([(f"  {rule.id}", tr(rule.title)) for rule in pack.rules])
    for why in refused:
        session.report.line(tr("Refused: {why}", why=why))
    return 0


def run_schema(session: Session) -> int:
    """Prints the JSON Schema that editors and other programs check a pack with."""
    session.report.text(locations.resources("packs", "pack.schema.json").read_text("utf-8"))
    return 0


def run_explain(session: Session) -> int:
    """Prints the page that explains how a pack is written."""
    path = locations.resources("packs", "HOW_TO_WRITE_A_PACK.md")
    page = path.read_text("utf-8")
    session.report.answer({"path": path, "text": page})
    session.report.line(tr("This page is the file {path}", path=path))
    session.report.line()
    for line in page.splitlines():
        session.report.line(line)
    return 0


def run_show(session: Session) -> int:
    """Shows one rule in words with its sources."""
    rule = queries.rule_words(session.arguments.id, rulebook_of(session))
    session.report.answer(rule)
    session.report.line(f"{rule.id}  {rule.title}")
    session.report.line(rule.summary)
    for part in rule.parts:
        session.report.line(f"{part.name}: {part.text}")
    for source in rule.sources:
        day = texts.day_text(source.checked_on)
        session.report.line(
            tr("Source: {title}, {edition}, confidence {confidence}, checked {day}",
               title=source.title, edition=source.edition, day=day,
               confidence=words.confidence_word(source.confidence))
        )  # fmt: skip
        session.report.line(f"  {source.url}")
    return 0


def run_test(session: Session) -> int:
    """Runs worked examples; 1 when one of them does not hold."""
    results = queries.run_examples(session.arguments.pack, rulebook_of(session))
    failed = [result for result in results if not result.passed]
    session.report.answer({"examples": results, "failed": len(failed)})
    for result in failed:
        session.report.line(f"{result.rule}: {result.title}: {result.message}")
    held = len(results) - len(failed)
    session.report.line(
        trn("{count} example holds", "{count} examples hold", held)
        + ", "
        + trn("{count} does not.", "{count} do not.", len(failed))
    )
    return 1 if failed else 0
