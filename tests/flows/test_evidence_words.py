"""Evidence from its coming to its leaving: read, found, told, hidden or refused; nothing kept."""

import dataclasses
import datetime as dt
import sqlite3

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disputedesk.cli.main import main
from disputedesk.common import log
from disputedesk.common.errors import NotFound, Refused
from disputedesk.desk.operations.bundles import make_bundle
from disputedesk.desk.operations.evidence import add_evidence
from disputedesk.desk.operations.exhibits import set_exhibit
from disputedesk.desk.operations.outgoing import refuse_unsafe
from disputedesk.desk.operations.reading import read_new_evidence, settle_suspicion
from disputedesk.desk.operations.submissions import prepare_files
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries.cases import find_case
from disputedesk.desk.queries.evidence_search import find_evidence
from disputedesk.desk.queries.redaction import can_be_redacted
from disputedesk.desk.queries.suspicions import all_suspicions, outgoing_notes, suspicions_of
from disputedesk.media import ocr
from disputedesk.model.case import Evidence
from disputedesk.model.evidence import Derivation, Derived, ReadState
from disputedesk.model.ids import EvidenceId
from tests.helpers.redacting import redact_evidence
from tests.unit.media import samples

PAN = "4111 1111 1111 1111"
SOLID = PAN.replace(" ", "")
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
def case(sample):
    return find_case(sample, "1001")


@pytest.fixture
def files(tmp_path):
    def write(**named):
        paths = []
        for name, data in named.items():
            path = tmp_path / "in" / name.replace("__", ".")
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
            paths.append(path)
        return paths

    return write


@pytest.fixture
def added(sample, case, files):
    def add(**named):
        outcome = add_evidence(sample, case, files(**named))
        read_new_evidence(sample, pictures=False)
        return outcome.value

    return add


def lines(desk, case):
    return [each.line for each in suspicions_of(desk, case)]


def test_what_was_found_is_said_in_words_with_exhibit_and_place(sample, case, added):
    added(pay__pdf=samples.pdf("hello", f"Card {PAN}"), note__txt=f"hi\nCVV 123\n{PAN}")
    assert lines(sample, case) == [
        "Exhibit 5: a card number can be read on page 2 (•••• 1111); hide it before it leaves.",
        "Exhibit 6: a security code or PIN of a card can be read in line 2; hide it before it "
        "leaves.",
        "Exhibit 6: a card number can be read in line 3 (•••• 1111); hide it before it leaves.",
    ]


def test_each_file_is_read_once(sample, case, added):
    added(note__txt="hello")
    assert read_new_evidence(sample, pictures=False).value.read == 0
    assert not read_new_evidence(sample, pictures=False).changes


def test_reading_is_told_to_the_case_that_shows_it(sample, case, files):
    add_evidence(sample, case, files(a__txt=PAN))
    changes = read_new_evidence(sample, pictures=False).changes
    assert case in changes.cases
    assert changes.evidence


@pytest.mark.skipif(not ocr.can_read_pictures(), reason="no tesseract")
def test_pictures_are_read_after_everything_else(sample, case, files):
    add_evidence(sample, case, files(a__png=samples.picture(text=f"Card {PAN}")))
    news = read_new_evidence(sample).value
    assert len(news.dangerous) == 1
    assert "in the picture" in lines(sample, case)[-1]
    assert [hit.name for hit in find_evidence(sample, "card 1111")] == ["a.png"]
    assert read_new_evidence(sample).value.read == 0


def test_without_tesseract_a_picture_waits_and_that_is_said(sample, case, files, monkeypatch):
    monkeypatch.setattr(ocr, "can_read_pictures", lambda: False)
    (path,) = files(photo__png=samples.picture())
    (exhibit,) = add_evidence(sample, case, [path]).value
    read_new_evidence(sample)
    with sample.store.snapshot() as rows:
        shown = rows.exhibits.get(exhibit)
        assert rows.readings.find(shown.evidence.id).state is ReadState.WITHOUT_WORDS
    (note,) = [each for each in refuse_unsafe(sample, [shown]) if "look yourself" in each]
    assert f"Exhibit {shown.number}" in note
    assert note in outgoing_notes(sample, case)


def submit(desk, case, folder):
    form = "aliexpress_dispute"
    return prepare_files(desk, case, form=form, language="en", folder=folder).value


def test_no_folder_is_written_with_a_file_that_shows_a_card_number(sample, case, added, tmp_path):
    added(note__txt=f"my card {PAN}")
    with pytest.raises(Refused) as refused:
        submit(sample, case, tmp_path / "out")
    assert str(refused.value).startswith(
        "exhibit 5: A card number can be read in line 1 (•••• 1111)"
    )
    assert not (tmp_path / "out").exists()


def test_a_file_that_nobody_has_read_yet_is_read_before_it_leaves(sample, case, files, tmp_path):
    add_evidence(sample, case, files(note__txt=f"my card {PAN}"))
    with pytest.raises(Refused):
        submit(sample, case, tmp_path / "out")


def test_a_remark_in_a_picture_keeps_the_file_from_leaving_but_not_the_printed_page(
    sample, case, added, tmp_path
):
    added(photo__jpg=samples.picture("JPEG", exif=f"card {PAN}"))
    with pytest.raises(Refused, match="UserComment"):
        submit(sample, case, tmp_path / "out")
    assert make_bundle(sample, case, language="en").value[0].pages


def test_no_bundle_is_made_of_a_page_that_shows_a_card_number(sample, case, added):
    added(pay__pdf=samples.pdf(f"Card {PAN}"))
    with pytest.raises(Refused, match=r"exhibit 5.*on page 1"):
        make_bundle(sample, case, language="en")


def test_a_text_is_printed_masked_in_a_bundle(sample, case, added):
    added(note__txt=f"my card {PAN}")
    document = make_bundle(sample, case, language="en").value[0]
    data = sample.vault.read(document.sha256)
    assert SOLID not in text_of(data).replace(" ", "")
    assert "my card •••• 1111" in text_of(data)


def text_of(pdf):
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def test_codes_of_the_moment_and_accounts_are_told_and_not_refused(sample, case, added, tmp_path):
    added(note__txt="Your verification code is 482913\nDE89 3704 0044 0532 0130 00")
    assert submit(sample, case, tmp_path / "out")
    notes = [each for each in outgoing_notes(sample, case) if each.startswith("Exhibit 5")]
    assert notes == [
        "Exhibit 5: a one-time code can be read in line 1.",
        "Exhibit 5: an account number can be read in line 2 (DE•• •••• 3000).",
    ]


@pytest.mark.parametrize(("name", "data", "remedy"), [
    ("a__pdf", samples.pdf(f"Card {PAN}"), "Hide it in a copy"),
    ("a__txt", f"Card {PAN}".encode(), "plain text in which it is masked"),
    ("a__html", f"<html><body>Card {PAN}</body></html>".encode(), "plain text in which it is"),
    ("a__eml", f"From: a@b.example\nDate: Mon, 2 Nov 2026 10:00:00 +0000\nSubject: x\n\n{PAN}"
     .encode(), "plain text in which it is masked"),
    ("a__docx", samples.word(f"Card {PAN}"),
     "add a PDF or a picture of what is needed"),
    ("a__mp4", b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + f" {PAN} ".encode() * 3,
     "take stills of what is needed"),
])  # fmt: skip
def test_what_is_refused_is_refused_with_what_can_be_done(sample, added, name, data, remedy):
    exhibit = added(**{name: data})[-1]
    with sample.store.snapshot() as rows:
        shown = rows.exhibits.get(exhibit)
    with pytest.raises(Refused) as refused:
        refuse_unsafe(sample, [shown])
    assert remedy in refused.value.remedy
    can = name not in {"a__docx", "a__mp4"}
    assert can_be_redacted(shown.evidence.media_type) is can


def test_a_masked_copy_of_a_text_lets_it_leave(sample, case, added, tmp_path):
    exhibit = added(note__txt=f"my card {PAN}")[-1]
    with sample.store.snapshot() as rows:
        evidence = rows.exhibits.get(exhibit).evidence
    redact_evidence(sample, evidence.id, [])
    assert submit(sample, case, tmp_path / "out")


@pytest.mark.parametrize(("named", "words"), [
    ({"a__mp4": b"isommp42"}, "Exhibit 5 is a film or a recording"),
    ({"a__heic": b"heicmif1"}, "Exhibit 5 is a picture of a kind that is not opened here"),
])  # fmt: skip
def test_what_nobody_here_can_look_through_is_told(sample, case, added, named, words):
    added(**{name: b"\0\0\0\x18ftyp" + head + bytes(64) for name, head in named.items()})
    (note,) = [each for each in outgoing_notes(sample, case) if each.startswith("Exhibit 5")]
    assert note.startswith(words)


def redact(desk, exhibit_id, data):
    """A copy in place of the original, as the sheet for hiding makes one."""
    sealed = desk.vault.seal(data)
    with desk.transaction("evidence.redact") as change:
        origin = change.rows.exhibits.get(exhibit_id).evidence
        copy = change.rows.evidence.add(
            Evidence(EvidenceId(0), sealed.sha256, sealed.size, "copy.txt", "text/plain", NOW)
        )
        change.rows.derivations.add(
            Derivation(0, copy.id, origin.id, Derived.REDACTION, "{}", NOW, "user")
        )


def pdf_words(path):
    with pypdfium2.PdfDocument(path) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document)


def test_the_copy_goes_out_and_is_what_is_looked_at(sample, case, added, tmp_path):
    (exhibit,) = added(note__txt=f"my card {PAN}")
    redact(sample, exhibit, b"my card [hidden]")
    written = submit(sample, case, tmp_path / "out")
    assert SOLID not in b"".join(path.read_bytes() for path in written).decode("latin-1")
    said = [pdf_words(path) for path in written if path.suffix == ".pdf"]
    assert any("my card [hidden]" in words for words in said)
    assert not any("4111" in words for words in said)
    assert suspicions_of(sample, case) == ()


def test_a_copy_that_still_shows_it_does_not_leave(sample, case, added, tmp_path):
    (exhibit,) = added(note__txt=f"my card {PAN}")
    redact(sample, exhibit, f"still {PAN}".encode())
    with pytest.raises(Refused):
        submit(sample, case, tmp_path / "out")


def test_what_somebody_settled_leaves_stays_settled_and_can_be_taken_back(
    sample, case, added, tmp_path
):
    added(note__txt=f"sample number of a shop: {PAN}")
    (found,) = suspicions_of(sample, case)
    outcome = settle_suspicion(sample, found.id)
    assert submit(sample, case, tmp_path / "out")
    with sample.store.transaction(actor="user", at=NOW) as rows:
        reading = rows.readings.find(found.evidence)
        rows.readings.set(dataclasses.replace(reading, reader=0))
    read_new_evidence(sample, pictures=False)
    (again,) = suspicions_of(sample, case)
    assert again.settled
    undo(sample, outcome.undo)
    (back,) = suspicions_of(sample, case)
    assert back.would_leave
    with pytest.raises(NotFound):
        settle_suspicion(sample, 999)


def test_evidence_of_no_case_is_listed_and_does_not_stand_in_the_way(sample, case, added):
    from disputedesk.desk.operations.exhibits import remove_exhibit

    (exhibit,) = added(note__txt=PAN)
    remove_exhibit(sample, exhibit)
    (found,) = all_suspicions(sample)
    assert (found.exhibit, found.would_leave) == (None, False)


def test_evidence_is_found_by_caption_by_name_and_by_its_words(sample, case, added):
    (exhibit,) = added(zebra__txt="Das Paket kam nie. Ёлка, café, 日本語のテキスト")
    set_exhibit(sample, exhibit, caption="Giraffe at the door", proves="It never came")
    for text, where in [
        ("giraffe", "caption"), ("NEVER", "caption"), ("zebr", "name"), ("paket nie", "text"),
        ("елка", "text"), ("CAFE", "text"), ("café", "text"), ("語の", "text"),
    ]:  # fmt: skip
        (hit,) = [each for each in find_evidence(sample, text) if each.name == "zebra.txt"]
        assert hit.where == where, text
        assert hit.snippet
        assert [(place.case_number, place.number) for place in hit.shown] == [(1001, 5)]
    assert find_evidence(sample, "xyzzy") == ()


def test_a_snippet_shows_the_words_around_the_match(sample, case, added):
    added(long__txt="a " * 5_000 + "the needle lies here" + " b" * 5_000)
    (hit,) = find_evidence(sample, "needle")
    assert "the needle lies here" in hit.snippet
    assert len(hit.snippet) < 200


@pytest.fixture
def command(sample_folder, capsys):
    """Runs one command and gives its exit code and what it said."""

    def run(*words):
        place = ["--desk", str(sample_folder), "--today", "2026-11-23", "--language", "en"]
        status = main([*place, *map(str, words)])
        said = capsys.readouterr()
        return status or 0, said.out, said.err

    return run


def test_the_commands_find_scan_and_settle(command, files):
    (path,) = files(note__txt=f"the elephant paid with {PAN}")
    status, out, err = command("evidence", "add", "1001", path)
    assert status == 0
    assert "1 exhibit added" in out
    assert "Exhibit 5: a card number can be read in line 1 (•••• 1111); hide it" in err
    status, out, _ = command("evidence", "find", "ELEPH")
    assert status == 0
    assert "case 1001, exhibit 5" in out
    assert "the elephant paid with •••• 1111" in out
    assert command("evidence", "find", "xyzzy")[:2] == (1, "Nothing was found.\n")
    status, out, _ = command("evidence", "scan", "1001")
    assert status == 1
    number = out.split()[0]
    assert command("evidence", "scan", "--json")[0] == 1
    assert command("evidence", "settle", number)[0] == 0
    status, out, _ = command("evidence", "scan")
    assert status == 0
    assert "(settled)" in out
    assert command("evidence", "settle", number, "--again")[0] == 0
    assert command("evidence", "scan")[0] == 1
    assert command("undo")[0] == 0
    assert command("evidence", "scan")[0] == 0


def test_the_command_says_that_it_cannot_read_pictures(command, files, monkeypatch):
    monkeypatch.setattr(ocr, "can_read_pictures", lambda: False)
    (path,) = files(photo__png=samples.picture())
    _, _, err = command("evidence", "add", "1001", path, "--ocr")
    assert "install tesseract" in err


NAUGHTY = ["", " ", '"', "'", "*", "a*", "co-op", "it's", "C++", "a@b.c", "100%", "NEAR(", "AND OR",
           "name:x", "(", ")", "^", "\x00", "a\x00b", "\ud800", "½", "\u202e", "-", "--", ";",
           "{a b}", '"a" "', "x" * 5_000, "a " * 2_000, "٣", "😀", "' OR 1=1 --"]  # fmt: skip


@pytest.mark.parametrize("text", NAUGHTY)
def test_no_text_makes_the_search_stumble(made_sample, text):
    from disputedesk.desk.desk import Desk

    desk = Desk.open(made_sample, read_only=True)
    try:
        assert isinstance(find_evidence(desk, text), tuple)
    finally:
        desk.close()


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_may_be_looked_for(made_sample, text):
    from disputedesk.store.reading import Reader

    with Reader(made_sample) as reader:
        assert isinstance(reader.evidence.find(text, 5), tuple)


def forms_of(digits):
    """The ways in which a number could stand in bytes."""
    spaced = " ".join(digits[at : at + 4] for at in range(0, 16, 4))
    for text in (digits, spaced, spaced.replace(" ", "-"), spaced.replace(" ", "\u00a0")):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            yield text.encode(encoding)


def test_no_byte_outside_the_vault_holds_a_card_number(sample, case, files, tmp_path):
    """Text, mail, PDF, Word, remark, name, picture; then database, index, log, papers."""
    log.configure_log(tmp_path / "state")
    numbers = ["4111111111111111", "5555555555554444", "4242424242424242", "4012888888881881",
               "5105105105105100", "6011111111111117", "4000056655665556"]  # fmt: skip
    spaced = [" ".join(n[at : at + 4] for at in range(0, 16, 4)) for n in numbers]
    paths = files(
        note__txt=f"my card {spaced[0]} and again {numbers[0]}",
        pay__pdf=samples.pdf("page", f"Card {spaced[1]}", author=spaced[1]),
        letter__docx=samples.word("card ", spaced[2], author=spaced[2]),
        photo__jpg=samples.picture("JPEG", exif=f"card {spaced[3]}"),
        shot__png=samples.picture(text=f"Card {spaced[4]}"),
        mail__eml=f"From: a@example.com\nSubject: card {spaced[5]}\nDate: Mon, 1 Jun 2026 10:00:00 "
        f"+0000\n\nThe number is {numbers[5]}.",
    )
    named = paths[0].with_name(f"card {spaced[6]} {numbers[6]}.txt")
    named.write_text("nothing in it")
    add_evidence(sample, case, [*paths, named])
    read_new_evidence(sample)
    with pytest.raises(Refused):
        submit(sample, case, tmp_path / "out")
    for found in suspicions_of(sample, case)[:2]:
        settle_suspicion(sample, found.id)
    for text in (*spaced, *numbers):
        find_evidence(sample, text)
    sample.close()
    log.close_log()
    with sqlite3.connect(sample.folder / "desk.sqlite3") as base:
        assert base.execute("SELECT count(*) FROM suspicion").fetchone()[0] >= 6
        assert base.execute("SELECT count(*) FROM reading WHERE text <> ''").fetchone()[0] >= 6
    base.close()
    looked_at = [
        path
        for root in (sample.folder, tmp_path / "state")
        for path in root.rglob("*")
        if path.is_file() and "vault" not in path.relative_to(root).parts[:1]
    ]
    assert sample.folder / "desk.sqlite3" in looked_at
    for path in looked_at:
        data = path.read_bytes()
        for number in numbers:
            for form in forms_of(number):
                assert form not in data, f"{path.name}: {number[-4:]}"


def test_the_search_for_bytes_would_find_a_number_that_was_kept(sample, case, tmp_path):
    """The proof that the test above looks at the right bytes."""
    with sample.store.transaction(actor="user", at=NOW) as rows:
        rows.settings.set("theme", SOLID)
    sample.close()
    data = b"".join(p.read_bytes() for p in sample.folder.iterdir() if p.is_file())
    assert any(form in data for form in forms_of(SOLID))


def test_what_nobody_has_read_yet_is_read_before_it_leaves_and_told(sample, case, tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("Nothing secret", encoding="utf-8")
    add_evidence(sample, case, [note])
    told = []
    make_bundle(sample, case, language="en", progress=lambda *each: told.append(each[0]))
    assert "Reading evidence" in told
    assert told.index("Reading evidence") < told.index("Setting exhibits")
