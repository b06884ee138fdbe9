"""Letters on paper: what goes in can be read out, stands in its window, is the same each time."""

import dataclasses
import datetime as dt
import re
import unicodedata

import pikepdf
import pypdfium2
import pytest

from disputedesk.common.errors import Refused
from disputedesk.model.problem import Problem
from disputedesk.papers.composer import compose_letter
from disputedesk.papers.context import Recipient
from disputedesk.papers.letter import letter_text
from disputedesk.papers.paper import Paper, layout_for, layouts, paper_for
from disputedesk.papers.pdf import fonts
from disputedesk.papers.pdf.address import address_lines
from disputedesk.papers.pdf.letter import render_letter

replace = dataclasses.replace
MM = 72 / 25.4

ABROAD = {
    "DE": Recipient("Musterbank AG", "", "Musterstraße 1\n10115 Berlin", "DE"),
    "US": Recipient("Example National Bank", "", "PO Box 15299\nWilmington, DE 19850", "US"),
    "GB": Recipient("Example Bank plc", "", "PO Box 5\nBanktown\nBT1 1AA", "GB"),
}


@pytest.fixture
def a_letter(forms, a_context, today):
    def make(problem=Problem.NOT_RECEIVED, *, language="en", story=None, form=None, **changes):
        context = replace(a_context(problem, language=language), **changes)
        if story is not None:
            context = replace(context, case=replace(context.case, narrative=story))
        chosen = form or forms.get("bank_chargeback")
        return compose_letter(chosen, context, language=language, today=today)

    return make


@pytest.fixture
def render(stamp):
    def make(letter, **options):
        return render_letter(letter, stamp=stamp, **options)

    return make


def pages_of(made):
    document = pypdfium2.PdfDocument(made.data)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


def squeezed(text):
    """`text` without any white space or breaks, for comparing what was set on lines."""
    return re.sub(r"[\s\ufffe\u0002]+", "", unicodedata.normalize("NFC", text))


def everything(made):
    return squeezed("".join(pages_of(made)))


def running(made):
    """The text without what stands at head and foot of every page."""
    furniture = r"Page\d+of\d+|JaneSample(?=Case)|Case1001·[^\n]{0,70}?,4May2026"
    return re.sub(furniture, "", everything(made))


def boxes_of(made, wanted, page=0):
    """Left, top, right and bottom of `wanted` on the page, in millimetres from the top left."""
    document = pypdfium2.PdfDocument(made.data)
    sheet = document[page]
    text = sheet.get_textpage()
    height = sheet.get_height()
    found = text.search(wanted, match_case=True).get_next()
    assert found is not None, wanted
    index, length = found
    boxes = [text.get_charbox(i) for i in range(index, index + length)]
    document.close()
    left, bottom = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, top = max(b[2] for b in boxes), max(b[3] for b in boxes)
    return left / MM, (height - top) / MM, right / MM, (height - bottom) / MM


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("paper", list(Paper))
def test_every_text_of_the_letter_can_be_read_out(language, paper, a_letter, render):
    letter = a_letter(language=language)
    text = everything(render(letter, paper=paper))
    for place, said in letter.texts():
        for part in said.split(": ", 1) if ": " in said else [said]:
            assert squeezed(part) in text, place
    assert squeezed(letter.blocks[0].text) in text


@pytest.mark.parametrize("paper", list(Paper))
def test_the_same_letter_and_stamp_give_the_same_bytes(paper, a_letter, render):
    assert render(a_letter(), paper=paper).data == render(a_letter(), paper=paper).data


def test_another_stamp_gives_other_bytes_and_its_own_date(a_letter, stamp):
    later = stamp + dt.timedelta(days=1, hours=2)
    made = render_letter(a_letter(), stamp=later)
    assert made.data != render_letter(a_letter(), stamp=stamp).data
    with pikepdf.open(pypdfium2_bytes(made.data)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260505113000")


def pypdfium2_bytes(data):
    import io

    return io.BytesIO(data)


def test_a_stamp_without_its_zone_is_our_own_fault(a_letter):
    with pytest.raises(ValueError, match="aware"):
        render_letter(a_letter(), stamp=dt.datetime(2026, 5, 4, 9, 30))  # noqa: DTZ001 - the point


def test_the_pdf_tells_title_and_language_and_nobody_s_name(a_letter, render):
    made = render(a_letter(language="ru"))
    with pikepdf.open(pypdfium2_bytes(made.data)) as pdf:
        assert (
            str(pdf.docinfo["/Title"]) == "Заявление об оспаривании операции по карте – дело 1001"
        )
        assert set(pdf.docinfo.keys()) == {"/Title", "/Producer", "/CreationDate", "/ModDate"}
        assert str(pdf.Root.Lang) == "ru"
        assert not pdf.is_encrypted
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        fonts_used = {str(f.BaseFont) for p in pdf.pages for f in p.Resources.Font.values()}
    assert fonts_used
    assert all("+" in name for name in fonts_used), "every font is embedded as a subset"


HOSTILE = {
    "markup": "<b>bold</b> <i>x</i> &amp; AT&T &lt; a<b and c>d <br/> <unclosed",
    "para": "<para><font color=red size=40>Bank decision: approved</font></para>",
    "image": '<img src="/etc/passwd"/><img src="http://192.0.2.1/x.png"/><a href="file:///x">x</a>',
    "code": "<font color=\"[[[getattr(pow,Word('__globals__'))['os'].system('id')]]]\">x",
    "jinja": "{{ 7*7 }} {% for x in y %} {# note #} ${x} %s %(x)s {0.__class__} {page} {pages}",
    "sections": "[subject] [next] * 1. > narrative",
    "entities": "&#65; &nbsp; &copy; ]]> <![CDATA[x]]> <!-- x -->",
    "signs": "→ ✓ ☐ ≤ − ₽ ₴ ₸ € £ ¥ zł „x“ «x» № § – — …",
    "greek": "Ελληνικά ΆΏ Ёё Її Ґґ Қә Łł İı ŞşĞğ ȘșȚț",
    "long word": "x" * 400,
    "backslash": "\\ \\n ) ( endobj stream %PDF-1.4",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_set_letter_by_letter(name, a_letter, a_context, render):
    text = HOSTILE[name]
    facts = a_context().facts.with_values({"tracking_status": text, "delivery_address": text})
    letter = a_letter(story=text, facts=facts, place=text[:60], delivery=text[:80])
    made = render(letter)
    assert running(made).count(squeezed(text)) >= 3
    with pikepdf.open(pypdfium2_bytes(made.data)) as pdf:
        assert not any(list(page.get_images()) for page in pdf.pages)
        assert not any("/Annots" in page for page in pdf.pages)


@pytest.mark.parametrize(("text", "named"), [
    ("fine \U0001f44d thumb", "U+1F44D thumbs up sign"),
    ("fine \U0001f600 smile", "U+1F600 grinning face"),
    ("السلام", "U+0627 arabic letter alef"),
    ("שלום", "U+05E9 hebrew letter shin"),
    ("नमस्ते", "U+0928 devanagari letter na"),
    ("商品", "U+5546"),
    ("Z\u0351\u0359\u0353\u0331\u0350algo", "combining"),
    ("\U000e0041\ufffd x\U0001fae0", "U+1FAE0"),
])  # fmt: skip
def test_what_the_fonts_cannot_show_is_refused_by_name(text, named, a_letter, render):
    with pytest.raises(Refused) as caught:
        render(a_letter(story=text))
    assert named in str(caught.value)
    assert caught.value.where == "narrative"
    assert "■" not in str(caught.value)


@pytest.mark.parametrize("text", [
    "a\x00b\x07c\x1b[31md", "a\u200bb\u200ec\u202ed\ufeff", "a\u00adb\u2060c\u3164d",
    "a\tb\r\nc\u2028d",
])  # fmt: skip
def test_what_cannot_be_seen_is_taken_away_and_the_rest_stays(text, a_letter, render):
    letter = a_letter(story=text)
    seen = squeezed(
        "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf"} and c != "\u3164")
    )
    assert seen in everything(render(letter))


def test_two_hundred_newlines_make_no_page_break(a_letter, render):
    letter = a_letter(story="first" + "\n" * 200 + "last")
    assert "first\n\nlast" in [block.text for block in letter.blocks]
    assert render(letter).pages == render(a_letter(story="first\n\nlast")).pages


def test_an_imitated_decision_stays_in_its_frame(a_letter, render):
    letter = a_letter(story="ok\n\nBank decision: approved\n\nYours faithfully,\nThe Bank")
    (quote,) = [block for block in letter.blocks if block.kind == "quote"]
    assert quote.label == "In my own words:"
    text = "".join(pages_of(render(letter)))
    assert text.index("In my own words:") < text.index("Bank decision")


def test_a_story_of_a_hundred_thousand_characters_is_set_where_no_limit_stands(
    forms, a_letter, render
):
    form = replace(forms.get("bank_chargeback"), limits=())
    story = ("The charger became hot and smelled. " * 2800)[:100_000].strip()
    made = render(a_letter(story=story, form=form))
    assert made.pages > 20
    body = re.sub(
        r"(?:page\d+of\d+|janesample|case1001·sometown,4may2026)", "", everything(made).lower()
    )
    assert squeezed(story).lower() in body


def test_one_field_as_long_as_a_page_is_refused_or_set(forms, a_letter, a_context, render):
    form = replace(forms.get("bank_chargeback"), limits=())
    facts = a_context().facts.with_values({"descriptor": "shop " * 4000})
    with pytest.raises(Refused, match="too long to be set on a page"):
        render(a_letter(form=form, facts=facts))


@pytest.mark.parametrize(("country", "paper"), [
    ("DE", Paper.A4), ("US", Paper.LETTER), ("CA", Paper.LETTER), ("MX", Paper.LETTER),
    ("GB", Paper.A4), ("RU", Paper.A4), ("", Paper.A4), ("us", Paper.LETTER),
])  # fmt: skip
def test_the_sheet_is_that_of_the_recipient_s_country(country, paper):
    assert paper_for(country) is paper


@pytest.mark.parametrize("paper", list(Paper))
def test_the_page_has_the_size_of_its_paper(paper, a_letter, render):
    document = pypdfium2.PdfDocument(render(a_letter(), paper=paper).data)
    width, height = paper.size_mm
    assert document[0].get_size() == pytest.approx((width * MM, height * MM), abs=0.5)
    document.close()


#: Where each standard lets an address be seen: left, top, right, bottom in millimetres.
WINDOWS = {
    "DE": (20.0, 62.7, 105.0, 90.0),
    "US": (22.2 + 3.1, 51.9 + 3.1, 111.1 - 3.1, 80.4 - 3.1),
    "GB": (20.0, 57.0, 100.0, 79.0),
}


@pytest.mark.parametrize("country", WINDOWS)
def test_every_line_of_the_address_stands_in_the_window(country, a_letter, render):
    letter = a_letter(recipient=ABROAD[country])
    made = render(letter)
    left, top, right, bottom = WINDOWS[country]
    for line in letter.recipient:
        x0, y0, x1, y1 = boxes_of(made, line)
        assert left <= x0 <= x1 <= right, line
        assert top - 0.3 <= y0 <= y1 <= bottom + 0.3, line


@pytest.mark.parametrize("country", WINDOWS)
def test_nothing_else_shows_through_the_window(country, a_letter, render):
    letter = a_letter(recipient=ABROAD[country])
    made = render(letter)
    left, top, right, bottom = WINDOWS[country]
    document = pypdfium2.PdfDocument(made.data)
    page = document[0]
    seen = page.get_textpage().get_text_bounded(
        left * MM, page.get_height() - bottom * MM, right * MM, page.get_height() - top * MM
    )
    document.close()
    assert squeezed(seen) == squeezed("".join(letter.recipient))


def test_the_german_field_begins_where_din_5008_puts_it(a_letter, render):
    made = render(a_letter(recipient=ABROAD["DE"]))
    left, top, _right, _bottom = boxes_of(made, "Musterbank AG")
    assert left == pytest.approx(25.0, abs=0.6)
    assert 62.7 <= top <= 66.0
    back = boxes_of(made, "Jane Sample · 12 Long Lane")
    assert 45.0 <= back[1] <= back[3] <= 62.7


def test_only_german_paper_has_fold_marks():
    assert layout_for("DE").fold_marks == (105.0, 210.0)
    assert layout_for("AT") is layout_for("DE")
    marked = {name for name, layout in layouts().items() if layout.fold_marks}
    assert marked == {"din_a", "din_b"}


def test_an_address_that_cannot_fit_its_window_is_refused(a_letter, render):
    many = Recipient("A bank", "", "\n".join(f"line {n}" for n in range(12)), "US")
    with pytest.raises(Refused, match="does not fit the window"):
        render(a_letter(recipient=many))


def test_a_long_address_is_set_smaller_and_stays_in_the_window():
    box = layout_for("US").address
    lines = ("Example National Bank of the Northern Territories, National Association",
             "Department for the Resolution of Card Disputes", "PO Box 15299")  # fmt: skip
    placed = address_lines(lines, box)
    assert len({size for _text, size, _x, _y in placed}) == 1
    for text, size, _x, baseline in placed:
        assert fonts.width(text, size) <= box.width * MM
        assert box.top < baseline <= box.top + box.height


def test_a_sender_too_long_for_the_head_is_refused(a_letter, a_context, render):
    client = replace(a_context().client, address="\n".join(f"line {n}" for n in range(40)))
    with pytest.raises(Refused, match="too long"):
        render(a_letter(client=client))


def test_pages_are_counted_and_later_ones_repeat_reference_and_date(a_letter, render):
    made = render(a_letter(story="The charger became hot and smelled. " * 160))
    texts = pages_of(made)
    assert made.pages == len(texts) == 3
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of 3" in text
    for text in texts[1:]:
        assert "Case 1001 · Sometown, 4\u00a0May 2026".replace("\u00a0", " ") in text.replace(
            "\u00a0", " "
        )


def test_a_long_name_never_runs_into_the_reference(a_letter, a_context, render):
    client = replace(a_context().client, name="Maximiliane " * 9)
    made = render(a_letter(client=client, story="x " * 2500, our_reference="R" * 60))
    left, _top, right, _bottom = boxes_of(made, "R" * 60, page=1)
    assert left >= 20
    assert right <= 192


@pytest.mark.parametrize("words", range(0, 900, 90))
def test_the_signature_never_stands_alone_on_a_page(words, a_letter, render):
    texts = pages_of(render(a_letter(story="hot smelly charger again " * (words // 4))))
    (last,) = [text for text in texts if "Yours faithfully" in text]
    assert "The statements in this letter are true to my knowledge." in last
    assert "Please confirm in writing" in last
    assert "Signature" in last


@pytest.mark.parametrize("lines", range(2, 14))
def test_no_heading_stands_alone_at_the_foot_of_a_page(lines, a_letter, render):
    headings = {"What happened", "Reason and rule", "Attempts to settle it with the seller",
                "This notice is in time", "What I ask you to do next",
                "In my own words:"}  # fmt: skip
    for text in pages_of(render(a_letter(story="\n".join(["again"] * lines)))):
        body = [line.strip() for line in text.splitlines() if line.strip()]
        body = [line for line in body if not line.startswith(("Page ", "Prepared with", "Jane"))]
        assert body[-1] not in headings


def test_the_last_line_says_that_this_is_no_legal_advice(a_letter, render):
    texts = pages_of(render(a_letter()))
    assert "DisputeDesk gives information, not legal advice." in texts[-1]


def test_a_card_number_put_into_a_finished_letter_is_not_printed(a_letter, render):
    letter = replace(a_letter(), delivery="card 4111 1111 1111 1111")
    with pytest.raises(Refused, match="full card number") as caught:
        render(letter)
    assert caught.value.where == "delivery note"
    assert "4111" not in str(caught.value)


def test_lines_for_the_hand_are_ruled_and_empty(a_letter, a_context, render):
    client = replace(a_context().client, country="CA", subdivision="QC")
    texts = "".join(pages_of(render(a_letter(client=client))))
    assert "To be filled in by hand after printing" in texts
    assert "Card number and expiry date" in texts


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_shipped_letter_can_be_printed_on_both_papers(
    language, forms, a_context, today, render
):
    for form in forms.forms:
        if form.kind != "letter" or language not in form.languages:
            continue
        context = a_context(form.problems[0], language=language, form=form)
        letter = compose_letter(form, context, language=language, today=today)
        for paper in Paper:
            assert 1 <= render(letter, paper=paper).pages <= 3
        assert letter_text(letter)


def test_every_sign_of_money_and_quote_has_a_glyph():
    assert fonts.unprintable("₽₴₸€£¥₺₹₩₪₫zł$¢ „“”‚‘’«»—–…•·×№§©™°½") == ()


def test_the_fonts_travel_with_their_licences():
    from disputedesk.common import locations

    for name in ("OFL.txt", "DEJAVU-LICENSE.txt", "README.md"):
        assert locations.resources("fonts", name).read_text(encoding="utf-8").strip()


def test_nothing_reads_markup():
    from pathlib import Path

    import disputedesk.papers as package

    for path in Path(package.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "Paragraph(" not in text, path
        assert "import Paragraph" not in text, path
