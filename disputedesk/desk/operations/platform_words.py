"""The words of a platform's own form as the user sees them now, in place of the shipped ones."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from disputedesk.common.cleaning import clean_line
from disputedesk.common.errors import Refused
from disputedesk.common.secrets import mask
from disputedesk.common.texts import tr
from disputedesk.desk.changes import Outcome
from disputedesk.model.case import Wish
from disputedesk.model.posting import PlatformWord
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.transaction import Transaction

KINDS: Final = ("reason", "wish")
LONGEST_WORDS: Final = 200
SETTING: Final = "platform_words"
"""What changed is told under this name: words belong to no case."""


def set_platform_word(desk: Desk, form: str, *, kind: str, value: str, text: str) -> Outcome[None]:
    """Keeps what a platform's form calls a problem or a wish; the shipped words stand back.

    Args:
        desk: The desk.
        form: The form's id.
        kind: `reason` or `wish`.
        value: The problem or wish.
        text: The platform's words, as its page shows them.

    Raises:
        NotFound: There is no such form.
        Refused: The form has no such field or problem, or the words are empty or too long.
    """
    _refuse_unknown(desk, form, kind, value)
    plain = mask(clean_line(text))
    if not plain or len(plain) > LONGEST_WORDS:
        raise Refused(
            tr("The platform's words have 1 to {most} characters.", most=LONGEST_WORDS), value,
            tr("Copy the entry as the platform's page shows it."),
        )  # fmt: skip
    with desk.transaction("platform_word.set") as change:
        former = _former(change, form, kind, value)
        kept = PlatformWord(0, form, kind, value, plain, desk.today)
        words = change.rows.platform_words
        if former is None:
            words.add(kept)
        else:
            words.update(dataclasses.replace(kept, id=former.id))
        change.touch_setting(SETTING)
        said = tr("Words of the platform kept: {text}", text=plain)
        entry = change.note(Subject("form"), _before(form, kind, value, former), {"said": said})
    return Outcome(None, change.changes, entry, said)


def reset_platform_word(desk: Desk, form: str, *, kind: str, value: str) -> Outcome[None]:
    """Lets the shipped words stand again; nothing where they do already.

    Raises:
        NotFound: There is no such form.
        Refused: The form has no such field or problem.
    """
    _refuse_unknown(desk, form, kind, value)
    with desk.transaction("platform_word.set") as change:
        former = _former(change, form, kind, value)
        if former is None:
            return Outcome(None, change.changes)
        change.rows.platform_words.remove(former.id)
        change.touch_setting(SETTING)
        said = tr("The shipped words of the platform stand again")
        entry = change.note(Subject("form"), _before(form, kind, value, former), {"said": said})
    return Outcome(None, change.changes, entry, said)


def _refuse_unknown(desk: Desk, form: str, kind: str, value: str) -> None:
    chosen = desk.forms.get(form)
    if kind not in KINDS or kind not in chosen.fields:
        raise Refused(
            tr("The form “{title}” has no field called “{name}”.", title=tr(chosen.title),
               name=kind),
            form, tr("Choose one of: {names}.", names=", ".join(KINDS)),
        )  # fmt: skip
    known = [str(each) for each in (chosen.problems if kind == "reason" else Wish)]
    if value not in known:
        raise Refused(
            tr("The form “{title}” does not know “{name}”.", title=tr(chosen.title), name=value),
            form, tr("Choose one of: {names}.", names=", ".join(known)),
        )  # fmt: skip


def _former(change: Transaction, form: str, kind: str, value: str) -> PlatformWord | None:
    known = change.rows.platform_words.of_form(form)
    return next((word for word in known if (word.kind, word.value) == (kind, value)), None)


def _before(form: str, kind: str, value: str, former: PlatformWord | None) -> dict[str, object]:
    """What undo puts back."""
    return {
        "form": form, "kind": kind, "value": value,
        "text": None if former is None else former.text,
        "changed_on": None if former is None else former.changed_on.isoformat(),
    }  # fmt: skip
