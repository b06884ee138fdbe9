"""Rules on what can be printed at all: numbers of cards, characters, markup, lengths."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from disputedesk.common.secrets import has_secret
from disputedesk.common.texts import tr
from disputedesk.papers.lint.checked import Checked, exhibit, field
from disputedesk.papers.lint.finding import Finding, Goto, Place, advice, blocker
from disputedesk.papers.needs import too_long
from disputedesk.papers.values import values_of

_MARKUP: Final = re.compile(
    r"</?[A-Za-z!?][^<>]{0,400}>|\{\{.{0,200}?\}\}|\{%.{0,200}?%\}", re.DOTALL
)
_SHOWN: Final = 5


def secrets_anywhere(checked: Checked) -> Iterator[Finding]:
    """Card numbers and codes: in words, captions, names of files, and in files themselves."""
    for place, text in checked.every_word():
        if has_secret(text):
            yield _secret(place)
    for item in checked.context.exhibits:
        if has_secret(item.exhibit.outgoing.name):
            yield _secret(exhibit(item.exhibit.number))
    for number, why in checked.around.unsafe.items():
        yield blocker("secret_in_exhibit", exhibit(number), why,
                      tr("Hide it in a copy, or take the exhibit out."), final=True)  # fmt: skip


def _secret(place: Place) -> Finding:
    return blocker(
        "secret", place,
        tr("A full card number or a secret code stands here: {place}.", place=place.text),
        tr("Take it out; the last four digits are enough."), final=True,
    )  # fmt: skip


def characters(checked: Checked) -> Iterator[Finding]:
    """Characters that no font of ours can show, place by place, with what to do."""
    from disputedesk.papers.pdf import fonts

    if checked.letter is None:
        return
    own = [(place, text) for place, text in checked.every_word()]
    for name, text in checked.letter.texts():
        bad = fonts.unprintable(text)
        if not bad:
            continue
        place = next((at for at, words in own if set(bad) <= set(fonts.unprintable(words))),
                     Place(Goto.FORM, name, name))  # fmt: skip
        yield blocker(
            "unprintable", place,
            tr("These characters cannot be printed: {characters}.",
               characters=", ".join(_named(char) for char in bad[:_SHOWN])),
            _suggestion(bad[0]), final=True,
        )  # fmt: skip


def _named(char: str) -> str:
    name = unicodedata.name(char, "").lower()
    shown = f"“{char}” " if not unicodedata.combining(char) else ""
    return f"{shown}U+{ord(char):04X} {name}".strip()


def _suggestion(char: str) -> str:
    if unicodedata.category(char) in {"So", "Sk"}:
        return tr("Say in words what the picture means.")
    if unicodedata.category(char).startswith("L"):
        return tr("Write it in the letters of this language, and add the original as an exhibit.")
    return tr("Take them out.")


def markup(checked: Checked) -> Iterator[Finding]:
    """Texts that are nothing but markup, and those that hold some."""
    for place, text in checked.own_words():
        found = _MARKUP.search(text)
        if found is None:
            continue
        if not re.sub(r"[\s\W]", "", _MARKUP.sub("", text)):
            yield blocker("only_markup", place, tr("This text is only markup: it tells nothing."),
                          tr("Write it in words."))  # fmt: skip
        else:
            yield advice("markup", place, tr("“{mark}” is printed as it stands.",
                                             mark=found[0][:40]))  # fmt: skip


def lengths(checked: Checked) -> Iterator[Finding]:
    """Texts over a limit: which, how long, how long they may be, and who says so."""
    form, context = checked.form, checked.context
    reason = form.reason_for(context.case.problem)
    values = values_of(context, reason=reason.id, language=checked.language, today=checked.today)
    remedy = tr("Shorten it: the facts and dates matter, not the length.")
    for name, length, limit in too_long(form, values, context):
        place = Place(Goto.STORY if name == "narrative" else Goto.QUESTION, name, field(name).text)
        yield blocker(
            "too_long", place,
            tr("“{place}” has {length} characters; the form takes {limit} ({source}).",
               place=place.text, length=length, limit=limit.characters, source=tr(limit.source)),
            remedy, final=True,
        )  # fmt: skip
    for each in checked.submission.fields if checked.submission is not None else ():
        if not each.counter.fits:
            yield blocker(
                "too_long", Place(Goto.STORY, each.name, each.label),
                tr("“{place}” has {length} characters; the form takes {limit} ({source}).",
                   place=each.label, length=each.counter.length, limit=each.limit,
                   source=each.limit_source),
                remedy,
            )  # fmt: skip
