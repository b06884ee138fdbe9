"""Pictures dropped beside the cases: whose they most likely are, changed with one press."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.desk.queries.sorting import FileGuess, whose_files
from disputedesk.desk.views import CaseRow
from disputedesk.gui import tokens
from disputedesk.gui.labels import label
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.tokens import Type
from disputedesk.model.ids import CaseId

_PICTURES: Final = frozenset(
    [
        ".jpg",
        ".jpeg",
        ".png",
        ".heic",
        ".webp",
        ".gif",
        ".bmp",
        ".tif",
        ".tiff",
        ".mp4",
        ".mov",
        ".3gp",
        ".webm",
        ".mkv",
        ".avi",
        ".mpg",
    ]
)
"""Endings of what is captured, and never an import: of such a drop the case is asked."""
_MOST_NAMES: Final = 6


def is_captured(paths: Sequence[Path]) -> bool:
    """Whether a drop holds pictures or films, and so belongs to a case rather than an import."""
    return any(path.suffix.lower() in _PICTURES for path in paths)


@dataclasses.dataclass(frozen=True, slots=True)
class FileGroup:
    """Files that most likely belong together.

    Attributes:
        case: The case they most likely belong to; `None` where nothing tells.
        why: What says so, one sentence; may be empty.
    """

    paths: tuple[Path, ...]
    case: CaseId | None
    why: str


def groups_of(guesses: Sequence[FileGuess]) -> tuple[FileGroup, ...]:
    """The files by the case they name; those that name none follow where only one is named."""
    named: dict[CaseId, list[FileGuess]] = {}
    rest = []
    for guess in guesses:
        if len(guess.cases) == 1:
            named.setdefault(guess.cases[0].id, []).append(guess)
        else:
            rest.append(guess)
    if len(named) == 1:
        ((case, found),) = named.items()
        return (FileGroup(tuple(each.path for each in guesses), case, found[0].why),)
    groups = [
        FileGroup(tuple(each.path for each in found), case, found[0].why)
        for case, found in named.items()
    ]
    if rest:
        groups.append(FileGroup(tuple(each.path for each in rest), None, ""))
    return tuple(groups)


class WhoseSheet(Sheet):
    """Asks which case files belong to, with what they say themselves chosen already.

    Signals:
        given(case, paths): These are to be kept for that case.
    """

    given = Signal(object, object)

    def __init__(
        self, desktop: Desktop, paths: Sequence[Path], cases: Sequence[CaseRow], parent: QWidget
    ) -> None:
        super().__init__(
            tr("Which case do these belong to?"), parent,
            second=tr("They are copied and sealed there; the originals stay where they are."),
            verb=tr("Add them"), width=620,
        )  # fmt: skip
        self._cases = cases
        self.groups: tuple[tuple[FileGroup, QComboBox], ...] = ()
        self._waiting = label(tr("Looking at the files…"), ink="mute")
        self.column.addWidget(self._waiting)
        self.accepted.connect(self._give)
        self.block(tr("Looking at the files…"))
        desktop.bridge.read(whose_files, tuple(paths)).succeeded.connect(self._show)

    @Slot(object)
    def _show(self, guesses: tuple[FileGuess, ...]) -> None:
        self._waiting.hide()
        self.groups = tuple((group, self._group(group)) for group in groups_of(guesses))
        self.column.addStretch(1)
        self._check()

    def _group(self, group: FileGroup) -> QComboBox:
        column = QVBoxLayout()
        column.setSpacing(tokens.GAP_CHIP)
        names = ", ".join(path.name for path in group.paths[:_MOST_NAMES])
        more = " …" if len(group.paths) > _MOST_NAMES else ""
        count = trn("{count} file", "{count} files", len(group.paths))
        column.addWidget(label(count, strong=True))
        column.addWidget(label(names + more, ink="second", size=Type.SMALL, wrap=True))
        choice = QComboBox(self)
        choice.setAccessibleName(tr("The case of {names}", names=names))
        choice.setPlaceholderText(tr("Choose the case"))
        for case in self._cases:
            text = tr("Case {number}: {title}", number=case.number, title=case.title)
            choice.addItem(text, int(case.id))
        known = -1 if group.case is None else choice.findData(int(group.case))
        choice.setCurrentIndex(known)
        choice.currentIndexChanged.connect(self._check)
        column.addWidget(choice)
        if known >= 0:
            why = tr("A guess. {why}", why=group.why)
            column.addWidget(label(why, ink="second", size=Type.SMALL, wrap=True))
        self.column.addLayout(column)
        return choice

    @Slot()
    def _check(self) -> None:
        ready = bool(self.groups) and all(choice.currentIndex() >= 0 for _, choice in self.groups)
        self.block("" if ready else tr("Choose the case of all of them."))
        if ready and self.accept_button is not None and self.cancel.hasFocus():
            self.accept_button.setFocus()

    @Slot()
    def _give(self) -> None:
        by_case: dict[CaseId, tuple[Path, ...]] = {}
        for group, choice in self.groups:
            case = CaseId(int(choice.currentData()))
            by_case[case] = by_case.get(case, ()) + group.paths
        for case, paths in by_case.items():
            self.given.emit(case, paths)
