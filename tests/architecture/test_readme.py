"""What the README tells people to type is what works, and what CI runs."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from disputedesk.cli.main import build_parser, main

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
CI = (ROOT / ".ci" / "run").read_text("utf-8")


def block(name):
    """The one command between the README's markers of this name."""
    found = re.findall(rf"<!-- {name} -->\n```sh\n(.*?)\n```\n<!-- /{name} -->", README, re.DOTALL)
    assert len(found) == 1
    return found[0]


def test_ci_runs_the_readmes_test_command_and_no_other():
    (finding,) = [line for line in CI.splitlines() if line.startswith("command=")]
    told = subprocess.run(
        ["bash", "-c", f'{finding}; printf "%s" "$command"'],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout == block("test-command")
    runs = [line for line in CI.splitlines() if "bash -" in line and not line.startswith("#")]
    assert runs == ['bash -euo pipefail -c "$command"']
    assert "pytest" not in CI


@pytest.mark.parametrize("name", ["demo-command", "test-command"])
def test_each_command_sets_everything_up_in_the_checkout_and_nothing_globally(name):
    steps = [shlex.split(step) for step in block(name).split(" && ")]
    assert steps[0] == ["python3", "-m", "venv", ".venv"]
    assert all(step[0].startswith(".venv/bin/") for step in steps[1:])


def test_ci_installs_the_libraries_the_readme_names():
    (listed,) = re.findall(r'^libraries="(.*)"$', CI, re.MULTILINE)
    (told,) = re.findall(r"^sudo apt install (.*)$", README, re.MULTILINE)
    assert set(told.split()) == set(listed.split())


def commands():
    """Every command line of the README, and what it is shown to answer."""
    found = []
    for text in re.findall(r"```console\n(.*?)```", README, re.DOTALL):
        for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
            line, _, answer = part.partition("\n")
            found.append((line, answer))
    return found


def test_every_command_of_the_readme_is_one_the_program_takes():
    lines = [line for line, _ in commands()]
    lines += re.findall(r"`disputedesk ([^`…|]+)`", README)
    for line in lines:
        words = shlex.split(line.removeprefix("disputedesk "))
        if "--help" not in words:
            build_parser(words).parse_known_args(words)


_FIGURES = re.compile(r"\d+ [A-Z][a-z]{2} \d{4}|[€$]\s?\d[\d,.]*\d|\b\d{4}-\d{2}-\d{2}\b")


def test_the_tour_gives_the_days_and_sums_it_shows(tmp_path, monkeypatch, capsys):
    """Words may change; a date or a sum in the README that the program no longer says is a lie."""
    monkeypatch.setenv("DISPUTEDESK_DESK", str(tmp_path / "desk"))
    assert (
        main(["demo", "--no-window", "--today", "2026-11-23", "--desk", str(tmp_path / "s")]) == 0
    )
    files = tmp_path / "s" / "sample files" / "anna"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mails").symlink_to(files, target_is_directory=True)
    capsys.readouterr()
    tour = [(line, answer) for line, answer in commands() if "--today 2026-11-23" in line]
    assert len(tour) >= 6
    for line, answer in tour:
        words = shlex.split(line)
        status = main([*words[1:], "--language", "en"])
        said = capsys.readouterr()
        out = (said.out + said.err).replace("\xa0", " ")
        assert status == (1 if "# exit status 1" in answer else 0), f"{line}\n{out}"
        for figure in _FIGURES.findall(answer):
            assert figure in out, f"{figure} of\n{line}\nis not in\n{out}"
