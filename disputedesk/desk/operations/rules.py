"""Rules changed: packs added, editions adopted, limits of one's own, and everything taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from disputedesk.common.errors import NotFound, Refused
from disputedesk.common.hashing import Sha256, sha256_of_bytes
from disputedesk.common.texts import tr, trn
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.adopting import Adopted, Trial, make_change, try_packs
from disputedesk.desk.changes import Changes, Outcome
from disputedesk.desk.overriding import Limit, pack_of_limit
from disputedesk.desk.own_packs import OwnPacks
from disputedesk.packs.files import FACTS_FILE, read_pack_file
from disputedesk.store.values import LedgerEntry

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


def try_edition(desk: Desk, source: Path, *, new: bool = False) -> Trial:
    """What adopting the pack, or the folder of packs, at `source` would change.

    Args:
        desk: The desk.
        source: A pack's file, or a folder of such files.
        new: Whether its packs have to be new to the desk.

    Raises:
        NotFound: There is nothing there.
        Refused: A file is no right pack, says nothing new, or is known where it had to be new.
    """
    files: dict[str, bytes | None] = {}
    shown: dict[str, str] = {}
    library = desk.read_rules().library
    for path in _paths(source):
        data = _bytes_of(path)
        pack = library.find_pack(_pack_id(data))
        if pack is not None and pack.digest == sha256_of_bytes(data):
            continue
        if pack is not None and new:
            raise Refused(
                tr("A pack called {pack} is in force already.", pack=pack.id),
                path.name,
                tr("Look at what it changes with “rules diff”, and take it with “rules adopt”."),
            )
        own = pack is not None and pack.file.parent == desk.packs_folder
        name = pack.file.name if own and pack is not None else f"{_pack_id(data) or path.stem}.toml"
        if name in files:
            raise Refused(
                tr("Two files hold the same pack."),
                f"{shown[name]}, {path.name}",
                tr("Nothing was changed. Take one of them away."),
            )
        files[name], shown[name] = data, path.name
    if not files:
        raise Refused(
            tr("There is nothing new here: these packs are in force as they are."), str(source)
        )
    return try_packs(desk, files, shown)


def _paths(source: Path) -> list[Path]:
    if source.is_dir():
        found = [path for path in sorted(source.glob("*.toml")) if path.name != FACTS_FILE]
        if not found:
            raise NotFound(tr("There is no rule pack in this folder."), str(source))
        return found
    if not source.exists():
        raise NotFound(tr("There is no such file or folder."), str(source))
    return [source]


def _bytes_of(path: Path) -> bytes:
    data, trouble = read_pack_file(path)
    if trouble:
        raise Refused(trouble, path.name, tr("Nothing was changed."))
    return data


def _pack_id(data: bytes) -> str:
    """The id a pack gives itself, as far as it can be read; what is wrong is said by the reader."""
    try:
        head: Any = tomli.loads(data.decode("utf-8-sig")).get("pack")
    except (ValueError, RecursionError):
        return ""
    found = head.get("id") if isinstance(head, dict) else None
    safe = isinstance(found, str) and found.replace(".", "").replace("_", "").isalnum()
    return found if safe and isinstance(found, str) and found.isascii() else ""


def add_packs(
    desk: Desk,
    trial: Trial,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[Adopted]:
    """Takes packs that are new to the desk; the orders they govern are computed anew."""
    said = trn("{count} rule pack added", "{count} rule packs added", len(trial.files))
    token = cancel or CancelToken()
    return make_change(desk, trial, act="rules.add", said=said, progress=progress, cancel=token)


def adopt_edition(
    desk: Desk,
    trial: Trial,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[Adopted]:
    """Takes other editions of packs; the orders they govern are computed anew.

    Raises:
        Cancelled: `cancel` was set; everything is as it was.
    """
    said = trn("{count} rule pack adopted", "{count} rule packs adopted", len(trial.files))
    token = cancel or CancelToken()
    return make_change(desk, trial, act="rules.adopt", said=said, progress=progress, cancel=token)


def remove_pack(
    desk: Desk,
    name: str,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[Adopted]:
    """Takes a pack out of the desk's folder; one that was shipped is then in force again.

    Args:
        desk: The desk.
        name: The pack's id, or the name of a file that was refused.
        progress: Told how far it has come.
        cancel: Stops it; everything is as it was.

    Raises:
        NotFound: The desk has no such pack.
        Refused: The pack came with the program, or another one needs it.
    """
    library = desk.read_rules().library
    pack = library.find_pack(name)
    folder = desk.packs_folder
    if pack is not None and pack.file.parent == folder:
        file = pack.file.name
    else:
        refused = [each.file for each in library.refused if each.file.parent == folder]
        found = [path.name for path in refused if name in {path.name, path.stem}]
        if not found and pack is not None:
            raise Refused(
                tr("The pack {pack} came with the program and cannot be removed.", pack=name),
                name,
                tr("Only packs of the desk's own folder can be; “rules list” says which they are."),
            )
        if not found:
            raise NotFound(
                tr("There is no pack named {name}.", name=name),
                "",
                tr("The command “rules list” shows the rules that are loaded."),
            )
        file = found[0]
    said = tr("Rule pack {pack} removed", pack=name)
    trial = try_packs(desk, {file: None})
    token = cancel or CancelToken()
    return make_change(desk, trial, act="rules.remove", said=said, progress=progress, cancel=token)


def override_rule(
    desk: Desk,
    limit: Limit,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[Adopted]:
    """Sets a limit of one's own – a bank's, or one order's – beside a rule; the stricter wins.

    Raises:
        NotFound: There is no such rule.
        Refused: The limit says nothing, or is looser and was not meant to be.
    """
    name, text = pack_of_limit(desk, limit)
    trial = try_packs(desk, {name: text.encode()})
    said = tr("Own limit for {rule} set", rule=limit.rule)
    token = cancel or CancelToken()
    return make_change(
        desk, trial, act="rules.override", said=said, progress=progress, cancel=token
    )


def follow_rules(
    desk: Desk, *, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> Outcome[Adopted]:
    """Brings the windows to the rules on the disk, where they were computed with others.

    So it is after an update of the program, after a pack was put into the folder by hand, and
    after a change of rules that was killed half-way.
    """
    nothing = Adopted((), 0, ())
    if not desk.rules_have_changed():
        return Outcome(nothing, Changes())
    said = tr("The rules changed; last days were computed anew")
    outcome = make_change(
        desk, try_packs(desk, {}), act="rules.follow", said=said, progress=progress,
        cancel=cancel or CancelToken(), actor="program",
    )  # fmt: skip
    return Outcome(outcome.value, outcome.changes)


def undo_rules(desk: Desk, entry: LedgerEntry) -> Outcome[None]:
    """Takes a change of rules back: the files that lay there before, and their windows.

    Raises:
        Refused: The packs changed again since, or the former file is gone.
    """
    own = OwnPacks(desk.packs_folder)
    now = _files_of(entry.after)
    if any(_digest(own.read(name)) != digest for name, digest in now.items()):
        raise Refused(
            tr("The rule packs changed again since."),
            ", ".join(now),
            tr("Take the later change back first, or use “rules remove”."),
        )
    files: dict[str, bytes | None] = {}
    for name, digest in _files_of(entry.before).items():
        data = None if digest is None else own.former(Sha256(digest))
        if digest is not None and data is None:
            raise Refused(tr("The former file is not there any more."), name)
        files[name] = data
    said = tr("Taken back: {act}", act=str((entry.after or {}).get("said", entry.act)))
    outcome = make_change(
        desk, try_packs(desk, files), act="undo", said=said, progress=no_progress,
        cancel=CancelToken(), of=entry.id,
    )  # fmt: skip
    return Outcome(None, outcome.changes, None, said)


def _files_of(values: Mapping[str, object] | None) -> dict[str, str | None]:
    files = (values or {}).get("files")
    return dict(files) if isinstance(files, Mapping) else {}


def _digest(data: bytes | None) -> str | None:
    return None if data is None else sha256_of_bytes(data)


def names_of(trial: Trial) -> Iterable[str]:
    """Ids of the packs that a trial changes, in the order of the rules."""
    changed = trial.changed or frozenset()
    return [pack.id for pack in trial.after.library.packs if pack.id in changed]
