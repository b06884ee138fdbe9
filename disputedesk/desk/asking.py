"""Questions worth asking, with the reason for each: the same for a case and for the calculator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.deadlines.catalogue import FactCatalogue
from disputedesk.deadlines.questions import open_questions
from disputedesk.deadlines.window import Window
from disputedesk.desk import words
from disputedesk.desk.facts import fact_view
from disputedesk.desk.rulebook import Rulebook
from disputedesk.desk.views import Question
from disputedesk.model.fact import Fact, Facts
from disputedesk.model.ids import FactName

_ARRIVED: Final = frozenset(
    choice.problem for choice in words.problem_choices() if choice.group == "arrived"
)
"""Problems of goods that came: when they came is asked first."""
_OF_A_METHOD: Final = frozenset({"wallet", "network", "card_kind", "issuer_country"})
"""What is only asked once it is known how it was paid."""
_TIMER: Final = FactName("protection_ends_at")
"""The platform's own timer: where it matters at all it decides most, and the order shows it."""
_MOST_QUESTIONS: Final = 6


def worth_asking(rulebook: Rulebook, windows: Sequence[Window], facts: Facts) -> list[FactName]:
    """The engine's questions in the order a person is asked them.

    How it was paid goes before which card or wallet it was; nobody who paid by card is asked for a
    wallet; the platform's timer and the day goods came are asked first.
    """
    names = open_questions(rulebook.rules, windows, facts, rulebook.catalogue)
    by_card = facts.get("method") == "card"
    worth = [name for name in names if not (by_card and name == "wallet")]
    method = FactName("method")
    if method in worth:
        later = {*_OF_A_METHOD, method}
        first = next(at for at, name in enumerate(worth) if name in later)
        worth = [name for name in worth if name not in later]
        worth.insert(first, method)
    if _TIMER in worth:
        worth = [_TIMER, *(name for name in worth if name != _TIMER)]
    arrived = FactName("received_on")
    if facts.get("problem") in _ARRIVED and arrived not in facts:
        worth = [arrived, *(name for name in worth if name != arrived)]
    return worth


def questions_of(
    catalogue: FactCatalogue,
    names: Iterable[str],
    recorded: Mapping[str, Fact],
    windows: Sequence[Window],
    *,
    most: int = _MOST_QUESTIONS,
) -> tuple[Question, ...]:
    """The first of these facts as questions, each with what its answer decides."""
    return tuple(
        Question(fact_view(definition, recorded), _why(name, windows))
        for name in list(names)[:most]
        if (definition := catalogue.find(name)) is not None and name != "problem"
    )


def _why(name: str, windows: Sequence[Window]) -> str:
    titles = [
        words.avenue_title(window.avenue)
        for window in windows
        if name in window.missing or any(a.missing == name for a in window.assumed)
    ]
    shown = list(dict.fromkeys(titles))[:2]
    if not shown:
        return tr("It decides which ways are open.")
    return tr("It decides the days of: {avenues}.", avenues=", ".join(shown))
