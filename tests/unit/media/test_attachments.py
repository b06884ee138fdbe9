"""Files out of mails: the real ones, by their true names, as many as is sane."""

import base64
import time
from email.message import EmailMessage

import pytest

from disputedesk.media.attachments import unpack_mail


def a_mail(subject="Parcel", *files, text="See the file."):
    mail = EmailMessage()
    mail["From"] = "shop@b.example"
    mail["Date"] = "Sun, 01 Nov 2026 10:00:00 +0300"
    mail["Subject"] = subject
    mail.set_content(text)
    for name, data in files:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail


@pytest.fixture
def unpacked(tmp_path):
    def unpack(mail):
        path = tmp_path / "mail.eml"
        path.write_bytes(mail if isinstance(mail, bytes) else bytes(mail))
        return unpack_mail(path)

    return unpack


def test_names_come_as_they_were_sent(unpacked):
    mail = a_mail("x", ("Счёт «1».pdf", b"1"), ("../../evil.sh", b"2"))
    assert [file.name for file in unpacked(mail).files] == ["Счёт «1».pdf", "../../evil.sh"]


def test_a_name_in_an_encoded_word_is_read(unpacked):
    word = "=?utf-8?b?" + base64.b64encode("Фото.jpg".encode()).decode() + "?="
    raw = (
        b'From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n'
        b'--x\nContent-Type: image/jpeg; name="' + word.encode() + b'"\n\nJFIF\n--x--\n'
    )
    assert [file.name for file in unpacked(raw).files] == ["Фото.jpg"]


def test_a_mail_inside_a_mail_is_one_file_whose_files_follow(unpacked):
    inner = a_mail("Inner/one", ("proof.pdf", b"%PDF-1.4"))
    outer = a_mail("Outer")
    outer.add_attachment(inner)
    files = unpacked(outer).files
    assert [(file.name, file.within, file.is_mail) for file in files] == [
        ("Inner-one.eml", (), True), ("proof.pdf", (1,), False),
    ]  # fmt: skip
    assert files[0].data == bytes(inner)


def test_texts_signatures_and_small_pictures_of_a_footer_stay_inside(unpacked):
    mail = a_mail()
    for size, name in ((100, "logo.png"), (40_000, "shot.png")):
        mail.add_related(bytes(size), "image", "png", cid=f"<{name}>", filename=name)
    mail.add_attachment(b"1", maintype="image", subtype="png", filename="real.bin")
    mail.add_attachment(b"sig", maintype="application", subtype="pgp-signature", filename="s.asc")
    assert {file.name for file in unpacked(mail).files} == {"real.bin", "shot.png"}


def test_what_is_too_much_is_counted_and_left_inside(unpacked):
    many = unpacked(a_mail("x", *((f"{n}.bin", b"x") for n in range(205))))
    assert (len(many.files), many.left) == (200, 5)


def test_mails_inside_mails_end_at_a_depth(unpacked):
    mail = a_mail("0", ("deep.txt", b"x"))
    for level in range(1, 8):
        outer = a_mail(str(level))
        outer.add_attachment(mail)
        mail = outer
    found = unpacked(mail)
    assert max(len(file.within) for file in found.files) == 4
    assert found.left == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a\n" + b"".join(
            b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n)
            for n in range(1500)
        ),
        b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n!!!!",
        b'Content-Type: multipart/mixed; boundary="' + b"b" * 28_000 + b'"\n\n',
        b"Content-Type: application/pdf; name*=x'y'%ZZ\nContent-Disposition: attachment\n\nx",
        b"",
    ],
    ids=["nested", "not base64", "long boundary", "broken name", "nothing"],
)  # fmt: skip
def test_a_nasty_mail_is_read_to_an_end(unpacked, raw):
    began = time.monotonic()
    assert unpacked(raw).left >= 0
    assert time.monotonic() - began < 10
