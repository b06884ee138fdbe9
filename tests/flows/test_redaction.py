"""Redacted copies from the first box to the folder that goes to the platform."""

import contextlib
import io
import json

import pytest
from PIL import Image

from disputedesk.cli.main import main
from disputedesk.common.errors import Refused
from disputedesk.desk.operations import evidence
from disputedesk.desk.operations.care import verify
from disputedesk.desk.operations.submissions import prepare_files
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries.evidence_search import find_evidence
from disputedesk.desk.queries.redaction import redaction_page, redaction_view
from disputedesk.media import tesseract
from disputedesk.media.redaction_boxes import Box, boxes_of
from disputedesk.model.evidence import Derived, Suspicion, Way
from disputedesk.model.ids import CaseId
from tests.helpers.redacting import redact_evidence
from tests.unit.media.conftest import CARD, DIGITS, OVER, SHOWN, a_pdf, a_picture, number_on, saved

CASE = CaseId(2)
APART = Box(1, 0.1, 0.7, 0.4, 0.9)


@pytest.fixture(autouse=True)
def _blind(monkeypatch):
    monkeypatch.setattr(tesseract, "find_tesseract", lambda: None)


def _added(desk, tmp_path, name, data):
    """An exhibit of these bytes."""
    path = tmp_path / name
    path.write_bytes(data)
    (number,) = evidence.add_evidence(desk, CASE, [path]).value
    return _exhibit(desk, number)


def _pixels(data):
    with Image.open(io.BytesIO(data)) as picture:
        return picture.convert("RGB").tobytes()


def _exhibit(desk, number):
    with desk.store.snapshot() as rows:
        return rows.exhibits.get(number)


@pytest.fixture
def receipt(sample, tmp_path):
    return _added(sample, tmp_path, "receipt.png", saved(a_picture(), "PNG"))


def test_the_copy_goes_out_and_the_original_stays_sealed(sample, receipt):
    outcome = redact_evidence(sample, receipt.evidence.id, [SHOWN])
    after = _exhibit(sample, receipt.id)
    assert after.evidence == receipt.evidence
    assert after.outgoing.id == outcome.value
    assert after.outgoing.name == "receipt-redacted.png"
    assert after.outgoing.captured_at == receipt.evidence.captured_at
    assert "nothing is left under 1 box" in outcome.said
    assert {receipt.evidence.id, outcome.value} == outcome.changes.evidence
    assert CASE in outcome.changes.cases
    assert sample.vault.check(receipt.evidence.sha256)
    assert verify(sample).is_sound


def test_a_copy_that_is_found_stands_where_its_original_does(sample, receipt):
    copy = redact_evidence(sample, receipt.evidence.id, [SHOWN]).value
    (hit,) = find_evidence(sample, "receipt-redacted")
    assert hit.id == copy
    assert [(place.case, place.exhibit) for place in hit.shown] == [(CASE, receipt.id)]


def test_what_was_done_is_written_down(sample, receipt):
    copy = redact_evidence(sample, receipt.evidence.id, [SHOWN]).value
    with sample.store.snapshot() as rows:
        (made,) = rows.derivations.of_origins([receipt.evidence.id])
        (came,) = rows.arrivals.of_evidence(copy)
        last = [entry for entry in rows.ledger.list(5) if entry.act == "evidence.redact"]
    assert (made.evidence, made.how) == (copy, Derived.REDACTION)
    assert boxes_of(made.detail) == (SHOWN,)
    assert came.way is Way.MADE
    assert last[0].after["boxes"] == 1


def test_a_second_redaction_begins_with_the_first_and_the_newest_goes_out(sample, receipt):
    first = redact_evidence(sample, receipt.evidence.id, [SHOWN]).value
    view = redaction_view(sample, first)
    assert (view.original, view.former) == (receipt.evidence, (SHOWN,))
    second = redact_evidence(sample, first, [*view.former, APART]).value
    assert _exhibit(sample, receipt.id).outgoing.id == second
    with sample.store.snapshot() as rows:
        assert {made.origin for made in rows.derivations.of_evidence(second)} == {
            receipt.evidence.id
        }


def test_the_same_boxes_again_are_the_same_copy_and_it_goes_out_again(sample, receipt):
    first = redact_evidence(sample, receipt.evidence.id, [SHOWN]).value
    redact_evidence(sample, receipt.evidence.id, [SHOWN, APART])
    assert redact_evidence(sample, receipt.evidence.id, [SHOWN]).value == first
    assert _exhibit(sample, receipt.id).outgoing.id == first


def test_a_redaction_is_not_taken_back(sample, receipt):
    redact_evidence(sample, receipt.evidence.id, [SHOWN])
    with sample.store.snapshot() as rows:
        entry = next(each for each in rows.ledger.list(5) if each.act == "evidence.redact")
    with pytest.raises(Refused, match="sealed stays sealed"):
        undo(sample, entry.id)
    assert _exhibit(sample, receipt.id).copy is not None


def test_the_folder_for_the_platform_holds_the_copy_and_never_the_original(
    sample, tmp_path, receipt
):
    redact_evidence(sample, receipt.evidence.id, [SHOWN])
    folder = tmp_path / "to upload"
    written = prepare_files(
        sample, CASE, form="aliexpress_dispute", language="en", folder=folder
    ).value
    original = sample.vault.read(receipt.evidence.sha256)
    copy = sample.vault.read(_exhibit(sample, receipt.id).outgoing.sha256)
    pictures = [_pixels(path.read_bytes()) for path in written if path.suffix == ".png"]
    assert pictures == [_pixels(copy)]
    assert pictures != [_pixels(original)]


def test_what_fails_its_proof_is_not_kept(sample, receipt, monkeypatch):
    monkeypatch.setattr("disputedesk.media.redaction_pictures.painted", lambda image, *_: image)
    before = sorted(path.name for path in sample.vault.root.rglob("*") if path.is_file())
    with pytest.raises(Refused, match="was not kept") as told:
        redact_evidence(sample, receipt.evidence.id, [SHOWN])
    assert "receipt.png" in told.value.where
    assert sorted(path.name for path in sample.vault.root.rglob("*") if path.is_file()) == before
    assert _exhibit(sample, receipt.id).copy is None


def test_a_locked_or_broken_file_is_refused_and_kept(sample, tmp_path):
    broken = _added(sample, tmp_path, "bill.pdf", b"%PDF-1.7 and then nothing")
    for act in (redaction_view, lambda *given: redact_evidence(*given, [OVER])):
        with pytest.raises(Refused, match="damaged"):
            act(sample, broken.evidence.id)
    assert sample.vault.check(broken.evidence.sha256)


def test_a_mail_goes_out_as_its_words_with_the_number_masked(sample, tmp_path):
    mail = (
        "From: shop@example.org\r\nTo: me@example.org\r\nSubject: Your payment\r\n"
        f"Date: Mon, 2 Nov 2026 10:00:00 +0000\r\n\r\nPaid with card {CARD}. Thank you.\r\n"
    )
    kept = _added(sample, tmp_path, "mail.eml", mail.encode())
    assert redaction_view(sample, kept.evidence.id).pages == 0
    redact_evidence(sample, kept.evidence.id, [])
    after = _exhibit(sample, kept.id).outgoing
    text = sample.vault.read(after.sha256).decode()
    assert after.media_type == "text/plain"
    assert "Subject: Your payment" in text
    assert "•••• 1111" in text
    assert CARD not in text


def test_a_text_without_secrets_needs_no_copy(sample, tmp_path):
    kept = _added(sample, tmp_path, "note.txt", b"Nothing came.\n")
    with pytest.raises(Refused, match="Nothing had to be removed"):
        redact_evidence(sample, kept.evidence.id, [])
    assert _exhibit(sample, kept.id).copy is None


def test_what_was_found_is_suggested_where_it_stands(sample, tmp_path, receipt):
    with sample.transaction("evidence.read") as change:
        change.rows.suspicions.replace(
            receipt.evidence.id,
            [
                Suspicion(0, receipt.evidence.id, "pan", "picture", "•••• 1111", 1,
                          (SHOWN.left, SHOWN.top, SHOWN.right, SHOWN.bottom)),
                Suspicion(0, receipt.evidence.id, "pan", "picture", "•••• 4444", 1),
                Suspicion(0, receipt.evidence.id, "pan", "metadata Comment", "•••• 4444"),
            ],
        )  # fmt: skip
    view = redaction_view(sample, receipt.evidence.id)
    assert view.found == (SHOWN,)
    assert [each.place for each in view.unplaced] == ["picture"]
    paper = _added(sample, tmp_path, "bill.pdf", a_pdf(number_on))
    (box,) = redaction_view(sample, paper.evidence.id).found
    assert OVER.covers(box)


def test_what_somebody_called_no_secret_is_not_suggested_and_may_stay(sample, tmp_path):
    paper = _added(sample, tmp_path, "bill.pdf", a_pdf(number_on))
    with sample.transaction("evidence.read") as change:
        change.rows.suspicions.replace(
            paper.evidence.id,
            [Suspicion(0, paper.evidence.id, "pan", "page 1", "•••• 1111", 1,
                       settled_on=sample.today)],
        )  # fmt: skip
    assert redaction_view(sample, paper.evidence.id).found == ()
    assert redact_evidence(sample, paper.evidence.id, [APART]).value


def test_a_page_is_shown_upright_in_the_size_asked_for(sample, receipt):
    page = redaction_page(sample, receipt.evidence.id, 1, 160)
    assert (page.width, page.height, len(page.rgb)) == (160, 100, 160 * 100 * 3)


def _run(desk, capsys, *words):
    desk.close()
    with contextlib.suppress(SystemExit):
        status = main(["--desk", str(desk.folder), "--language", "en", *map(str, words)])
        return status, capsys.readouterr()
    return 2, capsys.readouterr()


def test_the_command_redacts_by_boxes_in_percent_or_parts(sample, receipt, capsys):
    number = receipt.number
    box = f"1:{SHOWN.left:.1%},{SHOWN.top:.4f},{SHOWN.right:.1%},{SHOWN.bottom:.4f}"
    status, said = _run(sample, capsys, "evidence", "redact", "1002", number, "--box", box)
    assert status == 0, said.err
    assert "nothing is left under 1 box" in said.out
    assert f"in its place as exhibit {number}" in said.out
    with Image.open(io.BytesIO(_outgoing(sample, receipt.id))) as image:
        assert image.convert("L").crop((34, 58, 182, 78)).getextrema() == (0, 0)


def _outgoing(desk, exhibit_id):
    return desk.vault.read(_exhibit(desk, exhibit_id).outgoing.sha256)


def test_the_command_covers_what_was_found(sample, tmp_path, capsys):
    paper = _added(sample, tmp_path, "bill.pdf", a_pdf(number_on, number_on))
    status, said = _run(
        sample, capsys, "--json", "evidence", "redact", "1002", paper.number, "--found"
    )
    assert status == 0, said.err
    answer = json.loads(said.out)
    assert answer["proof"]["pages"] == 2
    assert DIGITS.encode() not in _outgoing(sample, paper.id)
    status, said = _run(sample, capsys, "evidence", "redact", "1002", paper.number, "--anew")
    assert status == 3
    assert "Nothing is covered yet" in said.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--box", "1:0,0,2,1"], "is no box"),
        (["--box", "1:0,0,1"], "is no box"),
        (["--box", "page"], "is no box"),
        (["--box", "9:0,0,1,1"], "no page 9"),
        (["--found"], "No card number or code was found"),
        ([], "Nothing is covered yet"),
    ],
)
def test_the_command_says_what_is_wrong_with_a_box(sample, receipt, capsys, words, says):
    status, said = _run(sample, capsys, "evidence", "redact", "1002", receipt.number, *words)
    assert status == 3
    assert says in said.err
    assert said.err.count("\n") == 1


def test_an_exhibit_that_is_not_there_is_named(sample, capsys):
    status, said = _run(sample, capsys, "evidence", "redact", "1002", "99", "--found")
    assert status != 0
    assert "no exhibit 99" in said.err
