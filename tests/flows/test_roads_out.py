"""No road out of the desk lets a card number pass: not as it stands, nor packed, nor drawn."""

import base64
import contextlib
import dataclasses
import email.message
import io
import re
import zipfile

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from disputedesk.common.errors import DeskError, Refused
from disputedesk.desk.operations.bank_forms import add_bank_form, fill_bank_form, map_fields
from disputedesk.desk.operations.bundles import make_bundle
from disputedesk.desk.operations.cases import set_case
from disputedesk.desk.operations.evidence import add_evidence
from disputedesk.desk.operations.exporting import export_evidence
from disputedesk.desk.operations.forms import copy_form
from disputedesk.desk.operations.mailing import save_mail
from disputedesk.desk.operations.packets import make_packet
from disputedesk.desk.operations.papers import make_letter, make_submission
from disputedesk.desk.operations.printing import save_print_job
from disputedesk.desk.operations.reading import read_new_evidence
from disputedesk.desk.operations.submissions import copy_field, prepare_files
from disputedesk.desk.queries.cases import case_detail, find_case
from disputedesk.desk.queries.submissions import submission_walk
from disputedesk.media import ocr
from disputedesk.media.redaction_boxes import Box
from disputedesk.model.evidence import Suspicion
from disputedesk.papers.bundle import PartLimits
from tests.helpers.redacting import redact_evidence
from tests.unit.media import samples
from tests.unit.papers.bankform.forms import MULTI_LINE, Paper

PAN = "4111 1111 1111 1111"
SOLID = PAN.replace(" ", "")
DIGITS = re.compile(r"4\D{0,3}1\D{0,3}1\D{0,3}1\D{0,3}1\D{0,3}1\D{0,3}1\D{0,3}1\D{0,3}1\D{0,3}1")
WHOLE = [Box(1, 0.0, 0.0, 1.0, 1.0)]


# -- the files -------------------------------------------------------------------------------------


def drawn():
    """A photograph on which the number is seen."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(samples.picture(text=f"Card {PAN}"))) as image:
        image.convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


MAIL = (
    f"From: a@example.com\nTo: b@example.com\nSubject: paid\nDate: Mon, 1 Jun 2026 10:00:00 +0000\n"
    f"MIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
    f"{base64.encodebytes(f'The number is {PAN}.'.encode()).decode()}"
).encode()
FILES = {
    "words of a PDF": ("pay.pdf", samples.pdf("hello", f"Card {PAN}", author="A Shop")),
    "maker of a PDF": ("made.pdf", samples.pdf("A page of words and no more", author=PAN)),
    "enclosed in a PDF": ("more.pdf", samples.pdf_enclosing("card.txt", f"card {PAN}".encode())),
    "seen in a photo": ("shot.jpg", drawn()),
    "remark in a photo": (
        "photo.jpg",
        samples.picture("JPEG", exif=f"card {PAN}", size=(400, 300)),
    ),
    "words of a mail": ("mail.eml", MAIL),
    "words of a Word file": ("letter.docx", samples.word("card ", PAN, author=PAN)),
    "name of a file": (f"card {PAN}.txt", b"nothing in it"),
}


# -- the roads -------------------------------------------------------------------------------------


def plain(desk, case, folder, **asked):
    documents = make_bundle(desk, case, language="en", **asked).value
    for document in documents:
        (folder / document.name).write_bytes(desk.vault.read(document.sha256))
    return documents


def in_parts(desk, case, folder):
    assert len(plain(desk, case, folder, limits=PartLimits(pages=7))) > 1


def enclosing(desk, case, folder):
    plain(desk, case, folder, attach=True)


def for_visa(desk, case, folder):
    make_packet(desk, case, profile="visa", language="en", target=folder / "visa.pdf")


def for_paypal(desk, case, folder):
    make_packet(desk, case, profile="paypal", language="en", target=folder / "paypal")


def for_aliexpress(desk, case, folder):
    make_packet(desk, case, profile="aliexpress", language="en", target=folder / "ali")


def to_platform(desk, case, folder):
    prepare_files(desk, case, form="aliexpress_dispute", language="en", folder=folder)


def mailed(desk, case, folder):
    for document in make_bundle(desk, case, language="en", attach=True).value:
        save_mail(desk, document.id, folder / f"{document.id}.eml")


def printed(desk, case, folder):
    documents = make_bundle(desk, case, language="en").value
    save_print_job(desk, [each.id for each in documents], folder / "job.pdf")


def exported(desk, case, folder):
    export_evidence(desk, case, folder / "bag")


def zipped(desk, case, folder):
    export_evidence(desk, case, folder / "bag.zip", as_zip=True)


PRINTED = (plain, in_parts, for_visa, for_paypal, for_aliexpress, printed)
AS_FILES = (enclosing, to_platform, exported, zipped, mailed)
GATES = (plain, for_visa, for_paypal, for_aliexpress, enclosing, to_platform, exported)
"""Those with a gate of their own; the others send what one of these made, packed otherwise."""


# -- eyes ------------------------------------------------------------------------------------------


def shows(data, name=""):
    """Whether the number can be found in bytes, in what they unpack to, or in a name."""
    return bool(DIGITS.search(name)) or any(DIGITS.search(text) for text in _texts(data))


def _texts(data):
    yield data.decode("latin-1")
    yield data.decode("utf-16-be", "ignore")
    for run in re.findall(rb"(?:[A-Za-z0-9+/]{40,76}\r?\n?)+=*", data):
        with contextlib.suppress(ValueError):
            yield base64.b64decode(run).decode("latin-1")
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield member.filename
                yield from _texts(archive.read(member))
    if data.startswith(b"%PDF"):
        yield from _of_pdf(data)


def _of_pdf(data):
    with pikepdf.open(io.BytesIO(data)) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Stream):
                yield from _texts(each.read_raw_bytes())
                with contextlib.suppress(pikepdf.PdfError):
                    yield from _texts(each.read_bytes())
        yield from (str(value) for value in document.docinfo.values())
        for name, enclosed in document.attachments.items():
            yield name
            yield from _texts(enclosed.get_file().read_bytes())
    pages = pypdfium2.PdfDocument(data)
    for page in pages:
        yield page.get_textpage().get_text_range()
    pages.close()


def assert_clean(folder):
    for path in folder.rglob("*"):
        assert not DIGITS.search(path.name)
        assert not path.is_file() or not shows(path.read_bytes()), path.name


@pytest.mark.parametrize("what", FILES.keys() - {"seen in a photo"})
def test_the_eyes_find_the_number_in_every_file(what):
    name, data = FILES[what]
    assert shows(data, name)


# -- the case --------------------------------------------------------------------------------------


@pytest.fixture
def case(sample):
    return find_case(sample, "1001")


@pytest.fixture
def added(sample, case, tmp_path):
    """Adds a file and gives its exhibit; what tesseract would see is told where it is missing."""

    def add(what):
        name, data = FILES[what]
        (tmp_path / "in").mkdir(exist_ok=True)
        path = tmp_path / "in" / name
        path.write_bytes(data)
        (number,) = add_evidence(sample, case, [path]).value
        with sample.store.snapshot() as rows:
            exhibit = rows.exhibits.get(number)
        if what == "seen in a photo" and not ocr.can_read_pictures():
            read_new_evidence(sample)
            found = Suspicion(0, exhibit.evidence.id, "pan", "picture", "•••• 1111")
            with sample.transaction("test.found") as change:
                change.rows.suspicions.replace(exhibit.evidence.id, [found])
        return exhibit

    add.desk, add.case = sample, case
    return add


@pytest.mark.parametrize("road", GATES, ids=lambda road: road.__name__)
@pytest.mark.parametrize("what", FILES)
def test_a_file_with_a_card_number_is_refused_or_leaves_without_it(added, tmp_path, road, what):
    sample, case = added.desk, added.case
    added(what)
    out = tmp_path / "out"
    out.mkdir()
    is_seen = what in {"words of a PDF", "seen in a photo"}
    must = is_seen or (road in AS_FILES and what != "name of a file")
    if not must:
        road(sample, case, out)
        assert any(path.is_file() for path in out.rglob("*"))
        assert_clean(out)
        return
    with pytest.raises(Refused, match="exhibit 5"):
        road(sample, case, out)
    assert not [path for path in out.rglob("*") if path.is_file()]
    with sample.store.snapshot() as rows:
        assert rows.bundles.of_case(case) == ()


@pytest.mark.parametrize("road", [*PRINTED, *AS_FILES], ids=lambda road: road.__name__)
def test_after_a_redaction_the_copy_leaves_and_never_the_original(added, tmp_path, road):
    sample, case = added.desk, added.case
    originals = [added(what).evidence for what in ("words of a PDF", "seen in a photo")]
    boxes = ([Box(2, 0.0, 0.0, 1.0, 1.0)], WHOLE)
    for original, covered in zip(originals, boxes, strict=True):
        redact_evidence(sample, original.id, covered)
    out = tmp_path / "out"
    out.mkdir()
    road(sample, case, out)
    assert_clean(out)
    sent = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    _, photo = FILES["seen in a photo"]
    middle = photo[len(photo) // 2 :][:64]
    assert middle in sample.vault.read(originals[1].sha256)
    assert middle not in sent
    assert all(each.sha256.encode() not in sent for each in originals) or road in {exported, zipped}


def test_a_film_that_carries_a_number_in_its_details_does_not_go_unchanged(sample, case, tmp_path):
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\0\0\0\x18ftypmp42" + bytes(12) + f"card {PAN} ".encode() + bytes(4000))
    add_evidence(sample, case, [film])
    with pytest.raises(Refused, match="1111"):
        make_packet(sample, case, profile="aliexpress", language="en", target=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_for_the_platform_is_filled_wholly_or_not_at_all(sample, case, tmp_path):
    out, other = tmp_path / "out", tmp_path / "other"
    out.mkdir()
    to_platform(sample, case, other)
    (out / max(path.name for path in other.iterdir() if path.suffix != ".txt")).mkdir()
    before = sorted(out.rglob("*"))
    with pytest.raises(DeskError):
        to_platform(sample, case, out)
    assert sorted(out.rglob("*")) == before


def test_a_mail_does_not_take_along_what_is_hidden_in_a_copy(added, tmp_path):
    sample, case = added.desk, added.case
    mail = email.message.EmailMessage()
    mail["From"], mail["Subject"] = "anna@example.com", "See my card"
    mail["Date"], mail["Message-ID"] = "Mon, 16 Nov 2026 10:20:00 +0300", "<card@example.com>"
    mail.set_content("Nothing secret in the words.")
    mail.add_attachment(drawn(), "image", "jpeg", filename="shot.jpg")
    path = tmp_path / "mail.eml"
    path.write_bytes(mail.as_bytes())
    whole, shot = add_evidence(sample, case, [path]).value
    exhibits = {each.id: each for each in case_detail(sample, case).exhibits}
    redact_evidence(sample, exhibits[shot].evidence.id, WHOLE)
    with pytest.raises(Refused, match=r"carries shot\.jpg"):
        export_evidence(sample, case, tmp_path / "out")
    assert make_bundle(sample, case, language="en").value
    with pytest.raises(Refused, match=r"carries shot\.jpg"):
        make_bundle(sample, case, language="en", attach=True)
    redact_evidence(sample, exhibits[whole].evidence.id, [])
    export_evidence(sample, case, tmp_path / "out")
    assert not [file.name for file in (tmp_path / "out" / "data").iterdir()
                if shows(file.read_bytes(), file.name)]  # fmt: skip


# -- papers of words alone: no file goes along, so the words themselves are looked through ---------


def letter_road(form):
    def letter(desk, case, folder):
        if form == "own_letter":
            copy_form(desk, "bank_chargeback", form, language="en", case_id=case)
        document = make_letter(desk, case, form=form, language="en").value
        save_mail(desk, document.id, folder / "letter.eml")
        save_print_job(desk, [document.id], folder / "letter.pdf")

    return letter


def platform_text(desk, case, folder):
    document = make_submission(desk, case, form="aliexpress_dispute", language="en").value
    save_mail(desk, document.id, folder / "text.eml")


def field_by_field(desk, case, folder):
    walk = submission_walk(desk, case, form="aliexpress_dispute", language="en")
    for step in walk.steps:
        copied = copy_field(desk, case, form="aliexpress_dispute", language="en", name=step.name)
        (folder / f"{step.position}.txt").write_text(copied.value.text, encoding="utf-8")


def bank_form(desk, case, folder):
    paper = Paper()
    paper.text("story", rect=(100, 300, 500, 500), TU="Describe what happened", Ff=MULTI_LINE)
    (folder.parent / "empty.pdf").write_bytes(paper.data())
    form = add_bank_form(desk, folder.parent / "empty.pdf").value
    with desk.store.snapshot() as rows:
        (place,) = rows.bank_fields.of_form(form.id)
    map_fields(desk, form.id, {place.id: "narrative"})
    document = fill_bank_form(desk, case, form.id, language="en").value
    save_print_job(desk, [document.id], folder / "form.pdf")


WORDS = {
    "letter": letter_road("bank_chargeback"), "own form": letter_road("own_letter"),
    "platform's text": platform_text, "field by field": field_by_field,
    "folder of the walk": to_platform, "bank's form": bank_form,
}  # fmt: skip


@pytest.mark.parametrize("road", WORDS)
def test_a_number_that_got_into_the_desk_past_the_program_does_not_get_out_in_words(
    sample, case, tmp_path, road
):
    out = tmp_path / "out"
    out.mkdir()
    with sample.transaction("test.smuggled") as change:
        known = change.rows.cases.get(case)
        smuggled = dataclasses.replace(known, narrative=f"They charged {PAN} twice.")
        change.rows.cases.update(smuggled)
    with contextlib.suppress(Refused):
        WORDS[road](sample, case, out)
    assert_clean(out)


@pytest.mark.parametrize("road", WORDS)
def test_the_same_words_without_a_number_do_get_out(sample, case, tmp_path, road):
    out = tmp_path / "out"
    out.mkdir()
    set_case(sample, case, narrative="They charged 100 twice.")
    WORDS[road](sample, case, out)
    assert [path for path in out.iterdir() if path.is_file()]
