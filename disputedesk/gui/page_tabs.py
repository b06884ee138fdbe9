"""Tabs that are as high as the page that is shown, not as the longest of them."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy, QTabWidget, QWidget


class PageTabs(QTabWidget):
    """Tabs inside a page that scrolls: a short page leaves no empty sheet below it.

    Qt gives every page the room of the highest one; pages that are not shown ask for none here.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self._fit)

    @Slot(int)
    def _fit(self, shown: int) -> None:
        for at in range(self.count()):
            kind = QSizePolicy.Policy.Preferred if at == shown else QSizePolicy.Policy.Ignored
            page = self.widget(at)
            if page is not None:
                page.setSizePolicy(QSizePolicy.Policy.Preferred, kind)
        self.updateGeometry()

    def add_page(self, page: QWidget, title: str) -> None:
        """Puts a page behind the others."""
        self.addTab(page, title)
        self._fit(self.currentIndex())
