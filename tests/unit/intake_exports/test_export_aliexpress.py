"""AliExpress by its tools, its pages and its privacy export."""

import datetime as dt
import io
import json
import zipfile

import pytest

from disputedesk.intake.draft import Recognition
from disputedesk.intake.exports import read_export
from disputedesk.model.money import Money

CSV = (
    "Order Date,Order ID,Title,Qty,Price,Store,Product ID,SKU ID,Attributes,Price Info,Currency,"
    "Status,Product Url,Product Image Url,Store Url,Tags\n"
)
ITEM = {
    "id": "1-2-3",
    "orderId": "8190000000000042",
    "orderLineId": "8190000000010042",
    "productId": "1005000000000001",
    "title": "Night lamp",
    "price": "US $1,120.95",
    "priceInfo": "US $1,120.95|1,120|95",
    "currency": "USD",
    "quantity": 2,
    "orderDate": "Feb 21, 2026",
    "orderDateIso": "2026-02-20",
    "status": "Completed",
    "storeName": "A Lamp Store",
    "productUrl": "https://www.aliexpress.com/item/1005000000000001.html",
    "attributes": "Color: White",
}


def facts(draft):
    return {fact.name: fact.value for fact in draft.facts}


def inventory(*items):
    return read_export(json.dumps(list(items)).encode(), file="orders.json")


def test_the_day_the_shop_shows_wins_over_the_one_the_tool_wrote_and_both_are_told():
    draft = inventory(ITEM).drafts[0]
    assert draft.ordered_on == dt.date(2026, 2, 21)
    assert any("20 Feb 2026" in warning for warning in draft.warnings)


def test_things_of_one_order_are_one_order_and_completed_is_no_day():
    second = {**ITEM, "title": "Bulb", "price": "US $2.00", "priceInfo": "US $2.00|2|00"}
    draft = inventory(ITEM, second).drafts[0]
    assert [item.title for item in draft.items] == ["Night lamp", "Bulb"]
    assert draft.total == Money(224590, "USD")
    assert draft.status == "Completed"
    assert set(facts(draft)) == {"ordered_on"}


def test_the_csv_of_the_same_tool_reads_the_same():
    row = (
        '"2026-02-20",8190000000000042,"Night lamp",2,"129,46zł","A Lamp Store","1005000000000001",'
        '"1","Color: White","129,46zł|129|46",PLN,Completed,'
        "https://www.aliexpress.com/item/1005000000000001.html,,,\n"
    )
    draft = read_export((CSV + row).encode(), file="x").drafts[0]
    assert draft.items[0].price == Money(12946, "PLN")
    assert draft.total == Money(25892, "PLN")
    assert draft.ordered_on == dt.date(2026, 2, 20)
    assert draft.items[0].url.endswith("/1005000000000001.html")


def test_exact_parts_beat_words_that_can_be_read_two_ways():
    item = {**ITEM, "price": "1.234 €", "priceInfo": "1.234 €|1.234|00", "currency": "EUR"}
    assert inventory(item).drafts[0].items[0].price == Money(123400, "EUR")
    won = {**ITEM, "price": "₩11,110", "priceInfo": "₩11,110|11110|", "currency": ""}
    assert inventory(won).drafts[0].items[0].price == Money(11110, "KRW")


@pytest.mark.parametrize(
    ("key", "value"),
    [("orderId", "12"), ("orderDate", "13.13.2026"), ("quantity", 0), ("currency", "Dollar")],
)
def test_a_wrong_record_is_named_and_the_rest_kept(key, value):
    other = {**ITEM, "orderId": "8190000000000099"}
    reading = inventory({**ITEM, key: value}, other, "junk")
    assert [draft.number for draft in reading.drafts] == ["8190000000000099"]
    assert reading.rejections[0].place.part == f"record 1, {key}"
    assert len(reading.rejections) == 2
    assert reading.recognition is Recognition.PARTLY


def test_a_card_number_in_a_title_is_masked_and_a_strange_address_dropped():
    item = {**ITEM, "title": "Case 5555555555554444", "productUrl": "javascript:alert(1)"}
    draft = inventory(item).drafts[0]
    assert "5555555555554444" not in repr(draft)
    assert draft.items[0].url == ""


BULK = (
    "Order Number\tOrder Date\tTotal\tStore Name\tOrder Status\tProduct Title\tOption\tPrice\t"
    "Quantity\tPieces Per Pack\tTotal Quantity\tLanded Cost\tProduct URL\tImage URL\n"
)


def bulk(*rows):
    return read_export(
        (BULK + "".join("\t".join(row) + "\n" for row in rows)).encode(), file="x.txt"
    )


PRODUCT = "https://www.aliexpress.com/item/1005000000000001.html"


def bulk_row(total="US $9.50", day="3/31/2022", title="Clip"):
    return ("8144000000000001", day, total, "A Store", "Finished", title, "Red", "US $4.00", "1",
            "1", "1", "4.75", PRODUCT, "")  # fmt: skip


def test_the_total_that_each_row_repeats_is_not_added_up():
    draft = bulk(bulk_row(), bulk_row(title="Band")).drafts[0]
    assert draft.total == Money(950, "USD")
    assert len(draft.items) == 2
    assert draft.ordered_on == dt.date(2022, 3, 31)
    assert facts(draft)["amount"] == Money(950, "USD")


def test_rows_that_repeat_different_totals_give_none():
    draft = bulk(bulk_row(), bulk_row(total="US $8.00")).drafts[0]
    assert draft.total is None
    assert draft.warnings


def page(**changes):
    fields = {
        "orderId": "8177000000000042",
        "orderDateText": "Nov 24, 2025",
        "totalPriceText": "US $120.95",
        "formatPriceInfo": "US $120.95|120|95",
        "storeName": "A Store",
        "utParams": {"args": {"orderStatus": "Awaiting delivery"}},
        "orderLines": [
            {
                "productId": "1005000000000001",
                "itemTitle": "Lamp",
                "itemDetailUrl": "//www.aliexpress.com/item/1005000000000001.html",
                "itemPriceText": "US $60.00",
                "skuAttrs": [{"name": "Color", "text": "Red"}],
            }
        ],
        **changes,
    }
    return {
        "data": {
            "data": {
                "pc_om_list_order_1": {"tag": "pc_om_list_order", "fields": fields},
                "pc_om_list_body_2": {"tag": "pc_om_list_body", "fields": {"hasMore": True}},
            }
        }
    }


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(page()),
        f"mtopjsonp1({json.dumps(page())})",
        json.dumps([{"url": "https://x/mtop", "body": json.dumps(page())}]),
    ],
    ids=["json", "jsonp", "capture"],
)
def test_captured_page_data_is_read_bare_wrapped_and_inside_a_capture(text):
    reading = read_export(text.encode(), file="x")
    (draft,) = reading.drafts
    assert draft.total == Money(12095, "USD")
    assert draft.ordered_on == dt.date(2025, 11, 24)
    assert draft.status == "Awaiting delivery"
    assert draft.items[0].url == "https://www.aliexpress.com/item/1005000000000001.html"
    assert draft.items[0].variant == "Color: Red"
    assert "missing" in reading.what


def test_a_broken_order_of_a_page_is_refused_alone():
    value = page()
    value["data"]["data"]["pc_om_list_order_2"] = {"fields": {"orderId": "oops"}}
    reading = read_export(json.dumps(value).encode(), file="x")
    assert len(reading.drafts) == 1
    assert len(reading.rejections) == 1


def test_the_page_of_one_order_gives_its_days_and_tracking():
    value = {
        "a": {
            "tag": "detail_simple_order_info_component",
            "fields": {
                "tradeOrderId": 8177000000000042,
                "orderCreatTime": "Nov 24, 2025",
                "orderShipTime": "Nov 26, 2025",
            },
        },
        "b": {
            "tag": "detail_logistic_package_block",
            "fields": {"packageInfoList": [{"trackingNumber": "LP00123456789012"}, {}, 3]},
        },
    }
    (draft,) = read_export(json.dumps(value).encode(), file="x").drafts
    assert draft.tracking == ("LP00123456789012",)
    assert facts(draft) == {
        "ordered_on": dt.date(2025, 11, 24),
        "shipped_on": dt.date(2025, 11, 26),
    }


COLUMNS = (
    "order_id", "parent_orderid", "gmt_create_order_time", "order_status", "item_name",
    "unit_price", "payable_amt", "gmt_pay_order_time", "gmt_trade_end_time", "end_reason",
)  # fmt: skip


def workbook(*rows, before="", sheet="Order Information"):
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
        for row in (COLUMNS, *rows)
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {space} xmlns:r="{link}"><sheets>'
            f'<sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f"{before}<worksheet {space}><sheetData>{cells}</sheetData></worksheet>",
        )
    return stream.getvalue()


BACKUP = ("8177000000000142", "8177000000000042", "2025-11-24 10:00:00", "FINISH", "Lamp",
          "15115", "15115", "2025-11-24 10:01:00", "2026-01-05 00:00:00", "confirm")  # fmt: skip


def test_the_privacy_workbook_gives_the_parents_number_days_and_no_sum():
    second = ("8177000000000143", *BACKUP[1:4], "Bulb", *BACKUP[5:])
    reading = read_export(workbook(BACKUP, second), file="backup.xlsx")
    (draft,) = reading.drafts
    assert reading.kind == "export.aliexpress_backup"
    assert draft.number == "8177000000000042"
    assert [item.title for item in draft.items] == ["Lamp", "Bulb"]
    assert draft.total is None
    assert facts(draft) == {
        "ordered_on": dt.date(2025, 11, 24),
        "transaction_date": dt.date(2025, 11, 24),
        "order_closed_on": dt.date(2026, 1, 5),
    }


def test_a_workbook_with_a_document_type_is_refused():
    evil = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    reading = read_export(workbook(BACKUP, before=evil), file="backup.xlsx")
    assert reading.recognition is Recognition.REFUSED


def test_another_workbook_is_named_and_not_read():
    reading = read_export(workbook(BACKUP, sheet="Budget"), file="b.xlsx")
    assert reading.recognition is Recognition.UNKNOWN
    assert "office" in reading.why


def test_a_workbook_with_shared_texts_and_real_dates_reads_the_same():
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "Account"
    sheet = book.create_sheet("Order Information")
    sheet.append(COLUMNS)
    day = dt.date(2025, 11, 24)
    sheet.append([*BACKUP[:2], day, *BACKUP[3:7], day, dt.date(2026, 1, 5), "x"])
    sheet.append([])
    sheet.append([BACKUP[0], BACKUP[1], "soon", *BACKUP[3:]])
    stream = io.BytesIO()
    book.save(stream)
    reading = read_export(stream.getvalue(), file="backup.xlsx")
    (draft,) = reading.drafts
    assert draft.items[0].title == "Lamp"
    assert facts(draft)["ordered_on"] == dt.date(2025, 11, 24)
    assert facts(draft)["order_closed_on"] == dt.date(2026, 1, 5)
    assert [r.place.part for r in reading.rejections] == ["gmt_create_order_time"]
