import os
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


def test_what_is_no_file_is_refused_by_name_and_never_read(load, write_pack, tmp_path):
    folder = write_pack(tmp_path / "packs")
    (folder / "folder.toml").mkdir()
    (folder / "gone.toml").symlink_to(tmp_path / "nowhere.toml")
    (folder / "loop.toml").symlink_to(folder / "loop.toml")
    os.mkfifo(folder / "pipe.toml")
    library = load(folder)
    assert [pack.id for pack in library.packs] == ["good"]
    told = {one.file.name: one.why for one in library.refused}
    assert set(told) == {"folder.toml", "gone.toml", "loop.toml", "pipe.toml"}
    assert set(told.values()) <= {"This is not a file.", told["loop.toml"]}


def test_a_file_nobody_may_read_is_refused_with_the_system_s_reason(
    load, write_pack, tmp_path, monkeypatch
):
    folder = write_pack(tmp_path / "packs")
    locked = folder / "locked.toml"
    locked.write_bytes(b"")
    read = Path.read_bytes

    def refuse(path):
        if path == locked:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    library = load(folder)
    assert [pack.id for pack in library.packs] == ["good"]
    assert [one.why for one in library.refused] == ["The file cannot be read: Permission denied."]


def test_a_link_to_a_pack_and_the_ways_editors_write_a_file_are_read(load, write_pack, tmp_path):
    text = write_pack(tmp_path / "a").joinpath("good.toml").read_bytes()
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "bom.toml").write_bytes(b"\xef\xbb\xbf" + text.replace(b"good", b"bom"))
    (folder / "crlf.toml").write_bytes(text.replace(b"good", b"crlf").replace(b"\n", b"\r\n"))
    (folder / "link.toml").symlink_to(tmp_path / "a" / "good.toml")
    library = load(folder)
    assert library.refused == ()
    assert [pack.id for pack in library.packs] == ["bom", "crlf", "good"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"#" * (3 << 20), "larger than 2 MiB"),
        (b"a = " + b"[" * 5_000 + b"]" * 5_000, "nested too deeply"),
        (b".".join([b"a"] * 20_000) + b" = 1", "nested too deeply"),
        (b"x = " + b"{a = " * 3_000 + b"1" + b"}" * 3_000, "nested too deeply"),
        ("[pack]\nid = 'плохо'".encode("cp1251"), "not UTF-8: byte 14"),
        ("[pack]".encode("utf-16"), "not UTF-8: byte 1 "),
        (b"[pack]\rid = 'bad'", "not a TOML file"),
        (b"\x00", "not a TOML file"),
        (b"", "pack"),
        (b"pack = 3\nrule = {}\n", "A table was expected"),
        (b"pack = []\n", "A table was expected"),
        (b"[pack]\nid = 'bad'\nid = 'bad'", "not a TOML file"),
        (b"[pack]\nid = " + b"9" * 5_000, "too many digits"),
        (b"[pack]\nid = inf", "text"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value,
)
def test_a_flood_and_a_muddle_are_refused_in_words(load, write_pack, tmp_path, data, words):
    folder = write_pack(tmp_path / "packs")
    (folder / "bad.toml").write_bytes(data)
    library = load(folder)
    assert [pack.id for pack in library.packs] == ["good"]
    (refused,) = library.refused
    assert words in str(refused)
    assert refused.why.endswith(".")


def test_ids_that_stand_in_two_files_keep_the_first(load, write_pack, tmp_path):
    folder = write_pack(tmp_path / "packs", "aa")
    text = (folder / "aa.toml").read_text()
    (folder / "again.toml").write_text(text)
    write_pack(folder, "aa.bb")
    clash = (folder / "aa.bb.toml").read_text().replace("aa.bb.one", "aa.bb.one")
    (folder / "aa.bb.toml").write_text(clash.replace('id = "aa.bb"', 'id = "aa"', 1))
    library = load(folder)
    assert len(library.packs) == 1
    assert sorted(one.file.name for one in library.refused) == ["aa.toml", "again.toml"]


def test_where_an_adopted_edition_cannot_stand_the_shipped_one_goes_on(load, write_pack, tmp_path):
    shipped = write_pack(tmp_path / "shipped")
    write_pack(shipped, "other")
    own = write_pack(tmp_path / "desk", edition="2", layer="user", more='overrides = "other.two"')
    library = load(shipped, own)
    assert [(pack.id, pack.edition) for pack in library.packs] == [("good", "1"), ("other", "1")]
    (refused,) = library.refused
    assert (refused.file.parent, refused.key) == (own, "overrides")
    (own / "good.toml").write_text("[pack", encoding="utf-8")
    assert [pack.edition for pack in load(shipped, own).packs] == ["1", "1"]
