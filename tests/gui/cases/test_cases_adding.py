"""Adding exhibits at the window: folders, words, mails, and what is told of those not kept."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QLabel

from disputedesk.desk.operations.evidence import Added, AddedLine, Came
from disputedesk.desk.queries.cases import case_rows
from disputedesk.gui.added_sheet import AddedSheet, needs_telling
from disputedesk.gui.adding import dropped, pasted
from disputedesk.model.evidence import Way
from tests.gui.stage import dialog_of, marked_up, nameless

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def space(qtbot, desk, full_desk, make_window, settle):
    window = make_window("cases")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.room_view("cases").open_case(case_rows(desk)[0].id)
    settle()
    return window.room_view("cases").workspace


def drop(space, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    space.dropEvent(
        QDropEvent(
            QPointF(40, 40), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip


def ways(desk, exhibits):
    with desk.store.snapshot() as rows:
        return [rows.arrivals.of_evidence(each.evidence.id)[0].way for each in exhibits]


def test_a_dropped_folder_brings_its_files_and_tells_what_it_left(
    qtbot, desk, space, tmp_path, settle
):
    folder = tmp_path / "Photos"
    folder.mkdir()
    for number in (10, 2):
        (folder / f"IMG_{number}.txt").write_text(str(number), encoding="utf-8")
    (folder / "link.txt").symlink_to(folder / "IMG_2.txt")
    drop(space, folder)
    qtbot.waitUntil(lambda: len(space.detail.exhibits) == 2)
    settle()
    exhibits = space.detail.exhibits
    assert [each.evidence.name for each in exhibits] == ["IMG_2.txt", "IMG_10.txt"]
    assert ways(desk, exhibits) == [Way.DROP, Way.DROP]
    sheet = dialog_of(space.window(), AddedSheet)
    shown = " ".join(each.text() for each in sheet.findChildren(QLabel))
    assert "Not kept: link.txt" in shown
    assert "Choose the file itself." in shown
    assert (nameless(sheet), marked_up(sheet)) == ([], [])
    sheet.close()


def test_what_was_all_new_needs_no_sheet(qtbot, space, tmp_path, settle):
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    drop(space, tmp_path / "a.txt")
    qtbot.waitUntil(lambda: len(space.detail.exhibits) == 1)
    settle()
    assert not [each for each in space.window().findChildren(AddedSheet) if each.isVisible()]


def test_copied_words_are_pasted_as_an_exhibit(qtbot, desk, space, settle):
    QGuiApplication.clipboard().setText("Seller: it left on Monday.\nMe: it did not.")
    space.setFocus()
    qtbot.keyClick(space, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(space.detail.exhibits) == 1)
    settle()
    (exhibit,) = space.detail.exhibits
    assert desk.vault.read(exhibit.evidence.sha256).startswith(b"Seller: it left on Monday.\n")
    assert exhibit.evidence.name == "Pasted text.txt"
    assert ways(desk, [exhibit]) == [Way.PASTE]


def test_the_clipboard_is_files_before_a_picture_before_words(tmp_path):
    data = QMimeData()
    data.setText("hello")
    assert pasted(data).sources == ("hello",)
    assert not dropped(data)
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    data.setImageData(image)
    assert isinstance(pasted(data).sources[0], QImage)
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a b.txt"))])
    assert pasted(data).sources == dropped(data).sources == (tmp_path / "a b.txt",)


def test_names_of_files_that_were_copied_as_text_are_files(tmp_path):
    data = QMimeData()
    data.setText(f"{QUrl.fromLocalFile(str(tmp_path / 'a b.txt')).toString(QUrl.FullyEncoded)}\n")
    assert pasted(data).sources == (tmp_path / "a b.txt",)


def test_a_file_on_another_machine_is_not_fetched():
    data = QMimeData()
    data.setUrls([QUrl("file://server/share/a.jpg"), QUrl("https://shop.example/a.jpg")])
    assert not dropped(data)


def test_nothing_but_spaces_is_nothing_to_keep():
    data = QMimeData()
    data.setText(" \n")
    assert not pasted(data)


def test_a_long_list_is_cut_and_the_refused_stand_first(qtbot, space):
    lines = [AddedLine(f"{n}.txt", Came.KNOWN, None, n) for n in range(1, 140)]
    lines.append(AddedLine("bad.txt", Came.REFUSED, why="It is a link.", remedy="Choose it."))
    added = Added(tuple(lines))
    assert needs_telling(added)
    sheet = AddedSheet(added, space.window())
    qtbot.addWidget(sheet)
    shown = [each.text() for each in sheet.findChildren(QLabel)]
    assert "… and 40 more" in shown
    assert next(text for text in shown if ".txt" in text).endswith("Not kept: bad.txt")
