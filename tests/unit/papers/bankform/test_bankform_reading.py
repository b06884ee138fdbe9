"""A bank's form is read as it is shown: every kind of field, on every kind of page."""

import pytest
from pikepdf import Array, Dictionary, Name
from reportlab.pdfgen.canvas import Canvas

from disputedesk.common.errors import Refused
from disputedesk.model.bank_form import BankFormKind
from disputedesk.papers.bankform.places import PlaceKind
from disputedesk.papers.bankform.reading import read_form
from tests.unit.papers.bankform.forms import (
    COMB,
    COMBO,
    MULTI_LINE,
    PASSWORD,
    PUSH,
    RADIO,
    READ_ONLY,
    REQUIRED,
    Paper,
)

TENTH = 72 / 254


def the_field(paper):
    (field,) = read_form(paper.data(), "form.pdf").fields
    return field


def tenths(*sides):
    return tuple(round(side / TENTH) for side in sides)


def test_a_text_field_tells_name_label_limit_and_place():
    paper = Paper()
    paper.text("holder", TU="Name of the card holder", MaxLen=30, Ff=REQUIRED, V="Bank")
    field = the_field(paper)
    assert (field.name, field.label, field.max_length) == ("holder", "Name of the card holder", 30)
    assert (field.kind, field.page, field.required, field.value) == ("text", 1, True, "Bank")
    assert field.box == tenths(100, 842 - 720, 200, 20)


@pytest.mark.parametrize(
    ("turn", "place"),
    [(0, (100, 122, 200, 20)), (90, (700, 100, 20, 200)), (180, (295, 700, 200, 20)),
     (270, (122, 295, 20, 200))],
)  # fmt: skip
def test_a_place_is_told_as_the_turned_page_shows_it(turn, place):
    paper = Paper()
    paper.pdf.pages[0].Rotate = turn
    paper.text("a")
    assert the_field(paper).box == tenths(*place)


def test_a_place_is_told_from_the_corner_of_what_is_shown():
    paper = Paper()
    paper.pdf.pages[0].CropBox = Array([50, 60, 500, 780])
    paper.text("a")
    assert the_field(paper).box == tenths(50, 60, 200, 20)


def test_names_flags_and_limits_are_inherited_and_names_may_be_in_any_script():
    paper = Paper()
    top = paper.group("Заявление")
    group = paper.pdf.make_indirect(
        Dictionary(T="держатель", FT=Name.Tx, Ff=MULTI_LINE, MaxLen=9, Parent=top)
    )
    paper.add(Parent=group, T="имя")
    field = the_field(paper)
    assert field.name == "Заявление.держатель.имя"
    assert (field.multi_line, field.max_length, field.kind) == (True, 9, PlaceKind.TEXT)


def test_a_comb_a_password_and_a_locked_field_are_told_apart():
    paper = Paper()
    paper.text("comb", Ff=COMB, MaxLen=8)
    paper.text("word", Ff=PASSWORD)
    paper.text("bank", Ff=READ_ONLY, V="BIC 123")
    comb, word, bank = read_form(paper.data(), "x").fields
    assert comb.comb
    assert word.secret
    assert (bank.read_only, bank.value) == (True, "BIC 123")


def test_boxes_and_radio_groups_have_the_states_that_tick_them():
    paper = Paper()
    paper.tick("box", on="Ja")
    group = paper.group("why", FT=Name.Btn, Ff=RADIO)
    for at, state in enumerate(("one", "two")):
        face = paper.tick("", rect=(100, 500 - 20 * at, 112, 512 - 20 * at), on=state, Parent=group)
        del face.T, face.FT
        group.Kids.append(face)
    found = [(f.name, f.on_state, f.kind) for f in read_form(paper.data(), "x").fields]
    assert found == [("box", "Ja", "tick"), ("why", "one", "tick"), ("why", "two", "tick")]


def test_a_list_tells_what_can_be_chosen():
    paper = Paper()
    options = Array([Array(["1", "Goods not received"]), "Duplicate"])
    paper.add(FT=Name.Ch, T="reason", Ff=COMBO, Opt=options)
    field = the_field(paper)
    assert field.options == (("1", "Goods not received"), ("Duplicate", "Duplicate"))


def test_hidden_faces_and_buttons_that_only_act_are_no_places():
    paper = Paper()
    paper.text("seen")
    paper.text("hidden", F=2)
    paper.text("unviewed", F=32)
    paper.add(FT=Name.Btn, T="print", Ff=PUSH)
    assert [f.name for f in read_form(paper.data(), "x").fields] == ["seen"]


def test_a_place_without_a_label_is_called_by_the_words_beside_it():
    paper = Paper()
    paper.write(0, "Cardholder name:", at=(20, 705), size=8)
    paper.text("f1")
    assert the_field(paper).label == "Cardholder name"


def test_the_same_form_with_new_bytes_has_the_same_shape_and_another_form_has_not():
    def shape(name, title=""):
        paper = Paper()
        paper.text(name)
        paper.pdf.docinfo["/Title"] = title
        return read_form(paper.data(), "x").shape

    assert shape("a", "May") == shape("a", "June")
    assert shape("a") != shape("b")


def test_a_scan_is_a_flat_form(tmp_path):
    path = tmp_path / "flat.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(100, 700, "Name")
    canvas.save()
    file = read_form(path.read_bytes(), "flat.pdf")
    assert (file.kind, file.fields, file.shape) == (BankFormKind.FLAT, (), "")


def test_fields_made_by_another_program_are_read(tmp_path):
    path = tmp_path / "form.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.acroForm.textfield(name="holder", tooltip="Holder", x=200, y=700, width=200, height=20)
    canvas.acroForm.checkbox(name="box", x=40, y=600, size=14, buttonStyle="check")
    canvas.acroForm.choice(name="list", value="A", options=["A", "B"], x=40, y=500, width=90)
    canvas.showPage()
    canvas.save()
    fields = {f.name: f for f in read_form(path.read_bytes(), "form.pdf").fields}
    assert {name: str(f.kind) for name, f in fields.items()} == {
        "holder": "text", "box": "tick", "list": "choice"
    }  # fmt: skip
    assert fields["holder"].box == tenths(200, 842 - 720, 200, 20)


# What strangers send


def refused(data):
    with pytest.raises(Refused) as caught:
        read_form(data, "form.pdf")
    return caught.value


def test_a_loop_among_parents_and_kids_ends():
    paper = Paper()
    group = paper.group("loop", FT=Name.Tx)
    group.Kids.append(group)
    group.Parent = group
    paper.add(Parent=group, T="leaf")
    assert the_field(paper).name == "loop.leaf"


def test_a_hundred_thousand_fields_are_refused():
    paper = Paper()
    face = paper.text("a")
    notes = paper.pdf.pages[0].Annots
    for _ in range(100_000):
        notes.append(face)
    assert "2000 fields" in refused(paper.data()).what


def test_a_locked_form_is_refused_with_a_way_out():
    import pikepdf

    paper = Paper()
    paper.text("a")
    locked = paper.data(encryption=pikepdf.Encryption(owner="o", user="u"))
    error = refused(locked)
    assert "password" in error.what
    assert error.remedy


def test_a_form_its_bank_locked_against_filling_is_refused():
    import pikepdf

    paper = Paper()
    paper.text("a")
    allow = pikepdf.Permissions(modify_form=False, modify_other=False, modify_annotation=False)
    locked = paper.data(encryption=pikepdf.Encryption(owner="o", user="", allow=allow))
    assert "locked" in refused(locked).what


def test_a_form_only_adobe_shows_is_refused_with_a_way_out():
    paper = Paper()
    paper.pdf.Root.AcroForm.XFA = paper.pdf.make_stream(b"<xdp/>")
    error = refused(paper.data())
    assert "XFA" in error.what
    assert "print" in error.remedy


def test_a_form_with_two_faces_is_read_by_its_plain_one():
    paper = Paper()
    paper.text("a")
    paper.pdf.Root.AcroForm.XFA = paper.pdf.make_stream(b"<xdp/>")
    file = read_form(paper.data(), "x")
    assert [f.name for f in file.fields] == ["a"]
    assert any("XFA" in note for note in file.notes)


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"%PDF-1.7\nnothing", b"%PDF-1.7\n" + b"\x00" * 500]
)
def test_what_is_no_sound_pdf_is_refused_in_a_sentence(data):
    assert refused(data).what.endswith(".")


def test_a_page_as_large_as_a_house_is_refused():
    paper = Paper(size=(0, 0, 14_000, 14_000))
    paper.text("a")
    assert "too large" in refused(paper.data()).what


def test_nonsense_in_place_of_values_is_damage_or_nothing():
    paper = Paper()
    paper.text("a", MaxLen="many", Q=9, DA="0 g", Ff=Name.X, MK=Dictionary(BG=Array([])))
    paper.add(FT=Name.Tx, T="b", rect=(0, 0, 0, 0))
    field = the_field(paper)
    assert (field.max_length, field.align, field.size) == (0, 2, 0)


def test_scripts_and_actions_are_told_of():
    paper = Paper()
    paper.text("a", AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS="app.alert(1)")))
    assert any("never run" in note for note in read_form(paper.data(), "x").notes)
