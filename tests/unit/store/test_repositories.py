"""Repositories: what was kept comes back equal, and what is stale is refused."""

from __future__ import annotations

import dataclasses
import datetime as dt
import zoneinfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disputedesk.common.errors import Conflict, NotFound, Refused
from disputedesk.model.case import (
    Case,
    CaseNote,
    CaseOutcome,
    CaseStage,
    Document,
    DocumentKind,
    Evidence,
    Exhibit,
    Filing,
    Wish,
)
from disputedesk.model.money import Money
from disputedesk.model.order import Client, Instrument, InstrumentKind, Item, OrderState, Payment
from disputedesk.model.problem import Problem
from disputedesk.store.columns import Instant, NaiveInstantError
from disputedesk.store.values import ImportedFile, Parcel, Subject, WindowRow, WindowState

AT = dt.datetime(2026, 3, 2, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-8)))
SHA = "ab" * 32


def a_case(order, **values):
    return Case(0, 0, order.id, order.client, Problem.LATE, dt.date(2026, 4, 1), **values)


def some_evidence(sha256=SHA, **values):
    return Evidence(0, sha256, 5, "a.jpg", "image/jpeg", AT, **values)


def test_an_order_comes_back_as_it_was_kept(store, basics):
    with store.snapshot() as tx:
        assert tx.orders.get(basics.order.id) == basics.order
        assert tx.orders.find_by_number("8001", "aliexpress", basics.client.id) == (basics.order,)
        assert tx.orders.find_by_numbers(["8001", "x"]) == (basics.order,)
        assert tx.orders.find_by_tracking("RB00456CN") == (basics.order,)
        assert tx.orders.of_client(basics.client.id) == tx.orders.list() == (basics.order,)
        assert tx.orders.get_many(tx.orders.ids()) == (basics.order,)


def test_the_same_number_of_one_client_on_one_platform_stands_once(store, basics, build):
    with pytest.raises(Conflict), store.transaction() as tx:
        tx.orders.add(build(basics.client))
    with store.transaction() as tx:
        assert tx.orders.add(build(basics.client, platform="ebay")).id != basics.order.id


def test_an_update_raises_the_version_and_keeps_tracking_numbers(store, basics):
    with store.transaction() as tx:
        newer = tx.orders.update(
            dataclasses.replace(basics.order, title="Red case", tracking=("NEW1",))
        )
    assert newer.version == 2
    assert newer.tracking == ("LP00123CN", "RB00456CN", "NEW1")
    with store.snapshot() as tx:
        assert tx.orders.get(basics.order.id) == newer


def test_a_stale_order_overwrites_nothing(store, basics):
    with store.transaction() as tx:
        tx.orders.update(dataclasses.replace(basics.order, note="first"))
    with pytest.raises(Conflict, match="somebody else"), store.transaction() as tx:
        tx.orders.update(dataclasses.replace(basics.order, note="second"))
    with store.snapshot() as tx:
        assert tx.orders.get(basics.order.id).note == "first"


def test_the_state_follows_without_a_new_version(store, basics):
    with store.transaction() as tx:
        tx.orders.set_state(basics.order.id, OrderState.SHIPPED)
        found = tx.orders.get(basics.order.id)
    assert (found.state, found.version) == (OrderState.SHIPPED, 1)


def test_a_removed_order_is_gone_from_lists_and_can_come_back(store, basics, build):
    with store.transaction() as tx:
        tx.orders.remove(basics.order.id)
        assert tx.orders.find(basics.order.id) is None
        with pytest.raises(NotFound):
            tx.orders.get(basics.order.id)
        with pytest.raises(NotFound):
            tx.orders.update(basics.order)
        assert tx.orders.restore(basics.order.id).number == "8001"
        tx.orders.remove(basics.order.id)
        assert tx.orders.add(build(basics.client)).id != basics.order.id


def test_people_come_back_as_they_were_kept(store, basics):
    with store.transaction() as tx:
        newer = dataclasses.replace(basics.client, zone="Europe/Berlin", country="DE")
        tx.clients.update(newer)
        assert tx.clients.find_self() == tx.clients.get(newer.id) == newer
        assert tx.clients.find_by_name("Анна Ёлкина") == newer
        assert tx.clients.list() == (newer,)
        assert tx.sellers.add(basics.seller) == basics.seller
        assert tx.sellers.list() == (basics.seller,)
        shop = tx.sellers.update(dataclasses.replace(basics.seller, url="https://shop.example"))
        assert tx.orders.get(basics.order.id).seller == shop
        with pytest.raises(NotFound):
            tx.clients.get(99)
        with pytest.raises(NotFound):
            tx.sellers.get(99)
        with pytest.raises(NotFound):
            tx.instruments.get(99)


@pytest.mark.parametrize("mask", ["51****6458", "··6458", "", "5100 12** **** 6458"])
def test_a_masked_instrument_is_kept(store, basics, mask):
    card = Instrument(0, basics.client.id, InstrumentKind.CARD, mask=mask, network="visa")
    with store.transaction() as tx:
        kept = tx.instruments.add(card)
        assert tx.instruments.get(kept.id) == kept
        assert tx.instruments.list(basics.client.id) == (kept,)
        assert tx.instruments.find_by_mask(basics.client.id, mask) == kept
        assert tx.instruments.update(dataclasses.replace(kept, label="my card")).label == "my card"


@pytest.mark.parametrize(
    "mask", ["4111111111111111", "4111 1111 1111 1111", "4111-11** **-111111", "411111*1111111"]
)
def test_a_mask_that_shows_too_much_is_refused(store, basics, mask):
    with pytest.raises(Refused, match="middle hidden"), store.transaction() as tx:
        tx.instruments.add(Instrument(0, basics.client.id, InstrumentKind.CARD, mask=mask))


def test_items_parcels_and_payments_come_back(store, basics):
    order = basics.order.id
    with store.transaction() as tx:
        item = tx.items.add(order, Item(0, "Case", 2, Money.of("1.05", "USD"), "red"))
        other = tx.items.add(order, Item(0, "Cable"))
        assert tx.items.list(order) == (item, other)
        assert tx.items.of_orders([order, 99]) == {order: (item, other)}
        assert [each.title for each in tx.items.replace(order, [other, item])] == ["Cable", "Case"]
        tx.parcels.record(Parcel(order, "LP00123CN", "Cainiao"))
        tx.parcels.record(Parcel(order, "LP00123CN"))
        tx.parcels.record(Parcel(order, "ZZ1"))
        assert tx.parcels.list(order)[0] == Parcel(order, "LP00123CN", "Cainiao")
        tx.parcels.remove(order, "ZZ1")
        assert [parcel.number for parcel in tx.parcels.list(order)] == ["LP00123CN", "RB00456CN"]
        paid = tx.payments.add(
            Payment(0, order, None, Money(-4310, "USD"), dt.date(2026, 1, 3), "T1", "GOOD SHOP")
        )
        assert tx.payments.get(paid.id) == paid
        assert tx.payments.list(order) == tx.payments.find_by_reference("T1") == (paid,)
        assert tx.payments.of_orders([order]) == {order: (paid,)}
        tx.payments.update(dataclasses.replace(paid, descriptor="X"))
        assert tx.payments.get(paid.id).descriptor == "X"
        tx.payments.remove(paid.id)
        with pytest.raises(NotFound):
            tx.payments.update(paid)
        with pytest.raises(NotFound):
            tx.payments.get(paid.id)


def test_cases_are_numbered_from_1001_and_no_number_is_given_twice(store, basics):
    with store.transaction() as tx:
        first = tx.cases.add(a_case(basics.order))
        second = tx.cases.add(a_case(basics.order, wish=Wish.FULL_REFUND, claimed=Money(5, "EUR")))
        tx.cases.remove(second.id)
        third = tx.cases.add(a_case(basics.order))
        assert (first.number, second.number, third.number) == (1001, 1002, 1003)
        assert tx.cases.list() == tx.cases.of_order(basics.order.id) == (first, third)
        assert tx.cases.of_orders([basics.order.id]) == (first, third)
        assert tx.cases.of_client(basics.client.id) == (first, third)
        assert tx.cases.find_by_number(1002) is None
        back = tx.cases.restore(second.id)
        assert (back.wish, back.claimed) == (Wish.FULL_REFUND, Money(5, "EUR"))


def test_a_stale_case_overwrites_nothing(store, basics):
    with store.transaction() as tx:
        case = tx.cases.add(a_case(basics.order))
        closed = dataclasses.replace(
            case, stage=CaseStage.CLOSED, outcome=CaseOutcome.PART, won=Money(1, "USD")
        )
        closed = tx.cases.update(closed)
        assert tx.cases.get(case.id) == closed
        with pytest.raises(Conflict):
            tx.cases.update(case)
        with pytest.raises(NotFound):
            tx.cases.get(99)


def test_what_belongs_to_a_case_comes_back(store, basics):
    with store.transaction() as tx:
        case = tx.cases.add(a_case(basics.order)).id
        paper = tx.documents.add(
            Document(0, case, DocumentKind.LETTER, "bank", "en", "T", "a.pdf", SHA, 9, 2, AT)
        )
        paper = tx.documents.update(dataclasses.replace(paper, sent_on=dt.date(2026, 4, 3)))
        assert tx.documents.list(case) == (tx.documents.get(paper.id),) == (paper,)
        filing = tx.filings.add(
            Filing(0, case, "visa.13.1", "card_chargeback", "first_filing", dt.date(2026, 4, 2),
                   document=paper.id)
        )  # fmt: skip
        filing = tx.filings.update(
            dataclasses.replace(filing, granted=False, answered_on=dt.date(2026, 4, 9))
        )
        assert tx.filings.list(case) == tx.filings.of_cases([case]) == (filing,)
        tx.filings.remove(filing.id)
        assert tx.filings.list(case) == ()
        note = tx.notes.add(case, CaseNote(AT, "me", "called"))
        assert tx.notes.list(case) == (note,)
        assert tx.notes.list(case)[0].at.utcoffset() == dt.timedelta(0)
        tx.notes.remove(case, note)
        assert tx.notes.list(case) == ()
        with pytest.raises(NotFound):
            tx.filings.get(filing.id)
        with pytest.raises(NotFound):
            tx.documents.get(99)


def test_the_same_bytes_are_one_piece_of_evidence_and_one_exhibit_per_case(store, basics):
    with store.transaction() as tx:
        case = tx.cases.add(a_case(basics.order)).id
        first = tx.evidence.add(some_evidence(captured_at=AT, captured_from="exif"))
        assert tx.evidence.add(some_evidence(origin="again")) == first
        assert tx.evidence.find_by_hash(SHA) == tx.evidence.get(first.id) == first
        second = tx.evidence.add(some_evidence("cd" * 32))
        assert tx.evidence.list() == (first, second)
        one = tx.exhibits.add(Exhibit(0, case, first, 0, "box"))
        assert tx.exhibits.add(Exhibit(0, case, first, 0, "again")) == one
        two = tx.exhibits.add(Exhibit(0, case, second, 0))
        assert (one.number, two.number) == (1, 2)
        arranged = tx.exhibits.arrange(case, [two.id])
        assert [(each.id, each.number) for each in arranged] == [(two.id, 1), (one.id, 2)]
        assert tx.exhibits.of_evidence(second.id) == (arranged[0],)
        tx.exhibits.remove(one.id)
        assert tx.exhibits.list(case) == (arranged[0],)
        with pytest.raises(NotFound):
            tx.exhibits.get(one.id)
        with pytest.raises(NotFound):
            tx.evidence.get(99)


def test_an_import_knows_its_files_and_lines_until_it_is_taken_back(store, basics):
    file = ImportedFile(SHA, 5, "orders.csv", "export.x", "an export", "understood")
    with store.transaction() as tx:
        batch = tx.batches.add("3 orders")
        tx.batches.add_files(batch.id, [file])
        tx.batches.add_lines(batch.id, {"k1": basics.order.id, "k2": None})
        later = tx.batches.add()
        tx.batches.add_lines(later.id, {"k1": None})
        tx.batches.summarise(later.id, "nothing new")
        assert tx.batches.known_lines(["k1", "k2", "k3"]) == {"k1": basics.order.id, "k2": None}
        assert tx.batches.known_file(SHA) == batch
        assert tx.batches.files(batch.id) == (file,)
        undone = tx.batches.mark_undone(batch.id)
        assert undone.undone_at == tx.at
        assert tx.batches.known_lines(["k1", "k2"]) == {}
        assert tx.batches.known_file(SHA) is None
        assert [each.summary for each in tx.batches.list()] == ["nothing new", "3 orders"]
        with pytest.raises(NotFound):
            tx.batches.get(99)


def test_what_an_import_brought_is_found_by_it(store, basics, build):
    with store.transaction() as tx:
        batch = tx.batches.add().id
        orders = tx.orders.add_many(
            [build(basics.client, str(number)) for number in range(3)], batch_id=batch
        )
        paid = tx.payments.add(Payment(0, orders[0].id, None, Money(1, "EUR")), batch_id=batch)
        assert tx.orders.of_batch(batch) == orders
        assert tx.payments.of_batch(batch) == (paid,)


def test_windows_are_replaced_whole(store, basics):
    order = basics.order.id
    row = WindowRow(
        order, None, "visa.13.1", "card_chargeback", "first_filing", "buyer", 1, 20, 10, 25,
        WindowState.DATED, AT, lead=True, zone="Europe/Berlin",
    )  # fmt: skip
    unknown = dataclasses.replace(
        row, opens=None, closes=None, file_by=None, state=WindowState.UNKNOWN, lead=False
    )
    with store.transaction() as tx:
        tx.windows.replace(order, [unknown, row])
        assert tx.windows.list(order) == (row, unknown)
        tx.windows.replace(order, [])
        assert tx.windows.list(order) == ()


def test_settings_give_their_former_text(store):
    with store.transaction() as tx:
        assert tx.settings.set("theme", "dark") is None
        assert tx.settings.set("theme", "light") == "dark"
        assert tx.settings.list() == {"theme": "light"}
        tx.settings.remove("theme")
        assert tx.settings.find("theme") is None


def test_the_ledger_gives_back_what_was_noted(store, basics):
    subject = Subject("order", basics.order.id)
    with store.transaction(actor="Eva") as tx:
        number = tx.ledger.append(
            "order.set", subject, {"total": Money(1, "USD"), "on": dt.date(2026, 1, 2)}, {"at": AT}
        )
        entry = tx.ledger.get(number)
        assert entry is not None
        assert entry.before == {"total": "0.01 USD", "on": "2026-01-02"}
        assert entry.after == {"at": "2026-03-03T07:30:00.000000Z"}
        assert (entry.actor, entry.at) == ("Eva", tx.at)
        assert tx.ledger.of(subject) == tx.ledger.of_step(entry.step) == (entry,)
        assert tx.ledger.list(below=number) == ()
        assert tx.ledger.get(99) is None


@pytest.mark.parametrize("naive", [dt.datetime(2026, 3, 1, 12)])  # noqa: DTZ001 - the naive one is the point
def test_an_instant_without_offset_is_refused_everywhere(store, basics, naive):
    with pytest.raises(NaiveInstantError), store.transaction() as tx:
        tx.batches.add(at=naive)
    with pytest.raises(ValueError, match="no offset"), store.transaction() as tx:
        tx.ledger.append("x", Subject("order"), at=naive)


def test_an_instant_where_a_day_belongs_is_refused(store, basics):
    with pytest.raises(ValueError, match="where a day belongs"), store.transaction() as tx:
        tx.orders.update(dataclasses.replace(basics.order, ordered_on=AT))


ZONES = st.sampled_from(["UTC", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"])


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.datetimes(timezones=ZONES.map(zoneinfo.ZoneInfo)).filter(
            lambda at: 1 < at.year < 9999
        ),
        min_size=2, max_size=2,
    )
)  # fmt: skip
def test_instants_come_back_equal_and_sort_as_texts(pair):
    kind = Instant()
    dialect = sa.create_engine("sqlite://").dialect
    texts = [kind.process_bind_param(at, dialect) for at in pair]
    utc = [at.astimezone(dt.UTC) for at in pair]  # times in a clock change's gap equal nothing else
    assert [kind.process_result_value(text, dialect) for text in texts] == utc
    assert (texts[0] < texts[1]) == (utc[0] < utc[1])


def test_money_sums_exactly(store, basics):
    with store.transaction() as tx:
        for _ in range(30):
            tx.payments.add(Payment(0, basics.order.id, None, Money.of("0.10", "USD")))
        total = sum((paid.amount for paid in tx.payments.list(basics.order.id)), Money(0, "USD"))
    assert total == Money.of("3.00", "USD")


def test_a_client_is_kept_with_every_field(store):
    client = Client(
        0, "N", "e@x.example", "+49", "Street 1", "DE", "BY", "Europe/Berlin", "ru", sample=True
    )
    with store.transaction() as tx:
        kept = tx.clients.add(client)
    with store.snapshot() as tx:
        assert tx.clients.get(kept.id) == dataclasses.replace(client, id=kept.id)
