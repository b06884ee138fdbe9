"""Whether the vault holds what the desk's rows say, byte for byte."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from disputedesk.common.finding import Finding, Severity
from disputedesk.common.hashing import sha256_of_file
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.vault.blobs import Vault
from disputedesk.vault.transfer import TEMPORARY

_HASH: Final = re.compile(r"[0-9a-f]{64}")


def check_vault(
    vault: Vault,
    expected: Mapping[str, tuple[int, str]],
    *,
    every_byte: bool = True,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> tuple[Finding, ...]:
    """What of the vault is missing, altered or foreign; empty when all is well.

    Args:
        vault: The vault to look into.
        expected: For each hash the size and, in words, whose bytes they are; a size below 0 is not
            known.
        every_byte: Whether each file is read and hashed; else only its size is looked at.
        progress: Told how many are done.
        cancel: Stops the check between two files.
    """
    token = cancel or CancelToken()
    found: list[Finding] = []
    altered: list[_Altered] = []
    for done, (sha256, (size, owner)) in enumerate(sorted(expected.items()), 1):
        token.check()
        looked = _look(vault.path(sha256), sha256, size, owner, every_byte=every_byte)
        if isinstance(looked, Finding):
            found.append(looked)
        elif looked is not None:
            altered.append(looked)
        progress(tr("Checking sealed files"), done, len(expected))
    found.extend(_told(one, altered, expected) for one in altered)
    found.extend(_foreign(vault.root, expected))
    return tuple(found)


@dataclasses.dataclass(frozen=True, slots=True)
class _Altered:
    """A sealed file that holds other bytes; `now` is their hash, empty for what is no file."""

    sha256: str
    now: str
    owner: str
    where: str


def _look(
    path: Path, sha256: str, size: int, owner: str, *, every_byte: bool
) -> Finding | _Altered | None:
    """What is wrong with one sealed file; `None` when nothing is."""
    where = f"{owner} ({path})"
    try:
        now = path.lstat().st_size
        if not path.is_file() or path.is_symlink():
            return _Altered(sha256, "", owner, where)
        if (size >= 0 and now != size) or every_byte:
            held = sha256_of_file(path)
            return None if held == sha256 else _Altered(sha256, held, owner, where)
    except FileNotFoundError:
        return Finding(
            Severity.DAMAGE, tr("A sealed file is missing from the vault."), where, _restore()
        )
    except OSError as error:
        what = tr("A sealed file cannot be read: {reason}.", reason=error.strerror or str(error))
        return Finding(Severity.DAMAGE, what, where, _restore())
    return None


def _told(
    one: _Altered, altered: Sequence[_Altered], expected: Mapping[str, tuple[int, str]]
) -> Finding:
    """The finding of an altered file: exchanged with another, overwritten by one, or changed."""
    if any(other.sha256 == one.now and other.now == one.sha256 for other in altered):
        what = tr(
            "Two sealed files were exchanged: this one holds the bytes of {owner}.",
            owner=expected[one.now][1],
        )
        remedy = tr("Give each file the other one's name again, and run verify once more.")
        return Finding(Severity.DAMAGE, what, one.where, remedy)
    if one.now in expected:
        what = tr(
            "A sealed file is not what was sealed: it holds the bytes of {owner}.",
            owner=expected[one.now][1],
        )
        return Finding(Severity.DAMAGE, what, one.where, _restore())
    what = tr("A sealed file is not what was sealed.")
    return Finding(Severity.DAMAGE, what, one.where, _restore())


def _restore() -> str:
    return tr("Restore it from a backup; do not send it.")


def _foreign(root: Path, expected: Mapping[str, tuple[int, str]]) -> Iterator[Finding]:
    if not root.is_dir():
        return
    for path in sorted(root.rglob("*")):
        name = path.name
        if path.is_dir() and not path.is_symlink() and path.parent == root and len(name) == 2:
            continue
        if name.startswith(TEMPORARY) and path.parent == root:
            yield Finding(
                Severity.NOTICE,
                tr("An interrupted copy was left in the vault."),
                str(path),
                tr("It goes away the next time the desk is opened."),
            )
        elif _HASH.fullmatch(name) and path.parent.name == name[:2]:
            if name not in expected:
                yield Finding(
                    Severity.NOTICE,
                    tr("The vault holds a file that nothing on the desk names."),
                    str(path),
                    tr("It was left by an import that did not end, and does no harm."),
                )
        else:
            yield Finding(
                Severity.WARNING,
                tr("Something in the vault was put there by another program."),
                str(path),
                tr("Look at it and take it out of the vault."),
            )
