"""What fills the chosen place: a value to search for, fixed words, or a pen; and when to tick."""

from __future__ import annotations

import dataclasses
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QVBoxLayout, QWidget

from disputedesk.common.secrets import mask
from disputedesk.common.texts import tr
from disputedesk.gui import tokens
from disputedesk.gui.bankform.answers import AnswersButton, has_answers
from disputedesk.gui.labels import label
from disputedesk.gui.masking import SecretGuard
from disputedesk.gui.tokens import Type
from disputedesk.model.bank_form import BankField
from disputedesk.papers.bankform.hints import why_never
from disputedesk.papers.bankform.places import BY_HAND, FIXED, Place, PlaceKind

_NOTHING: Final = ""
_STATE: Final = "x"
"""What ticks a box that was put by hand."""


class SourceEditor(QWidget):
    """Edits one place at a time.

    Signals:
        changed(field): The place with what now fills it.
    """

    changed = Signal(object)

    def __init__(
        self, choices: tuple[tuple[str, str], ...], ticks: tuple[tuple[str, str], ...],
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._choices = {False: choices, True: ticks}
        self._place: Place | None = None
        self._ticks: bool | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP_CHIP)
        self.title = label("", strong=True, wrap=True)
        column.addWidget(self.title)
        self.name = QLineEdit(self)
        self.name.setAccessibleName(tr("What the form asks for here"))
        self.name.editingFinished.connect(self._named)
        column.addWidget(self.name)
        self.tick = QCheckBox(tr("A box to tick"), self)
        self.tick.clicked.connect(self._named)
        column.addWidget(self.tick)
        self.source = self._combo()
        column.addWidget(self.source)
        self._lines(column)
        self.show_place(None)

    def _combo(self) -> QComboBox:
        source = QComboBox(self)
        source.setAccessibleName(tr("What fills this place"))
        source.setEditable(True)
        source.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        completer = source.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            popup = completer.popup()
            if popup is not None:
                popup.setAccessibleName(tr("Values"))
        line = source.lineEdit()
        if line is not None:
            line.setAccessibleName(tr("What fills this place"))
            line.setPlaceholderText(tr("type to search the values"))
            line.editingFinished.connect(self._typed)
        source.activated.connect(self._activated)
        return source

    def _lines(self, column: QVBoxLayout) -> None:
        self.words = QLineEdit(self)
        self.words.setAccessibleName(tr("Fixed words"))
        self.words.setPlaceholderText(tr("the words that always stand here"))
        self.words.editingFinished.connect(self._worded)
        column.addWidget(self.words)
        self.when = QLineEdit(self)
        self.when.setAccessibleName(tr("Ticked when the answer is"))
        self.when.editingFinished.connect(self._worded)
        self.answers = AnswersButton(self)
        self.answers.picked.connect(self._picked)
        self.when_title = label(tr("Ticked when the answer is one of these"),
                                ink="second", size=Type.SMALL, wrap=True)  # fmt: skip
        column.addWidget(self.when_title)
        column.addWidget(self.when)
        column.addWidget(self.answers)
        self.note = label("", ink="soon", wrap=True, size=Type.SMALL)
        column.addWidget(self.note)
        self._guarded = label("", ink="soon", wrap=True, size=Type.SMALL)
        SecretGuard(self.words, self._guarded)
        column.addWidget(self._guarded)

    def show_place(self, place: Place | None, why: str = "") -> None:
        """Shows another place and why it does not come out well; `None` shows none."""
        self.note.setText(why)
        self.note.setVisible(bool(why))
        same = self._place is not None and place is not None and self._place.kept == place.kept
        self._place = place
        self.setVisible(place is not None)
        if place is None or same:
            return
        ticks = place.field.kind is PlaceKind.TICK
        self._fill(ticks=ticks)
        never = why_never(place.field)
        if place.field.kind is PlaceKind.SIGNATURE:
            never = tr("A signature is written by hand.")
        if place.field.read_only:
            never = tr("The bank filled this place; nobody else may.")
        self.title.setText(place.label)
        self.source.setEnabled(not never)
        if never and not why:
            self.note.setText(never)
            self.note.setVisible(True)
        self.name.setText(place.kept.name)
        self.tick.setChecked(bool(place.kept.on_state))
        for one in (self.name, self.tick):
            one.setVisible(not place.of_file)
        self.title.setVisible(place.of_file)
        source = place.kept.source
        fixed = source.startswith(FIXED)
        at = self.source.findData(FIXED if fixed else source)
        self.source.setCurrentIndex(at)
        if at < 0:
            self.source.setEditText(source)
        self.words.setText(source[len(FIXED) :] if fixed else "")
        self.when.setText(place.kept.when)
        self.answers.show_answers(source, place.kept.when)
        self._show_parts(fixed=fixed, named=bool(source) and not fixed and source != BY_HAND)

    def _show_parts(self, *, fixed: bool, named: bool) -> None:
        ticks = bool(self._ticks)
        self.words.setVisible(fixed and not ticks)
        source = self._place.kept.source if self._place else ""
        self.when_title.setVisible(named and ticks)
        self.when.setVisible(named and ticks and not has_answers(source))
        self.answers.setVisible(named and ticks and has_answers(source))

    def _fill(self, *, ticks: bool) -> None:
        if self._ticks == ticks:
            return
        self._ticks = ticks
        self.source.clear()
        self.source.addItem(tr("nobody said"), _NOTHING)
        self.source.addItem(tr("by hand, after printing"), BY_HAND)
        fixed = tr("always ticked") if ticks else tr("fixed words…")
        self.source.addItem(fixed, FIXED)
        self.source.insertSeparator(self.source.count())
        for name, question in self._choices[ticks]:
            self.source.addItem(question, name)

    @Slot()
    def _typed(self) -> None:
        """Takes what was typed where it names a value whole; else shows again what is kept."""
        text = self.source.currentText().strip()
        at = self.source.findText(text, Qt.MatchFlag.MatchFixedString)
        if at >= 0:
            self.source.setCurrentIndex(at)
            self._activated(at)
        elif self._place is not None:
            self.source.setCurrentIndex(self.source.findData(self._place.kept.source))

    @Slot(int)
    def _activated(self, at: int) -> None:
        place = self._place
        data = str(self.source.itemData(at) or _NOTHING)
        if place is None:
            return
        if data == FIXED and not self._ticks:
            self._show_parts(fixed=True, named=False)
            if not place.kept.source.startswith(FIXED):
                self.words.setFocus()
                return
            data = place.kept.source
        if data == FIXED:
            data = f"{FIXED}x"
        when = place.kept.when if data == place.kept.source else ""
        self._tell(data, when)

    @Slot()
    def _worded(self) -> None:
        place = self._place
        if place is None:
            return
        if self.words.isVisible():
            words = mask(self.words.text().strip())
            if words:
                self._tell(f"{FIXED}{words}", "")
        elif self.when.isVisible():
            self._tell(place.kept.source, self.when.text().strip())

    @Slot()
    def _named(self) -> None:
        """Takes what a place put by hand is called, and whether it is a box to tick."""
        place = self._place
        name = mask(self.name.text().strip())
        if place is None or place.of_file or not name:
            return
        state = _STATE if self.tick.isChecked() else ""
        field = dataclasses.replace(place.kept, name=name, on_state=state)
        if field != place.kept:
            self.changed.emit(field)

    @Slot(str)
    def _picked(self, when: str) -> None:
        if self._place is not None:
            self._tell(self._place.kept.source, when)

    def _tell(self, source: str, when: str) -> None:
        place = self._place
        if place is None:
            return
        field: BankField = dataclasses.replace(place.kept, source=source, when=when)
        if field != place.kept:
            self.changed.emit(field)
