"""A number that must not leave is told in the case, and can be hidden or settled from there."""

import dataclasses

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QPushButton

from disputedesk.desk.operations.evidence import add_evidence
from disputedesk.desk.operations.reading import read_new_evidence
from disputedesk.desk.queries.suspicions import suspicions_of
from disputedesk.gui.cases.hidden_numbers import HiddenNumbers
from disputedesk.gui.rooms import OpenCase, RedactEvidence
from disputedesk.model.ids import CaseId
from tests.gui.stage import marked_up, nameless
from tests.unit.media import samples

PAN = "4111 1111 1111 1111"


class Hider(QObject):
    """Stands for the sheet on which parts are hidden."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def hide(self, request):
        self.asked.append(request)


@pytest.fixture
def shown(full_desk, make_window, settle, tmp_path):
    """The lines of a case with a page and a text that show a number, and who hides."""
    case = CaseId(1)
    page, text = tmp_path / "pay.pdf", tmp_path / "note.txt"
    page.write_bytes(samples.pdf(f"Card {PAN}"))
    text.write_text(f"CVV 123, {PAN}")
    add_evidence(full_desk, case, [page, text])
    read_new_evidence(full_desk, pictures=False)
    window = make_window("cases")
    hider = Hider()
    window.desktop.answer(RedactEvidence, hider.hide)
    window.desktop.ask(OpenCase(case))
    settle()
    (lines,) = window.findChildren(HiddenNumbers)
    return lines, hider


def buttons(lines, text):
    return [each for each in lines.findChildren(QPushButton)
            if each.text() == text and each.isVisibleTo(lines)]  # fmt: skip


def test_each_number_is_a_plain_line_and_nothing_shows_it(shown):
    lines, _ = shown
    assert lines.isVisibleTo(lines.parentWidget())
    said = [each.text() for each in lines.findChildren(QLabel) if each.isVisibleTo(lines)]
    assert said[0] == (
        "Exhibit 1: a card number can be read on page 1 (•••• 1111); hide it before it leaves."
    )
    assert len(said) == 3
    assert not any("4111" in text for text in said)
    assert nameless(lines) == []
    assert marked_up(lines) == []


def test_hiding_is_offered_wherever_a_copy_can_be_made_and_asks_for_the_sheet(shown, qtbot):
    lines, hider = shown
    page, text, _ = buttons(lines, "Hide it…")
    page.click()
    text.click()
    asked = [RedactEvidence(each.hidden_in) for each in lines.lines[:2]]
    assert hider.asked == asked
    assert asked[0] != asked[1]


def test_a_film_offers_no_hiding(shown, qtbot):
    lines, _ = shown
    film = dataclasses.replace(lines.lines[0], media_type="video/mp4")
    lines.show_found((film,))
    qtbot.waitUntil(lambda: len(buttons(lines, "Not a secret")) == 1)
    assert buttons(lines, "Hide it…") == []


def test_what_is_said_to_be_no_secret_goes_and_undo_brings_it_back(shown, bridge, settle):
    from disputedesk.desk.operations.undo import undo

    lines, _ = shown
    buttons(lines, "Not a secret")[0].click()
    settle()
    assert [each.number for each in lines.lines] == [2, 2]
    bridge.run(undo)
    settle()
    assert [each.number for each in lines.lines] == [1, 2, 2]


def test_a_case_without_such_numbers_shows_no_line(full_desk, make_window, settle):
    window = make_window("cases")
    window.desktop.ask(OpenCase(CaseId(1)))
    settle()
    (lines,) = window.findChildren(HiddenNumbers)
    assert lines.lines == ()
    assert not lines.isVisibleTo(lines.parentWidget())
    assert suspicions_of(full_desk, CaseId(1)) == ()
