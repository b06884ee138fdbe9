"""`letter`, `submission` and `bundle`: what is sent."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from disputedesk.cli.commands import bundle_check, letters, packets, sending, submissions
from disputedesk.cli.session import Session
from disputedesk.common import texts
from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr, trn
from disputedesk.desk.operations import papers as operations
from disputedesk.desk.operations.bundles import make_bundle
from disputedesk.desk.operations.mailing import save_mail
from disputedesk.desk.queries import cases as case_queries
from disputedesk.papers.languages import LETTER_LANGUAGES

_LETTER: Final = "bank_chargeback"
"""The letter a bundle begins with where nothing else is asked for."""


def fill(parsers: Mapping[str, argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Gives the commands their arguments."""
    del shared
    letter = parsers["letter"]
    letter.add_argument(
        "case", metavar=tr("CASE"),
        help=tr("a case, or: forms, copy, edit, check-form, test-sheet, print-file, posted"),
    )  # fmt: skip
    letter.add_argument("--form", default="bank_chargeback")
    letter.add_argument("--in", dest="speech", choices=list(LETTER_LANGUAGES))
    letter.add_argument("--paper", choices=["a4", "letter"])
    letter.add_argument("-o", "--output", type=Path, metavar=tr("FILE"))
    letters.fill_letters(letter)
    sending.fill_sending(letter)
    letter.set_defaults(run=run_letter)
    submissions.fill_submission(parsers["submission"])
    bundle = parsers["bundle"]
    bundle.add_argument("case", metavar=tr("CASE"), help=tr("a case, or: check, profiles"))
    bundle.add_argument("--form", help=tr("the letter it begins with"))
    bundle.add_argument("--in", dest="speech", choices=list(LETTER_LANGUAGES))
    bundle.add_argument("--paper", choices=["a4", "letter"])
    bundle.add_argument("-o", "--output", type=Path, metavar=tr("FILE"))
    bundle_check.fill(bundle)
    bundle.add_argument(
        "--attach", action="store_true", help=tr("let the files themselves travel in the PDF")
    )
    packets.fill_packets(bundle)
    bundle.set_defaults(run=run_bundle)


def _speech(session: Session) -> str:
    return session.arguments.speech or texts.language()


def run_letter(session: Session) -> int:
    """Writes a letter, or lists the forms there are."""
    arguments = session.arguments
    run = letters.WORDS.get(arguments.case) or sending.WORDS.get(arguments.case)
    if run is not None:
        return run(session)
    if arguments.more:
        raise Refused(
            tr("One letter is written at a time."), "letter",
            tr("Name one case; “letter print-file” puts made letters of several into one file."),
        )  # fmt: skip
    if arguments.check:
        return letters.run_check(session, form=arguments.form, language=_speech(session))
    if arguments.output is None:
        raise Refused(
            tr("No file was named for the letter."), "letter", tr("Name one with -o FILE.pdf.")
        )
    with session.desk(create=False) as desk:
        case_id = case_queries.find_case(desk, arguments.case)
        outcome = operations.make_letter(
            desk, case_id, form=arguments.form, language=_speech(session), paper=arguments.paper,
            finish=sending.finish_of(arguments),
            anyway=arguments.anyway,
        )  # fmt: skip
        operations.save_document(desk, outcome.value.id, arguments.output)
        if arguments.mail is not None:
            save_mail(desk, outcome.value.id, arguments.mail)
    document = outcome.value
    pages = trn("{count} page", "{count} pages", document.pages)
    session.report.line(f"{arguments.output}: {document.title}, {pages}")
    if arguments.mail is not None:
        session.report.line(str(arguments.mail))
    session.report.answer({"file": arguments.output, "document": document, "mail": arguments.mail})
    return 0


def run_bundle(session: Session) -> int:
    """Writes letter, index and exhibits as one PDF; fits it to a destination; checks such a PDF."""
    arguments = session.arguments
    if arguments.case == bundle_check.WORD:
        return bundle_check.run_bundle_check(session)
    if arguments.case == packets.WORD:
        return packets.run_profiles(session)
    if arguments.destination:
        return packets.run_packet(session)
    if arguments.output is None or arguments.bundles:
        raise Refused(
            tr("No file was named for the bundle."), "bundle", tr("Name one with -o FILE.pdf.")
        )
    with session.desk(create=False) as desk:
        case_id = case_queries.find_case(desk, arguments.case)
        outcome = make_bundle(
            desk,
            case_id,
            language=_speech(session),
            paper=arguments.paper,
            letter_form=None if arguments.no_letter else arguments.form or _LETTER,
            attach=arguments.attach,
            progress=session.report.progress,
        )
        files = _files(arguments.output, len(outcome.value))
        for path, document in zip(files, outcome.value, strict=True):
            operations.save_document(desk, document.id, path)
    for path, document in zip(files, outcome.value, strict=True):
        pages = trn("{count} page", "{count} pages", document.pages)
        session.report.line(f"{path}: {document.title}, {pages}")
    session.report.answer(
        {"file": files[0], "document": outcome.value[0], "files": files, "documents": outcome.value}
    )
    return 0


def _files(output: Path, parts: int) -> tuple[Path, ...]:
    """Where each part goes; one in one piece goes where it was asked for."""
    if parts == 1:
        return (output,)
    return tuple(
        output.with_name(f"{output.stem}-part-{part}-of-{parts}{output.suffix}")
        for part in range(1, parts + 1)
    )
