"""Points 11 and 17: the manifest, the bundle's own number, and making it once more."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from disputedesk.common.hashing import sha256_of_file
from disputedesk.common.texts import tr
from disputedesk.papers.checking.claims import Claims, Kind, Row
from disputedesk.papers.checking.point import Point, judged, not_applicable, unknown
from disputedesk.papers.checking.seen import SeenBundle


def check_manifest(
    seen: SeenBundle, claims: Claims, rows: Collection[Row], files: Mapping[str, str] | None
) -> Point:
    """Point 11: hashes of all files, their own hash on the cover, one bundle number everywhere.

    Args:
        seen: The file.
        claims: What it says of itself.
        rows: The index, of part 1 where there are parts.
        files: SHA-256 of files that were kept, with their names; `None` where none were named.
    """
    wrong = _numbers(seen, claims)
    promised = seen.entry("/DeskManifest")
    is_part = claims.part is not None and claims.part[0] < claims.part[1]
    if not claims.manifest:
        if is_part:
            return judged(11, wrong, [tr("The manifest stands in the last part.")])
        return judged(11, [*wrong, tr("There is no manifest of the files' hashes.")])
    if len(claims.manifest) < len(rows):
        wrong.append(tr("The manifest has {lines} files, the index {rows} exhibits.",
                        lines=len(claims.manifest), rows=len(rows)))  # fmt: skip
    if not promised:
        wrong.append(tr("The file does not name the manifest's hash."))
    elif claims.manifest_hash != promised:
        wrong.append(tr("The manifest was changed: its hash is not the one the file names."))
    if promised and promised not in "".join(claims.cover.text.split()):
        wrong.append(tr("The cover does not show the manifest's hash."))
    listed = {sha for sha, _ in claims.manifest}
    wrong += [tr("The enclosed file {name} is not the one in the manifest.", name=each.name)
              for each in seen.attachments if each.sha256 not in listed]  # fmt: skip
    if files is not None:
        wrong += [tr("The file {name} was not found with the hash in the manifest.", name=name)
                  for sha, name in claims.manifest if sha not in files]  # fmt: skip
    return judged(11, wrong)


def _numbers(seen: SeenBundle, claims: Claims) -> list[str]:
    """Where the bundle's own number is missing or another."""
    wanted = seen.entry("/DeskBundle")
    told = [] if wanted else [tr("The file does not name its own bundle number.")]
    wanted = wanted or next((s.bundle for s in claims.stamps if s is not None), "")
    if wanted not in claims.cover.text:
        told.append(tr("The cover does not show the bundle's number {number}.", number=wanted))
    told += [
        tr("Page {page} is stamped {other} instead of {number}.",
           page=stamp.page, other=stamp.bundle, number=wanted)
        for stamp in claims.stamps
        if stamp is not None and stamp.bundle != wanted
    ]  # fmt: skip
    version = seen.entry("/DeskVersion")
    if version and wanted.rpartition("-")[2] != version:
        told.append(tr("The file says version {version}, its number says {number}.",
                       version=version, number=wanted))  # fmt: skip
    if claims.kinds.count(Kind.COVER) != 1:
        told.append(tr("The bundle does not begin with one cover."))
    return told


def check_again(seen: SeenBundle, again: tuple[str, str] | None) -> Point:
    """Point 17: made once more from the same, it has the same bytes.

    Args:
        seen: The file.
        again: SHA-256 of two more makings from the same; `None` where nobody made them.
    """
    if again is None:
        return unknown(17, tr("Only the desk that made the bundle can make it again."))
    if again[0] != again[1]:
        return judged(17, [tr("Made twice from the same, the bundle comes out different.")])
    if sha256_of_file(seen.path) != again[0]:
        return unknown(17, tr("Made from what the desk knows today, it comes out different: the "
                              "case changed since, or the file did."))  # fmt: skip
    return judged(17, [])


def only_ours(number: int) -> Point:
    """A point about conventions that a stranger's PDF does not follow."""
    return not_applicable(number, tr("This PDF is not a DisputeDesk bundle; what is looked for "
                                     "here was not found."))  # fmt: skip


def only_pages(number: int) -> Point:
    """A point about whole bundles, where single pages of one were uploaded."""
    return not_applicable(number, tr("These are single pages of a bundle in a file of their own; "
                                     "its cover, index and manifest are not here."))  # fmt: skip
