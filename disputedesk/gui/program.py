"""The running desktop: one application, one window, and the desk it is open on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from disputedesk.common import locations, texts
from disputedesk.common.clock import Clock
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress
from disputedesk.desk.desk import Desk
from disputedesk.gui.app import new_sample_folder, open_own_desk, remove_folder, speak
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.collecting import Collector
from disputedesk.gui.dates import locale
from disputedesk.gui.focus import FocusRing
from disputedesk.gui.jobs import JobRunner
from disputedesk.gui.notices import install_last_handler
from disputedesk.gui.places import Places
from disputedesk.gui.rooms import ReviewFiles
from disputedesk.gui.shell.evidence_reader import EvidenceReader
from disputedesk.gui.shell.main_window import MainWindow
from disputedesk.gui.shell.rules_news import RulesNews
from disputedesk.gui.single import Single
from disputedesk.gui.theme import Theme, ThemeChoice


class Program(QObject):
    """Owns the application's parts and swaps the desk under the window.

    Args:
        clock: Tells the day to every desk that is opened.
        app: The application when there is one already (tests); else it is made.
        places: Where positions are remembered; `None` is the state folder.
        state: The state folder; `None` is the platform's.
    """

    def __init__(
        self,
        clock: Clock,
        app: QApplication | None = None,
        places: Places | None = None,
        state: Path | None = None,
    ) -> None:
        super().__init__()
        self._app = app or QApplication([])
        self._app.setApplicationName("DisputeDesk")
        QGuiApplication.setDesktopFileName("disputedesk")
        self._clock = clock
        self._collector = Collector(self)
        self._translator = QTranslator(self)
        self._state = state or locations.state_folder()
        self._places = places or Places(self._state)
        self._single: Single | None = None
        self._own: Path | None = None
        self._sample_folder: Path | None = None
        self._theme: Theme | None = None
        self._ring: FocusRing | None = None
        self._desk: Desk | None = None
        self._runner: JobRunner | None = None
        self._bridge: Bridge | None = None
        self._news: RulesNews | None = None
        self._evidence: EvidenceReader | None = None
        self.window: MainWindow | None = None

    def start(self, folder: Path | None, *, sample: bool, files: Sequence[Path] = ()) -> bool:
        """Opens the desk and shows the window; `False` when another window has the desk already.

        Args:
            folder: The desk's folder as asked for; `None` takes the usual place.
            sample: Whether a sample desk is made and shown.
            files: What to review at once.

        Raises:
            DeskError: The desk cannot be opened.
        """
        self._own = None if sample else folder
        if sample:
            from disputedesk.desk.sample import make_sample_desk

            place = folder or new_sample_folder()
            self._sample_folder = None if folder else place
            desk = make_sample_desk(place, clock=self._clock)
            speak(desk)
        else:
            self._single = Single(locations.desk_folder(folder), self._state, self)
            if not self._single.claim() and self._single.hand_over(files):
                self._collector.stop()
                return False
            desk = open_own_desk(folder, self._clock)
            self._own = None if desk.is_sample else folder
        self._take(desk)
        if self._single is not None:
            self._single.called.connect(self._called)
            QTimer.singleShot(0, self._single, self._single.listen)
        if files:
            self._review(tuple(files))
        return True

    @Slot(object)
    def _called(self, paths: tuple[Path, ...]) -> None:
        """A second start: the window comes to the front and reviews what was handed over."""
        if self.window is None:
            return
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()
        if paths:
            self._review(paths)

    def _review(self, paths: tuple[Path, ...]) -> None:
        if self.window is not None and self.window.desktop.can(ReviewFiles):
            self.window.desktop.ask(ReviewFiles(paths))

    def run(self) -> int:
        """The exit status, once the last window was closed."""
        status = int(self._app.exec())
        self.stop()
        return status

    def stop(self) -> None:
        """Stops the work, closes the desk, and removes a sample that was made for the moment."""
        self._leave()
        self._collector.stop()
        if self._single is not None:
            self._single.release()
            self._single = None
        if self._sample_folder is not None:
            remove_folder(self._sample_folder)
            self._sample_folder = None

    def _take(self, desk: Desk) -> None:
        choice = ThemeChoice(desk.settings.get("theme"))
        if self._theme is None:
            self._theme = Theme(self._app, choice, self)
            self._ring = FocusRing(self._app, self)
        else:
            self._theme.choose(choice)
        self._desk = desk
        self._runner = JobRunner(self)
        self._bridge = Bridge(desk, self._runner, self)
        self._show()

    def _show(self) -> None:
        assert self._bridge is not None
        assert self._theme is not None
        self._translate_qt()
        old = self.window
        window = MainWindow(
            self._bridge,
            self._theme,
            self._places,
            removable=self._sample_folder is not None,
        )
        window.sample_wanted.connect(self._make_sample)
        window.own_desk_wanted.connect(self._use_own)
        window.language_changed.connect(self._speak_anew)
        install_last_handler(window.notices)
        if old is not None:
            window.setGeometry(old.geometry())
        self.window = window
        window.show()
        if self._news is not None:
            self._news.rest()
        self._news = RulesNews(self._bridge, window.notices, window)
        self._news.look_soon()
        if self._evidence is not None:
            self._evidence.rest()
        self._evidence = EvidenceReader(self._bridge, window)
        self._evidence.look_soon()
        if old is not None:
            old.hide()
            old.deleteLater()

    def _translate_qt(self) -> None:
        """Qt's own words – in file dialogs and field menus – in the language in force."""
        QLocale.setDefault(locale())
        self._app.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{texts.language()}", folder):
            self._app.installTranslator(self._translator)

    def _leave(self) -> None:
        if self._news is not None:
            self._news.rest()
            self._news = None
        if self._evidence is not None:
            self._evidence.rest()
            self._evidence = None
        if self._runner is not None:
            self._runner.stop()
        if self._desk is not None:
            self._desk.close()
        self._desk = None

    @Slot()
    def _speak_anew(self) -> None:
        if self._desk is not None:
            speak(self._desk)
            self._show()

    @Slot()
    def _make_sample(self) -> None:
        assert self._runner is not None
        assert self.window is not None
        place = new_sample_folder()
        clock = self._clock

        def work(progress: Progress, cancel: CancelToken) -> Desk:
            from disputedesk.desk.sample import make_sample_desk

            return make_sample_desk(place, clock=clock, progress=progress, cancel=cancel)

        handle = self._runner.start(work, writes=True)
        from disputedesk.gui.progress import ProgressSheet

        ProgressSheet(tr("Making a sample desk"), handle, self.window)
        handle.succeeded.connect(self._take_sample)
        handle.failed.connect(self.window.notices.show_error)

    @Slot(object)
    def _take_sample(self, desk: Desk) -> None:
        self._leave()
        self._sample_folder = desk.folder
        self._take(desk)

    @Slot(bool)
    def _use_own(self, remove: bool) -> None:
        desk = open_own_desk(self._own, self._clock)
        self._leave()
        if remove and self._sample_folder is not None:
            remove_folder(self._sample_folder)
            self._sample_folder = None
        self._take(desk)
