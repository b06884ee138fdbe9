"""The sheet that asks what if: each supposition is answered, and nothing is kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from disputedesk.desk.queries.cases import case_detail, case_rows
from disputedesk.desk.queries.what_if import Supposition
from disputedesk.gui.cases.what_if_sheet import WhatIfSheet
from tests.gui.stage import dialog_of, marked_up, nameless

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def window(qtbot, full_desk, make_window):
    made = make_window("cases")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def sheet(desk, window, settle):
    room = window.room_view("cases")
    room.open_case(case_rows(desk)[0].id)
    settle()
    room.workspace.ways.what_if.click()
    found = dialog_of(window, WhatIfSheet)
    settle()
    return found


def said(sheet):
    return [each.text() for each in sheet.body.findChildren(QLabel)]


def answered(qtbot, sheet, button):
    before = sheet.body
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: sheet.body is not None and sheet.body is not before)
    return said(sheet)


def test_every_supposition_is_answered_and_nothing_is_kept(qtbot, desk, window, sheet):
    case = case_rows(desk)[0].id
    before = case_detail(desk, case)
    answers = []
    for button in sheet.choices.buttons():
        answers.append(answered(qtbot, sheet, button))
        assert "If you do nothing" in answers[-1]
    assert len({tuple(answer) for answer in answers}) > 1
    assert case_detail(desk, case) == before


def test_another_number_of_days_chooses_the_extension(qtbot, window, sheet):
    answered(qtbot, sheet, sheet.choices.buttons()[1])
    assert sheet.supposition is Supposition.CONFIRMED
    before = sheet.body
    sheet.days.setValue(7)
    qtbot.waitUntil(lambda: sheet.body is not before)
    assert sheet.supposition is Supposition.EXTENDED


def test_the_sheet_is_named_and_its_text_is_text(sheet):
    assert nameless(sheet) == []
    assert marked_up(sheet) == []
