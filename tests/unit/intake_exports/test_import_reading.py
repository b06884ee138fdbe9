"""Files and folders: each regular file once, by content, and nothing passed over in silence."""

import os
from pathlib import Path

import pytest

from disputedesk.common.errors import Refused
from disputedesk.common.hashing import sha256_of_bytes
from disputedesk.common.work import Cancelled, CancelToken
from disputedesk.intake import reading as module
from disputedesk.intake.draft import Recognition
from disputedesk.intake.mailbox import find_letter
from disputedesk.intake.match import match
from disputedesk.intake.reading import read_files
from disputedesk.intake.review import KnownOrders, Verdict

TEMU = (
    '"Order ID","Item description at order time","Order time","Shipped date","Price",'
    '"Price tax","Shipping cost","Order total","Order detail URL"\n'
    '"PO-1-11","Cards","2023/11/14","2023/11/15","70,48 zł","0,00 zł","0,00 zł","70,48 zł",""\n'
)
MAIL = (
    b"Received: from a by b; Mon, 2 Mar 2026 10:00:00 +0000\r\n"
    b"From: Somebody <who@nowhere.example>\r\nTo: me@x.example\r\n"
    b"Subject: Hello\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\nMessage-ID: <1@x>\r\n\r\nHi.\r\n"
)
SHOP = MAIL.replace(
    b"Somebody <who@nowhere.example>", b"AliExpress <transaction@notice.aliexpress.com>"
)


def read(*paths, **options):
    return list(read_files([Path(path) for path in paths], **options))


def test_a_folder_is_walked_in_order_without_hidden_files_and_links(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.csv").write_text(TEMU, "utf-8")
    (tmp_path / "a.csv").write_text(TEMU.replace("PO-1-11", "PO-1-12"), "utf-8")
    (tmp_path / ".hidden.csv").write_text(TEMU, "utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    found = read(tmp_path)
    assert [reading.path.name for reading in found] == ["a.csv", "two.csv"]
    assert all(reading.recognition is Recognition.UNDERSTOOD for reading in found)
    assert found[0].sha256 == sha256_of_bytes((tmp_path / "a.csv").read_bytes())


def test_a_link_given_by_name_is_followed_and_a_file_named_twice_read_once(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(TEMU, "utf-8")
    link = tmp_path / "b.csv"
    link.symlink_to(file)
    assert len(read(link)) == 1
    assert len(read(file, file, tmp_path)) == 1


def test_the_name_of_a_file_never_decides(tmp_path):
    (tmp_path / "holiday.jpg").write_text(TEMU, "utf-8")
    (tmp_path / "orders.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    picture, orders = reversed(read(tmp_path))
    assert orders.kind == "export.temu"
    assert "evidence" in picture.remedy


def test_what_is_not_there_and_what_is_no_file_is_said(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    missing, strange = read(tmp_path / "nope", pipe)
    assert missing.recognition is Recognition.REFUSED
    assert "no such" in missing.why
    assert strange.recognition is Recognition.REFUSED
    (line, other) = match([missing, strange], KnownOrders()).lines
    assert line.verdict is other.verdict is Verdict.REFUSED
    assert line.key != other.key


def test_a_file_over_the_allowance_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_LARGEST", 1000)
    (tmp_path / "big.csv").write_text(TEMU * 10, "utf-8")
    (reading,) = read(tmp_path)
    assert reading.recognition is Recognition.REFUSED
    assert reading.size > 1000
    assert reading.remedy


def test_mails_and_exports_are_told_apart_by_content(tmp_path):
    (tmp_path / "1").write_bytes(MAIL)
    (tmp_path / "2").write_text(TEMU, "utf-8")
    mail, export = read(tmp_path)
    assert mail.kind.startswith("mail")
    assert export.kind == "export.temu"


def test_a_kind_that_does_not_exist_is_refused_at_once(tmp_path):
    with pytest.raises(Refused):
        read_files([tmp_path], as_kind="ebay")


def test_reading_stops_when_asked_and_tells_how_far_it_is(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.csv").write_text(TEMU, "utf-8")
    token, told = CancelToken(), []

    def progress(what, done, total):
        told.append((what, done, total))
        if done == 1:
            token.cancel()

    with pytest.raises(Cancelled):
        read(tmp_path, progress=progress, cancel=token)
    assert told == [("0.csv", 0, 3), ("1.csv", 1, 3)]


def mailbox(*letters):
    return b"".join(
        b"From who@x.example Mon Mar  2 10:00:00 2026\n" + letter.replace(b"\r\n", b"\n") + b"\n"
        for letter in letters
    )


def test_a_mailbox_gives_its_letters_of_known_senders_and_counts_the_others(tmp_path):
    box = tmp_path / "box"
    box.write_bytes(mailbox(MAIL, SHOP, MAIL.replace(b"Hi.", b"Hi.\n\nFrom here on, no letter.")))
    letter, whole = read(box)
    assert letter.kind == "mail.aliexpress"
    assert letter.path == whole.path == box
    assert letter.sha256 == sha256_of_bytes(SHOP.replace(b"\r\n", b"\n"))
    assert find_letter(box, letter.sha256) == SHOP.replace(b"\r\n", b"\n")
    assert find_letter(box, whole.sha256) is None
    assert whole.sha256 == sha256_of_bytes(box.read_bytes())
    assert "3 mails, 1 of" in whole.what


def test_a_quoted_from_in_a_mailbox_is_the_letter_as_it_was_sent(tmp_path):
    sent = SHOP.replace(b"\r\n", b"\n").replace(b"Hi.", b"Hi.\nFrom me")
    box = tmp_path / "box"
    box.write_bytes(mailbox(sent.replace(b"\nFrom me", b"\n>From me")))
    assert read(box)[0].sha256 == sha256_of_bytes(sent)


def test_every_sample_of_every_kind_is_read_without_raising():
    samples = Path(__file__).parents[4] / "shared" / "samples"
    if not samples.is_dir():
        pytest.skip("the sample files stand beside the checkout")
    readings = read(samples / "exports", samples / "mail", samples / "bank" / "csv")
    again = match(readings, KnownOrders())
    assert again.counts[Verdict.NEW] >= 14
    assert len({line.key for line in again.lines}) == len(again.lines)
