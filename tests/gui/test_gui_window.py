"""The window as a person meets it: rooms, keys, palette, settings, files, words."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from disputedesk.common import texts
from disputedesk.desk.operations.orders import NewOrder, add_order
from disputedesk.gui.places import Places
from disputedesk.gui.rooms import AddOrder, FindAnything, OpenOrder, ReviewFiles, ShowRoom
from disputedesk.gui.shell import papers
from disputedesk.gui.shell.palette import CommandPalette
from disputedesk.gui.shell.settings_dialog import SettingsDialog
from disputedesk.gui.theme import ThemeChoice, colours_of
from disputedesk.gui.tokens import DARK, LIGHT
from tests.gui.stage import TODAY, dialog_of, marked_up, nameless


@pytest.fixture
def window(full_desk, make_window):
    return make_window()


def everything(window):
    """Brings each room and each dialog into view, one after the other."""
    for key in window.room_keys:
        window.show_room(key)
        yield key
    for name, opens in {
        "settings": window.show_settings,
        "palette": lambda: window.desktop.ask(FindAnything("o")),
        "add an order": lambda: window.desktop.ask(AddOrder()),
        "about": lambda: papers.about_sheet(window._bridge.desk.folder, window).open(),
        "privacy": lambda: papers.privacy_sheet(window._bridge.desk.folder, window).open(),
        "keys": lambda: papers.keys_sheet(window.menus.all_actions, window).open(),
        "help": window._room_help,
    }.items():
        opens()
        yield name
        dialog_of(window).close()
    window.notices.say("Done", undo=lambda: None)
    window.notices.warn("Something", more="More", button="Go", pressed=lambda: None)
    yield "notices"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_control_has_a_name_and_no_label_reads_markup(
    full_desk, make_window, settle, language
):
    texts.set_language(language)
    window = make_window("orders")
    for name in everything(window):
        settle()
        assert nameless(window) == [], name
        assert marked_up(window) == [], name


def test_each_room_has_a_key_and_each_key_one_meaning(window, settle):
    keys = {}
    for name in window.room_keys:
        window.show_room(name)
        settle()
        for action in window.all_commands():
            for key in action.shortcuts():
                keys.setdefault(key.toString(), set()).add(action.text())
    assert {key: texts for key, texts in keys.items() if len(texts) > 1} == {}
    for key in ("Ctrl+1", "Ctrl+2", "Ctrl+K", "Ctrl+Q", "Ctrl+,", "Ctrl+Z", "F1", "Ctrl+N"):
        assert key in keys, key


def test_the_rooms_change_with_control_and_a_figure(qtbot, window, settle):
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.room_view("orders").isVisible()
    assert window.rail.buttons["orders"].isChecked()
    qtbot.mouseClick(window.rail.buttons["today"], Qt.MouseButton.LeftButton)
    assert window.room_view("today").isVisible()


def test_the_palette_finds_an_order_and_enter_opens_it(qtbot, window, settle):
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = dialog_of(window, CommandPalette)
    field = palette.findChild(QLineEdit)
    qtbot.keyClicks(field, "headph")
    qtbot.waitUntil(lambda: any("Headphones" in one.title for one in palette.found))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle()
    room = window.room_view("orders")
    qtbot.waitUntil(lambda: room.isVisible() and room.panel.detail is not None)
    qtbot.waitUntil(lambda: room.panel.detail.order.title == "Headphones")


def test_the_palette_reaches_a_command_by_its_words(qtbot, window):
    window.desktop.ask(FindAnything())
    palette = dialog_of(window, CommandPalette)
    field = palette.findChild(QLineEdit)
    qtbot.keyClicks(field, "privacy")
    assert [one.title for one in palette.found] == ["Privacy"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(d.windowTitle() == "Privacy" for d in window.findChildren(QDialog)))


def test_the_palette_says_when_it_finds_nothing(qtbot, window):
    window.desktop.ask(FindAnything("qqqqxx"))
    palette = dialog_of(window, CommandPalette)
    assert palette.found == ()
    assert "qqqqxx" in palette._none.text()
    qtbot.keyClick(palette, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_dark_takes_hold_at_once_and_is_kept(qtbot, window, settle, desk):
    window.show_settings()
    dialog = dialog_of(window, SettingsDialog)
    field = dialog.fields["theme"]
    field.setCurrentIndex(field.findData("dark"))
    field.activated.emit(field.currentIndex())
    settle()
    qtbot.waitUntil(lambda: colours_of(window) is DARK)
    assert desk.settings.get("theme") == "dark"
    window._theme.choose(ThemeChoice.LIGHT)
    assert colours_of(window) is LIGHT


def test_another_language_asks_for_a_new_window(qtbot, window, settle):
    window.show_settings()
    field = dialog_of(window, SettingsDialog).fields["language"]
    field.setCurrentIndex(field.findData("ru"))
    with qtbot.waitSignal(window.language_changed):
        field.activated.emit(field.currentIndex())


def test_an_act_is_taken_back_from_the_bar_and_from_the_menu(qtbot, window, settle, bridge, desk):
    room = window.room_view("orders")
    for take_back in ("bar", "menu"):
        bridge.run(add_order, NewOrder("amazon", f"9-{take_back}", "A lamp"))
        settle()
        assert len(room.model.ids) == 4
        if take_back == "bar":
            notice = window.notices.shown[-1]
            undo = next(
                b for b in notice.findChildren(type(room.panel.wrong)) if b.text() == "Undo"
            )
            qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
        else:
            qtbot.waitUntil(lambda: window.undo_action.text().startswith("Undo: "))
            window.undo_action.trigger()
        qtbot.waitUntil(lambda: len(room.model.ids) == 3)
        settle()


def _drop(window, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(400, 400), Qt.DropAction.CopyAction, mime,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    window.dropEvent(event)
    return event


def test_files_dropped_anywhere_are_handed_to_the_review(qtbot, window, tmp_path):
    asked = []
    window.desktop.answer(ReviewFiles, asked.append)
    event = _drop(window, tmp_path / "a.eml", tmp_path / "b.csv")
    assert event.isAccepted()
    assert asked == [], "a drop handler accepts first and works afterwards"
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [ReviewFiles((tmp_path / "a.eml", tmp_path / "b.csv"))]


def test_f1_explains_the_room_in_view(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert dialog_of(window).windowTitle() == "Today"


def test_the_window_remembers_where_it_was(full_desk, make_window, tmp_path):
    places = Places(tmp_path / "state")
    first = make_window("orders", size=(1111, 777), places=places)
    first.close()
    second = make_window.__wrapped__ if hasattr(make_window, "__wrapped__") else make_window
    again = second("today", size=(1280, 800), places=places)
    assert places.text_of("room") == "today"
    assert not places.bytes_of("geometry").isEmpty()
    again.close()


def test_a_narrow_window_folds_the_rail_and_a_wide_one_unfolds_it(full_desk, make_window):
    window = make_window(size=(780, 700))
    assert window.rail.is_folded
    assert window.rail.buttons["orders"].accessibleName() == "Orders"
    window.resize(1280, 800)
    assert not window.rail.is_folded


def test_the_number_in_the_rail_is_what_must_be_acted_on_today(window):
    view = window.room_view("today").view
    pressing = sum(row.group in ("overdue", "today") and not row.reserve for row in view.rows)
    assert window.rail.buttons["today"]._count == pressing


def test_the_focus_is_always_seen(qtbot, window, theme):
    from disputedesk.gui.focus import _Ring

    box = (
        window.room_view("today").add_button
        if hasattr(window.room_view("today"), "add_button")
        else window.rail.buttons["orders"]
    )
    box.setFocus()
    qtbot.waitUntil(lambda: any(r.isVisible() for r in window.findChildren(_Ring)))
    ring = next(r for r in window.findChildren(_Ring) if r.isVisible())
    outer = box.mapTo(window, QPoint(0, 0))
    assert ring.mapTo(window, QPoint(3, 3)) == outer
    window.room_view("today").list.setFocus()
    QApplication.sendPostedEvents(None, 0)
    assert not any(r.isVisible() for r in window.findChildren(_Ring))


def test_asking_for_a_room_gives_its_view(window):
    assert window.desktop.ask(ShowRoom("orders")) is window.room_view("orders")
    assert window.desktop.can(OpenOrder)


def test_quit_and_settings_have_keys_on_plain_linux(window):
    keys = {action.text(): action.shortcut() for action in window.menus.actions}
    assert keys["Quit"] == QKeySequence("Ctrl+Q")
    assert keys["Settings…"] == QKeySequence("Ctrl+,")


def test_a_new_day_is_told_and_shown(qtbot, window, desk, settle, bridge):
    import datetime as dt

    from disputedesk.common.clock import FixedClock

    tomorrow = TODAY + dt.timedelta(days=1)
    desk.clock = FixedClock.on(tomorrow)
    with qtbot.waitSignal(bridge.day_changed):
        bridge.look_at_clock()
    settle()
    qtbot.waitUntil(lambda: window.room_view("today").view.today == tomorrow)
    assert "7 December 2026" in window.room_view("today").head.second.text()
