"""Whether a window can be opened here, found out before Qt could abort the process.

Qt ends the whole process when its platform plug-in cannot load, and nothing can catch that.
So the platform is chosen and the plug-in loaded by hand first: the system's own error then names
the missing library, and the user gets one line to paste.
"""

from __future__ import annotations

import ctypes
import importlib.util
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from disputedesk.common.errors import DeskError
from disputedesk.common.texts import tr

EXIT_NO_SCREEN: Final = 3
"""The exit status of a program that could not open its window."""

_PLUGINS: Final = {
    "xcb": "libqxcb.so",
    "wayland": "libqwayland.so",
    "wayland-egl": "libqwayland.so",
    "offscreen": "libqoffscreen.so",
    "minimal": "libqminimal.so",
}
_LIBRARIES: Final = (
    "libQt6Core.so.6",
    "libQt6Gui.so.6",
    "libQt6Widgets.so.6",
    "libQt6Network.so.6",
)
_PACKAGES: Final = {
    "libGL.so.1": ("libgl1", "mesa-libGL"),
    "libEGL.so.1": ("libegl1", "mesa-libEGL"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2", "krb5-libs"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libwayland-client.so.0": ("libwayland-client0", "libwayland-client"),
    "libwayland-cursor.so.0": ("libwayland-cursor0", "libwayland-cursor"),
    "libwayland-egl.so.1": ("libwayland-egl1", "libwayland-egl"),
}
_MISSING = re.compile(r"(lib[\w.+-]+\.so[\w.]*)")

Loader = Callable[[str], object]


def require_screen(
    environment: Mapping[str, str],
    *,
    system: str = sys.platform,
    load: Loader | None = None,
    qt_folder: Path | None = None,
) -> None:
    """Returns when a window can be opened; call it before anything imports Qt.

    Args:
        environment: The process's environment.
        system: `sys.platform`; only Linux and its like have anything to find out.
        load: Loads one shared library by path or raises `OSError`; `None` takes the system's.
        qt_folder: PySide6's folder; `None` finds it.

    Raises:
        DeskError: There is no screen, or a system library is missing; says which and how to get it.
    """
    if system in ("win32", "darwin"):
        return
    names = _platform_names(environment)
    if not names:
        raise DeskError(
            tr("There is no screen to open a window on."),
            "",
            tr(
                "The commands work without one: try “disputedesk due” or “disputedesk --help”. "
                "To open the window, start the program from a desktop session."
            ),
        )
    folder = qt_folder or _qt_folder()
    _load_all(names, folder, load or ctypes.CDLL)


def _platform_names(environment: Mapping[str, str]) -> list[str]:
    """The plug-ins Qt would try here, in its order."""
    asked = environment.get("QT_QPA_PLATFORM", "")
    if asked:
        return [part.split(":")[0] for part in asked.split(";") if part]
    names = []
    if environment.get("WAYLAND_DISPLAY"):
        names.append("wayland")
    if environment.get("DISPLAY"):
        names.append("xcb")
    return names


def _qt_folder() -> Path:
    spec = importlib.util.find_spec("PySide6")
    if spec is None or spec.origin is None:
        raise DeskError(
            tr("The window's library, PySide6, is not installed."),
            "",
            tr("Install the program again with its dependencies; the commands work without it."),
        )
    return Path(spec.origin).parent / "Qt"


def _load_all(names: list[str], folder: Path, load: Loader) -> None:
    missing: list[str] = []
    for library in _LIBRARIES:
        _try(folder / "lib" / library, load, missing)
    for name in names:
        plugin = _PLUGINS.get(name)
        before = len(missing)
        if plugin:
            _try(folder / "plugins" / "platforms" / plugin, load, missing)
        if len(missing) == before:
            break
    else:
        _refuse(missing)
        return
    if any(library in _PACKAGES for library in missing) and missing:
        _refuse([one for one in missing if one in _PACKAGES])


def _try(path: Path, load: Loader, missing: list[str]) -> None:
    if not path.exists():
        return
    try:
        load(str(path))
    except OSError as error:
        found = _MISSING.search(str(error))
        missing.append(found[1] if found else str(error))


def _refuse(missing: list[str]) -> None:
    names = list(dict.fromkeys(missing))
    raise DeskError(
        tr("The window cannot open: this system lacks {names}.", names=", ".join(names)),
        "",
        install_line(names),
    )


def install_line(missing: list[str]) -> str:
    """One line that installs what is missing, for Debian's family and for Fedora's."""
    apt = " ".join(dict.fromkeys(_PACKAGES.get(one, (one, one))[0] for one in missing))
    dnf = " ".join(dict.fromkeys(_PACKAGES.get(one, (one, one))[1] for one in missing))
    return tr(
        "Run “sudo apt install {apt}” (Debian, Ubuntu, Mint) or “sudo dnf install {dnf}” (Fedora), "
        "then start the program again.",
        apt=apt,
        dnf=dnf,
    )
