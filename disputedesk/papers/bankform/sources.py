"""What may be said to belong into a place: checked when it is said, not when it is printed."""

from __future__ import annotations

from typing import Final

from disputedesk.common.cleaning import clean_line, clean_text
from disputedesk.common.errors import Refused
from disputedesk.common.secrets import has_secret
from disputedesk.common.texts import tr
from disputedesk.papers.bankform.hints import why_never
from disputedesk.papers.bankform.places import BY_HAND, FIXED, FormField, PlaceKind
from disputedesk.papers.vocabulary import field_names, question

_LONGEST_WORDS: Final = 4_000
_LONGEST_NAME: Final = 200
_WORDS_TO_COMPARE: Final = frozenset({
    "home_country", "home_region", "seller_home", "issuer_home", "card_network", "card_type",
    "paid_by",
})  # fmt: skip
"""Short words of ours that tick boxes; nobody wants them printed."""


def checked_source(field: FormField, source: str) -> str:
    """`source` as it is kept for a place.

    Raises:
        Refused: There is no such source, or this place may never hold it; says why.
    """
    plain = clean_text(source)
    if not plain or plain == BY_HAND:
        return plain
    never = why_never(field)
    if never:
        raise Refused(never, field.name)
    if field.kind is PlaceKind.SIGNATURE:
        raise Refused(tr("A signature is written by hand."), field.name)
    if field.read_only:
        raise Refused(tr("The bank filled this place; nobody else may."), field.name)
    if plain.startswith(FIXED):
        return _fixed(field, plain)
    if plain not in field_names():
        raise Refused(
            tr("There is no value called {name}.", name=plain),
            field.name,
            tr("Write the name of a value, fixed words after “=”, or “hand”. bankform values lists "
               "the names."),
        )  # fmt: skip
    return plain


def _fixed(field: FormField, source: str) -> str:
    words = source[len(FIXED) :]
    if len(words) > _LONGEST_WORDS:
        raise Refused(tr("These fixed words are too long for a form."), field.name)
    if has_secret(f"{field.label or field.name}: {words}") or has_secret(words):
        raise Refused(
            tr("This looks like a card number or a secret code; it is never kept or printed."),
            field.name,
            tr("Write it by hand, if the bank truly needs it."),
        )
    return source


def checked_name(name: str) -> str:
    """What somebody calls a place or a form, made harmless.

    Raises:
        Refused: It holds a card number, or is empty.
    """
    plain = clean_line(name)[:_LONGEST_NAME]
    if not plain or has_secret(plain):
        raise Refused(tr("This name cannot be used."), "", tr("Write what the place asks for."))
    return plain


def choices_for(kind: PlaceKind) -> tuple[tuple[str, str], ...]:
    """Names of values that can fill a place of this kind, each with its question, by question."""
    hidden = frozenset() if kind is PlaceKind.TICK else _WORDS_TO_COMPARE
    found = [(name, question(name)) for name in field_names() - hidden]
    return tuple(sorted(found, key=lambda pair: (pair[1].casefold(), pair[0])))
