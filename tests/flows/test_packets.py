"""A case's evidence on its way to a destination: planned, made, sealed and saved, without Qt."""

import datetime as dt
import json

import pikepdf
import pytest

from disputedesk.cli.main import main
from disputedesk.common.clock import FixedClock
from disputedesk.common.errors import NotFound, Refused
from disputedesk.desk.operations.packets import copy_profile, make_packet
from disputedesk.desk.queries.cases import find_case
from disputedesk.desk.queries.packets import destinations, plan_packet, profiles
from disputedesk.desk.sample import make_sample_desk

TODAY = dt.date(2026, 12, 6)


@pytest.fixture
def desk(tmp_path):
    made = make_sample_desk(tmp_path / "desk", clock=FixedClock.on(TODAY))
    yield made
    made.close()


def test_the_destinations_of_the_card_and_the_platform_come_first(desk):
    found = destinations(desk, find_case(desk, "1001"))
    first = [one.profile.id for one in found if one.serves]
    assert first == ["aliexpress", "mastercard"]
    assert [one.profile.id for one in found][:2] == first


def test_a_plan_keeps_nothing_and_says_what_making_gives(desk, tmp_path):
    case = find_case(desk, "1001")
    plan = plan_packet(desk, case, profile="mastercard", language="en", letter_form=None)
    with desk.store.snapshot() as rows:
        assert rows.bundles.of_case(case) == ()
    made = make_packet(
        desk, case, profile="mastercard", language="en", target=tmp_path / "out"
    ).value
    assert made.packet == plan
    assert [path.name for path in made.saved] == [file.name for file in plan.files]
    assert made.saved[0].stat().st_size == plan.size


def test_a_bundle_for_a_destination_is_sealed_with_its_name(desk, tmp_path):
    case = find_case(desk, "1001")
    target = tmp_path / "mine.pdf"
    made = make_packet(
        desk, case, profile="visa", language="ru", letter_form="bank_chargeback", target=target
    ).value
    with desk.store.snapshot() as rows:
        (record,) = rows.bundles.of_case(case)
    assert record.profile == "visa"
    assert desk.vault.read(made.documents[0].sha256) == target.read_bytes()
    with pikepdf.open(target) as document:
        assert str(document.docinfo["/DeskBundle"]) == "DD-1001-1"


def test_single_files_are_numbered_in_upload_order_and_listed_with_hashes(desk, tmp_path):
    case = find_case(desk, "1001")
    made = make_packet(desk, case, profile="paypal", language="en", target=tmp_path / "out").value
    listed = desk.vault.read(made.documents[0].sha256).decode()
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert [line.split("  ")[1] for line in listed.splitlines()] == names
    assert [name[:2] for name in names] == [f"{at:02}" for at in range(1, len(names) + 1)]


def test_a_folder_that_holds_something_is_left_alone(desk, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    case = find_case(desk, "1001")
    with pytest.raises(Refused):
        make_packet(desk, case, profile="paypal", language="en", target=folder)
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
    with desk.store.snapshot() as rows:
        assert rows.bundles.of_case(case) == ()


def test_a_destination_that_nothing_fits_writes_nothing(desk, tmp_path):
    place = copy_profile(desk, "visa")
    place.write_text(place.read_text("utf-8").replace("2_000_000", "3_000"), "utf-8")
    case = find_case(desk, "1001")
    with pytest.raises(Refused):
        make_packet(desk, case, profile="visa", language="en", target=tmp_path / "v.pdf")
    assert not (tmp_path / "v.pdf").exists()
    assert not list(desk.folder.glob(".packet-*"))


def test_a_copied_destination_is_the_desks_own_and_is_not_copied_over(desk):
    copy_profile(desk, "paypal")
    assert profiles(desk).get("paypal").own
    with pytest.raises(Refused):
        copy_profile(desk, "paypal")
    with pytest.raises(NotFound):
        copy_profile(desk, "nowhere")


def test_the_commands_plan_make_and_list(desk, tmp_path, capsys):
    folder = str(desk.folder)
    desk.close()
    shared = ["--desk", folder, "--today", "2026-12-06", "--json"]
    assert main([*shared, "bundle", "1001", "--for", "mastercard", "--plan"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert plan["files"] == []
    assert plan["packet"]["files"][0]["name"] == "DD10011.pdf"
    out = tmp_path / "mc"
    assert main([*shared, "bundle", "1001", "--for", "mastercard", "-o", str(out)]) == 0
    capsys.readouterr()
    assert [path.name for path in out.iterdir()] == ["DD10011.pdf"]
    assert main([*shared, "bundle", "profiles", "visa"]) == 0
    (shown,) = json.loads(capsys.readouterr().out)["profiles"]
    assert shown["file_bytes"] == 2_000_000
    assert shown["sources"][0]["confidence"] == "medium"
