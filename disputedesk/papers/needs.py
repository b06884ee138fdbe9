"""What a form still has to be told: the questions a screen asks before a paper can be written."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from disputedesk.common.errors import MissingFacts, Refused
from disputedesk.common.texts import tr
from disputedesk.papers.context import LetterContext
from disputedesk.papers.form import Form, Limit, Need
from disputedesk.papers.letter import Advice
from disputedesk.papers.recipients import addressed
from disputedesk.papers.values import Values, values_of
from disputedesk.papers.vocabulary import is_long, question


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is not known yet.

    Attributes:
        name: The first of `names`; what to store the answer under.
        names: All names of which one is enough.
        question: How to ask for it, in the language in force.
        must: Whether nothing is written without it.
    """

    name: str
    names: tuple[str, ...]
    question: str
    must: bool


def asked_by(form: Form, context: LetterContext) -> tuple[Asked, ...]:
    """Everything `form` misses for this case, what it must know first.

    Raises:
        Refused: The form does not serve the case's problem.
    """
    reason = form.reason_for(context.case.problem)
    language = form.languages[0]
    values = values_of(
        addressed(form, context, language), reason=reason.id, language=language, today=None
    )
    return _asked(reason.mandatory, values, must=True) + _asked(
        reason.recommended, values, must=False
    )


def require(form: Form, needs: tuple[Need, ...], values: Values) -> None:
    """Does nothing when every need is met.

    Raises:
        MissingFacts: Some are not; names them, and asks for the first.
    """
    missing = _asked(needs, values, must=True)
    if missing:
        refuse_unknown(form, tuple(asked.name for asked in missing))


def refuse_unknown(form: Form, names: tuple[str, ...]) -> None:
    """Tells which fields are missing.

    Raises:
        MissingFacts: Always.
    """
    what = tr("“{title}” cannot be written yet: something it must say is not known.",
              title=tr(form.title))  # fmt: skip
    raise MissingFacts(what, names, question(names[0]))


def advice_for(needs: tuple[Need, ...], values: Values) -> tuple[Advice, ...]:
    """The recommended things that are not known, each as its question."""
    return tuple(Advice(a.name, a.question) for a in _asked(needs, values, must=False))


def refuse_too_long(form: Form, values: Values, context: LetterContext) -> None:
    """Does nothing when every text is within the form's limits.

    Raises:
        Refused: One is longer; names the field, its length and the limit.
    """
    for name, length, limit in too_long(form, values, context):
        what = tr(
            "This text has {length} characters; the form takes {limit} ({source}).",
            length=length, limit=limit.characters, source=tr(limit.source),
        )  # fmt: skip
        raise Refused(what, name, tr("Shorten it: the facts and dates matter, not the length."))


def too_long(
    form: Form, values: Values, context: LetterContext
) -> Iterator[tuple[str, int, Limit]]:
    """Each text that is longer than the form takes: its field, its length, and the limit."""
    known = [(name, value.text) for name, value in values.items()]
    for name, text in (*known, *_other_texts(context)):
        limit = form.limit("story" if is_long(name) else "field")
        if limit is not None and len(text) > limit.characters:
            yield name, len(text), limit


def _other_texts(context: LetterContext) -> Iterator[tuple[str, str]]:
    """What is printed beside the fields, each with a name to find it by."""
    yield from (("place", context.place), ("delivery", context.delivery))
    yield from (("our_reference", context.our_reference), ("agent", context.agent))
    yield from (
        ("recipient", context.recipient.department),
        ("recipient", context.recipient.reference),
    )
    for index, attempt in enumerate(context.attempts, start=1):
        yield from (
            (f"attempt {index}", text) for text in (attempt.channel, attempt.who, attempt.answer)
        )
    for claim in context.counterclaims:
        yield from ((f"claim {claim.number}", text) for text in (claim.text, claim.answer))
    for item in context.exhibits:
        yield f"exhibit {item.exhibit.number}", item.exhibit.caption


def _asked(needs: tuple[Need, ...], values: Values, *, must: bool) -> tuple[Asked, ...]:
    return tuple(
        Asked(need.names[0], need.names, question(need.names[0]), must)
        for need in needs
        if (not need.given or _holds(need.given, values))
        and not any(name in values for name in need.names)
    )


def _holds(name: str, values: Values) -> bool:
    """Whether a condition holds: it is known, and is no flag that says no."""
    return name in values and not (values[name].word and values[name].text == "no")
