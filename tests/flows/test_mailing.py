"""A paper on its way out: the draft mail, the record that it went, the print job."""

import dataclasses
import datetime as dt
import email
import email.policy
import io

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disputedesk.cli.main import main
from disputedesk.common.errors import DeskError, Refused
from disputedesk.desk.operations.addressees import set_addressee
from disputedesk.desk.operations.cases import file_step
from disputedesk.desk.operations.mailing import draft_mail, record_posting, save_mail
from disputedesk.desk.operations.papers import make_letter
from disputedesk.desk.operations.printing import newest_letter, print_job
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries.cases import case_detail, find_case
from disputedesk.model.addressee import Addressee
from disputedesk.model.ids import ExhibitId, RuleId
from disputedesk.model.posting import PostingWay
from disputedesk.papers.languages import LETTER_LANGUAGES
from disputedesk.papers.mail import MailDraft, mail_body, mail_file

PAN = "4111 1111 1111 1111"
BANK = Addressee(0, "issuer", "Beispielbank AG", address="PO Box 5\nBanktown", country="GB",
                 email="disputes@bank.example")  # fmt: skip


@pytest.fixture
def case(sample):
    return find_case(sample, "1001")


@pytest.fixture
def letter(sample, case):
    set_addressee(sample, case, BANK)
    return make_letter(sample, case, form="bank_chargeback", language="en").value


def read_mail(data):
    return email.message_from_bytes(data, policy=email.policy.default)


def postings(desk, document):
    with desk.store.snapshot() as rows:
        return rows.postings.of_document(document.id)


# -- the mail ------------------------------------------------------------------------------------


def test_the_draft_holds_the_very_paper_and_opens_unsent(sample, letter, tmp_path):
    path = tmp_path / "draft.eml"
    save_mail(sample, letter.id, path)
    message = read_mail(path.read_bytes())
    assert message["X-Unsent"] == "1"
    assert message["To"].addresses[0].addr_spec == "disputes@bank.example"
    assert message["To"].addresses[0].display_name == "Beispielbank AG"
    assert message["Subject"] == letter.title.replace("\u00a0", " ")
    (part,) = message.iter_attachments()
    assert part.get_content_type() == "application/pdf"
    assert part.get_filename() == letter.name
    assert part.get_content() == sample.vault.read(letter.sha256)


def test_the_draft_says_nothing_of_the_machine_and_loads_nothing(sample, letter, tmp_path):
    path = tmp_path / "draft.eml"
    save_mail(sample, letter.id, path)
    message = read_mail(path.read_bytes())
    assert set(message.keys()) == {"X-Unsent", "To", "Subject", "MIME-Version", "Content-Type"}
    body = message.get_body().get_content()
    assert message.get_body().get_content_type() == "text/plain"
    assert "Case 1001" in body
    assert "http" not in body
    assert all(part.get_content_type() != "text/html" for part in message.walk())


def test_the_same_paper_gives_the_same_draft(sample, letter):
    draft = draft_mail(sample, letter.id)
    assert mail_file(draft) == mail_file(draft_mail(sample, letter.id))


def test_the_words_are_in_the_language_of_the_letter(sample, case):
    set_addressee(sample, case, BANK)
    made = make_letter(sample, case, form="bank_chargeback", language="ru").value
    assert "Направляю вам письмо" in draft_mail(sample, made.id).body


@pytest.mark.parametrize("language", sorted(LETTER_LANGUAGES))
def test_every_language_of_letters_has_its_words_for_the_mail(language):
    body = mail_body(language, title="My title", reference="Ref 17", name="A. Name")
    assert all(value in body for value in ("My title", "Ref 17", "A. Name"))
    assert (body == mail_body("en", title="My title", reference="Ref 17", name="A. Name")) == (
        language == "en"
    )


def test_where_no_address_is_known_the_draft_has_none(sample, case, tmp_path):
    made = make_letter(sample, case, form="bank_chargeback", language="en").value
    save_mail(sample, made.id, tmp_path / "draft.eml")
    assert read_mail((tmp_path / "draft.eml").read_bytes())["To"] is None


@pytest.mark.parametrize("to", [
    "a@b.example\nBcc: x@evil.example", "a@b.example, c@d.example", "a@b.example\r\n\r\nhello",
    "nobody", "<a@b.example>", "a b@c.example", "a@b", "@b.example", "a@b.example;c@d.example",
    "a@b.example\x00", "a@b.example\u2028Bcc: x@y.example", "\u0430@b.example", "a@",
])  # fmt: skip
def test_what_is_not_one_address_is_refused_in_a_sentence(to, sample, letter, tmp_path):
    path = tmp_path / "draft.eml"
    with pytest.raises(Refused, match="not one e-mail address"):
        save_mail(sample, letter.id, path, to=to)
    assert not path.exists()


HEADERS = {"X-Unsent", "To", "Subject", "MIME-Version", "Content-Type"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    subject=st.text(max_size=300), name=st.text(max_size=60), file=st.text(max_size=60),
    to=st.one_of(st.just(""), st.text(max_size=40), st.emails()),
)  # fmt: skip
def test_no_text_adds_a_header_a_recipient_or_a_part(subject, name, file, to):
    draft = MailDraft(to, name, subject, "body\n", file or "x", "application/pdf", b"%PDF-1.4")
    try:
        data = mail_file(draft)
    except DeskError:
        return
    message = read_mail(data)
    assert set(message.keys()) <= HEADERS
    assert len(message.get_all("To", [])) <= 1
    assert [part.get_content_type() for part in message.iter_parts()] == [
        "text/plain", "application/pdf",
    ]  # fmt: skip
    if message["To"] is not None:
        assert [a.addr_spec for a in message["To"].addresses] == [to.strip()]


def test_a_card_number_in_a_subject_is_masked():
    draft = MailDraft("", "", f"card {PAN}\r\nBcc: a@b.example", mail_body(
        "en", title=PAN, reference="R", name="N"), "a.pdf", "application/pdf", b"x")  # fmt: skip
    data = mail_file(draft).replace(b"=\r\n", b"")
    assert b"4111 1111" not in data
    assert read_mail(data)["Bcc"] is None


def test_a_title_with_braces_is_only_text():
    assert "{name.__class__}" in mail_body("en", title="{name.__class__}", reference="", name="N")


def test_the_draft_never_lies_over_the_desk(sample, letter):
    with pytest.raises(Refused, match="file of the desk"):
        save_mail(sample, letter.id, sample.folder / "desk.sqlite3")


# -- the record ----------------------------------------------------------------------------------


def test_making_and_mailing_records_nothing_until_the_user_says_it_went(sample, letter, tmp_path):
    save_mail(sample, letter.id, tmp_path / "draft.eml")
    assert postings(sample, letter) == ()
    record_posting(sample, letter.id, way=PostingWay.REGISTERED, on=sample.today, tracking="RR 1")
    (kept,) = postings(sample, letter)
    assert (kept.way, kept.on, kept.tracking) == (PostingWay.REGISTERED, sample.today, "RR 1")
    assert kept.to == "Beispielbank AG"


def test_sent_again_is_another_posting_and_the_first_day_stays(sample, letter):
    later, first = sample.today, sample.today - dt.timedelta(days=2)
    record_posting(sample, letter.id, way=PostingWay.POST, on=first)
    record_posting(sample, letter.id, way=PostingWay.EMAIL, on=later)
    assert [each.on for each in postings(sample, letter)] == [first, later]
    with sample.store.snapshot() as rows:
        assert rows.documents.get(letter.id).sent_on == first


def test_undo_forgets_one_going_out_after_the_other(sample, letter):
    record_posting(sample, letter.id, way=PostingWay.POST, on=sample.today)
    record_posting(sample, letter.id, way=PostingWay.EMAIL, on=sample.today)
    undo(sample)
    assert [each.way for each in postings(sample, letter)] == [PostingWay.POST]
    undo(sample)
    assert postings(sample, letter) == ()
    with sample.store.snapshot() as rows:
        assert rows.documents.get(letter.id).sent_on is None


def test_a_step_taken_back_takes_its_posting_along(sample, case, letter):
    detail = case_detail(sample, case)
    rule = detail.plan.steps[0].window.rule
    filed = file_step(sample, case, rule=RuleId(rule), on=sample.today, document_id=letter.id)
    record_posting(sample, letter.id, way=PostingWay.PORTAL, on=sample.today, filing=filed.value)
    undo(sample, filed.undo)
    assert postings(sample, letter) == ()


@pytest.mark.parametrize("asked", [
    {"on": dt.date(2099, 1, 1)}, {"receipt": ExhibitId(99_999)},
])  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_kept(asked, sample, letter):
    with pytest.raises(Refused):
        record_posting(sample, letter.id, **{"way": PostingWay.POST, "on": sample.today, **asked})
    assert postings(sample, letter) == ()


def test_a_card_number_in_a_tracking_number_is_masked(sample, letter):
    record_posting(sample, letter.id, way=PostingWay.POST, on=sample.today, tracking=PAN, to=PAN)
    (kept,) = postings(sample, letter)
    assert "4111 1111" not in kept.tracking + kept.to


# -- the print job -------------------------------------------------------------------------------


def words_of(data):
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


def test_a_print_job_holds_every_page_and_says_before_each_whose_it_is(sample, case, letter):
    other = make_letter(sample, case, form="bank_chargeback", language="ru").value
    made = print_job(sample, [letter.id, other.id])
    texts = words_of(made.data)
    assert made.pages == len(texts) == letter.pages + other.pages + 2
    assert "Anna Weber" in texts[0]
    assert "Case 1001" in texts[0]
    assert f"{letter.pages} pages" in texts[0]
    assert texts[1 : 1 + letter.pages] == words_of(sample.vault.read(letter.sha256))
    assert "Paper 2 of 2" in texts[1 + letter.pages]


def test_the_pages_of_a_print_job_are_drawn_by_the_very_bytes_that_were_sealed(sample, letter):
    def drawn(data):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return [page.Contents.read_bytes() for page in pdf.pages]

    job = print_job(sample, [letter.id], separators=False)
    assert drawn(job.data) == drawn(sample.vault.read(letter.sha256))


def test_without_separators_nothing_stands_between(sample, letter):
    assert print_job(sample, [letter.id, letter.id], separators=False).pages == 2 * letter.pages


def test_the_same_papers_give_the_same_print_job(sample, letter):
    assert print_job(sample, [letter.id]).data == print_job(sample, [letter.id]).data


def test_nothing_and_dispute_texts_are_not_printed(sample, case):
    with pytest.raises(Refused, match="nothing to print"):
        print_job(sample, [])
    with sample.store.snapshot() as rows:
        texts = [d for d in rows.documents.list(case) if d.kind == "submission"]
    for document in texts:
        with pytest.raises(Refused, match="no pages"):
            print_job(sample, [document.id])


# -- commands ------------------------------------------------------------------------------------


def test_the_letter_command_chooses_layout_copies_and_mail(sample_folder, tmp_path, capsys):
    out, mail = tmp_path / "l.pdf", tmp_path / "l.eml"
    told = ["letter", "1001", "--desk", str(sample_folder), "--today", "2026-11-23",
            "--layout", "us_10", "--cc", "Ombudsman", "--delivery", "By fax", "--code",
            "-o", str(out), "--mail", str(mail)]  # fmt: skip
    assert main(told) == 0, capsys.readouterr().err
    assert "Ombudsman" in "".join(words_of(out.read_bytes()))
    (part,) = read_mail(mail.read_bytes()).iter_attachments()
    assert part.get_content() == out.read_bytes()
    document = pypdfium2.PdfDocument(out.read_bytes())
    assert document[0].get_width() == pytest.approx(612, abs=1)
    document.close()


def test_the_test_sheet_needs_no_desk(tmp_path, capsys):
    out = tmp_path / "t.pdf"
    assert main(["letter", "test-sheet", "--desk", str(tmp_path / "none"), "-o", str(out)]) == 0
    texts = words_of(out.read_bytes())
    assert len(texts) == 8
    assert all("100 mm long" in text for text in texts)
    assert "100 %" in capsys.readouterr().out
    assert not (tmp_path / "none").exists()


def test_made_letters_become_one_file_and_are_told_as_sent(sample_folder, tmp_path, capsys):
    common = ["--desk", str(sample_folder), "--today", "2026-11-23"]
    assert main(["letter", "1001", *common, "-o", str(tmp_path / "a.pdf")]) == 0
    out = tmp_path / "all.pdf"
    assert main(["letter", "print-file", "1001", "1001", *common, "-o", str(out)]) == 0
    one = len(words_of((tmp_path / "a.pdf").read_bytes()))
    assert len(words_of(out.read_bytes())) == 2 * (one + 1)
    assert main(["letter", "posted", "1001", *common, "--way", "registered"]) == 0
    assert main(["letter", "posted", "1001", *common]) == 3
    assert "--way" in capsys.readouterr().err


def test_the_newest_letter_is_the_one_that_is_meant(sample, case, letter):
    newer = make_letter(sample, case, form="bank_chargeback", language="ru").value
    assert newest_letter(sample, case) == newer.id
    assert dataclasses.replace(newer, id=letter.id) != letter
