"""A bundle after one that was sent: numbers and pages of what went out never change."""

import dataclasses
import datetime as dt
import email.message
import io
import re

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from disputedesk.common.errors import Refused
from disputedesk.desk.operations import care, cases, evidence, exhibits
from disputedesk.desk.operations.bundles import bundle_order, make_bundle
from disputedesk.desk.operations.claims import set_claims
from disputedesk.desk.operations.packets import make_packet
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries import cases as case_queries
from disputedesk.model.ids import CaseId
from disputedesk.papers.bundle import PartLimits
from disputedesk.papers.plan import RunKind, plan_of

CASE = CaseId(1)
SENT_ON = dt.date(2026, 11, 24)


def send(desk, document):
    with desk.transaction("test.send") as change:
        change.rows.documents.update(dataclasses.replace(document, sent_on=SENT_ON))


def made(desk, **asked):
    document = make_bundle(desk, CASE, language="en", **asked).value[0]
    with desk.store.snapshot() as rows:
        return document, plan_of(rows.bundles.find(document.id).plan)


def spans(plan):
    return {run.number: (page, run.pages) for run, page in plan.placed()
            if run.kind is RunKind.EXHIBIT}  # fmt: skip


def texts(desk, document):
    pdf = pypdfium2.PdfDocument(desk.vault.read(document.sha256))
    found = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    return found


def shown(desk):
    return case_queries.case_detail(desk, CASE).exhibits


def add(desk, tmp_path, name, text="more words"):
    path = tmp_path / name
    path.write_text(text)
    return evidence.add_evidence(desk, CASE, [path]).value[0]


def test_what_is_added_after_sending_follows_what_was_sent(sample, tmp_path):
    document, before = made(sample, letter_form="bank_chargeback")
    send(sample, document)
    first = texts(sample, document)
    add(sample, tmp_path, "later.txt")
    again, after = made(sample, letter_form="bank_chargeback")
    second = texts(sample, again)
    old, new = spans(before), spans(after)
    assert {number: new[number] for number in old} == old
    (added,) = set(new) - set(old)
    assert added == max(old) + 1
    assert new[added][0] > max(page + count - 1 for page, count in old.values())
    assert "DD-1001-2" in second[0]
    assert "Index of added exhibits" in second[new[added][0] - 2]
    for page, count in old.values():
        for at in range(page - 1, page + count - 1):
            then, now = (re.sub(r"DD-1001-\d · page (\d+) of \d+", r"page \1", each[at])
                         for each in (first, second))  # fmt: skip
            assert then == now
    letters = [run for run in after.runs if run.kind is RunKind.LETTER]
    assert letters == [run for run in before.runs if run.kind is RunKind.LETTER]
    assert first[1].split("DD-1001")[0] == second[1].split("DD-1001")[0]


def test_a_bundle_that_was_not_sent_binds_nobody(sample, tmp_path):
    _, before = made(sample)
    add(sample, tmp_path, "later.txt")
    _, after = made(sample)
    assert sum(run.kind is RunKind.INDEX for run in after.runs) == 1
    assert len(spans(after)) == len(spans(before)) + 1


def test_an_exhibit_that_was_sent_is_withdrawn_and_its_pages_say_so(sample):
    document, before = made(sample)
    send(sample, document)
    gone = shown(sample)[1]
    exhibits.remove_exhibit(sample, gone.id)
    assert [each.number for each in shown(sample)] == sorted(spans(before))
    again, after = made(sample)
    assert spans(after) == spans(before)
    said = texts(sample, again)
    page, _ = spans(after)[gone.number]
    assert "was withdrawn on" in said[page - 1]
    assert "withdrawn on" in "\n".join(said[1 : spans(after)[1][0] - 1])
    undo(sample)
    assert all(each.withdrawn_at is None for each in shown(sample))


def test_a_number_that_was_sent_is_never_given_to_another(sample, tmp_path):
    document, _ = made(sample)
    send(sample, document)
    sent = shown(sample)
    with pytest.raises(Refused, match="was sent under this number"):
        exhibits.move_exhibit(sample, sent[0].id, 3)
    one, two = (add(sample, tmp_path, name, name) for name in ("one.txt", "two.txt"))
    exhibits.move_exhibit(sample, two, 1)
    assert [each.id for each in shown(sample)] == [*(each.id for each in sent), two, one]
    exhibits.arrange_exhibits(sample, CASE)
    assert [each.id for each in shown(sample)][: len(sent)] == [each.id for each in sent]


def test_taking_back_a_move_never_renumbers_what_went_out_since(sample):
    exhibits.move_exhibit(sample, shown(sample)[0].id, 3)
    document, _ = made(sample)
    send(sample, document)
    before = [each.id for each in shown(sample)]
    with pytest.raises(Refused, match="went out since"):
        undo(sample)
    assert [each.id for each in shown(sample)] == before


def test_exhibits_are_put_in_order_of_section_then_day_and_back(sample):
    before = [each.id for each in shown(sample)]
    exhibits.set_exhibit(sample, before[0], section="return")
    exhibits.arrange_exhibits(sample, CASE)
    assert [each.id for each in shown(sample)][-1] == before[0]
    undo(sample)
    assert [each.id for each in shown(sample)] == before


@settings(max_examples=6, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(st.sampled_from(["add", "withdraw", "caption", "move"]), max_size=4))
def test_pages_of_every_sent_exhibit_stay_whatever_is_done(sample, tmp_path, acts):
    document, before = made(sample)
    send(sample, document)
    for at, act in enumerate(acts):
        if act == "add":
            name = f"{document.id}-{at}.txt"
            add(sample, tmp_path, name, name * 400)
        elif act == "withdraw":
            exhibits.remove_exhibit(sample, shown(sample)[0].id)
        elif act == "caption":
            exhibits.set_exhibit(sample, shown(sample)[-1].id, caption="A longer caption " * 15)
        elif shown(sample)[-1].number not in spans(before):
            exhibits.move_exhibit(sample, shown(sample)[-1].id, 1)
    _, after = made(sample)
    old, new = spans(before), spans(after)
    assert {number: new[number] for number in old} == old


def test_the_chronology_cites_exhibits_that_show_what_happened(sample):
    order = bundle_order(sample, CASE, language="en")
    assert [line.on for line in order.chronology] == sorted(line.on for line in order.chronology)
    assert any("was placed" in line.text for line in order.chronology)
    cited = {line.exhibit for line in order.chronology} - {None}
    assert cited <= {item.exhibit.number for item in order.exhibits}
    assert cited
    files = {item.exhibit.number for item in order.exhibits
             if item.exhibit.evidence.captured_from == "file"}  # fmt: skip
    for line in order.chronology:
        assert not (line.exhibit in files and line.text.startswith(("E-mail", "Picture taken")))


def test_the_letter_that_is_kept_for_later_is_verified_like_every_other_file(sample):
    made(sample, letter_form="bank_chargeback")
    assert care.verify(sample).findings == ()
    with sample.store.snapshot() as rows:
        (record,) = rows.bundles.of_case(CASE)
    path = sample.vault.path(record.letter_sha256)
    path.chmod(0o600)
    path.unlink()
    assert any("the letter of bundle" in each.where for each in care.verify(sample).findings)


def test_many_pictures_of_a_day_are_one_line_and_attachments_are_no_events(sample, tmp_path):
    camera = Image.Exif()
    camera.get_ifd(0x8769)[0x9003] = "2026:11:10 00:30:00"
    camera.get_ifd(0x8769)[0x9011] = "+03:00"
    mail = email.message.EmailMessage()
    mail["From"], mail["Date"] = "anna@example.com", "Mon, 16 Nov 2026 10:20:00 +0300"
    mail["Message-ID"] = "<pictures@example.com>"
    mail.set_content("See the pictures.")
    for number in range(4):
        out = io.BytesIO()
        Image.new("RGB", (60 + number, 40)).save(out, "JPEG", exif=camera)
        mail.add_attachment(out.getvalue(), "image", "jpeg", filename=f"IMG_{number}.jpg")
    mail.add_attachment("words", filename="note.txt")
    path = tmp_path / "rant.eml"
    path.write_bytes(mail.as_bytes())
    evidence.add_evidence(sample, CASE, [path])
    lines = [(line.on.isoformat(), line.text)
             for line in bundle_order(sample, CASE, language="en").chronology]  # fmt: skip
    (taken,) = [text for on, text in lines if "taken" in text]
    assert taken.startswith("4 pictures taken: exhibits ")
    assert ("2026-11-10", taken) in lines
    assert [text for _, text in lines if "rant.eml" in text] == ["E-mail: rant.eml"]
    assert not [text for _, text in lines if "note.txt" in text or "IMG_" in text]


def claims_of(desk, exhibit_id):
    with desk.store.snapshot() as rows:
        return [link.claim for link in rows.exhibits.claims(CASE) if link.exhibit == exhibit_id]


def test_taking_out_is_taken_back_with_section_and_claims(sample):
    gone = shown(sample)[1]
    exhibits.set_exhibit(sample, gone.id, section="return")
    set_claims(sample, gone.id, ["shipped_on", "received_on"])
    before = shown(sample)
    exhibits.remove_exhibit(sample, gone.id)
    undo(sample)
    after = shown(sample)
    assert [dataclasses.replace(e, id=0) for e in after] == [
        dataclasses.replace(e, id=0) for e in before
    ]
    assert claims_of(sample, after[1].id) == ["shipped_on", "received_on"]


def test_taking_out_is_not_taken_back_over_the_same_file_added_since(sample, tmp_path):
    one = add(sample, tmp_path, "one.txt")
    taken_out = exhibits.remove_exhibit(sample, one).undo
    add(sample, tmp_path, "one.txt")
    before = shown(sample)
    with pytest.raises(Refused, match="added to the case again"):
        undo(sample, taken_out)
    assert shown(sample) == before


def test_a_withdrawn_exhibit_that_is_added_again_stands_under_its_number(sample, tmp_path):
    one = add(sample, tmp_path, "one.txt")
    exhibits.set_exhibit(sample, one, section="return", caption="What I said")
    document, _ = made(sample)
    send(sample, document)
    before = shown(sample)
    exhibits.remove_exhibit(sample, one)
    withdrawn = shown(sample)
    outcome = evidence.add_files(sample, CASE, [tmp_path / "one.txt"])
    (line,) = outcome.value.lines
    assert (line.came, line.exhibit, line.why) == (evidence.Came.PUT_BACK, one, "")
    assert outcome.said == "1 exhibit put back"
    assert shown(sample) == before
    undo(sample)
    assert shown(sample) == withdrawn


def parts_sent(desk):
    with desk.store.snapshot() as rows:
        return [(each.id, each.sent_on) for each in rows.documents.list(CASE)]


def test_all_parts_of_a_bundle_went_out_with_one_and_come_back_with_it(sample):
    make_bundle(sample, CASE, language="en")
    parts = make_bundle(sample, CASE, language="en", limits=PartLimits(pages=4)).value
    assert len(parts) > 1
    make_bundle(sample, CASE, language="en")
    before = parts_sent(sample)
    step = case_queries.case_detail(sample, CASE).plan.next_step
    cases.file_step(sample, CASE, rule=step, on=sample.today, document_id=parts[-1].id)
    went = {number for number, day in parts_sent(sample) if day == sample.today}
    assert went == {each.id for each in parts}
    undo(sample)
    assert parts_sent(sample) == before


def test_files_sent_one_by_one_keep_their_numbers_and_bind_no_pages(sample):
    (listed,) = make_packet(sample, CASE, profile="paypal", language="en").value.documents
    step = case_queries.case_detail(sample, CASE).plan.next_step
    cases.file_step(sample, CASE, rule=step, on=sample.today, document_id=listed.id)
    with pytest.raises(Refused, match="sent under this number"):
        exhibits.move_exhibit(sample, shown(sample)[0].id, 2)
    assert bundle_order(sample, CASE, language="en").sent is None
    assert make_bundle(sample, CASE, language="en").value
