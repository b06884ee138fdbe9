"""One step of a dispute text: what goes into the platform's field, to be changed in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.texts import tr, trn
from disputedesk.desk.queries.submissions import WalkStep, when_copied
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.labels import Ink, label, set_ink, set_tip
from disputedesk.gui.masking import SecretGuard
from disputedesk.gui.tokens import Type
from disputedesk.papers.submission import Counter, SubmissionField, count


class StepPage(QWidget):
    """One step; made anew for each.

    Signals:
        edited(name, text): The user wrote something else.
        word_wanted(kind, text): These are the platform's words; they are to be kept.
        folder_wanted(): The folder with the files is to be opened, or the files are to be saved.
    """

    edited = Signal(str, str)
    word_wanted = Signal(str, str)
    folder_wanted = Signal()

    def __init__(self, step: WalkStep, of: int, *, folder: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.step = step
        self.editor: QLineEdit | QPlainTextEdit | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(tokens.GAP, 0, 0, 0)
        self.column.setSpacing(tokens.GAP)
        where = tr("Step {position} of {count}", position=step.position, count=of)
        self.column.addWidget(label(where, ink="second", size=Type.SMALL))
        self.column.addWidget(label(step.label, strong=True, wrap=True))
        if step.file is not None:
            self._show_file(folder=folder)
        elif step.field is not None:
            self._show_field(step.field)
        copied = when_copied(step)
        self.copied = label(f"✓ {copied}" if copied else "", ink="open", size=Type.SMALL)
        self.copied.setVisible(bool(copied))
        self.column.addWidget(self.copied)
        if step.name != "text":
            self.column.addStretch(1)

    @property
    def text(self) -> str:
        """What goes into the field as it stands."""
        if isinstance(self.editor, QPlainTextEdit):
            return self.editor.toPlainText()
        return self.step.text if self.editor is None else self.editor.text().strip()

    @property
    def counter(self) -> Counter | None:
        """How much of its limit the text uses now; `None` for a file."""
        field = self.step.field
        return None if field is None else count(self.text, field.limit, field.counted)

    @property
    def blocked(self) -> str:
        """Why it may not be copied; empty when it may. A limit of ours only warns."""
        field, counter = self.step.field, self.counter
        if field is None or counter is None or counter.fits or field.own:
            return ""
        return tr("It is {over} characters too long for this field: shorten it here, nothing is "
                  "cut off by itself.", over=-(counter.remaining or 0))  # fmt: skip

    def _show_field(self, field: SubmissionField) -> None:
        if field.choices or field.described:
            self._show_choice(field)
        elif field.name == "text":
            self._show_text(field)
        else:
            line = QLineEdit(field.text, self)
            self._take(line)
        self.count = label("", size=Type.SMALL, wrap=True)
        set_tip(self.count, field.limit_source)
        self.column.addWidget(self.count)
        self._tell_count()

    def _show_choice(self, field: SubmissionField) -> None:
        combo = QComboBox(self)
        combo.setAccessibleName(field.label)
        combo.setEditable(True)
        combo.addItems(list(field.choices))
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(24)
        combo.setEditText(field.text)
        self.column.addWidget(combo)
        line = combo.lineEdit()
        assert line is not None
        self._take(line, placed=True)
        if field.described:
            text = tr("How the platform words it is not known here. Choose on its page what comes "
                      "nearest, and write it here to have it the next time.")  # fmt: skip
            self.column.addWidget(label(text, ink="soon", wrap=True, size=Type.SMALL))
        self.keep = button(tr("Keep these words for the next time"), Act.LINK, parent=self)
        self.keep.clicked.connect(
            lambda _checked=False: self.word_wanted.emit(field.name, self.text)
        )
        self.column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        self.keep.setVisible(False)

    def _show_text(self, field: SubmissionField) -> None:
        edit = QPlainTextEdit(self)
        edit.setPlainText(field.text)
        edit.setTabChangesFocus(True)
        edit.setMinimumHeight(220)
        self._take(edit)

    def _take(self, editor: QLineEdit | QPlainTextEdit, *, placed: bool = False) -> None:
        editor.setAccessibleName(self.step.label)
        self.editor = editor
        if not placed:
            self.column.addWidget(editor, 1 if isinstance(editor, QPlainTextEdit) else 0)
        note = label("", ink="soon", size=Type.SMALL, wrap=True)
        self.column.addWidget(note)
        self._guard = SecretGuard(editor, note)
        editor.textChanged.connect(self._changed)

    def _show_file(self, *, folder: bool) -> None:
        file = self.step.file
        assert file is not None
        self.column.addWidget(label(self.step.text, wrap=True, selectable=True))
        if file.caption:
            self.column.addWidget(label(file.caption, ink="second", wrap=True))
        self.column.addWidget(
            label(tr("Exhibit {number}", number=file.exhibit), ink="second", size=Type.SMALL)
        )
        row = QHBoxLayout()
        text = tr("Open the folder") if folder else tr("Save the files to a folder…")
        self.folder = button(text, parent=self)
        self.folder.clicked.connect(self.folder_wanted)
        row.addWidget(self.folder)
        row.addStretch(1)
        self.column.addLayout(row)
        if not folder:
            told = tr("They are numbered there in the order to upload.")
            self.column.addWidget(label(told, ink="second", size=Type.SMALL, wrap=True))

    @Slot()
    def _changed(self) -> None:
        self._tell_count()
        field = self.step.field
        if field is not None and (field.choices or field.described):
            self.keep.setVisible(bool(self.text) and self.text not in field.choices)
        self.copied.setVisible(bool(self.copied.text()) and self.text == self.step.text)
        self.edited.emit(self.step.name, self.text)

    def _tell_count(self) -> None:
        field, counter = self.step.field, self.counter
        if field is None or counter is None:
            return
        told = counter_text(counter)
        if not counter.fits:
            told = f"{told} · {field.limit_source}"
        self.count.setText(told)
        set_ink(self.count, counter_ink(counter))


def counter_text(counter: Counter) -> str:
    """How much of its limit a field uses, in words."""
    if counter.limit is None or counter.remaining is None:
        return trn("{count} character", "{count} characters", counter.length)
    if counter.fits:
        return tr("{length} of {limit} characters", length=counter.length, limit=counter.limit)
    return tr("◆ {over} too many: {length} of {limit}", over=-counter.remaining,
              length=counter.length, limit=counter.limit)  # fmt: skip


def counter_ink(counter: Counter) -> Ink:
    """The colour of a field's counter."""
    return "second" if counter.fits else "urgent"
