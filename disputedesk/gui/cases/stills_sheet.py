"""A film as a strip of moments: those that are chosen become exhibits; the film stays as it is."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt, Slot
from PySide6.QtGui import QIcon, QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QToolButton, QWidget

from disputedesk.common.errors import DeskError
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken
from disputedesk.desk.operations.stills import keep_stills
from disputedesk.desk.queries.stills import (
    FilmMoment,
    has_reader,
    look_at_film,
    moment_text,
    preview_at,
    read_moment,
)
from disputedesk.gui import tokens
from disputedesk.gui.buttons import button
from disputedesk.gui.labels import label
from disputedesk.gui.progress import ProgressSheet
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.model.case import Exhibit
from disputedesk.model.ids import ExhibitId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_WIDE = QSize(208, 132)
_COLUMNS = 3


@dataclasses.dataclass(frozen=True, slots=True)
class Look:
    """A film's length and its moments as pictures; or the sentence why there are none."""

    duration: dt.timedelta
    moments: tuple[tuple[dt.timedelta, QImage], ...]
    fault: str = ""


def look(desk: Desk, exhibit: ExhibitId, *, cancel: CancelToken | None = None) -> Look:
    """A job that looks at a film."""
    try:
        film = look_at_film(desk, exhibit, cancel=cancel)
    except DeskError as error:
        return Look(dt.timedelta(0), (), str(error))
    return Look(film.duration, tuple(_drawn(moment) for moment in film.moments))


def look_once(desk: Desk, exhibit: ExhibitId, at: dt.timedelta) -> Look:
    """A job that looks at one moment more."""
    try:
        return Look(dt.timedelta(0), (_drawn(preview_at(desk, exhibit, at)),))
    except DeskError as error:
        return Look(dt.timedelta(0), (), str(error))


def _drawn(moment: FilmMoment) -> tuple[dt.timedelta, QImage]:
    """A small picture that the reader of films made, as it is shown; null if it is none."""
    buffer = QBuffer()
    buffer.setData(moment.preview)
    return moment.at, QImageReader(buffer, QByteArray(b"JPEG")).read()


class StillsSheet(Sheet):
    """Lets moments of one film be chosen."""

    def __init__(self, desktop: Desktop, exhibit: Exhibit, parent: QWidget) -> None:
        super().__init__(
            tr("Stills of the film"), parent,
            second=tr("A bank reads paper: choose the moments that show it. The film stays as it "
                      "is, and each picture says from where in it it came."),
            verb=tr("Keep as exhibits"), width=720,
        )  # fmt: skip
        self._desktop, self._exhibit = desktop, exhibit
        self.moments: dict[dt.timedelta, QToolButton] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(tokens.GAP)
        self.waiting = label(tr("Looking at the film…"), ink="mute", wrap=True)
        self.column.addWidget(self.waiting)
        self.column.addLayout(self._grid)
        self.column.addStretch(1)
        self.other = self._other_row()
        self.column.addWidget(self.other)
        self.accepted.connect(self._keep)
        self._say()
        if has_reader():
            desktop.bridge.read(look, exhibit.id).succeeded.connect(self._show)
        else:
            self._fail(
                tr("Pictures are taken from films by the program ffmpeg; it is not installed here. "
                   "Play the film, stop it at the moment and take a screenshot; add that as an "
                   "exhibit. Or install ffmpeg and try again.")
            )  # fmt: skip

    def _other_row(self) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        row.addWidget(label(tr("Another moment:"), ink="second"))
        self.at = QLineEdit(line)
        self.at.setPlaceholderText("0:12")
        self.at.setAccessibleName(tr("Another moment, as minutes and seconds"))
        self.at.setFixedWidth(88)
        self.at.returnPressed.connect(self._look_once)
        row.addWidget(self.at)
        more = button(tr("Show it"), parent=line)
        more.clicked.connect(self._look_once)
        row.addWidget(more)
        self.note = label("", ink="soon", wrap=True)
        row.addWidget(self.note, 1)
        return line

    @property
    def chosen(self) -> tuple[dt.timedelta, ...]:
        """The moments that are chosen, in the film's order."""
        return tuple(sorted(at for at, one in self.moments.items() if one.isChecked()))

    @Slot(object)
    def _show(self, seen: Look) -> None:
        if seen.fault:
            self._fail(seen.fault)
            return
        length = moment_text(seen.duration)
        self.waiting.setText(tr("The film is {duration} long.", duration=length))
        for at, image in seen.moments:
            self._add(at, image)
        self._say()

    @Slot(object)
    def _show_once(self, seen: Look) -> None:
        self.note.setText(seen.fault)
        for at, image in seen.moments:
            self._add(at, image, chosen=True)
        self._say()

    def _fail(self, why: str) -> None:
        self.waiting.setText(why)
        self.other.setVisible(False)
        self.block(tr("There is no picture to choose."))

    def _add(self, at: dt.timedelta, image: QImage, *, chosen: bool = False) -> None:
        if at in self.moments:
            self.moments[at].setChecked(True)
            return
        one = QToolButton(self)
        one.setCheckable(True)
        one.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        one.setIconSize(_WIDE)
        one.setIcon(QIcon(QPixmap.fromImage(image)))
        one.setAccessibleName(tr("The moment {moment}", moment=moment_text(at)))
        one.setChecked(chosen)
        one.toggled.connect(lambda _on: self._say())
        self.moments[at] = one
        place = len(self.moments) - 1
        self._grid.addWidget(one, place // _COLUMNS, place % _COLUMNS)

    @Slot()
    def _say(self) -> None:
        """Marks what is chosen by a sign as well as by colour, and says what OK still needs."""
        for at, one in self.moments.items():
            one.setText(f"{'✓ ' if one.isChecked() else ''}{moment_text(at)}")
        self.block("" if self.chosen else tr("Choose at least one picture."))

    @Slot()
    def _look_once(self) -> None:
        try:
            at = read_moment(self.at.text())
        except DeskError as error:
            self.note.setText(str(error))
            return
        self.note.setText("")
        job = self._desktop.bridge.read(look_once, self._exhibit.id, at)
        job.succeeded.connect(self._show_once)

    @Slot()
    def _keep(self) -> None:
        job = self._desktop.bridge.run(keep_stills, self._exhibit.id, self.chosen)
        ProgressSheet(tr("Taking stills"), job, self._desktop.window)
