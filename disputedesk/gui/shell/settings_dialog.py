"""The settings, made from their declarations; each takes hold at once and can be undone."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFormLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.settings import SETTINGS, Setting
from disputedesk.gui import tokens
from disputedesk.gui.labels import label
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.tokens import Type


class SettingsDialog(Sheet):
    """One row for each declared setting."""

    def __init__(self, desktop: Desktop, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Settings"), parent, second=tr("Each choice takes hold at once."), width=560
        )
        self._desktop = desktop
        form = QFormLayout()
        form.setHorizontalSpacing(tokens.GAP_ROOM)
        form.setVerticalSpacing(tokens.GAP_CARD)
        self.fields: dict[str, QComboBox] = {}
        for setting in SETTINGS:
            if setting.choices:
                self._add(form, setting)
        self.column.addLayout(form)
        self.column.addStretch(1)

    def _add(self, form: QFormLayout, setting: Setting) -> None:
        field = QComboBox(self)
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        field.setAccessibleName(tr(setting.title))
        field.setAccessibleDescription(tr(setting.text))
        for value, text in setting.choices:
            field.addItem(tr(text), value)
        current = self._desktop.bridge.desk.settings.get(setting.key)
        field.setCurrentIndex(max(0, field.findData(current)))
        field.activated.connect(lambda _at, key=setting.key: self._chosen(key))
        self.fields[setting.key] = field
        words = QWidget(self)
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        title = label(tr(setting.title), strong=True)
        title.setBuddy(field)
        column.addWidget(title)
        column.addWidget(label(tr(setting.text), ink="second", size=Type.SMALL, wrap=True))
        words.setMinimumWidth(220)
        form.addRow(words, field)

    def _chosen(self, key: str) -> None:
        from disputedesk.desk.operations.settings import set_setting

        value = str(self.fields[key].currentData())
        if value != self._desktop.bridge.desk.settings.get(key):
            self._desktop.bridge.run(set_setting, key, value)
