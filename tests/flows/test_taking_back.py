"""Every act that can be taken back is, and the desk's rows are what they were."""

import contextlib
import datetime as dt
import json
import sqlite3

import pytest

from disputedesk.desk.operations import (
    addressees,
    agency,
    bank_forms,
    cases,
    claims,
    counterclaims,
    exhibits,
    filing_answers,
    forms,
    mailing,
    orders,
    people,
    platform_words,
    prompts,
    reading,
    rebuttals,
    replies,
    settings,
    submissions,
    suggestions,
)
from disputedesk.desk.operations.credits import NewCredit, add_credit, remove_credit
from disputedesk.desk.operations.evidence import PastedText, add_evidence
from disputedesk.desk.operations.papers import make_letter
from disputedesk.desk.operations.undo import UNDOABLE, undo
from disputedesk.desk.queries.cases import case_detail, find_case
from disputedesk.desk.queries.submissions import rule_of_form
from disputedesk.model.addressee import Addressee
from disputedesk.model.agency import Letterhead, Mandate
from disputedesk.model.case import CaseOutcome
from disputedesk.model.credit import CreditKind
from disputedesk.model.evidence import Suspicion
from disputedesk.model.ids import FactName, RuleId
from disputedesk.model.money import Money
from disputedesk.model.posting import PostingWay
from disputedesk.model.problem import Problem
from tests.flows.conftest import TODAY
from tests.unit.papers.bankform.forms import Paper

WALK = {"form": "aliexpress_dispute", "language": "en"}
LETTER = {"form": "bank_chargeback", "language": "en"}
SUM = Money(500, "USD")
PASSING = {"ledger", "window", "sqlite_sequence", "alembic_version", "import_file"}
"""What counts on, or is computed from the rest."""
STAYING = {"evidence", "arrival", "derivation", "reading", "document", "copied_field", "seller"}
"""What was sealed stays sealed: more may be there, and what was there is unchanged."""


# -- the desk as rows ------------------------------------------------------------------------------


def rows_of(folder):
    """Every table of a desk as rows in text; exhibits by what they show, facts that hold."""
    with contextlib.closing(sqlite3.connect(folder / "desk.sqlite3")) as base:
        base.row_factory = sqlite3.Row
        told = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = {name for (name,) in told if "search" not in name} - PASSING
        shown = dict(base.execute("SELECT id, evidence_id FROM exhibit").fetchall())
        return {
            name: sorted(
                line
                for row in base.execute(f"SELECT * FROM {name}")
                if (line := _line(name, dict(row), shown))
            )
            for name in names
        }


def _line(table, row, shown):
    if row.get("removed_at") or (row.get("withdrawn_at") and table == "fact"):
        return ""
    if row.get("superseded_by"):
        return ""
    for name in ("version", "updated_at", "recorded_at", "batch_id"):
        row.pop(name, None)
    if table in {"exhibit", "fact", "claim_link", "counterclaim_exhibit", "platform_word"}:
        del row["id"]
    for name in ("exhibit_id", "receipt_id"):
        if row.get(name) is not None:
            row[name] = shown[row[name]]
    return json.dumps(row, sort_keys=True, default=str)


def assert_same(before, after):
    assert before.keys() == after.keys()
    for name in sorted(before):
        if name in STAYING:
            assert set(before[name]) <= set(after[name]), name
        else:
            assert before[name] == after[name], name


# -- the acts --------------------------------------------------------------------------------------


def pasted(text):
    return PastedText(text, dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC))


def proof(desk, case, text="The slip."):
    (number,) = add_evidence(desk, case, [pasted(text)]).value
    return number


def first(desk, case):
    return case_detail(desk, case).exhibits[0].id


def order_of(desk, case):
    return case_detail(desk, case).order.id


def client_of(desk, case):
    with desk.store.snapshot() as rows:
        return rows.cases.get(case).client


def letter(desk, case):
    return make_letter(desk, case, **LETTER).value.id


def bank_form(desk):
    path = desk.folder.parent / "bank.pdf"
    paper = Paper()
    paper.text("holder", TU="Cardholder name")
    path.write_bytes(paper.data())
    return path


def filed(desk, case):
    rule = RuleId(rule_of_form(desk, case, "aliexpress_dispute"))
    return cases.file_step(desk, case, rule=rule, on=TODAY).value


def replied(desk, case):
    return replies.record_reply(desk, case, replies.NewReply(TODAY)).value


def drafted(desk, case):
    reply = replied(desk, case)
    rebuttals.keep_draft(desk, reply, letter(desk, case))
    return reply


def suspected(desk, case):
    evidence = case_detail(desk, case).exhibits[0].evidence.id
    found = Suspicion(0, evidence, "pan", "page 1", "•••• 1111")
    with desk.transaction("test.found") as change:
        change.rows.suspicions.replace(evidence, [found])
    with desk.store.snapshot() as rows:
        return rows.suspicions.of_evidence([evidence])[0].id


def mandate(desk, case):
    return agency.set_mandate(desk, Mandate(0, client_of(desk, case), "Helper", consent=True))


def own(desk, _case):
    forms.copy_form(desk, "eu_withdrawal", "own_test", language="en")


def fields_changed(desk, form):
    with desk.store.snapshot() as rows:
        fields = rows.bank_fields.of_form(form.id)
    bank_forms.map_fields(desk, form.id, {fields[0].id: "=Anna"})


def nothing(_desk, _case):
    return None


ACTS = {
    "order.add": (nothing, lambda d, c, _: orders.add_order(
        d, orders.NewOrder("ebay", "12-34567-89012", "A lamp", total=SUM))),
    "order.set": (nothing, lambda d, c, _: orders.set_order(d, order_of(d, c), note="New")),
    "order.set_facts": (nothing, lambda d, c, _: orders.set_facts(
        d, order_of(d, c), {FactName("contacted_seller_on"): TODAY})),
    "case.open": (nothing, lambda d, c, _: cases.open_case(
        d, order_of(d, c), problem=Problem.COUNTERFEIT)),
    "case.set": (nothing, lambda d, c, _: cases.set_case(d, c, narrative="Told anew.")),
    "case.close": (nothing, lambda d, c, _: cases.close_case(d, c, outcome=CaseOutcome.WON)),
    "case.reopen": (lambda d, c: cases.close_case(d, c, outcome=CaseOutcome.WON),
                    lambda d, c, _: cases.reopen_case(d, c)),
    "case.note": (nothing, lambda d, c, _: cases.add_note(d, c, "Rang twice.")),
    "case.file": (nothing, lambda d, c, _: filed(d, c)),
    "case.answer": (filed, lambda d, c, filing: filing_answers.record_answer(
        d, filing, filing_answers.Answer(TODAY, "In part.", True, SUM, TODAY))),
    "evidence.add": (nothing, lambda d, c, _: proof(d, c)),
    "evidence.settle": (suspected, lambda d, c, found: reading.settle_suspicion(d, found)),
    "exhibit.set": (nothing, lambda d, c, _: exhibits.set_exhibit(d, first(d, c), caption="New")),
    "exhibit.claims": (nothing, lambda d, c, _: claims.set_claims(d, first(d, c), ["received_on"])),
    "exhibit.name": (nothing, lambda d, c, _: suggestions.name_exhibits(
        d, c, {first(d, c): "photo"})),
    "exhibit.move": (proof, lambda d, c, new: exhibits.move_exhibit(d, new, 1)),
    "exhibit.remove": (proof, lambda d, c, new: exhibits.remove_exhibit(d, new)),
    "addressee.set": (nothing, lambda d, c, _: addressees.set_addressee(
        d, c, Addressee(0, "seller", "Shop", address="1 Street"))),
    "mandate.set": (nothing, lambda d, c, _: mandate(d, c)),
    "letterhead.set": (
        lambda d, c: agency.set_letterhead(d, Letterhead(0, "A", "One", standard=True)).value,
        lambda d, c, head: agency.remove_letterhead(d, head)),
    "credit.set": (
        lambda d, c: add_credit(
            d, c, NewCredit(CreditKind.FINAL, SUM, TODAY, exhibit=proof(d, c))).value,
        lambda d, c, line: remove_credit(d, line)),
    "reply.set": (nothing, lambda d, c, _: replied(d, c)),
    "reply.claims": (replied, lambda d, c, reply: counterclaims.add_claim(
        d, reply, counterclaims.NewClaim("It came.", exhibits=(first(d, c),)))),
    "reply.draft": (replied, lambda d, c, reply: rebuttals.keep_draft(d, reply, letter(d, c))),
    "reply.sent": (drafted, lambda d, c, reply: rebuttals.mark_answered(
        d, reply, rebuttals.Sent(TODAY))),
    "submission.copy": (nothing, lambda d, c, _: submissions.copy_field(d, c, **WALK)),
    "submission.file": (nothing, lambda d, c, _: submissions.file_submission(
        d, c, **WALK, rule=rule_of_form(d, c, WALK["form"]), on=TODAY)),
    "platform_word.set": (nothing, lambda d, c, _: platform_words.set_platform_word(
        d, WALK["form"], kind="reason", value="not_received", text="Never came")),
    "bankform.add": (nothing, lambda d, c, _: bank_forms.add_bank_form(d, bank_form(d))),
    "bankform.fields": (lambda d, c: bank_forms.add_bank_form(d, bank_form(d)).value,
                        lambda d, c, form: fields_changed(d, form)),
    "document.post": (letter, lambda d, c, paper: mailing.record_posting(
        d, paper, way=PostingWay.REGISTERED, on=TODAY, receipt=first(d, c))),
    "form.save": (own, lambda d, c, _: forms.remove_form(d, "own_test")),
    "prompt.set": (nothing, lambda d, c, _: prompts.dismiss_prompt(d, c, "packaging")),
    "client.set": (nothing, lambda d, c, _: people.set_client(
        d, client_of(d, c), people.NewClient("Anna Other", "other@example.org"))),
    "setting.set": (nothing, lambda d, c, _: settings.set_setting(d, "paper", "letter")),
}  # fmt: skip
"""For each act what has to be there first, and the act itself."""


def own_files(desk):
    room = desk.folder / "forms"
    return {str(p.relative_to(room)): p.read_bytes() for p in room.rglob("*") if p.is_file()}


def test_every_act_that_can_be_taken_back_is_tried_here():
    assert ACTS.keys() == UNDOABLE.keys()


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_taken_back_to_the_rows_there_were(sample, act):
    case = find_case(sample, "1001")
    prepare, do = ACTS[act]
    ready = prepare(sample, case)
    before, files = rows_of(sample.folder), own_files(sample)
    do(sample, case, ready)
    with sample.store.snapshot() as rows:
        assert rows.ledger.list(1)[0].act == act
    assert (rows_of(sample.folder), own_files(sample)) != (before, files)
    undo(sample)
    assert_same(before, rows_of(sample.folder))
    assert own_files(sample) == files


# -- what points to an exhibit ---------------------------------------------------------------------


def pointed(desk, case):
    """A slip that a posting, a refund and an answer to a claim name, and the reply itself."""
    slip = proof(desk, case)
    paper = letter(desk, case)
    new = replies.NewReply(TODAY, exhibit=slip)
    reply = replies.record_reply(desk, case, new).value
    counterclaims.add_claim(desk, reply, counterclaims.NewClaim("It came.", exhibits=(slip,)))
    line = NewCredit(CreditKind.FINAL, SUM, TODAY, exhibit=slip)
    add_credit(desk, case, line)
    mailing.record_posting(desk, paper, way=PostingWay.POST, on=TODAY, receipt=slip)
    return slip


def test_an_exhibit_taken_out_comes_back_to_all_that_named_it(sample):
    case = find_case(sample, "1001")
    slip = pointed(sample, case)
    before = rows_of(sample.folder)
    exhibits.remove_exhibit(sample, slip)
    with sample.store.snapshot() as rows:
        assert [each.receipt for each in rows.postings.list()] == [None]
    undo(sample)
    assert_same(before, rows_of(sample.folder))


def test_the_adding_of_an_exhibit_is_taken_back_after_a_posting_named_it_as_receipt(sample):
    case = find_case(sample, "1001")
    paper = letter(sample, case)
    before = rows_of(sample.folder)
    added = add_evidence(sample, case, [pasted("The slip of the post.")])
    mailing.record_posting(sample, paper, way=PostingWay.POST, on=TODAY, receipt=added.value[0])
    undo(sample, added.undo)
    with sample.store.snapshot() as rows:
        assert [each.receipt for each in rows.postings.list()] == [None]
    undo(sample)
    assert_same(before, rows_of(sample.folder))


def test_the_adding_of_an_exhibit_that_everything_names_is_taken_back(sample):
    case = find_case(sample, "1001")
    before = rows_of(sample.folder)["exhibit"]
    pointed(sample, case)
    with sample.store.snapshot() as rows:
        entry = next(each.id for each in rows.ledger.list(20) if each.act == "evidence.add")
    undo(sample, entry)
    after = rows_of(sample.folder)
    assert after["exhibit"] == before
    assert after["counterclaim_exhibit"] == []


def test_one_act_after_the_other_is_taken_back_though_rows_came_and_went(sample):
    """What is put back has its own number again, so that the acts before it find it."""
    case = find_case(sample, "1001")
    states = [rows_of(sample.folder)]

    def done(_outcome):
        states.append(rows_of(sample.folder))

    slip = proof(sample, case)
    states.append(rows_of(sample.folder))
    line = add_credit(sample, case, NewCredit(CreditKind.FINAL, SUM, TODAY))
    done(line)
    done(remove_credit(sample, line.value))
    reply = replies.record_reply(sample, case, replies.NewReply(TODAY))
    done(reply)
    first_claim = counterclaims.NewClaim("It came.", exhibits=(slip,))
    done(counterclaims.add_claim(sample, reply.value, first_claim))
    done(exhibits.remove_exhibit(sample, slip))
    done(counterclaims.remove_claim(sample, reply.value, 1))
    done(counterclaims.add_claim(sample, reply.value, counterclaims.NewClaim("Another.")))
    for state in reversed(states[:-1]):
        undo(sample)
        assert_same(state, rows_of(sample.folder))


def test_a_line_comes_back_although_its_number_was_given_since(sample):
    case = find_case(sample, "1001")
    new = NewCredit(CreditKind.FINAL, SUM, TODAY, reference="first")
    gone = remove_credit(sample, add_credit(sample, case, new).value)
    add_credit(sample, case, NewCredit(CreditKind.FINAL, SUM, TODAY))
    undo(sample, gone.undo)
    with sample.store.snapshot() as rows:
        assert {each.reference for each in rows.credits.of_case(case)} == {"", "first"}
