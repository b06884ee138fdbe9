"""No mail, however broken or spiteful, raises anything or takes long."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disputedesk.intake.draft import OrderDraft, ParcelDraft, Recognition
from disputedesk.intake.mail import MailReading, looks_like_mail, read_mail

FIXTURES = {p.name: p.read_bytes() for p in sorted((Path(__file__).parent / "mails").glob("*.eml"))}
HEAD = (
    b"From: AliExpress <transaction@notice.aliexpress.com>\n"
    b"Subject: Order 8190000012345678: order shipped\n"
    b"Date: Sun, 15 Nov 2026 23:51:43 +0000\nMIME-Version: 1.0\n"
)
SECONDS = 5
"""What threat H11 allows one mail; of this process alone, for other tests run beside it."""


def _holds(reading):
    assert isinstance(reading, MailReading)
    assert reading.what
    understood = reading.recognition in {Recognition.UNDERSTOOD, Recognition.PARTLY}
    assert understood or (reading.why and not reading.drafts)
    for draft in reading.drafts:
        assert isinstance(draft, OrderDraft | ParcelDraft)
        assert draft.number or isinstance(draft, ParcelDraft)


def _nested(depth, kind):
    parts = (
        b'Content-Type: %s; boundary="b%d"\n\n--b%d\n' % (kind, number, number)
        for number in range(depth)
    )
    return HEAD + b"".join(parts) + b"Content-Type: text/plain\n\nhello\n"


SPITEFUL = {
    "huge attachment": HEAD
    + b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nshipped\n"
    + b"--x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n"
    + (b"A" * 76 + b"\n") * 200_000,
    "huge text": HEAD + b"\n" + b"order 8190000012345678 total $1,00 expected " * 300_000,
    "huge html": HEAD + b"Content-Type: text/html\n\n" + b"<div><b>order " * 600_000,
    "deep html": HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 14_000,
    "59 parts deep": _nested(59, b"multipart/mixed"),
    "9000 parts deep": _nested(9_000, b"multipart/mixed"),
    "digest of digests": _nested(58, b"multipart/digest"),
    "letters in letters": HEAD + b"Content-Type: message/rfc822\n\n" * 3_000 + b"\nhi",
    "header of 10 MB": b"From: " + b"a" * 10_000_000 + b"\n" + HEAD + b"\n",
    "folds of 6 MB": b"From: " + b"a,\n " * 1_500_000 + b"\n" + HEAD + b"\n",
    "many headers": b"X-A: b\n" * 500_000 + HEAD + b"\n",
    "boundary of 28 KB": HEAD
    + b'Content-Type: multipart/mixed; boundary="'
    + b"b" * 28_000
    + b'"\n\n--'
    + b"b" * 28_000
    + b"\nContent-Type: text/plain\n\nshipped\n",
    "parameters": HEAD + b"Content-Type: text/plain; " + b'a="b;";\n ' * 60_000 + b"\n\nhi",
    "many parts": HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n" * 400_000,
    "coded words": HEAD.replace(b"Order", b"=?utf-8?q?a?= " * 60_000) + b"\nhi",
    "quoted printable": HEAD
    + b"Content-Transfer-Encoding: quoted-printable\n\n"
    + b"=41" * 2_000_000,
    "uuencode": HEAD + b"Content-Transfer-Encoding: x-uuencode\n\nbegin 6 a\n" + b"M" * 300_000,
    "punycode": HEAD + b"Content-Type: text/plain; charset=punycode\n\n" + b"a-" * 200_000,
    "zip charset": HEAD + b"Content-Type: text/plain; charset=zip\n\nhi",
    "quoted headers": HEAD.replace(b"notice.aliexpress.com", b"example.org")
    + b"\n"
    + b"From: a@b.c\nDate: x\nSubject: y\n" * 20_000,
    "labels": HEAD + b"\n" + b"expected arriving total tracking number sold by " * 8_000,
    "things": HEAD + b"\n" + b"1 x abc\n" * 50_000,
    "one thing": HEAD + b"\n1 x abc",
    "winmail": HEAD + b"Content-Type: application/ms-tnef; name=winmail.dat\n\n" + b"\x78\x9f" * 99,
    "zeros": b"\x00" * 300_000,
}


@pytest.mark.parametrize("name", sorted(SPITEFUL))
def test_a_spiteful_mail_is_read_in_time(name):
    start = time.process_time()
    _holds(read_mail(SPITEFUL[name], file="x.eml"))
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize(
    "name", ["huge attachment", "huge html", "59 parts deep", "9000 parts deep", "parameters"]
)
def test_what_can_be_read_of_a_spiteful_mail_is_used(name):
    (draft,) = read_mail(SPITEFUL[name], file="x.eml").drafts
    assert draft.number == "8190000012345678"


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=600))
def test_no_bytes_make_it_fail(data):
    _holds(read_mail(data, file="x"))
    looks_like_mail(data, "x.eml")


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=300), st.sampled_from(["text/html", "text/plain", "multipart/mixed"]))
def test_no_body_of_a_known_sender_makes_it_fail(data, kind):
    _holds(read_mail(HEAD + b"Content-Type: " + kind.encode() + b"\n\n" + data, file="x"))


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_change_to_a_real_mail_makes_it_fail(data):
    mail = bytearray(FIXTURES[data.draw(st.sampled_from(sorted(FIXTURES)))])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(mail)))
        kind = data.draw(st.sampled_from(["put", "cut", "turn", "double", "end", "lines"]))
        if kind == "put":
            mail[at:at] = data.draw(st.binary(max_size=12))
        elif kind == "cut":
            del mail[at : at + data.draw(st.integers(1, 80))]
        elif kind == "end":
            del mail[max(at, 300) :]
        elif kind == "lines":
            lines = mail.split(b"\n")
            mail = bytearray(b"\n".join([*lines[:8], *data.draw(st.permutations(lines[8:20]))]))
        elif kind == "turn":
            mail[at : at + 4] = mail[at : at + 4][::-1]
        else:
            mail[at:at] = mail[at : at + 60]
    _holds(read_mail(bytes(mail), file="x"))


def test_reading_leaves_nothing_on_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name, data in FIXTURES.items():
        read_mail(data, file=name)
    assert list(tmp_path.iterdir()) == []
