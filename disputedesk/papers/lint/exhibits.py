"""Rules on exhibits: statements that nothing shows, exhibits nobody points to, foreign words."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.papers.lint.checked import Checked, exhibit, story
from disputedesk.papers.lint.finding import Finding, Goto, Place, advice
from disputedesk.papers.lint.stems import holds, stems

_SCRIPTS: Final = {"ru": "CYRILLIC"}
"""The script of each language; Latin where none is named."""
_ENOUGH: Final = 40
"""So many letters of a script are a text in it."""


def unproved(checked: Checked) -> Iterator[Finding]:
    """Statements that end in no exhibit."""
    if checked.letter is not None and checked.letter.unproved:
        numbers = ", ".join(map(str, checked.letter.unproved))
        yield advice(
            "unproved", Place(Goto.EXHIBIT, numbers, tr("Statements {numbers}", numbers=numbers)),
            tr("No exhibit is named for these statements: {numbers}.", numbers=numbers),
            tr("Say of an exhibit what it proves, or add one."),
        )  # fmt: skip


def uncited(checked: Checked) -> Iterator[Finding]:
    """Exhibits that no statement points to."""
    for number in checked.letter.uncited if checked.letter is not None else ():
        yield advice(
            "uncited", exhibit(number),
            tr("No statement points to exhibit {number}.", number=number),
            tr("Say what it proves, or leave it out."),
        )  # fmt: skip


def foreign(checked: Checked) -> Iterator[Finding]:
    """Exhibits in another script than the letter's, where no translation is enclosed."""
    translated = any(
        holds(item.exhibit.caption, stems(language).words.translation)
        for item in checked.context.exhibits
        for language in dict.fromkeys((checked.language, "en", "ru"))
    )
    if translated:
        return
    mine = _SCRIPTS.get(checked.language, "LATIN")
    numbers = {item.exhibit.number for item in checked.context.exhibits}
    for number, text in checked.around.words.items():
        script = _script(text)
        if number in numbers and script and script != mine:
            yield advice(
                "untranslated", exhibit(number),
                tr("Exhibit {number} is in another language, and no translation is enclosed.",
                   number=number),
                tr("Add a translation of what matters; mark it as one in its caption."),
            )  # fmt: skip


def foreign_story(checked: Checked) -> Iterator[Finding]:
    """The writer's own words in another script than the letter's."""
    script = _script(checked.context.case.narrative)
    if script and script != _SCRIPTS.get(checked.language, "LATIN"):
        yield advice(
            "foreign_story", story(),
            tr("Your own words are in another language than the paper; whoever reads it may not "
               "understand them, and they were not looked over."),
            tr("Write them in the language of the paper, or choose another language for it."),
        )  # fmt: skip


def _script(text: str) -> str:
    """The script most letters of a text have; empty where there are too few to tell."""
    scripts = Counter(
        unicodedata.name(char, "?").split(" ")[0] for char in text if char.isalpha()
    ).most_common(1)
    return scripts[0][0] if scripts and scripts[0][1] >= _ENOUGH else ""
