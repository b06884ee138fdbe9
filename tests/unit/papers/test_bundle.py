"""A bundle as one document: numbers, links, outline, stamps and the letter's pages agree."""

import dataclasses
import hashlib
import io
import re
import shutil
import subprocess

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from disputedesk.common.errors import Cancelled, DeskError, Refused
from disputedesk.common.texts import using
from disputedesk.common.work import CancelToken
from disputedesk.papers.composer import compose_letter
from disputedesk.papers.paper import Paper

replace = dataclasses.replace
CORNER_RIGHT, CORNER_TOP = 20.0, 12.6
"""Millimetres from the right edge, and from the foot: the strip of the page number."""
MM = 72 / 25.4


def a_pdf(pages=1, size=(595, 842), rotate=0):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(5, 5, f"corner {number}")
        canvas.drawString(size[0] / 3, size[1] / 2, f"inside {number}")
        canvas.showPage()
    canvas.save()
    if not rotate:
        return out.getvalue()
    turned = io.BytesIO()
    with pikepdf.open(out) as document:
        for page in document.pages:
            page.Rotate = rotate
        document.save(turned)
    return turned.getvalue()


def a_png(size=(60, 40)):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "PNG")
    return out.getvalue()


def a_mail(lines=3):
    text = "\n".join(f"Line {number} of the mail" for number in range(lines))
    return f"From: a@example.org\nTo: b@example.org\nSubject: Hi\n\n{text}\n".encode()


FILES = {
    "pdf": ("a.pdf", "application/pdf", a_pdf()),
    "long pdf": ("b.pdf", "application/pdf", a_pdf(3)),
    "landscape": ("c.pdf", "application/pdf", a_pdf(2, (842, 595))),
    "turned": ("d.pdf", "application/pdf", a_pdf(1, (595, 842), 90)),
    "upside down": ("n.pdf", "application/pdf", a_pdf(1, (595, 842), 180)),
    "receipt": ("e.pdf", "application/pdf", a_pdf(1, (160, 700))),
    "poster": ("f.pdf", "application/pdf", a_pdf(1, (2000, 3000))),
    "picture": ("g.png", "image/png", a_png()),
    "strip": ("h.png", "image/png", a_png((100, 3000))),
    "mail": ("i.eml", "message/rfc822", a_mail()),
    "long mail": ("j.eml", "message/rfc822", a_mail(150)),
    "text": ("k.txt", "text/plain", "Привет\nещё строка".encode("cp1251")),
    "binary": ("l.bin", "application/octet-stream", b"\0\1\2"),
    "empty": ("m.png", "image/png", b""),
}
EVERYTHING = tuple(FILES.values())


def texts_of(path):
    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


def check_whole(made, language="en"):
    """Everything that must agree in any bundle of exhibits."""
    said = made.said
    texts = texts_of(made.path)
    word, exhibit = {"en": ("page", "Exhibit"), "ru": ("страница", "Приложение")}[language]
    with pikepdf.open(made.path) as document:
        assert said.pages == len(document.pages) == len(texts)
        for number, text in enumerate(texts, 1):
            assert re.search(rf"{number}\D+{said.pages}\s*$", text.strip()), (number, text[-60:])
            assert f"DD-1001-1 · {word} {number}" in text
        numbers = [page.obj.objgen for page in document.pages]
        targets = [
            numbers.index(link.Dest[0].objgen) + 1
            for page in document.pages
            for link in page.get("/Annots", [])
        ]
        assert targets == [place.first for place in said.exhibits]
        marks = marks_of(document, numbers)
    assert all(re.search(rf"\b{page}$", title) for title, page in marks)
    front = [1] + [2] * bool(said.letter_pages) + [said.index_page]
    firsts = [page for title, page in marks if title.startswith(f"{exhibit} ")]
    assert firsts == [place.first for place in said.exhibits]
    assert [page for _, page in marks][: len(front)] == front
    index_end = said.exhibits[0].first - 1
    index = "\n".join(texts[said.index_page - 1 : index_end])
    for place in said.exhibits:
        pages = str(place.first) if place.first == place.last else f"{place.first}–{place.last}"
        row = rf"^{place.number} Seen on .*?\b{pages}\s*$"
        assert re.search(row, index, re.MULTILINE | re.DOTALL), (place, index)
        for page in range(place.first, place.last + 1):
            assert f"{exhibit} {place.number} · DD-1001-1" in texts[page - 1]
    ends = [index_end, *(place.last for place in said.exhibits)]
    assert [place.first for place in said.exhibits] == [end + 1 for end in ends[:-1]]
    assert marks[-1][1] == ends[-1] + 1
    assert said.manifest_sha256 in re.sub(r"\s", "", texts[0])
    assert said.manifest_sha256 in re.sub(r"\s", "", texts[-1])


def marks_of(document, numbers):
    """Every line of the outline with its page, children after their section."""
    found = []
    with document.open_outline() as outline:
        for item in outline.root:
            found += [
                (each.title, numbers.index(each.destination[0].objgen) + 1)
                for each in (item, *item.children)
            ]
    return found


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(FILES)), min_size=1, max_size=8), st.sampled_from(Paper))
def test_any_bundle_agrees_with_itself(a_bundle, names, paper):
    check_whole(a_bundle([FILES[name] for name in names], paper=paper))


def test_every_file_that_can_be_printed_is(a_bundle):
    made = a_bundle(EVERYTHING)
    unprinted = [text for text in texts_of(made.path) if "kept unchanged" in text]
    assert [re.search(r"Seen on (\S+)", text).group(1) for text in unprinted] == ["l.bin", "m.png"]


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=120), st.text(max_size=60))
def test_any_caption_and_any_file_name_are_printed(a_bundle, caption, name):
    made = a_bundle([(name, "text/plain", b"x")], captions={1: caption}, title=name or "x")
    assert made.said.exhibits[0].first == 3
    with pikepdf.open(made.path) as document, document.open_outline() as outline:
        assert outline.root[2].children[0].title.startswith("Exhibit 1")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_bundle_of_every_kind_agrees_with_itself(a_bundle, language):
    made = a_bundle(EVERYTHING, language=language)
    with using(language):
        check_whole(made, language)


def test_an_index_of_many_exhibits_runs_over_pages_and_still_points_right(a_bundle):
    made = a_bundle([FILES["picture"]] * 45)
    assert made.said.exhibits[0].first > 4
    check_whole(made)


def stamps_of(path, word="page"):
    """Of each page: its size and the box of its number, in millimetres from the right and foot."""
    document = pypdfium2.PdfDocument(path)
    found = []
    for number, page in enumerate(document, 1):
        text = page.get_textpage()
        search = text.search(f"{word} {number} of", match_case=True)
        last = None
        while (hit := search.get_next()) is not None:
            last = hit
        boxes = [text.get_charbox(i) for i in range(last[0], last[0] + last[1])]
        found.append((page.get_size(), page.get_rotation(), boxes))
    document.close()
    return found


def test_numbers_stand_upright_in_one_corner_on_sheets_of_one_size(a_bundle):
    made = a_bundle(EVERYTHING)
    baselines = set()
    for (width, height), rotation, boxes in stamps_of(made.path):
        assert rotation == 0
        assert {round(width), round(height)} == {595, 842}
        assert boxes[-1][0] > boxes[0][0]
        baselines.add(round(min(box[1] for box in boxes) / MM))
        assert max(box[2] for box in boxes) < width - CORNER_RIGHT * MM + 1
        assert max(box[3] for box in boxes) < CORNER_TOP * MM
    assert len(baselines) == 1


def test_no_page_number_stands_on_what_an_exhibit_shows(a_bundle):
    made = a_bundle([FILES[name] for name in ("pdf", "landscape", "turned", "receipt", "poster")])
    document = pypdfium2.PdfDocument(made.path)
    for place in made.said.exhibits:
        page = document[place.first - 1]
        text = page.get_textpage()
        for wanted in ("corner 1", "inside 1"):
            index, length = text.search(wanted).get_next()
            boxes = [text.get_charbox(i) for i in range(index, index + length)]
            assert min(box[1] for box in boxes) > CORNER_TOP * MM
            assert max(box[2] for box in boxes) <= page.get_width()
    document.close()


def test_landscape_stays_landscape_and_reads_from_left_to_right(a_bundle):
    made = a_bundle([FILES["landscape"], FILES["turned"]])
    document = pypdfium2.PdfDocument(made.path)
    for place in made.said.exhibits:
        page = document[place.first - 1]
        assert page.get_width() > page.get_height()
    text = document[made.said.exhibits[0].first - 1].get_textpage()
    index, length = text.search("inside 1").get_next()
    boxes = [text.get_charbox(i) for i in range(index, index + length)]
    assert boxes[-1][0] > boxes[0][0]
    assert abs(boxes[-1][1] - boxes[0][1]) < 3
    document.close()


@pytest.fixture
def letter_with(forms, a_context, today):
    def make(language="en", form="bank_chargeback"):
        context = a_context(language=language)

        def of(places):
            shown = tuple(
                replace(item, first_page=places[at][0] if at < len(places) else None,
                        pages=places[at][1] if at < len(places) else None)
                for at, item in enumerate(context.exhibits)
            )  # fmt: skip
            given_pages = replace(context, exhibits=shown)
            return compose_letter(forms.get(form), given_pages, language=language, today=today)

        return of

    return make


@pytest.mark.parametrize("form", ["bank_chargeback", "us_fcba_notice", "uk_section75"])
def test_the_letter_names_the_pages_on_which_its_exhibits_stand(a_bundle, letter_with, form):
    files = [FILES["long pdf"], FILES["mail"], FILES["landscape"]]
    made = a_bundle(files, letter_with=letter_with(form=form))
    check_whole(made)
    letter = " ".join("\n".join(texts_of(made.path)[1 : 1 + made.said.letter_pages]).split())
    starts = {place.number: place.first for place in made.said.exhibits}
    cited = re.findall(r"Exhibit (\d), page (\d+)\b", letter)
    assert cited
    assert all(starts[int(number)] == int(page) for number, page in cited)
    for place in made.said.exhibits:
        pages = f"page {place.first}" if place.first == place.last else (
            f"pages {place.first}–{place.last}")  # fmt: skip
        assert re.search(rf"{place.number}\. [^.]*?, {pages} of the bundle", letter)
    first, last = made.said.exhibits[0].first, made.said.exhibits[-1].last
    assert f"pages {first}–{last} of the bundle" in letter


def test_a_letter_in_a_bundle_bears_one_page_number_and_nothing_over_another(a_bundle, letter_with):
    made = a_bundle(EVERYTHING[:3], letter_with=letter_with("ru"), language="ru")
    texts = texts_of(made.path)
    for text in texts[1 : 1 + made.said.letter_pages]:
        assert len(re.findall(r"[Сс]траница \d+ из", text)) == 1
    document = pypdfium2.PdfDocument(made.path)
    text = document[made.said.letter_pages].get_textpage()
    boxes = []
    for wanted in ("не юридические консультации.", "DD-1001-1 · страница"):
        index, length = text.search(wanted).get_next()
        boxes.append([text.get_charbox(i) for i in range(index, index + length)])
    document.close()
    assert max(box[2] for box in boxes[0]) < min(box[0] for box in boxes[1])


def test_a_letter_that_never_settles_is_printed_without_pages(a_bundle, letter_with):
    of = letter_with()
    story = "A long story. " * 400

    def restless(places):
        letter = of(places)
        if places and places[0][0] <= 5:
            block = next(b for b in letter.blocks if b.field == "narrative")
            blocks = tuple(replace(b, text=story) if b is block else b for b in letter.blocks)
            return replace(letter, blocks=blocks)
        return letter

    made = a_bundle(EVERYTHING[:3], letter_with=restless)
    check_whole(made)
    letter = "\n".join(texts_of(made.path)[1 : 1 + made.said.letter_pages])
    assert not re.search(r"\bp\. \d|\bpages? \d+(?! of)", letter)


def test_the_same_order_gives_the_same_bytes(a_bundle, letter_with):
    first = a_bundle(EVERYTHING, letter_with=letter_with()).path.read_bytes()
    again = a_bundle(EVERYTHING, letter_with=letter_with(), target="again.pdf").path.read_bytes()
    assert first == again


def test_a_cancelled_bundle_leaves_nothing(a_bundle, tmp_path):
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        a_bundle(EVERYTHING, cancel=token)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".pdf"] == []


def test_a_place_that_cannot_be_written_is_told(a_bundle):
    with pytest.raises(DeskError, match="could not be written"):
        a_bundle([FILES["text"]], target="no/such/folder.pdf")


def test_nothing_to_bundle_is_refused(a_bundle):
    with pytest.raises(Refused, match="nothing to bundle"):
        a_bundle([])


def test_it_tells_title_language_and_time_but_no_author_and_no_program_of_the_machine(a_bundle):
    made = a_bundle([FILES["text"]], language="ru")
    with pikepdf.open(made.path) as document:
        assert not document.is_encrypted
        assert str(document.Root.Lang) == "ru"
        assert set(document.docinfo.keys()) == {
            "/Title", "/Producer", "/CreationDate", "/ModDate", "/DeskBundle", "/DeskVersion",
            "/DeskManifest", "/DeskPart"}  # fmt: skip
        assert str(document.docinfo["/DeskBundle"]) == "DD-1001-1"
        assert str(document.docinfo["/DeskPart"]) == "1 of 1"
        told = document.open_metadata()
        assert told["dc:title"] == "Bundle for case 1001"
        assert told["dc:language"] == {"ru"}
        assert told["xmp:CreateDate"] == "2026-05-04T09:30:00Z"
        assert "dc:creator" not in told


def test_the_manifest_is_a_file_that_sha256sum_checks(a_bundle, tmp_path):
    files = [FILES["text"], FILES["mail"], FILES["picture"]]
    made = a_bundle(files)
    lines = re.findall(r"^([0-9a-f]{64}) +(\S.*?)\s*$", texts_of(made.path)[-1], re.MULTILINE)
    text = "".join(f"{digest}  {name}\n" for digest, name in lines)
    assert hashlib.sha256(text.encode()).hexdigest() == made.said.manifest_sha256
    with pikepdf.open(made.path) as document:
        assert str(document.docinfo["/DeskManifest"]) == made.said.manifest_sha256
    room = tmp_path / "out"
    room.mkdir()
    (room / "manifest").write_text(text)
    for (_, name), (_, _, data) in zip(lines, files, strict=True):
        (room / name).write_bytes(data)
    if shutil.which("sha256sum"):
        done = subprocess.run(["sha256sum", "-c", "manifest"], cwd=room, check=False, timeout=60)
        assert done.returncode == 0


@pytest.mark.parametrize("tool", [["qpdf", "--check"], ["mutool", "info"]], ids=["qpdf", "mutool"])
def test_other_programs_open_it_without_a_word_of_complaint(a_bundle, letter_with, tool):
    if shutil.which(tool[0]) is None:
        pytest.skip(f"{tool[0]} is not installed")
    made = a_bundle(EVERYTHING, letter_with=letter_with())
    done = subprocess.run(
        [*tool, str(made.path)], check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in (done.stdout + done.stderr).lower()


def a_file(number):
    kinds = ("picture", "mail", "text", "pdf", "turned", "landscape", "binary", "strip")
    name, media, data = FILES[kinds[number % len(kinds)]]
    return name, media, data + (b" %d" % number if media.startswith("text") else b"")


def links_of(path):
    """Of each line of the index: the exhibit's number that stands in it, and where it leads."""
    document, plain = pikepdf.open(path), pypdfium2.PdfDocument(path)
    numbers = [page.obj.objgen for page in document.pages]
    found = []
    for page, sheet in zip(document.pages, plain, strict=True):
        text = sheet.get_textpage()
        for link in page.get("/Annots", []):
            line = text.get_text_bounded(*(float(side) for side in link.Rect))
            target = numbers.index(link.Dest[0].objgen) + 1
            found.append((int(re.match(r"\d+", line)[0]), line, target))
    plain.close()
    document.close()
    return found


@settings(max_examples=10, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(st.integers(0, 7), min_size=1, max_size=20), st.sampled_from(["en", "ru"]))
def test_every_line_of_the_index_opens_the_page_that_bears_its_number(a_bundle, kinds, language):
    made = a_bundle([a_file(kind) for kind in kinds], language=language)
    texts = texts_of(made.path)
    links = links_of(made.path)
    assert [number for number, _, _ in links] == list(range(1, len(kinds) + 1))
    word = "Exhibit" if language == "en" else "Приложение"
    for number, line, target in links:
        stamp = texts[target - 1].strip().splitlines()[-1]
        assert stamp.startswith(f"{word} {number} · DD-1001-1 · ")
        assert re.search(rf"\b{target} \D+ ?{made.said.pages}$", stamp)
        assert re.search(rf"\b{target}(–\d+)?\b", line)


def test_sixty_mixed_exhibits_are_read_by_other_programs(a_bundle, letter_with, tmp_path):
    made = a_bundle([a_file(number) for number in range(60)], letter_with=letter_with())
    for tool in (["pdfinfo"], ["qpdf", "--check"], ["mutool", "clean"], ["pdftotext"]):
        if shutil.which(tool[0]) is None:
            continue
        last = [str(tmp_path / f"{tool[0]}.pdf")] if tool[0] in {"mutool", "pdftotext"} else []
        done = subprocess.run([*tool, str(made.path), *last], check=False, capture_output=True,
                              text=True, timeout=60)  # fmt: skip
        said = done.stdout + done.stderr
        assert done.returncode == 0, said
        assert "warning" not in said.lower()
        assert "error:" not in said.lower()
    if (words := tmp_path / "pdftotext.pdf").exists():
        text = words.read_text()
        assert "Привет" in text
        assert f"page {made.said.pages} of {made.said.pages}" in text


@pytest.mark.parametrize("paper", list(Paper))
def test_two_hundred_exhibits_have_an_index_of_many_pages(a_bundle, paper):
    captions = {number: f"Long caption {number} " * 12 for number in range(1, 200, 7)}
    made = a_bundle([FILES["text"]] * 200, captions=captions, paper=paper)
    links = links_of(made.path)
    assert [(number, target) for number, _, target in links] == [
        (place.number, place.first) for place in made.said.exhibits
    ]
    assert made.said.exhibits[0].first - made.said.index_page >= 10
    ours = sorted(side * MM for side in paper.size_mm)
    with pikepdf.open(made.path) as document:
        for page in document.pages:
            sheet = [float(side) for side in page.mediabox[2:]]
            assert sorted(sheet) == pytest.approx(ours, abs=0.1)
