"""What a helper needs to know of this machine and of the desk's folder, and no case data."""

from __future__ import annotations

import ctypes.util
import dataclasses
import importlib.metadata
import locale
import platform
import shutil
import sqlite3
import sys
import time
from pathlib import Path
from typing import Final

import disputedesk
from disputedesk.common import locations, texts
from disputedesk.common.texts import tr, trn

_LIBRARIES: Final = (
    "PySide6-Essentials", "SQLAlchemy", "alembic", "reportlab", "pikepdf", "pypdfium2", "pillow",
    "holidays", "msgspec", "jinja2", "babel", "selectolax", "nh3", "tldextract", "tzdata",
)  # fmt: skip
_SYSTEM: Final = ("GL", "EGL", "xkbcommon", "dbus-1", "fontconfig", "glib-2.0")


@dataclasses.dataclass(frozen=True, slots=True)
class HealthLine:
    """One thing looked at."""

    name: str
    value: str


def examine(folder: Path) -> tuple[HealthLine, ...]:
    """Looks at the program, the machine and the desk's folder; changes nothing.

    Args:
        folder: The desk's folder; it need not exist.
    """
    lines = [
        HealthLine("DisputeDesk", disputedesk.__version__),
        HealthLine("Python", sys.version.split()[0]),
        HealthLine(tr("system"), platform.platform(terse=True)),
        *(HealthLine(name, _version(name)) for name in _LIBRARIES),
        HealthLine("SQLite", sqlite3.sqlite_version),
        HealthLine("SQLite FTS5", tr("yes") if _has_fts5() else tr("no")),
        HealthLine(tr("screen libraries"), _screen_libraries()),
        HealthLine(tr("printers"), tr("CUPS found") if ctypes.util.find_library("cups") else "–"),
        HealthLine("tesseract", shutil.which("tesseract") or "–"),
        HealthLine(tr("fonts"), _fonts()),
        HealthLine(tr("desk folder"), str(folder)),
        HealthLine(tr("desk"), _desk(folder)),
        HealthLine(tr("free space"), _space(folder)),
        HealthLine(tr("language"), texts.language()),
        HealthLine(tr("locale"), ".".join(part or "–" for part in locale.getlocale())),
        HealthLine(tr("time zone"), ", ".join(time.tzname)),
    ]
    return tuple(lines)


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return tr("not installed")


def _has_fts5() -> bool:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return True


def _screen_libraries() -> str:
    """Which of Qt's system libraries are missing, on Linux; elsewhere they come with Qt."""
    if not sys.platform.startswith("linux"):
        return tr("come with Qt")
    missing = [name for name in _SYSTEM if ctypes.util.find_library(name) is None]
    return tr("missing: {names}", names=", ".join(missing)) if missing else tr("all there")


def _fonts() -> str:
    names = sorted(path.name for path in locations.resources("fonts").glob("*.ttf"))
    return ", ".join(names) or tr("none")


def _desk(folder: Path) -> str:
    database = folder / "desk.sqlite3"
    if not database.is_file():
        return tr("none there yet")
    try:
        connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
        try:
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        return tr("cannot be read: {why}", why=error)
    return tr("schema {revision}", revision=revision)


def _space(folder: Path) -> str:
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    mebibytes = shutil.disk_usage(place).free >> 20
    return trn("{count} MiB", "{count} MiB", mebibytes)
