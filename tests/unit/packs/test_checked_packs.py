"""A pack that was read whole is taken by its head; nothing that is wrong slips in that way."""

import pytest

from disputedesk.deadlines.rule_set import RuleSet, helped_problems
from disputedesk.packs import checked, contents, parsed
from disputedesk.packs.checked import Checked, Mark
from disputedesk.packs.files import FACTS_FILE, all_files, digest_of
from disputedesk.packs.library import load_library
from tests.unit.packs.test_malformed_packs import FILES


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def anew(cache):
    """Loads a folder as a fresh process would: with what is on disk, and nothing in memory."""

    def load(*folders):
        load_library.__globals__["_assemble"].cache_clear()
        return load_library(list(folders), cache=cache)

    return load


@pytest.fixture
def reads(monkeypatch):
    """The rules that were read, in turn."""
    found = []

    def spy(table, frame, **how):
        found.append(table.raw("id"))
        return plain(table, frame, **how)

    plain = contents.read_rule
    monkeypatch.setattr(contents, "read_rule", spy)
    return found


def everything(library):
    return [(pack, pack.rules, pack.sources, pack.examples) for pack in library.packs]


def test_rules_are_read_when_they_are_asked_for_and_only_those_of_their_pack(
    anew, write_pack, tmp_path, reads
):
    folder = write_pack(write_pack(tmp_path / "packs", "good"), "other")
    first = anew(folder)
    assert reads == ["good.one", "other.one"]
    reads.clear()
    again = anew(folder)
    assert (again.refused, len(again.rules), again.rules.has_overrides) == ((), 2, False)
    assert again.rules.find("third.one") is None
    assert "good" not in again.rules
    assert 3 not in again.rules
    assert reads == []
    assert again.rules.get("other.one") == first.rules.get("other.one")
    assert again.rules.find("other.two") is None
    assert reads == ["other.one"]
    assert [rule.id for rule in again.rules.of_packs({"other"})] == ["other.one"]
    assert everything(again) == everything(first)
    assert reads == ["other.one", "good.one"]


def test_examples_alone_read_the_rules_too(anew, write_pack, tmp_path):
    folder = write_pack(tmp_path / "packs")
    anew(folder)
    (pack,) = anew(folder).packs
    assert [example.title for example in pack.examples] == ["It closes"]


def test_other_bytes_are_read_whole(anew, write_pack, tmp_path, reads):
    anew(write_pack(tmp_path / "packs"))
    reads.clear()
    path = tmp_path / "packs" / "good.toml"
    path.write_text(path.read_text().replace('avenue = "card_chargeback"', 'avenue = "card"'))
    (refused,) = anew(tmp_path / "packs").refused
    assert (refused.rule, refused.key) == ("good.one", "avenue")


def test_other_canonical_facts_are_read_whole(anew, write_pack, tmp_path):
    folder = write_pack(tmp_path / "packs")
    facts = '[fact.{name}]\nsubject = "payment"\nkind = "date"\ntext = "T."\nphrase = "p"\n'
    (folder / FACTS_FILE).write_text(facts.format(name="processing_date"))
    assert anew(folder).refused == ()
    (folder / FACTS_FILE).write_text(facts.format(name="processing_day"))
    (refused,) = anew(folder).refused
    assert (refused.rule, refused.key) == ("good.one", "closes.from")


def test_another_reader_reads_whole(anew, write_pack, tmp_path, reads, monkeypatch):
    folder = write_pack(tmp_path / "packs")
    anew(folder)
    reads.clear()
    monkeypatch.setattr(checked, "reader_form", lambda: "another")
    anew(folder)
    assert reads == ["good.one"]
    anew(folder)
    assert reads == ["good.one"]


def test_where_the_readers_form_cannot_be_told_every_pack_is_read_whole(
    anew, write_pack, tmp_path, reads, monkeypatch
):
    monkeypatch.setattr(checked, "_READER", ("no such package",))
    checked.reader_form.cache_clear()
    folder = write_pack(tmp_path / "packs")
    anew(folder)
    anew(folder)
    assert reads == ["good.one"] * 2
    checked.reader_form.cache_clear()


def test_the_readers_form_changes_with_its_code(monkeypatch, tmp_path):
    package = tmp_path / "packs"
    package.mkdir()
    monkeypatch.setattr(checked, "_READER", ("packs",))
    monkeypatch.setattr(checked, "__file__", str(package / "checked.py"))
    forms = set()
    for text in ("", "one = 1\n", "one = 12\n"):
        (package / "rules.py").write_text(text)
        (package / "note.txt").write_text(text)
        checked.reader_form.cache_clear()
        forms.add(checked.reader_form())
    checked.reader_form.cache_clear()
    assert len(forms) == 3


def test_a_users_pack_is_always_read_whole(anew, write_pack, tmp_path, reads):
    folder = write_pack(tmp_path / "packs", "good")
    own = write_pack(tmp_path / "own", "own", layer="user", more='overrides = "good.one"')
    anew(folder, own)
    reads.clear()
    library = anew(folder, own)
    assert library.rules.has_overrides
    assert reads == ["own.one", "good.one"]


def _cut(path, _other):
    path.write_bytes(path.read_bytes()[:-3])


def _changed(path, _other):
    data = bytearray(path.read_bytes())
    data[len(data) // 2 + 40] ^= 1
    path.write_bytes(data)


def _replaced(path, other):
    path.write_bytes(other)


def _no_pack(path, _other):
    path.unlink()
    parsed.keep(path, {"head": {"pack": {"id": 3}}, "helps": {"": 1, "*": 1}})


def _no_counts(path, _other):
    if ".checked." in path.name:
        parsed.keep(path, {"head": {}, "helps": {"": "x", "*": 1}})


def _no_table(path, _other):
    if ".checked." in path.name:
        parsed.keep(path, {"head": {}, "helps": 3})


@pytest.mark.parametrize("damage", [_cut, _changed, _replaced, _no_counts, _no_table])
def test_a_damaged_cache_changes_nothing(anew, write_pack, tmp_path, cache, damage):
    folder = write_pack(write_pack(tmp_path / "packs", "good"), "other", days=30)
    fresh = everything(anew(folder))
    kept = sorted(cache.iterdir())
    whole = [path.read_bytes() for path in kept]
    for path, other in zip(kept, [*whole[1:], whole[0]], strict=True):
        damage(path, other)
    library = anew(folder)
    assert library.refused == ()
    assert everything(library) == fresh


def test_a_mark_with_a_wrong_head_is_read_past(anew, write_pack, tmp_path, cache):
    folder = write_pack(tmp_path / "packs")
    fresh = everything(anew(folder))
    for path in cache.glob("*.checked.*"):
        _no_pack(path, b"")
    assert everything(anew(folder)) == fresh


TREE = """
a = [{ on = 2026-01-02, at = 2026-01-02T03:04:05Z, here = 2026-01-02T03:04:05.5 }, 1, 0.1, true]
"with a dot." = { "" = "е ё ﬀ 🧾", large = 12345678901234567890123 }
"""


def test_what_is_kept_comes_back_as_it_was(cache):
    tree = parsed.parse_toml(TREE.encode(), "x", cache)
    (path,) = cache.iterdir()
    assert repr(parsed.find_kept(path)) == repr(tree)
    assert parsed.parse_toml(b"not read", "x", cache) == tree


@pytest.mark.parametrize(
    "text", ["at = 03:04:05", '"\\u0000" = "2026-01-02"', 'a = { "\\u0000" = 3 }']
)
def test_what_could_not_come_back_is_not_kept(cache, text):
    tree = parsed.parse_toml(text.encode(), "x", cache)
    assert not cache.exists()
    assert parsed.parse_toml(text.encode(), "x", cache) == tree


@pytest.mark.parametrize("text", ['{"\\u0000": "no date"}', '{"a": ', "[" * 100_000, '"\\ud800'])
def test_what_is_sealed_and_still_no_tree_is_none(cache, text):
    cache.mkdir()
    path = cache / "x.json"
    path.write_bytes(parsed._seal(path, text.encode()) + text.encode())
    assert parsed.find_kept(path) is None


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_even_a_forged_mark_lets_no_malformed_pack_in(anew, tmp_path, cache, file):
    """The file was never found right, and still something says so."""
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "bad.toml").write_bytes(file.read_bytes())
    (true,) = anew(folder).refused
    try:
        tree = parsed.parse_toml((folder / "bad.toml").read_bytes(), "x", cache)
        head = {key: tree[key] for key in contents.HEAD if key in tree}
    except contents.Malformed:
        head = {}
    files = all_files([folder], {})
    facts = digest_of(each for each in files if each.path.name == FACTS_FILE)
    (bad,) = [each for each in files if each.path.name != FACTS_FILE]
    mark = Mark(bad.digest, facts, cache)
    mark.keep(Checked(head, {"": 1, "*": 1}))
    assert mark.find() is not None
    library = anew(folder)
    told = [(pack.examples, pack.rules) for pack in library.packs]  # a wrong example tells late
    assert told in ([], [((), ())])
    assert [str(each) for each in library.refused] == [str(true)]
    assert [str(each) for each in load_library([folder], cache=cache).refused] == [str(true)]
    assert load_library([folder], cache=cache).packs == ()


def test_two_packs_cannot_have_one_rule_where_one_id_continues_the_other(
    anew, write_pack, tmp_path
):
    folder = write_pack(tmp_path / "packs", "a.b")
    text = (folder / "a.b.toml").read_text()
    (folder / "a.toml").write_text(
        text.replace('id = "a.b"', 'id = "a"').replace("a.b.one", "a.b.two")
    )
    for _ in range(2):
        library = anew(folder)
        assert library.refused == ()
        assert (library.rules.get("a.b.one").pack, library.rules.get("a.b.two").pack) == (
            "a.b",
            "a",
        )
    (folder / "a.toml").write_text(text.replace('id = "a.b"', 'id = "a"'))
    for _ in range(2):
        (refused,) = anew(folder).refused
        assert (refused.rule, refused.key) == ("a.b.one", "id")


def test_how_many_rules_help_is_known_without_them():
    load_library.__globals__["_assemble"].cache_clear()
    load_library()
    load_library.__globals__["_assemble"].cache_clear()
    rules = load_library().rules
    problems = {problem for rule in rules for problem in rule.problems}
    for group in rules.groups:
        assert group._helps in (None, helped_problems(group.rules))
        for problem in (None, *problems, "something else"):
            helpful = [
                rule
                for rule in group.rules
                if problem is None or not rule.problems or problem in rule.problems
            ]
            assert group.helpful(problem) == len(helpful)
    assert len(rules) == len(RuleSet(rules).rules)
