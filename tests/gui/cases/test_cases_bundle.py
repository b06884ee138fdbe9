"""The sheet that fits evidence to a destination: plans before anything is made, then makes it."""

import pytest

from disputedesk.desk.operations.evidence import add_evidence
from disputedesk.desk.queries.cases import case_rows
from disputedesk.gui.cases.bundle_sheet import BundleSheet
from disputedesk.gui.rooms import OpenCase
from tests.gui.stage import dialog_of, marked_up, nameless
from tests.helpers.heavy_evidence import a_jpeg

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def sheet(desk, full_desk, make_window, settle, tmp_path):
    case = case_rows(desk)[0].id
    picture = tmp_path / "page.jpg"
    picture.write_bytes(a_jpeg((400, 300)))
    add_evidence(desk, case, [picture])
    window = make_window("cases")
    window.desktop.ask(OpenCase(case))
    settle()
    window.room_view("cases").workspace.acts.make_bundle()
    settle()
    return dialog_of(window, BundleSheet)


def test_a_plan_is_shown_before_anything_is_made(sheet):
    assert sheet.packet is not None
    assert sheet.packet.profile == "aliexpress"
    assert sheet.make.isEnabled()
    assert sheet.made is None
    assert not nameless(sheet)
    assert not marked_up(sheet)


def test_another_destination_is_planned_anew_and_made(qtbot, sheet, settle, tmp_path):
    sheet.choose("visa")
    assert not sheet.make.isEnabled()
    settle()
    assert sheet.packet.profile == "visa"
    sheet.make_at(str(tmp_path / "visa.pdf"))
    settle()
    assert sheet.made.saved == (tmp_path / "visa.pdf",)
    assert (tmp_path / "visa.pdf").read_bytes().startswith(b"%PDF")
    assert sheet.open_folder.isVisible()
