"""`evidence manifest`, `export` and `check`: exhibits taken out so that others can check them."""

from __future__ import annotations

import argparse
from pathlib import Path

from disputedesk.cli.commands import Subparsers
from disputedesk.cli.session import Session
from disputedesk.common.texts import tr, trn


def fill(verbs: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Adds the three to the verbs of `evidence`."""
    manifest = verbs.add_parser(
        "manifest",
        parents=[shared],
        help=tr("hash and name of every exhibit, for {command}", command="sha256sum -c"),
    )
    manifest.add_argument("case", metavar=tr("CASE"))
    manifest.add_argument("-o", "--output", type=Path, metavar=tr("FILE"))
    manifest.set_defaults(run=run_manifest)
    export = verbs.add_parser(
        "export", parents=[shared], help=tr("the exhibits as a folder that anybody can check")
    )
    export.add_argument("case", metavar=tr("CASE"))
    export.add_argument("folder", type=Path, metavar=tr("FOLDER"))
    export.add_argument("--zip", action="store_true", help=tr("one zip file in place of a folder"))
    export.set_defaults(run=run_export)
    check = verbs.add_parser(
        "check", parents=[shared], help=tr("is such a folder whole and unchanged? needs no desk")
    )
    check.add_argument("folder", type=Path, metavar=tr("FOLDER"))
    check.set_defaults(run=run_check)


def run_manifest(session: Session) -> int:
    """Prints the manifest of what would go out, or writes it to a file."""
    from disputedesk.desk.operations import exporting
    from disputedesk.desk.queries import cases as queries
    from disputedesk.desk.targets import write_file

    with session.desk(create=False) as desk:
        text = exporting.manifest_of(desk, queries.find_case(desk, session.arguments.case))
    output: Path | None = session.arguments.output
    if output is None:
        session.report.text(text)
        return 0
    write_file(output, text.encode())
    session.report.line(str(output))
    session.report.answer({"file": output})
    return 0


def run_export(session: Session) -> int:
    """Writes the exhibits, their manifests and how each came into a new folder or zip."""
    from disputedesk.desk.operations import exporting
    from disputedesk.desk.queries import cases as queries

    arguments = session.arguments
    with session.desk(create=False) as desk:
        outcome = exporting.export_evidence(
            desk,
            queries.find_case(desk, arguments.case),
            arguments.folder,
            as_zip=arguments.zip,
            progress=session.report.progress,
        )
    made = outcome.value
    session.report.line(f"{made.path}: {outcome.said}")
    session.report.line(tr("SHA-256 of the manifest: {hash}", hash=made.manifest_sha256))
    session.report.answer(made)
    return 0


def run_check(session: Session) -> int:
    """Checks an export against its own manifests; 1 when anything is wrong."""
    from disputedesk.desk.operations import exporting

    findings = exporting.check_export(session.arguments.folder, progress=session.report.progress)
    session.report.answer({"findings": findings})
    for finding in findings:
        session.report.line(f"{finding.where}: {finding.what} {finding.remedy}")
    if findings:
        count = len(findings)
        session.report.line(trn("{count} thing is wrong.", "{count} things are wrong.", count))
        return 1
    session.report.line(tr("Whole and unchanged: every file is what the manifest says."))
    return 0
