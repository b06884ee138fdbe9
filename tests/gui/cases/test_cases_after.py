"""After filing: the rebuttal desk, the ledger of refunds and their sheets, as a person would."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent

from disputedesk.desk.operations.cases import close_case, file_step, open_case
from disputedesk.desk.operations.counterclaims import NewClaim, add_claim
from disputedesk.desk.operations.credits import NewCredit, add_credit
from disputedesk.desk.operations.evidence import PastedText, add_evidence
from disputedesk.desk.operations.exhibits import set_exhibit
from disputedesk.desk.operations.orders import NewOrder, add_order
from disputedesk.desk.operations.people import NewClient, NewInstrument, set_client, set_instrument
from disputedesk.desk.operations.replies import NewReply, record_reply
from disputedesk.desk.queries.cases import case_detail
from disputedesk.gui.cases.answer_sheet import AnswerSheet, CloseSheet
from disputedesk.gui.cases.credit_sheet import CreditSheet
from disputedesk.gui.cases.exhibit_strip import MIME
from disputedesk.gui.cases.letter_sheet import LetterSheet
from disputedesk.gui.cases.reply_sheet import RebuttalSentSheet, ReplySheet
from disputedesk.gui.cases.ways_sheet import WaysSheet
from disputedesk.gui.rooms import OpenCase
from disputedesk.model.case import CaseOutcome
from disputedesk.model.credit import CreditKind
from disputedesk.model.ids import RuleId
from disputedesk.model.money import Money
from disputedesk.model.order import InstrumentKind
from disputedesk.model.problem import Problem
from tests.gui.stage import day, dialog_of, marked_up, nameless

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
SUM = Money(12900, "EUR")


@pytest.fixture
def disputed(desk):
    """A case filed with a bank, with one exhibit."""
    person = NewClient("Anna", "a@example.org", address="Road 1\n10999 Berlin", country="DE")
    client = set_client(desk, None, person).value
    new = NewOrder("amazon", "305-7711223-1234501", "Headphones", "Lark", day(-80), SUM, client,
                   {"received_on": day(-60), "transaction_date": day(-80)})  # fmt: skip
    order = add_order(desk, new).value
    card = NewInstrument(InstrumentKind.CARD, "••••1881", "mastercard", "credit", "Bank",
                         "Bankplatz 1\n60311 Frankfurt", "DE")  # fmt: skip
    set_instrument(desk, order, card)
    case = open_case(desk, order, problem=Problem.COUNTERFEIT).value
    file_step(desk, case, rule=RuleId("mastercard.4853.counterfeit"), on=day(-40))
    shown = add_evidence(desk, case, [PastedText("<b>copy</b>", desk.clock.now())]).value[0]
    set_exhibit(desk, shown, kind="serial", caption="Letter of the maker")
    return case


@pytest.fixture
def reply(desk, disputed):
    kept = record_reply(desk, disputed, NewReply(day(-1), answer_by=day(9))).value
    add_claim(desk, kept, NewClaim("<img src=x> The goods are genuine.", 2))
    return kept


@pytest.fixture
def window(qtbot, disputed, make_window):
    made = make_window("cases")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def space(window, disputed, settle):
    window.desktop.ask(OpenCase(disputed))
    settle()
    found = window.room_view("cases").workspace
    found.tabs.setCurrentWidget(found.after)
    settle()
    return found


@pytest.fixture
def now(desk, disputed):
    """Gives the case as the desk has it now."""
    return lambda: case_detail(desk, disputed)


def test_nothing_came_yet_and_the_tab_says_what_will(space):
    assert space.after.record.isVisible()
    assert not space.after.claims.isVisible()
    assert "record it" in space.after.second.text()


def test_a_reply_is_recorded_in_its_sheet(now, qtbot, space, settle):
    qtbot.mouseClick(space.after.record, Qt.MouseButton.LeftButton)
    sheet = dialog_of(space.window(), ReplySheet)
    sheet.received.set_day(day(1))
    assert not sheet.accept_button.isEnabled()
    sheet.received.set_day(day(-2))
    sheet.answer_by.set_day(day(-3))
    assert "before the reply" in sheet.reason.text()
    sheet.answer_by.set_day(day(8))
    assert nameless(sheet) == []
    qtbot.mouseClick(sheet.accept_button, Qt.MouseButton.LeftButton)
    settle()
    settle()
    (view,) = now().after.replies
    assert view.reply.answer_by == day(8)
    assert "8 days" in space.after.countdown.accessibleName()


def test_claims_are_added_answered_and_linked_by_keys_alone(now, qtbot, reply, space, settle):
    claims = space.after.claims
    claims.text.line.setFocus()
    qtbot.keyClicks(claims.text.line, "They did not send it back")
    qtbot.keyClick(claims.text.line, Qt.Key.Key_Return)
    settle()
    settle()
    assert [line.row.answered for line in claims.lines] == [False, False]
    assert "2 claims are not answered" in space.after.state.text()
    second = claims.lines[1]
    second.answer.setFocus()
    qtbot.keyClicks(second.answer, "It waits here")
    claims.picker.setFocus()
    settle()
    settle()
    qtbot.keyClick(claims.picker, Qt.Key.Key_Return)
    settle()
    settle()
    view = now().after.replies[0]
    assert view.claims[1].claim.answer == "It waits here"
    assert [e.caption for e in view.claims[1].exhibits] == ["Letter of the maker"]
    assert "1 claim is not answered" in space.after.state.text()


def test_an_exhibit_dropped_on_a_claim_answers_it(now, reply, space, settle):
    line = space.after.claims.lines[0]
    data = QMimeData()
    data.setData(MIME, str(int(space.detail.exhibits[0].id)).encode())
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    line.dropEvent(drop)
    settle()
    settle()
    assert now().after.replies[0].unanswered == ()
    assert "Every claim is answered" in space.after.state.text()


def test_a_usual_claim_is_taken_from_the_menu_and_marks_what_answers_it(reply, space, settle):
    menu = space.after.claims.usual_menu
    action = next(a for a in menu.actions() if "invoice" in a.text())
    action.trigger()
    settle()
    settle()
    settle()
    claims = space.after.claims
    assert len(claims.lines) == 2
    assert claims.picker.item(0).text().startswith("★")
    assert "rights owner" in claims.hint.text() or "maker" in claims.hint.text()


def test_what_was_typed_is_kept_when_the_case_goes_out_of_view(now, qtbot, reply, space, settle):
    line = space.after.claims.lines[0]
    line.answer.setFocus()
    qtbot.keyClicks(line.answer, "A copy")
    space.leave()
    settle()
    assert now().after.replies[0].claims[0].claim.answer == "A copy"


def test_an_answer_with_a_card_number_is_masked_before_it_is_kept(now, reply, space, settle):
    line = space.after.claims.lines[0]
    line.answer.setPlainText("paid with 4111 1111 1111 1111")
    line.keep()
    settle()
    kept = now().after.replies[0].claims[0].claim.answer
    assert "4111 1111" not in kept


def test_the_rebuttal_is_drafted_belongs_to_the_reply_and_is_sent(now, qtbot, reply, space, settle):
    space.after.claims.lines[0].answer.setPlainText("It is a copy")
    qtbot.mouseClick(space.after.draft, Qt.MouseButton.LeftButton)
    settle()
    settle()
    sheet = dialog_of(space.window(), LetterSheet)
    qtbot.waitUntil(sheet.make.isEnabled, timeout=8000)
    qtbot.mouseClick(sheet.make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: sheet.document is not None, timeout=8000)
    sheet.reject()
    settle()
    settle()
    assert now().after.replies[0].document is not None
    qtbot.mouseClick(space.after.sent, Qt.MouseButton.LeftButton)
    sent = dialog_of(space.window(), RebuttalSentSheet)
    assert nameless(sent) == []
    assert marked_up(sent) == []
    qtbot.mouseClick(sent.accept_button, Qt.MouseButton.LeftButton)
    settle()
    settle()
    view = now().after.replies[0]
    assert view.reply.answered_on == day(0)
    assert view.document.sent_on == day(0)
    assert not space.after.sent.isVisible()


def test_money_is_entered_and_lent_money_never_looks_like_the_end(now, qtbot, space, settle):
    qtbot.mouseClick(space.after.ledger.add, Qt.MouseButton.LeftButton)
    sheet = dialog_of(space.window(), CreditSheet)
    assert not sheet.accept_button.isEnabled()
    sheet.kinds.button(1).click()
    settle()
    assert not sheet.due.isVisible()
    assert nameless(sheet) == []
    qtbot.mouseClick(sheet.accept_button, Qt.MouseButton.LeftButton)
    settle()
    settle()
    (row,) = now().after.credits
    assert (row.credit.kind, row.credit.amount) == (CreditKind.PROVISIONAL, SUM)
    assert row.filing is not None
    assert "may be taken back" in space.head.back_money.text()
    assert "provisional" in space.money.back.text()


def test_a_late_refund_leads_from_its_row_to_the_ledger(desk, disputed, window, settle):
    add_credit(desk, disputed, NewCredit(CreditKind.PROMISED, SUM, day(-9), day(-3)))
    window.desktop.bridge.refresh()
    settle()
    today = window.room_view("today")
    settle()
    row = next(row for row in today.view.rows if row.is_late_refund)
    today.take_step(row)
    settle()
    settle()
    space = window.room_view("cases").workspace
    assert space.tabs.currentWidget() is space.after
    assert "late since 3 days" in space.detail.after.late[0].said


def test_closing_says_what_would_be_forgotten(desk, disputed, reply, space, settle):
    add_credit(desk, disputed, NewCredit(CreditKind.PROVISIONAL, SUM, day(-9)))
    space.read()
    settle()
    space.acts.close_case()
    sheet = dialog_of(space.window(), CloseSheet)
    told = [one.text() for one in sheet.findChildren(type(sheet.reason))]
    assert any("may take it back" in text for text in told)
    assert any("is not answered" in text for text in told)


def test_an_answer_in_part_asks_for_its_sum(now, qtbot, space, settle):
    space.acts.record_answer(space.detail.filings[0])
    sheet = dialog_of(space.window(), AnswerSheet)
    sheet.choices.button(1).click()
    assert not sheet.accept_button.isEnabled()
    sheet.sum.line.setText("50.00")
    qtbot.mouseClick(sheet.accept_button, Qt.MouseButton.LeftButton)
    settle()
    settle()
    (row,) = now().after.credits
    assert row.credit.amount == Money(5000, "EUR")


def test_the_ways_say_how_closed_cases_of_the_desk_ended(desk, space, settle):
    order = add_order(
        desk, NewOrder("amazon", "305-1111111-1111111", "Other", "Lark", day(-90), SUM,
                       space.detail.client.id)
    ).value  # fmt: skip
    other = open_case(desk, order, problem=Problem.COUNTERFEIT).value
    file_step(desk, other, rule=RuleId("amazon.atoz.not_right"), on=day(-50))
    close_case(desk, other, outcome=CaseOutcome.WON)
    space.acts.show_ways()
    settle()
    sheet = dialog_of(space.window(), WaysSheet)
    shown = [line.text() for _avenue, line in sheet._odds if line.isVisibleTo(sheet)]
    assert any("1 of 1 closed case" in text and "%" not in text for text in shown)


def test_no_word_of_the_merchant_is_read_as_markup(space, reply, settle):
    space.read()
    settle()
    settle()
    assert marked_up(space) == []
    assert nameless(space) == []
