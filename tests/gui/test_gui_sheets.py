"""Every sheet in a narrow window, in both languages: names, room for all words, keys that work."""

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QDialog, QLineEdit

from disputedesk.common import texts
from disputedesk.desk.operations.batches import make_batch
from disputedesk.desk.operations.papers import make_letter
from disputedesk.desk.queries.cases import case_detail, find_case
from disputedesk.desk.queries.people import clients
from disputedesk.gui.buttons import button
from disputedesk.gui.cases.documents_tab import DocumentSheet
from disputedesk.gui.dates import locale
from disputedesk.gui.letters.look_sheet import LookSheet
from disputedesk.gui.letters.mandate_sheet import MandateSheet
from disputedesk.gui.mail_sheet import MailSheet
from disputedesk.gui.posted_sheet import PostedSheet
from disputedesk.gui.sent_sheet import SentSheet, checks_before
from disputedesk.gui.sheet import Sheet
from disputedesk.model.agency import Mandate
from tests.gui.stage import faults_of_sheet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "propagateSizeHints")


CASE_SHEETS = {
    "LetterSheet", "OwnFormSheet", "PapersSheet", "SubmissionSheet", "FiledSheet", "SentSheet",
    "PrintSheet", "AnswerSheet", "CloseSheet", "ReplySheet", "RebuttalSentSheet", "CreditSheet",
    "BankFormSheet", "BundleSheet", "WaysSheet", "ProblemSheet",
}  # fmt: skip
EXPECTED = {"cases": CASE_SHEETS, "letters": {"BatchSheet", "PeopleSheet", "LetterheadSheet"}}


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
    assert seen >= EXPECTED[key]
    assert not faults, "\n".join(faults)


def sheets_of_a_paper(window, desk):
    """The sheets no scene of the rooms shows, each made when it is its turn."""
    desktop, case = window.desktop, find_case(desk, "1001")
    made = make_letter(desk, case, form="bank_chargeback", language="ru").value
    batch = make_batch(desk, [case], form="bank_chargeback").value
    detail = case_detail(desk, case)
    person = clients(desk)[0].id
    return (
        lambda: DocumentSheet(desktop, detail, made, window),
        lambda: MailSheet(desktop, made, window),
        lambda: PostedSheet(desktop, detail.exhibits, made, window),
        lambda: SentSheet(desktop, detail, window, document=made.id, checks=checks_before(detail)),
        lambda: LookSheet(desktop, batch, window),
        lambda: MandateSheet(desktop, Mandate(0, person, ""), window),
    )


def test_every_sheet_of_a_made_paper_is_whole_too(make_window, settle, desk, language):
    window = make_window("letters", size=(780, 560))
    faults = []
    for make in sheets_of_a_paper(window, desk):
        sheet = make()
        sheet.open()
        settle()
        settle()
        faults += [f"{type(sheet).__name__}: {fault}" for fault in faults_of_sheet(sheet)]
        settle()
    assert not faults, "\n".join(faults)


def test_enter_in_a_field_never_closes_a_sheet_without_a_verb(qtbot, theme):
    sheet = Sheet("Papers")
    qtbot.addWidget(sheet)
    field, press = QLineEdit(sheet), button("Prepare", parent=sheet)
    for one in (field, press):
        sheet.column.addWidget(one)
    sheet.show()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert sheet.isVisible()
    press.setFocus()
    with qtbot.waitSignal(press.clicked):
        qtbot.keyClick(press, Qt.Key.Key_Return)
    assert sheet.isVisible()
    sheet.cancel.setFocus()
    qtbot.keyClick(sheet.cancel, Qt.Key.Key_Return)
    assert not sheet.isVisible()


def test_tab_follows_what_is_seen_though_it_was_built_later(qtbot, theme):
    sheet = Sheet("Form", verb="Keep")
    qtbot.addWidget(sheet)
    second = QLineEdit(sheet)
    sheet.column.addWidget(second)
    first = QLineEdit(sheet)
    sheet.column.insertWidget(0, first)
    sheet.show()
    first.setFocus()
    stops = [first]
    for _ in range(3):
        sheet.focusNextPrevChild(True)
        stops.append(sheet.focusWidget())
    assert stops == [first, second, sheet.cancel, sheet.accept_button]
