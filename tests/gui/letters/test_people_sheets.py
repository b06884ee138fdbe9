"""Whom letters are written for: details, mandates and letterheads, kept from the window."""

import pytest

from disputedesk.desk.operations.people import NewClient, set_client
from disputedesk.desk.queries.agency import letterheads, mandates
from disputedesk.desk.queries.people import clients
from disputedesk.gui.buttons import ActButton
from disputedesk.gui.letters.mandate_sheet import LetterheadSheet, MandateSheet
from disputedesk.gui.letters.people_sheet import PeopleSheet
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
