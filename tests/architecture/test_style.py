"""The tools that hold the style are part of the tests, so that none of them can drift."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "disputedesk").rglob("*.py"))
FORBIDDEN_NAMES = {"utils", "helpers", "manager", "misc", "common2"}


def _run(*command: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_ruff_finds_nothing():
    _run("ruff", "check", ".")


def test_the_code_is_formatted():
    _run("ruff", "format", "--check", ".")


def test_mypy_is_content():
    _run("mypy")


def test_no_module_has_a_name_that_says_nothing():
    assert not [path for path in SOURCES if path.stem in FORBIDDEN_NAMES]


def test_no_file_outgrows_one_noun():
    long = {str(path): len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in long.items() if lines > 400} == {}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_message_is_built_inside_a_translation_call(path):
    tree = ast.parse(path.read_text("utf-8"))
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"tr", "trn", "mark"}
        and any(isinstance(arg, ast.JoinedStr) for arg in node.args)
    ]
    assert not [f"{path}:{call.lineno}" for call in calls]
