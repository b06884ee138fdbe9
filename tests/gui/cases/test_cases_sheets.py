"""What went wrong, letters and dispute texts: the sheets, walked through as a person would."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from disputedesk.desk.operations.people import NewClient, NewInstrument, set_client, set_instrument
from disputedesk.desk.queries.cases import case_detail, case_rows
from disputedesk.desk.queries.orders import find_order, order_detail
from disputedesk.desk.queries.people import clients
from disputedesk.gui.answering import AnswerField
from disputedesk.gui.cases.letter_sheet import LetterSheet
from disputedesk.gui.cases.problem_door import ProblemDoor
from disputedesk.gui.cases.problem_sheet import ProblemSheet
from disputedesk.gui.day_field import DayField
from disputedesk.gui.rooms import OpenCase, TellProblem
from disputedesk.gui.saving import page_range, print_pages, printer_for
from disputedesk.gui.sent_sheet import SentSheet
from disputedesk.model.case import DocumentKind
from disputedesk.model.order import InstrumentKind, OrderState
from disputedesk.model.problem import Problem
from tests.gui.stage import day, dialog_of, marked_up, nameless

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def window(qtbot, full_desk, make_window):
    made = make_window("cases")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def jacket(desk):
    """The order of the jacket that is on its way."""
    return find_order(desk, "8123441190877777")


@pytest.fixture
def problem_sheet(window, jacket, settle):
    window.desktop.ask(TellProblem(jacket))
    settle()
    return dialog_of(window, ProblemSheet)


# -- what went wrong


def test_a_case_is_opened_in_three_steps(qtbot, desk, window, jacket, settle):
    window.desktop.ask(TellProblem(jacket))
    sheet = dialog_of(window, ProblemSheet)
    qtbot.keyClick(sheet.doors[0], Qt.Key.Key_Return)
    doors = sheet.findChildren(ProblemDoor)
    assert {door.problem for door in doors} == {
        Problem.NOT_RECEIVED, Problem.PARTLY_RECEIVED, Problem.LATE,
    }  # fmt: skip
    late = next(door for door in doors if door.problem is Problem.NOT_RECEIVED)
    qtbot.keyClick(late, Qt.Key.Key_Return)
    settle()
    assert sheet.advice.text()
    qtbot.mouseClick(sheet.go, Qt.MouseButton.LeftButton)
    settle()
    settle()
    rows = [row for row in case_rows(desk) if row.order == jacket]
    assert len(rows) == 1
    space = window.room_view("cases").workspace
    assert space.detail.case.id == rows[0].id


def test_an_answer_shows_at_once_what_it_opens(qtbot, desk, problem_sheet, settle):
    sheet = problem_sheet
    sheet.choose(Problem.DAMAGED)
    settle()
    fields = [f for f in sheet.findChildren(AnswerField) if isinstance(f.field, DayField)]
    before = sheet.timeline.accessibleDescription()
    field = next(f for f in fields if f.fact.name == "confirmed_on")
    field.field.set_day(day(-2))
    qtbot.waitUntil(lambda: sheet.timeline.accessibleDescription() != before, timeout=4000)
    settle()
    qtbot.mouseClick(sheet.go, Qt.MouseButton.LeftButton)
    settle()
    settle()
    case = next(row for row in case_rows(desk) if row.title.startswith("It arrived damaged"))
    facts = {str(f.name): f.value for f in case_detail(desk, case.id).facts}
    assert facts[str(field.fact.name)] == day(-2)


def test_back_goes_one_page_back(qtbot, problem_sheet):
    problem_sheet.choose_group(("money", "other"))
    problem_sheet.choose(Problem.DUPLICATE_CHARGE)
    qtbot.mouseClick(problem_sheet.back, Qt.MouseButton.LeftButton)
    assert problem_sheet.pages.currentIndex() == 1
    qtbot.mouseClick(problem_sheet.back, Qt.MouseButton.LeftButton)
    assert problem_sheet.pages.currentIndex() == 0


def test_saying_that_all_is_well_asks_first_while_something_would_be_lost(
    qtbot, desk, problem_sheet, jacket, settle
):
    sheet = problem_sheet
    qtbot.keyClick(sheet.doors[3], Qt.Key.Key_Return)
    qtbot.mouseClick(sheet.go, Qt.MouseButton.LeftButton)
    settle()
    assert sheet.guard.isVisible()
    assert sheet.guard.text.text()
    assert order_detail(desk, jacket).order.state is not OrderState.RECEIVED
    assert "all the same" in sheet.go.text()
    qtbot.mouseClick(sheet.go, Qt.MouseButton.LeftButton)
    settle()
    facts = {str(f.name): f.value for f in order_detail(desk, jacket).facts}
    assert facts["received_on"] == day(0)


def test_another_day_asks_the_guard_anew(qtbot, problem_sheet, settle):
    sheet = problem_sheet
    sheet.turn_to(3)
    qtbot.mouseClick(sheet.go, Qt.MouseButton.LeftButton)
    settle()
    sheet.day.set_day(day(-1))
    assert not sheet.guard.isVisible()
    assert "all the same" not in sheet.go.text()


def test_an_open_case_of_the_order_is_offered(desk, window, settle):
    (row,) = case_rows(desk)
    window.desktop.ask(TellProblem(row.order))
    settle()
    sheet = dialog_of(window, ProblemSheet)
    names = [b.accessibleName() for b in sheet.findChildren(type(sheet.go))]
    assert any("case 1001" in name for name in names)
    assert nameless(sheet) == []
    assert marked_up(sheet) == []
    sheet.close()


# -- papers


@pytest.fixture
def space(desk, window, settle):
    """The workspace of a case with a person, a card and words."""
    (row,) = case_rows(desk)
    me = clients(desk)[0]
    person = NewClient("Anna Weber", "anna@example.org", "", "Lindenhof 7\n10999 Berlin", "DE",
                       is_self=True)  # fmt: skip
    set_client(desk, me.id, person)
    card = NewInstrument(InstrumentKind.CARD, mask="51****6458", network="mastercard",
                         issuer="Beispielbank AG", issuer_country="DE")  # fmt: skip
    set_instrument(desk, row.order, card)
    window.desktop.ask(OpenCase(row.id))
    settle()
    return window.room_view("cases").workspace


def _answer_all(sheet, settle, most=15):
    """Answers the questions a sheet still asks, one after the other."""
    for _ in range(most):
        rows = sheet.findChildren(AnswerField)
        rows = [row for row in rows if row.isVisible()]
        if not rows:
            return
        row = rows[0]
        field = row.field
        if isinstance(field, DayField):
            field.set_day(day(-20))
        elif isinstance(field, QComboBox):
            field.setCurrentIndex(1)
        elif isinstance(field, QPlainTextEdit):
            field.setPlainText("Words of a person, long enough.")
        elif isinstance(field, QLineEdit):
            money = str(row.fact.kind) == "money" or row.fact.name.startswith("amount")
            field.setText("43.10 USD" if money else "DE" if "country" in row.fact.name else "chat")
        row.keep.click()
        settle()
        settle()
    raise AssertionError([r.fact.name for r in sheet.findChildren(AnswerField)])


@pytest.fixture
def letter(window, space, settle):
    choice = next(p for p in space.detail.papers if p.kind == "letter")
    space.acts.prepare(choice)
    settle()
    sheet = dialog_of(window, LetterSheet)
    assert sheet.make.isEnabled() is (not sheet.gaps.rows)
    _answer_all(sheet, settle)
    settle()
    return sheet


def test_a_letter_is_seen_made_and_sent(qtbot, window, space, letter, settle):
    qtbot.waitUntil(lambda: letter.pages.strip.drawn > 0)
    qtbot.mouseClick(letter.make, Qt.MouseButton.LeftButton)
    settle()
    settle()
    (document,) = space.detail.documents
    assert document.kind is DocumentKind.LETTER
    assert letter.print.isVisible()
    qtbot.mouseClick(letter.sent, Qt.MouseButton.LeftButton)
    sheet = dialog_of(window, SentSheet)
    qtbot.mouseClick(sheet.accept_button, Qt.MouseButton.LeftButton)
    settle()
    settle()
    assert space.detail.documents[0].sent_on == day(0)


def test_a_letter_and_its_exhibits_are_bound(qtbot, space, letter, settle):
    qtbot.mouseClick(letter.bundle, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(space.detail.documents), timeout=10_000)
    settle()
    assert space.detail.documents[0].kind is DocumentKind.BUNDLE


def test_the_saved_letter_is_the_sealed_one(qtbot, desk, letter, settle, tmp_path):
    from disputedesk.desk.queries.papers import document_bytes

    qtbot.mouseClick(letter.make, Qt.MouseButton.LeftButton)
    settle()
    letter._save_to(str(tmp_path / "letter.pdf"))
    settle()
    assert (tmp_path / "letter.pdf").read_bytes() == document_bytes(desk, letter.document.id)


def test_a_sealed_paper_opens_from_the_documents(qtbot, window, space, letter, settle):
    qtbot.mouseClick(letter.make, Qt.MouseButton.LeftButton)
    settle()
    settle()
    letter.close()
    space.acts.open_document(space.detail.documents[0])
    settle()
    sheet = dialog_of(window)
    qtbot.waitUntil(lambda: sheet.pane.pages.strip.drawn > 0)
    assert nameless(sheet) == []


def test_chosen_pages_are_printed(qtbot, desk, letter, tmp_path):
    pdf = letter._pdf
    printer = printer_for(pdf, "A letter")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert list(page_range(printer, 3)) == [0, 1, 2]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(1, 1)
    assert print_pages(desk, pdf, printer) == 1
    assert (tmp_path / "printed.pdf").stat().st_size > 1000


def test_a_country_is_found_by_its_name(qtbot, problem_sheet, settle):
    problem_sheet.choose(Problem.DAMAGED)
    settle()
    fields = problem_sheet.findChildren(AnswerField)
    field = next(f for f in fields if f.fact.name == "consumer_country")
    field.field.setCurrentIndex(field.field.findText("Germany"))
    assert field.text == "DE"
    qtbot.waitUntil(
        lambda: problem_sheet._tried and "consumer_country" in problem_sheet._tried.values
    )
    settle()
