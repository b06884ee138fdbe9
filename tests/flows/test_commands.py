"""The commands as they are typed: answers, exit codes, and errors in one line."""

import contextlib
import datetime as dt
import io
import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

import disputedesk
from disputedesk.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-23"
FILAMENT = "8190441200360042"
FILES = Path("sample files")


class Ran:
    """What one command said."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    @property
    def json(self):
        return json.loads(self.out)

    def refused(self, status=3):
        """The one line of an error: what, where, what to do."""
        assert self.status == status, self.out + self.err
        assert "Traceback" not in self.err
        assert self.err.startswith("disputedesk: ")
        assert self.err.count("\n") == 1
        return self.err.strip()


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Runs one command in this process, on a desk of the test."""
    monkeypatch.chdir(tmp_path)

    def command(*words, desk="desk", today=TODAY):
        place = [] if desk is None else ["--desk", str(tmp_path / desk)]
        try:
            status = main([*place, "--today", today, "--language", "en", *map(str, words)])
        except SystemExit as end:
            status = end.code
        said = capsys.readouterr()
        return Ran(status or 0, said.out, said.err)

    return command


@pytest.fixture
def on_sample(sample_folder, run):
    """Runs one command on a copy of the sample desk."""
    assert sample_folder.name == "desk"
    return run


def process(*words, **options):
    """Runs one command as a process of its own."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, **options.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "disputedesk", *map(str, words)],
        cwd=options.pop("cwd", ROOT),
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        **options,
    )


def contents(folder):
    """The tables of a desk, row by row, and the names in its vault."""
    with contextlib.closing(sqlite3.connect(folder / "desk.sqlite3")) as base:
        names = [
            name
            for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if "search" not in name
        ]
        tables = {name: base.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    return tables, sorted(path.name for path in (folder / "vault").rglob("*") if path.is_file())


def anna(folder):
    return folder / FILES / "anna"


# Words that need no desk


def test_the_version_is_one_line():
    result = process("--version")
    assert (result.returncode, result.stdout) == (0, f"{disputedesk.__version__}\n")


def test_help_names_every_command_and_the_exit_codes():
    result = process("--help", env={"COLUMNS": "200"})
    assert result.returncode == 0
    for word in ("import", "due", "windows", "letter", "bundle", "verify", "Exit status"):
        assert word in result.stdout


@pytest.mark.parametrize("words", [["nonsense"], ["import"], ["--today", "11.02.2026", "due"]])
def test_wrong_use_is_two(run, words):
    answer = run(*words)
    assert answer.status == 2
    assert "Traceback" not in answer.err


def test_a_day_in_another_notation_is_refused_not_guessed(run):
    assert "2026-03-14" in run("due", "--today", "02.11.2026").err


VISA = [
    ("2026-03-01", "2026-03-14", "2026-03-15", "2026-07-12"),
    ("2026-03-01", "2027-06-01", "2027-06-02", "2027-08-23"),
]


@pytest.mark.parametrize("days", VISA)
@pytest.mark.parametrize("notation", ["toml", "json"])
def test_windows_of_a_facts_file(run, tmp_path, notation, days):
    """120 days from the day delivery was expected, and the cap of 540 days from processing."""
    processed, expected, opens, closes = days
    facts = {
        "payment": {"method": "card", "network": "visa", "processing_date": processed},
        "case": {"problem": "not_received"},
        "order": {"expected_delivery": expected},
    }
    path = tmp_path / f"facts.{notation}"
    if notation == "json":
        path.write_text(json.dumps({"today": "2026-07-01", **facts}), encoding="utf-8")
    else:
        lines = ["today = 2026-07-01"]
        for table, values in facts.items():
            lines.append(f"[{table}]")
            for name, value in values.items():
                lines.append(f"{name} = {value if value[0] == '2' else json.dumps(value)}")
        path.write_text("\n".join(lines), encoding="utf-8")
    answer = run("--json", "windows", "--facts", path, today="2026-07-01")
    window = next(each for each in answer.json["windows"] if each["rule"] == "visa.13.1")
    assert (window["opens"], window["closes"]) == (opens, closes)
    assert window["source"]["checked_on"] >= "2026-01-01"
    assert all(isinstance(sentence, str) for sentence in window["because"])
    assert answer.json["plan"]["nothing"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[order]\nexpected_delivry = 2026-03-14", "expected_delivry"),
        ("[case]\nproblem = 'not_recieved'", "problem"),
        ("[order]\nexpected_delivery = '14.03.2026'", "expected_delivery"),
        ("nothing", "neither a TOML nor a JSON"),
    ],
)
def test_a_wrong_name_or_value_in_a_facts_file_is_refused_by_name(run, tmp_path, text, named):
    path = tmp_path / "facts.toml"
    path.write_text(text, encoding="utf-8")
    line = run("windows", "--facts", path).refused()
    assert named in line
    assert "facts.toml" in line


WITHDRAWAL = """
today = 2026-03-27
[order]
platform = "amazon"
received_on = 2026-03-20
[place]
consumer_country = "DE"
seller_country = "DE"
[case]
problem = "changed_mind"
"""


def test_the_days_of_one_window_are_told_one_by_one(run, tmp_path):
    path = tmp_path / "facts.toml"
    path.write_text(WITHDRAWAL, encoding="utf-8")
    rule = next(
        each["rule"]
        for each in run("--json", "windows", "--facts", path).json["windows"]
        if each["rule"].startswith("eu.withdrawal") and each["closes"]
    )
    said = run("windows", "--facts", path, "--calendar", rule).out
    assert "Fri 20 Mar 2026" in said
    assert "counted from: the day" in said
    assert "Good Friday" in said
    assert "Counted by: holidays" in said
    answer = run("--json", "windows", "--facts", path, "--calendar", rule).json
    assert set(answer) == {"today", "window", "calendar"}
    days = answer["calendar"]["days"]
    assert (days[0]["day"], days[0]["state"]) == ("2026-03-20", "anchor")
    assert any(mark["kind"] == "closes" for mark in answer["calendar"]["marks"])
    assert "eu.withdrawal" in run("windows", "--facts", path, "--calendar", "none.such").refused()


def test_windows_needs_an_order_or_a_file(run):
    assert "--facts" in run("windows").refused()


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["link", "https://aliexpress.com.pay-now.top/"], 1),
        (["link", "https://www.aliexpress.com/item/1.html"], 0),
        (["message", "Cancel the dispute and send us your card number and CVV code"], 1),
        (["message", "Your parcel left our warehouse yesterday."], 0),
        (["payment", "card", "--network", "visa"], 0),
        (["payment", "crypto", "--outside"], 1),
    ],
)
def test_a_check_says_danger_by_its_exit_code(run, words, status):
    answer = run("--json", "check", *words, desk=None)
    assert answer.status == status, answer.out
    assert (answer.json["level"] == "danger") == bool(status)
    assert answer.json["headline"]
    assert answer.json["reasons"] or not status


def test_a_message_is_read_from_standard_input(run, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("Please confirm receipt first, then we refund"))
    assert run("--json", "check", "message", "-", desk=None).json["level"] != "fine"


def test_rules_are_listed_shown_with_their_source_and_tested(run):
    packs = run("--json", "rules", "list").json["packs"]
    assert {"visa", "mastercard", "aliexpress"} <= {pack["id"] for pack in packs}
    shown = run("rules", "show", "visa.13.1")
    assert "checked" in shown.out
    assert "https://" in shown.out
    tested = run("--json", "rules", "test")
    assert (tested.status, tested.json["failed"]) == (0, 0)
    assert "visa.99" in run("rules", "show", "visa.99").refused()


def test_doctor_tells_of_the_machine_and_nothing_of_cases(on_sample):
    out = on_sample("doctor").out
    for word in ("Python", "SQLite FTS5", "desk folder", "time zone"):
        assert word in out
    assert "Anna" not in out


# Taking in


def test_an_import_says_per_file_what_it_was_and_twice_gives_nothing_new(run, made_sample):
    first = run("--json", "import", anna(made_sample)).json
    assert isinstance(first["batch"], int)
    file = first["files"][0]
    assert {"name", "sha256", "kind", "what", "recognition", "verdicts"} <= set(file)
    draft = next(line["draft"] for line in first["lines"] if (line["draft"] or {}).get("total"))
    assert set(draft["total"]) == {"amount", "currency"}
    assert re.fullmatch(r"\d+\.\d\d", draft["total"]["amount"])
    assert dt.date.fromisoformat(draft["ordered_on"])
    orders = run("--json", "orders").json["orders"]
    second = run("--json", "import", anna(made_sample)).json
    assert second["batch"] is None
    assert not [line for line in second["lines"] if line["verdict"] == "new"]
    assert run("--json", "orders").json["orders"] == orders


def test_an_import_in_words_names_files_and_how_to_take_it_back(run, made_sample):
    out = run("import", anna(made_sample)).out
    assert "anna_aliexpress.csv" in out
    assert "undo-import 1 takes it back" in out
    assert "Nothing new was found" in run("import", anna(made_sample)).out


def test_a_dry_run_changes_nothing(run, made_sample, tmp_path):
    answer = run("--json", "import", "--dry-run", anna(made_sample))
    assert answer.json["batch"] is None
    assert [line for line in answer.json["lines"] if line["verdict"] == "new"]
    assert not (tmp_path / "desk").exists()
    run("import", anna(made_sample))
    before = contents(tmp_path / "desk")
    run("import", "--dry-run", made_sample / FILES / "maria")
    assert contents(tmp_path / "desk") == before


def test_an_import_is_taken_back_whole_and_only_once(run, made_sample):
    batch = run("--json", "import", anna(made_sample)).json["batch"]
    assert run("undo-import", batch).status == 0
    assert run("--json", "orders").json["orders"] == []
    assert "already" in run("undo-import", batch).refused()
    assert run("undo-import", 99).refused()
    assert run("undo-import", "9" * 30).status == 2


def test_what_is_not_there_is_named(run):
    line = run("import", "nowhere.eml").refused()
    assert "nowhere.eml" in line


def test_a_file_that_is_nothing_known_is_told_and_harmless(run, tmp_path):
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 8)
    answer = run("--json", "import", tmp_path / "noise.bin")
    assert answer.status == 0
    assert answer.json["files"][0]["recognition"] != "understood"
    assert answer.json["batch"] is None


# Orders


def test_orders_are_found_by_words_of_any_case_and_script(on_sample):
    found = on_sample("--json", "orders", "ПЛАНШЕТ").json["orders"]
    assert [order["title"] for order in found] == ["Графический планшет, 10 дюймов"]
    assert on_sample("--json", "orders", "it's a C++ 100%").json["orders"] == []
    assert "No orders here" in on_sample("orders", "zzzz").out


def test_an_order_is_added_shown_and_corrected(run):
    added = run(
        "--json", "order", "add", "aliexpress", "8190000000000001", "--title", "Lamp",
        "--total", "43.10 USD", "ordered_on=2026-10-01", "shipped_on=2026-10-03",
    )  # fmt: skip
    assert added.status == 0, added.err
    ends = "protection_ends_at=2026-12-01T23:59:00-08:00"
    changed = run("--json", "order", "set", "8190000000000001", ends, "--note", "order page").json
    facts = {fact["name"]: fact for fact in changed["facts"]}
    assert facts["protection_ends_at"]["value"] == "2026-12-01T23:59:00-08:00"
    assert facts["protection_ends_at"]["source"]["note"] == "order page"
    shown = run("--json", "order", "show", "8190000000000001").json
    assert shown["order"]["total"] == {"amount": "43.10", "currency": "USD"}
    assert shown["order"]["ordered_on"] == "2026-10-01"
    (clock,) = run("--json", "due").json["due"]
    assert "2026-12-01" <= clock["closes"] <= "2026-12-16"
    assert "order page" in run("order", "show", "8190000000000001").out


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["order", "show", "nothing-of-this-name"], "nothing-of-this-name"),
        (["order", "set", FILAMENT, "shiped_on=2026-10-03"], "shiped_on"),
        (["order", "set", FILAMENT, "shipped_on=03.10.2026"], "shipped_on"),
        (["order", "set", FILAMENT, "shipped_on"], "FACT=VALUE"),
        (["order", "add", "ebay", "1", "--title", "x", "--total", "1,234.5.6 USD"], "--total"),
        (["case", "show", "77777"], "77777"),
        (["config", "colour", "red"], "colour"),
        (["letter", "1001", "--form", "bank_charge", "-o", "x.pdf"], "bank_charge"),
        (["letter", "1001"], "-o FILE.pdf"),
        (["evidence", "add", "1001", "nowhere.jpg"], "nowhere.jpg"),
        (["restore", "nowhere.backup"], "nowhere.backup"),
    ],
)
def test_an_error_is_one_line_and_changes_nothing(on_sample, sample_folder, words, named):
    before = contents(sample_folder)
    assert named in on_sample(*words).refused()
    assert contents(sample_folder) == before


def test_a_fact_is_taken_away_again(on_sample):
    on_sample("order", "set", FILAMENT, "last_scan_on=2026-11-01")
    changed = on_sample("--json", "order", "set", FILAMENT, "last_scan_on=").json
    facts = {fact["name"]: fact["value"] for fact in changed["facts"]}
    assert facts.get("last_scan_on") is None


def test_marking_as_received_stops_where_something_would_be_lost(on_sample, sample_folder):
    before = contents(sample_folder)
    answer = on_sample("--json", "order", "received", FILAMENT)
    assert (answer.status, answer.json["stopped"]) == (1, True)
    assert answer.json["guard"]["losses"]
    assert contents(sample_folder) == before
    assert "--anyway" in on_sample("order", "received", FILAMENT).out
    assert on_sample("order", "received", FILAMENT, "--anyway").status == 0
    assert on_sample("--json", "order", "show", FILAMENT).json["order"]["state"] == "received"


def test_due_is_soonest_first_and_narrowed_by_days(on_sample):
    rows = on_sample("--json", "due").json["due"]
    days = [row["act_by"] for row in rows if row["act_by"]]
    assert days == sorted(days)
    near = on_sample("--json", "due", "--within", "7d").json["due"]
    assert 0 < len(near) < len(rows)
    assert all(row["act_by"] <= "2026-11-30" for row in near)
    assert on_sample("due", "--within", "soon").status == 2
    assert "US$\xa043.10" in on_sample("due").out


def test_windows_of_an_order_of_the_desk(on_sample):
    answer = on_sample("--json", "windows", FILAMENT).json
    assert {"today", "windows", "plan"} == set(answer)
    assert answer["today"] == TODAY


# Cases and papers


def test_a_case_from_opening_to_closing(run, made_sample, tmp_path):
    run("import", anna(made_sample))
    run("order", "set", FILAMENT, "expected_delivery=2026-11-14")
    opened = run("--json", "case", "open", FILAMENT, "--problem", "not_received").json
    case = str(opened["case"]["number"])
    assert opened["plan"]["nothing"]
    assert run("case", "note", case, "Asked the post office").status == 0
    wish = ["--wish", "full_refund", "--narrative", "Nothing came."]
    changed = run("--json", "case", "set", case, *wish, "contacted_seller_on=2026-11-16").json
    assert (changed["case"]["wish"], changed["case"]["narrative"]) == ("full_refund", wish[-1])
    (tmp_path / "chat.txt").write_text("Please wait.", encoding="utf-8")
    added = run("--json", "evidence", "add", case, tmp_path / "chat.txt", "--caption", "The chat")
    assert [each["caption"] for each in added.json["exhibits"]] == ["The chat"]
    assert "The chat" in run("evidence", "list", case).out
    filed = run("case", "advance", case, "--on", "2026-11-20", "--reference", "DS-1")
    assert filed.status == 0, filed.err
    shown = run("--json", "case", "show", case).json
    assert [each["reference"] for each in shown["filings"]] == ["DS-1"]
    assert any("Asked the post office" in line["text"] for line in shown["log"])
    assert run("case", "close", case, "won").status == 0
    assert run("--json", "case", "list").json["cases"] == []
    (closed,) = run("--json", "case", "list", "--closed").json["cases"]
    assert closed["closed"]


def test_the_last_act_is_taken_back(on_sample):
    on_sample("case", "note", "1001", "A slip of the pen")
    assert on_sample("undo").status == 0
    log = on_sample("--json", "case", "show", "1001").json["notes"]
    assert "A slip of the pen" not in [note["text"] for note in log]


def test_a_letter_is_a_pdf_in_the_language_asked_for(on_sample, tmp_path):
    target = tmp_path / "letter.pdf"
    answer = on_sample("--json", "letter", "1001", "--in", "ru", "--paper", "a4", "-o", target)
    assert answer.status == 0, answer.err
    assert target.read_bytes().startswith(b"%PDF-")
    assert answer.json["document"]["language"] == "ru"
    assert "bank_chargeback" in on_sample("letter", "forms").out


def test_a_letter_without_its_facts_is_not_written_and_says_which(run, tmp_path):
    run("order", "add", "aliexpress", "8190000000000001", "--title", "Lamp")
    run("case", "open", "8190000000000001", "--problem", "not_received")
    answer = run("--json", "letter", "1001", "-o", tmp_path / "letter.pdf")
    assert answer.refused()
    assert answer.json["missing"]
    for name in answer.json["missing"]:
        assert name in answer.err
    assert not (tmp_path / "letter.pdf").exists()


def test_a_submission_keeps_to_the_forms_limits(on_sample, tmp_path):
    answer = on_sample("--json", "submission", "1001", "-o", tmp_path / "form").json
    fields = answer["submission"]["fields"]
    assert fields
    assert all(not field["limit"] or len(field["text"]) <= field["limit"] for field in fields)
    assert [Path(name) for name in answer["files"] if Path(name).is_file()]


def test_an_avenue_that_is_none_is_wrong_use(on_sample):
    assert on_sample("submission", "1001", "--avenue", "nonsense").status == 2


def test_a_bundle_is_one_pdf_with_all_exhibits(on_sample, tmp_path):
    import pypdfium2

    target = tmp_path / "bundle.pdf"
    answer = on_sample("--json", "bundle", "1001", "-o", target)
    assert answer.status == 0, answer.err
    with pypdfium2.PdfDocument(target) as pdf:
        assert len(pdf) == answer.json["document"]["pages"]


def test_an_existing_letter_stays_whole_when_its_folder_cannot_be_written(on_sample, tmp_path):
    line = on_sample("letter", "1001", "-o", tmp_path / "no" / "such" / "letter.pdf")
    if line.status:
        line.refused()
    blocked = tmp_path / "file"
    blocked.write_text("kept", encoding="utf-8")
    on_sample("letter", "1001", "-o", blocked / "letter.pdf").refused()
    assert blocked.read_text("utf-8") == "kept"


# Looking after the desk


def test_verify_is_content_with_the_sample(on_sample):
    answer = on_sample("--json", "verify")
    assert (answer.status, answer.json["findings"]) == (0, [])


def test_verify_names_a_flipped_byte_of_the_vault(on_sample, sample_folder):
    victim = max((sample_folder / "vault").rglob("*"), key=lambda path: path.stat().st_size)
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.chmod(0o600)
    victim.write_bytes(data)
    answer = on_sample("verify")
    assert answer.status == 1
    assert victim.name[:12] in answer.out


def test_verify_names_a_missing_file_of_the_vault(on_sample, sample_folder):
    victim = next(path for path in (sample_folder / "vault").rglob("*") if path.is_file())
    victim.unlink()
    answer = on_sample("--json", "verify")
    assert answer.status == 1
    assert victim.name[:12] in answer.out


def test_verify_names_a_fact_that_was_edited_past_the_program(on_sample, sample_folder):
    with contextlib.closing(sqlite3.connect(sample_folder / "desk.sqlite3")) as base:
        changed = base.execute(
            "UPDATE fact SET value = replace(value, '2026', '2025') WHERE id = "
            "(SELECT id FROM fact WHERE value LIKE '%2026-%' LIMIT 1)"
        )
        assert changed.rowcount == 1
        base.commit()
    answer = on_sample("verify")
    assert answer.status == 1
    assert "damaged" in answer.out


def test_a_backup_restores_elsewhere_to_the_same_rows(on_sample, sample_folder, tmp_path):
    file = tmp_path / "all.backup"
    assert on_sample("backup", file).status == 0
    answer = on_sample("--json", "restore", file, desk="other")
    assert answer.status == 0, answer.err
    assert contents(tmp_path / "other") == contents(sample_folder)
    assert on_sample("verify", desk="other").status == 0


@pytest.mark.parametrize("name", ["desk.sqlite3", "desk.sqlite3-wal", "ledger.head", "vault/x"])
@pytest.mark.parametrize("words", [["backup"], ["letter", "1001", "-o"], ["bundle", "1001", "-o"]])
def test_nothing_is_written_over_a_file_of_the_desk(on_sample, sample_folder, words, name):
    before = contents(sample_folder)[0]["orders"]
    assert "desk itself" in on_sample(*words, sample_folder / name).refused()
    assert contents(sample_folder)[0]["orders"] == before
    assert on_sample("verify").status == 0


def test_a_damaged_backup_is_refused_and_the_desk_stays(on_sample, sample_folder, tmp_path):
    file = tmp_path / "all.backup"
    on_sample("backup", file)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data[: len(data) * 2 // 3])
    before = contents(sample_folder)
    on_sample("restore", file).refused()
    assert contents(sample_folder) == before


def test_settings_are_listed_and_changed(on_sample):
    assert on_sample("--json", "config").json["theme"] == "system"
    assert on_sample("--json", "config", "theme", "dark").json["theme"] == "dark"
    assert on_sample("--json", "config").json["theme"] == "dark"
    assert "theme" in on_sample("config", "theme", "purple").refused()


def test_a_desk_is_portable(on_sample, sample_folder, tmp_path):
    due = on_sample("--json", "due").json
    shutil.move(sample_folder, tmp_path / "carried")
    assert on_sample("--json", "due", desk="carried").json == due


def test_the_environment_names_the_desk(run, sample_folder, monkeypatch):
    monkeypatch.setenv("DISPUTEDESK_DESK", str(sample_folder))
    assert run("--json", "due", desk=None).json["due"]


def test_everything_a_desk_holds_is_readable_by_its_owner_only(run, made_sample, tmp_path):
    run("import", anna(made_sample))
    loose = [
        path
        for path in [tmp_path / "desk", *(tmp_path / "desk").rglob("*")]
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    assert loose == []


# A hostile world


@pytest.mark.parametrize("words", [["due"], ["orders"], ["verify"], ["case", "list"]])
@pytest.mark.parametrize("data", [b"no database at all" * 400, b"SQLite format 3\0" + b"x" * 5000])
def test_a_desk_file_that_is_none_is_refused_in_a_sentence(run, tmp_path, words, data):
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "desk.sqlite3").write_bytes(data)
    answer = run(*words)
    if answer.status == 1:
        assert "damaged" in answer.out
    else:
        answer.refused()
    assert (folder / "desk.sqlite3").read_bytes() == data


@pytest.mark.parametrize("journal", [None, "wal"])
def test_a_desk_whose_making_was_cut_short_is_made_again(run, tmp_path, journal):
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "desk.sqlite3").touch()
    if journal:
        with contextlib.closing(sqlite3.connect(folder / "desk.sqlite3")) as base:
            base.execute("PRAGMA journal_mode = WAL")
    assert run("due").status == 0
    assert run("verify").status == 0


def test_a_folder_where_nothing_can_be_made_is_refused(run, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "file" in run("due", desk="file/desk").refused()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_forbids_writing_is_refused(run, tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    run("order", "add", "ebay", "1", "--title", "x", desk="locked/desk").refused()


def test_a_reader_that_leaves_is_no_error(sample_folder):
    command = f"{sys.executable} -m disputedesk --desk '{sample_folder}' rules list | head -n 1"
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert result.stderr == ""
    assert result.returncode == 0
    assert result.stdout.count("\n") == 1


def test_ctrl_c_ends_with_one_line_and_its_own_code(run, monkeypatch):
    from disputedesk.desk.queries import today

    def interrupted(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(today, "due", interrupted)
    assert "Stopped" in run("due").refused(130)


def test_a_fault_of_our_own_is_said_plainly_and_logged(run, monkeypatch):
    from disputedesk.desk.queries import today

    def broken(*_args, **_more):
        message = "a secret 4111 1111 1111 1111"
        raise ZeroDivisionError(message)

    monkeypatch.setattr(today, "due", broken)
    line = run("due").refused(70)
    assert "4111" not in line
    path = Path(re.search(r"written in (\S+?)\.?$", line)[1])
    assert "ZeroDivisionError" in path.read_text("utf-8")
    assert "4111 1111 1111 1111" not in path.read_text("utf-8")


def test_an_empty_list_says_which_days_are_not_known(run):
    run("order", "add", "ebay", "1", "--title", "Lamp")
    assert "1 order under way has no known last day" in run("due").out
    number = run("case", "open", "1", "--problem", "not_received", "--json").json["case"]["number"]
    out = run("due").out
    assert f"Case {number} (Lamp) has no known last day" in out
    assert "order under way" not in out
    assert run("due", "--json").json["undated"]["cases"][0]["number"] == number


def test_terminal_codes_in_a_title_do_not_reach_the_terminal(run):
    run("order", "add", "ebay", "1", "--title", "Lamp \x1b[2J\u202e evil")
    out = run("orders").out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_the_answer_is_russian_when_asked(on_sample):
    answer = on_sample("due", "--language", "ru")
    assert answer.status == 0
    assert "Nothing closes" not in answer.out


def test_exhibits_are_put_in_order_and_bound_with_their_files(run, made_sample, tmp_path):
    shutil.copytree(made_sample, tmp_path / "desk")
    before = run("--json", "evidence", "list", "1001").json["exhibits"]
    arranged = run("--json", "evidence", "arrange", "1001").json["exhibits"]
    assert sorted(each["id"] for each in arranged) == sorted(each["id"] for each in before)
    assert [each["number"] for each in arranged] == [1, 2, 3, 4]
    target = tmp_path / "bundle.pdf"
    made = run("--json", "bundle", "1001", "--attach", "-o", target).json
    assert made["files"] == [str(target)]
    with pikepdf.open(target) as document:
        assert len(document.attachments) == len(arranged)
        assert str(document.docinfo["/DeskBundle"]) == "DD-1001-1"
