"""The whole road of evidence in a process of its own: added, read, pictured, bundled."""

import datetime as dt
import importlib.util
import json
import resource
import sys
import time
from pathlib import Path

from disputedesk.common.clock import FixedClock
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations.bundles import make_bundle
from disputedesk.desk.operations.evidence import add_evidence
from disputedesk.desk.operations.papers import save_document
from disputedesk.desk.queries.cases import find_case

MEMORY = 1536 << 20
TODAY = dt.date(2026, 11, 23)


def pictured(path, media):
    """Whether a small picture could be made; `None` where this program makes none."""
    if importlib.util.find_spec("disputedesk.media.thumbnails") is None:
        return None
    from disputedesk.media.thumbnails import thumbnail

    return thumbnail(path, media, 160) is not None


def read(path, media):
    """How far the words are known; `None` where this program reads none."""
    if importlib.util.find_spec("disputedesk.media.reading") is None:
        return None
    from disputedesk.media.reading import read_words

    return str(read_words(path, media).state)


def main(folder, files, target):
    """Takes the files of a folder down the road; tells on stdout what became of each."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    desk = Desk.open(Path(folder), clock=FixedClock.on(TODAY))
    case_id = find_case(desk, "1001")
    told = {}
    sources = sorted(Path(files).iterdir())
    began = time.monotonic()
    added = add_evidence(desk, case_id, sources).value
    adding = time.monotonic() - began
    with desk.store.snapshot() as rows:
        exhibits = [rows.exhibits.get(each) for each in added]
    for source, exhibit in zip(sources, exhibits, strict=False):
        began = time.monotonic()
        evidence = exhibit.evidence
        path, media = desk.vault.check(evidence.sha256), evidence.media_type
        told[source.name] = {
            "sha256": evidence.sha256, "kind": media, "number": exhibit.number,
            "pictured": pictured(path, media), "read": read(path, media),
            "seconds": time.monotonic() - began,
        }  # fmt: skip
    began = time.monotonic()
    (document,) = make_bundle(desk, case_id, language="en").value
    save_document(desk, document.id, Path(target))
    desk.close()
    print(json.dumps({"files": told, "adding": adding, "bundling": time.monotonic() - began}))


if __name__ == "__main__":
    main(*sys.argv[1:])
