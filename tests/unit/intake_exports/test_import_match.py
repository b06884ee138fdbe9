"""Drafts against known orders: merged first, never twice, never weaker over stronger."""

import dataclasses
import datetime as dt
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disputedesk.common.hashing import sha256_of_bytes
from disputedesk.intake.draft import (
    DraftFact,
    FileReading,
    ItemDraft,
    OrderDraft,
    ParcelDraft,
    PaymentDraft,
    Place,
    Recognition,
    Rejection,
)
from disputedesk.intake.match import match, wanted
from disputedesk.intake.review import KnownOrder, KnownOrders, KnownPayment, Verdict
from disputedesk.model.fact import Fact, FactOrigin, FactSource
from disputedesk.model.ids import FactName, OrderId
from disputedesk.model.money import Money

D = dt.date
NUMBER = "8190000000000042"
TRACK = "LP00123456789012"


def some_facts(values):
    return tuple(DraftFact(FactName(name), value) for name, value in values.items())


def an_order(event="confirmed", *, number=NUMBER, platform="aliexpress", facts=(), **more):
    return OrderDraft(Place("f"), platform, number, event, facts=some_facts(dict(facts)), **more)


def a_reading(*drafts, name="a.eml", kind="mail.aliexpress", sent=None, **more):
    placed = tuple(
        dataclasses.replace(draft, place=dataclasses.replace(draft.place, file=name))
        for draft in drafts
    )
    recognition = more.pop("recognition", Recognition.UNDERSTOOD)
    return FileReading(
        path=Path(name),
        sha256=sha256_of_bytes(name.encode()),
        size=1,
        kind=kind,
        what="a mail",
        recognition=recognition,
        drafts=placed,
        captured_at=dt.datetime.combine(sent, dt.time(9), dt.UTC) if sent else None,
        **more,
    )


def known_with(*orders, **more):
    return KnownOrders(tuple(orders), **more)


def a_known(origin=FactOrigin.MAIL, facts=(), **more):
    stored = tuple(Fact(FactName(n), v, FactSource(origin)) for n, v in dict(facts).items())
    values = {"order": OrderId(7), "platform": "aliexpress", "number": NUMBER, **more}
    return KnownOrder(facts=stored, **values)


def kept(review, known):
    """What a desk would know after every ticked line of `review` was kept."""
    orders = {(order.platform, order.number): order for order in known.orders}
    payments = list(known.payments)
    for line in review.lines:
        if not line.default_keep:
            continue
        if isinstance(line.draft, PaymentDraft):
            payments.append(KnownPayment(line.draft.wallet, line.draft.reference))
            key = line.belongs_to or next(
                (
                    f"order:{o.platform}:{o.number}"
                    for o in orders.values()
                    if o.order == line.order
                ),
                f"order:{line.draft.wallet}:{line.draft.reference}",
            )
        else:
            key = line.key
        _, platform, number = key.split(":", 2)
        former = orders.get((platform, number))
        orders[platform, number] = after(line, former, platform, number)
    return KnownOrders(tuple(orders.values()), tuple(payments))


def after(line, former, platform, number):
    former = former or KnownOrder(OrderId(abs(hash(number)) % 999 + 10), platform, number)
    facts = {fact.name: fact for fact in former.facts}
    for change in line.changes:
        facts[change.name] = Fact(change.name, change.new, FactSource(change.origin))
    fresh = line.verdict is Verdict.NEW
    adds = line.additions if isinstance(line.draft, PaymentDraft) or not fresh else line.draft
    return dataclasses.replace(
        former,
        facts=tuple(facts.values()),
        shop=former.shop or adds.shop,
        total=former.total or adds.total,
        tracking=former.tracking + adds.tracking,
        has_items=former.has_items or bool(adds.items),
        payment_mask=former.payment_mask or adds.payment_mask,
    )


def verdicts(review):
    return [line.verdict for line in review.lines]


def values(line):
    return {change.name: change.new for change in line.changes}


LIFE = (
    a_reading(
        an_order(items=(ItemDraft("Lamp"),), facts={"ordered_on": D(2026, 3, 1)}, shop="A Shop"),
        name="confirmed.eml", sent=D(2026, 3, 1),
    ),
    a_reading(
        an_order("shipped", facts={"shipped_on": D(2026, 3, 4), "promised_by": D(2026, 4, 1)},
                 tracking=(TRACK,)),
        name="shipped.eml", sent=D(2026, 3, 4),
    ),
    a_reading(
        an_order("delivered", facts={"delivered_on": D(2026, 3, 20)}),
        name="delivered.eml", sent=D(2026, 3, 20),
    ),
)  # fmt: skip


@pytest.mark.parametrize("order", tuple(itertools.permutations(LIFE)))
def test_the_mails_of_one_order_are_one_new_order_whatever_their_order(order):
    (line,) = match(order, KnownOrders()).lines
    assert line.verdict is Verdict.NEW
    assert line.default_keep
    assert line.key == f"order:aliexpress:{NUMBER}"
    assert [change.name for change in line.changes] == [
        "ordered_on", "shipped_on", "delivered_on", "promised_by",
    ]  # fmt: skip
    assert line.draft.event == "delivered"
    assert line.draft.tracking == (TRACK,)
    assert line.draft.items == (ItemDraft("Lamp"),)
    assert line.file == "confirmed.eml"
    assert [place.file for place in line.sources] == [
        "confirmed.eml", "shipped.eml", "delivered.eml",
    ]  # fmt: skip


def test_importing_the_same_again_says_known():
    known = kept(match(LIFE, KnownOrders()), KnownOrders())
    assert verdicts(match(LIFE, known)) == [Verdict.KNOWN]
    hashes = frozenset(reading.sha256 for reading in LIFE)
    review = match(LIFE, dataclasses.replace(known, files=hashes))
    assert set(verdicts(review)) == {Verdict.KNOWN}
    assert all(summary.why for summary in review.files)


def test_a_file_imported_before_offers_what_was_left_aside_unticked():
    files = frozenset(reading.sha256 for reading in LIFE)
    order, *repeated = match(LIFE, KnownOrders(files=files)).lines
    assert order.verdict is Verdict.NEW
    assert not order.default_keep
    assert "left aside" in order.why
    assert {line.verdict for line in repeated} == {Verdict.KNOWN}


def test_a_payment_imported_before_finds_its_order_once_that_is_known():
    reading = paypal(a_payment(invoice=NUMBER))
    (alone,) = match([reading], KnownOrders()).lines
    assert alone.verdict is Verdict.NEW
    assert "order of its own" in alone.why
    known = known_with(a_known(), files=frozenset({reading.sha256}))
    found, repeated = match([reading], known).lines
    assert found.order == OrderId(7)
    assert found.default_keep
    assert repeated.verdict is Verdict.KNOWN


def test_the_same_file_twice_in_one_import_counts_once():
    review = match([LIFE[0], LIFE[0]], KnownOrders())
    assert verdicts(review) == [Verdict.NEW, Verdict.KNOWN]
    assert "same file" in review.lines[1].why


def test_one_order_in_mail_and_export_is_one_with_the_items_once():
    items = (ItemDraft("Lamp, white", 2, Money(100, "USD")), ItemDraft("Bulb", 1, Money(5, "USD")))
    export = a_reading(an_order("export", items=items, total=Money(205, "USD")),
                       name="orders.csv", kind="export.aliexpress_inventory")  # fmt: skip
    (line,) = match([LIFE[0], export], KnownOrders()).lines
    assert line.draft.items == items
    assert line.draft.event == "confirmed"


def test_a_later_mail_moves_a_known_order_on():
    known = kept(match(LIFE[:2], KnownOrders()), KnownOrders())
    (line,) = match(LIFE[2:], known).lines
    assert line.verdict is Verdict.UPDATE
    assert values(line) == {"delivered_on": D(2026, 3, 20)}
    assert line.order == known.orders[0].order


@pytest.mark.parametrize(
    ("name", "old", "new", "moves"),
    [
        ("promised_by", D(2026, 4, 1), D(2026, 4, 9), True),
        ("promised_by", D(2026, 4, 9), D(2026, 4, 1), False),
        ("delivered_on", D(2026, 4, 9), D(2026, 4, 1), True),
        ("delivered_on", D(2026, 4, 1), D(2026, 4, 9), False),
        ("last_scan_on", D(2026, 4, 1), D(2026, 4, 9), True),
        ("last_scan_on", D(2026, 4, 9), D(2026, 4, 1), False),
        ("extended_by_days", 5, 10, True),
        ("extended_by_days", 10, 5, False),
    ],
)
def test_the_latest_promise_the_first_delivery_and_the_last_scan_stand(name, old, new, moves):
    known = known_with(a_known(facts={name: old}))
    (line,) = match([a_reading(an_order(facts={name: new}))], known).lines
    assert (line.verdict is Verdict.UPDATE) is moves
    if moves:
        assert line.changes[0].old == old


def test_an_extension_never_moves_a_timer_earlier():
    late = dt.datetime(2026, 4, 9, 12, tzinfo=dt.UTC)
    known = known_with(a_known(facts={"protection_ends_at": late}))
    earlier = an_order(facts={"protection_ends_at": late - dt.timedelta(days=5)})
    assert verdicts(match([a_reading(earlier)], known)) == [Verdict.KNOWN]


def test_what_the_user_typed_is_contradicted_aloud_and_never_overwritten():
    known = known_with(a_known(FactOrigin.USER, facts={"delivered_on": D(2026, 4, 9)}))
    mail = a_reading(an_order(facts={"delivered_on": D(2026, 4, 1), "shipped_on": D(2026, 3, 4)}))
    update, conflict = match([mail], known).lines
    assert values(update) == {"shipped_on": D(2026, 3, 4)}
    assert conflict.verdict is Verdict.CONFLICT
    assert not conflict.default_keep
    assert conflict.changes[0].old == D(2026, 4, 9)
    assert conflict.changes[0].new == D(2026, 4, 1)
    assert conflict.why
    assert conflict.remedy


def test_a_later_scan_is_news_even_beside_the_users_word():
    known = known_with(a_known(FactOrigin.USER, facts={"last_scan_on": D(2026, 4, 1)}))
    mail = a_reading(an_order(facts={"last_scan_on": D(2026, 4, 9)}))
    assert verdicts(match([mail], known)) == [Verdict.UPDATE]


def test_a_mail_corrects_an_export_and_not_the_other_way_round():
    sums = {"amount": Money(500, "USD")}
    known = known_with(a_known(FactOrigin.EXPORT, facts={"amount": Money(400, "USD")}))
    assert verdicts(match([a_reading(an_order(facts=sums))], known)) == [Verdict.UPDATE]
    known = known_with(a_known(FactOrigin.MAIL, facts={"amount": Money(400, "USD")}))
    export = a_reading(an_order(facts=sums), kind="export.amazon_orders")
    assert verdicts(match([export], known)) == [Verdict.KNOWN, Verdict.CONFLICT]


def test_a_day_off_by_one_in_an_export_is_no_news():
    known = known_with(a_known(facts={"ordered_on": D(2026, 2, 21)}))
    export = a_reading(an_order(facts={"ordered_on": D(2026, 2, 20)}), kind="export.x")
    assert verdicts(match([export], known)) == [Verdict.KNOWN]


def test_equal_sources_that_disagree_in_one_import_are_told():
    readings = [
        a_reading(an_order(facts={"amount": Money(minor, "USD")}), name=f"{minor}.eml")
        for minor in (500, 400)
    ]
    (line,) = match(readings, KnownOrders()).lines
    assert any("amount" in warning for warning in line.draft.warnings)


def test_what_a_known_order_lacks_is_added_and_nothing_replaced():
    known = known_with(a_known(shop="Old name", has_items=True))
    draft = an_order(
        shop="New name", items=(ItemDraft("x"),), tracking=("AB 1", TRACK), total=Money(5, "USD")
    )
    (line,) = match([a_reading(draft)], known).lines
    assert line.verdict is Verdict.UPDATE
    assert line.additions.shop == ""
    assert line.additions.items == ()
    assert line.additions.tracking == ("AB 1", TRACK)
    assert line.additions.total == Money(5, "USD")


def a_parcel(number=TRACK, hints=(), **facts):
    return ParcelDraft(Place("f"), "DHL", number, "delivered", some_facts(facts), hints)


def test_a_parcel_moves_the_known_order_that_has_its_number():
    known = known_with(a_known(tracking=("LP 0012 3456 7890 12",)))
    (line,) = match([a_reading(a_parcel(delivered_on=D(2026, 3, 20)))], known).lines
    assert line.verdict is Verdict.UPDATE
    assert line.order == OrderId(7)
    assert values(line) == {"delivered_on": D(2026, 3, 20)}


def test_a_parcel_joins_the_order_of_the_same_import():
    parcel = a_reading(a_parcel(delivered_on=D(2026, 3, 18)), name="dhl.eml")
    (line,) = match([parcel, *LIFE[:2]], KnownOrders()).lines
    assert line.verdict is Verdict.NEW
    assert values(line)["delivered_on"] == D(2026, 3, 18)
    assert isinstance(line.draft, OrderDraft)


def test_one_parcel_may_hold_several_orders():
    known = known_with(
        a_known(tracking=(TRACK,)),
        a_known(tracking=(TRACK,), number="8190000000000043", order=OrderId(8)),
    )
    review = match([a_reading(a_parcel(delivered_on=D(2026, 3, 20)))], known)
    assert {line.order for line in review.lines} == {7, 8}


def test_a_parcel_of_no_known_order_waits_with_suggestions():
    known = known_with(a_known(shop="John Lewis & Partners"))
    parcel = a_parcel("JJD000111", ("John Lewis",), delivered_on=D(2026, 3, 20))
    (line,) = match([a_reading(parcel)], known).lines
    assert line.verdict is Verdict.UNMATCHED
    assert not line.default_keep
    assert [suggestion.order for suggestion in line.suggestions] == [7]
    assert line.suggestions[0].why


def test_parcels_without_a_number_stay_apart():
    readings = [a_reading(a_parcel(""), name=f"{n}.eml") for n in range(2)]
    assert verdicts(match(readings, KnownOrders())) == [Verdict.UNMATCHED] * 2


def a_payment(reference="9XX12345678901234", minor=-4310, **more):
    day = D(2026, 3, 2)
    return PaymentDraft(Place("f"), "paypal", reference, Money(minor, "USD"), day, "A Shop", **more)


def paypal(*drafts, name="pp.csv"):
    return a_reading(*drafts, name=name, kind="export.paypal")


def test_a_payment_that_names_its_order_belongs_to_it():
    (line,) = match([paypal(a_payment(invoice=NUMBER))], known_with(a_known())).lines
    assert line.verdict is Verdict.NEW
    assert line.order == OrderId(7)
    assert line.default_keep


def test_a_payment_tells_its_order_how_and_when_it_was_paid_where_nothing_is_known():
    known = known_with(a_known(facts={"method": "card"}))
    (line,) = match([paypal(a_payment(invoice=NUMBER))], known).lines
    assert values(line) == {
        "transaction_date": D(2026, 3, 2),
        "wallet": "paypal",
        "amount": Money(4310, "USD"),
        "currency": "USD",
    }
    for loose in (a_payment(invoice=NUMBER, status="Denied"), a_payment("R", 5, invoice=NUMBER)):
        (line,) = match([paypal(loose)], known).lines
        assert line.changes == ()


def test_a_payment_of_an_order_new_in_the_same_import_names_that_line():
    order, payment = match([LIFE[0], paypal(a_payment(invoice=NUMBER))], KnownOrders()).lines
    assert payment.belongs_to == order.key
    assert payment.verdict is Verdict.NEW


def test_a_loose_payment_is_suggested_by_sum_and_day_and_never_taken():
    order = a_known(total=Money(4310, "USD"), ordered_on=D(2026, 3, 1))
    far = a_known(total=Money(4310, "USD"), ordered_on=D(2025, 3, 1), order=OrderId(9), number="9")
    (line,) = match([paypal(a_payment())], known_with(order, far)).lines
    assert line.verdict is Verdict.UNMATCHED
    assert [suggestion.order for suggestion in line.suggestions] == [7]
    assert not line.default_keep


def test_a_refund_belongs_to_the_order_of_the_payment_it_refers_to():
    known = known_with(payments=(KnownPayment("paypal", "P1", order=OrderId(7)),))
    (line,) = match([paypal(a_payment("R1", 4310, related="P1"))], known).lines
    assert line.order == OrderId(7)
    assert line.verdict is Verdict.NEW


def test_a_known_payment_is_known_and_one_told_twice_is_one():
    known = known_with(payments=(KnownPayment("paypal", "P1"),))
    readings = [paypal(a_payment("P1"), a_payment("P2")), paypal(a_payment("P2"), name="b.csv")]
    found = {line.key: line.verdict for line in match(readings, known).lines}
    assert found == {
        "payment:paypal:P1": Verdict.KNOWN,
        "payment:paypal:P2": Verdict.NEW,
    }


def test_files_not_understood_and_rows_refused_have_lines_of_their_own():
    refused = Rejection(Place("o.csv", 12, "Total"), "Why.", "What to do.")
    readings = [
        a_reading(name="o.csv", rejections=(refused,), recognition=Recognition.PARTLY),
        a_reading(name="x.eml", recognition=Recognition.KNOWN_SENDER, why="No reader."),
        a_reading(name="y", recognition=Recognition.UNKNOWN, why="Unknown."),
        a_reading(name="z", recognition=Recognition.REFUSED, why="Too large.", remedy="Split."),
    ]
    review = match(readings, KnownOrders())
    assert verdicts(review) == [
        Verdict.REFUSED, Verdict.NOT_UNDERSTOOD, Verdict.NOT_UNDERSTOOD, Verdict.REFUSED,
    ]  # fmt: skip
    assert str(review.lines[0].place) == "o.csv, line 12, Total"
    assert len({line.key for line in review.lines}) == 4
    assert [summary.verdicts[Verdict.REFUSED] for summary in review.files] == [1, 0, 0, 1]


def test_each_file_tells_what_became_of_its_drafts():
    review = match(LIFE, KnownOrders())
    assert [summary.verdicts[Verdict.NEW] for summary in review.files] == [1, 1, 1]
    assert review.counts[Verdict.NEW] == 1
    assert set(review.counts) == set(Verdict)


def test_a_desk_is_told_what_to_look_up():
    found = wanted([*LIFE, paypal(a_payment(invoice="INV-777", related="P0"))])
    assert found.numbers == {("aliexpress", NUMBER)}
    assert found.tracking == {TRACK}
    assert found.references == {("paypal", "9XX12345678901234"), ("paypal", "P0")}
    assert "inv-777" in found.named
    assert len(found.hashes) == 4


DAYS = st.dates(D(2026, 1, 1), D(2026, 1, 12))
FACT_NAMES = st.sampled_from(
    ["ordered_on", "shipped_on", "delivered_on", "promised_by", "last_scan_on", "amount"]
)


@st.composite
def claims(draw):
    found = draw(st.dictionaries(FACT_NAMES, DAYS, max_size=4))
    if "amount" in found:
        found["amount"] = Money(found["amount"].day, "USD")
    return found


@st.composite
def drafts(draw):
    kind = draw(st.sampled_from(["order", "order", "order", "parcel", "payment"]))
    if kind == "parcel":
        return a_parcel(draw(st.sampled_from(["T1", "T2", "T3"])), **draw(claims()))
    if kind == "payment":
        return a_payment(draw(st.sampled_from(["P1", "P2"])), invoice=draw(st.sampled_from("12")))
    return an_order(
        draw(st.sampled_from(["confirmed", "shipped", "export"])),
        number=draw(st.sampled_from("12")),
        facts=draw(claims()),
        tracking=tuple(draw(st.sets(st.sampled_from(["T1", "T2"])))),
        items=tuple(
            ItemDraft(title) for title in draw(st.lists(st.sampled_from("ab"), max_size=2))
        ),
        total=draw(st.sampled_from([None, Money(1, "USD"), Money(2, "USD")])),
        shop=draw(st.sampled_from(["", "S"])),
    )


@st.composite
def batches(draw):
    readings = []
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["mail.x", "export.x"]))
        found = draw(st.lists(drafts(), min_size=1, max_size=3))
        sent = draw(st.none() | DAYS)
        readings.append(a_reading(*found, name=f"{number}", kind=kind, sent=sent))
    return readings


@settings(max_examples=50, deadline=None)
@given(batches())
def test_keeping_a_review_and_matching_again_gives_nothing_new(readings):
    known = kept(match(readings, KnownOrders()), KnownOrders())
    again = match(readings, known)
    assert set(verdicts(again)) <= {Verdict.KNOWN, Verdict.UNMATCHED}
    assert kept(again, known) == known


@settings(max_examples=50, deadline=None)
@given(batches(), batches())
def test_a_second_import_settles_at_once(first, second):
    known = kept(match(first, KnownOrders()), KnownOrders())
    known = kept(match(second, known), known)
    again = match(second, known)
    assert not {Verdict.NEW, Verdict.UPDATE} & set(verdicts(again))


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_the_order_of_files_changes_nothing(data):
    readings = data.draw(batches())
    turned = data.draw(st.permutations(readings))

    def told(review):
        return {
            line.key: (line.verdict, line.changes, line.draft, line.sources)
            for line in review.lines
        }

    assert told(match(readings, KnownOrders())) == told(match(turned, KnownOrders()))
