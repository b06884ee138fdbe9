"""Every sheet in a narrow window, in both languages: names, room for all words, keys that work."""

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDialog

from disputedesk.common import texts
from disputedesk.gui.dates import locale
from tests.gui.stage import faults_of_sheet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "propagateSizeHints")


@pytest.fixture
def desk(sample_desk):
    """Cases at every stage."""
    return sample_desk


@pytest.fixture(params=["en", "ru"])
def language(request):
    before = QLocale()
    texts.set_language(request.param)
    QLocale.setDefault(locale())
    yield request.param
    QLocale.setDefault(before)


@pytest.mark.parametrize("key", ["cases", "letters"])
def test_every_sheet_is_whole_and_worked_by_keys_in_a_narrow_window(
    make_window, settle, language, key
):
    window = make_window(key, size=(780, 560))
    faults, seen = [], set()
    for name, prepare in window.room_view(key).scenes():
        prepare()
        settle()
        settle()
        for sheet in window.findChildren(QDialog):
            if sheet.isVisible():
                seen.add(type(sheet).__name__)
                told = faults_of_sheet(sheet)
                faults += [f"{name} {type(sheet).__name__}: {fault}" for fault in told]
        settle()
    print("SEEN", seen)
    assert not faults, "\n".join(faults)
