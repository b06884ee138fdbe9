"""The rules of a desk change in the open: what moves is said before, kept after, and taken back."""

import contextlib
import dataclasses
import datetime as dt
import json
import re
import shutil
import sqlite3

import pytest

from disputedesk.cli.main import main
from disputedesk.common import locations
from disputedesk.common.clock import FixedClock
from disputedesk.common.errors import Cancelled, NotFound, Refused
from disputedesk.common.work import CancelToken
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations import rules
from disputedesk.desk.operations.orders import set_facts
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.overriding import Limit
from disputedesk.desk.queries import editions
from disputedesk.desk.queries import rules as rule_queries
from disputedesk.desk.queries.orders import find_order, order_detail
from disputedesk.desk.rules_stamp import SETTING

TODAY = dt.date(2026, 11, 23)
ALI = "8190441200360042"
VISA = "305-6622110-9876503"


def windows(folder):
    """Everything the lists are made from."""
    with contextlib.closing(sqlite3.connect(folder / "desk.sqlite3")) as base:
        return base.execute(
            "SELECT order_id, case_id, rule_id, opens, closes, file_by, arguable_until, state, "
            "closes_at, lead FROM window ORDER BY 1, 2, 3, 5"
        ).fetchall()


def edition_of(folder, name="visa", was="days = 120", becomes="days = 100"):
    """Another edition of a shipped pack, as a file of its own."""
    text = locations.resources("packs", f"{name}.toml").read_text("utf-8")
    assert was in text
    text = re.sub(r'edition = "([^"]+)"', r'edition = "next \1"', text, count=1)
    path = folder / f"{name} next.toml"
    path.write_text(text.replace(was, becomes), encoding="utf-8")
    return path


@pytest.fixture
def run(sample_folder, capsys):
    def call(*words):
        status = main(["--desk", str(sample_folder), "--today", "2026-11-23", "--json", *words])
        said = capsys.readouterr()
        return status, json.loads(said.out) if said.out else None, said.err

    return call


def recomputed(folder):
    """The windows as they would be if every order were computed from nothing."""
    copy = folder.with_name("recomputed")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    desk = Desk.open(copy, clock=FixedClock.on(TODAY))
    with desk.transaction("test") as change:
        orders = frozenset(change.rows.orders.ids())
        change.rows.windows.replace_many(orders, [])
        change.touch_orders(orders)
    desk.close()
    return windows(copy)


def test_a_new_edition_is_laid_beside_the_old_one_and_changes_nothing(run, sample_folder, tmp_path):
    before = windows(sample_folder)
    status, review, _ = run("rules", "diff", str(edition_of(tmp_path)))
    assert status == 0
    (pack,) = review["packs"]
    assert (pack["pack"], pack["kind"]) == ("visa", "changed")
    changed = {rule["rule"]: rule for rule in pack["rules"]}
    (part,) = [each for each in changed["visa.13.2"]["parts"] if each["part"] == "Last day"]
    assert part["before"].startswith("120 days from the day the payment was processed")
    assert part["after"].startswith("100 days from the day the payment was processed")
    assert review["moved"] == len(review["moves"]) > 0
    for move in review["moves"]:
        assert move["rule"].startswith("visa.")
        assert move["after"] < move["before"]
        assert move["number"]
    assert any(move["case"] for move in review["moves"])
    assert windows(sample_folder) == before
    assert not (sample_folder / "packs").exists()


def test_an_adopted_edition_moves_what_the_review_said_and_undo_moves_it_back(
    run, sample_folder, tmp_path
):
    before = windows(sample_folder)
    file = edition_of(tmp_path)
    _, review, _ = run("rules", "diff", str(file))
    status, adopted, _ = run("rules", "adopt", str(file))
    assert status == 0
    assert adopted["moves"] == review["moves"]
    assert (sample_folder / "packs" / "visa.toml").read_bytes() == file.read_bytes()
    assert windows(sample_folder) == recomputed(sample_folder) != before
    _, history, _ = run("rules", "history")
    act = history["history"][0]
    assert (act["act"], act["moved"]) == ("rules.adopt", adopted["moved"])
    key = lambda move: (move["order"], move["rule"], str(move["case"]))  # noqa: E731
    assert sorted(act["moves"], key=key) == sorted(adopted["moves"], key=key)
    _, listed, _ = run("rules", "list")
    (visa,) = [pack for pack in listed["packs"] if pack["id"] == "visa"]
    assert visa["own_file"].endswith("visa.toml")
    assert visa["edition"].startswith("next ")
    assert run("verify")[0] == 0
    assert run("undo")[0] == 0
    assert windows(sample_folder) == before
    assert not (sample_folder / "packs" / "visa.toml").exists()
    assert run("rules", "adopt", str(file))[0] == 0
    assert run("rules", "remove", "visa")[0] == 0
    assert windows(sample_folder) == before
    assert run("undo")[0] == 0
    assert windows(sample_folder) == recomputed(sample_folder) != before


def test_only_the_orders_a_pack_governs_are_computed(sample, tmp_path):
    with sample.store.snapshot() as rows:
        every = len(rows.orders.ids())
    trial = rules.try_edition(sample, edition_of(tmp_path, "paypal", "days = 180", "days = 170"))
    review = editions.review_trial(sample, trial)
    assert 0 < review.orders < every
    trial = rules.try_edition(
        sample, edition_of(tmp_path, "uk_section75", "years = 6", "years = 5")
    )
    assert editions.review_trial(sample, trial).orders < every


def test_an_edition_that_only_says_things_otherwise_computes_nobody(sample, tmp_path):
    trial = rules.try_edition(
        sample, edition_of(tmp_path, "visa", 'summary = "', 'summary = "So: ')
    )
    review = editions.review_trial(sample, trial)
    assert (review.orders, review.moved) == (0, 0)
    assert len(review.packs[0].rules) > 10
    before = windows(sample.folder)
    rules.adopt_edition(sample, trial)
    assert windows(sample.folder) == before == recomputed(sample.folder)
    assert not sample.rules_have_changed()


@pytest.mark.parametrize(
    ("name", "was", "becomes"),
    [
        ("visa", 'is = "visa"', 'in = ["visa", "mastercard"]'),
        ("mastercard", "days = 120", "days = 119"),
        ("aliexpress", "days = 15", "days = 11"),
        ("paypal", "days = 180", "days = 170"),
        ("eu_withdrawal", "days = 14", "days = 10"),
        ("us_fcba", "days = 60", "days = 50"),
        ("visa", 'problems = ["not_received"', 'problems = ["defective"'),
    ],
)
def test_whatever_an_edition_changes_the_windows_are_those_of_a_fresh_desk(
    sample, tmp_path, name, was, becomes
):
    trial = rules.try_edition(sample, edition_of(tmp_path, name, was, becomes))
    rules.adopt_edition(sample, trial)
    assert windows(sample.folder) == recomputed(sample.folder)
    (pack,) = rules.names_of(trial)
    rules.remove_pack(sample, pack)
    assert windows(sample.folder) == recomputed(sample.folder)


def test_a_folder_of_editions_is_taken_whole_and_known_ones_are_passed_over(sample, tmp_path):
    folder = tmp_path / "next"
    shutil.copytree(locations.resources("packs"), folder)
    with pytest.raises(Refused, match="nothing new"):
        rules.try_edition(sample, folder)
    edition_of(tmp_path).replace(folder / "visa.toml")
    trial = rules.try_edition(sample, folder)
    assert list(trial.files) == ["visa.toml"]
    with pytest.raises(NotFound):
        rules.try_edition(sample, tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotFound):
        rules.try_edition(sample, tmp_path / "empty")


@pytest.mark.parametrize(
    "mistake",
    [
        ("days = 120", "days = -1", "visa next.toml, visa.13.1, closes"),
        ("[pack]", "[pack", "visa next.toml"),
        ('id = "visa"', 'id = "paypal"', "visa next.toml, visa.13.1, id"),
    ],
)
def test_a_wrong_edition_is_refused_by_file_rule_and_key(run, sample_folder, tmp_path, mistake):
    was, becomes, place = mistake
    before = windows(sample_folder)
    status, _, err = run("rules", "adopt", str(edition_of(tmp_path, "visa", was, becomes)))
    assert status == 3
    assert place in err
    assert "Nothing was changed" in err
    assert windows(sample_folder) == before
    assert not (sample_folder / "packs").exists()


@pytest.mark.parametrize("stopped_at", range(6))
def test_an_adoption_that_is_stopped_leaves_the_desk_as_it_was(sample, tmp_path, stopped_at):
    before = windows(sample.folder)
    trial = rules.try_edition(sample, edition_of(tmp_path))
    calls = iter(range(100))

    def stop(_what, _done, _total):
        if next(calls) == stopped_at:
            raise Cancelled

    try:
        rules.adopt_edition(sample, trial, progress=stop)
    except Cancelled:
        assert windows(sample.folder) == before
        assert not (sample.folder / "packs" / "visa.toml").exists()
        assert not sample.rules_have_changed()
    else:
        assert next(calls) <= stopped_at
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        rules.adopt_edition(sample, trial, cancel=token)


def test_what_was_killed_between_files_and_windows_is_finished_at_the_next_opening(
    run, sample_folder, tmp_path
):
    before = windows(sample_folder)
    (sample_folder / "packs").mkdir()
    edition_of(tmp_path).replace(sample_folder / "packs" / "visa.toml")
    assert windows(sample_folder) == before
    status, _, err = run("due")
    assert status == 0
    assert "last days moved" in err
    assert windows(sample_folder) == recomputed(sample_folder) != before
    assert run("due")[2] == ""
    _, history, _ = run("rules", "history")
    assert (history["history"][0]["act"], history["history"][0]["actor"]) == (
        "rules.follow",
        "program",
    )
    assert history["history"][0]["moved"] > 0


def test_a_desk_of_which_nobody_noted_the_rules_is_computed_once(sample_folder):
    desk = Desk.open(sample_folder, clock=FixedClock.on(TODAY))
    assert not desk.rules_have_changed()
    with desk.store.transaction() as rows:
        rows.settings.remove(SETTING)
        rows.windows.replace_many(rows.orders.ids(), [])
    assert desk.rules_have_changed()
    outcome = rules.follow_rules(desk)
    assert outcome.value.moves
    assert not desk.rules_have_changed()
    assert rules.follow_rules(desk).value.orders == 0
    desk.close()
    assert windows(sample_folder) == recomputed(sample_folder)


def test_another_program_s_edition_is_taken_over_by_the_next_change(sample_folder, tmp_path):
    mine = Desk.open(sample_folder, clock=FixedClock.on(TODAY))
    old = mine.rulebook.library.find_pack("visa").edition
    theirs = Desk.open(sample_folder, clock=FixedClock.on(TODAY))
    rules.adopt_edition(theirs, rules.try_edition(theirs, edition_of(tmp_path)))
    theirs.close()
    set_facts(mine, find_order(mine, "305-6622110-9876503"), {"category": "toys"})
    assert mine.rulebook.library.find_pack("visa").edition == f"next {old}"
    mine.close()
    assert windows(sample_folder) == recomputed(sample_folder)


# -- packs and limits of one's own


OWN = """
[pack]
id = "mybank"
title = "My bank"
edition = "1"
layer = "issuer"
checked_on = 2026-11-22
[source.talk]
title = "Their hotline"
[[rule]]
id = "mybank.chargeback"
title = "Ninety days"
avenue = "card_chargeback"
summary = "What the hotline says."
sources = ["talk"]
concerns = { fact = "network", is = "visa" }
overrides = "visa.13.1"
problems = ["not_received"]
closes = { from = "processing_date", days = 60 }
"""


def test_a_pack_that_moves_last_days_is_added_only_when_that_is_said(run, sample_folder, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(OWN, encoding="utf-8")
    before = windows(sample_folder)
    status, answer, _ = run("rules", "add", str(file))
    assert status == 1
    assert answer["review"]["moved"] > 0
    assert windows(sample_folder) == before
    status, answer, _ = run("rules", "add", str(file), "--yes")
    assert status == 0
    assert answer["added"] == ["mybank"]
    assert windows(sample_folder) == recomputed(sample_folder) != before
    status, _, err = run("rules", "add", str(file), "--yes")
    assert (status, "nothing new" in err) == (3, True)
    file.write_text(OWN.replace("60", "61"), encoding="utf-8")
    status, _, err = run("rules", "add", str(file), "--yes")
    assert (status, "rules adopt" in err) == (3, True)
    assert run("rules", "adopt", str(file))[0] == 0
    assert run("rules", "remove", "mybank")[0] == 0
    assert windows(sample_folder) == before


def test_what_cannot_be_removed_is_said(run):
    status, _, err = run("rules", "remove", "visa")
    assert (status, "came with the program" in err) == (3, True)
    status, _, err = run("rules", "remove", "nonsense")
    assert (status, "no pack named" in err) == (3, True)


def test_a_malformed_file_in_the_desk_s_folder_can_be_removed(run, sample_folder):
    (sample_folder / "packs").mkdir()
    (sample_folder / "packs" / "bad.toml").write_text("[pack", encoding="utf-8")
    _, listed, _ = run("rules", "list")
    assert "bad.toml" in listed["refused"][0]
    assert run("rules", "remove", "bad")[0] == 0
    assert run("rules", "list")[1]["refused"] == []


def test_a_pack_that_another_one_stands_beside_cannot_lose_its_rule(sample, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(OWN, encoding="utf-8")
    rules.add_packs(sample, rules.try_edition(sample, file, new=True))
    next_edition = edition_of(tmp_path, "visa", '"visa.13.1"', '"visa.13.1b"')
    with pytest.raises(Refused, match=r"visa\.13\.1") as caught:
        rules.try_edition(sample, next_edition)
    assert "mybank" in caught.value.where
    assert editions.rules_history(sample)[0].act == "rules.add"
    file.write_text(OWN.replace("60", "61"), encoding="utf-8")
    rules.adopt_edition(sample, rules.try_edition(sample, file))
    with sample.store.snapshot() as rows:
        entry = next(each for each in rows.ledger.list() if each.act == "rules.add")
    with pytest.raises(Refused, match="changed again"):
        undo(sample, entry.id)


def visa_order(desk):
    """An order paid with a Visa card and without a case."""
    return find_order(desk, "305-6622110-9876503")


def closes_of(desk, order, rule):
    return {window.rule: window for window in order_detail(desk, order).windows}.get(rule)


def test_a_bank_s_own_limit_is_a_pack_and_wins_by_being_stricter(sample):
    order = visa_order(sample)
    before = closes_of(sample, order, "visa.13.1").closes
    issuer = order_detail(sample, order).instrument.issuer
    limit = Limit("visa.13.1", days=60, since="processing_date", issuer=issuer, note="Their letter")
    outcome = rules.override_rule(sample, limit)
    assert outcome.value.orders >= 1
    assert closes_of(sample, order, "visa.13.1") is None
    (own,) = [each for each in order_detail(sample, order).windows if each.rule.startswith("own.")]
    assert own.closes < before
    assert own.layer == "issuer"
    assert any("takes the place" in step.sentence for step in own.because)
    assert own.sources[0].title == "Their letter"
    assert windows(sample.folder) == recomputed(sample.folder)
    later = dataclasses.replace(limit, days=400)
    rules.override_rule(sample, later)
    assert closes_of(sample, order, "visa.13.1").closes == before
    assert "stays" in closes_of(sample, order, "visa.13.1").because[-1].sentence
    rules.override_rule(sample, dataclasses.replace(later, looser=True))
    (own,) = [each for each in order_detail(sample, order).windows if each.rule.startswith("own.")]
    assert own.closes > before
    assert any("on purpose" in warning for warning in own.warnings)
    assert len(list((sample.folder / "packs").glob("*.toml"))) == 1


def test_a_limit_of_another_bank_or_order_touches_nothing(sample):
    before = windows(sample.folder)
    limit = Limit("visa.13.1", days=60, since="processing_date", issuer="Банк Другой")
    assert rules.override_rule(sample, limit).value.moves == ()
    assert windows(sample.folder) == before


def test_a_day_may_be_the_limit_of_one_order(run, sample_folder):
    status, answer, _ = run(
        "rules", "override", "visa.13.3", "--closes", "2026-12-24", "--order", "8190554900240042"
    )
    assert status == 0
    assert answer["orders"] == 1
    assert [move["after"] for move in answer["moves"] if move["after"]] == ["2026-12-24"]
    _, detail, _ = run("case", "show", "1007")
    (own,) = [each for each in detail["windows"] if each["rule"].startswith("own.")]
    assert own["layer"] == "user"
    assert "24 Dec 2026 was set as the day itself." in own["because"]
    status, _, err = run("rules", "override", "visa.13.1", "--closes", "2028-01-01", "--order", ALI)
    assert status == 0 or "stricter" in err
    assert run("rules", "remove", own["rule"].removesuffix(".limit"))[0] == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["visa.13.1"], "a number of days or a day"),
        (["visa.13.1", "--days", "9", "--closes", "2027-01-01"], "a number of days or a day"),
        (["visa.13.1", "--days", "9"], "cards of a bank or for one order"),
        (["visa.13.1", "--days", "9", "--issuer", "X"], "does not count from one fact alone"),
        (["visa.13.1", "--days", "9", "--issuer", "X", "--from", "network"], "is not a day"),
        (["visa.13.1", "--days", "9", "--issuer", "X", "--from", "nonsense"], "no fact called"),
        (["visa.13.1", "--days", "5000", "--issuer", "X"], "from 0 to 1000"),
        (["visa.13.2", "--days", "121", "--issuer", "X"], "more than the 120 days"),
        (["visa.13.1", "--closes", "2027-01-01"], "limit of one order"),
        (["visa.13.1", "--closes", "2029-01-01", "--order", VISA], "is later than"),
        (["visa.99", "--days", "9", "--issuer", "X"], "no rule called visa.99"),
        (["visa.13.1", "--closes", "2027-01-01", "--order", "nonsense"], "nonsense"),
    ],
)  # fmt: skip
def test_a_limit_that_cannot_be_meant_is_refused_in_words(run, sample_folder, words, told):
    status, _, err = run("rules", "override", *words)
    assert status == 3
    assert told in err
    assert not (sample_folder / "packs").exists()


def test_every_shipped_rule_can_have_a_limit_beside_it(sample):
    """The packs that are written read back, whatever the rules are like."""
    from disputedesk.desk.adopting import try_packs
    from disputedesk.desk.overriding import pack_of_limit

    shipped = sample.rulebook.rules.rules
    packs = dict(
        pack_of_limit(sample, Limit(r.id, days=9, since="ordered_on", issuer="Bank", looser=True))
        for r in shipped
    )
    assert len(packs) == len(shipped)
    book = try_packs(sample, {name: text.encode() for name, text in packs.items()}).after
    own = {each.overrides: each for each in book.rules.rules if each.overrides}
    for rule in shipped:
        beside = own[rule.id]
        assert (beside.applies, beside.opens, beside.checklist) == (
            rule.applies, rule.opens, rule.checklist,
        )  # fmt: skip
        assert (beside.margin, beside.valid) == (rule.margin, rule.valid)
        assert beside.problems == rule.problems


def test_words_are_there_for_people_too(sample_folder, tmp_path, capsys):
    common = ["--desk", str(sample_folder), "--today", "2026-11-23"]
    file = edition_of(tmp_path)
    for words in (
        ["rules", "diff", str(file)],
        ["rules", "adopt", str(file)],
        ["rules", "history"],
        ["rules", "list"],
        ["rules", "show", "visa.13.1"],
        ["rules", "schema"],
        ["rules", "explain"],
    ):
        for language in ("en", "ru"):
            if words[1] == "adopt" and language == "ru":
                continue
            assert main([*common, "--language", language, *words]) == 0
    said = capsys.readouterr().out
    assert "→" in said
    assert "the desk's own folder" in said
    assert rule_queries.pack_list()
