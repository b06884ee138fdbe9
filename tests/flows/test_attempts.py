"""What was tried is told in letters, from wherever the desk knows it, each try once."""

import datetime as dt

import pytest

from disputedesk.cli.main import main
from disputedesk.common.errors import Refused
from disputedesk.desk.attempts import attempts_of
from disputedesk.desk.basis import read_case
from disputedesk.desk.contact_notes import Contact, contact_in, note_of
from disputedesk.desk.operations.cases import add_contact, add_note, file_step
from disputedesk.desk.operations.orders import set_facts
from disputedesk.desk.operations.papers import make_letter
from disputedesk.desk.queries.cases import find_case
from disputedesk.model.case import CaseNote
from disputedesk.model.ids import FactName, RuleId
from disputedesk.model.posting import Posting, PostingWay
from disputedesk.model.reply import Counterclaim, MerchantReply

DAY = dt.date(2026, 11, 20)


@pytest.fixture
def case(sample):
    return find_case(sample, "1005")


def tried(desk, case, language="en"):
    with desk.store.snapshot() as rows:
        return attempts_of(read_case(rows, case), desk.forms, language)


def test_a_note_that_is_marked_as_contact_is_an_attempt(sample, case):
    before = tried(sample, case)
    add_note(sample, case, "Looked for the receipt.")
    assert tried(sample, case) == before
    add_contact(sample, case, Contact(DAY, "by telephone", "they promised a refund"))
    (new,) = set(tried(sample, case)) - set(before)
    assert (new.on, new.channel, new.answer) == (DAY, "by telephone", "they promised a refund")


def test_a_contact_reads_back_as_it_was_noted_in_both_languages():
    contact = Contact(DAY, "e-mail to Anna: two questions", "no → yes")
    at = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
    assert contact_in(CaseNote(at, "you", note_of(contact))) == contact
    assert contact_in(CaseNote(at, "вы", "Контакт 2026-11-20: телефон")) == Contact(DAY, "телефон")
    assert contact_in(CaseNote(at, "you", "contact: chat")) == Contact(at.date(), "chat")
    for text in ("Contact", "Contact them soon", "Contact 2026-13-45: chat", "contact:", "→"):
        assert contact_in(CaseNote(at, "you", text)) is None


def test_a_contact_of_tomorrow_or_without_a_way_is_refused(sample, case):
    for contact in (Contact(DAY, " "), Contact(sample.today + dt.timedelta(1), "chat")):
        with pytest.raises(Refused):
            add_contact(sample, case, contact)


def test_a_filing_with_seller_or_platform_is_an_attempt_with_the_merchants_reply(sample):
    case = find_case(sample, "1001")
    rule = RuleId("aliexpress.dispute.not_received")
    filing = file_step(sample, case, rule=rule, on=DAY).value
    with sample.transaction("test") as change:
        reply = change.rows.merchant_replies.add(MerchantReply(0, case, DAY, filing=filing))
        change.rows.counterclaims.add(Counterclaim(0, reply.id, 1, "it was delivered"))
    found = next(each for each in tried(sample, case) if each.on == DAY)
    assert (found.channel, found.answer) == ("dispute on the platform", "it was delivered")
    in_russian = next(each for each in tried(sample, case, "ru") if each.on == DAY)
    assert in_russian.channel == "спор на площадке"


def test_a_letter_to_the_seller_that_was_posted_is_an_attempt_and_one_to_the_bank_is_none(sample):
    case = find_case(sample, "1005")
    before = tried(sample, case)
    document = make_letter(sample, case, form="eu_withdrawal", language="en").value
    with sample.transaction("test") as change:
        change.rows.postings.add(Posting(0, document.id, PostingWay.REGISTERED, DAY, "Shop GmbH"))
    (new,) = set(tried(sample, case)) - set(before)
    assert (new.channel, new.who) == ("registered letter", "Shop GmbH")


def test_the_same_try_from_two_sources_is_told_once(sample, case):
    with sample.store.snapshot() as rows:
        order = rows.cases.get(case).order
    known = {FactName("contacted_seller_on"): DAY, FactName("contact_channel"): "By Telephone"}
    set_facts(sample, order, known, case_id=case)
    add_contact(sample, case, Contact(DAY, "by telephone", "they said no"))
    found = [each for each in tried(sample, case) if each.on == DAY]
    assert [each.answer for each in found] == ["they said no"]


def test_the_command_notes_a_contact(sample, case, capsys):
    sample.close()
    assert main(["--desk", str(sample.folder), "--today", "2026-11-23", "case", "note", "1005",
                 "--contact", "2026-11-20", "--answer", "soon", "chat"]) == 0  # fmt: skip
    assert [(a.on, a.answer) for a in tried(sample, case) if a.channel == "chat"] == [(DAY, "soon")]
