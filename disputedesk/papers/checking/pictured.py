"""Words in the pictures of a bundle, read by the user's own `tesseract`; without it none."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from disputedesk.media.pdfium import LOCK
from disputedesk.papers.checking.seen import SeenPage

_DPI: Final = 200
_MOST_DOTS: Final = 16_000_000
_SECONDS: Final = 30
_MOST_PAGES: Final = 150
_LARGE: Final = 0.04
_LANGUAGES: Final = ("eng", "rus")


def read_pictures(path: Path, pages: Sequence[SeenPage]) -> tuple[tuple[int, str], ...] | None:
    """Page and words of each page with a picture; `None` where nothing here can read them."""
    program = shutil.which("tesseract")
    known = _known(program) if program else ""
    if program is None or not known:
        return None
    wanted = [page for page in pages if any(
        each.box.area > _LARGE * page.width * page.height for each in page.pictures)]  # fmt: skip
    return tuple(
        (page.number, _read(program, known, _png(path, page))) for page in wanted[:_MOST_PAGES]
    )


def _known(program: str) -> str:
    """The languages it has of those that are asked for, as it wants them named."""
    listed = subprocess.run(  # noqa: S603 - found on the user's own path
        [program, "--list-langs"], capture_output=True, text=True, timeout=_SECONDS, check=False
    ).stdout.split()
    return "+".join(each for each in _LANGUAGES if each in listed)


def _png(path: Path, page: SeenPage) -> bytes:
    """A page in grey, large enough to be read."""
    import pypdfium2

    scale = min(_DPI / 72, (_MOST_DOTS / (page.width * page.height)) ** 0.5)
    out = io.BytesIO()
    with LOCK, pypdfium2.PdfDocument(path) as document:
        bitmap = document[page.number - 1].render(scale=scale, grayscale=True)
        bitmap.to_pil().save(out, "PNG", compress_level=1)
    return out.getvalue()


def _read(program: str, languages: str, png: bytes) -> str:
    """What the program reads; nothing where it fails."""
    try:
        said = subprocess.run(  # noqa: S603 - found on the user's own path
            [program, "stdin", "stdout", "-l", languages],
            input=png, capture_output=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return ""
    return said.stdout.decode("utf-8", "replace")
