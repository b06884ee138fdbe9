"""Text, tables, JSON and archives are bounded, and what is broken is named with its line."""

import io
import struct
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disputedesk.common.errors import Refused
from disputedesk.intake.draft import Recognition
from disputedesk.intake.exports import read_export
from disputedesk.intake.exports.archive import Archive
from disputedesk.intake.exports.decoding import decode
from disputedesk.intake.exports.strict_json import load_json, looks_like_json
from disputedesk.intake.exports.table import Dialect, guess_dialect, read_table, records

TEMU = (
    '"Order ID","Item description at order time","Order time","Shipped date","Price",'
    '"Price tax","Shipping cost","Order total","Order detail URL"\n'
)
ROW = (
    '"PO-1-{n}","Лампа für Ä","2024/03/22","2024/03/25","4,99 zł","0,00 zł","0,00 zł",'
    '"4,99 zł",""\n'
)


def temu(rows=3, **changes):
    return TEMU + "".join(ROW.format(n=1000 + n) for n in range(rows))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_an_export_reads_the_same_in_every_unicode_encoding(encoding):
    reading = read_export(temu().encode(encoding), file="x")
    assert [d.items[0].title for d in reading.drafts] == ["Лампа für Ä"] * 3


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1251", "Настольная лампа с абажуром и выключателем, доставка до двери покупателя"),
        ("cp1252", "Schöne Tischlampe für Büro und Küche, größer als die übliche, mit Bügel"),
        ("cp1252", "Numéro de la transaction de référence, État de l'adresse, à régler, reçu"),
        ("cp1250", "Částka, zpráva pro příjemce, účet protistrany, důvod neprovedení, měna"),
    ],
)
def test_old_code_pages_are_told_by_their_letters(encoding, words):
    assert decode((words * 5).encode(encoding)) == words * 5


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quote", ['"', "'"])
def test_the_delimiter_is_found_by_content(delimiter, quote):
    line = delimiter.join(f"{quote}{cell}{quote}" for cell in ("a b", "c, d; e", "f", "g"))
    assert guess_dialect("\n".join([line] * 5)) == Dialect(delimiter, quote)


def test_a_preamble_before_the_header_is_skipped():
    reading = read_export(("My orders\n\nmade today\n" + temu()).encode(), file="x")
    assert len(reading.drafts) == 3
    assert reading.drafts[0].place.line == 5


def test_counted_rows_are_read_plus_refused_and_the_refused_are_named_by_line():
    text = (
        temu(2)
        + '"PO-1-9","only","three"\n'
        + '"nonsense","t","2024/01/01","","1 zł","","","1 zł",""\n'
    )
    text += '"PO-1-77","t","2024/13/45","","1 zł","","","1 zł",""\n'
    text += '"PO-1-78","a","2024/01/01","","1 zł","","","1 zł","","shifted"\n' + ROW.format(n=5)
    reading = read_export(text.encode(), file="o.csv")
    assert len(reading.drafts) + len(reading.rejections) == 7
    assert {(r.place.line, r.place.part) for r in reading.rejections} == {
        (4, "Order time"), (5, "Order ID"), (6, "Order time"), (7, ""),
    }  # fmt: skip
    assert all(r.place.file == "o.csv" and r.why for r in reading.rejections)


def test_a_quote_that_is_never_closed_costs_one_row():
    text = temu(2) + '"PO-1-1,"x\n' + "".join(ROW.format(n=50 + n) for n in range(5))
    reading = read_export(text.encode(), file="x")
    assert len(reading.drafts) == 7
    assert [r.place.line for r in reading.rejections] == [4]


def test_a_quoted_line_break_stays_in_its_cell():
    text = (
        TEMU + '"PO-1-1000","two\nlines","2024/03/22","","1 zł","","","1 zł",""\n' + ROW.format(n=2)
    )
    reading = read_export(text.encode(), file="x")
    assert reading.drafts[0].items[0].title == "two lines"
    assert reading.drafts[1].place.line == 4


def test_nul_bytes_spoil_their_row_only():
    text = temu(1) + ROW.format(n=7).replace("Лампа", "La\0mpa") + ROW.format(n=8)
    reading = read_export(text.encode(), file="x")
    assert len(reading.drafts) == 2
    assert [r.place.line for r in reading.rejections] == [3]


def test_a_giant_line_and_a_million_columns_are_refused_in_little_time():
    text = temu(1) + "x" * 3_000_000 + "\n" + "," * 500_000 + "\n" + ROW.format(n=8)
    began = time.monotonic()
    reading = read_export(text.encode(), file="x")
    assert time.monotonic() - began < 5
    assert len(reading.drafts) == 2
    assert [r.place.line for r in reading.rejections] == [3, 4]


def test_a_guarded_number_means_the_same_after_a_round_trip():
    cells = [cells for _, cells in records("a,b\n'-12.50,'+49 1\n'=x,'plain'", Dialect(",", '"'))]
    assert cells == [("a", "b"), ("-12.50", "+49 1"), ("=x", "plain")]


def test_of_two_columns_with_one_name_the_first_counts():
    table = read_table("a,a\n1,2\n", Dialect(",", '"'), 1, "x")
    assert table.rows[0]["A"] == "1"


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_the_door_raise(data):
    assert read_export(data, file="x").recognition in Recognition


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet='",;\n\r\t\0abPO-1 2/zł{}[]:', max_size=300))
def test_no_rows_below_a_good_header_make_a_reader_raise(text):
    reading = read_export((TEMU + text).encode(), file="x")
    assert reading.kind in ("export.temu", "")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[" * 5_000 + "]" * 5_000,
        '{"a":' * 300 + "1" + "}" * 300,
        '[{"orderId": 1, "orderId": 2}]',
        '[{"a": NaN}]',
        '[{"a": -Infinity}]',
        "[" + "9" * 10_000 + "]",
        '{"a": 1',
        "[1,]",
        "",
    ],
)
def test_unbelievable_json_is_refused_in_a_sentence(text):
    with pytest.raises(Refused) as caught:
        load_json(text, "x.json")
    assert caught.value.what.endswith(".")


def test_lone_surrogates_never_reach_a_draft():
    text = (
        '[{"orderId":"3069099405650042","title":"bad \\ud800 one","price":"US $1.00",'
        '"storeName":"s","orderDate":"Feb 21, 2026"}]'
    )
    draft = read_export(text.encode(), file="x").drafts[0]
    assert draft.items[0].title.encode("utf-8") == b"bad one"


def test_only_what_begins_as_json_is_taken_for_it():
    assert not looks_like_json("[settings]\nkey=1")
    assert not looks_like_json("{1:F01BANKDEFF}{2:O940}")
    assert looks_like_json(" [ ]")
    assert looks_like_json("{\n}")


def test_a_jsonp_call_is_json():
    assert looks_like_json('/**/ mtopjsonp3({"a": [1]});')
    assert load_json('mtopjsonp3({"a": ")"});\n', "x") == {"a": ")"}


def zipped(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_csv", ".csv"), data)
    return stream.getvalue()


def test_a_bomb_is_refused_before_it_unpacks():
    bomb = zipped(big_csv=b"0" * (24 << 20))
    reading = read_export(bomb, file="b.zip")
    assert reading.recognition is Recognition.REFUSED
    assert "unpacks" in reading.why


def test_an_archive_with_a_climbing_name_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    reading = read_export(zipped(**{"..__..__evil_csv": temu()}), file="o.zip")
    assert len(reading.drafts) == 3
    assert not list(tmp_path.iterdir())


def test_members_that_lie_over_each_other_are_refused():
    data = bytearray(zipped(a_csv=b"one", b_csv=b"two"))
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, second + 42, 2)
    with pytest.raises(Refused):
        Archive(bytes(data), "x.zip")


def test_a_locked_archive_is_refused_with_what_to_do():
    data = bytearray(zipped(a_csv=temu()))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    reading = read_export(bytes(data), file="x.zip")
    assert reading.recognition is Recognition.REFUSED
    assert "password" in reading.why
    assert reading.remedy


@pytest.mark.parametrize("cut", [10, 60, 200, -30, -5])
def test_a_damaged_archive_is_refused(cut):
    reading = read_export(zipped(a_csv=temu(40))[:cut], file="x.zip")
    assert reading.recognition in (Recognition.REFUSED, Recognition.UNKNOWN)
    assert reading.why


def test_the_lines_around_a_record_that_never_ends_are_kept():
    text = temu(1) + '"PO-1-1,"' + "x\n" * 500 + ROW.format(n=9)
    reading = read_export(text.encode(), file="x")
    assert {draft.number for draft in reading.drafts} == {"PO-1-1000", "PO-1-9"}
    assert len(reading.drafts) + len(reading.rejections) == 2 + 500


def test_too_many_members_are_refused(monkeypatch):
    monkeypatch.setattr("disputedesk.intake.exports.archive._MOST_MEMBERS", 2)
    with pytest.raises(Refused):
        Archive(zipped(a_csv="a", b_csv="b", c_csv="c"), "x.zip")


def test_all_members_share_one_allowance(monkeypatch):
    monkeypatch.setattr("disputedesk.intake.exports.archive._LARGEST_TOTAL", 100)
    reading = read_export(zipped(a_csv=temu(1), b_csv=temu(1)), file="x.zip")
    assert reading.recognition is Recognition.REFUSED
