"""The room of everything that was kept, used as a person would."""

import dataclasses
import datetime as dt
import socket

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QLabel, QWidget

from disputedesk.common import texts
from disputedesk.desk.evidence_views import EvidenceFilter, EvidenceGroup, Look
from disputedesk.desk.operations.evidence import add_evidence
from disputedesk.desk.operations.exhibits import set_exhibit
from disputedesk.desk.operations.reading import read_new_evidence
from disputedesk.desk.queries.evidence_room import evidence_detail
from disputedesk.gui.added_sheet import AddedSheet
from disputedesk.gui.evidence.about import captured_words, size_words
from disputedesk.gui.preview_sheet import PreviewSheet
from disputedesk.gui.rooms import FindAnything, OpenCase, RedactEvidence, ShowEvidence
from disputedesk.gui.shell.palette import CommandPalette
from disputedesk.media.redaction_boxes import Box
from disputedesk.model.evidence import Arrival, Way
from tests.gui.stage import dialog_of, marked_up, nameless
from tests.helpers.redacting import redact_evidence

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "propagateSizeHints")

MAIL = (
    b"From: Shop <s@example.org>\r\nTo: me@example.org\r\nSubject: About your order\r\n"
    b"Content-Type: text/html; charset=utf-8\r\n\r\n"
    b"<p>Please wait</p><img src='http://127.0.0.1:9/x.png'>"
    b"<img src='file:///etc/hostname'><link rel=stylesheet href='http://127.0.0.1:9/s.css'>"
)


@pytest.fixture
def case(full_desk):
    with full_desk.store.snapshot() as rows:
        return rows.cases.find_by_number(1001).id


@pytest.fixture
def kept(full_desk, case, tmp_path):
    """A captioned photo, a mail with pictures from elsewhere, a text with a card number, a film."""
    Image.new("RGB", (900, 600), "red").save(tmp_path / "crack.jpg")
    (tmp_path / "mail.eml").write_bytes(MAIL)
    (tmp_path / "card.txt").write_text("Paid with 4111 1111 1111 1111 in full")
    (tmp_path / "film.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + b"\0" * 64)
    names = ("crack.jpg", "mail.eml", "card.txt", "film.mp4")
    added = add_evidence(full_desk, case, [tmp_path / name for name in names]).value
    set_exhibit(full_desk, added[0], caption="The crack", kind="photo")
    read_new_evidence(full_desk)
    with full_desk.store.snapshot() as rows:
        return {e.evidence.name: e for e in rows.exhibits.list(case)}


@pytest.fixture
def window(kept, make_window):
    return make_window("evidence")


@pytest.fixture
def room(window, qtbot, settle):
    view = window.room_view("evidence")
    qtbot.waitUntil(lambda: view.detail.detail is not None)
    settle()
    return view


@pytest.fixture
def choose(room, qtbot, settle):
    def pick(name):
        qtbot.waitUntil(lambda: name in _names(room))
        settle()
        room.sheet.setCurrentIndex(room.model.index(_names(room).index(name), 0))
        qtbot.waitUntil(lambda: room.detail.detail.evidence.name == name)
        settle()
        return room.detail

    return pick


def _names(room):
    rows = [room.model.row_at(room.model.index(at, 0)) for at in range(len(room.model.ids))]
    return [row and row.name for row in rows]


def test_the_newest_piece_comes_first_and_is_shown(qtbot, room):
    qtbot.waitUntil(lambda: _names(room) == ["film.mp4", "card.txt", "mail.eml", "crack.jpg"])
    assert room.detail.detail.evidence.name == "film.mp4"
    assert "4" in room.head.second.text()


def test_the_room_stands_after_the_cases_and_nothing_in_it_is_nameless(qtbot, window, room):
    keys = window.room_keys
    assert keys.index("evidence") == keys.index("cases") + 1
    assert nameless(room) == []
    assert marked_up(room) == []


def test_nothing_of_the_room_ever_opens_as_a_window_of_its_own(kept, make_window, settle, qapp):
    shown = []

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
                shown.extend([watched] if watched.isWindow() else [])
            return False

    watch = Watch()
    window = make_window("orders")
    qapp.installEventFilter(watch)
    window.show_room("evidence")
    settle()
    qapp.removeEventFilter(watch)
    assert [type(each).__name__ for each in shown] == []


def test_typing_filters_by_caption_and_by_what_is_in_the_files(qtbot, room, settle):
    qtbot.keyClicks(room.bar.field, "crack")
    qtbot.waitUntil(lambda: len(room.model.ids) == 1)
    settle()
    qtbot.waitUntil(lambda: _names(room) == ["crack.jpg"])
    room.bar.field.setText("please wai")
    qtbot.waitUntil(lambda: _names(room) == ["mail.eml"])
    settle()


def test_what_fits_nothing_is_said_in_words_and_one_button_shows_all(qtbot, room, settle):
    room.bar.field.setText("zzzz")
    qtbot.waitUntil(lambda: room.pages.currentWidget() is room.empty)
    assert room.empty.title.text() == "Nothing fits"
    assert not room.detail.isVisible()
    qtbot.mouseClick(room._clear_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(room.model.ids) == 4)
    settle()


def test_only_what_shows_a_number_can_be_asked_for(qtbot, room, settle):
    room.bar.only.setCurrentIndex(room.bar.only.findData("suspected"))
    qtbot.waitUntil(lambda: len(room.model.ids) == 1)
    settle()
    qtbot.waitUntil(lambda: _names(room) == ["card.txt"])


def test_an_empty_desk_says_how_to_begin(desk, make_window):
    room = make_window("evidence").room_view("evidence")
    assert room.pages.currentWidget() is room.empty
    assert "Open a case" in room.empty.text.text()


def test_only_pictures_in_view_are_read_and_they_are_kept(room, choose, kept):
    sha256 = kept["crack.jpg"].evidence.sha256
    image = room.sheet.pictures.image(sha256)
    assert max(image.width(), image.height()) == 256
    assert room.sheet.pictures.image(kept["film.mp4"].evidence.sha256) is None


@pytest.mark.parametrize(
    ("name", "look"),
    [
        ("crack.jpg", Look.PICTURE),
        ("mail.eml", Look.WORDS),
        ("card.txt", Look.WORDS),
        ("film.mp4", Look.NOTHING),
    ],
)
def test_each_kind_has_its_look(choose, name, look):
    assert choose(name).preview.look is look


def test_a_mail_asks_for_nothing_from_elsewhere(choose, monkeypatch):
    asked = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, place: asked.append(place))
    pane = choose("mail.eml")
    text = pane.preview.words.toPlainText()
    assert "About your order" in text
    assert "Please wait" in text
    assert "127.0.0.1" not in text
    assert asked == []


def test_a_card_number_is_masked_and_its_alarm_says_what_to_do(window, choose):
    pane = choose("card.txt")
    assert "4111 1111" not in pane.preview.words.toPlainText()
    texts = [each.text() for each in pane.alarm.findChildren(QLabel)]
    assert any("A card number can be read" in text and "•••• 1111" in text for text in texts)
    asked = []
    window.desktop.answer(RedactEvidence, asked.append)
    pane.redact()
    assert asked == [RedactEvidence(pane.detail.evidence.id)]


def test_what_is_no_secret_can_be_said_and_taken_back(qtbot, choose, desk, settle):
    pane = choose("card.txt")
    number = pane.detail.suspicions[0].id
    pane.alarm.settled.emit(number, True)
    qtbot.waitUntil(lambda: pane.detail.suspicions[0].settled_on is not None)
    settle()
    assert evidence_detail(desk, pane.detail.evidence.id).suspicions[0].settled_on is not None
    pane.alarm.settled.emit(pane.detail.suspicions[0].id, False)
    qtbot.waitUntil(lambda: pane.detail.suspicions[0].settled_on is None)
    settle()


def test_space_looks_closely_and_space_closes_again(qtbot, window, room, choose, settle):
    choose("crack.jpg")
    room.sheet.setFocus()
    qtbot.keyClick(room.sheet, Qt.Key.Key_Space)
    settle()
    sheet = dialog_of(window, PreviewSheet)
    assert sheet.pane.look is Look.PICTURE
    assert nameless(sheet) == []
    qtbot.keyClick(sheet, Qt.Key.Key_Space)
    assert not sheet.isVisible()


def test_every_point_of_a_picture_is_read_when_it_is_asked_for(qtbot, choose, settle):
    pane = choose("crack.jpg").preview
    assert pane.picture.is_fitted
    qtbot.keyClick(pane.picture, Qt.Key.Key_1)
    settle()
    assert not pane.picture.is_fitted
    assert pane.picture.canvas.image.width() == 900
    qtbot.keyClick(pane.picture, Qt.Key.Key_0)
    assert pane.picture.is_fitted


def test_a_caption_typed_here_is_kept_in_its_case(qtbot, choose, desk, kept, settle):
    pane = choose("film.mp4")
    (card,) = pane.uses.values()
    card.caption.setFocus()
    qtbot.keyClicks(card.caption.line, "Unpacking, 4111 1111 1111 1111")
    qtbot.keyClick(card.caption.line, Qt.Key.Key_Return)
    settle()
    (use,) = evidence_detail(desk, pane.detail.evidence.id).uses
    assert use.exhibit.caption == "Unpacking, •••• 1111"


def test_a_section_chosen_here_is_kept_and_undo_takes_it_back(qtbot, window, choose, desk, settle):
    pane = choose("crack.jpg")
    (card,) = pane.uses.values()
    card.section.setCurrentIndex(card.section.findData("delivery"))
    card.section.activated.emit(card.section.currentIndex())
    settle()
    (use,) = evidence_detail(desk, pane.detail.evidence.id).uses
    assert use.exhibit.section == "delivery"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: card.section.currentData() == "")
    settle()


def test_what_is_ticked_is_what_it_proves(qtbot, choose, desk, settle):
    pane = choose("crack.jpg")
    (card,) = pane.uses.values()
    assert card.claims.boxes["goods_received"].isChecked()
    qtbot.mouseClick(card.claims.more, Qt.MouseButton.LeftButton)
    for name, box in card.claims.boxes.items():
        if box.isChecked() and name != "goods_received":
            box.click()
            settle()
    (use,) = evidence_detail(desk, pane.detail.evidence.id).uses
    assert [view.claim for view in use.claims if view.said] == ["goods_received"]


def test_the_case_opens_from_here(qtbot, window, choose):
    pane = choose("crack.jpg")
    asked = []
    window.desktop.answer(OpenCase, asked.append)
    (card,) = pane.uses.values()
    qtbot.mouseClick(card.open, Qt.MouseButton.LeftButton)
    assert asked == [OpenCase(card._use.case)]


def test_the_hash_goes_to_the_clipboard_and_nothing_else_does(qtbot, room, choose):
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")
    pane = choose("card.txt")
    qtbot.keyClick(room.sheet, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "before"
    pane._copy_hash()
    assert clipboard.text() == pane.detail.evidence.sha256


def test_a_piece_asked_for_is_shown_whatever_the_filter(qtbot, window, room, kept, settle):
    room.bar.group.setCurrentIndex(room.bar.group.findData(EvidenceGroup.MAILS.value))
    qtbot.waitUntil(lambda: len(room.model.ids) == 1)
    window.desktop.ask(ShowEvidence(kept["crack.jpg"].evidence.id))
    qtbot.waitUntil(lambda: room.detail.detail.evidence.name == "crack.jpg")
    settle()
    assert room.bar.wanted == EvidenceFilter()


def test_the_palette_finds_evidence_by_its_words(qtbot, window, room, kept, settle):
    window.desktop.ask(FindAnything("please"))
    palette = dialog_of(window, CommandPalette)
    settle()
    qtbot.waitUntil(lambda: any("mail.eml" in row.title for row in palette._model.rows))
    palette.close()


def _drop(room, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    room.dropEvent(event)


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "new.txt"
    path.write_text("new words")
    return path


def _said(window):
    return [one.text() for notice in window.notices.shown for one in notice.findChildren(QLabel)]


def test_a_drop_is_added_to_the_chosen_case_and_to_none_unasked(
    qtbot, window, room, letter, settle
):
    _drop(room, letter)
    qtbot.waitUntil(lambda: any("Choose a case" in text for text in _said(window)))
    assert len(room.model.ids) == 4
    qtbot.waitUntil(lambda: room.bar.case.count() == 2)
    room.bar.case.setCurrentIndex(1)
    settle()
    _drop(room, letter)
    qtbot.waitUntil(lambda: len(room.model.ids) == 5)
    settle()
    assert letter.exists()


def test_what_is_refused_of_a_drop_is_told(qtbot, window, room, letter, settle):
    qtbot.waitUntil(lambda: room.bar.case.count() == 2)
    room.bar.case.setCurrentIndex(1)
    settle()
    link = letter.parent / "link.txt"
    link.symlink_to(letter)
    _drop(room, letter, link)
    qtbot.waitUntil(lambda: len(room.model.ids) == 5)
    settle()
    sheet = dialog_of(window, AddedSheet)
    told = [each.text() for each in sheet.findChildren(QLabel)]
    assert any("Not kept: link.txt" in text for text in told)
    sheet.close()
    with window.desktop.bridge.desk.store.snapshot() as rows:
        newest = rows.evidence.list()[-1]
        assert [each.way for each in rows.arrivals.of_evidence(newest.id)] == [Way.DROP]


def test_a_picture_is_pasted_into_the_chosen_case_and_words_stay_in_their_field(
    qtbot, window, room, settle
):
    qtbot.waitUntil(lambda: room.bar.case.count() == 2)
    room.bar.case.setCurrentIndex(1)
    settle()
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.yellow)
    QGuiApplication.clipboard().setImage(image)
    window.activateWindow()
    room.sheet.setFocus()
    qtbot.keyClick(room.sheet, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(room.model.ids) == 5)
    settle()
    QGuiApplication.clipboard().setText("crack")
    room.bar.field.setFocus()
    qtbot.keyClick(room.bar.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert room.bar.field.text() == "crack"
    with window.desktop.bridge.desk.store.snapshot() as rows:
        assert len(rows.evidence.list()) == 5


def test_a_long_name_of_a_linked_piece_does_not_widen_the_pane(full_desk, choose, kept):
    copy = redact_evidence(full_desk, kept["crack.jpg"].evidence.id, [Box(1, 0, 0, 0.5, 0.5)]).value
    long = dataclasses.replace(kept["crack.jpg"].evidence, name="a_very_long_name_" * 12 + ".jpg")
    pane = choose("crack.jpg")
    detail = evidence_detail(full_desk, copy)
    links = tuple(dataclasses.replace(each, evidence=long) for each in detail.links)
    assert links
    pane.set_detail(dataclasses.replace(detail, links=links))
    assert pane.widget().minimumSizeHint().width() <= pane.viewport().width()


def test_what_changes_while_another_room_is_seen_is_read_on_coming_back(
    qtbot, window, case, letter, settle
):
    room = window.room_view("evidence")
    window.show_room("orders")
    settle()
    room.bridge.run(add_evidence, case, [letter])
    settle()
    assert len(room.model.ids) == 4
    window.show_room("evidence")
    qtbot.waitUntil(lambda: len(room.model.ids) == 5)
    settle()


def test_a_bare_clock_is_not_taken_for_an_instant(kept, desk):
    at = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    photo = dataclasses.replace(kept["crack.jpg"].evidence, captured_at=at, captured_from="exif")
    assert captured_words(photo, ()) == "1 Mar 2026, 12:00, no zone told, by the camera"
    told = Arrival(1, photo.id, at, "user", Way.DROP, "crack.jpg", at, "exif", 180)
    assert captured_words(photo, (told,)) == "1 Mar 2026, 15:00 (UTC+03:00), by the camera"


def test_sizes_are_said_in_the_same_units_as_elsewhere_and_with_right_plurals():
    assert [size_words(size) for size in (1, 250, 10_700)] == ["1 byte", "250 bytes", "11 KB"]
    texts.set_language("ru")
    assert [size_words(size) for size in (1, 2, 250)] == ["1 байт", "2 байта", "250 байт"]
