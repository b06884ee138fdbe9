"""A dispute text put into a platform's form: copied step by step, filed with a receipt, undone."""

import datetime as dt
import json
from contextlib import closing
from types import SimpleNamespace

import pytest

from disputedesk.cli.main import main
from disputedesk.common.clock import FixedClock
from disputedesk.common.errors import MissingFacts, NotFound, Refused
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations.cases import set_case
from disputedesk.desk.operations.evidence import PastedImage, add_evidence
from disputedesk.desk.operations.exhibits import remove_exhibit
from disputedesk.desk.operations.platform_words import reset_platform_word, set_platform_word
from disputedesk.desk.operations.submissions import (
    copy_field,
    file_submission,
    keep_texts,
    prepare_files,
)
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries.cases import case_detail, find_case
from disputedesk.desk.queries.papers import document_bytes, draft_submission
from disputedesk.desk.queries.submissions import (
    platform_words,
    rule_of_form,
    submission_form,
    submission_walk,
)
from disputedesk.model.case import Wish
from tests.flows.conftest import TODAY

FORM = {"form": "aliexpress_dispute", "language": "en"}


@pytest.fixture
def case(sample):
    return find_case(sample, "1001")


@pytest.fixture
def on_sample(sample_folder, capsys):
    """Runs one command on a copy of the sample desk."""

    def command(*words):
        place = ("--desk", sample_folder, "--today", "2026-11-23", "--language", "en")
        try:
            status = main([str(word) for word in (*place, *words)])
        except SystemExit as end:
            status = end.code
        said = capsys.readouterr()
        return SimpleNamespace(status=status or 0, out=said.out, err=said.err)

    return command


def copy_all(desk, case):
    walk = submission_walk(desk, case, **FORM)
    return [copy_field(desk, case, **FORM).value for _ in walk.steps]


def documents(desk, case):
    return case_detail(desk, case).documents


def test_every_step_is_copied_once_and_in_the_order_of_the_platforms_form(sample, case):
    walk = submission_walk(sample, case, **FORM)
    names = [step.name for step in walk.steps]
    assert names[:4] == ["reason", "wish", "amount", "text"]
    assert names[4:] == [f"file {n}" for n in range(1, len(walk.written.files) + 1)]
    copied = copy_all(sample, case)
    assert [step.name for step in copied] == names
    assert [step.text for step in copied] == [step.text for step in walk.steps]
    with pytest.raises(NotFound, match="Nothing of this text is left"):
        copy_field(sample, case, **FORM)


def test_what_was_copied_is_there_after_closing_and_goes_on_where_it_stopped(sample_folder):
    with closing(Desk.open(sample_folder, clock=FixedClock.on(TODAY))) as first:
        case = find_case(first, "1001")
        copy_field(first, case, **FORM)
        copy_field(first, case, **FORM)
    tomorrow = FixedClock.on(TODAY + dt.timedelta(days=1))
    with closing(Desk.open(sample_folder, clock=tomorrow)) as later:
        walk = submission_walk(later, case, **FORM)
        assert [step.copied_at is not None for step in walk.steps[:4]] == [True, True, False, False]
        assert walk.next.name == "amount"
        assert walk.steps[0].copied_at.date() == TODAY


def test_the_copied_text_is_sealed_once_and_says_what_was_copied(sample, case):
    before = len(documents(sample, case))
    copy_all(sample, case)
    made = documents(sample, case)
    assert len(made) == before + 1
    sealed = document_bytes(sample, made[-1].id).decode()
    for step in submission_walk(sample, case, **FORM).steps[:4]:
        assert step.text in sealed


def test_a_copied_field_is_taken_back_and_only_it(sample, case):
    copy_field(sample, case, **FORM)
    copy_field(sample, case, **FORM)
    undo(sample)
    assert submission_walk(sample, case, **FORM).next.name == "wish"


def test_an_edited_text_is_what_is_copied_and_sealed_and_it_is_masked(sample, case):
    text = "Short and clear. My card 4111 1111 1111 1111 was used."
    done = copy_field(sample, case, **FORM, name="text", texts={"text": text}).value
    assert "4111 1111 1111 1111" not in done.text
    assert done.text.startswith("Short and clear.")
    sealed = document_bytes(sample, documents(sample, case)[-1].id).decode()
    assert done.text in sealed
    assert "4111 1111 1111 1111" not in sealed
    walk = submission_walk(sample, case, **FORM)
    assert walk.edited
    assert walk.changed == ()
    assert walk.written.field("text").text == done.text


def test_a_text_edited_but_not_copied_is_there_the_next_time(sample, case):
    keep_texts(sample, case, **FORM, texts={"text": "Mine.\n\n[text] is a word too\n[files]"})
    walk = submission_walk(sample, case, **FORM)
    assert walk.written.field("text").text == "Mine.\n\n[text] is a word too\n[files]"
    assert walk.next.name == "reason"


def test_an_edit_forgets_only_that_its_own_field_was_copied(sample, case):
    copy_all(sample, case)
    keep_texts(sample, case, **FORM, texts={"text": "Another text."})
    walk = submission_walk(sample, case, **FORM)
    assert walk.next.name == "text"
    assert [step.name for step in walk.steps if step.copied_at is None] == ["text"]


def test_a_change_of_the_case_is_told_and_taken_up_when_asked(sample, case):
    copy_field(sample, case, **FORM)
    first = submission_walk(sample, case, **FORM)
    set_case(sample, case, wish=Wish.RETURN_AND_REFUND)
    walk = submission_walk(sample, case, **FORM)
    assert first.draft.field("wish").label in walk.changed
    assert walk.written.field("wish").text == first.written.field("wish").text
    copy_field(sample, case, **FORM, name="amount")
    assert submission_walk(sample, case, **FORM).changed, "copying on does not silence it"
    fresh = copy_field(sample, case, **FORM, name="wish", fresh=True).value
    assert fresh.text == "Return & Refund"
    walk = submission_walk(sample, case, **FORM)
    assert walk.changed == ()
    assert walk.steps[0].copied_at is not None, "an unchanged field stays copied"


def test_a_narrative_of_100000_characters_is_told_over_the_limit_and_never_cut(sample, case):
    set_case(sample, case, narrative="word " * 19_999 + "done")
    field = draft_submission(sample, case, **FORM).field("text")
    assert "word " * 19_999 + "done" in field.text
    assert field.counter.remaining < -97_000
    assert not field.counter.fits
    advice = draft_submission(sample, case, **FORM).advice
    assert any(str(-field.counter.remaining) in each.text for each in advice)


def test_a_text_that_cannot_be_kept_is_refused_with_its_length(sample, case):
    with pytest.raises(Refused, match="100001"):
        keep_texts(sample, case, **FORM, texts={"text": "x" * 100_001})


# -- the files


def test_files_are_numbered_as_the_text_names_them_and_their_folder_is_remembered(
    sample, case, tmp_path
):
    folder = tmp_path / "upload"
    written = prepare_files(sample, case, **FORM, folder=folder).value
    walk = submission_walk(sample, case, **FORM)
    files = [step for step in walk.steps if step.file is not None]
    assert files
    assert {path.name for path in folder.iterdir()} == {path.name for path in written}
    for step in files:
        assert step.text.startswith(f"{step.file.position:02}")
        assert (folder / step.text).is_file()
        assert f"exhibit-{step.file.exhibit}" in step.text, "fitted for this platform"
    assert walk.folder == str(folder)
    copy_all(sample, case)
    assert submission_walk(sample, case, **FORM).next is None


def test_where_no_limits_are_known_files_go_as_they_are_under_their_own_names(sample, tmp_path):
    case = find_case(sample, "1001")
    written = prepare_files(sample, case, form="ebay_dispute", language="en",
                            folder=tmp_path / "as-they-are").value  # fmt: skip
    names = [path.name for path in written[1:]]
    shown = [e.evidence.name for e in case_detail(sample, case).exhibits]
    assert [name.split("_", 1)[1] for name in names] == shown


# -- filed


def test_filing_keeps_day_reference_receipt_and_the_text_that_went(sample, case):
    rule = rule_of_form(sample, case, "aliexpress_dispute")
    assert rule.startswith("aliexpress.")
    receipt = PastedImage(b"\x89PNG\r\n\x1a\n" + b"0" * 40, sample.clock.now())
    file_submission(sample, case, **FORM, rule=rule, on=TODAY, reference="D-77", receipt=receipt)
    detail = case_detail(sample, case)
    filing, document = detail.filings[-1], detail.documents[-1]
    assert (filing.rule, filing.filed_on, filing.reference) == (rule, TODAY, "D-77")
    assert filing.document == document.id
    assert document.sent_on == TODAY
    assert detail.exhibits[-1].kind == "receipt"
    with sample.store.snapshot() as rows:
        (posting,) = rows.postings.of_document(document.id)
    assert (posting.way, posting.on, posting.tracking) == ("portal", TODAY, "D-77")
    assert (posting.receipt, posting.filing) == (detail.exhibits[-1].id, filing.id)
    assert submission_walk(sample, case, **FORM).document is None, "what went out is done"


def test_filing_is_taken_back_with_its_posting_and_the_receipt_may_leave(sample, case):
    rule = rule_of_form(sample, case, "aliexpress_dispute")
    receipt = PastedImage(b"\x89PNG\r\n\x1a\n" + b"1" * 40, sample.clock.now())
    before = case_detail(sample, case)
    file_submission(sample, case, **FORM, rule=rule, on=TODAY, receipt=receipt)
    undo(sample)
    after = case_detail(sample, case)
    assert after.filings == before.filings
    assert after.documents[-1].sent_on is None
    assert after.case.stage == before.case.stage
    assert rows_of(sample, "postings") == ()
    remove_exhibit(sample, after.exhibits[-1].id)
    assert len(case_detail(sample, case).exhibits) == len(before.exhibits)


def test_a_receipt_taken_out_of_the_case_leaves_the_posting(sample, case):
    rule = rule_of_form(sample, case, "aliexpress_dispute")
    receipt = PastedImage(b"\x89PNG\r\n\x1a\n" + b"2" * 40, sample.clock.now())
    file_submission(sample, case, **FORM, rule=rule, on=TODAY, receipt=receipt)
    remove_exhibit(sample, case_detail(sample, case).exhibits[-1].id)
    assert [each.receipt for each in rows_of(sample, "postings")] == [None]


def rows_of(desk, name):
    with desk.store.snapshot() as rows:
        return getattr(rows, name).list()


def test_a_day_to_come_is_refused_before_anything_is_kept(sample, case):
    rule = rule_of_form(sample, case, "aliexpress_dispute")
    receipt = PastedImage(b"\x89PNG\r\n\x1a\n" + b"3" * 40, sample.clock.now())
    count = len(case_detail(sample, case).exhibits)
    with pytest.raises(Refused, match="has not come yet"):
        file_submission(
            sample, case, **FORM, rule=rule, on=TODAY + dt.timedelta(days=1), receipt=receipt
        )
    assert len(case_detail(sample, case).exhibits) == count


# -- the platform's words


def test_the_users_words_go_into_the_form_until_they_are_taken_back(sample, case):
    def reason():
        return draft_submission(sample, case, **FORM).field("reason")

    problem = str(case_detail(sample, case).case.problem)
    shipped = reason().text
    set_platform_word(sample, "aliexpress_dispute", kind="reason", value=problem,
                      text="Logistics problem")  # fmt: skip
    assert reason().text == "Logistics problem"
    assert reason().choices[0] == "Logistics problem"
    set_platform_word(sample, "aliexpress_dispute", kind="reason", value=problem, text="Other")
    undo(sample)
    assert reason().text == "Logistics problem"
    row = next(
        each for each in platform_words(sample, "aliexpress_dispute") if each.value == problem
    )
    assert (row.text, row.shipped, row.changed_on) == ("Logistics problem", shipped, TODAY)
    reset_platform_word(sample, "aliexpress_dispute", kind="reason", value=problem)
    assert reason().text == shipped
    undo(sample)
    assert reason().text == "Logistics problem"


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [("amount", "late", "x"), ("reason", "nonsense", "x"), ("wish", "late", "x"),
     ("reason", "late", ""), ("reason", "late", "x" * 201)],
)  # fmt: skip
def test_words_for_nothing_are_refused(sample, kind, value, text):
    with pytest.raises(Refused):
        set_platform_word(sample, "aliexpress_dispute", kind=kind, value=value, text=text)
    assert rows_of(sample, "platform_words") == ()


def test_where_nobody_knows_the_words_the_meaning_stands_and_says_so(sample, case):
    field = draft_submission(sample, case, form="ebay_dispute", language="en").field("reason")
    assert field.described
    assert field.text == "goods or services not received"


# -- which form


def test_the_form_of_a_text_is_that_of_the_cases_own_platform(sample, case):
    assert submission_form(sample, case, avenue="platform_dispute") == "aliexpress_dispute"
    with pytest.raises(NotFound):
        submission_form(sample, case, avenue="card_chargeback")


def test_an_appeal_asks_for_the_decision_and_what_is_new(sample, case):
    with pytest.raises(MissingFacts) as told:
        draft_submission(sample, case, form="aliexpress_appeal", language="en")
    assert set(told.value.names) == {"decision_text", "new_proof"}


# -- with commands


def test_the_whole_walk_is_done_with_commands(on_sample, tmp_path):
    first = on_sample("submission", "1001", "--next", "--in", "en")
    assert first.status == 0
    assert first.out.strip() == "No tracking information"
    shown = on_sample("--json", "submission", "1001", "--copied", "--in", "en")
    shown = json.loads(shown.out)
    assert [bool(step["copied_at"]) for step in shown["steps"][:2]] == [True, False]
    receipt = tmp_path / "receipt.txt"
    receipt.write_text("Dispute received")
    done = on_sample("submission", "1001", "--filed", "2026-11-23", "--reference", "D-1",
                     "--receipt", receipt, "--in", "en")  # fmt: skip
    assert done.status == 0, done.err
    assert "D-1" in on_sample("--json", "case", "show", "1001").out
    assert on_sample("undo").status == 0


def test_the_platforms_words_are_listed_set_and_reset_with_commands(on_sample):
    words = ("submission", "words", "ebay_dispute")
    assert on_sample(*words, "reason", "late", "Item", "is", "late").status == 0
    assert "Item is late" in on_sample(*words).out
    assert on_sample(*words, "reason", "late").status == 0
    assert "Item is late" not in on_sample(*words).out
    assert on_sample("submission", "words", "nothing").status == 3
    assert on_sample("submission", "1001", "late").status == 3


def test_evidence_of_the_case_is_told_as_changed_files(sample, case):
    copy_field(sample, case, **FORM)
    add_evidence(sample, case, [PastedImage(b"\x89PNG\r\n\x1a\n" + b"9" * 9, sample.clock.now())])
    assert "Files" in submission_walk(sample, case, **FORM).changed
