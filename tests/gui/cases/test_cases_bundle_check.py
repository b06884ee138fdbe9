"""A sealed bundle is checked where it is shown, and before it is called sent."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from disputedesk.desk.operations.bundles import make_bundle
from disputedesk.desk.operations.evidence import add_evidence
from disputedesk.desk.queries.cases import case_detail, case_rows
from disputedesk.gui.cases.check_sheet import CheckSheet
from disputedesk.gui.cases.documents_tab import DocumentSheet
from disputedesk.gui.sent_sheet import SentSheet
from disputedesk.papers.checking.checklist import Checklist
from disputedesk.papers.checking.point import judged, not_applicable
from tests.gui.stage import dialog_of, marked_up, nameless

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
PATIENCE = 30_000


@pytest.fixture
def sheet(qtbot, full_desk, make_window, tmp_path, settle):
    """The sheet of a bundle with one picture."""
    case_id = case_rows(full_desk)[0].id
    out = io.BytesIO()
    Image.new("RGB", (600, 400), "teal").save(out, "PNG")
    (tmp_path / "tracking.png").write_bytes(out.getvalue())
    add_evidence(full_desk, case_id, [tmp_path / "tracking.png"])
    (document,) = make_bundle(full_desk, case_id, language="en").value
    window = make_window("cases")
    opened = DocumentSheet(window.desktop, case_detail(full_desk, case_id), document, window)
    opened.open()
    settle()
    return opened


def words(widget):
    return [each.text() for each in widget.findChildren(QLabel)]


def test_a_sound_bundle_is_said_to_be_sound(qtbot, sheet):
    qtbot.mouseClick(sheet.check, Qt.MouseButton.LeftButton)
    check = dialog_of(sheet, CheckSheet)
    qtbot.waitUntil(lambda: check.said.text().startswith("Nothing is wrong"), timeout=PATIENCE)
    assert "✓ 3. A number on every page" in words(check)
    assert not marked_up(check)
    assert not nameless(check)
    check.reject()


def test_what_is_wrong_stands_first_with_what_to_do(qtbot, sheet, settle):
    qtbot.mouseClick(sheet.check, Qt.MouseButton.LeftButton)
    check = dialog_of(sheet, CheckSheet)
    qtbot.waitUntil(lambda: bool(check.area.widget()), timeout=PATIENCE)
    points = (not_applicable(12, "None."), judged(3, ["Page 7 has no <b>number</b>."]))
    check.show_checklist(Checklist(sheet.windowFilePath() or ".", 9, ours=True, points=points))
    said = words(check.area.widget())
    assert said[:4] == [
        "Wrong",
        "◆ 3. A number on every page",
        "Page 7 has no <b>number</b>.",
        "Make the bundle anew, so that each page gets its number.",
    ]
    assert check.said.text() == "1 of 18 points is wrong."
    check.reject()


def test_the_page_before_sent_says_how_it_stands_with_the_bundle(qtbot, sheet):
    sheet.sent.click()
    sent = dialog_of(sheet, SentSheet)
    qtbot.waitUntil(lambda: "nothing is wrong" in sent.looked.text(), timeout=PATIENCE)
    sent.reject()


def test_a_sheet_closed_early_stops_the_look(qtbot, sheet, settle):
    qtbot.mouseClick(sheet.check, Qt.MouseButton.LeftButton)
    dialog_of(sheet, CheckSheet).reject()
    settle()
