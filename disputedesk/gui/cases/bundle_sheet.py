"""Evidence on its way to one destination: chosen, planned before your eyes, made and saved."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.errors import DeskError
from disputedesk.common.texts import language, tr, trn
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.packets import PacketMade, make_packet
from disputedesk.desk.queries.packets import (
    Destination,
    PacketLineView,
    PacketView,
    destinations,
    plan_packet,
    size_text,
)
from disputedesk.desk.views import CaseDetail
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cards import Card
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import Ink, label
from disputedesk.gui.progress import ProgressSheet
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.tokens import Type
from disputedesk.model.ids import CaseId
from disputedesk.papers.languages import LETTER_LANGUAGES

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_FULL: Final = 1000
_PDF: Final = "application/pdf"


@dataclasses.dataclass(frozen=True, slots=True)
class PacketLook:
    """A packet as it would be, or why it cannot be made."""

    packet: PacketView | None
    fault: str = ""


def look_at_packet(
    desk: Desk,
    case_id: CaseId,
    *,
    profile: str,
    spoken: str,
    paper: str | None,
    letter_form: str | None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> PacketLook:
    """A job that fits the case's evidence to a destination without keeping it."""
    try:
        return PacketLook(plan_packet(
            desk, case_id, profile=profile, language=spoken, paper=paper, letter_form=letter_form,
            progress=progress, cancel=cancel,
        ))  # fmt: skip
    except DeskError as error:
        return PacketLook(None, str(error))


class BundleSheet(Sheet):
    """Chooses a destination, shows what would go there, and makes it."""

    def __init__(self, desktop: Desktop, detail: CaseDetail, parent: QWidget) -> None:
        second = tr("The same evidence, as each destination takes it. Nothing is sent by itself.")
        super().__init__(tr("Bundle for a destination"), parent, width=900, second=second)
        self._desktop, self._detail = desktop, detail
        self._planning: JobHandle | None = None
        self.packet: PacketView | None = None
        self.made: PacketMade | None = None
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP_ROOM)
        row.addLayout(self._side(), 2)
        self._area = QScrollArea(self)
        self._area.setAccessibleName(tr("What would go there"))
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(self._area, 3)
        self.column.addLayout(row, 1)
        self._buttons()
        self.prefer_height(600)
        self._wait()
        reading = desktop.bridge.read(destinations, detail.case.id)
        reading.succeeded.connect(self._take_destinations)

    def _side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(tokens.GAP)
        self.destination = self._box(side, tr("Destination"))
        self.about = label("", ink="second", size=Type.SMALL, wrap=True)
        side.addWidget(self.about)
        self.letter = self._box(side, tr("Letter"))
        self.language = self._box(side, tr("Language"))
        self.paper = self._box(side, tr("Paper size"))
        self.paper.addItem(tr("By the destination or the recipient"), "")
        self.paper.addItem("A4", "a4")
        self.paper.addItem("Letter", "letter")
        side.addStretch(1)
        return side

    def _box(self, side: QVBoxLayout, name: str) -> QComboBox:
        """A choice under its name; choosing plans anew."""
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setMinimumContentsLength(16)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        side.addWidget(label(name, ink="second"))
        side.addWidget(box)
        box.activated.connect(self._chosen)
        return box

    def _buttons(self) -> None:
        self.make = button(tr("Make and save…"), Act.PRIMARY, parent=self)
        self.make.clicked.connect(self._ask_where)
        self.open_folder = button(tr("Open the folder"), parent=self)
        self.open_folder.clicked.connect(self._open_folder)
        self.open_folder.setVisible(False)
        self.foot.insertWidget(0, self.make)
        self.foot.insertWidget(1, self.open_folder)

    # -- choosing ------------------------------------------------------------------------------

    @Slot(object)
    def _take_destinations(self, found: tuple[Destination, ...]) -> None:
        for at, one in enumerate(found):
            if at and found[at - 1].serves and not one.serves:
                self.destination.insertSeparator(self.destination.count())
            self.destination.addItem(tr(one.profile.title), one)
        self.choose(found[0].profile.id)

    def choose(self, profile: str) -> None:
        """Takes the destination of that id and plans for it."""
        for at in range(self.destination.count()):
            one = self.destination.itemData(at)
            if isinstance(one, Destination) and one.profile.id == profile:
                self.destination.setCurrentIndex(at)
        self._fill_letters()
        self.plan()

    @property
    def _profile(self) -> Destination:
        chosen = self.destination.currentData()
        assert isinstance(chosen, Destination)
        return chosen

    @Slot()
    def _chosen(self) -> None:
        if self.sender() is self.destination:
            self._fill_letters()
        elif self.sender() is self.letter:
            self._fill_languages()
        self.plan()

    def _fill_letters(self) -> None:
        """The letters that may go first; one of the destination's own way is taken at once."""
        profile = self._profile.profile
        self.about.setText(f"{tr(profile.about)}.")
        self.letter.clear()
        self.letter.addItem(tr("Without a letter"), "")
        for paper in self._detail.papers:
            if paper.kind == "letter":
                self.letter.addItem(paper.title, paper.form)
                if paper.avenue in profile.avenues and not paper.missing:
                    self.letter.setCurrentIndex(self.letter.count() - 1)
        self._fill_languages()

    def _fill_languages(self) -> None:
        """The languages of the letter that goes first, else all that papers speak."""
        spoken = self._spoken if self.language.count() else language()
        letter = next((p for p in self._detail.papers if p.form == self._letter), None)
        self.language.clear()
        for code in LETTER_LANGUAGES if letter is None else letter.languages:
            self.language.addItem(LETTER_LANGUAGES[code], code)
        self.language.setCurrentIndex(max(0, self.language.findData(spoken)))

    @property
    def _sheet(self) -> str | None:
        return str(self.paper.currentData()) or None

    @property
    def _letter(self) -> str | None:
        return str(self.letter.currentData() or "") or None

    @property
    def _spoken(self) -> str:
        return str(self.language.currentData())

    # -- planning ------------------------------------------------------------------------------

    @Slot()
    def plan(self) -> None:
        """Fits anew what would go there, without keeping it."""
        if self._planning is not None and not self._planning.is_over:
            self._planning.cancel()
        self.packet = self.made = None
        self._wait()
        self._planning = self._desktop.bridge.read(
            look_at_packet, self._detail.case.id, profile=self._profile.profile.id,
            spoken=self._spoken, paper=self._sheet, letter_form=self._letter,
        )  # fmt: skip
        self._planning.succeeded.connect(self._planned)

    def _wait(self) -> None:
        body, column = self._body()
        column.addWidget(label(tr("Measuring what fits…"), ink="second"))
        bar = QProgressBar(body)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(tr("Measuring what fits…"))
        column.addWidget(bar)
        column.addStretch(1)
        self._area.setWidget(body)
        self.make.setEnabled(False)
        self.open_folder.setVisible(False)
        self.reason.setVisible(False)

    def _body(self) -> tuple[QWidget, QVBoxLayout]:
        body = QWidget()
        body.setObjectName("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, tokens.GAP, 0)
        column.setSpacing(tokens.GAP)
        return body, column

    @Slot(object)
    def _planned(self, look: PacketLook) -> None:
        if self.sender() is not self._planning:
            return
        self.packet = look.packet
        body, column = self._body()
        if look.packet is None:
            column.addWidget(label(look.fault, ink="urgent", wrap=True, selectable=True))
        else:
            column.addWidget(_sums(look.packet, body))
            column.addWidget(_report(look.packet))
            column.addWidget(_files(look.packet))
        column.addStretch(1)
        self._area.setWidget(body)
        self.make.setEnabled(look.packet is not None)
        self.reason.setText(_verdict(look.packet))
        self.reason.setVisible(look.packet is not None)

    # -- making --------------------------------------------------------------------------------

    @property
    def _is_one_pdf(self) -> bool:
        files = self.packet.files if self.packet is not None else ()
        return len(files) == 1 and files[0].media_type == _PDF

    @Slot()
    def _ask_where(self) -> None:
        if self.packet is None:
            return
        if self._is_one_pdf:
            dialog = QFileDialog(self, tr("Save the bundle"), self.packet.files[0].name)
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        else:
            dialog = QFileDialog(self, tr("Save the files to a folder"))
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.make_at)
        dialog.open()

    @Slot(str)
    def make_at(self, place: str) -> None:
        """Makes the packet and puts it there; several files get a folder of their own in it."""
        target = Path(place)
        if not self._is_one_pdf:
            target = target / f"{self._detail.case.number}-{self._profile.profile.id}"
        job = self._desktop.bridge.run(
            make_packet, self._detail.case.id, profile=self._profile.profile.id,
            language=self._spoken, paper=self._sheet, letter_form=self._letter, target=target,
        )  # fmt: skip
        job.succeeded.connect(self._finished)
        ProgressSheet(tr("Making the packet"), job, self)

    @Slot(object)
    def _finished(self, outcome: Outcome[PacketMade]) -> None:
        self.made = outcome.value
        self.make.setEnabled(False)
        self.open_folder.setVisible(True)
        self.open_folder.setFocus()
        count = len(self.made.saved)
        self.reason.setText(
            trn("{count} file saved in {folder}; sealed among the case's papers.",
                "{count} files saved in {folder}; sealed among the case's papers.", count,
                folder=self.made.saved[0].parent.name)
        )  # fmt: skip

    @Slot()
    def _open_folder(self) -> None:
        if self.made is not None and self.made.saved:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.made.saved[0].parent)))


def _sums(packet: PacketView, parent: QWidget) -> Card:
    """Files, pages and size against the limits, in words and as bars."""
    card = Card(packet.title)
    rows: tuple[tuple[str, int, int | None], ...] = (
        (_of(tr("Size: {size}", size=size_text(packet.size)),
             None if packet.most_bytes is None else size_text(packet.most_bytes)),
         packet.size, packet.most_bytes),
        (_of(trn("{count} page", "{count} pages", packet.pages),
             None if packet.most_pages is None else str(packet.most_pages)),
         packet.pages, packet.most_pages),
        (_of(trn("{count} file", "{count} files", len(packet.files)),
             None if packet.most_files is None else str(packet.most_files)),
         len(packet.files), packet.most_files),
    )  # fmt: skip
    for text, value, most in rows:
        card.column.addWidget(label(text))
        if most is not None:
            bar = QProgressBar(parent)
            bar.setRange(0, _FULL)
            bar.setValue(min(_FULL, value * _FULL // max(1, most)))
            bar.setTextVisible(False)
            bar.setAccessibleName(text)
            card.column.addWidget(bar)
    return card


def _of(value: str, most: str | None) -> str:
    """A value and its limit in words."""
    if most is None:
        return tr("{value}; no limit is published", value=value)
    return tr("{value}; at most {most} are taken", value=value, most=most)


def _report(packet: PacketView) -> Card:
    """What was made smaller, converted or left out, what is missing first."""
    card = Card(tr("What is done to fit"))
    if not packet.lines:
        card.column.addWidget(label(tr("✓ Everything fits as it is."), ink="open", wrap=True))
    for line in sorted(packet.lines, key=lambda line: not line.missing):
        card.column.addWidget(label(_signed(line), ink=_ink(line), wrap=True))
    if packet.unknown:
        text = tr("Nobody publishes: {limits}. Ask them before you rely on it.",
                  limits=", ".join(packet.unknown))  # fmt: skip
        card.column.addWidget(label(text, ink="soon", size=Type.SMALL, wrap=True))
    for note in packet.notes:
        card.column.addWidget(label(note, ink="second", size=Type.SMALL, wrap=True))
    return card


def _signed(line: PacketLineView) -> str:
    return f"{'▲' if line.missing else '◇'} {line.said}"


def _ink(line: PacketLineView) -> Ink:
    if line.missing:
        return "urgent" if line.weighty else "soon"
    return "second"


def _files(packet: PacketView) -> Card:
    """The files in the order to upload."""
    card = Card(tr("Files"))
    for file in packet.files:
        pages = trn("{count} page", "{count} pages", file.pages)
        text = tr("{name}: {size}, {pages}", name=file.name, size=size_text(file.size),
                  pages=pages)  # fmt: skip
        card.column.addWidget(label(text, wrap=True))
    return card


def _verdict(packet: PacketView | None) -> str:
    """The whole in one line under the plan."""
    if packet is None:
        return ""
    missing = sum(line.missing for line in packet.lines)
    if missing:
        return trn("{count} exhibit is not in it; see above why.",
                   "{count} exhibits are not in it; see above why.", missing)  # fmt: skip
    return tr("Every exhibit is in it.")
