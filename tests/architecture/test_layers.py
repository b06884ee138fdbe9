"""The walls between the layers stand; a wall that is only drawn is lost."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_every_import_contract_is_kept():
    result = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


def _modules_after(code: str) -> set[str]:
    """The top-level modules loaded once `code` ran in a fresh interpreter."""
    script = f"import sys\n{code}\nprint(*sorted({{m.partition('.')[0] for m in sys.modules}}))"
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(result.stdout.split())


HEAVY = {"PySide6", "sqlalchemy", "alembic", "reportlab", "pikepdf", "holidays", "babel", "PIL"}


def _modules_of_command(*words: str) -> set[str]:
    return _modules_after(
        "import contextlib, io\n"
        "from disputedesk.cli.main import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        f"    main({list(words)!r})"
    )


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["--help"], ["check", "link", "https://www.aliexpress.com/"]],
    ids=["version", "help", "check"],
)
def test_quick_commands_load_nothing_heavy(arguments, tmp_path):
    assert not _modules_of_command("--desk", str(tmp_path / "desk"), *arguments) & HEAVY


def test_what_closes_next_is_told_without_the_database_library(tmp_path):
    desk = ("--desk", str(tmp_path / "desk"), "--today", "2026-11-23")
    order = ("order", "add", "aliexpress", "8190000000000001", "--title", "Lamp")
    facts = ("shipped_on=2026-11-01", "protection_ends_at=2026-12-01T23:59:00-08:00")
    assert "sqlalchemy" in _modules_of_command(*desk, *order, *facts)
    assert not _modules_of_command(*desk, "due") & HEAVY
    assert not _modules_of_command(*desk, "orders") & HEAVY


def test_every_room_of_the_desktop_is_in_the_contract():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    (rooms,) = [each["modules"] for each in contracts["contracts"] if each["id"] == "features"]
    found = {
        f"disputedesk.gui.{path.parent.name}" for path in ROOT.glob("disputedesk/gui/*/room.py")
    }
    assert found == set(rooms)


def test_the_top_level_holds_only_what_was_agreed():
    allowed = {"disputedesk", "resources", "forms", "tests", "pyproject.toml", "README.md"}
    allowed |= {"LICENSE", "CHANGELOG.md"}
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if tracked.returncode:
        pytest.skip("not a git checkout")
    names = {line.split("/")[0] for line in tracked.stdout.splitlines()}
    assert {name for name in names if not name.startswith(".")} == allowed
