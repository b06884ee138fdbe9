"""The bank's own form from its first coming to the sealed paper: mapped once, filled anew."""

import json
import shutil
import subprocess

import pytest

from disputedesk.cli.main import main
from disputedesk.common.errors import MissingFacts, NotFound, Refused
from disputedesk.desk.operations.answers import answer_question
from disputedesk.desk.operations.bank_forms import (
    add_bank_form,
    fill_bank_form,
    map_fields,
    set_fields,
)
from disputedesk.desk.operations.care import verify
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries.bank_forms import bank_form_view, bank_forms, draft_bank_form
from disputedesk.desk.queries.cases import case_detail, find_case
from disputedesk.desk.queries.papers import document_bytes
from disputedesk.model.bank_form import BankField, BankFormKind
from disputedesk.papers.bankform.filled import SpotState
from tests.flows.conftest import TODAY
from tests.unit.papers.bankform.forms import MULTI_LINE, READ_ONLY, REQUIRED, Paper


def a_form(title="", **more):
    """A dispute form: who, when, how much, four reasons to tick, a story, a signature."""
    paper = Paper()
    paper.pdf.docinfo["/Title"] = title
    paper.text("holder", TU="Cardholder name")
    paper.text("card", rect=(320, 700, 500, 720), TU="Card number")
    paper.text("day", rect=(100, 660, 300, 680), TU="Transaction date (DD/MM/YYYY)")
    paper.text("sum", rect=(320, 660, 500, 680), TU="Disputed amount", **more)
    for at, text in enumerate(
        ("Goods not received", "Goods not as described", "Charged twice", "I did not authorise it")
    ):
        paper.tick(f"r{at}", rect=(100, 620 - 20 * at, 112, 632 - 20 * at), TU=text)
    paper.text("story", rect=(100, 300, 500, 500), TU="Describe what happened", Ff=MULTI_LINE)
    paper.text("sign", rect=(100, 200, 300, 220), TU="Signature")
    return paper.data()


@pytest.fixture
def kept(tmp_path):
    def write(data=None, name="dispute form.pdf"):
        path = tmp_path / name
        path.write_bytes(a_form() if data is None else data)
        return path

    return write


def place(view, name):
    return next(each for each in view.places if each.kept.name == name)


def spots(filled):
    return {spot.place.kept.name: spot for spot in filled.spots}


def test_plain_questions_end_in_the_reason_and_the_box_to_tick(sample, kept, tmp_path):
    """Story 8: the bank's form wants a reason; the problem told in plain words ticks its box."""
    case = find_case(sample, "1001")
    form = add_bank_form(sample, kept(), issuer="Beispielbank").value
    came = spots(draft_bank_form(sample, form.id, case))
    assert came["holder"].text == "Anna Weber"
    assert came["day"].text.count("/") == 2
    assert [came[f"r{at}"].state for at in range(4)] == [
        SpotState.TICKED, SpotState.EMPTY, SpotState.EMPTY, SpotState.EMPTY
    ]  # fmt: skip
    assert came["card"].state is came["sign"].state is SpotState.BY_HAND
    document = fill_bank_form(sample, case, form.id).value
    assert (document.form, document.kind) == (f"bankform:{form.id}", "letter")
    assert document in case_detail(sample, case).documents
    made = document_bytes(sample, document.id)
    assert made == draft_bank_form(sample, form.id, case).data
    if shutil.which("pdftotext"):
        path = tmp_path / "made.pdf"
        path.write_bytes(made)
        told = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
        assert "Anna Weber" in told.stdout


def test_another_problem_ticks_another_box(sample, kept):
    case = find_case(sample, "1001")
    form = add_bank_form(sample, kept()).value
    answer_question(sample, case, "problem", "duplicate_charge")
    came = spots(draft_bank_form(sample, form.id, case))
    ticked = [name for name, spot in came.items() if spot.state is SpotState.TICKED]
    assert ticked == ["r2"]


def test_the_same_bytes_come_once_and_the_same_form_with_new_bytes_is_recognised(sample, kept):
    first = add_bank_form(sample, kept(), issuer="Halden").value
    assert add_bank_form(sample, kept(), name="again").value == first
    holder = place(bank_form_view(sample, first.id), "holder").kept
    map_fields(sample, first.id, {holder.id: "=A. Weber"})
    new = add_bank_form(sample, kept(a_form("another print"), "new.pdf"))
    assert new.value.id != first.id
    assert "those of dispute form" in new.said
    assert new.value.issuer == "Halden"
    assert place(bank_form_view(sample, new.value.id), "holder").kept.source == "=A. Weber"


def test_the_form_of_the_card_s_bank_is_offered_first(sample, kept):
    case = find_case(sample, "1001")
    own = add_bank_form(sample, kept(), issuer="beispielbank").value
    paper = Paper()
    paper.text("x")
    other = add_bank_form(sample, kept(paper.data(), "o.pdf"), issuer="Other Bank").value
    assert [(row.form.id, row.fits) for row in bank_forms(sample, case)] == [
        (own.id, True), (other.id, False)
    ]  # fmt: skip


def test_what_the_bank_demands_and_nobody_knows_is_asked(sample, kept):
    case = find_case(sample, "1001")
    form = add_bank_form(sample, kept(a_form(Ff=REQUIRED))).value
    amount = place(bank_form_view(sample, form.id), "sum").kept
    map_fields(sample, form.id, {amount.id: "return_tracking"})
    with pytest.raises(MissingFacts) as caught:
        fill_bank_form(sample, case, form.id)
    assert caught.value.names == ("return_tracking",)
    assert caught.value.remedy.endswith(")") or "?" in caught.value.remedy


def test_a_value_that_is_too_long_stops_the_form_and_names_its_place(sample, kept):
    case = find_case(sample, "1001")
    form = add_bank_form(sample, kept()).value
    holder = place(bank_form_view(sample, form.id), "holder").kept
    map_fields(sample, form.id, {holder.id: "=" + "long words " * 40})
    with pytest.raises(Refused, match="Too long") as caught:
        fill_bank_form(sample, case, form.id)
    assert caught.value.where == "Cardholder name"


def test_mapping_and_adding_are_taken_back(sample, kept):
    form = add_bank_form(sample, kept()).value
    view = bank_form_view(sample, form.id)
    before = [each.kept for each in view.places]
    extra = BankField(0, form.id, "Branch", 1, (100, 100, 300, 60), "=Main")
    map_fields(sample, form.id, {before[0].id: "hand"})
    set_fields(sample, form.id, (*(p.kept for p in bank_form_view(sample, form.id).places), extra))
    assert len(bank_form_view(sample, form.id).places) == len(before) + 1
    undo(sample)
    undo(sample)
    assert [each.kept for each in bank_form_view(sample, form.id).places] == before
    undo(sample)
    assert bank_forms(sample) == ()


def test_a_form_from_which_a_paper_was_made_is_not_forgotten(sample, kept):
    case = find_case(sample, "1001")
    entry = add_bank_form(sample, kept())
    fill_bank_form(sample, case, entry.value.id)
    with pytest.raises(Refused, match="since"):
        undo(sample, entry.undo)


def test_a_field_of_the_pdf_cannot_be_moved_or_lost_and_no_place_lies_off_the_page(sample, kept):
    form = add_bank_form(sample, kept()).value
    fields = tuple(each.kept for each in bank_form_view(sample, form.id).places)
    with pytest.raises(Refused, match="cannot be taken away"):
        set_fields(sample, form.id, fields[1:])
    with pytest.raises(Refused, match="page"):
        set_fields(sample, form.id, (*fields, BankField(0, 1, "x", 1, (2000, 0, 500, 50))))
    with pytest.raises(Refused, match="page 7"):
        set_fields(sample, form.id, (*fields, BankField(0, 1, "x", 7, (0, 0, 500, 50))))


def test_a_full_card_number_gets_into_no_mapping_and_no_kept_form(sample, kept):
    form = add_bank_form(sample, kept()).value
    view = bank_form_view(sample, form.id)
    with pytest.raises(Refused):
        map_fields(sample, form.id, {place(view, "holder").kept.id: "=4111 1111 1111 1111"})
    with pytest.raises(Refused):
        map_fields(sample, form.id, {place(view, "card").kept.id: "sender_name"})
    paper = Paper()
    paper.text("n", V="4111 1111 1111 1111", Ff=READ_ONLY)
    with pytest.raises(Refused, match="not kept"):
        add_bank_form(sample, kept(paper.data(), "filled.pdf"))
    place_of_card = BankField(0, 1, "5500 0055 5555 5559", 1, (0, 0, 100, 50))
    with pytest.raises(Refused):
        set_fields(sample, form.id, (*(each.kept for each in view.places), place_of_card))
    with pytest.raises(Refused):
        add_bank_form(sample, kept(a_form("x"), "x.pdf"), name="4111 1111 1111 1111")


def test_a_flat_form_takes_text_where_somebody_put_it(sample, kept):
    case = find_case(sample, "1001")
    paper = Paper()
    paper.write(0, "Name")
    form = add_bank_form(sample, kept(paper.data(), "flat.pdf")).value
    assert form.kind is BankFormKind.FLAT
    box = BankField(0, form.id, "not received", 1, (300, 900, 40, 40), "problem", 0, "x",
                    "not_received")  # fmt: skip
    name = BankField(0, form.id, "Name", 1, (500, 300, 600, 60), "sender_name")
    set_fields(sample, form.id, (name, box))
    came = spots(draft_bank_form(sample, form.id, case))
    assert came["Name"].text == "Anna Weber"
    assert came["not received"].state is SpotState.TICKED


def test_the_bank_s_bytes_stay_as_they_came_through_sweep_and_verify(sample, kept):
    path = kept()
    form = add_bank_form(sample, path).value
    sample.vault.sweep()
    assert sample.vault.read(form.sha256) == path.read_bytes()
    assert verify(sample).findings == ()


def test_values_are_said_in_the_form_s_language(sample, kept):
    case = find_case(sample, "1001")
    paper = Paper()
    for at, label in enumerate(("ФИО держателя карты", "Дата операции", "Сумма операции")):
        paper.text(f"f{at}", rect=(100, 700 - 40 * at, 400, 720 - 40 * at), TU=label)
    form = add_bank_form(sample, kept(paper.data(), "ru.pdf")).value
    filled = draft_bank_form(sample, form.id, case)
    assert filled.language == "ru"
    assert "года" in spots(filled)["f1"].text
    assert draft_bank_form(sample, form.id, case, language="en").language == "en"
    with pytest.raises(Refused, match="language"):
        draft_bank_form(sample, form.id, case, language="xx")


def run(folder, *words, capsys):
    code = main(["--desk", str(folder), "--today", TODAY.isoformat(), *words])
    return code, capsys.readouterr()


def test_the_commands_do_the_whole_of_it(sample_folder, kept, tmp_path, capsys):
    target = tmp_path / "out.pdf"
    code, told = run(sample_folder, "bankform", "add", str(kept()), "--issuer", "Beispielbank",
                     "--json", capsys=capsys)  # fmt: skip
    assert code == 0
    added = json.loads(told.out)
    assert {p["source"] for p in added["places"] if p["name"] == "holder"} == {"sender_name"}
    number = str(added["form"]["id"])
    assert "dispute form" in run(sample_folder, "bankform", "list", capsys=capsys)[1].out
    code, told = run(sample_folder, "bankform", "map", number, "holder==A. Weber",
                     "r1/Yes=problem:defective", capsys=capsys)  # fmt: skip
    assert code == 0
    fields = run(sample_folder, "bankform", "fields", number, capsys=capsys)[1].out
    assert "=A. Weber" in fields
    assert "problem:defective" in fields
    code, told = run(sample_folder, "bankform", "fill", number, "1001", "--check", capsys=capsys)
    assert code == 0
    assert "A. Weber" in told.out
    code, told = run(sample_folder, "bankform", "fill", number, "1001", "-o", str(target),
                     "--json", capsys=capsys)  # fmt: skip
    assert code == 0
    assert target.read_bytes().startswith(b"%PDF")
    assert json.loads(told.out)["document"]["form"] == f"bankform:{number}"
    assert run(sample_folder, "bankform", "map", number, "nobody=hand", capsys=capsys)[0] != 0
    assert "sender_name" in run(sample_folder, "bankform", "values", capsys=capsys)[1].out


def test_a_form_that_is_not_there_is_told_of(sample):
    with pytest.raises(NotFound, match="no bank's form 99"):
        draft_bank_form(sample, 99, find_case(sample, "1001"))
