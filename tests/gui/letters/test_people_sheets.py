"""Whom letters are written for: details, mandates and letterheads, kept from the window."""

import io

import pytest
from PIL import Image

from disputedesk.desk.operations.agency import set_mandate
from disputedesk.desk.operations.cases import open_case
from disputedesk.desk.operations.evidence import add_files
from disputedesk.desk.operations.orders import NewOrder, add_order
from disputedesk.desk.operations.people import NewClient, set_client
from disputedesk.desk.queries.agency import letterheads, mandates
from disputedesk.desk.queries.cases import case_rows
from disputedesk.desk.queries.people import clients
from disputedesk.gui.buttons import ActButton
from disputedesk.gui.letters.mandate_sheet import LetterheadSheet, MandateSheet
from disputedesk.gui.letters.people_sheet import PeopleSheet
from disputedesk.gui.letters.write_mandate_sheet import WriteMandateSheet
from disputedesk.model.agency import Mandate
from disputedesk.model.money import Money
from disputedesk.model.problem import Problem
from tests.gui.stage import day, dialog_of, marked_up, nameless

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "propagateSizeHints")


@pytest.fixture
def people(full_desk, make_window, settle):
    other = set_client(full_desk, None, NewClient("Otto Other", country="DE")).value
    window = make_window("letters")
    window.room_view("letters").show_people()
    settle()
    sheet = dialog_of(window, PeopleSheet)
    sheet.person.setCurrentIndex(sheet.person.findData(int(other)))
    return window, sheet, other


def press(root, text):
    found = [one for one in root.findChildren(ActButton) if one.text() == text]
    assert found, text
    found[0].click()


def test_an_address_is_kept_and_a_card_number_in_it_is_not(people, full_desk, settle):
    _, sheet, other = people
    sheet.address.setPlainText("1 Long Lane 4111 1111 1111 1111\nTown")
    sheet.lines["email"].line.setText("otto@example.org")
    settle()
    sheet.accept()
    settle()
    kept = next(each for each in clients(full_desk) if each.id == other)
    assert kept.email == "otto@example.org"
    assert "1 Long Lane" in kept.address
    assert "4111 1111 1111 1111" not in kept.address


def test_a_mandate_is_added_shown_in_force_and_revoked(people, full_desk, settle):
    window, sheet, other = people
    assert nameless(sheet) == []
    assert marked_up(sheet) == []
    press(sheet, "Add a mandate…")
    form = dialog_of(window, MandateSheet)
    assert not form.accept_button.isEnabled()
    form.agent.line.setText("Helga Helper")
    form.signed.set_day(day(5))
    assert not form.accept_button.isEnabled()
    form.signed.set_day(day(-5))
    assert form.accept_button.isEnabled()
    assert nameless(form) == []
    form.accept()
    settle()
    settle()
    assert mandates(full_desk, other)[0].agent == "Helga Helper"
    press(sheet, "Revoked today")
    settle()
    assert not mandates(full_desk, other)[0].holds_on(day(0))


def test_a_letterhead_needs_a_name_and_somebody_who_signs(make_window, full_desk, settle):
    window = make_window("letters")
    window.room_view("letters").show_letterhead()
    settle()
    sheet = dialog_of(window, LetterheadSheet)
    assert not sheet.accept_button.isEnabled()
    sheet.lines["name"].line.setText("Office")
    assert not sheet.accept_button.isEnabled()
    sheet.lines["agent"].line.setText("Helga Helper")
    sheet.accept()
    settle()
    assert [(head.name, head.standard) for head in letterheads(full_desk)] == [("Office", True)]


@pytest.fixture
def helped(people, full_desk, tmp_path):
    """A client with an address and a case, whose mandate is drawn up but not signed."""
    window, sheet, other = people
    named = NewClient("Otto Other", country="DE", address="1 Long Lane\nTown")
    set_client(full_desk, other, named)
    order = add_order(full_desk, NewOrder("ebay", "77-1", "Kettle", "Pots", day(-60),
                                          Money(2000, "EUR"), client=other)).value  # fmt: skip
    case = open_case(full_desk, order, problem=Problem.NOT_RECEIVED).value
    mandate = set_mandate(full_desk, Mandate(0, other, "Helga Helper", "disputes",
                                             ends_on=day(90))).value  # fmt: skip
    out = io.BytesIO()
    Image.new("RGB", (60, 20), "navy").save(out, "PNG")
    path = tmp_path / "signed.png"
    path.write_bytes(out.getvalue())
    add_files(full_desk, case, [path])
    return window, sheet, other, case, mandate


def test_the_mandate_is_written_for_a_case_and_shown(helped, full_desk, settle):
    window, sheet, _other, case, _ = helped
    sheet.read()
    settle()
    press(sheet, "Write it to be signed…")
    settle()
    form = dialog_of(window, WriteMandateSheet)
    assert form.chosen.case == case
    assert form.accept_button.isEnabled(), form.missing.text()
    assert nameless(form) == []
    form.accept()
    settle()
    settle()
    assert form.document.form == "agent_mandate"
    assert form.pane.seen.pdf is not None
    assert not form.print.isHidden()
    assert marked_up(form) == []
    assert next(row for row in case_rows(full_desk) if row.id == case)
    form.reject()


def test_without_a_case_the_sheet_says_what_is_needed_first(people, full_desk, settle):
    window, sheet, other = people
    set_mandate(full_desk, Mandate(0, other, "Helga Helper", "disputes", ends_on=day(90)))
    settle()
    sheet.read()
    settle()
    press(sheet, "Write it to be signed…")
    settle()
    form = dialog_of(window, WriteMandateSheet)
    assert not form.accept_button.isEnabled()
    assert "no open case" in form.reason.text()
    form.reject()


def test_the_signed_paper_is_named_in_the_mandate(helped, full_desk, settle):
    window, sheet, other, _case, number = helped
    sheet.read()
    settle()
    press(sheet, "Change…")
    settle()
    form = dialog_of(window, MandateSheet)
    assert [form.paper.itemText(at) for at in range(form.paper.count())][1:]
    form.paper.setCurrentIndex(1)
    chosen = form.paper.currentData()
    form.signed.set_day(day(-5))
    form.accept()
    settle()
    settle()
    (kept,) = mandates(full_desk, other)
    assert kept.id == number
    assert kept.evidence == chosen


def test_a_letterhead_takes_a_picture_of_the_evidence(helped, make_window, full_desk, settle):
    window, sheet, *_ = helped
    sheet.reject()
    window.room_view("letters").show_letterhead()
    settle()
    form = dialog_of(window, LetterheadSheet)
    form.lines["name"].line.setText("Office")
    form.lines["agent"].line.setText("Helga Helper")
    form.logo.setCurrentIndex(form.logo.findText("signed.png"))
    assert nameless(form) == []
    chosen = form.logo.currentData()
    assert chosen is not None
    form.accept()
    settle()
    assert letterheads(full_desk)[0].logo == chosen
