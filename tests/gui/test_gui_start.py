"""The start: without a screen, with a library lacking, and without anything heavy."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from disputedesk.common.errors import DeskError
from disputedesk.gui.platform import install_line, require_screen

ROOT = Path(__file__).resolve().parents[2]


def test_without_a_screen_it_says_that_the_commands_work():
    with pytest.raises(DeskError) as told:
        require_screen({}, system="linux")
    assert "no screen" in told.value.what
    assert "commands work" in told.value.remedy


def test_elsewhere_there_is_nothing_to_find_out():
    require_screen({}, system="win32")
    require_screen({}, system="darwin")


def _qt_folder(tmp_path):
    for name in ("lib/libQt6Gui.so.6", "plugins/platforms/libqxcb.so"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


def test_a_missing_library_is_named_with_the_line_that_installs_it(tmp_path):
    def load(path):
        if path.endswith("libqxcb.so"):
            raise OSError("libxcb-cursor.so.0: cannot open shared object file")

    with pytest.raises(DeskError) as told:
        require_screen({"DISPLAY": ":0"}, system="linux", load=load, qt_folder=_qt_folder(tmp_path))
    assert "libxcb-cursor.so.0" in told.value.what
    assert "apt install libxcb-cursor0" in told.value.remedy
    assert "dnf install xcb-util-cursor" in told.value.remedy


def test_a_second_platform_that_loads_is_enough(tmp_path):
    wayland = tmp_path / "plugins/platforms/libqwayland.so"
    folder = _qt_folder(tmp_path)
    wayland.touch()

    def load(path):
        if "wayland" in path:
            raise OSError("something else broke")

    environment = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
    require_screen(environment, system="linux", load=load, qt_folder=folder)


def test_the_install_line_names_each_package_once():
    line = install_line(["libglib-2.0.so.0", "libgthread-2.0.so.0"])
    assert line.count("libglib2.0-0") == 1


def test_the_real_qt_loads_offscreen():
    require_screen({"QT_QPA_PLATFORM": "offscreen"})


def _environment(**extra):
    kept = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    kept.pop("QT_QPA_PLATFORM", None)
    return {**kept, "PYTHONPATH": str(ROOT), **extra}


def test_a_start_without_a_screen_ends_with_status_three_and_one_line(tmp_path):
    code = (
        "import sys\nfrom pathlib import Path\nfrom disputedesk.gui.app import open_desktop\n"
        f"status = open_desktop(Path({str(tmp_path / 'desk')!r}))\n"
        "assert 'PySide6' not in sys.modules\n"
        "sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=_environment(), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert "commands work" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "desk").exists()


FIRST_PAINT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from disputedesk.common.clock import SystemClock
from disputedesk.gui.places import Places
from disputedesk.gui.program import Program

program = Program(SystemClock(), places=Places(None), state=Path(sys.argv[1]) / 'state')
program.start(Path(sys.argv[1]), sample=False)
program.window.repaint()
window, runner = program.window, program._runner
watch = QTimer()
watch.timeout.connect(lambda: runner.running or program._app.quit())
watch.start(50)
program.run()
heavy = {"sqlalchemy", "alembic", "reportlab", "pikepdf", "holidays", "babel", "PIL"}
print(sorted(heavy & {name.partition(".")[0] for name in sys.modules}))
"""


def test_the_first_list_is_read_without_anything_heavy(full_desk):
    folder = full_desk.folder
    full_desk.close()
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(folder)],
        env=_environment(QT_QPA_PLATFORM="offscreen"),
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]", done.stderr


PICTURE = """
import sys
from pathlib import Path
from disputedesk.common.clock import SystemClock
from disputedesk.gui.pictures import take_one
print(take_one(Path(sys.argv[1]), Path(sys.argv[2]), clock=SystemClock()))
"""


def test_a_picture_of_a_desk_needs_no_screen(full_desk, tmp_path):
    full_desk.close()
    target = tmp_path / "desk.png"
    done = subprocess.run(
        [sys.executable, "-c", PICTURE, str(full_desk.folder), str(target)],
        env=_environment(), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert target.read_bytes().startswith(b"\x89PNG")
    assert target.stat().st_size > 20_000
