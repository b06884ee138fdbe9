"""After an update the last days are computed anew, and the user is told which orders moved."""

import pytest
from PySide6.QtWidgets import QLabel

from disputedesk.common import locations
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.shell.rules_news import RulesNews
from tests.gui.stage import dialog_of, marked_up, nameless


@pytest.fixture
def updated(full_desk):
    """The desk as it is found by a program whose AliExpress rules are shorter by days."""
    text = locations.resources("packs", "aliexpress.toml").read_text("utf-8")
    (full_desk.folder / "packs").mkdir()
    path = full_desk.folder / "packs" / "aliexpress.toml"
    path.write_text(text.replace("days = 15", "days = 11"), encoding="utf-8")
    return full_desk


def words(root):
    return [label.text() for label in root.findChildren(QLabel)]


def test_what_the_rules_moved_is_told_and_shown(updated, make_window, bridge, settle, qtbot):
    window = make_window()
    news = RulesNews(bridge, window.notices, window)
    assert updated.rules_have_changed()
    news.look()
    settle()
    assert not updated.rules_have_changed()
    (notice,) = window.notices.shown
    assert any("of your orders moved" in text for text in words(notice))
    news.show_moves()
    settle()
    sheet = dialog_of(window, Sheet)
    assert any("→" in text for text in words(sheet))
    assert nameless(sheet) == []
    assert marked_up(sheet) == []
    sheet.close()


def test_nothing_is_said_where_nothing_moved(full_desk, make_window, bridge, settle):
    window = make_window()
    RulesNews(bridge, window.notices, window).look()
    settle()
    assert window.notices.shown == ()


def test_long_work_is_told_and_can_be_put_off(updated, make_window, bridge, settle, qtbot):
    window = make_window()
    news = RulesNews(bridge, window.notices, window)
    news.look()
    news._say_working()
    (notice,) = window.notices.shown
    news._progressed("Computing last days anew", 1, 3)
    assert any("1 of 3" in text for text in words(notice))
    settle()
    assert notice not in window.notices.shown
