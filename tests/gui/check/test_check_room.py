"""The room Check: what is pasted, the verdict, and what is never kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from disputedesk.common import texts
from disputedesk.gui.check.verdict_view import protection_word, tone_of_level
from disputedesk.gui.tokens import Tone
from disputedesk.safety.verdict import Level, Protection
from tests.gui.stage import marked_up, nameless

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

TRICK = "Dear friend, please confirm receipt first, then we refund you via PayPal. <b>Thanks</b>"


@pytest.fixture
def window(qtbot, full_desk, make_window):
    made = make_window("check")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def room(window):
    return window.room_view("check")


def test_a_trick_is_danger_with_its_words_quoted(qtbot, room, settle):
    room.message.field.setPlainText(TRICK)
    qtbot.keyClick(room.message.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    verdict = room.verdict.verdict
    assert verdict.level is Level.DANGER
    assert verdict.word in room.verdict.word.text()
    assert Tone.URGENT.shape in room.verdict.word.text()
    assert any("confirm receipt" in reason.quote for reason in verdict.reasons)
    assert nameless(room) == []
    assert marked_up(room) == []


def test_the_answer_can_be_copied(qtbot, window, room, settle):
    room.message.field.setPlainText(TRICK)
    room.check_message()
    settle()
    reply = room.verdict.verdict.reply
    assert reply
    qtbot.mouseClick(room.verdict.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == reply
    assert window.notices.shown


def test_a_message_of_an_order_is_held_against_its_timer(qtbot, room, settle):
    field = room.message.order
    qtbot.keyClicks(field.line, "jacket")
    qtbot.waitUntil(lambda: bool(field._hits), timeout=4000)
    settle()
    field.choose(next(iter(field._hits)))
    assert field.order is not None
    room.message.field.setPlainText(TRICK)
    room.check_message()
    settle()
    with_order = room.verdict.verdict
    field.line.clear()
    assert field.order is None
    room.check_message()
    settle()
    assert room.verdict.verdict != with_order


def test_a_link_of_a_look_alike_is_no_good(qtbot, room, settle):
    room.tabs.setCurrentWidget(room.link)
    qtbot.keyClicks(room.link.line, "https://aliexpress.com.pay-refund.example/login")
    qtbot.keyClick(room.link.line, Qt.Key.Key_Return)
    settle()
    assert room.verdict.verdict.level is not Level.NOTHING_FOUND
    assert room.verdict.verdict.host


def test_nothing_found_promises_nothing(room, settle):
    room.message.field.setPlainText("Your parcel was handed to the carrier yesterday.")
    room.check_message()
    settle()
    assert room.verdict.verdict.level is Level.NOTHING_FOUND
    assert tone_of_level(Level.NOTHING_FOUND) is Tone.WAIT
    said = " ".join(each.text() for each in room.verdict.findChildren(type(room.verdict.word)))
    assert "no promise" in said


def test_a_payment_shows_what_it_protects(qtbot, room, settle):
    room.tabs.setCurrentWidget(room.payment)
    form = room.payment
    form.method.setCurrentIndex(form.method.findData("bank_transfer"))
    assert not form.network.isVisible()
    form.outside.setChecked(True)
    room.check_payment()
    settle()
    verdict = room.verdict.verdict
    assert len(verdict.protections) == 4
    assert verdict.protections[0].has is False


@pytest.mark.parametrize(("has", "sign"), [(True, "●"), (False, "◆"), (None, "◇")])
def test_each_answer_has_a_shape_besides_its_colour(has, sign):
    word, _ink = protection_word(Protection("wallet_claim", "Claim", has, ""))
    assert word.startswith(sign)


def test_a_card_number_is_masked_before_it_is_checked(qtbot, room, settle):
    QGuiApplication.clipboard().setText("Card 4111 1111 1111 1111, CVV 123, please confirm receipt")
    room.message.field.setFocus()
    room.message.field.paste()
    qtbot.waitUntil(room.message.note.isVisible)
    assert "4111 1111" not in room.message.text
    assert "123" not in room.message.text
    assert room.message.text.endswith("please confirm receipt")


def test_turning_to_another_question_drops_the_old_verdict(room, settle):
    room.message.field.setPlainText(TRICK)
    room.check_message()
    settle()
    room.tabs.setCurrentWidget(room.link)
    assert room.verdict is None


def test_nothing_typed_asks_nothing(room, settle):
    room.check_message()
    room.check_link()
    settle()
    assert room.verdict is None


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_state_of_the_room_is_named(full_desk, make_window, settle, language):
    texts.set_language(language)
    window = make_window("check")
    for name, prepare in window.room_view("check").scenes():
        prepare()
        settle()
        assert nameless(window) == [], name
        assert marked_up(window) == [], name
