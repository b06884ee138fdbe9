"""The use cases, whole roads without Qt: what is changed, what follows, what undo puts back."""

import datetime as dt

import pytest

from disputedesk.common.errors import Conflict, MissingFacts, NotFound, Refused
from disputedesk.desk.operations import (
    answers,
    cases,
    evidence,
    exhibits,
    intake,
    orders,
    papers,
    people,
    settings,
)
from disputedesk.desk.operations.filing_answers import Answer, record_answer
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries import cases as case_queries
from disputedesk.desk.queries import guards, today
from disputedesk.desk.queries import orders as order_queries
from disputedesk.desk.queries import papers as paper_queries
from disputedesk.desk.queries.search import search
from disputedesk.desk.queries.undo import last_undoable
from disputedesk.desk.views import DueGroup, OrdersQuery
from disputedesk.model.case import CaseOutcome, CaseStage, Wish
from disputedesk.model.ids import CaseId, FactName, OrderId
from disputedesk.model.money import Money
from disputedesk.model.order import InstrumentKind
from disputedesk.model.problem import Problem

TODAY = dt.date(2026, 11, 23)
FILAMENT = "8190441200360042"


def an_order(desk, **facts):
    new = orders.NewOrder(
        platform="aliexpress",
        number="8190000000000001",
        title="Lamp",
        shop="A shop",
        ordered_on=dt.date(2026, 10, 1),
        total=Money.of("43.10", "USD"),
        facts={FactName(name): value for name, value in facts.items()},
    )
    return orders.add_order(desk, new).value


def known(desk, order_id, name):
    detail = order_queries.order_detail(desk, order_id)
    return next(fact.value for fact in detail.facts if fact.name == name)


def test_a_changed_fact_moves_the_windows_in_the_same_commit(desk):
    order_id = an_order(desk, shipped_on=dt.date(2026, 10, 3))
    ends = dt.datetime(2026, 12, 1, 23, 59, tzinfo=dt.timezone(dt.timedelta(hours=-8)))
    orders.set_facts(desk, order_id, {FactName("protection_ends_at"): ends})
    (row,) = today.due(desk)
    assert row.order == order_id
    assert row.closes == dt.date(2026, 12, 1)
    orders.set_facts(desk, order_id, {FactName("received_on"): TODAY})
    assert today.due(desk) == ()


def test_what_has_no_known_last_day_is_named_beside_the_empty_list(desk):
    plain = orders.NewOrder(platform="ebay", number="1", title="Lamp")
    order_id = orders.add_order(desk, plain).value
    assert today.due(desk) == ()
    assert today.undated(desk, with_orders=True).orders == 1
    assert today.today_view(desk).undated.orders == 1
    case_id = cases.open_case(desk, order_id, problem=Problem.NOT_RECEIVED).value
    for found in (today.undated(desk, with_orders=True), today.today_view(desk).undated):
        assert [case.case for case in found.cases] == [case_id]
        assert found.orders == 0  # the case speaks for its order
    cases.close_case(desk, case_id, outcome=CaseOutcome.ABANDONED)
    assert today.undated(desk, with_orders=True).cases == ()


def test_an_order_whose_day_is_known_or_that_is_over_is_not_called_undated(desk):
    ends = dt.datetime(2026, 12, 1, 23, 59, tzinfo=dt.UTC)
    order_id = an_order(desk, protection_ends_at=ends)
    assert today.undated(desk, with_orders=True).orders == 0
    orders.set_facts(desk, order_id, {FactName("received_on"): TODAY})
    assert today.undated(desk, with_orders=True).orders == 0


@pytest.mark.parametrize("name", ["received_on", "processing_date", "delivered_on"])
def test_what_has_not_happened_yet_cannot_be_recorded_as_happened(desk, name):
    order_id = an_order(desk, shipped_on=dt.date(2026, 10, 3))
    before = order_queries.order_detail(desk, order_id).windows
    with pytest.raises(Refused) as refusal:
        orders.set_facts(desk, order_id, {FactName(name): TODAY + dt.timedelta(2)})
    assert name in str(refusal.value)
    assert order_queries.order_detail(desk, order_id).windows == before
    orders.set_facts(desk, order_id, {FactName(name): TODAY + dt.timedelta(1)})  # a client ahead
    with pytest.raises(Refused):
        an_order(desk, **{name: TODAY + dt.timedelta(2)})


def test_what_is_promised_may_lie_ahead(desk):
    order_id = an_order(desk, promised_by=TODAY + dt.timedelta(40))
    orders.set_facts(desk, order_id, {FactName("expected_delivery"): TODAY + dt.timedelta(50)})
    assert known(desk, order_id, "expected_delivery") == TODAY + dt.timedelta(50)


def test_undo_puts_the_former_fact_back(desk):
    order_id = an_order(desk, shipped_on=dt.date(2026, 10, 3))
    orders.set_facts(desk, order_id, {FactName("shipped_on"): dt.date(2026, 10, 9)})
    outcome = undo(desk)
    assert known(desk, order_id, "shipped_on") == dt.date(2026, 10, 3)
    assert "Taken back" in outcome.said
    orders.set_facts(desk, order_id, {FactName("shipped_on"): None})
    assert known(desk, order_id, "shipped_on") is None
    undo(desk)
    assert known(desk, order_id, "shipped_on") == dt.date(2026, 10, 3)


def test_undo_after_many_acts_ends_where_it_began(sample):
    order_id = order_queries.find_order(sample, FILAMENT)
    (case,) = order_queries.order_detail(sample, order_id).cases
    before = case_queries.case_detail(sample, case.id)
    cases.set_case(sample, case.id, narrative="Other words", wish=Wish.REPLACEMENT)
    cases.add_note(sample, case.id, "A note")
    exhibits.move_exhibit(sample, before.exhibits[0].id, 3)
    exhibits.set_exhibit(sample, before.exhibits[1].id, caption="Other caption")
    exhibits.remove_exhibit(sample, before.exhibits[2].id)
    cases.file_step(sample, case.id, rule=before.plan.next_step, on=TODAY)
    cases.close_case(sample, case.id, outcome=CaseOutcome.WON)
    for _ in range(7):
        undo(sample)
    after = case_queries.case_detail(sample, case.id)
    assert (after.case.narrative, after.case.wish, after.case.stage) == (
        before.case.narrative,
        before.case.wish,
        before.case.stage,
    )
    assert [e.evidence for e in after.exhibits] == [e.evidence for e in before.exhibits]
    assert [e.caption for e in after.exhibits] == [e.caption for e in before.exhibits]
    assert after.filings == before.filings
    assert after.notes == before.notes
    assert [w.closes for w in after.windows] == [w.closes for w in before.windows]


def test_an_undone_act_is_not_offered_again(desk):
    an_order(desk)
    assert last_undoable(desk).text == "Order 8190000000000001 added"
    undo(desk)
    assert last_undoable(desk) is None
    with pytest.raises(NotFound, match="nothing to take back"):
        undo(desk)


def test_the_same_order_is_not_added_twice(desk):
    an_order(desk)
    with pytest.raises(Conflict, match="on the desk already"):
        an_order(desk)


def test_an_order_without_a_title_is_refused_by_field(desk):
    with pytest.raises(Refused) as refusal:
        orders.add_order(desk, orders.NewOrder("aliexpress", "1", " "))
    assert refusal.value.where == "title"


def test_a_card_number_never_reaches_the_desk(desk, tmp_path):
    order_id = an_order(desk)
    case_id = cases.open_case(desk, order_id, problem=Problem.NOT_RECEIVED).value
    number = "4111 1111 1111 1111"
    cases.set_case(desk, case_id, narrative=f"I paid with {number}.")
    cases.add_note(desk, case_id, f"card {number} cvv 123")
    orders.set_facts(desk, order_id, {FactName("seller_answer"): f"send {number}"}, note=number)
    with pytest.raises(Refused, match="never kept"):
        people.set_instrument(
            desk, order_id, people.NewInstrument(InstrumentKind.CARD, mask=number)
        )
    desk.close()
    for path in (tmp_path / "own").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"4111 1111" not in data
            assert b"4111111111111111" not in data


def test_receiving_stops_while_something_would_be_lost(sample):
    order_id = order_queries.find_order(sample, FILAMENT)
    notice = guards.received_guard(sample, order_id, on=TODAY)
    assert notice is not None
    assert notice.stops
    with pytest.raises(Refused):
        orders.mark_received(sample, order_id, on=TODAY)
    orders.mark_received(sample, order_id, on=TODAY, confirm=True)
    assert known(sample, order_id, "received_on") == TODAY


def test_a_filing_starts_the_other_sides_clock(sample):
    order_id = order_queries.find_order(sample, FILAMENT)
    (case,) = order_queries.order_detail(sample, order_id).cases
    detail = case_queries.case_detail(sample, case.id)
    assert detail.plan.next_step == "aliexpress.dispute.not_received"
    filing = cases.file_step(sample, case.id, rule=detail.plan.next_step, on=TODAY)
    after = case_queries.case_detail(sample, case.id)
    assert after.case.stage is CaseStage.FILED
    assert any(
        clock.rule == "aliexpress.dispute.seller_answer" for clock in after.plan.their_clocks
    )
    record_answer(sample, filing.value, Answer(TODAY, "No", granted=False))
    assert case_queries.case_detail(sample, case.id).case.stage is CaseStage.ANSWERED


def test_the_other_sides_silence_is_listed_until_their_answer_is_recorded(sample):
    order_id = order_queries.find_order(sample, FILAMENT)
    (case,) = order_queries.order_detail(sample, order_id).cases
    rule = "aliexpress.dispute.not_received"
    filing = cases.file_step(sample, case.id, rule=rule, on=TODAY)
    answer = "aliexpress.dispute.seller_answer"
    late = TODAY + dt.timedelta(days=6)

    def silent(day):
        rows = today.today_view(sample, today=day).rows
        return [row for row in rows if (row.case, row.rule) == (case.id, answer)]

    (waiting,) = silent(TODAY + dt.timedelta(days=5))
    assert waiting.group is DueGroup.WAITING
    (row,) = silent(late)
    assert row.group is DueGroup.OVERDUE
    assert "Nothing on record says it was done" in row.nothing
    assert answer in [row.rule for row in today.due(sample, today=late)]
    record_answer(sample, filing.value, Answer(TODAY, "No", granted=False))
    assert silent(late) == []


def test_a_filing_in_the_future_is_refused(sample):
    with pytest.raises(Refused, match="has not come yet"):
        cases.file_step(
            sample, CaseId(1), rule="aliexpress.dispute.not_received", on=dt.date(2027, 1, 1)
        )


def test_missing_facts_are_asked_for_and_answers_find_their_place(desk):
    order_id = an_order(desk, shipped_on=dt.date(2026, 10, 3))
    people.set_instrument(
        desk,
        order_id,
        people.NewInstrument(InstrumentKind.CARD, mask="51****6458", network="mastercard"),
    )
    case_id = cases.open_case(desk, order_id, problem=Problem.NOT_RECEIVED).value
    with pytest.raises(MissingFacts) as missing:
        papers.make_letter(desk, case_id, form="bank_chargeback", language="en")
    assert "sender_address" in missing.value.names
    for name, text in {
        "sender_name": "Vera Beispiel",
        "sender_address": "Weg 1\n10115 Berlin",
        "recipient_name": "Testbank AG",
        "transaction_date": "2026-10-01",
        "processing_date": "2026-10-02",
        "promised_by": "2026-11-10",
        "delivery_address": "Weg 1, Berlin",
        "tracking_status": "none",
        "merchant_in_business": "yes",
        "contacted_seller_on": "2026-11-12",
        "merchant": "LAMPS",
    }.items():
        answers.answer_question(desk, case_id, name, text)
    assert paper_queries.letter_gaps(desk, case_id, form="bank_chargeback", language="en") == ()
    document = papers.make_letter(desk, case_id, form="bank_chargeback", language="ru").value
    assert desk.vault.read(document.sha256).startswith(b"%PDF")


def test_the_same_evidence_twice_is_one_exhibit(sample, tmp_path):
    picture = tmp_path / "note.txt"
    picture.write_text("seen", encoding="utf-8")
    case_id = CaseId(2)
    first = evidence.add_evidence(sample, case_id, [picture]).value
    assert evidence.add_evidence(sample, case_id, [picture]).value == first
    assert picture.read_text(encoding="utf-8") == "seen"


def test_a_missing_file_is_named_and_nothing_is_added(sample, tmp_path):
    there = tmp_path / "a.txt"
    there.write_text("x", encoding="utf-8")
    before = case_queries.case_detail(sample, CaseId(2)).exhibits
    with pytest.raises(NotFound) as missing:
        evidence.add_evidence(sample, CaseId(2), [there, tmp_path / "gone.jpg"])
    assert "gone.jpg" in missing.value.where
    assert case_queries.case_detail(sample, CaseId(2)).exhibits == before


def test_importing_the_sample_mails_again_adds_nothing(sample):
    room = sample.folder / "sample files"
    review = intake.review_import(sample, [room])
    assert not [line for line in review.lines if line.default_keep]
    outcome = intake.keep_import(sample, review)
    assert outcome.value is None
    assert not outcome.changes


def test_an_import_is_taken_back_whole(sample_folder, desk):
    review = intake.review_import(desk, [sample_folder / "sample files" / "james"])
    batch = intake.keep_import(desk, review).value
    assert len(order_queries.order_ids(desk, OrdersQuery())) == 1
    intake.undo_import(desk, batch)
    assert len(order_queries.order_ids(desk, OrdersQuery())) == 0
    with pytest.raises(Conflict, match="taken back already"):
        intake.undo_import(desk, batch)
    again = intake.review_import(desk, [sample_folder / "sample files" / "james"])
    assert intake.keep_import(desk, again).value is not None


def test_an_import_with_cases_is_not_taken_back(sample_folder, desk):
    review = intake.review_import(desk, [sample_folder / "sample files" / "james"])
    batch = intake.keep_import(desk, review).value
    (order_id,) = order_queries.order_ids(desk, OrdersQuery())
    cases.open_case(desk, OrderId(order_id), problem=Problem.NOT_RECEIVED)
    with pytest.raises(Conflict, match="Cases were opened"):
        intake.undo_import(desk, batch)


@pytest.mark.parametrize("words", ["filament", "FILAM", "1001", "копп", "", "(", 'a"b', "Северный"])
def test_search_finds_or_says_nothing_but_never_fails(sample, words):
    hits = search(sample, words)
    if words in {"filament", "FILAM"}:
        assert any(hit.case is not None for hit in hits)
    if words == "Северный":
        assert hits


def test_settings_take_only_declared_values(desk):
    settings.set_setting(desk, "language", "ru")
    assert desk.settings.get("language") == "ru"
    with pytest.raises(Refused, match="not a choice"):
        settings.set_setting(desk, "language", "xx")
    with pytest.raises(Refused, match="no setting"):
        settings.set_setting(desk, "colour", "red")


def test_a_corrected_day_and_sum_stand_on_the_lists_and_undo_takes_them_back(desk):
    order_id = an_order(desk)
    day, total = dt.date(2026, 9, 12), Money.of("40.00", "USD")
    orders.set_facts(desk, order_id, {FactName("ordered_on"): day, FactName("amount"): total})
    (row,) = order_queries.order_rows(desk, [order_id])
    assert (row.ordered_on, row.total) == (day, total)
    undo(desk)
    (row,) = order_queries.order_rows(desk, [order_id])
    assert (row.ordered_on, row.total) == (dt.date(2026, 10, 1), Money.of("43.10", "USD"))


def test_lists_show_the_timer_first_and_the_dispute_behind_it_once_it_has_run_out(desk, tmp_path):
    pacific = dt.timezone(dt.timedelta(hours=-8))
    ends = dt.datetime(2026, 11, 30, 12, tzinfo=pacific)
    an_order(desk, shipped_on=dt.date(2026, 10, 3), protection_ends_at=ends)
    (before,) = today.due(desk)
    assert (before.closes, before.act_by) == (dt.date(2026, 11, 30), dt.date(2026, 11, 27))
    (after,) = today.due(desk, today=dt.date(2026, 12, 2))
    assert (after.closes, after.act_by) == (dt.date(2026, 12, 15), dt.date(2026, 12, 12))
