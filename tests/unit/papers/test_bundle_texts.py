"""Mails and texts in a bundle: legible in every encoding, masked, harmless, bounded."""

import email.message
import re
import time

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.media.words import read_mail, read_page, read_text
from disputedesk.papers.pdf import fonts
from disputedesk.papers.pdf.printable import printable

CARD = "4111 1111 1111 1111"


def text_of(made):
    document = pypdfium2.PdfDocument(made.path)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return "\n".join(pages)


def a_mail(body="Hello", *, html=None, attached=(), **headers):
    mail = email.message.EmailMessage()
    for name, value in {"From": "shop@example.org", "Subject": "Order", **headers}.items():
        mail[name] = value
    mail.set_content(body)
    if html is not None:
        mail = email.message.EmailMessage()
        mail["From"] = "shop@example.org"
        mail.set_content(html, subtype="html")
    for name in attached:
        mail.add_attachment(b"x", maintype="image", subtype="png", filename=name)
    return mail.as_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "koi8-r", "cp866"])
def test_cyrillic_of_every_encoding_can_be_read_out_again(a_bundle, encoding):
    words = "Посылка так и не пришла, продавец просит подтвердить получение заказа."
    made = a_bundle([("a.txt", "text/plain", f"{words}\nЖду возврата.".encode(encoding))],
                    language="ru")  # fmt: skip
    text = " ".join(text_of(made).split())
    assert words in text
    assert "Жду возврата." in text


@pytest.mark.parametrize("kind", ["text", "mail", "html mail", "page", "header", "file name"])
def test_a_card_number_is_never_printed_whole(a_bundle, kind):
    told = f"My card is {CARD}, thanks"
    name, media, data = {
        "text": ("a.txt", "text/plain", told.encode()),
        "mail": ("a.eml", "message/rfc822", a_mail(told)),
        "html mail": ("a.eml", "message/rfc822", a_mail(html=f"<p>{told}</p>")),
        "page": ("a.html", "text/html", f"<html><body>{told}</body></html>".encode()),
        "header": ("a.eml", "message/rfc822", a_mail(Subject=told)),
        "file name": (f"card {CARD}.txt", "text/plain", b"x"),
    }[kind]
    made = a_bundle([(name, media, data)], captions={1: "" if kind == "file name" else "Text"})
    with pikepdf.open(made.path) as document, document.open_outline() as outline:
        marks = " ".join(item.title for item in outline.root)
    printed = re.sub(r"\s", "", text_of(made) + marks)
    assert "4111111111111111" not in printed
    assert "••••1111" in printed


def test_a_card_number_in_a_caption_reaches_neither_page_nor_outline(a_bundle):
    made = a_bundle([("a.txt", "text/plain", b"x")], captions={1: f"Card {CARD}"})
    with pikepdf.open(made.path) as document, document.open_outline() as outline:
        marks = " ".join(item.title for item in outline.root)
    assert CARD not in text_of(made) + marks


def test_emoji_and_foreign_scripts_in_a_mail_are_written_out(a_bundle):
    body = (
        "Dear friend 😀👍🏽\nשלום עולם, refund later\nمرحبا بالعالم\n你好，请先确认收货\nок ✓ 5 €"
    )
    made = a_bundle([("a.eml", "message/rfc822", a_mail(body))])
    text = " ".join(text_of(made).split())
    for told in ("Dear friend [grinning face][thumbs up sign]",
                 "[8 characters of Hebrew script], refund later",
                 "[12 characters of Arabic script]", "[8 characters of Chinese script]",
                 "ок ✓ 5 €"):  # fmt: skip
        assert told in text


@given(st.text(max_size=60))
def test_any_text_becomes_one_that_every_glyph_is_there_for(text):
    made = printable(text.replace("\r", " "))
    assert fonts.unprintable(made) == () or set(fonts.unprintable(made)) <= set("\t\x0b\x0c")


@given(st.text(st.characters(max_codepoint=0x17F, categories=["L", "N", "P", "Zs"]), max_size=60))
def test_text_that_can_be_printed_stays_as_it_is(text):
    if not fonts.unprintable(text):
        assert printable(text) == text


def test_a_mail_is_told_with_its_headers_and_what_is_attached(tmp_path):
    path = tmp_path / "a.eml"
    sent = {"To": "me@example.org", "Date": "Fri, 02 Oct 2026 09:14:03 +0200"}
    path.write_bytes(a_mail("Hello\n\nthere", attached=("photo 1.png", "photo 2.png"), **sent))
    mail = read_mail(path)
    assert dict(mail.rows) == {
        "From": "shop@example.org", "To": "me@example.org", "Subject": "Order",
        "Date": "Fri, 02 Oct 2026 09:14:03 +0200", "Attached": "photo 1.png; photo 2.png",
    }  # fmt: skip
    assert mail.body == "Hello\n\nthere"
    assert not mail.was_cut


def test_a_page_is_told_in_the_words_a_reader_saw(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<html><head><title>t</title><style>p{}</style></head><body><script>evil()</script>"
        "<h1>Order\n  12</h1><p>Two <b>spools</b> of<br>filament</p>"
        "<table><tr><td>Sum</td><td>43.10</td></tr><tr><td>Paid</td><td>yes</td></tr></table>"
        "<div>end</div></body></html>", encoding="utf-8",
    )  # fmt: skip
    assert (
        read_page(path).body == "Order 12\n\nTwo spools of\nfilament\n\nSum 43.10\nPaid yes\n\nend"
    )


def test_a_text_is_cut_where_nobody_reads_on_and_says_so(a_bundle):
    made = a_bundle([("a.txt", "text/plain", b"line\n" * 400_000)])
    assert "The rest is left out here" in text_of(made)
    assert made.said.pages < 60


def nested_mail(depth=1_500):
    parts = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth)
    )
    return f"From: a@example.org\n{parts}Content-Type: text/plain\n\ndeep".encode()


HOSTILE = {
    "nested": nested_mail(),
    "long header": b"From: a@example.org\nSubject: " + b"x" * 5_000_000 + b"\n\nbody",
    "long boundary": b"Content-Type: multipart/mixed; boundary=" + b"b" * 28_000 + b"\n\n--b\n\nx",
    "wrong charset": b"Content-Type: text/plain; charset=no-such\n\n\xff\xfe text",
    "bad base64": b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n%%%",
    "bad date": b"Date: tomorrow\nFrom: <<<>>>\n\nbody",
    "headers only": b"From: a@example.org\nSubject: nothing else",
    "no mail": bytes(range(256)) * 40,
    "long word": b"From: a@example.org\n\n" + b"w" * 200_000,
    "markup": b"Subject: <b>&amp;<img src=x>\n\n<para><font size=99>{{ x }} %s </para>",
    "marks": b"From: a@example.org\n\na" + "\u0301".encode() * 20_000,
    "many attachments": a_mail(attached=[f"file {n}.png" for n in range(200)]),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_mail_is_a_page_soon(kind, a_bundle):
    start = time.monotonic()
    made = a_bundle([("a.eml", "message/rfc822", HOSTILE[kind])])
    assert time.monotonic() - start < 20
    assert made.said.exhibits[0].last < 60
    assert "Seen on a.eml" in text_of(made)


def test_markup_in_a_mail_is_printed_letter_by_letter(a_bundle):
    text = " ".join(text_of(a_bundle([("a.eml", "message/rfc822", HOSTILE["markup"])])).split())
    assert "<b>&amp;<img src=x>" in text
    assert "<para><font size=99>{{ x }} %s </para>" in text


def test_an_exhibit_says_who_tells_its_time(a_bundle, tmp_path):
    made = a_bundle([("a.txt", "text/plain", b"x")])
    assert "a.txt · file of 4 May 2026, 09:30 (UTC)" in text_of(made).replace("\u00a0", " ")


@given(data=st.binary(max_size=400), kind=st.sampled_from([read_mail, read_text, read_page]))
def test_any_bytes_are_some_text(data, kind, tmp_path_factory):
    path = tmp_path_factory.mktemp("any") / "a"
    path.write_bytes(data)
    found = kind(path)
    assert isinstance(found.body, str)
