"""The bank's form in the desktop: mapped by mouse or keys, seen as it would leave, then sealed."""

import pytest
from PySide6.QtCore import QPoint, Qt

from disputedesk.desk.operations.bank_forms import add_bank_form
from disputedesk.desk.queries.bank_forms import bank_form_view
from disputedesk.gui.bankform.adding import AddFormSheet
from disputedesk.gui.bankform.history import FieldHistory
from disputedesk.gui.bankform.sheet import BankFormSheet
from disputedesk.gui.rooms import FillBankForm
from disputedesk.model.ids import CaseId
from disputedesk.papers.bankform.filled import SpotState
from tests.gui.stage import dialog_of, marked_up, nameless
from tests.unit.papers.bankform.forms import Paper

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def form(full_desk, tmp_path):
    """Keeps a form with two texts and a box, all but the first unsaid."""
    paper = Paper(1, 2)
    paper.text("holder", TU="Cardholder name")
    paper.text("other", rect=(100, 600, 300, 620), TU="Something <b>else</b>")
    paper.tick("box", page=1, TU="Another thing")
    path = tmp_path / "form.pdf"
    path.write_bytes(paper.data())
    return add_bank_form(full_desk, path, name="Dispute form").value


@pytest.fixture
def opened(qtbot, full_desk, make_window, settle):
    """Opens the sheet over the window."""

    def made():
        window = make_window("cases")
        window.activateWindow()
        window.desktop.ask(FillBankForm(CaseId(1)))
        settle()
        sheet = dialog_of(window, BankFormSheet)
        qtbot.waitUntil(lambda: sheet.shelf is not None)
        settle()
        return sheet

    return made


@pytest.fixture
def full(qtbot, opened, form, settle):
    sheet = opened()
    qtbot.waitUntil(lambda: sheet.look is not None and sheet.canvas.width() > 250)
    settle()
    return sheet


def sources(desk, form):
    return [each.kept.source for each in bank_form_view(desk, form.id).places]


def choose_source(sheet, name):
    box = sheet.editor.source
    box.setCurrentIndex(box.findData(name))
    box.activated.emit(box.currentIndex())


def test_a_desk_without_forms_says_what_to_do(opened, settle):
    sheet = opened()
    assert sheet.stack.currentWidget() is sheet.empty
    assert not sheet.paper.make.isVisible()
    assert "PDF" in sheet.empty.text.text()


def test_every_place_is_listed_with_what_fills_it_and_how_it_comes_out(full):
    rows = full.table.places.rows
    assert [row.place.label for row in rows][1] == "Something <b>else</b>"
    assert rows[0].spot.state in {SpotState.FILLED, SpotState.MISSING}
    assert rows[1].source == "nobody said"
    assert nameless(full) == []
    assert marked_up(full) == []


def test_choosing_a_value_fills_the_page_and_is_undone_and_redone(qtbot, full, settle, form, desk):
    full.choose(1)
    choose_source(full, "order_number")
    settle()
    assert full.table.places.rows[1].spot.text == "3064617543720042"
    full.tools.undo.click()
    settle()
    assert full.table.places.rows[1].spot.text == ""
    full.tools.redo.click()
    settle()
    full.reject()
    settle()
    assert sources(desk, form)[1] == "order_number"


def test_a_click_on_the_page_chooses_the_place_under_it(qtbot, full):
    place = full.look.view.places[1].kept.box
    scale = full.canvas.width() / (595 * 254 / 72)
    middle = QPoint(round((place[0] + 50) * scale), round((place[1] + 20) * scale))
    qtbot.mouseClick(full.canvas, Qt.MouseButton.LeftButton, pos=middle)
    assert full.current == 1
    assert full.table.currentIndex().row() == 1
    assert full.editor.title.text() == "Something <b>else</b>"


def test_arrows_in_the_list_turn_to_the_page_of_the_place(qtbot, full, settle):
    full.table.setFocus()
    full.choose(1)
    qtbot.keyClick(full.table, Qt.Key.Key_Down)
    settle()
    assert (full.current, full.page) == (2, 2)


def test_a_place_is_put_by_click_moved_by_half_a_millimetre_and_removed(qtbot, full, settle):
    full.tools.place.click()
    qtbot.mouseClick(full.canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 200))
    settle()
    assert len(full.history.now) == 4
    assert full.current == 3
    before = full.history.now[3].box
    full.canvas.setFocus()
    qtbot.keyClick(full.canvas, Qt.Key.Key_Right)
    settle()
    after = full.history.now[3].box
    assert (after[0] - before[0], after[1:]) == (5, before[1:])
    qtbot.keyClick(full.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    settle()
    assert full.history.now[3].box[3] == before[3] + 5
    qtbot.keyClick(full.canvas, Qt.Key.Key_Delete)
    settle()
    assert len(full.history.now) == 3


def test_a_place_is_drawn_by_dragging_on_the_grid(qtbot, full, settle):
    full.tools.grid.click()
    full.tools.place.click()
    button = Qt.MouseButton.LeftButton
    qtbot.mousePress(full.canvas, button, pos=QPoint(61, 203))
    qtbot.mouseMove(full.canvas, QPoint(120, 230))
    qtbot.mouseMove(full.canvas, QPoint(180, 240))
    qtbot.mouseRelease(full.canvas, button, pos=QPoint(180, 240))
    settle()
    left, top, width, _ = full.history.now[3].box
    assert left % 50 == top % 50 == 0
    assert width > 200


def test_a_field_of_the_pdf_does_not_move(qtbot, full, settle):
    full.choose(0)
    full.canvas.setFocus()
    before = full.history.now
    qtbot.keyClick(full.canvas, Qt.Key.Key_Right)
    assert full.history.now == before
    assert not full.tools.remove.isEnabled()


def test_the_answers_that_tick_a_box_are_chosen_in_words(full, settle, desk, form):
    full.choose(2)
    choose_source(full, "problem")
    settle()
    answers = full.editor.answers
    assert answers.isVisibleTo(full)
    assert not full.editor.when.isVisibleTo(full)
    next(a for a in answers.menu().actions() if a.data() == "late").trigger()
    next(a for a in answers.menu().actions() if a.data() == "not_received").trigger()
    settle()
    assert full.history.now[2].when == "late|not_received"
    assert full.table.places.rows[2].spot.state is SpotState.TICKED
    assert "_" not in answers.text()


def test_the_form_becomes_a_document_of_the_case(qtbot, full, settle, desk):
    assert not full.paper.save.isEnabled()
    full.choose(0)
    choose_source(full, "order_number")
    settle()
    assert full.paper.make.isEnabled()
    full.paper.make.click()
    settle()
    assert full.paper.document is not None
    assert full.paper.document.form.startswith("bankform:")
    assert full.paper.print.isEnabled()


def test_a_value_that_does_not_fit_keeps_the_form_and_says_why(full, settle):
    full.choose(1)
    full.editor.source.setCurrentIndex(full.editor.source.findData("="))
    full.editor.source.activated.emit(full.editor.source.currentIndex())
    full.editor.words.setText("long words " * 60)
    full.editor.words.editingFinished.emit()
    settle()
    assert not full.paper.make.isEnabled()
    assert "Too long" in full.editor.note.text()
    assert "1 place" in full.told.text()


def test_a_form_is_added_under_a_name_and_a_bank(qtbot, opened, settle, tmp_path, desk):
    paper = Paper()
    paper.text("holder")
    path = tmp_path / "new form.pdf"
    path.write_bytes(paper.data())
    sheet = opened()
    sheet.adding.take(str(path))
    asked = sheet.findChildren(AddFormSheet)[-1]
    assert asked.name.text() == "new form"
    asked.issuer.setText("Halden")
    asked.accept()
    settle()
    qtbot.waitUntil(lambda: sheet.look is not None)
    assert sheet.look.view.form.issuer == "Halden"
    assert sheet.stack.currentIndex() == 0


def test_the_history_goes_both_ways():
    history = FieldHistory()
    history.begin(())
    history.take(("a",))
    history.take(("a", "b"))
    history.undo()
    assert history.now == ("a",)
    assert history.can_redo
    history.redo()
    assert history.now == ("a", "b")
    history.undo()
    history.take(("c",))
    assert not history.can_redo
