"""The sheet that fits evidence to a destination: plans before anything is made, then makes it."""

import pytest

from disputedesk.desk.queries.cases import case_rows
from disputedesk.gui.cases.bundle_sheet import BundleSheet
from disputedesk.gui.rooms import OpenCase
from tests.gui.stage import dialog_of, marked_up, nameless


@pytest.fixture
def sheet(qtbot, full_desk, make_window, settle):
    window = make_window(full_desk)
    number = next(row for row in case_rows(full_desk) if row.number == 1001)
    window.desktop.ask(OpenCase(number.id))
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
