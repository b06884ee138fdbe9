from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "packs" / "malformed"
FILES = sorted(FOLDER.glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_malformed_pack_is_refused_in_the_words_it_names(load, write_pack, tmp_path, file):
    words = file.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    folder = write_pack(tmp_path / "packs")
    (folder / file.name).write_bytes(file.read_bytes())
    library = load(folder)
    assert [pack.id for pack in library.packs] == ["good"]
    (refused,) = library.refused
    assert words in refused.why
    assert refused.file.name == file.name
    assert refused.why.endswith((".", "?"))
    assert words in str(refused)
    if "[[rule]]" in file.read_text(encoding="utf-8") and refused.rule:
        assert refused.rule.startswith(("bad.", "visa.", "rule["))
        assert not refused.key.startswith("rule[")


def test_there_is_a_file_for_each_common_mistake():
    assert len(FILES) >= 30


def test_what_is_no_text_or_too_large_or_too_deep_is_refused(load, write_pack, tmp_path):
    folder = write_pack(tmp_path / "packs")
    (folder / "a.toml").write_bytes(b"\xff\xfe")
    (folder / "b.toml").write_bytes(b"#" * (3 << 20))
    (folder / "c.toml").write_text("a = " + "[" * 5_000 + "]" * 5_000, encoding="utf-8")
    (folder / "d.toml").mkdir()
    (folder / "e.toml").write_text("pack = 3\nrule = {}\n", encoding="utf-8")
    library = load(folder)
    assert [pack.id for pack in library.packs] == ["good"]
    assert [one.file.name for one in library.refused] == [f"{name}.toml" for name in "abcde"]
    assert "A table was expected" in library.refused[4].why
