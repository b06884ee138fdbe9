"""The process in which a PDF is opened: given file, language, memory; the answer on stdout."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from disputedesk.common import texts
from disputedesk.common.errors import DeskError
from disputedesk.papers.checking.apart import REFUSED, Told
from disputedesk.papers.checking.opening import open_bundle


def main(path: str, language: str, memory: str, ocr: str = "") -> int:
    """Opens the file and tells what is seen; gives the exit code."""
    texts.set_language(language)
    _limit(int(memory))
    try:
        seen = open_bundle(Path(path), ocr=bool(ocr))
    except DeskError as error:
        _say(Told(error.what, error.where, error.remedy))
        return REFUSED
    _say(seen)
    return 0


def _say(value: object) -> None:
    sys.stdout.buffer.write(msgspec.msgpack.encode(value, enc_hook=str))
    sys.stdout.buffer.flush()


def _limit(memory: int) -> None:
    """Bounds the memory of this process where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
