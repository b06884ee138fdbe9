"""Evidence taken out for others: a manifest, or the files as a bag with how each of them came."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import disputedesk
from disputedesk.common.errors import NotFound
from disputedesk.common.finding import Finding
from disputedesk.common.hashing import sha256_of_bytes
from disputedesk.common.texts import tr, trn
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.outgoing import refuse_unsafe
from disputedesk.desk.outgoing_files import OutgoingFile, outgoing_files
from disputedesk.desk.targets import refuse_own_file
from disputedesk.media.when import Captured, stated
from disputedesk.model.case import Case
from disputedesk.model.evidence import Arrival, Derived
from disputedesk.model.ids import CaseId
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.store.transaction import StoreTransaction
    from disputedesk.vault.bags import Bag

_COLUMNS: Final = (
    "number", "file", "sha256", "size", "media_type", "caption", "proves", "claims", "section",
    "kind", "captured_at", "captured_from", "origin", "arrived_at", "arrived_by", "arrived_way",
    "true_name", "redacted_from", "attached_to",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclasses.dataclass(frozen=True, slots=True)
class Exported:
    """An export that is there.

    Attributes:
        path: The folder, or the zip.
        files: How many exhibits are in it.
        size: Their bytes.
        manifest_sha256: The hash of the manifest's bytes.
    """

    path: Path
    files: int
    size: int
    manifest_sha256: str


@dataclasses.dataclass(frozen=True, slots=True)
class _Going:
    """One file that goes out, and what is known of it."""

    file: OutgoingFile
    arrivals: tuple[Arrival, ...]
    claims: tuple[str, ...]
    redacted_from: str
    attached_to: str


def manifest_of(desk: Desk, case_id: CaseId) -> str:
    """The hashes and names of what would go out for a case, as `sha256sum -c` reads them.

    It is the manifest of an export byte for byte, to be used beside one.

    Raises:
        NotFound: The case has no exhibits.
    """
    case, going = _going_of(desk, case_id)
    return _bag(desk, case, going).manifest


def export_evidence(
    desk: Desk,
    case_id: CaseId,
    target: Path,
    *,
    as_zip: bool = False,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[Exported]:
    """Writes the case's exhibits into a new folder that anybody can check, whole or not at all.

    Args:
        desk: The desk.
        case_id: The case.
        target: The folder, which must not be there yet; with `as_zip` the zip file.
        as_zip: Whether one zip is written in place of a folder.
        progress: Told after every file.
        cancel: Asked between blocks; nothing is left then.

    Raises:
        NotFound: The case has no exhibits.
        Refused: An exhibit shows a full card number, or something is at the place already.
        DamagedDesk: The bytes of an exhibit are not what was sealed.
    """
    from disputedesk.vault.bags import written_bag

    refuse_own_file(target)
    case, going = _going_of(desk, case_id)
    refuse_unsafe(desk, [each.file.exhibit for each in going], progress=progress, cancel=cancel)
    bag = _bag(desk, case, going)
    made = Exported(
        target, len(going), bag.size, sha256_of_bytes(bag.manifest.encode())
    )  # fmt: skip
    with (
        written_bag(
            desk.vault,
            bag,
            target,
            as_zip=as_zip,
            progress=progress,
            cancel=cancel or CancelToken(),
        ) as unplaced,
        desk.transaction("evidence.export") as change,
    ):
        said = trn("{count} exhibit exported", "{count} exhibits exported", len(going))
        after = {
            "evidence": [each.file.evidence.id for each in going],
            "manifest": made.manifest_sha256, "name": target.name, "said": said,
        }  # fmt: skip
        change.note(Subject("case", case.id), None, after)
        change.touch_case(case.id, case.order, windows=False)
        unplaced.put()
    return Outcome(made, change.changes, None, said)


def check_export(
    target: Path, *, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> tuple[Finding, ...]:
    """What is missing, altered or foreign in an export; needs no desk.

    Raises:
        NotFound: Nothing is there.
        Refused: It is no export.
    """
    from disputedesk.vault.bag_checking import check_bag

    return check_bag(target, progress=progress, cancel=cancel)


def _going_of(desk: Desk, case_id: CaseId) -> tuple[Case, tuple[_Going, ...]]:
    with desk.store.snapshot() as rows:
        case = rows.cases.get(case_id)
        claims = rows.exhibits.claims(case_id)
        files = outgoing_files(rows.exhibits.list(case_id))
        going = tuple(
            _going(rows, file, tuple(each.claim for each in claims
                                     if each.exhibit == file.exhibit.id))
            for file in files
        )  # fmt: skip
    if not going:
        raise NotFound(
            tr("Case {number} has no exhibits yet.", number=case.number),
            "",
            tr("Add evidence to it first."),
        )
    return case, going


def _going(rows: StoreTransaction, file: OutgoingFile, claims: tuple[str, ...]) -> _Going:
    exhibit = file.exhibit
    mails = [rows.evidence.get(made.origin).sha256
             for made in rows.derivations.of_evidence(exhibit.evidence.id)
             if made.how is Derived.ATTACHMENT]  # fmt: skip
    return _Going(
        file,
        rows.arrivals.of_evidence(exhibit.evidence.id),
        claims,
        "" if exhibit.copy is None else exhibit.evidence.sha256,
        mails[0] if mails else "",
    )


def _bag(desk: Desk, case: Case, going: Sequence[_Going]) -> Bag:
    from disputedesk.vault.bags import Bag, Payload

    payload = tuple(
        Payload(each.file.name, each.file.evidence.sha256, each.file.evidence.size)
        for each in going
    )
    info = (
        ("Bagging-Date", desk.today.isoformat()),
        ("External-Identifier", f"DD-{case.number}"),
        ("External-Description", tr("Evidence of case {number}", number=case.number)),
        ("Bag-Software-Agent", f"DisputeDesk {disputedesk.__version__}"),
    )
    rows = [_row(each) for each in going]
    tags = {
        "README.txt": _readme(case, len(going)).encode(),
        "provenance.csv": _csv(rows),
        "provenance.json": json.dumps(rows, ensure_ascii=False, indent=1).encode(),
    }
    return Bag(payload, info, tags)


def _row(each: _Going) -> dict[str, Any]:
    exhibit, evidence = each.file.exhibit, each.file.evidence
    return {
        "number": exhibit.number,
        "file": f"data/{each.file.name}",
        "sha256": evidence.sha256,
        "size": evidence.size,
        "media_type": evidence.media_type,
        "caption": exhibit.caption,
        "proves": exhibit.proves,
        "claims": list(each.claims),
        "section": exhibit.section,
        "kind": exhibit.kind,
        "captured_at": _captured(each),
        "captured_from": exhibit.evidence.captured_from,
        "origin": exhibit.evidence.origin,
        "arrivals": [
            {
                "at": arrival.at.isoformat(timespec="seconds"),
                "by": arrival.by,
                "way": arrival.way.value,
                "true_name": arrival.true_name,
            }
            for arrival in each.arrivals
        ],
        "redacted_from": each.redacted_from,
        "attached_to": each.attached_to,
    }


def _captured(each: _Going) -> str:
    """When it was made as its file states it: with a zone only where that was stated."""
    evidence = each.file.exhibit.evidence
    if evidence.captured_at is None:
        return ""
    offset = each.arrivals[0].offset_minutes if each.arrivals else None
    return stated(Captured(evidence.captured_at, evidence.captured_from, offset))


def _csv(rows: Sequence[dict[str, Any]]) -> bytes:
    """The same as a table; a text that a spreadsheet would compute is led by an apostrophe."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(_COLUMNS)
    for row in rows:
        first = row["arrivals"][0] if row["arrivals"] else {}
        flat = {
            **row,
            "claims": " ".join(row["claims"]),
            "arrived_at": first.get("at", ""), "arrived_by": first.get("by", ""),
            "arrived_way": first.get("way", ""), "true_name": first.get("true_name", ""),
        }  # fmt: skip
        writer.writerow([_cell(flat[name]) for name in _COLUMNS])
    return stream.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return f"'{value}"
    return value


def _readme(case: Case, count: int) -> str:
    """How anybody checks the export, in words."""
    paragraphs = (
        trn(
            "{count} exhibit of case {number}, exported by DisputeDesk.",
            "{count} exhibits of case {number}, exported by DisputeDesk.",
            count,
            number=case.number,
        ),
        tr(
            "The files are in the folder “{folder}”, in the order of their numbers. They are byte "
            "for byte what was sealed when they came; where something had to be blacked out, the "
            "redacted copy is here and the original is not.",
            folder="data",
        ),
        tr(
            "How to check that nothing was changed: open a terminal in this folder and run the "
            "line for your system. It must say {word} for every file.",
            word="OK",
        ),
        "Linux: sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt\n"
        "macOS: shasum -a 256 -c manifest-sha256.txt tagmanifest-sha256.txt\n"
        "Windows (PowerShell): Get-FileHash data\\*",
        tr(
            "On {system} compare each hash shown with the one in {file}. DisputeDesk itself checks "
            "everything with: {command}",
            system="Windows",
            file="manifest-sha256.txt",
            command="disputedesk evidence check .",
        ),
        tr(
            "{table} and {data} say for each file when it was made and on whose word, when and how "
            "it came, and what it is said to prove. A time without a zone is the clock of a camera "
            "that stated none.",
            table="provenance.csv",
            data="provenance.json",
        ),
        tr("The folder follows {standard}.", standard="BagIt, RFC 8493"),
    )
    return "\n\n".join(paragraphs) + "\n"
