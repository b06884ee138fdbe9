"""A letter before it is sent: what stops it, the way to mend it, and forms of one's own."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton
from shiboken6 import isValid

from disputedesk.desk.operations.cases import set_case
from disputedesk.desk.operations.people import (
    NewClient,
    NewInstrument,
    set_client,
    set_instrument,
)
from disputedesk.desk.queries.cases import case_rows
from disputedesk.desk.queries.people import clients
from disputedesk.gui.cases.letter_sheet import LetterSheet
from disputedesk.gui.cases.lint_panel import LintPanel
from disputedesk.gui.cases.own_form_sheet import OwnFormSheet
from disputedesk.gui.cases.paper_list import PaperList
from disputedesk.gui.cases.papers_sheet import PapersSheet
from disputedesk.gui.rooms import OpenCase
from disputedesk.model.order import InstrumentKind
from disputedesk.papers.lint.checked import field, recipient, story
from disputedesk.papers.lint.finding import advice, blocker
from tests.gui.stage import dialog_of, marked_up, nameless

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
STORY = "I paid 999.99 USD for it."


@pytest.fixture
def window(qtbot, full_desk, make_window):
    made = make_window("cases")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def space(desk, window, settle):
    (row,) = case_rows(desk)
    me = clients(desk)[0]
    person = NewClient("Anna Weber", "anna@example.org", "", "Lindenhof 7\n10999 Berlin", "DE",
                       is_self=True)  # fmt: skip
    set_client(desk, me.id, person)
    card = NewInstrument(InstrumentKind.CARD, mask="51****6458", network="mastercard",
                         issuer="Beispielbank AG", issuer_country="DE")  # fmt: skip
    set_instrument(desk, row.order, card)
    set_case(desk, row.id, narrative=STORY)
    window.desktop.ask(OpenCase(row.id))
    settle()
    return window.room_view("cases").workspace


@pytest.fixture
def sheet(window, space, settle):
    choice = next(p for p in space.detail.papers if p.kind == "letter")
    space.acts.prepare(choice)
    settle()
    return dialog_of(window, LetterSheet)


@pytest.fixture
def panel(qtbot):
    made = LintPanel()
    qtbot.addWidget(made)
    return made


FOUND = (
    blocker("secret", story(), "A card number stands here.", "Take it out.", final=True),
    blocker("closed", field("last_day"), "The last day has passed.", "Look again."),
    advice("heated", story(), "This sounds angry."),
)


def test_only_what_is_not_dangerous_can_be_overridden(qtbot, panel):
    panel.show_findings(FOUND)
    (box,) = panel.findChildren(QCheckBox)
    assert "last day" in box.accessibleName()
    assert [each.rule for each in panel.stops] == ["secret", "closed"]
    with qtbot.waitSignal(panel.overridden):
        box.click()
    assert [each.rule for each in panel.stops] == ["secret"]
    panel.show_findings(FOUND[2:])
    assert panel.anyway == frozenset()
    assert nameless(panel) == []
    assert marked_up(panel) == []


def test_every_finding_has_its_way_to_where_it_is_mended(qtbot, panel):
    panel.show_findings(FOUND)
    ways = [b for b in panel.findChildren(QPushButton) if b.text() == "Go there"]
    assert len(ways) == 3
    with qtbot.waitSignal(panel.place_wanted) as caught:
        ways[0].click()
    assert caught.args == [story()]


def test_what_stops_a_letter_keeps_it_from_being_made(qtbot, sheet, settle):
    assert "sum_contradicts" in [each.rule for each in sheet.lint.stops]
    sheet.lint.show_findings(FOUND[1:])
    sheet._pdf = sheet._pdf or object()
    sheet._show_state()
    assert not sheet.make.isEnabled()
    assert "stops this letter" in sheet.reason.text()
    next(box for box in sheet.lint.findChildren(QCheckBox) if box.isVisible()).click()
    assert sheet.make.isEnabled()


def test_a_recipient_is_corrected_beside_the_letter(sheet, settle):
    sheet._go_to(recipient())
    settle()
    assert [str(row.field.fact.name) for row in sheet.gaps.rows] == [
        "recipient_name", "recipient_address",
    ]  # fmt: skip


def test_the_story_is_mended_where_it_is_written(space, sheet, settle):
    space.tabs.setCurrentWidget(space.documents)
    sheet._go_to(story())
    settle()
    assert space.tabs.currentWidget() is space.words
    assert space.acts.sheet is None or not isValid(space.acts.sheet)


def test_papers_are_found_by_a_word(qtbot, space, sheet):
    many = space.detail.papers * 4
    found = PaperList(many)
    qtbot.addWidget(found)
    assert found.words.isVisibleTo(found)
    found.words.setText("dispute text")
    shown = {row.choice.kind for row in found.rows if row.isVisibleTo(found)}
    assert shown == {"submission"} != {paper.kind for paper in many}
    found.words.setText("no such paper")
    assert not any(row.isVisibleTo(found) for row in found.rows)
    assert nameless(found) == []


def test_what_nothing_calls_for_can_be_chosen(window, space, settle):
    space.acts.show_papers()
    settle()
    sheet = dialog_of(window, PapersSheet)
    assert sheet.papers is not None
    assert {r.choice.form for r in sheet.papers.rows}.isdisjoint(
        {p.form for p in space.detail.papers if p.called_for}
    )
    assert nameless(sheet) == []


def test_a_form_becomes_ones_own_and_is_seen_while_it_is_written(
    qtbot, desk, window, sheet, settle
):
    qtbot.mouseClick(sheet.own, Qt.MouseButton.LeftButton)
    settle()
    settle()
    own = dialog_of(window, OwnFormSheet)
    own.words.setText("order number")
    shown = [own.fields.item(at) for at in range(own.fields.count())]
    shown = [item for item in shown if not item.isHidden()]
    assert 0 < len(shown) < own.fields.count()
    own.body.setPlainText("[request]\nPlease note: ")
    own.body.moveCursor(own.body.textCursor().MoveOperation.End)
    own.fields.setCurrentItem(next(i for i in shown if i.text().endswith(" order_number")))
    qtbot.mouseClick(own.put, Qt.MouseButton.LeftButton)
    assert own.body.toPlainText().endswith("{{ order_number }}")
    own.look()
    settle()
    assert "Line" not in own.fault.text()
    own.body.setPlainText("[request]\n{% if x %}")
    own.look()
    settle()
    assert own.fault.text().startswith("◆ Line 2: Only {{field}} may stand")
    own.body.setPlainText("[request]\nPlease note.")
    assert nameless(own) == []
    own.accept()
    settle()
    assert "Please note." in desk.own_forms.read(f"own_{sheet._choice.form}")["body.en.txt"]
