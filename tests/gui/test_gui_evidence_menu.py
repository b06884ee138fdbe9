"""The menu of evidence reaches its acts and its checks from every room."""

import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog, QLabel

from disputedesk.desk.operations.cases import close_case, open_case
from disputedesk.desk.operations.evidence import add_evidence
from disputedesk.desk.operations.exporting import export_evidence
from disputedesk.desk.operations.orders import NewOrder, add_order
from disputedesk.gui.cases.bundle_sheet import BundleSheet
from disputedesk.gui.cases.check_sheet import CheckSheet
from disputedesk.gui.cases.evidence_sheet import EvidenceSheet
from disputedesk.gui.cases.export_sheet import ExportSheet
from disputedesk.gui.cases.which_case import WhichCaseSheet
from disputedesk.gui.findings_sheet import FindingsSheet
from disputedesk.gui.rooms import FindAnything
from disputedesk.gui.shell.palette import CommandPalette
from disputedesk.model.case import CaseOutcome
from disputedesk.model.ids import CaseId
from disputedesk.model.money import Money
from disputedesk.model.problem import Problem
from tests.gui.stage import day, dialog_of, marked_up, nameless

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "propagateSizeHints")

CASE = CaseId(1)
ACTS = [
    ("Add evidence to a case…", EvidenceSheet),
    ("Bundle for a destination…", BundleSheet),
    ("Export the evidence…", ExportSheet),
]


@pytest.fixture
def photo(full_desk, tmp_path):
    """A photo in the one case."""
    path = tmp_path / "crack.png"
    Image.new("RGB", (60, 40), "red").save(path)
    (number,) = add_evidence(full_desk, CASE, [path]).value
    with full_desk.store.snapshot() as rows:
        return rows.exhibits.get(number).evidence


@pytest.fixture
def window(photo, make_window):
    return make_window("today")


def act(window, text):
    return next(each for each in window.menus.all_actions if each.text() == text)


def words_in(sheet):
    return [each.text() for each in sheet.findChildren(QLabel) if each.isVisibleTo(sheet)]


def test_the_palette_reaches_every_act_of_evidence_from_another_room(window):
    window.desktop.ask(FindAnything(""))
    palette = dialog_of(window, CommandPalette)
    titles = [found.title for found in palette.found]
    for title in (
        "Search the evidence", "Add evidence to a case", "Bundle for a destination",
        "Export the evidence", "Check a bundle", "Check exported evidence",
        "Check everything that is kept",
    ):  # fmt: skip
        assert titles.count(title) == 1, title
    palette.reject()


@pytest.mark.parametrize(("text", "kind"), ACTS)
def test_an_act_begins_on_the_only_open_case(window, settle, text, kind):
    act(window, text).trigger()
    settle()
    room = window.room_view("cases")
    assert room.workspace.detail.case.id == CASE
    assert nameless(dialog_of(window, kind)) == []
    for sheet in window.findChildren(kind):
        sheet.reject()
    settle()


def test_with_several_open_cases_the_case_is_asked_for(full_desk, window, settle):
    order = NewOrder("amazon", "302-2", "Lamp", "", day(-30), Money(2_000, "EUR"))
    other = add_order(full_desk, order).value
    second = open_case(full_desk, other, problem=Problem.NOT_RECEIVED).value
    act(window, "Export the evidence…").trigger()
    settle()
    sheet = dialog_of(window, WhichCaseSheet)
    assert (nameless(sheet), marked_up(sheet)) == ([], [])
    sheet.cases.setCurrentIndex(sheet.cases.findData(int(second)))
    sheet.accept()
    settle()
    assert window.room_view("cases").workspace.detail.case.id == second
    assert not dialog_of(window, ExportSheet).export.isEnabled()
    dialog_of(window, ExportSheet).reject()


def test_without_an_open_case_a_sentence_says_how_one_begins(full_desk, window, settle):
    close_case(full_desk, CASE, outcome=CaseOutcome.LOST)
    act(window, "Add evidence to a case…").trigger()
    settle()
    said = [one.text() for note in window.notices.shown for one in note.findChildren(QLabel)]
    assert any("There is no open case" in text for text in said)


def test_searching_brings_the_room_and_its_field(qtbot, window, settle):
    act(window, "Search the evidence").trigger()
    settle()
    field = window.room_view("evidence").bar.field
    qtbot.waitUntil(field.hasFocus)


def test_a_sound_desk_is_well_and_a_swapped_file_is_named(full_desk, window, photo, settle):
    act(window, "Check everything that is kept…").trigger()
    settle()
    sheet = dialog_of(window, FindingsSheet)
    assert sheet.said.text().startswith("✓ All is well")
    sheet.reject()
    path = full_desk.vault.path(photo.sha256)
    path.chmod(0o600)
    path.write_bytes(b"something else")
    act(window, "Check everything that is kept…").trigger()
    settle()
    sheet = dialog_of(window, FindingsSheet)
    assert sheet.said.text() == "1 thing is missing or altered."
    assert any("crack.png" in text for text in words_in(sheet))
    assert (nameless(sheet), marked_up(sheet)) == ([], [])
    sheet.reject()


def test_an_altered_export_is_told(full_desk, window, tmp_path, settle, monkeypatch):
    target = tmp_path / "out"
    export_evidence(full_desk, CASE, target)
    chosen = str(target / "bagit.txt")
    monkeypatch.setattr(QFileDialog, "open", lambda self: self.fileSelected.emit(chosen))
    act(window, "Check exported evidence…").trigger()
    settle()
    sheet = dialog_of(window, FindingsSheet)
    assert sheet.said.text().startswith("✓ All is well")
    sheet.reject()
    next((target / "data").rglob("*.png")).unlink()
    act(window, "Check exported evidence…").trigger()
    settle()
    sheet = dialog_of(window, FindingsSheet)
    assert not sheet.said.text().startswith("✓")
    assert any(".png" in text for text in words_in(sheet))
    sheet.reject()


def test_any_bundle_is_checked(window, tmp_path, settle, monkeypatch):
    path = tmp_path / "theirs.pdf"
    path.write_bytes(b"no bundle at all")
    monkeypatch.setattr(QFileDialog, "open", lambda self: self.fileSelected.emit(str(path)))
    act(window, "Check a bundle…").trigger()
    settle()
    sheet = dialog_of(window, CheckSheet)
    assert "of 18 points" in sheet.said.text()
    assert "theirs.pdf" in words_in(sheet)
    sheet.reject()
