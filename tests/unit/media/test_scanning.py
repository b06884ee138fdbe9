"""Card numbers are found wherever a file can hold one, and no file makes the reader stumble."""

import email.message
import resource
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.common.errors import Cancelled
from disputedesk.common.secrets import SecretKind
from disputedesk.common.work import CancelToken
from disputedesk.media.reading import read_words
from disputedesk.media.scanning import scan
from disputedesk.model.evidence import ReadState
from tests.unit.media import samples

PAN = "4111 1111 1111 1111"
SAID = f"my card {PAN} thanks"


@pytest.fixture
def kept(tmp_path):
    def write(data, name="file"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def places(path, media, name=""):
    return [(each.place, each.shown) for each in scan(path, media, name).found]


def mail(body, *, html="", attach=None):
    message = email.message.EmailMessage()
    message["From"], message["Subject"] = "seller@example.com", "Your order"
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    for name, kind, data in attach or ():
        main, sub = kind.split("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


TEXTS = {
    "plain": ("text/plain", f"Hello\n{SAID}".encode(), "line 2"),
    "koi8": ("text/plain", f"Здравствуйте, вот номер карты:\n{PAN}".encode("koi8-r"), "line 2"),
    "utf-16": ("text/plain", SAID.encode("utf-16"), "line 1"),
    "csv": ("text/csv", f"date,note\n1.2.,{SAID}\n".encode(), "line 2"),
    "json": ("application/json", b'{"card": "4111111111111111"}', "text"),
    "json escaped": ("application/json", rb'{"card": "4111\u0020111111111111"}', "text"),
    "chat": ("application/json", samples.chat(["card ", {"type": "bank", "text": PAN}]), "text"),
    "page": ("text/html", f"<p>card <b>4111 1111</b> 1111 1111</p>{PAN[:2]}".encode(), "text"),
    "page's field": (
        "text/html", b"<html><input name=a value='4111111111111111'>", "source",
    ),
    "page's remark": ("text/html", f"<html><!-- {SAID} --><p>Hi".encode(), "source"),
    "page's script": ("text/html", b"<html><script>x={card:'4111111111111111'}", "source"),
    "rtf": ("application/rtf", rb"{\rtf1 card {\b 4111 1111 }1111 1111\par}", "text"),
    "old word": ("application/msword", b"\xd0\xcf" + SAID.encode("utf-16-le") + b"\0\0", "text"),
    "word": (samples.WORD, samples.word("card 4111 ", "1111 11", "11 1111"), "text"),
    "word's author": (samples.WORD, samples.word("hi", author=SAID), "metadata"),
    "table": (samples.SHEET, samples.sheet(1, "4.111111111111111E+15"), "sheet 1"),
    "table in full": (samples.SHEET, samples.sheet(7, "4111111111111111"), "sheet 1"),
    "mail": ("message/rfc822", mail(SAID), "text"),
    "mail's page": ("message/rfc822", mail("see below", html=f"<p>{SAID}</p>"), "text"),
    "mail's text": (
        "message/rfc822", mail("hi", attach=[("a.txt", "text/plain", SAID.encode())]),
        "attachment 1: text",
    ),
    "mail's pdf": (
        "message/rfc822", mail("hi", attach=[("a.pdf", "application/pdf", samples.pdf(SAID))]),
        "attachment 1: page 1",
    ),
    "mail's picture": (
        "message/rfc822",
        mail("hi", attach=[("a.png", "image/png", b"\x89PNG\0" + SAID.encode() + b"\0")]),
        "attachment 1: metadata",
    ),
    "mail's name": (
        "message/rfc822",
        mail("hi", attach=[("4111111111111111.bin", "application/octet-stream", b"\0")]),
        "attachment 1",
    ),
    "pdf": ("application/pdf", samples.pdf("hello", SAID), "page 2"),
    "pdf's author": ("application/pdf", samples.pdf("hello", author=SAID), "metadata Author"),
    "pdf's note": ("application/pdf", samples.pdf_with_note(SAID), "page 1"),
    "pdf's file": (
        "application/pdf", samples.pdf_enclosing("a.txt", SAID.encode()), "attachment 1: text",
    ),
    "png": ("image/png", samples.picture(comment=SAID), "metadata Comment"),
    "jpeg": ("image/jpeg", samples.picture("JPEG", comment=SAID), "metadata Comment"),
    "exif": ("image/jpeg", samples.picture("JPEG", exif=SAID), "metadata UserComment"),
    "after the picture": ("image/jpeg", samples.picture("JPEG") + SAID.encode(), "metadata"),
    "film": ("video/mp4", b"\0\0\0\x20ftypisom" + b"\1" * 9 + SAID.encode() + b"\0", "metadata"),
    "svg": ("image/svg+xml", f"<svg><text>{SAID}</text></svg>".encode(), "line 1"),
}  # fmt: skip


@pytest.mark.parametrize("kind", TEXTS)
def test_a_card_number_is_found_in_every_kind_of_file_and_told_where(kept, kind):
    media, data, place = TEXTS[kind]
    found = places(kept(data), media)
    assert found == [(place, "•••• 1111")]


def test_a_file_without_numbers_tells_nothing(kept):
    for media, data in [
        ("text/plain", b"order 8190441200360042"),
        ("application/pdf", samples.pdf("Order 8190441200360042", author="Anna Berg")),
        (samples.WORD, samples.word("tracking LZ123456785CN", author="Anna")),
        ("image/png", samples.picture(comment="Screenshot")),
        ("message/rfc822", mail("Your order 8190441200360042 was shipped")),
    ]:
        assert places(kept(data), media) == []


def test_a_name_is_looked_at_too(kept):
    path = kept(b"hello")
    assert places(path, "text/plain", "scan 4111-1111-1111-1111.txt") == [("name", "•••• 1111")]


def test_codes_and_accounts_are_named_as_what_they_are(kept):
    path = kept(b"CVV 123\nYour verification code is 482913\nDE89 3704 0044 0532 0130 00\n")
    kinds = [each.kind for each in scan(path, "text/plain").found]
    assert kinds == [SecretKind.SECURITY_CODE, SecretKind.ONE_TIME_CODE, SecretKind.IBAN]
    assert [each.kind for each in scan(path, "text/plain").dangerous] == [SecretKind.SECURITY_CODE]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_box_of_a_number_is_where_it_is_seen_on_the_page(kept, rotate):
    """Drawn again, the page has its ink inside the box and hardly any outside the line."""
    import pypdfium2

    path = kept(samples.pdf("4111 1111 1111 1111", rotate=rotate))
    (found,) = scan(path, "application/pdf").found
    assert found.page == 1
    document = pypdfium2.PdfDocument(path)
    page = document[0].render(scale=1, grayscale=True).to_pil()
    document.close()
    left, top, right, bottom = found.box
    inner = (int(left * page.width) - 1, int(top * page.height) - 1,
             int(right * page.width) + 2, int(bottom * page.height) + 2)  # fmt: skip
    assert page.crop(inner).getextrema()[0] < 100
    page.paste(255, inner)
    assert page.getextrema() == (255, 255)


def test_words_are_found_page_by_page_for_the_search(kept):
    words = read_words(kept(samples.pdf("first words", "second words")), "application/pdf")
    assert [(place.page, place.text.strip()) for place in words.places if place.page] == [
        (1, "first words"), (2, "second words"),
    ]  # fmt: skip
    assert (words.state, words.how, words.pages) == (ReadState.READ, "pdf", 2)


def test_a_page_that_is_only_a_picture_waits_for_a_reader_of_pictures(kept):
    words = read_words(kept(samples.pdf("text", samples.lettered("Hi"))), "application/pdf")
    assert words.state is ReadState.WITHOUT_WORDS
    assert [place.page for place in words.places if place.page] == [1]


def test_what_a_page_loads_is_never_fetched(kept, monkeypatch):
    import socket

    def refuse(*_):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    text = b"<html><img src='http://example.com/a.png'><link href='//example.com/b.css'>Hi"
    assert read_words(kept(text), "text/html").places[0].text == "Hi"


HOSTILE = {
    "flate bomb": ("application/pdf", samples.flate_bomb),
    "flate bomb in another coat": (
        "application/pdf",
        lambda: samples.flate_bomb(hidden=True),
    ),
    "parts drawing parts": ("application/pdf", lambda: samples.echoes(9, 10)),
    "such parts in another coat": ("application/pdf", lambda: samples.echoes(9, 10, hidden=True)),
    "entities": (samples.WORD, lambda: samples.BILLION_LAUGHS),
    "zip bomb": (samples.WORD, lambda: samples.word("x", extra={"word/a.xml": b" " * (90 << 20)})),
    "deep mail": ("message/rfc822", lambda: samples.deep_mail(3_000)),
    "locked zip": (samples.WORD, lambda: b"PK\x03\x04" + b"\1" * 60),
    "half a pdf": ("application/pdf", lambda: samples.pdf(SAID)[:300]),
    "locked pdf": ("application/pdf", lambda: samples.locked_pdf(SAID)),
    "no pdf": ("application/pdf", lambda: b"%PDF-1.7\n" + b"\xff" * 500),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_made_to_do_harm_is_unreadable_soon_and_in_little_memory(kept, kind):
    media, make = HOSTILE[kind]
    path = kept(make())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.monotonic()
    assert scan(path, media).words.state is ReadState.UNREADABLE
    assert time.monotonic() - begin < 10
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 300_000, f"{grown} KB"


def test_a_page_with_many_parts_is_read(kept):
    path = kept(samples.echoes(4, 10))
    assert scan(path, "application/pdf").words.state is not ReadState.UNREADABLE


def test_deep_data_costs_no_depth(kept):
    path = kept(b"[" * 200_000 + b"1" + b"]" * 200_000)
    assert scan(path, "application/json").words.state is ReadState.READ


@given(st.binary(max_size=2_000), st.sampled_from([
    "application/pdf", "image/png", "image/jpeg", "message/rfc822", "text/html", "text/plain",
    "application/json", "application/rtf", samples.WORD, samples.SHEET, "video/mp4", "",
]), st.sampled_from([b"", b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe1", b"PK\x03\x04",
                     b"Subject: x\n\n"]))  # fmt: skip
def test_no_bytes_are_a_crash(tmp_path_factory, data, media, head):
    path = tmp_path_factory.getbasetemp() / "noise"
    path.write_bytes(head + data)
    assert isinstance(scan(path, media).words.state, ReadState)


def test_reading_stops_when_nobody_waits_any_more(kept):
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        scan(kept(samples.pdf(SAID)), "application/pdf", cancel=token)


def test_a_long_text_is_looked_through_to_its_end_whatever_it_is_cut_into(kept):
    line = "It was promised by 5 October and never came.\n"
    text = line * 15_000 + f"card {PAN}\n" + line
    assert places(kept(text.encode()), "text/plain") == [("line 15001", "•••• 1111")]


@pytest.mark.parametrize("before", range(299_580, 300_020, 40))
def test_a_number_at_a_cut_is_found_once(kept, before):
    text = "a" * before + f" card {PAN} " + "b" * 1_000
    assert places(kept(text.encode()), "text/plain") == [("line 1", "•••• 1111")]


@pytest.mark.parametrize("before", range(299_580, 300_020, 40))
def test_a_number_that_is_an_order_is_one_at_a_cut_too(kept, before):
    text = "a" * before + f" order number {PAN.replace(' ', '')} (order) " + "b" * 1_000
    assert places(kept(text.encode()), "text/plain") == []


def test_what_could_not_be_looked_through_in_time_is_said_to_be_unreadable(kept, monkeypatch):
    from disputedesk.media import scanning

    monkeypatch.setattr(scanning, "_SECONDS", 0.0)
    assert scan(kept(SAID.encode()), "text/plain").words.state is ReadState.UNREADABLE


def test_the_file_is_left_as_it_was(kept):
    for media, data, _ in TEXTS.values():
        path = kept(data)
        scan(path, media)
        assert path.read_bytes() == data
