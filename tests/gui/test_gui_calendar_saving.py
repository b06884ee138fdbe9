"""The calendar file from the File menu."""

import icalendar
from PySide6.QtWidgets import QFileDialog


def test_the_menu_asks_where_and_the_file_holds_the_clocks(
    qtbot, full_desk, make_window, settle, tmp_path
):
    window = make_window("today")
    (action,) = [each for each in window.menus.actions if "calendar file" in each.text()]
    action.trigger()
    (dialog,) = window.findChildren(QFileDialog)
    dialog.close()
    target = tmp_path / "closes.ics"
    window.calendar.save(str(target))
    qtbot.waitUntil(target.exists)
    settle()
    assert list(icalendar.Calendar.from_ical(target.read_bytes()).walk("VEVENT"))
