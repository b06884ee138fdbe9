"""Temu, Allegro, and what is known by sight but not read."""

import datetime as dt
from pathlib import Path

import pytest

from disputedesk.common.errors import Refused
from disputedesk.intake.draft import Recognition
from disputedesk.intake.exports import check_kind, read_export
from disputedesk.model.money import Money

TEMU = (
    '"Order ID","Item description at order time","Order time","Shipped date","Price",'
    '"Price tax","Shipping cost","Order total","Order detail URL"\n'
)
ALLEGRO = (
    "'Numer oferty';'Tytuł oferty';'Data zakupu';"
    "'Liczba zakupionych przedmiotów / zestawów / kompletów';'Cena oryginalna';'Login sprzedawcy'\n"
)
SAMPLES = Path(__file__).parents[4] / "shared" / "samples"


def test_temu_keeps_the_sign_before_and_after_apart():
    text = TEMU + (
        '"PO-1-11","Cards","2023/11/14","2023/11/15","70,48 zł","0,00 zł","0,00 zł","70,48 zł",""\n'
        '"PO-1-12","Lamp","2024/12/01","","€9,99","€0,00","€1,50","€11,49",""\n'
        '"PO-1-13","Hub","2024/06/10","","$12.99","$0.00","$2.00","$14.99",""\n'
    )
    one, two, three = read_export(text.encode(), file="x").drafts
    assert one.total == Money(7048, "PLN")
    assert {f.name: f.value for f in one.facts}["shipped_on"] == dt.date(2023, 11, 15)
    assert two.total == Money(1149, "EUR")
    assert three.total == Money(1499, "USD")
    assert "dollar" in three.warnings[0]
    assert not two.warnings


def test_allegro_things_of_one_moment_and_seller_are_one_order():
    text = ALLEGRO + (
        "17831449557;'Syrop';'2026-02-05T23:30:25Z';1;7.5;'a'\n"
        "17235797116;'Lampa; duża';'2026-02-05T23:30:25Z';2;10.57;'a'\n"
        "15530592799;'Figurka';'2026-02-05T23:30:25Z';1;4.99;'b'\n"
        "15530592799;'Figurka';'';1;4.99;'b'\n"
    )
    reading = read_export(text.encode(), file="x")
    first, second = reading.drafts
    assert first.total == Money(2864, "PLN")
    assert [item.title for item in first.items] == ["Syrop", "Lampa; duża"]
    assert first.ordered_on == dt.date(2026, 2, 6)
    assert first.number != second.number
    assert any("order number" in warning for warning in first.warnings)
    assert [r.place.line for r in reading.rejections] == [5]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Datum,Empfänger,Betrag (EUR)\n2017-10-01,A SHOP,-59.99\n", "CSV"),
        ("18.09.2017;SHOP A;18.09.2017;33,87;O\n19.09.2017;SHOP B;19.09.2017;8,97;O\n", "CSV"),
        ("10 Feb 18,Shop,Visa,20.59\n", "CSV"),
        (":20:STARTUMS\r\n:25:1234/56\r\n:60F:C240101EUR1,00\r\n:61:2401020102D1,00N\r\n", "MT940"),
        ("OFXHEADER:100\nDATA:OFXSGML\n<OFX><BANKMSGSRSV1>", "OFX"),
        ("!Type:Bank\nD01/02/2024\nT-5.00\n^\n", "QIF"),
        ('<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">',
         "CAMT"),
    ],
)  # fmt: skip
def test_a_bank_statement_is_named_and_never_taken_for_orders(text, word):
    reading = read_export(text.encode(), file="x")
    assert reading.recognition is Recognition.UNKNOWN
    assert reading.drafts == ()
    assert word in reading.what
    assert "statement" in reading.why


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
        (b"\0\0\0\x18ftypmp42", "video"),
        (b"%PDF-1.7\n", "PDF"),
    ],
)
def test_pictures_videos_and_documents_are_sent_to_the_case(data, word):
    reading = read_export(data, file="orders.csv")
    assert word in reading.what
    assert "evidence" in reading.remedy


@pytest.mark.parametrize(
    "data",
    [b"", b"  \n", b"hello", b"a,b\n1,2\n", b"{}", b"[1]", b"\0\1\2\3" * 50, b"<html>x</html>",
     b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
)  # fmt: skip
def test_whatever_else_is_unknown_in_a_sentence(data):
    reading = read_export(data, file="x")
    assert reading.recognition is Recognition.UNKNOWN
    assert reading.why.endswith(".")
    assert reading.remedy.endswith(".")


def test_only_known_kinds_can_be_asked_for():
    check_kind(None)
    check_kind("paypal:dmy")
    with pytest.raises(Refused, match="paypal:mdy"):
        check_kind("amazon")


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files stand beside the checkout")
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("aliexpress_shopper_inventory.json", 5),
        ("allegro_purchases_pl.csv", 4),
        ("temu_orders.csv", 5),
    ],
)
def test_real_exports_are_read_without_a_refusal(name, count):
    reading = read_export((SAMPLES / "exports" / name).read_bytes(), file=name)
    assert reading.recognition is Recognition.UNDERSTOOD
    assert len(reading.drafts) == count


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files stand beside the checkout")
def test_no_real_statement_is_taken_for_orders():
    files = [path for path in (SAMPLES / "bank").rglob("*") if path.is_file()]
    readings = {path.name: read_export(path.read_bytes(), file=path.name) for path in files}
    assert not [name for name, reading in readings.items() if reading.drafts]
    csvs = [path.name for path in files if path.suffix.lower() == ".csv"]
    assert [readings[name].what for name in csvs] == ["bank statement (CSV)"] * len(csvs)
