"""Whether the vault holds what the desk's rows say, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
        expected: For each hash the size and, in words, whose bytes they are.
        every_byte: Whether each file is read and hashed; else only its size is looked at.
        progress: Told how many are done.
        cancel: Stops the check between two files.
    """
    token = cancel or CancelToken()
    found: list[Finding] = []
    for done, (sha256, (size, owner)) in enumerate(sorted(expected.items()), 1):
        token.check()
        found.extend(_check_one(vault.path(sha256), sha256, size, owner, every_byte=every_byte))
        progress(tr("Checking sealed files"), done, len(expected))
    found.extend(_foreign(vault.root, expected))
    return tuple(found)


def _check_one(
    path: Path, sha256: str, size: int, owner: str, *, every_byte: bool
) -> Iterator[Finding]:
    where = f"{owner} ({path})"
    restore = tr("Restore it from a backup; do not send it.")
    try:
        now = path.lstat().st_size
        is_plain = path.is_file() and not path.is_symlink()
        altered = not is_plain or now != size or (every_byte and sha256_of_file(path) != sha256)
    except FileNotFoundError:
        yield Finding(
            Severity.DAMAGE, tr("A sealed file is missing from the vault."), where, restore
        )
    except OSError as error:
        what = tr("A sealed file cannot be read: {reason}.", reason=error.strerror or str(error))
        yield Finding(Severity.DAMAGE, what, where, restore)
    else:
        if altered:
            yield Finding(
                Severity.DAMAGE, tr("A sealed file is not what was sealed."), where, restore
            )


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
