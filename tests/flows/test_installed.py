"""The program as it arrives: a wheel in a venv of its own, far from the checkout."""

import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*words, cwd, **more):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "QT_"))}
    environment.pop("DISPLAY", None)
    environment.pop("WAYLAND_DISPLAY", None)
    result = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env={**environment, **more},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Wheel and sdist of the checkout, made by its own build tool."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-d", folder, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    (sdist,) = folder.glob("*.tar.gz")
    return wheel, sdist


@pytest.fixture(scope="module")
def program(built, tmp_path_factory):
    """The Python of an empty venv into which the wheel was installed with all it needs."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(place, with_pip=True, symlinks=os.name != "nt")
    python = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(
        python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-compile",
        "--prefer-binary", built[0], cwd=place,
    )  # fmt: skip
    return python


def shipped(folder):
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_every_resource_and_form_once(built):
    with zipfile.ZipFile(built[0]) as wheel:
        names = wheel.namelist()
    held = {name for name in names if name.startswith("disputedesk/_data/")}
    expected = {f"disputedesk/_data/{name}" for name in shipped("resources") | shipped("forms")}
    assert expected <= held
    assert len(names) == len(set(names))
    assert not [name for name in names if name.startswith(("tests", "resources", "forms"))]


def test_the_sdist_holds_resources_forms_and_tests(built):
    with tarfile.open(built[1]) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert shipped("resources") | shipped("forms") <= names
    assert {"README.md", "LICENSE", "pyproject.toml"} <= names
    assert "tests/flows/test_installed.py" in names
    assert not [name for name in names if name.startswith((".venv", ".git/", ".hypothesis"))]


def test_a_wheel_made_from_the_sdist_is_the_same(built, tmp_path):
    with tarfile.open(built[1]) as sdist:
        sdist.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=source)
    (again,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(built[0]) as one, zipfile.ZipFile(again) as two:
        assert sorted(one.namelist()) == sorted(two.namelist())


def test_the_installed_program_does_the_whole_job_far_from_the_checkout(program, tmp_path):
    folder = tmp_path / "desk"
    command = program.with_name("disputedesk")
    said = run(
        command, "demo", "--no-window", "--json", "--language", "en", "--desk", folder,
        cwd=tmp_path, QT_QPA_PLATFORM="offscreen",
    )  # fmt: skip
    answer = json.loads(said)
    assert len(answer["due"]) > 3
    papers = {Path(path).name: Path(path).read_bytes() for path in answer["papers"]}
    for name in ("letter-en.pdf", "letter-ru.pdf", "bundle.pdf"):
        assert papers[name].startswith(b"%PDF-"), name
    assert papers["dispute.txt"].decode("utf-8").strip()
    run(command, "verify", "--desk", folder, cwd=tmp_path)


def test_its_data_comes_from_the_wheel(program, tmp_path):
    code = (
        "import json, sys; from disputedesk.common import locations as l; import disputedesk; "
        "print(json.dumps([disputedesk.__file__, str(l.resources()), str(l.forms()), *sys.path]))"
    )
    places = json.loads(run(program, "-c", code, cwd=tmp_path))
    home = program.parent.parent.as_posix()
    assert all(Path(place).as_posix().startswith(home) for place in places[:3])
    assert "_data" in places[1]
    assert not [place for place in places if place and Path(place).is_relative_to(ROOT)]


def test_it_says_its_version(program, tmp_path):
    from disputedesk import __version__

    said = run(program.with_name("disputedesk"), "--version", cwd=tmp_path)
    assert said.strip() == __version__
