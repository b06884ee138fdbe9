"""Helping for others: who may sign, under which head, and one letter for many cases."""

import dataclasses
import datetime as dt
import email
import io
import json

import pypdfium2
import pytest
from PIL import Image, PngImagePlugin

from disputedesk.cli.main import main
from disputedesk.common.errors import NotFound, Refused
from disputedesk.desk.operations.agency import revoke_mandate, set_letterhead, set_mandate
from disputedesk.desk.operations.batch_papers import mail_batch, print_batch, save_batch
from disputedesk.desk.operations.batches import make_batch, mark_looked_at
from disputedesk.desk.operations.evidence import add_files
from disputedesk.desk.operations.papers import compose_letter_of, make_letter, render_letter_of
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries.agency import letterheads, mandates
from disputedesk.desk.queries.batches import advice_on, batch_lines, cases_of_seller, plan_batch
from disputedesk.desk.queries.linting import findings_of
from disputedesk.model.agency import Letterhead, Mandate
from disputedesk.model.case import CaseStage
from disputedesk.papers.finish import Finish

SIGNED = dt.date(2026, 10, 1)


def open_cases(desk):
    with desk.store.snapshot() as rows:
        return [case for case in rows.cases.list() if case.stage is not CaseStage.CLOSED]


def client_of_another(desk):
    """A case whose client is not the owner of the desk."""
    for case in open_cases(desk):
        with desk.store.snapshot() as rows:
            client = rows.clients.get(case.client)
        if not client.is_self:
            return case, client
    raise AssertionError("the sample desk has only its owner")


@pytest.mark.parametrize(
    ("mandate", "held"),
    [
        (Mandate(1, 1, "A"), False),
        (Mandate(1, 1, "A", signed_on=SIGNED), True),
        (Mandate(1, 1, "A", signed_on=SIGNED + dt.timedelta(60)), False),
        (Mandate(1, 1, "A", signed_on=SIGNED, ends_on=SIGNED + dt.timedelta(30)), True),
        (Mandate(1, 1, "A", signed_on=SIGNED, ends_on=SIGNED + dt.timedelta(29)), False),
        (Mandate(1, 1, "A", signed_on=SIGNED, revoked_on=SIGNED + dt.timedelta(30)), False),
        (Mandate(1, 1, "A", signed_on=SIGNED, revoked_on=SIGNED + dt.timedelta(31)), True),
    ],
)
def test_a_mandate_holds_from_its_signing_to_its_last_day(mandate, held):
    assert mandate.holds_on(SIGNED + dt.timedelta(30)) is held


def test_a_helper_signs_only_while_the_mandate_is_in_force(sample):
    case, client = client_of_another(sample)
    _, letter = compose_letter_of(sample, case.id, form="bank_chargeback", language="en")
    assert letter.signer == client.name
    number = set_mandate(sample, Mandate(0, client.id, "Helper One", signed_on=SIGNED)).value
    _, letter = compose_letter_of(sample, case.id, form="bank_chargeback", language="en")
    assert "Helper One" in letter.signer
    assert client.name in letter.signer
    revoke_mandate(sample, number, on=sample.today)
    _, letter = compose_letter_of(sample, case.id, form="bank_chargeback", language="en")
    assert letter.signer == client.name
    undo(sample)
    assert mandates(sample, client.id)[0].revoked_on is None
    undo(sample)
    assert mandates(sample, client.id) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"agent": " "}, "names who acts"),
        ({"signed_on": dt.date(2099, 1, 1)}, "has not come yet"),
        ({"ends_on": SIGNED - dt.timedelta(1)}, "end before it was signed"),
    ],
)
def test_a_mandate_that_cannot_be_is_refused(sample, change, said):
    _, client = client_of_another(sample)
    mandate = dataclasses.replace(Mandate(0, client.id, "Helper", signed_on=SIGNED), **change)
    with pytest.raises(Refused, match=said):
        set_mandate(sample, mandate)
    assert mandates(sample, client.id) == ()


def test_one_letterhead_is_the_standard_and_undo_brings_back_the_former(sample):
    set_letterhead(sample, Letterhead(0, "Office", "Helper One", standard=True))
    set_letterhead(sample, Letterhead(0, "Home", "Helper Two", standard=True))
    assert [(h.name, h.standard) for h in letterheads(sample)] == [
        ("Home", True),
        ("Office", False),
    ]
    undo(sample)
    assert [(h.name, h.standard) for h in letterheads(sample)] == [("Office", True)]


def test_a_batch_makes_what_can_be_made_and_says_why_for_the_rest(sample):
    cases = [case.id for case in open_cases(sample)]
    plan = {line.case: line for line in plan_batch(sample, cases, form="bank_chargeback")}
    batch = make_batch(sample, cases, form="bank_chargeback").value
    lines = batch_lines(sample, batch)
    assert [made.line.case for made in lines] == cases
    assert {made.line.case: made.document is not None for made in lines} == {
        case: line.ready for case, line in plan.items()
    }
    assert all(made.document or made.line.why for made in lines)
    one = next(made for made in lines if made.document)
    mark_looked_at(sample, one.line.id)
    seen = {made.line.id: made.line.checked_on for made in batch_lines(sample, batch)}
    assert seen[one.line.id] == sample.today
    assert sum(day is not None for day in seen.values()) == 1


def test_each_paper_of_a_batch_holds_only_its_own_case(sample):
    cases = [case.id for case in open_cases(sample)]
    numbers = {case.id: str(case.number) for case in open_cases(sample)}
    batch = make_batch(sample, cases, form="bank_chargeback", language="en").value
    for made in batch_lines(sample, batch):
        if made.document is not None:
            assert numbers[made.line.case] in made.document.name
            _, letter = compose_letter_of(
                sample, made.line.case, form="bank_chargeback", language="en"
            )
            text = " ".join(text for _, text in letter.texts())
            others = set(numbers.values()) - {numbers[made.line.case]}
            assert not [number for number in others if f"Case {number}" in text]


def test_the_cases_of_one_seller_are_found_by_its_name(sample):
    case = open_cases(sample)[0]
    with sample.store.snapshot() as rows:
        seller = rows.orders.get(case.order).seller
    assert case.id in cases_of_seller(sample, seller.name.upper())


def test_the_commands_say_what_was_made(sample_folder, capsys, tmp_path):
    desk = ["--desk", str(sample_folder), "--today", "2026-03-12", "--json"]
    code = main([*desk, "batch", "make", "--form", "bank_chargeback", "1001", "-o",
                 str(tmp_path / "out")])  # fmt: skip
    answer = json.loads(capsys.readouterr().out)
    assert code == (0 if answer["files"] else 1)
    assert len(list((tmp_path / "out").glob("*.pdf"))) == len(answer["files"])
    assert main([*desk, "client", "letterhead", "Office", "--agent", "Helper", "--standard"]) == 0
    capsys.readouterr()
    assert main([*desk, "client", "letterhead"]) == 0
    assert json.loads(capsys.readouterr().out)["letterheads"][0]["agent"] == "Helper"


# -- what leaves


def png(color="navy", remark=""):
    told = PngImagePlugin.PngInfo()
    if remark:
        told.add_text("Comment", remark)
    out = io.BytesIO()
    Image.new("RGB", (300, 120), color).save(out, "PNG", pnginfo=told)
    return out.getvalue()


def kept(desk, case, name, data, tmp_path):
    """A file as evidence and exhibit of a case; gives its evidence."""
    path = tmp_path / name
    path.write_bytes(data)
    add_files(desk, case.id, [path])
    with desk.store.snapshot() as rows:
        return rows.exhibits.list(case.id)[-1]


HEAD = Letterhead(0, "Office", "Helper One", "Help House", "3 Station Road", "GB",
                  "help@example.org", standard=True)  # fmt: skip


def test_a_letterhead_takes_its_picture_from_evidence_only_and_prints_it(sample, tmp_path):
    case, client = client_of_another(sample)
    picture = kept(sample, case, "logo.png", png(), tmp_path).evidence
    note = kept(sample, case, "note.txt", b"no picture", tmp_path).evidence
    set_mandate(sample, Mandate(0, client.id, "Helper One", signed_on=SIGNED))
    with pytest.raises(NotFound):
        set_letterhead(sample, dataclasses.replace(HEAD, logo=99_999))
    with pytest.raises(Refused, match="PNG or JPEG"):
        set_letterhead(sample, dataclasses.replace(HEAD, logo=note.id))
    assert letterheads(sample) == ()
    set_letterhead(sample, dataclasses.replace(HEAD, logo=picture.id))
    _, letter = compose_letter_of(sample, case.id, form="bank_chargeback", language="en")
    assert letter.sender[:2] == ("Help House", "Helper One")
    assert (letter.logo.width, letter.logo.height) == (300, 120)
    plain = render_letter_of(sample, case.id, form="bank_chargeback", language="en").data
    assert b"/Image" in plain


def test_a_picture_that_shows_a_card_number_is_no_letterhead(sample, tmp_path):
    case, _ = client_of_another(sample)
    data = png(remark="4111 1111 1111 1111")
    picture = kept(sample, case, "logo.png", data, tmp_path).evidence
    with pytest.raises(Refused, match="does not leave"):
        set_letterhead(sample, dataclasses.replace(HEAD, logo=picture.id))
    assert letterheads(sample) == ()


def test_the_signed_mandate_is_enclosed_or_the_letter_stops(sample, tmp_path):
    case, client = client_of_another(sample)
    mandate = Mandate(0, client.id, "Helper One", signed_on=SIGNED)
    number = set_mandate(sample, mandate).value
    stops = {f.rule for f in findings_of(sample, case.id, form="bank_chargeback", language="en")
             if f.blocks}  # fmt: skip
    assert "mandate" in stops
    with pytest.raises(Refused, match="signed mandate"):
        make_letter(sample, case.id, form="bank_chargeback", language="en",
                    anyway=stops - {"mandate"})  # fmt: skip
    (line,) = plan_batch(sample, [case.id], form="bank_chargeback", language="en")
    assert not line.ready
    paper = kept(sample, case, "mandate.png", png("white"), tmp_path)
    set_mandate(sample, dataclasses.replace(mandate, id=number, evidence=paper.evidence.id))
    stops = {f.rule for f in findings_of(sample, case.id, form="bank_chargeback", language="en")
             if f.blocks}  # fmt: skip
    assert "mandate" not in stops
    _, letter = compose_letter_of(sample, case.id, form="bank_chargeback", language="en")
    assert paper.number in {each.number for each in letter.enclosures}
    row = next(row for row in letter.summary if row.name == "mandate_signed_on")
    assert f"[Exhibit {paper.number}]" in row.value
    revoke_mandate(sample, number, on=sample.today)
    _, letter = compose_letter_of(sample, case.id, form="bank_chargeback", language="en")
    assert letter.sender[0] == client.name


def ready_batch(desk):
    cases = [case.id for case in open_cases(desk)]
    plan = plan_batch(desk, cases, form="bank_chargeback")
    found = [line.case for line in plan if line.ready]
    assert found, "the sample desk has no case this letter can be written for"
    return make_batch(desk, found, form="bank_chargeback",
                      finish=Finish(delivery="By registered post")).value  # fmt: skip


def test_nothing_of_a_batch_leaves_that_nobody_looked_at(sample, tmp_path):
    batch = ready_batch(sample)
    for leave in (
        lambda: print_batch(sample, batch),
        lambda: save_batch(sample, batch, tmp_path / "out"),
        lambda: mail_batch(sample, batch, tmp_path / "out"),
    ):
        with pytest.raises(Refused, match="looked at"):
            leave()
    assert not (tmp_path / "out").exists()
    assert print_batch(sample, batch, unseen=True).pages > 1
    first = batch_lines(sample, batch)[0]
    mark_looked_at(sample, first.line.id)
    (saved,) = save_batch(sample, batch, tmp_path / "out")
    (mail,) = mail_batch(sample, batch, tmp_path / "out")
    assert saved.name == first.document.name
    assert f"Case-{first.number}" in saved.name
    assert saved.read_bytes()[:5] == b"%PDF-"
    told = email.message_from_bytes(mail.read_bytes())
    assert [part.get_filename() for part in told.walk() if part.get_filename()] == [saved.name]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted([saved.name, mail.name])


def test_the_finish_of_a_batch_stands_on_each_letter_and_a_stop_says_why(sample):
    batch = ready_batch(sample)
    for made in batch_lines(sample, batch):
        data = sample.vault.read(made.document.sha256)
        pdf = pypdfium2.PdfDocument(data)
        assert "By registered post" in pdf[0].get_textpage().get_text_range()
        pdf.close()


def test_a_case_that_lint_stops_keeps_the_reason_in_its_line(sample):
    case, client = client_of_another(sample)
    set_mandate(sample, Mandate(0, client.id, "Helper One", signed_on=SIGNED))
    batch = make_batch(sample, [case.id], form="bank_chargeback", language="en").value
    (line,) = batch_lines(sample, batch)
    assert line.document is None
    assert line.line.why
    stops = [f.rule for f in findings_of(sample, case.id, form="bank_chargeback", language="en")
             if f.blocks]  # fmt: skip
    batch = make_batch(sample, [case.id], form="bank_chargeback", language="en",
                       anyway=stops).value  # fmt: skip
    (line,) = batch_lines(sample, batch)
    assert line.document is not None
    assert all(isinstance(each, str) for each in advice_on(sample, line))
