"""Rules on the tone: heated words and accusations of a crime, with what to say instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from disputedesk.common.texts import tr
from disputedesk.papers.lint.checked import Checked
from disputedesk.papers.lint.finding import Finding, Place, advice
from disputedesk.papers.lint.stems import found, stems


def heated(checked: Checked) -> Iterator[Finding]:
    """Words that cost a letter its calm."""
    words = stems(checked.language).heated
    for place, word, instead in _words(checked, words):
        yield advice("heated", place, tr("“{word}” makes the text sound angry.", word=word),
                     tr("Better: {instead}.", instead=instead))  # fmt: skip


def accusing(checked: Checked) -> Iterator[Finding]:
    """Accusations of a crime, unless the police were told."""
    if "police_report" in checked.context.facts:
        return
    words = stems(checked.language).crime
    for place, word, instead in _words(checked, words):
        yield advice(
            "accusing", place,
            tr("“{word}” accuses somebody of a crime, and no police report is known.", word=word),
            tr("Better: {instead}.", instead=instead),
        )  # fmt: skip


def _words(checked: Checked, words: Mapping[str, str]) -> Iterator[tuple[Place, str, str]]:
    """Each word once in each place, as it is written, with what to say instead."""
    for place, text in checked.own_words():
        told: set[str] = set()
        for match in found(text, tuple(words)):
            stem = match[0]
            if stem in told:
                continue
            told.add(stem)
            folded_alike = len(text.casefold()) == len(text)
            end = match.end()
            while folded_alike and end < len(text) and text[end].isalpha():
                end += 1
            yield place, text[match.start() : end] if folded_alike else stem, words[stem]
