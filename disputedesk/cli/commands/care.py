"""`verify`, `backup`, `restore`, `doctor` and `config`: looking after the desk."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from disputedesk.cli.session import Session
from disputedesk.common.texts import tr, trn


def fill(parsers: Mapping[str, argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Gives the commands their arguments."""
    del shared
    verify = parsers["verify"]
    verify.set_defaults(run=run_verify)
    backup = parsers["backup"]
    backup.add_argument("file", type=Path, metavar=tr("FILE"))
    backup.set_defaults(run=run_backup)
    restore = parsers["restore"]
    restore.add_argument("file", type=Path, metavar=tr("FILE"))
    restore.set_defaults(run=run_restore)
    undo = parsers["undo"]
    undo.set_defaults(run=run_undo)
    config = parsers["config"]
    config.add_argument("key", nargs="?")
    config.add_argument("value", nargs="?")
    config.set_defaults(run=run_config)
    doctor = parsers["doctor"]
    doctor.set_defaults(run=run_doctor)


def run_verify(session: Session) -> int:
    """Checks the whole desk; 1 when anything is damaged."""
    from disputedesk.desk.operations import care

    with session.desk(create=False, follow=False) as desk:
        answer = care.verify(desk, progress=session.report.progress)
    session.report.answer({"findings": answer.findings, "checked": answer.checked})
    for finding in answer.findings:
        session.report.line(f"{finding.where}: {finding.what} {finding.remedy}")
    if answer.is_sound:
        counts = ", ".join(f"{name} {count}" for name, count in answer.checked)
        session.report.line(tr("All is well: {counts}", counts=counts))
        return 0
    damaged = sum(finding.is_damage for finding in answer.findings)
    session.report.line(trn("{count} thing is damaged.", "{count} things are damaged.", damaged))
    return 1


def run_backup(session: Session) -> int:
    """Writes a backup while the desk may be open elsewhere."""
    from disputedesk.desk.operations import care

    with session.desk(create=False, follow=False) as desk:
        size = care.backup(desk, session.arguments.file, progress=session.report.progress)
    session.report.line(
        tr("{file}: {size} bytes, read back and found whole.",
           file=session.arguments.file, size=f"{size:,}")
    )  # fmt: skip
    session.report.answer({"file": session.arguments.file, "bytes": size})
    return 0


def run_restore(session: Session) -> int:
    """Puts a backup in the desk's place; what was there is kept aside."""
    from disputedesk.desk.operations import care

    aside = care.restore(session.arguments.file, session.folder, progress=session.report.progress)
    session.report.line(tr("Restored to {folder}.", folder=session.folder))
    if aside is not None:
        session.report.line(tr("What was there before is kept in {folder}.", folder=aside))
    session.report.answer({"folder": session.folder, "aside": aside})
    return 0


def run_undo(session: Session) -> int:
    """Takes the last act back."""
    from disputedesk.desk.operations import undo

    with session.desk(create=False, follow=False) as desk:
        outcome = undo.undo(desk)
    session.report.line(outcome.said)
    session.report.answer({"undone": outcome.said})
    return 0


def run_config(session: Session) -> int:
    """Lists the settings, or changes one."""
    from disputedesk.desk.operations import settings as operations
    from disputedesk.desk.settings import SETTINGS

    arguments = session.arguments
    with session.desk(follow=False) as desk:
        if arguments.key and arguments.value is not None:
            operations.set_setting(desk, arguments.key, arguments.value)
        values = {setting.key: desk.settings.get(setting.key) for setting in SETTINGS}
    session.report.answer(values)
    session.report.table(
        [(setting.key, values[setting.key], tr(setting.text)) for setting in SETTINGS]
    )
    return 0


def run_doctor(session: Session) -> int:
    """Prints what a helper needs to know of this machine, and nothing of the cases."""
    from disputedesk.desk.queries import health

    facts = health.examine(session.folder)
    session.report.answer({line.name: line.value for line in facts})
    session.report.table([(line.name, line.value) for line in facts])
    return 0
