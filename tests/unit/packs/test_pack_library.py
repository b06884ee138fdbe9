import pytest

from disputedesk.common.errors import NotFound
from disputedesk.deadlines.rule import Count, Period
from disputedesk.deadlines.words import Layer
from disputedesk.packs.examples import run_examples
from disputedesk.packs.library import load_library

OVERRIDE = 'overrides = "good.one"\n'


def test_a_pack_comes_with_its_rules_sources_and_digest(load, write_pack, tmp_path):
    library = load(write_pack(tmp_path / "packs"))
    assert library.refused == ()
    (pack,) = library.packs
    assert (pack.id, pack.edition, pack.layer) == ("good", "1", Layer.SCHEME)
    assert pack.changelog == ("first",)
    assert len(pack.digest) == 64
    rule = library.rules.get("good.one")
    assert rule.closes == Count("processing_date", Period(120))
    assert rule.sources[0].checked_on == pack.checked_on
    assert library.pack_of("good.one") is pack
    assert library.pack_of("good.two") is None


def test_an_unknown_rule_is_not_found(load, write_pack, tmp_path):
    rules = load(write_pack(tmp_path / "packs")).rules
    assert rules.find("good.two") is None
    with pytest.raises(NotFound, match=r"good\.two"):
        rules.get("good.two")


def test_the_same_files_are_the_same_library_and_other_bytes_another(load, write_pack, tmp_path):
    folder = write_pack(tmp_path / "packs")
    first = load(folder)
    assert load(folder) is first
    second = load(write_pack(tmp_path / "packs", days=90))
    assert second.digest != first.digest
    assert second.rules.get("good.one").closes == Count("processing_date", Period(90))


def test_what_was_kept_on_disk_reads_like_the_file_itself(write_pack, tmp_path):
    folder = write_pack(
        tmp_path / "packs",
        more='valid = { by = "ordered_on", from = 2020-01-01 }\n'
        'concerns = { fact = "ordered_on", before = 2030-01-01 }',
    )
    cache = tmp_path / "cache"
    fresh = load_library([folder], cache=cache)
    load_library.__globals__["_assemble"].cache_clear()
    kept = load_library([folder], cache=cache)
    assert kept is not fresh
    assert kept.rules.rules == fresh.rules.rules
    assert kept.packs == fresh.packs
    for part in ("rules", "sources", "examples"):
        assert [getattr(one, part) for one in kept.packs] == [
            getattr(one, part) for one in fresh.packs
        ]


def test_a_damaged_cache_is_read_past(write_pack, tmp_path):
    folder = write_pack(tmp_path / "packs")
    cache = tmp_path / "cache"
    load_library([folder], cache=cache)
    for kept in cache.iterdir():
        kept.write_bytes(b"\xc1 nothing")
    load_library.__globals__["_assemble"].cache_clear()
    assert load_library([folder], cache=cache).refused == ()
    blocked = tmp_path / "file"
    blocked.write_text("")
    load_library.__globals__["_assemble"].cache_clear()
    assert load_library([folder], cache=blocked / "no").refused == ()


def test_a_later_folder_takes_the_place_of_a_pack_with_the_same_id(load, write_pack, tmp_path):
    shipped = write_pack(tmp_path / "shipped")
    adopted = write_pack(tmp_path / "desk", days=100, edition="2")
    library = load(shipped, adopted)
    assert [pack.edition for pack in library.packs] == ["2"]
    assert library.rules.get("good.one").closes == Count("processing_date", Period(100))


def test_two_packs_of_one_folder_cannot_share_an_id(load, write_pack, tmp_path):
    folder = write_pack(tmp_path / "packs")
    (folder / "other.toml").write_bytes((folder / "good.toml").read_bytes())
    library = load(folder)
    assert len(library.packs) == 1
    assert library.refused[0].key == "pack.id"


def test_an_override_of_a_rule_that_does_not_exist_is_refused(load, write_pack, tmp_path):
    shipped = write_pack(tmp_path / "shipped")
    own = write_pack(tmp_path / "desk", "own", layer="user", more='overrides = "good.won"')
    library = load(shipped, own)
    (refused,) = library.refused
    assert (refused.rule, refused.key) == ("own.one", "overrides")
    assert "good.one" in refused.why


def test_a_users_pack_needs_no_example_and_may_override(load, write_pack, tmp_path):
    shipped = write_pack(tmp_path / "shipped")
    own = write_pack(tmp_path / "desk", "own", layer="user", more=OVERRIDE)
    text = (own / "own.toml").read_text().split("[[rule.example]]", maxsplit=1)[0]
    (own / "own.toml").write_text(text)
    library = load(shipped, own)
    assert library.refused == ()
    assert library.rules.get("own.one").overrides == "good.one"


def test_a_pack_may_define_a_fact_and_common_parts(load, write_pack, tmp_path):
    folder = write_pack(tmp_path / "packs")
    (folder / "more.toml").write_text(
        """
[pack]
id = "more"
title = "More"
edition = "1"
layer = "law"
checked_on = 2026-11-22
[fact.seen_on]
subject = "case"
kind = "date"
text = "The day it was seen."
phrase = "the day it was seen"
earlier = ["ordered_on"]
[source.text]
title = "A text"
[common]
margin = { days = 3 }
checklist = [ { text = "First", must = true } ]
[[rule]]
id = "more.one"
title = "One"
avenue = "statutory"
summary = "One."
sources = ["text"]
checklist = [ { text = "Second" } ]
closes = { from = "seen_on", days = 3 }
[[rule.example]]
title = "A"
today = 2026-01-01
facts = { seen_on = 2026-01-01 }
expect = { closes = 2026-01-04 }
[[rule]]
id = "more.two"
title = "Two"
avenue = "statutory"
actor = "seller"
margin = { days = 1 }
summary = "Two."
sources = ["text"]
example = [ { title = "B", today = 2026-01-01, facts = {}, expect = { status = "closed" } } ]
[[rule]]
id = "more.four"
title = "Four"
avenue = "statutory"
actor = "bank"
summary = "Four."
sources = ["text"]
closes = { from = "seen_on", days = 3 }
[[rule.example]]
title = "D"
today = 2026-01-01
facts = { seen_on = 2026-01-01 }
expect = { file_by = 2026-01-04 }
[[rule]]
id = "more.three"
title = "Three"
avenue = "statutory"
common = false
summary = "Three."
sources = ["text"]
example = [ { title = "C", today = 2026-01-01, facts = {}, expect = { status = "none" } } ]
""",
        encoding="utf-8",
    )
    library = load(folder)
    assert library.refused == ()
    assert "seen_on" in library.catalogue
    one, two, three = (library.rules.get(f"more.{name}") for name in ("one", "two", "three"))
    assert [item.text for item in one.checklist] == ["First", "Second"]
    assert one.margin == Period(3)
    assert (two.checklist, two.margin) == ((), Period(1))
    assert (three.checklist, three.margin) == ((), None)
    assert library.rules.get("more.four").margin is None, "a margin is the buyer's alone"
    results = run_examples(library, "more")
    assert [result.passed for result in results] == [True, False, True, False]
    assert "closed was expected, open came" in results[1].message


def test_two_packs_cannot_mean_different_things_by_a_fact(load, write_pack, tmp_path):
    folder = write_pack(tmp_path / "packs", "aa")
    write_pack(folder, "bb")
    for name in ("aa", "bb"):
        path = folder / f"{name}.toml"
        fact = f'[fact.seen]\nsubject = "case"\nkind = "flag"\ntext = "{name}"\n'
        path.write_text(path.read_text() + fact)
    library = load(folder)
    assert [pack.id for pack in library.packs] == ["aa"]
    assert library.refused[0].key == "fact.seen"


def test_an_example_that_is_wrong_says_what_came(load, write_pack, tmp_path):
    folder = write_pack(tmp_path / "packs")
    path = folder / "good.toml"
    wrong = (
        'status = "open", closes = 2026-06-02, because = ["90 days"], '
        'missing = ["amount"], reason = "x"'
    )
    path.write_text(path.read_text().replace('status = "open"', wrong))
    (result,) = run_examples(load(folder))
    assert not result.passed
    for words in (
        "closes: 2026-06-02 was expected, 2026-06-01 came.",
        "90 days",
        "amount",
        "x was",
    ):
        assert words in result.message
    with pytest.raises(NotFound, match="goood") as raised:
        run_examples(load(folder), "goood")
    assert "good" in raised.value.remedy


def test_a_rule_that_gives_no_window_fails_its_example(load, write_pack, tmp_path):
    folder = write_pack(tmp_path / "packs", more='concerns = { fact = "network", is = "visa" }')
    (result,) = run_examples(load(folder))
    assert "The rule gave no window for these facts." in result.message


def test_a_damaged_facts_file_is_named(load, write_pack, tmp_path):
    folder = write_pack(tmp_path / "packs")
    (folder / "facts.toml").write_text('[fact.Amount]\nkind = "money"\n')
    library = load(folder)
    assert library.refused[0].file.name == "facts.toml"
    assert library.packs == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('kind = "choice"', "lists its choices"),
        ('kind = "date"', "phrase has to be here"),
        ('kind = "date"\nphrase = "p"\nearlier = ["none"]', "no fact called none"),
        ('kind = "flag"\nearlier = ["other"]', "of another kind"),
    ],
)
def test_a_wrong_definition_is_refused(load, tmp_path, text, words):
    head = '[fact.other]\nsubject = "case"\nkind = "text"\ntext = "T"\n'
    (tmp_path / "facts.toml").write_text(
        f'{head}[fact.one]\nsubject = "case"\ntext = "T"\n{text}\n'
    )
    assert words in load(tmp_path).refused[0].why


def test_every_shipped_pack_is_taken_and_says_when_it_was_checked():
    library = load_library()
    assert [str(one) for one in library.refused] == []
    assert all(source.checked_on for rule in library.rules for source in rule.sources)
    worked = {example.rule for pack in library.packs for example in pack.examples}
    assert worked >= {rule.id for rule in library.rules if rule.layer not in {"user", "issuer"}}


def test_every_shipped_fact_has_a_question_and_stand_ins_of_its_own_order():
    catalogue = load_library().catalogue
    for definition in catalogue:
        assert definition.question
        assert definition.text.endswith(".")
        for other in definition.earlier:
            assert definition.name not in catalogue.get(other).earlier
