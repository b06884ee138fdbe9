"""Amazon's files: any column order, several rows of one order, no invented sums or days."""

import datetime as dt
import io
import zipfile

import pytest

from disputedesk.intake.draft import Recognition
from disputedesk.intake.exports import read_export
from disputedesk.model.money import Money

HEADER = (
    "Website,Order ID,Order Date,Purchase Order Number,Currency,Unit Price,Unit Price Tax,"
    "Shipping Charge,Total Discounts,Total Owed,Shipment Item Subtotal,"
    "Shipment Item Subtotal Tax,ASIN,Product Condition,Quantity,Payment Instrument Type,"
    "Order Status,Shipment Status,Ship Date,Shipping Option,Shipping Address,Billing Address,"
    "Carrier Name & Tracking Number,Product Name,Gift Message,Gift Sender Name,"
    "Gift Recipient Contact Details,Item Serial Number"
)
USUAL = {
    "Website": "Amazon.de",
    "Order ID": "302-1111111-2222222",
    "Order Date": "2025-08-04T20:39:52Z",
    "Currency": "EUR",
    "Unit Price": "10.00",
    "Total Owed": "11.90",
    "ASIN": "B000000001",
    "Quantity": "1",
    "Payment Instrument Type": "Visa - 3724",
    "Order Status": "Closed",
    "Shipment Status": "Shipped",
    "Ship Date": "2025-08-05T08:00:00Z",
    "Carrier Name & Tracking Number": "UPS_EU_GROUND(1Z999AA10123456784)",
    "Product Name": "Desk lamp, black",
}
RENAMED = {
    "Quantity": "Original Quantity",
    "Payment Instrument Type": "Payment Method Type",
    "Total Owed": "Total Amount",
    "Gift Recipient Contact Details": "Gift Recipient Contact",
}


def file_of(*rows, header=HEADER, alphabetical=False):
    names = header.split(",")
    shown = {name: RENAMED.get(name, name) if alphabetical else name for name in names}
    if alphabetical:
        names = sorted(names, key=lambda name: shown[name])
    lines = [",".join(shown[name] for name in names)]
    for row in rows:
        cells = {**USUAL, **row}
        lines.append(
            ",".join('"' + cells.get(n, "Not Available").replace('"', '""') + '"' for n in names)
        )
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def one(*rows, **options):
    reading = read_export(file_of(*rows, **options), file="whatever.txt")
    assert reading.kind == "export.amazon_orders"
    assert len(reading.drafts) == 1
    return reading.drafts[0]


def facts(draft):
    return {fact.name: fact.value for fact in draft.facts}


@pytest.mark.parametrize("alphabetical", [False, True])
def test_both_column_orders_give_the_same_order(alphabetical):
    draft = one({}, alphabetical=alphabetical)
    assert draft.number == "302-1111111-2222222"
    assert draft.total == Money(1190, "EUR")
    assert draft.items[0].title == "Desk lamp, black"
    assert draft.tracking == ("1Z999AA10123456784",)
    assert draft.carrier == "UPS_EU_GROUND"
    assert draft.payment_network == "visa"
    assert draft.payment_mask.endswith("3724")
    assert facts(draft) == {
        "ordered_on": dt.date(2025, 8, 4),
        "shipped_on": dt.date(2025, 8, 5),
        "amount": Money(1190, "EUR"),
        "currency": "EUR",
        "item_price": Money(1000, "EUR"),
        "method": "card",
        "network": "visa",
    }


def test_several_rows_of_one_order_are_one_order_with_one_total():
    draft = one({}, {"Product Name": "Bulb", "Total Owed": "1,002.50", "Unit Price": "500"})
    assert [item.title for item in draft.items] == ["Desk lamp, black", "Bulb"]
    assert draft.total == Money(101440, "EUR")
    assert "item_price" not in facts(draft)


def test_rows_in_different_currencies_have_no_total():
    draft = one({}, {"Currency": "GBP"})
    assert draft.total is None
    assert "amount" not in facts(draft)
    assert draft.warnings


def test_what_amazon_calls_not_available_is_not_known():
    draft = one(
        {
            "Ship Date": "Not Available",
            "Payment Instrument Type": "Not Available",
            "Shipment Status": "Not Available",
            "Carrier Name & Tracking Number": "Not Available",
            "Unit Price": "Not Available",
        }
    )
    assert set(facts(draft)) == {"ordered_on", "amount", "currency"}
    assert draft.status == "Closed"
    assert draft.tracking == ()


def test_a_status_gives_no_day():
    draft = one({"Order Status": "Cancelled", "Ship Date": "Not Available", "Quantity": "0"})
    assert draft.status == "Cancelled"
    assert "cancelled_on" not in facts(draft)
    assert "delivered_on" not in facts(one({"Shipment Status": "Delivered"}))


def test_the_american_day_is_the_one_where_the_shop_is():
    assert one({"Website": "Amazon.com", "Order Date": "2025-08-04T03:00:00Z"}).ordered_on == (
        dt.date(2025, 8, 3)
    )
    assert one({"Order Date": "2025-08-04T03:00:00Z"}).ordered_on == dt.date(2025, 8, 4)


def test_thousands_and_guarded_minus_are_read():
    assert one({"Total Owed": "1,700"}).total == Money(170000, "EUR")
    assert one({"Total Owed": "'-6.66'"}).total == Money(-666, "EUR")


def test_a_gift_card_beside_the_card_is_told():
    draft = one({"Payment Instrument Type": "Visa - 1234 and Gift Certificate/Card"})
    assert draft.payment_mask.endswith("1234")
    assert draft.warnings


def test_a_full_card_number_never_reaches_a_draft():
    full = "4111111111111111"
    draft = one({"Payment Instrument Type": f"Visa - {full}", "Product Name": f"Case {full} x"})
    assert full not in repr(draft)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Order ID", "302-1111"),
        ("Order ID", "3.02E+16"),
        ("Order ID", ""),
        ("Order Date", "yesterday"),
        ("Order Date", "0000-00-00T00:00:00Z"),
        ("Total Owed", "abc"),
        ("Quantity", "-1"),
        ("Quantity", "many"),
        ("Currency", "EURO"),
    ],
)
def test_a_wrong_cell_refuses_its_row_by_column_and_keeps_the_rest(cell, value):
    other = {"Order ID": "302-3333333-4444444"}
    reading = read_export(file_of({cell: value}, other), file="a.csv")
    assert [draft.number for draft in reading.drafts] == ["302-3333333-4444444"]
    assert [(r.place.line, r.place.part) for r in reading.rejections] == [(2, cell)]
    assert reading.recognition is Recognition.PARTLY


def test_a_number_that_a_spreadsheet_rounded_says_so():
    reading = read_export(file_of({"Order ID": "3.02111E+16"}), file="a.csv")
    assert "spreadsheet" in reading.rejections[0].remedy


def test_the_archive_amazon_sends_is_read_without_unpacking():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("Retail.OrderHistory.1/Retail.OrderHistory.1.csv", file_of({}))
        archive.writestr(
            "Retail.OrderHistory.2/Retail.OrderHistory.2.csv",
            file_of({"Order ID": "302-5555555-6666666"}),
        )
        archive.writestr("Digital-Ordering.1/Digital.csv", "a,b\n1,2\n")
        archive.writestr("photo.jpg", b"\xff\xd8\xff")
    reading = read_export(stream.getvalue(), file="Your Orders.zip")
    assert {draft.number for draft in reading.drafts} == {
        "302-1111111-2222222", "302-5555555-6666666",
    }  # fmt: skip
    assert reading.drafts[0].place.file.startswith("Your Orders.zip/Retail")
    assert reading.kind == "export.amazon_orders"


LEGACY = (
    "Order Date,Order ID,Title,Category,ASIN/ISBN,UNSPSC Code,Website,Release Date,Condition,"
    "Seller,Seller Credentials,List Price Per Unit,Purchase Price Per Unit,Quantity,"
    "Payment Instrument Type,Shipment Date,Order Status,Carrier Name & Tracking Number,"
    "Item Subtotal,Item Subtotal Tax,Item Total,Currency\n"
)


def legacy(day, shipped="3/30/16"):
    return (
        LEGACY + f"{day},111-1234567-7654321,A Book,,0000000000,,Amazon.com,,new,Amazon.com,,"
        f"$20.00,$12.50,2,Visa - 1111,{shipped},Shipped,USPS(9400100000000000000000),"
        "$25.00,$0.00,$25.00,USD\n"
    ).encode()


def test_the_old_items_report_has_the_month_first():
    draft = read_export(legacy("3/4/16"), file="x").drafts[0]
    assert draft.ordered_on == dt.date(2016, 3, 4)
    assert facts(draft)["shipped_on"] == dt.date(2016, 3, 30)
    assert draft.total == Money(2500, "USD")
    assert draft.items[0].quantity == 2
    assert draft.items[0].price == Money(1250, "USD")


def test_an_old_report_from_britain_shows_by_its_days_that_it_has_the_day_first():
    draft = read_export(legacy("28/03/16", "30/03/16"), file="x").drafts[0]
    assert draft.ordered_on == dt.date(2016, 3, 28)
