"""After filing: money comes back for now, the merchant contests, the platform refuses, late money.

Three roads of a worried buyer from the first letter to a PDF that can be sent, without a window.
"""

import datetime as dt
import email.message
import email.policy
import json

import pypdfium2
import pytest

from disputedesk.cli.main import main
from disputedesk.common.errors import Conflict, NotFound, Refused
from disputedesk.deadlines.words import Stage
from disputedesk.desk.operations.cases import close_case, file_step, open_case, reopen_case
from disputedesk.desk.operations.counterclaims import (
    NewClaim,
    add_claim,
    change_claim,
    claims_listed,
    remove_claim,
    set_claims,
)
from disputedesk.desk.operations.credits import NewCredit, add_credit, remove_credit
from disputedesk.desk.operations.evidence import PastedText, add_evidence
from disputedesk.desk.operations.exhibits import remove_exhibit, set_exhibit
from disputedesk.desk.operations.filing_answers import Answer, record_answer
from disputedesk.desk.operations.orders import NewOrder, add_order
from disputedesk.desk.operations.papers import save_document
from disputedesk.desk.operations.people import NewClient, NewInstrument, set_client, set_instrument
from disputedesk.desk.operations.rebuttals import Sent, draft_rebuttal, mark_answered
from disputedesk.desk.operations.replies import NewReply, record_reply, set_reply
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries.after import after_view, reply_of, usual_claims
from disputedesk.desk.queries.cases import case_detail
from disputedesk.desk.queries.mentions import mentions_of
from disputedesk.desk.queries.today import due, today_view
from disputedesk.model.case import CaseOutcome, CaseStage
from disputedesk.model.credit import CreditKind
from disputedesk.model.ids import CaseId, FactName, RuleId
from disputedesk.model.money import Money
from disputedesk.model.order import InstrumentKind
from disputedesk.model.posting import PostingWay
from disputedesk.model.problem import Problem
from tests.flows.conftest import TODAY

SUM = Money(12900, "EUR")


def day(count):
    return TODAY + dt.timedelta(days=count)


def pasted(text):
    return PastedText(text, dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC))


def mail(text):
    """The bank's mail with the merchant's answer."""
    made = email.message.EmailMessage(policy=email.policy.SMTP)
    made["From"], made["To"] = "disputes@bank.example", "anna@example.org"
    made["Subject"] = "Your dispute: the merchant has answered"
    made["Date"] = "Sun, 22 Nov 2026 10:00:00 +0000"
    made.set_content(text)
    made.add_attachment(b"%PDF-1.4 not read here", maintype="application", subtype="octet-stream",
                        filename="merchant.bin")  # fmt: skip
    return made.as_bytes()


@pytest.fixture
def disputed(desk):
    """A case for fake headphones, filed with a Mastercard bank in Germany forty days ago."""
    client = set_client(
        desk, None,
        NewClient("Anna Beispiel", "anna@example.org", address="Lindenhof 7\n10999 Berlin",
                  country="DE", zone="Europe/Berlin", language="de"),
    ).value  # fmt: skip
    order = add_order(
        desk,
        NewOrder("amazon", "305-7711223-1234501", "Headphones", "Lark Shop", day(-80), SUM, client,
                 {"received_on": day(-60)}),
    ).value  # fmt: skip
    set_instrument(
        desk, order,
        NewInstrument(InstrumentKind.CARD, "••••1881", "mastercard", "credit", "Beispielbank",
                      "Bankplatz 1\n60311 Frankfurt", "DE"),
    )  # fmt: skip
    facts = {
        "transaction_date": day(-80), "processing_date": day(-79), "contacted_seller_on": day(-58),
        "aware_on": day(-57), "goods_promised": "genuine headphones",
        "goods_received": "a copy", "descriptor": "LARK SHOP",
    }  # fmt: skip
    known = {FactName(name): value for name, value in facts.items()}
    case = open_case(desk, order, problem=Problem.COUNTERFEIT, facts=known).value
    file_step(desk, case, rule=RuleId("mastercard.4853.counterfeit"), on=day(-40),
              reference="BB-2026-4417")  # fmt: skip
    return case


def facts_of(desk, case):
    return {str(f.name): f.value for f in case_detail(desk, case).facts if f.value is not None}


def exhibit(desk, case, text, kind, caption):
    number = add_evidence(desk, case, [pasted(text)]).value[0]
    set_exhibit(desk, number, kind=kind, caption=caption)
    return number


# -- money came back, then the merchant contests: answer in ten days ------------------------------


def test_a_contested_credit_ends_in_a_rebuttal_that_can_be_sent(desk, disputed, tmp_path):
    case = disputed
    lent = NewCredit(CreditKind.PROVISIONAL, SUM, day(-30), filing=_filing(desk, case))
    add_credit(desk, case, lent)
    detail = case_detail(desk, case)
    assert detail.after.provisional == (SUM,)
    assert detail.after.still_out == SUM
    assert facts_of(desk, case)["provisional_credit_on"] == day(-30)

    letter = tmp_path / "reply.eml"
    letter.write_bytes(mail("The merchant says the goods are genuine."))
    new = NewReply(day(-1), answer_by=day(9))
    reply = record_reply(desk, case, new, sources=[letter]).value
    known = facts_of(desk, case)
    assert (known["merchant_reply_on"], known["reply_asked_by"]) == (day(-1), day(9))
    detail = case_detail(desk, case)
    assert detail.case.stage is CaseStage.ANSWERED
    assert detail.plan.next_step == RuleId("mastercard.response")
    assert {e.kind for e in detail.exhibits} == {"reply"}
    assert any(row.rule == "mastercard.response" for row in today_view(desk).rows)

    report = exhibit(desk, case, "Not our serial number.", "serial", "Letter of the maker")
    add_claim(desk, reply, NewClaim("The goods are genuine.", 2))
    add_claim(desk, reply, NewClaim("The goods were not sent back."))
    assert [row.claim.number for row in reply_of(desk, case).unanswered] == [1, 2]
    change_claim(desk, reply, 1, answer="The maker says otherwise", exhibits=[report])
    change_claim(desk, reply, 2, answer="They wait to be collected at my address")
    assert reply_of(desk, case).unanswered == ()

    made = draft_rebuttal(desk, reply, language="en").value
    save_document(desk, made.id, tmp_path / "rebuttal.pdf")
    text = " ".join(_text(tmp_path / "rebuttal.pdf").split())
    number = next(e.number for e in case_detail(desk, case).exhibits if e.id == report)
    assert "Point 1 (page 2 of the reply). The merchant says: The goods are genuine." in text
    assert f"My answer: The maker says otherwise. [Exhibit {number}]" in text
    assert "They wait to be collected at my address" in text
    assert "for the time being" in text
    assert "EUR 129.00" in text
    assert "already come back" not in text

    mark_answered(desk, reply, Sent(TODAY, PostingWay.REGISTERED, tracking="RR123456785DE"))
    detail = case_detail(desk, case)
    view = detail.after.replies[0]
    assert view.reply.answered_on == TODAY
    assert view.document.id == made.id
    assert view.document.sent_on == TODAY
    assert detail.plan.next_step != RuleId("mastercard.response")
    assert detail.filings[-1].stage == "response"
    with desk.store.snapshot() as rows:
        (posting,) = rows.postings.of_document(made.id)
    assert (posting.way, posting.tracking) == (PostingWay.REGISTERED, "RR123456785DE")


def _filing(desk, case):
    return case_detail(desk, case).filings[0].id


def _text(path):
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_a_second_reply_presses_again_although_the_first_was_answered(desk, disputed):
    first = record_reply(desk, disputed, NewReply(day(-20), answer_by=day(-8))).value
    mark_answered(desk, first, Sent(day(-10)))
    assert case_detail(desk, disputed).plan.next_step != RuleId("mastercard.response")
    again = NewReply(day(-1), answer_by=day(12), stage=Stage.PRE_ARBITRATION)
    second = record_reply(desk, disputed, again).value
    detail = case_detail(desk, disputed)
    assert "mastercard.response" in {step.window.rule for step in detail.plan.steps}
    (row,) = [row for row in today_view(desk).rows if row.rule == "mastercard.response"]
    assert (row.closes, row.reserve) == (day(12), False)
    add_claim(desk, second, NewClaim("Still genuine.", answer="No"))
    made = draft_rebuttal(desk, second, language="en").value
    assert made.form == "pre_arbitration_statement"
    mark_answered(desk, second, Sent(TODAY))
    assert case_detail(desk, disputed).filings[-1].stage == "pre_arbitration"
    assert not [row for row in today_view(desk).rows if row.rule == "mastercard.response"]


def test_every_act_on_a_reply_is_taken_back(desk, disputed):
    before = case_detail(desk, disputed)
    reply = record_reply(desk, disputed, NewReply(day(-1), answer_by=day(9))).value
    set_reply(desk, reply, NewReply(day(-2), answer_by=day(8)))
    add_claim(desk, reply, NewClaim("One.", answer="No."))
    add_claim(desk, reply, NewClaim("Two."))
    made = draft_rebuttal(desk, reply, language="en").value
    mark_answered(desk, reply, Sent(TODAY))
    undo(desk)
    assert reply_of(desk, disputed).waits
    assert case_detail(desk, disputed).documents[-1].sent_on is None
    assert len(case_detail(desk, disputed).filings) == 1
    undo(desk)
    assert reply_of(desk, disputed).document is None
    assert made.id
    undo(desk)
    assert [claim.text for claim in claims_listed(desk, reply)] == ["One."]
    undo(desk)
    assert claims_listed(desk, reply) == []
    undo(desk)
    assert reply_of(desk, disputed).reply.answer_by == day(9)
    assert facts_of(desk, disputed)["reply_asked_by"] == day(9)
    undo(desk)
    after = case_detail(desk, disputed)
    assert after.after.replies == ()
    assert after.case.stage is before.case.stage
    assert "merchant_reply_on" not in facts_of(desk, disputed)


def test_an_exhibit_that_answers_a_claim_can_be_taken_out_and_comes_back_to_it(desk, disputed):
    reply = record_reply(desk, disputed, NewReply(day(-1)), sources=[pasted("reply")]).value
    shown = exhibit(desk, disputed, "proof", "serial", "Proof")
    add_claim(desk, reply, NewClaim("Genuine.", exhibits=(shown,)))
    credit = NewCredit(CreditKind.FINAL, Money(100, "EUR"), TODAY, exhibit=shown)
    add_credit(desk, disputed, credit)
    holder = reply_of(desk, disputed).exhibit
    remove_exhibit(desk, shown)
    assert [row.claim.number for row in reply_of(desk, disputed).unanswered] == [1]
    undo(desk)
    view = after_view(desk, disputed)
    assert [e.caption for e in view.replies[0].claims[0].exhibits] == ["Proof"]
    assert view.credits[0].exhibit.caption == "Proof"
    remove_exhibit(desk, holder.id)
    assert reply_of(desk, disputed).exhibit is None
    undo(desk)
    assert reply_of(desk, disputed).exhibit is not None


@pytest.mark.parametrize(
    "new",
    [
        NewReply(day(1)),
        NewReply(day(-1), answer_by=day(-2)),
        NewReply(day(-1), stage=Stage.FIRST_FILING),
    ],
)
def test_a_reply_that_cannot_be_is_refused_before_its_file_is_kept(desk, disputed, new):
    with pytest.raises(Refused):
        record_reply(desk, disputed, new, sources=[pasted("reply")])
    assert case_detail(desk, disputed).exhibits == ()


def test_a_reply_is_answered_once_and_not_before_it_came(desk, disputed):
    reply = record_reply(desk, disputed, NewReply(day(-5))).value
    with pytest.raises(Refused):
        mark_answered(desk, reply, Sent(day(-6)))
    with pytest.raises(Refused):
        mark_answered(desk, reply, Sent(day(1)))
    mark_answered(desk, reply, Sent(TODAY))
    with pytest.raises(Conflict):
        mark_answered(desk, reply, Sent(TODAY))


def test_a_claim_says_something_and_keeps_no_card_number(desk, disputed):
    reply = record_reply(desk, disputed, NewReply(day(-5))).value
    for bad in (NewClaim("  "), NewClaim("x" * 3000), NewClaim("x", page=0)):
        with pytest.raises(Refused):
            add_claim(desk, reply, bad)
    add_claim(desk, reply, NewClaim("Paid with 4111 1111 1111 1111 <b>{{ x }}</b>"))
    (kept,) = claims_listed(desk, reply)
    assert "4111 1111" not in kept.text
    assert "<b>{{ x }}</b>" in kept.text
    with pytest.raises(NotFound):
        change_claim(desk, reply, 2, answer="?")
    with pytest.raises(NotFound):
        set_claims(desk, reply, [NewClaim("a", id=99)])
    remove_claim(desk, reply, 1)
    assert claims_listed(desk, reply) == []


def test_a_claim_with_markup_and_braces_is_printed_as_it_was_read(desk, disputed, tmp_path):
    reply = record_reply(desk, disputed, NewReply(day(-5))).value
    hostile = "<img src=http://x.example/a.png> {% for a in b %} [facts]"
    add_claim(desk, reply, NewClaim(hostile, answer="* [request] {{ today }}"))
    made = draft_rebuttal(desk, reply, language="en").value
    save_document(desk, made.id, tmp_path / "r.pdf")
    text = " ".join(_text(tmp_path / "r.pdf").split())
    assert hostile in text
    assert "* [request] {{ today }}" in text


def test_no_rebuttal_is_drafted_while_no_claim_is_listed(desk, disputed):
    reply = record_reply(desk, disputed, NewReply(day(-5))).value
    with pytest.raises(Refused, match="No claim"):
        draft_rebuttal(desk, reply, language="en")


def test_usual_claims_fit_the_wrong_and_name_the_exhibits_that_answer(desk, disputed):
    shown = exhibit(desk, disputed, "maker", "serial", "Letter of the maker")
    usual = {view.id: view for view in usual_claims(desk, disputed)}
    assert "genuine" in usual
    assert "cash_given" not in usual
    assert [e.id for e in usual["genuine"].exhibits] == [shown]


def test_the_day_of_the_letter_is_suggested_and_never_recorded_by_itself(desk, disputed, tmp_path):
    letter = tmp_path / "bank.eml"
    letter.write_bytes(mail("The merchant has answered. Please reply to us by 4 December 2026."))
    add_evidence(desk, disputed, [letter])
    found = [m for m in mentions_of(desk, disputed) if m.fact == "reply_asked_by"]
    assert found[0].values == (dt.date(2026, 12, 4),)
    assert "reply_asked_by" not in facts_of(desk, disputed)


# -- the platform said no --------------------------------------------------------------------------


def test_a_refusal_of_the_platform_opens_what_comes_after_it(sample, tmp_path):
    with sample.store.snapshot() as rows:
        case = rows.cases.find_by_number(1007).id
    filing = case_detail(sample, case).filings[0].id
    page = tmp_path / "decision.txt"
    page.write_text("The dispute is closed in favour of the seller.", encoding="utf-8")
    said = Answer(TODAY, "Closed in favour of the seller", granted=False, decided=True)
    record_answer(sample, filing, said, sources=[page])
    detail = case_detail(sample, case)
    assert facts_of(sample, case)["platform_decided_on"] == TODAY
    assert [e.kind for e in detail.exhibits if e.evidence.name == "decision.txt"] == ["decision"]
    avenues = {str(step.window.avenue) for step in detail.plan.steps}
    assert "platform_appeal" in avenues or "card_chargeback" in avenues
    assert detail.after.lines[0].kind == "answer"
    undo(sample)
    assert "platform_decided_on" not in facts_of(sample, case)
    assert case_detail(sample, case).filings[0].answered_on is None


def test_a_seller_who_says_no_is_not_taken_for_the_platform(sample):
    with sample.store.snapshot() as rows:
        case = rows.cases.find_by_number(1007).id
    filing = case_detail(sample, case).filings[0].id
    record_answer(sample, filing, Answer(TODAY, "No", granted=False))
    assert "platform_decided_on" not in facts_of(sample, case)


def test_an_answer_in_part_becomes_a_promise_with_its_day(desk, disputed):
    filing = _filing(desk, disputed)
    part = Money(5000, "EUR")
    record_answer(desk, filing, Answer(day(-3), "Half", True, part, day(7)))
    view = after_view(desk, disputed)
    assert (view.credits[0].left, view.credits[0].credit.due_on) == (part, day(7))
    assert view.credits[0].credit.filing == filing
    with pytest.raises(Refused):
        record_answer(desk, filing, Answer(day(-41), "before it was sent", granted=True))
    undo(desk)
    assert after_view(desk, disputed).credits == ()


# -- a refund was promised and nothing came --------------------------------------------------------


def test_a_promise_past_its_day_stands_on_today_until_the_money_comes(desk, disputed):
    promised = NewCredit(CreditKind.PROMISED, SUM, day(-10), day(-3))
    add_credit(desk, disputed, promised)
    (row,) = [row for row in today_view(desk).rows if row.is_late_refund]
    assert "late since 3 days" in row.nothing
    assert row.money == SUM
    assert row in due(desk, within_days=1)
    assert not [r for r in today_view(desk, today=day(-3)).rows if r.is_late_refund]
    add_credit(desk, disputed, NewCredit(CreditKind.FINAL, Money(2900, "EUR"), day(-1)))
    (row,) = [row for row in today_view(desk).rows if row.is_late_refund]
    assert row.money == Money(10000, "EUR")
    add_credit(desk, disputed, NewCredit(CreditKind.FINAL, Money(10000, "EUR"), TODAY))
    assert not [row for row in today_view(desk).rows if row.is_late_refund]
    assert after_view(desk, disputed).still_out == Money(0, "EUR")


def test_a_closed_case_has_no_late_refund(desk, disputed):
    add_credit(desk, disputed, NewCredit(CreditKind.PROMISED, SUM, day(-10), day(-3)))
    close_case(desk, disputed, outcome=CaseOutcome.ABANDONED)
    assert not [row for row in today_view(desk).rows if row.is_late_refund]


def test_a_written_promise_gives_the_rules_its_day_and_a_spoken_one_does_not(desk, disputed):
    add_credit(desk, disputed, NewCredit(CreditKind.PROMISED, SUM, day(-10)))
    assert "credit_voucher_on" not in facts_of(desk, disputed)
    written = NewCredit(CreditKind.PROMISED, SUM, day(-9))
    add_credit(desk, disputed, written, sources=[pasted("We will refund you.")])
    assert facts_of(desk, disputed)["credit_voucher_on"] == day(-9)
    undo(desk)
    assert "credit_voucher_on" not in facts_of(desk, disputed)


@pytest.mark.parametrize(
    "new",
    [
        NewCredit(CreditKind.FINAL, Money(0, "EUR"), TODAY),
        NewCredit(CreditKind.FINAL, SUM, day(1)),
        NewCredit(CreditKind.FINAL, SUM, TODAY, due_on=day(3)),
        NewCredit(CreditKind.PROMISED, SUM, TODAY, due_on=day(-1)),
        NewCredit(CreditKind.TAKEN_BACK, SUM, TODAY),
    ],
)
def test_a_line_that_cannot_be_is_refused(desk, disputed, new):
    with pytest.raises(Refused):
        add_credit(desk, disputed, new)
    assert after_view(desk, disputed).credits == ()


def test_a_line_taken_out_comes_back_with_undo(desk, disputed):
    line = add_credit(desk, disputed, NewCredit(CreditKind.FINAL, SUM, TODAY, note="by SEPA")).value
    remove_credit(desk, line)
    assert after_view(desk, disputed).credits == ()
    undo(desk)
    (row,) = after_view(desk, disputed).credits
    assert (row.credit.amount, row.credit.note) == (SUM, "by SEPA")


def test_what_the_bank_takes_back_is_out_again(desk, disputed):
    filing = _filing(desk, disputed)
    add_credit(desk, disputed, NewCredit(CreditKind.PROVISIONAL, SUM, day(-9), filing=filing))
    add_credit(desk, disputed, NewCredit(CreditKind.TAKEN_BACK, SUM, day(-2), filing=filing))
    view = after_view(desk, disputed)
    assert view.provisional == ()
    assert view.still_out == SUM


# -- the end ---------------------------------------------------------------------------------------


def test_closing_is_warned_of_and_counts_what_is_final(desk, disputed):
    filing = _filing(desk, disputed)
    add_credit(desk, disputed, NewCredit(CreditKind.PROVISIONAL, SUM, day(-9), filing=filing))
    record_reply(desk, disputed, NewReply(day(-5)))
    cautions = after_view(desk, disputed).cautions
    assert len(cautions) == 2
    assert "may take it back" in cautions[0]
    assert "is not answered" in cautions[1]
    add_credit(desk, disputed, NewCredit(CreditKind.FINAL, Money(5000, "EUR"), day(-1)))
    close_case(desk, disputed, outcome=CaseOutcome.PART)
    assert case_detail(desk, disputed).case.won == Money(5000, "EUR")
    reopen_case(desk, disputed)
    detail = case_detail(desk, disputed)
    assert len(detail.after.credits) == 2
    assert len(detail.after.replies) == 1


def test_nothing_is_recorded_for_a_closed_case(desk, disputed):
    close_case(desk, disputed, outcome=CaseOutcome.LOST)
    with pytest.raises(Conflict):
        record_reply(desk, disputed, NewReply(day(-5)), sources=[pasted("late")])
    assert case_detail(desk, disputed).exhibits == ()


# -- the command line ------------------------------------------------------------------------------


def run(folder, *words):
    return main(["--desk", str(folder), "--today", str(TODAY), *words])


def test_the_whole_road_by_commands(desk, disputed, tmp_path, capsys):
    letter = tmp_path / "reply.txt"
    letter.write_text("The goods are genuine.", encoding="utf-8")
    folder, out = desk.folder, tmp_path / "rebuttal.pdf"
    assert run(folder, "case", "credit", "1001", "provisional", "129.00 EUR", "--on",
               str(day(-30))) == 0  # fmt: skip
    assert run(folder, "case", "reply", "1001", "--file", str(letter), "--received", str(day(-1)),
               "--answer-by", str(day(9))) == 0  # fmt: skip
    assert run(folder, "case", "claims", "1001", "add", "--usual", "genuine", "--page", "1") == 0
    assert run(folder, "case", "claims", "1001", "answer", "It is a copy", "--claim", "1") == 0
    assert run(folder, "case", "claims", "1001", "link", "--claim", "1", "--exhibit", "1") == 0
    assert run(folder, "case", "rebuttal", "1001", "-o", str(out)) == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert run(folder, "case", "rebuttal", "1001", "--sent", str(TODAY), "--way", "email") == 0
    told = capsys.readouterr().out
    assert "is provisional: the bank may take it back" in told
    assert "Answer by" in told
    assert run(folder, "case", "odds", "--json") == 0
    assert json.loads(capsys.readouterr().out)["odds"] == []
    assert run(folder, "case", "credit", "1001", "final", "129.00 EUR") == 0
    assert "Back for good" in capsys.readouterr().out
    assert run(folder, "case", "close", "1001", "won") == 0
    assert case_detail(desk, CaseId(disputed)).case.won == SUM


def test_a_wrong_word_on_the_command_line_is_said(desk, disputed, capsys):
    assert run(desk.folder, "case", "claims", "1001") == 3
    assert "No reply of the merchant is recorded" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run(desk.folder, "case", "credit", "1001", "final", "much")
    assert "43.10 USD" in capsys.readouterr().err
