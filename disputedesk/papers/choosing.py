"""What a platform's own form asks for beside the text: reason, wish, amount, in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from disputedesk.common.texts import mark, tr
from disputedesk.model.posting import PlatformWord
from disputedesk.papers import spoken
from disputedesk.papers.context import LetterContext
from disputedesk.papers.form import Form
from disputedesk.papers.frame import words
from disputedesk.papers.submission import SubmissionField
from disputedesk.papers.sums import disputed

REASON: Final = "reason"
WISH: Final = "wish"

FIELD_LABELS: Final = {
    REASON: mark("Reason, in the platform's words"),
    WISH: mark("What you ask for"),
    "amount": mark("Amount"),
    "text": mark("Your text"),
}
"""What each field is called on the screen, messages of the catalogue."""


def fields_before_text(
    form: Form, context: LetterContext, *, language: str, said: Sequence[PlatformWord] = ()
) -> tuple[SubmissionField, ...]:
    """The fields a platform asks for beside the text, in its order.

    Args:
        form: What is written.
        context: The case.
        language: Spoken by sums, and by what stands in for words that nobody knows.
        said: The user's own wording of the platform's words; it goes before the shipped ones.
    """
    made = {REASON: _reason, WISH: _wish, "amount": _amount}
    return tuple(made[name](form, context, language, said) for name in form.fields if name in made)


def field(
    form: Form,
    name: str,
    text: str,
    *,
    choices: tuple[str, ...] = (),
    described: bool = False,
) -> SubmissionField:
    """One field with the limit that the form knows for it."""
    label, limit = tr(FIELD_LABELS[name]), form.limit(name)
    if limit is None:
        return SubmissionField(name, label, text, choices=choices, described=described)
    return SubmissionField(
        name, label, text, limit.characters, tr(limit.source), choices, described, limit.own,
        limit.counted,
    )  # fmt: skip


def shipped_words(form: Form, kind: str, value: str) -> tuple[str, ...]:
    """The platform's words for a problem or a wish as the form was shipped with them."""
    if kind == REASON:
        return tuple(r.text for r in form.platform_reasons if value in r.problems)
    return tuple(w.text for w in form.platform_wishes if value in w.wishes)


def _reason(
    form: Form, context: LetterContext, language: str, said: Sequence[PlatformWord]
) -> SubmissionField:
    problem = context.case.problem
    shipped = (r.text for r in form.platform_reasons)
    meant = words(language).problems[problem.value]
    return _chosen(form, REASON, problem, meant=meant, said=said, shipped=shipped)


def _wish(
    form: Form, context: LetterContext, language: str, said: Sequence[PlatformWord]
) -> SubmissionField:
    wish = context.case.wish
    if wish is None:
        return field(form, WISH, "")
    shipped = (w.text for w in form.platform_wishes)
    meant = words(language).wishes[wish.value]
    return _chosen(form, WISH, wish, meant=meant, said=said, shipped=shipped)


def _chosen(
    form: Form, kind: str, value: str, *, meant: str, said: Sequence[PlatformWord],
    shipped: Iterable[str],
) -> SubmissionField:  # fmt: skip
    """The platform's words for `value`; what is meant by it where nobody knows them."""
    own = [word.text for word in said if word.kind == kind and word.value == value]
    known = (*own, *shipped_words(form, kind, value))
    every = dict.fromkeys((*(word.text for word in said if word.kind == kind), *shipped))
    text = known[0] if known else meant
    return field(form, kind, text, choices=tuple(every), described=not known)


def _amount(
    form: Form, context: LetterContext, language: str, _said: Sequence[PlatformWord]
) -> SubmissionField:
    amount = disputed(context)
    return field(form, "amount", spoken.money(amount, language) if amount else "")
