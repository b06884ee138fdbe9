"""The room of letters: every paper in one list, and one form for many cases."""

import pytest

from disputedesk.desk.operations.answers import answer_question
from disputedesk.desk.operations.cases import open_case
from disputedesk.desk.operations.orders import NewOrder, add_order
from disputedesk.desk.operations.papers import make_letter
from disputedesk.desk.queries.batches import batch_lines, batches
from disputedesk.desk.queries.cases import case_rows
from disputedesk.desk.queries.letters import PaperShow
from disputedesk.gui.letters.batch_sheet import BatchSheet
from disputedesk.gui.letters.look_sheet import LookSheet
from disputedesk.model.money import Money
from disputedesk.model.problem import Problem
from tests.gui.stage import day, dialog_of, marked_up, nameless

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "propagateSizeHints")

ANSWERS = {"sender_name": "Jane Sample", "sender_address": "1 Long Lane\nTown"}
FORM = "eu_withdrawal"


@pytest.fixture
def letters_desk(full_desk):
    """Two cases about which a bank's letter can be written, one about which it cannot."""
    second = add_order(full_desk, NewOrder("ebay", "77-1", "Kettle", "Pots", day(-60),
                                           Money(2000, "EUR"))).value  # fmt: skip
    open_case(full_desk, second, problem=Problem.NOT_RECEIVED)
    third = add_order(full_desk, NewOrder("ebay", "77-2", "Pan", "", day(-60),
                                          Money(3000, "EUR"))).value  # fmt: skip
    open_case(full_desk, third, problem=Problem.NOT_RECEIVED)
    cases = sorted(case_rows(full_desk), key=lambda row: row.number)
    for case in cases[:2]:
        for name, text in ANSWERS.items():
            answer_question(full_desk, case.id, name, text)
    return full_desk, [case.id for case in cases]


def titles(room):
    return [room.model.row_at(room.model.index(at, 0)).title for at in range(room.model.rowCount())]


def test_an_empty_room_says_where_letters_come_from(make_window, full_desk):
    window = make_window("letters")
    room = window.room_view("letters")
    assert room.pages.currentWidget() is room.empty
    assert room.detail.isHidden()
    assert nameless(room) == []


def test_papers_are_listed_filtered_and_shown_as_they_print(make_window, letters_desk, settle):
    desk, (first, second, _) = letters_desk
    made = make_letter(desk, first, form=FORM, language="en").value
    other = make_letter(desk, second, form=FORM, language="ru").value
    room = make_window("letters").room_view("letters")
    room.grab()
    settle()
    assert titles(room) == [other.title, made.title]
    room.detail.pane.show_paper(made.id, made.kind)
    settle()
    assert len(room.detail.pane.seen.pdf.sizes) == made.pages
    room.bar.field.setText("Kettle")
    room.bar.changed.emit()
    settle()
    room.grab()
    settle()
    assert titles(room) == [other.title]
    room.bar.buttons[PaperShow.SENT].click()
    settle()
    assert room.pages.currentWidget() is room.empty
    room.show_all()
    settle()
    assert room.model.rowCount() == 2
    assert nameless(room) == []
    assert marked_up(room) == []


def test_one_form_is_written_for_the_cases_that_have_what_it_needs(
    make_window, letters_desk, settle, qtbot, tmp_path
):
    desk, cases = letters_desk
    window = make_window("letters")
    room = window.room_view("letters")
    room.write_many()
    settle()
    sheet = dialog_of(window, BatchSheet)
    assert not sheet.accept_button.isEnabled()
    sheet.form.setCurrentIndex(sheet.form.findData(FORM))
    sheet.table.selectAll()
    qtbot.waitUntil(sheet.accept_button.isEnabled, timeout=5000)
    assert set(sheet.chosen) == set(cases)
    states = {line.case.id: line.plan.ready for line in sheet.model.rows}
    assert [states[case] for case in cases] == [True, True, False]
    assert nameless(sheet) == []
    sheet.accept()
    settle()
    look = dialog_of(window, LookSheet)
    look.grab()
    settle()
    (batch,) = batches(desk)
    assert [made.document is not None for made in batch_lines(desk, batch.id)] == [True, True]
    assert room.model.rowCount() == 2
    assert not look.print.isEnabled()
    assert not look.save.isEnabled()
    assert not look.mails.isEnabled()
    look.unseen.setChecked(True)
    assert look.save.isEnabled()
    look.unseen.setChecked(False)
    for left in (1, 0):
        look.right.click()
        settle()
        lines = batch_lines(desk, batch.id)
        assert sum(made.line.checked_on is None for made in lines) == left
    assert not look.right.isEnabled()
    assert nameless(look) == []
    assert marked_up(look) == []
    look.save_to(str(tmp_path / "out"))
    look.mails_to(str(tmp_path / "out"))
    settle()
    settle()
    numbers = {made.number for made in batch_lines(desk, batch.id)}
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert [name.rsplit(".", 1)[1] for name in names] == ["eml", "pdf", "eml", "pdf"]
    assert all(any(f"Case-{number}" in name for name in names) for number in numbers)
    look.reject()
