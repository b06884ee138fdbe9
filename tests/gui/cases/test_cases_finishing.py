"""A letter finished and sent from the screen: envelope, copies, mail, print job, posting."""

import email
import email.policy

import pypdfium2
import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QPushButton

from disputedesk.desk.operations.papers import make_letter
from disputedesk.desk.queries.cases import case_detail, find_case
from disputedesk.desk.queries.postings import postings_of
from disputedesk.gui.cases.documents_tab import DocumentSheet
from disputedesk.gui.cases.letter_sheet import LetterSheet
from disputedesk.gui.mail_sheet import MailSheet
from disputedesk.gui.pdf_pages import measure
from disputedesk.gui.posted_sheet import PostedSheet
from disputedesk.gui.print_sheet import PrintSheet, printable_papers
from disputedesk.gui.rooms import OpenCase
from disputedesk.gui.saving import print_pages, printer_for
from disputedesk.gui.sent_sheet import SentSheet
from disputedesk.model.case import DocumentKind
from disputedesk.model.posting import PostingWay
from tests.gui.stage import dialog_of, marked_up, nameless

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "propagateSizeHints")


@pytest.fixture
def desk(sample_desk):
    """The sample desk: a case that lacks nothing for its letter."""
    return sample_desk


@pytest.fixture
def case(desk):
    return find_case(desk, "1001")


@pytest.fixture
def space(desk, case, make_window, settle):
    window = make_window("cases")
    window.desktop.ask(OpenCase(case))
    settle()
    return window.room_view("cases").workspace


@pytest.fixture
def sheet(space, settle):
    space.acts.prepare(next(p for p in space.detail.papers if p.form == "bank_chargeback"))
    settle()
    return dialog_of(space.window(), LetterSheet)


@pytest.fixture
def letters(desk, case):
    return [
        make_letter(desk, case, form="bank_chargeback", language=language).value
        for language in ("en", "ru")
    ]


def words_of(pdf):
    document = pypdfium2.PdfDocument(pdf.data)
    texts = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return texts


def test_another_envelope_is_another_letter_at_once(sheet, settle):
    settle()
    before = sheet._pdf.sizes[0]
    choice = sheet.finish.layout_choice
    choice.setCurrentIndex(choice.findData("us_10"))
    choice.activated.emit(choice.currentIndex())
    settle()
    assert sheet._pdf.sizes[0] != before
    assert "test sheet" not in sheet.finish.note.text()
    choice.setCurrentIndex(choice.findData("uk_dl"))
    choice.activated.emit(choice.currentIndex())
    assert "test sheet" in sheet.finish.note.text()
    settle()


def test_copies_and_delivery_note_are_printed_as_they_are_typed(qtbot, sheet, settle):
    assert nameless(sheet) == []
    assert marked_up(sheet) == []
    sheet.finish.more.setChecked(True)
    qtbot.keyClicks(sheet.finish.copies.line, "Ombudsman; The shop")
    qtbot.keyClicks(sheet.finish.delivery.line, "By fax")
    qtbot.waitUntil(lambda: "Ombudsman; The shop" in words_of(sheet._pdf), timeout=5000)
    settle()
    assert "By fax" in words_of(sheet._pdf)


def test_the_test_sheet_is_saved_for_the_envelope_that_is_chosen(sheet, settle, tmp_path):
    choice = sheet.finish.layout_choice
    choice.setCurrentIndex(choice.findData("din_a"))
    sheet.finish._save_test(str(tmp_path / "t.pdf"))
    settle()
    assert "form A" in words_of(measure(tmp_path / "t.pdf"))


def test_the_mail_is_seen_saved_and_opened_but_never_sent(
    space, letters, settle, tmp_path, monkeypatch
):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    mail = MailSheet(space._desktop, letters[0], space.window())
    mail.open()
    settle()
    assert nameless(mail) == []
    assert mail.save.isEnabled()
    assert letters[0].name in mail.attached.text()
    mail.to.line.setText("disputes@bank.example")
    mail._opens = True
    path = tmp_path / "draft.eml"
    mail.save_to(str(path))
    settle()
    settle()
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert message["To"].addresses[0].addr_spec == "disputes@bank.example"
    assert [url.toLocalFile() for url in opened] == [str(path)]
    assert postings_of(space._desktop.bridge.desk, letters[0].id) == ()


def test_a_wrong_address_leaves_the_sheet_open_and_no_file(space, letters, settle, tmp_path):
    mail = MailSheet(space._desktop, letters[0], space.window())
    mail.open()
    settle()
    mail.to.line.setText("a@b.example, c@d.example")
    mail.save_to(str(tmp_path / "draft.eml"))
    settle()
    assert not (tmp_path / "draft.eml").exists()
    assert mail.isVisible()
    mail.reject()


def test_what_is_called_sent_is_kept_with_way_and_number(qtbot, space, letters, settle):
    detail = space.detail
    sent = SentSheet(space._desktop, detail, space.window(), document=letters[0].id)
    sent.open()
    assert nameless(sent) == []
    sent.posting.way.setCurrentIndex(sent.posting.way.findData("registered"))
    qtbot.keyClicks(sent.posting.tracking.line, "RR1")
    sent.accept()
    settle()
    settle()
    (kept,) = postings_of(space._desktop.bridge.desk, letters[0].id)
    assert (kept.way, kept.tracking) == (PostingWay.REGISTERED, "RR1")
    assert kept.filing is not None


def test_a_paper_that_went_out_tells_how_and_can_go_out_again(qtbot, space, letters, settle):
    settle()
    detail, window = space.detail, space.window()
    again = PostedSheet(space._desktop, detail.exhibits, letters[1], window)
    again.open()
    assert nameless(again) == []
    assert again.accept_button.isEnabled()
    again.accept()
    settle()
    settle()
    document = next(d for d in space.detail.documents if d.id == letters[1].id)
    shown = DocumentSheet(space._desktop, space.detail, document, window)
    shown.open()
    settle()
    assert "by post" in shown.went.text()
    assert shown.sent.text() == "It went out again…"
    shown.reject()


def test_several_papers_are_one_print_job(qtbot, space, letters, settle, tmp_path):
    detail = case_detail(space._desktop.bridge.desk, space.detail.case.id)
    offered = printable_papers(detail.documents)
    chooser = PrintSheet(space._desktop, offered, detail.title, space.window())
    chooser.open()
    assert nameless(chooser) == []
    papers = [d for d in detail.documents if d.kind is not DocumentKind.SUBMISSION]
    assert len(chooser.boxes) == len(papers)
    words = [each.text() for each in chooser.findChildren(QLabel)]
    assert any("100 %" in text for text in words)
    chooser.save_to(str(tmp_path / "all.pdf"))
    settle()
    assert measure(tmp_path / "all.pdf").pages == sum(d.pages + 1 for d in letters)
    for box in chooser.boxes.values():
        box.setChecked(False)
    assert not chooser.accept_button.isEnabled()
    chooser.reject()


def test_a_page_is_printed_at_its_own_size(space, letters, desk, tmp_path):
    pdf = measure(desk.vault.read(letters[0].sha256))
    printer = printer_for(pdf, "A letter")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    print_pages(desk, pdf, printer)
    first = [edges(pdf.data), edges((tmp_path / "printed.pdf").read_bytes())]
    for mine, printed in zip(*first, strict=True):
        assert printed == pytest.approx(mine, abs=3), "a third of a millimetre at 200 to the inch"


def edges(data):
    """Where the ink of the first page begins and ends, in points of 200 to the inch."""
    document = pypdfium2.PdfDocument(data)
    image = document[0].render(scale=200 / 72, grayscale=True).to_pil()
    document.close()
    return image.point(lambda value: 255 * (value < 128)).getbbox()


def test_the_print_button_appears_with_the_second_paper(space, letters, qtbot):
    space.documents.set_detail(case_detail(space._desktop.bridge.desk, space.detail.case.id))
    (press,) = [b for b in space.documents.findChildren(QPushButton)
                if b.text() == "Print several…"]  # fmt: skip
    with qtbot.waitSignal(space.documents.print_wanted):
        press.click()
    dialog_of(space.window(), PrintSheet).reject()
