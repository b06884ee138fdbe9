"""A helper's paper: its head, the one it is written for, and the signed mandate among the exhibits.

What 3.3 of the law sheet wants of every letter to a bank – name and address of the cardholder, who
writes, who signs – is typed here a second time.
"""

import dataclasses
import datetime as dt
import io
import struct
import zlib

import pypdfium2
import pypdfium2.raw
import pytest
from PIL import Image

from disputedesk.common.errors import Refused
from disputedesk.model.agency import Letterhead
from disputedesk.model.problem import Problem
from disputedesk.papers.composer import compose_letter
from disputedesk.papers.context import Proof
from disputedesk.papers.languages import LETTER_LANGUAGES
from disputedesk.papers.logo import read_logo
from disputedesk.papers.paper import get_layout, layouts
from disputedesk.papers.pdf.letter import render_letter
from tests.unit.papers.test_layout_measured import STANDARDS, lines_of, misplaced

replace = dataclasses.replace
MM = 72 / 25.4
SIGNED = dt.date(2026, 4, 2)
HEAD = Letterhead(
    1, "Office", "Robin Helper", "Consumer Help House", "3 Station Road\nSometown AB1 3EF", "GB",
    "help@example.org", "+44 20 7946 0999", standard=True,
)  # fmt: skip
TO = ("Musterbank AG", "Kartenreklamation", "Musterstraße 1", "10115 Berlin")


def a_picture(width=600, height=200, kind="PNG", mode="RGB", **saved):
    out = io.BytesIO()
    Image.new(mode, (width, height), 90).save(out, kind, **saved)
    return out.getvalue()


def helped(context, **changes):
    given = {"agent": HEAD.agent, "letterhead": HEAD, "mandated_on": SIGNED,
             "proofs": (*context.proofs, Proof("mandate", 2))}  # fmt: skip
    return replace(context, **{**given, **changes})


@pytest.fixture
def letter_of(forms, a_context, today):
    def make(*, language="en", form="bank_chargeback", **changes):
        context = helped(a_context(Problem.NOT_RECEIVED, language=language), **changes)
        return compose_letter(forms.get(form), context, language=language, today=today)

    return make


def logos_of(data):
    """Left, top, right, bottom of every picture of the first page, in mm from the top left."""
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    high = page.get_height()
    found = []
    for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = one.get_bounds()
        found.append((left / MM, (high - top) / MM, right / MM, (high - bottom) / MM))
    document.close()
    return found


def text_of(data):
    document = pypdfium2.PdfDocument(data)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.mark.parametrize("language", sorted(LETTER_LANGUAGES))
def test_the_bank_still_reads_who_the_cardholder_is_and_who_writes_and_signs(
    language, letter_of, a_context, stamp
):
    client = a_context(language=language).client
    text = text_of(render_letter(letter_of(language=language), stamp=stamp).data)
    for told in (client.name, *client.address.split("\n")):
        assert told in text
    for told in (HEAD.organisation, HEAD.agent, "3 Station Road", HEAD.email, HEAD.phone):
        assert told in text
    assert client.email not in text
    assert text.count(HEAD.agent) >= 2, "at the head and under the line for the signature"


def test_the_client_is_named_for_whom_and_the_mandate_is_cited(letter_of, a_context):
    letter = letter_of()
    names = [row.name for row in letter.summary]
    assert names[:4] == ["amount_disputed", "last_day", "client", "mandate_signed_on"]
    _, _, client, mandate, *_ = letter.summary
    address = a_context().client.address.replace("\n", ", ")
    assert (client.label, client.value) == ("Cardholder", f"Jane Sample, {address}")
    assert mandate.value.replace("\u00a0", " ") == "2 April 2026 [Exhibit 2, page 4]"
    assert 2 not in letter.uncited
    assert letter.return_address[0] == "Consumer Help House"
    assert letter.signer == "Robin Helper, for Jane Sample under a signed mandate"
    demand = letter_of(form="seller_demand_general").summary
    assert [row.label for row in demand if row.name == "client"] == ["On behalf of"]


def test_a_client_who_writes_has_no_head_of_anybody_else(forms, a_context, today):
    letter = compose_letter(forms.get("bank_chargeback"), a_context(), language="en", today=today)
    assert letter.sender[0] == "Jane Sample"
    assert "client" not in {row.name for row in letter.summary}


def test_a_paper_between_client_and_helper_never_bears_the_helper_s_head(letter_of):
    letter = letter_of(form="agent_mandate", logo=read_logo(a_picture(), "logo.png"))
    assert (letter.sender[0], letter.signer, letter.logo) == ("Jane Sample", "Jane Sample", None)


@pytest.mark.parametrize("shape", [(600, 200), (300, 300), (100, 900), (4000, 90)], ids=str)
@pytest.mark.parametrize("name", STANDARDS)
def test_no_window_shows_a_letterhead_nor_its_picture(name, shape, letter_of, stamp):
    logo = read_logo(a_picture(*shape), "logo.png")
    letter = replace(letter_of(logo=logo), recipient=TO)
    made = render_letter(letter, layout=get_layout(name), stamp=stamp)
    standard = STANDARDS[name]
    assert misplaced(lines_of(made.data), standard, TO) == []
    ((left, top, right, bottom),) = logos_of(made.data)
    assert bottom - top <= 30.05
    assert (right - left) / (bottom - top) == pytest.approx(logo.width / logo.height, rel=0.02)
    apart = (
        right <= standard.left - standard.across or left >= standard.right
        or bottom <= standard.top or top >= standard.bottom + standard.up
    )  # fmt: skip
    assert apart
    assert not [
        line for line in lines_of(made.data)
        if line.right > left and line.left < right and line.bottom > top and line.top < bottom
    ]  # fmt: skip


@pytest.mark.parametrize("name", list(layouts()))
def test_a_long_house_name_is_set_smaller_and_a_longer_one_is_refused(name, letter_of, stamp):
    long = replace(HEAD, organisation="Association for the Help of Buyers in Need of Advice")
    letter = replace(letter_of(letterhead=long), recipient=TO)
    assert render_letter(letter, layout=get_layout(name), stamp=stamp).pages >= 1
    endless = replace(HEAD, organisation="Association for the Help of Buyers " * 40)
    with pytest.raises(Refused, match="too long"):
        render_letter(letter_of(letterhead=endless), layout=get_layout(name), stamp=stamp)


def test_the_same_letterhead_gives_the_same_bytes(letter_of, stamp):
    made = [
        render_letter(letter_of(logo=read_logo(a_picture(), "logo.png")), stamp=stamp).data
        for _ in range(2)
    ]
    assert made[0] == made[1]


def bomb(width, height):
    """A PNG of a few bytes that says it is huge."""

    def chunk(kind, body):
        whole = kind + body
        return struct.pack(">I", len(body)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize("data", [
    bomb(60_000, 60_000), bomb(9_000, 9_000), b"", b"\xff\xd8\xff", a_picture()[:60],
    a_picture(kind="GIF", mode="L"), b"<svg onload='x'/>",
], ids=["bomb", "large", "empty", "stub", "cut", "gif", "svg"])  # fmt: skip
def test_a_picture_that_is_none_or_too_large_is_refused_in_a_sentence(data):
    with pytest.raises(Refused, match=r"picture") as refused:
        read_logo(data, "logo.png")
    assert refused.value.where == "logo.png"


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "CMYK"),
                                            ("JPEG", "L")])  # fmt: skip
def test_pictures_of_every_kind_are_brought_to_plain_points(kind, mode):
    logo = read_logo(a_picture(5000, 2500, kind, mode), "logo")
    assert logo.width <= 1800
    assert logo.height <= 720
    with Image.open(io.BytesIO(logo.png)) as image:
        assert image.mode in {"RGB", "L"}


def test_a_card_number_in_a_letterhead_is_masked(letter_of):
    letter = letter_of(letterhead=replace(HEAD, organisation="House 4111 1111 1111 1111"))
    assert "4111 1111 1111 1111" not in " ".join(text for _, text in letter.texts())
