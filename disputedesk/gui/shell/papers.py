"""What Help shows: about the program, what leaves this machine, and the keys."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QWidget

from disputedesk.common.texts import tr
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.icons import pixmap
from disputedesk.gui.labels import label, set_tip
from disputedesk.gui.sheet import Sheet


def version_text() -> str:
    """The versions a report should name, without anything about the user's data."""
    from importlib import metadata

    try:
        own = metadata.version("disputedesk")
    except metadata.PackageNotFoundError:
        own = tr("from source")
    return (
        f"DisputeDesk {own}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.system()} {platform.release()} {platform.machine()}"
    )


def about_sheet(folder: Path, parent: QWidget) -> Sheet:
    """About the program: version, where the desk is, what it is not."""
    sheet = Sheet(tr("About DisputeDesk"), parent)
    head = QHBoxLayout()
    mark = label("")
    mark.setPixmap(pixmap("disputedesk", "#7A8796", 56))
    mark.setAccessibleName("DisputeDesk")
    head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    head.addSpacing(tokens.GAP)
    head.addWidget(
        label(
            tr(
                "Money comes back to people who act in time, at the right door, with proof. "
                "DisputeDesk keeps the orders, the clocks and the proof, and writes what has to "
                "be sent. It is information, not legal advice."
            ),
            wrap=True,
        ),
        1,
    )
    sheet.column.addLayout(head)
    versions = version_text()
    sheet.column.addWidget(label(versions, ink="second", wrap=True, selectable=True))
    place = label(
        tr("Your desk is in {folder}", folder=folder), ink="second", wrap=True, selectable=True
    )
    sheet.column.addWidget(place)
    sheet.column.addWidget(label(tr("Free software under the MIT licence."), ink="second"))
    copy = button(tr("Copy version info"), Act.PLAIN, icon="copy", parent=sheet)
    copy.clicked.connect(lambda _checked=False: QGuiApplication.clipboard().setText(versions))
    sheet.foot.insertWidget(0, copy)
    return sheet


def privacy_sheet(folder: Path, parent: QWidget) -> Sheet:
    """What is kept, where, what leaves the machine, and how to be rid of it."""
    sheet = Sheet(tr("Privacy"), parent, width=600)
    for title, text in (
        (
            tr("What is kept"),
            tr(
                "Orders, payments, dates, notes, the files you add, and what was written from "
                "them. Card numbers only masked; security codes never."
            ),
        ),
        (tr("Where"), tr("On this machine only, in {folder}.", folder=folder)),
        (
            tr("What leaves"),
            tr(
                "Nothing by itself. The program opens no connection: no account, no cloud, no "
                "statistics, no update check. Letters and files leave when you send them."
            ),
        ),
        (
            tr("Who can read it"),
            tr("Whoever can read your files. Lock the machine, and encrypt its disk."),
        ),
        (
            tr("How to take it along"),
            tr("Copy the folder while the program is closed, or use “disputedesk export”."),
        ),
        (tr("How to delete it"), tr("Close the program and delete the folder.")),
    ):
        sheet.column.addWidget(label(title, strong=True))
        sheet.column.addWidget(label(text, ink="second", wrap=True, selectable=True))
    sheet.column.addStretch(1)
    return sheet


def keys_sheet(actions: Sequence[QAction], parent: QWidget) -> Sheet:
    """Every command that has a key, and the keys of lists."""
    sheet = Sheet(tr("Keyboard"), parent, width=560)
    body = QWidget()
    grid = QGridLayout(body)
    grid.setColumnStretch(0, 1)
    grid.setVerticalSpacing(tokens.GAP_CHIP)
    lines = [
        (action.text().replace("&", ""), keys_text(action))
        for action in actions
        if not action.shortcut().isEmpty()
    ]
    lines += [
        (tr("Move in a list"), "↑ ↓  PgUp PgDn"),
        (tr("Open, or take the next step"), "Enter"),
        (tr("Close a dialog"), "Esc"),
        (tr("Copy the marked rows of a table"), "Ctrl+C"),
    ]
    for at, (text, keys) in enumerate(lines):
        grid.addWidget(label(text, wrap=True), at, 0)
        grid.addWidget(label(keys, ink="second"), at, 1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(body)
    area.setMinimumHeight(320)
    area.setAccessibleName(tr("Keyboard"))
    set_tip(area, "")
    sheet.column.addWidget(area, 1)
    return sheet


def room_help_sheet(title: str, text: str, parent: QWidget) -> Sheet:
    """What F1 says about the room in view."""
    sheet = Sheet(title, parent)
    sheet.column.addWidget(label(text, wrap=True, selectable=True))
    sheet.column.addStretch(1)
    return sheet


def keys_text(action: QAction) -> str:
    """An action's shortcut as people read it."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
