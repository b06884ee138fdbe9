"""What the exhibits say of what goes out, and the sheets that save and export it."""

import zipfile

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from disputedesk.desk.operations.evidence import add_evidence
from disputedesk.desk.operations.exhibits import set_exhibit
from disputedesk.desk.operations.exporting import check_export
from disputedesk.gui.cases.exhibit_strip import chip_of, spoken
from disputedesk.gui.cases.export_sheet import ExportSheet
from disputedesk.gui.rooms import ActOnCase, CaseAct, OpenCase
from disputedesk.gui.saving import CopySheet
from disputedesk.media.redaction_boxes import Box
from disputedesk.model.ids import CaseId
from tests.gui.stage import dialog_of, marked_up, nameless
from tests.helpers.redacting import redact_evidence

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "propagateSizeHints")

CASE = CaseId(1)


@pytest.fixture
def kept(full_desk, tmp_path):
    """A picture as it is, one with a redacted copy, and one that was withdrawn."""
    names = ("plain.png", "label.png", "wrong.png")
    for at, name in enumerate(names):
        Image.new("RGB", (120, 90), (60 * at, 90, 120)).save(tmp_path / name)
    _, label, wrong = add_evidence(full_desk, CASE, [tmp_path / name for name in names]).value
    set_exhibit(full_desk, label, caption="The label")
    with full_desk.store.snapshot() as rows:
        original = rows.exhibits.get(label).evidence
    redact_evidence(full_desk, original.id, [Box(1, 0.1, 0.1, 0.5, 0.5)])
    with full_desk.transaction("test") as change:
        change.rows.exhibits.place(wrong, section="", withdrawn_at=full_desk.clock.now())
    with full_desk.store.snapshot() as rows:
        return {each.evidence.name: each for each in rows.exhibits.list(CASE)}


@pytest.fixture
def window(kept, make_window, settle):
    made = make_window("cases")
    made.desktop.ask(OpenCase(CASE))
    settle()
    return made


@pytest.fixture
def card(window):
    return window.room_view("cases").workspace.exhibits


def words_in(sheet):
    return [each.text() for each in sheet.findChildren(QLabel) if each.isVisibleTo(sheet)]


def test_each_thumbnail_says_what_goes_out_of_it(kept):
    plain, label, wrong = (kept[name] for name in ("plain.png", "label.png", "wrong.png"))
    assert chip_of(plain, alarming=False) is None
    assert chip_of(label, alarming=False).text == "redacted"
    assert chip_of(label, alarming=True).text == "shows a number"
    assert chip_of(wrong, alarming=True).text == "withdrawn"
    assert "a redacted copy goes out in its place" in spoken(label)
    assert "withdrawn: it was sent before" in spoken(wrong)


def test_the_chosen_exhibit_says_it_in_a_sentence_and_the_count_leaves_out_the_withdrawn(
    card, kept
):
    assert card.count.text() == "in printing order · 2 · 1 withdrawn"
    assert not card.note.isVisible()
    card.strip.choose(kept["label.png"])
    assert card.note.text().startswith("A redacted copy goes out in its place")
    card.strip.choose(kept["wrong.png"])
    assert card.note.text().startswith("Withdrawn: it was sent before")


def test_rare_acts_wait_behind_one_button_with_their_keys(card, kept, settle):
    card.strip.choose(kept["plain.png"])
    card.menu.aboutToShow.emit()
    acts = {act.text().split("\t")[0]: act for act in card.menu.actions() if act.text()}
    assert [*acts] == [
        "Save a copy…", "See it in Evidence", "Move forward", "Move back", "Take it out",
    ]  # fmt: skip
    assert "Del" in acts["Take it out"].text()
    assert not acts["Move forward"].isEnabled()
    acts["Move back"].trigger()
    settle()
    assert [each.evidence.name for each in card.strip.exhibits.rows[:2]] == [
        "label.png", "plain.png",
    ]  # fmt: skip
    card.strip.choose(kept["wrong.png"])
    card.menu.aboutToShow.emit()
    assert not card.menu.actions()[-1].isEnabled()


@pytest.fixture
def saved(card, tmp_path, settle, monkeypatch):
    """Saves an exhibit and gives the bytes of the file; where there are two, `press` says which."""

    def save(exhibit, press=None):
        target = tmp_path / "saved"
        monkeypatch.setattr(QFileDialog, "open", lambda self: self.fileSelected.emit(str(target)))
        card.strip.choose(exhibit)
        card.save()
        if press is not None:
            press()
        settle()
        return target.read_bytes()

    return save


@pytest.mark.parametrize("which", ["copy", "original"])
def test_saving_offers_the_redacted_copy_first_and_says_what_the_original_is(
    qtbot, window, kept, saved, which
):
    def press():
        sheet = dialog_of(window, CopySheet)
        assert sheet.copy.isDefault()
        assert any("it is for you alone" in text for text in words_in(sheet))
        assert (nameless(sheet), marked_up(sheet)) == ([], [])
        qtbot.mouseClick(getattr(sheet, which), Qt.MouseButton.LeftButton)

    exhibit = kept["label.png"]
    wanted = exhibit.copy if which == "copy" else exhibit.evidence
    assert saved(exhibit, press) == window.desktop.bridge.desk.vault.read(wanted.sha256)


def test_what_has_no_copy_is_saved_without_a_question(kept, saved):
    assert saved(kept["plain.png"]).startswith(b"\x89PNG")


@pytest.mark.parametrize("as_zip", [False, True])
def test_the_evidence_is_exported_and_the_sheet_says_where_it_is(
    window, kept, tmp_path, settle, as_zip
):
    window.desktop.ask(ActOnCase(CaseAct.EXPORT))
    sheet = dialog_of(window, ExportSheet)
    assert (nameless(sheet), marked_up(sheet)) == ([], [])
    assert "1 exhibit goes out as its redacted copy; the original stays here." in words_in(sheet)
    assert "1 withdrawn exhibit stays here." in words_in(sheet)
    sheet.zip.setChecked(as_zip)
    target = tmp_path / ("out.zip" if as_zip else "out")
    sheet.export_to(str(target))
    settle()
    assert zipfile.is_zipfile(target) if as_zip else target.is_dir()
    assert check_export(target) == ()
    assert f"2 exhibits are in {target.name}." in words_in(sheet)
    assert any(sheet.made.manifest_sha256 in text for text in words_in(sheet))
    assert sheet.open_folder.isVisible()
    assert not sheet.export.isVisible()


def test_a_case_without_exhibits_says_why_nothing_can_be_exported(full_desk, make_window, settle):
    window = make_window("cases")
    window.desktop.ask(OpenCase(CASE))
    settle()
    window.desktop.ask(ActOnCase(CaseAct.EXPORT))
    sheet = dialog_of(window, ExportSheet)
    assert not sheet.export.isEnabled()
    assert "Add some to the case first." in sheet.reason.text()
