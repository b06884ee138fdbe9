"""What is still to be captured, what the exhibits say, and stills: used as a person would."""

import datetime as dt
import subprocess

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QLabel

from disputedesk.desk.operations.cases import open_case
from disputedesk.desk.operations.evidence import add_evidence
from disputedesk.desk.operations.exhibits import set_exhibit
from disputedesk.desk.queries.cases import case_detail
from disputedesk.desk.queries.orders import find_order
from disputedesk.desk.queries.prompts import PromptState, prompts_for
from disputedesk.gui.cases.request_sheet import RequestSheet
from disputedesk.gui.cases.stills_sheet import StillsSheet
from disputedesk.gui.cases.whose_sheet import WhoseSheet
from disputedesk.gui.rooms import OpenCase
from disputedesk.media import stills
from disputedesk.model.problem import Problem
from tests.gui.stage import dialog_of, marked_up, nameless

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

RANT = (
    b"From: anna@example.org\nTo: help@example.org\nSubject: broken\n"
    b"Date: Fri, 04 Dec 2026 10:00:00 +0100\n\n"
    b"I paid 23.90 USD on 2 November 2026. I wrote to the seller on 03/04/2026.\n"
)


@pytest.fixture
def case(full_desk):
    """A jacket that came damaged; its case has no exhibit."""
    order = find_order(full_desk, "8123441190877777")
    return open_case(full_desk, order, problem=Problem.DAMAGED).value


@pytest.fixture
def show(case, make_window, settle, qtbot):
    """Opens the case's workspace as it stands on the desk."""

    def do():
        window = make_window("cases")
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.desktop.ask(OpenCase(case))
        settle()
        return window.room_view("cases").workspace

    return do


def row_of(space, name):
    return next(row for row in space.prompts.rows if row.view.id == name)


@pytest.fixture
def press(qtbot, settle):
    """Presses a button and waits until everything it began has been shown."""

    def do(button):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        settle()

    return do


def picture(path, colour=Qt.GlobalColor.red):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(colour)
    assert image.save(str(path), "PNG")
    return path


def states(desk, case):
    return {view.id: view.state for view in prompts_for(desk, case)}


def test_what_is_missing_is_named_and_unfolds_to_how_and_why(show, press):
    space = show()
    assert space.prompts.isVisible()
    row = row_of(space, "packaging")
    assert not row.more.isVisible()
    press(row.fold)
    assert row.more.isVisible()
    said = " ".join(one.text() for one in row.more.findChildren(type(space.prompts.count)))
    assert all(step in said for step in row.view.how)
    assert row.view.why in said
    assert row.view.until in said
    assert not nameless(space.prompts)
    assert not marked_up(space.prompts)


def test_what_only_helps_is_folded_away_until_it_is_asked_for(show, press):
    space = show()
    hidden = [row for row in space.prompts.rows if not row.isVisible()]
    assert hidden
    assert not any(row.view.must for row in hidden)
    more = next(b for b in space.prompts.findChildren(type(space.prompts.request))
                if "more would help" in b.text())  # fmt: skip
    press(more)
    assert all(row.isVisible() for row in space.prompts.rows)


def test_a_chosen_file_becomes_what_was_asked_for(full_desk, case, show, tmp_path, settle):
    space = show()
    row_of(space, "packaging")
    space.prompts._chosen_kind = "packaging"
    space.prompts.keep_files([str(picture(tmp_path / "IMG_1.png"))])
    settle()
    (exhibit,) = case_detail(full_desk, case).exhibits
    assert (exhibit.kind, exhibit.caption) == ("packaging", "Packaging")
    assert "packaging" not in {row.view.id for row in space.prompts.rows}


def test_a_pasted_screenshot_becomes_what_was_asked_for(full_desk, case, show, settle):
    space = show()
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.yellow)
    QGuiApplication.clipboard().setImage(image)
    row_of(space, "order_page").paste_wanted.emit()
    settle()
    (exhibit,) = case_detail(full_desk, case).exhibits
    assert exhibit.kind == "order_page"


def test_an_empty_clipboard_is_told(show, settle):
    space = show()
    QGuiApplication.clipboard().clear()
    row_of(space, "order_page").paste_wanted.emit()
    settle()
    (notice,) = space.window().desktop.notices.shown
    assert any("clipboard" in one.text() for one in notice.findChildren(QLabel))


def test_what_cannot_be_had_any_more_is_put_aside_and_taken_back(
    full_desk, case, show, settle, press
):
    space = show()
    press(row_of(space, "packaging").fold)
    row_of(space, "packaging").gone_wanted.emit()
    settle()
    assert "packaging" not in {row.view.id for row in space.prompts.rows}
    assert states(full_desk, case)["packaging"] is PromptState.GONE
    again = next(b for b in space.prompts.findChildren(type(space.prompts.request))
                 if b.text() == "Ask again")  # fmt: skip
    press(again)
    assert states(full_desk, case)["packaging"] is PromptState.OPEN


def test_another_case_begins_folded(full_desk, show, settle, press):
    space = show()
    press(row_of(space, "order_page").fold)
    other = find_order(full_desk, "302-1")
    case = open_case(full_desk, other, problem=Problem.DAMAGED).value
    space.window().desktop.ask(OpenCase(case))
    settle()
    assert not any(row.fold.isChecked() for row in space.prompts.rows)


def test_the_request_is_copied_in_either_language(show, settle, press):
    space = show()
    press(space.prompts.request)
    sheet = dialog_of(space.window(), RequestSheet)
    press(sheet.copy)
    assert "The packaging from all sides" in QGuiApplication.clipboard().text()
    sheet.language.setCurrentIndex(sheet.language.findData("ru"))
    sheet.language.activated.emit(sheet.language.currentIndex())
    settle()
    assert "Упаковка со всех сторон" in sheet.text.toPlainText()
    assert not nameless(sheet)
    sheet.reject()


def test_the_request_is_saved_as_it_was_changed(show, settle, tmp_path):
    space = show()
    space.acts.ask_for_missing()
    settle()
    sheet = dialog_of(space.window(), RequestSheet)
    sheet.text.setPlainText("Please, the label – спасибо.")
    sheet.save_to(str(tmp_path / "request.txt"))
    settle()
    assert (tmp_path / "request.txt").read_text("utf-8") == "Please, the label – спасибо."
    sheet.reject()


def test_what_the_exhibits_say_is_kept_only_when_somebody_says_so(
    full_desk, case, show, tmp_path, press
):
    mail = tmp_path / "rant.eml"
    mail.write_bytes(RANT)
    add_evidence(full_desk, case, [mail])
    before = case_detail(full_desk, case).order
    space = show()
    assert space.found.isVisible()
    assert case_detail(full_desk, case).order == before
    assert not nameless(space.found)
    paid = next(r for r in space.found.mentions if r.view.fact == "transaction_date")
    assert not paid.value.isVisible()
    press(paid.yes)
    with full_desk.store.snapshot() as rows:
        facts = {f.name: f.value for f in rows.facts.current(before.id, case)}
    assert facts["transaction_date"] == dt.date(2026, 11, 2)
    assert "transaction_date" not in {r.view.fact for r in space.found.mentions}


def test_a_day_that_can_be_read_two_ways_is_recorded_only_after_one_is_chosen(
    full_desk, case, show, tmp_path, press
):
    mail = tmp_path / "rant.eml"
    mail.write_bytes(RANT)
    add_evidence(full_desk, case, [mail])
    space = show()
    row = next(r for r in space.found.mentions if r.view.is_asked)
    assert not row.yes.isEnabled()
    press(row.yes)
    row.value.setCurrentIndex(1)
    assert row.yes.isEnabled()
    press(row.yes)
    order = case_detail(full_desk, case).order.id
    with full_desk.store.snapshot() as rows:
        facts = {f.name: f.value for f in rows.facts.current(order, case)}
    assert facts[row.view.fact] == row.view.values[1]


def test_all_suggested_kinds_are_taken_with_one_press_as_they_were_changed(
    full_desk, case, show, tmp_path, press
):
    names = {"serial plate.png": Qt.GlobalColor.red, "crack.png": Qt.GlobalColor.blue}
    add_evidence(full_desk, case, [picture(tmp_path / n, c) for n, c in names.items()])
    space = show()
    rows = {row.suggestion.exhibit.evidence.name: row for row in space.found.kinds}
    assert {name: row.chosen for name, row in rows.items()} == {
        "serial plate.png": "serial", "crack.png": "fault",
    }  # fmt: skip
    changed = rows["crack.png"]
    changed.kind.setCurrentIndex(changed.kind.findData("packaging"))
    press(space.found.all)
    kinds = {e.evidence.name: e.kind for e in case_detail(full_desk, case).exhibits}
    assert kinds == {"serial plate.png": "serial", "crack.png": "packaging"}
    assert not space.found.isVisible()


def test_no_to_a_suggestion_lasts(full_desk, case, show, tmp_path, press):
    add_evidence(full_desk, case, [picture(tmp_path / "crack.png")])
    space = show()
    press(space.found.kinds[0].no)
    assert not space.found.isVisible()
    assert case_detail(full_desk, case).exhibits[0].kind == "photo"


@pytest.fixture
def film(full_desk, case, tmp_path):
    if not stills.has_reader():
        pytest.skip("ffmpeg is not installed")
    path = tmp_path / "fault.mp4"
    subprocess.run(
        ["ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-f", "lavfi", "-i",
         "testsrc=size=64x48:rate=5:duration=4", str(path)],
        check=True, timeout=60,
    )  # fmt: skip
    (exhibit,) = add_evidence(full_desk, case, [path]).value
    return exhibit


def test_stills_are_chosen_from_a_strip_and_kept(full_desk, film, show, qtbot, press):
    space = show()
    assert space.exhibits.stills.isVisible()
    press(space.exhibits.stills)
    sheet = dialog_of(space.window(), StillsSheet)
    assert len(sheet.moments) == 6
    assert not sheet.accept_button.isEnabled()
    assert not nameless(sheet)
    sheet.at.setText("0:01")
    qtbot.keyClick(sheet.at, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(sheet.chosen))
    assert sheet.isVisible(), "Enter shows the moment, it does not close the sheet"
    assert sheet.chosen == (dt.timedelta(seconds=1),)
    press(next(iter(sheet.moments.values())))
    assert len(sheet.chosen) == 2
    press(sheet.accept_button)
    exhibits = case_detail(full_desk, space.detail.case.id).exhibits
    assert [each.kind for each in exhibits] == ["video", "photo", "photo"]


def test_a_wrong_moment_is_told_in_the_sheet(film, show, settle, press):
    space = show()
    press(space.exhibits.stills)
    sheet = dialog_of(space.window(), StillsSheet)
    sheet.at.setText("soon")
    sheet._look_once()
    assert "0:12" in sheet.note.text()
    sheet.at.setText("9:00")
    sheet._look_once()
    settle()
    assert "No picture" in sheet.note.text()
    sheet.reject()


def test_without_ffmpeg_the_sheet_says_what_to_do(film, show, monkeypatch, tmp_path, press):
    space = show()
    monkeypatch.setenv("PATH", str(tmp_path))
    press(space.exhibits.stills)
    sheet = dialog_of(space.window(), StillsSheet)
    assert "screenshot" in sheet.waiting.text()
    assert not sheet.accept_button.isEnabled()
    sheet.reject()


def test_only_films_offer_stills(full_desk, case, show, tmp_path):
    (one,) = add_evidence(full_desk, case, [picture(tmp_path / "a.png")]).value
    set_exhibit(full_desk, one, kind="packaging")
    assert not show().exhibits.stills.isVisible()


# -- pictures dropped beside the cases


def drop(target, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    ways = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    entering = QDragEnterEvent(QPoint(9, 9), *ways, Qt.KeyboardModifier.NoModifier)
    entering.ignore()
    target.dragEnterEvent(entering)
    if entering.isAccepted():
        target.dropEvent(QDropEvent(QPointF(9, 9), *ways, Qt.KeyboardModifier.NoModifier))
    return entering.isAccepted()


@pytest.fixture
def room(case, make_window):
    return make_window("cases").room_view("cases")


def test_dropped_pictures_go_to_the_case_that_one_of_them_names(
    full_desk, case, room, tmp_path, settle
):
    named = picture(tmp_path / "order 8123441190877777.png")
    other = picture(tmp_path / "IMG_2.png", Qt.GlobalColor.blue)
    assert drop(room, named, other)
    settle()
    sheet = dialog_of(room.window(), WhoseSheet)
    ((group, choice),) = sheet.groups
    assert (len(group.paths), choice.currentData()) == (2, int(case))
    assert not nameless(sheet)
    sheet.accept_button.click()
    settle()
    assert len(case_detail(full_desk, case).exhibits) == 2
    assert room.workspace.detail.case.id == case
    assert named.exists()


def test_pictures_that_name_nothing_wait_for_the_case_to_be_chosen(room, tmp_path, settle):
    assert drop(room, picture(tmp_path / "IMG_1.png"))
    settle()
    sheet = dialog_of(room.window(), WhoseSheet)
    assert not sheet.accept_button.isEnabled()
    sheet.groups[0][1].setCurrentIndex(0)
    assert sheet.accept_button.isEnabled()
    sheet.reject()


def test_mails_and_exports_still_go_to_the_import(room, tmp_path):
    mail = tmp_path / "a.eml"
    mail.write_bytes(RANT)
    assert not drop(room, mail)
