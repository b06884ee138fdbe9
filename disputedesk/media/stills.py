"""Single moments of films, as pictures, by the user's own `ffmpeg`; nothing of it runs in here.

A film is a stranger's file, and the program that reads it knows hundreds of formats, among them
lists that name other files and addresses. It is therefore told which one format and which decoders
it may use, may open plain files only, writes nothing but one picture to us, and is ended when it
takes too long. Without it on the machine everything else works, and a screenshot serves.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import functools
import json
import os
import re
import shutil
import signal
import subprocess
import threading
from pathlib import Path
from typing import Final

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr

_DEMUXERS: Final = {
    "video/mp4": "mov",
    "video/quicktime": "mov",
    "video/3gpp": "mov",
    "video/3gpp2": "mov",
    "video/webm": "matroska",
    "video/x-matroska": "matroska",
    "video/mpeg": "mpeg",
    "video/ogg": "ogg",
    "video/x-msvideo": "avi",
}
"""The one reader for each kind of film; a kind is told by the bytes, never by the name."""
_DECODERS: Final = (
    "h264,hevc,av1,libdav1d,libaom-av1,vp8,vp9,libvpx,libvpx-vp9,mpeg4,h263,mjpeg,msmpeg4v2,"
    "msmpeg4v3,mpeg1video,mpeg2video,prores,theora"
)
_MOST_PIXELS: Final = 50_000_000
_MOST_ALLOCATED: Final = 512 << 20
_MOST_MEMORY: Final = 4 << 30
_LARGEST_STILL: Final = 96 << 20
_LARGEST_ANSWER: Final = 256 << 10
_SECONDS: Final = 30.0
_PREVIEW_WIDTH: Final = 320
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_LONGEST: Final = dt.timedelta(hours=24)
_MOMENT: Final = re.compile(
    r"(?:(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,2}):)?(?P<s>\d{1,5})(?:[.,](?P<f>\d{1,3}))?", re.ASCII
)


@dataclasses.dataclass(frozen=True, slots=True)
class Film:
    """What a film says of itself.

    Attributes:
        made_at: When it was made, aware; `None` where it does not say.
    """

    duration: dt.timedelta
    made_at: dt.datetime | None


def can_read(media_type: str) -> bool:
    """Whether films of this kind are looked into at all."""
    return media_type in _DEMUXERS


def has_reader() -> bool:
    """Whether the user's machine has what it needs."""
    return shutil.which("ffmpeg") is not None and shutil.which("ffprobe") is not None


def look_at(path: Path, media_type: str, *, seconds: float = _SECONDS) -> Film:
    """How long a film is, and when it was made.

    Raises:
        Refused: It is no film we look into, there is no `ffmpeg`, or the film cannot be read.
    """
    answer = _run(
        _tool("ffprobe"),
        ["-v", "quiet", *_input(path, media_type), "-show_entries",
         "format=duration:format_tags=creation_time:stream=codec_type", "-of", "json"],
        most=_LARGEST_ANSWER, seconds=seconds,
    )  # fmt: skip
    try:
        told = json.loads(answer)
        duration = dt.timedelta(seconds=float(told["format"]["duration"]))
        has_picture = any(stream.get("codec_type") == "video" for stream in told["streams"])
    except (ValueError, KeyError, TypeError, OverflowError, AttributeError) as error:
        raise _unreadable() from error
    if not has_picture or not dt.timedelta(0) < duration <= _LONGEST:
        raise _unreadable()
    return Film(duration, _instant(told["format"].get("tags")))


def still(
    path: Path, media_type: str, at: dt.timedelta, *, small: bool = False, seconds: float = _SECONDS
) -> bytes:
    """The picture of one moment: PNG in the film's own size, or a small JPEG to choose by.

    Raises:
        Refused: As `look_at`; or the film has no picture at that moment.
    """
    form = ["-vf", f"scale={_PREVIEW_WIDTH}:-2", "-c:v", "mjpeg", "-q:v", "4"]
    if not small:
        form = ["-c:v", "png"]
    data = _run(
        _tool("ffmpeg"),
        ["-nostdin", "-hide_banner", "-loglevel", "quiet", "-max_alloc", str(_MOST_ALLOCATED),
         "-threads", "1", "-ss", f"{at.total_seconds():.3f}", *_input(path, media_type, "-i"),
         "-map", "0:v:0", "-an", "-sn", "-dn", "-frames:v", "1", "-bitexact",
         *form, "-f", "image2pipe", "pipe:1"],
        most=_LARGEST_STILL, seconds=seconds,
    )  # fmt: skip
    if not data.startswith(_JPEG if small else _PNG):
        raise _unreadable()
    return data


def spread(duration: dt.timedelta, count: int = 6) -> tuple[dt.timedelta, ...]:
    """So many moments spread evenly over a film, none of them its very beginning or end."""
    step = duration / count
    return tuple(
        dt.timedelta(seconds=round((step * (place + 0.5)).total_seconds(), 1))
        for place in range(count)
    )


def read_moment(text: str) -> dt.timedelta:
    """The moment that `text` says: `0:12`, `1:02:03`, `12.5`.

    Raises:
        Refused: It says none.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise Refused(
            tr("{text} is not a moment of a film.", text=text),
            "",
            tr("Write minutes and seconds, such as 0:12."),
        )
    return dt.timedelta(
        hours=int(match["h"] or 0),
        minutes=int(match["m"] or 0),
        seconds=int(match["s"]),
        milliseconds=int((match["f"] or "").ljust(3, "0")),
    )


def moment_text(at: dt.timedelta) -> str:
    """A moment as people write it: `0:12`, `1:02:03`, with tenths where there are any."""
    tenths = round(at.total_seconds() * 10)
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    tail = f".{rest % 10}" if rest % 10 else ""
    if hours:
        return f"{hours}:{minutes:02}:{rest // 10:02}{tail}"
    return f"{minutes}:{rest // 10:02}{tail}"


def _input(path: Path, media_type: str, *named: str) -> list[str]:
    """The film as the one thing to be read: which reader, which decoders, plain files only."""
    demuxer = _DEMUXERS.get(media_type)
    if demuxer is None:
        raise Refused(
            tr("This is not a film that pictures can be taken from."),
            media_type,
            tr("Play it, stop it at the moment and take a screenshot; add that as an exhibit."),
        )
    return [
        "-protocol_whitelist", "file", "-format_whitelist", demuxer,
        "-codec_whitelist", _DECODERS, "-max_pixels", str(_MOST_PIXELS),
        "-f", demuxer, *(named or ("-i",)), f"file:{path}",
    ]  # fmt: skip


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Refused(
            tr("Pictures are taken from films by the program ffmpeg; it is not installed here."),
            name,
            tr("Play the film, stop it at the moment and take a screenshot; add that as an "
               "exhibit. Or install ffmpeg and try again."),
        )  # fmt: skip
    return found


def _unreadable() -> Refused:
    return Refused(
        tr("No picture can be taken from this film at this moment."),
        "",
        tr("Try another moment. If none works, play the film, stop it and take a screenshot; the "
           "film itself is kept as it is."),
    )  # fmt: skip


def _run(tool: str, arguments: list[str], *, most: int, seconds: float) -> bytes:
    """What the program writes, at most so much in so much time; nothing where it failed."""
    process = subprocess.Popen(  # noqa: S603 - no shell, our own arguments, the film by its hash
        [tool, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    timer = threading.Timer(seconds, _end, (process,))
    timer.start()
    try:
        with process:
            _limit(process.pid)
            data = process.stdout.read(most + 1) if process.stdout is not None else b""
            if len(data) > most:
                _end(process)
    finally:
        timer.cancel()
    return data if process.returncode == 0 and len(data) <= most else b""


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a program and all that it started, which would hold its pipe open."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


@functools.cache
def _environment() -> dict[str, str]:
    """Only what programs need to start; no proxies, no settings of the user's."""
    kept = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "HOME", "TEMP", "TMPDIR")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"LC_ALL": "C"}


def _limit(pid: int) -> None:
    """Bounds a started program's memory, and lets it write no file, where the system can."""
    try:
        import resource
    except ImportError:
        return
    limit = getattr(resource, "prlimit", None)
    if limit is None:
        return
    bounds = ((resource.RLIMIT_AS, _MOST_MEMORY), (resource.RLIMIT_FSIZE, 0))
    for which, bound in bounds:
        with contextlib.suppress(OSError, ValueError):
            limit(pid, which, (bound, bound))


def _instant(tags: object) -> dt.datetime | None:
    """When the film says that it was made; a year no camera of today writes says nothing."""
    text = tags.get("creation_time") if isinstance(tags, dict) else None
    try:
        at = dt.datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo is not None and at.year >= 1990 else None
