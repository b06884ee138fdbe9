"""Destinations as data: every figure has a source and stands in the facts; bad ones are refused."""

import re
import tomllib
from pathlib import Path

import pytest

from disputedesk.common.errors import NotFound
from disputedesk.papers.packets.naming import bundle_name, file_name
from disputedesk.papers.packets.profile import LIMITS, Profile, Shape, Signs
from disputedesk.papers.packets.profile_files import load_profiles, shipped_folder

FACTS = Path(__file__).resolve().parents[4] / "shared" / "facts"
FIGURES = tomllib.loads((Path(__file__).parent / "figures.toml").read_text("utf-8"))["figure"]
SHIPPED = {profile.id: profile for profile in load_profiles().profiles}
KEYS = (*LIMITS, "least_type")


@pytest.mark.parametrize("profile", SHIPPED.values(), ids=lambda profile: profile.id)
def test_a_profile_says_who_says_so_how_surely_and_when_it_was_looked_up(profile):
    assert profile.sources
    for source in profile.sources:
        assert source.title
        assert source.checked_on.year >= 2026
        assert source.confidence
        assert source.url.startswith("https://") or not source.url


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure['id']} {figure['key']}")
def test_a_figure_is_that_of_the_facts(figure):
    assert getattr(SHIPPED[figure["id"]], figure["key"]) == figure["value"]


def test_every_figure_of_the_profiles_stands_in_the_table_once():
    shown = {
        (name, key)
        for name, profile in SHIPPED.items()
        for key in KEYS
        if key != "formats" and getattr(profile, key)
    }
    told = [(figure["id"], figure["key"]) for figure in FIGURES]
    assert len(told) == len(set(told))
    assert set(told) == shown


@pytest.mark.skipif(not FACTS.is_dir(), reason="the collected facts lie beside some checkouts only")
@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure['id']} {figure['key']}")
def test_the_words_of_a_figure_stand_in_its_row_of_the_facts(figure):
    document, begins = figure["row"]
    text = (FACTS / f"{document}.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.lstrip("| ").startswith(begins)]
    assert any(figure["words"] in row for row in rows)


def test_what_nobody_published_is_told_as_unknown():
    assert SHIPPED["aliexpress"].unknown == (
        "kinds of files", "bytes", "number of files", "number of pages",
    )  # fmt: skip
    assert SHIPPED["visa"].unknown == ()


# -- malformed -------------------------------------------------------------------------------------

GOOD = """
id = "mine"
title = "My bank"
about = "For my bank"
shape = "one_pdf"
file_bytes = 1_000_000
[[source]]
title = "Their letter"
checked_on = 2026-11-01
confidence = "high"
about = ["file_bytes"]
"""
BAD = [
    ("id", 'id = "mine"', 'id = "other"', "file’s name"),
    ("shape", 'shape = "one_pdf"', 'shape = "pile"', "Invalid enum"),
    ("file_bytes", "1_000_000", "0", "above 0"),
    ("file_bytes", "1_000_000", '"1 MB"', "Expected `int"),
    ("file_byte", "file_bytes = 1_000_000", "file_byte = 1", "unknown field"),
    ("total_bytes", "file_bytes = 1_000_000", "total_bytes = 5", "No source"),
    ("most_dpi", 'shape = "one_pdf"', 'shape = "one_pdf"\nmost_dpi = 90', "smaller"),
    ("least_dpi", 'shape = "one_pdf"', 'shape = "one_pdf"\nleast_dpi = 20', "nothing can be read"),
    ("formats", 'shape = "one_pdf"', 'shape = "one_pdf"\nformats = ["jpg"]', "PDF"),
    ("files", 'shape = "one_pdf"', 'shape = "one_pdf"\nfiles = 3', "one file"),
    ("longest_name", 'shape = "one_pdf"', 'shape = "one_pdf"\nlongest_name = 4', "at least"),
    ("about", '["file_bytes"]', '["file_bits"]', "No key"),
    ("", 'title = "My bank"', "title = ", "TOML"),
]


@pytest.mark.parametrize(("key", "old", "new", "why"), BAD, ids=[b[3] + b[0] for b in BAD])
def test_a_malformed_profile_is_refused_by_file_key_and_reason(tmp_path, key, old, new, why):
    file = tmp_path / "mine.toml"
    file.write_text(GOOD, "utf-8")
    assert load_profiles(tmp_path).get("mine").file_bytes == 1_000_000
    file.write_text(GOOD.replace(old, new), "utf-8")
    (refused,) = load_profiles(tmp_path).refused
    assert refused.file == "mine.toml"
    assert key in f"{refused.key} {refused.why}"
    assert why in refused.why


def test_one_bad_profile_leaves_the_others_working(tmp_path):
    (tmp_path / "mine.toml").write_text(GOOD, "utf-8")
    (tmp_path / "bad.toml").write_text("id = 3", "utf-8")
    found = load_profiles(tmp_path)
    assert found.get("mine").own
    assert [refused.file for refused in found.refused] == ["bad.toml"]
    with pytest.raises(NotFound):
        found.get("bad")


def test_a_profile_of_the_desk_takes_the_place_of_a_shipped_one(tmp_path):
    text = (shipped_folder() / "visa.toml").read_text("utf-8")
    (tmp_path / "visa.toml").write_text(text.replace("2_000_000", "3_000_000"), "utf-8")
    assert load_profiles(tmp_path).get("visa").file_bytes == 3_000_000


# -- names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("signs", list(Signs))
@pytest.mark.parametrize("longest", [None, 12, 16, 40])
def test_names_are_short_enough_of_the_right_signs_and_unlike_each_other(signs, longest):
    told = next(iter(SHIPPED.values())).sources
    profile = Profile(
        "x", "X", "X", Shape.FILES, told, longest_name=longest, name_signs=signs
    )  # fmt: skip
    names = [file_name(profile, at, "exhibit 7 Ärger ../../заказ", "jpg") for at in range(1, 100)]
    names += [bundle_name(profile, 1001, 2), bundle_name(profile, 1001, 2, 3, 12)]
    assert len(set(names)) == len(names)
    assert all(len(name) <= (longest or 60) for name in names)
    assert not any("/" in name or " " in name for name in names)
    if signs is Signs.PLAIN:
        assert all(re.fullmatch(r"[A-Za-z0-9]+\.(jpg|pdf)", name) for name in names)
