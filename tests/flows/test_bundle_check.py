"""`bundle check` answers in words, in JSON and by its exit code; the desk that made one too."""

import json
import shutil

import pytest

from disputedesk.cli.main import main
from disputedesk.desk.operations.bundles import make_bundle
from disputedesk.desk.queries.bundle_checks import check_document
from disputedesk.desk.queries.cases import find_case
from disputedesk.papers.checking.point import NAMES, REMEDIES
from tests.helpers.hand_made_bundle import FILES, make


def run(*words):
    return main([str(word) for word in words])


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_sample_bundle_passes(sample, language):
    case_id = find_case(sample, "1001")
    (document,) = make_bundle(
        sample, case_id, language=language, letter_form="bank_chargeback", attach=True
    ).value
    checklist = check_document(sample, document.id)
    assert {point.number: point.findings for point in checklist.failed} == {}
    assert checklist.pages == document.pages


def test_a_sound_bundle_is_told_in_eighteen_lines(tmp_path, capsys):
    assert run("bundle", "check", make(tmp_path / "a.pdf")) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in NAMES)
    assert said.rstrip().endswith("Nothing is wrong.")


def test_a_spoilt_one_ends_in_one_and_says_what_to_do(tmp_path, capsys):
    sound, spoilt = make(tmp_path / "a.pdf"), make(tmp_path / "b.pdf", "box over words")
    assert run("bundle", "check", sound, spoilt) == 1
    said = capsys.readouterr().out
    assert "Page 5 has words under a box: they can still be copied." in said
    assert f"> {REMEDIES[12]}" in said
    assert "Jane Sample" not in said


def test_json_holds_every_point(tmp_path, capsys):
    assert run("--json", "bundle", "check", make(tmp_path / "a.pdf", "no outline")) == 1
    (told,) = json.loads(capsys.readouterr().out)["checks"]
    assert [point["number"] for point in told["points"]] == list(range(1, 19))
    assert [p["number"] for p in told["points"] if p["verdict"] == "failed"] == [5]


def test_the_files_of_a_folder_are_compared(tmp_path, capsys):
    folder = tmp_path / "files"
    folder.mkdir()
    for name, data in FILES.values():
        (folder / name).write_bytes(data)
    path = make(tmp_path / "a.pdf")
    assert run("bundle", "check", path, "--against", folder) == 0
    (folder / "order.txt").write_bytes(b"changed")
    assert run("bundle", "check", path, "--against", folder) == 1
    assert "order.txt" in capsys.readouterr().out


def test_what_is_no_bundle_is_told_in_sentences(tmp_path, capsys):
    (tmp_path / "no.pdf").write_bytes(b"nothing")
    assert run("bundle", "check", tmp_path / "no.pdf") == 1
    assert "This is no PDF that can be opened" in capsys.readouterr().out
    assert run("bundle", "check", tmp_path / "missing.pdf") == 1
    assert run("bundle", "check") == 3
    assert "Name one" in capsys.readouterr().err


def test_a_stranger_pdf_is_not_measured_by_our_conventions(tmp_path, capsys):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "shop.pdf"))
    canvas.drawString(100, 700, "An invoice of a shop, made by a shop")
    canvas.save()
    run("--json", "bundle", "check", tmp_path / "shop.pdf")
    (told,) = json.loads(capsys.readouterr().out)["checks"]
    unfit = {p["number"] for p in told["points"] if p["verdict"] == "not_applicable"}
    assert unfit == {2, 3, 4, 5, 6, 9, 10, 11, 12, 15}


def test_the_bundle_of_a_copied_desk_is_the_same_again(sample_folder, tmp_path, capsys):
    other = tmp_path / "other"
    shutil.copytree(sample_folder, other)
    made = []
    for folder in (sample_folder, other):
        target = tmp_path / f"{folder.name}.pdf"
        assert run("--desk", folder, "--today", "2026-11-23", "bundle", "1001", "-o", target) == 0
        made.append(target.read_bytes())
    capsys.readouterr()
    assert made[0] == made[1]


def test_the_desk_makes_its_bundle_again_on_another_day_byte_for_byte(
    sample_folder, tmp_path, capsys
):
    target, desk = tmp_path / "bundle.pdf", ("--desk", sample_folder)
    assert run(*desk, "--today", "2026-11-23", "bundle", "1001", "-o", target) == 0
    check = ("--json", "bundle", "check", "--again", target)
    capsys.readouterr()
    assert run(*desk, "--today", "2026-11-30", *check) == 0
    assert points(capsys)[17] == "passed"
    target.write_bytes(target.read_bytes() + b"\n")
    run(*desk, "--today", "2026-11-30", *check)
    assert points(capsys)[17] == "unknown"


def points(capsys):
    """The verdicts that were printed as JSON, by number."""
    (told,) = json.loads(capsys.readouterr().out)["checks"]
    return {point["number"]: point["verdict"] for point in told["points"]}
