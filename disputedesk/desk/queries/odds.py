"""Honest odds: how the desk's own closed cases ended, with how many there are; nothing else.

A case counts once, under the way it was last sent along: that is where it ended. Sample desks and
sample people never count. A share is said from `LEAST` cases on only, and with its interval.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from disputedesk.common.texts import tr, trn
from disputedesk.desk import words
from disputedesk.model.case import CaseOutcome
from disputedesk.model.money import Money
from disputedesk.model.problem import Problem

if TYPE_CHECKING:
    from disputedesk.desk.basis import CaseBasis
    from disputedesk.desk.desk import Desk
    from disputedesk.store.reading.rows import ClosedRow

LEAST: Final = 10
"""So many closed cases are the fewest that a share is said of."""
_Z: Final = 1.959963984540054
"""Two-sided 95 % of the normal distribution."""
_OF_CARDS: Final = frozenset({"card_chargeback"})


@dataclasses.dataclass(frozen=True, slots=True)
class Odds:
    """How closed cases of one kind ended.

    Attributes:
        avenue: The way they were last sent along.
        network: The card network, platform or wallet; empty for all of them.
        problem: What had gone wrong; `None` for whatever it was.
        won: How many were won whole; `part`, `lost` and `abandoned` likewise.
        sums: What came back, one sum for each currency.
    """

    avenue: str
    network: str
    problem: Problem | None
    won: int
    part: int
    lost: int
    abandoned: int
    sums: tuple[Money, ...]

    @property
    def n(self) -> int:
        """How many there are."""
        return self.won + self.part + self.lost + self.abandoned

    @property
    def paid(self) -> int:
        """In how many money came back, whole or in part."""
        return self.won + self.part

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the share lies with 95 %, after Wilson; `None` for too few cases."""
        return wilson(self.paid, self.n) if self.n >= LEAST else None


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share of `hits` among `n`, both ends from 0 to 1.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212.
    """
    share, square = hits / n, _Z * _Z
    centre = share + square / (2 * n)
    spread = _Z * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    whole = 1 + square / n
    return max(0.0, (centre - spread) / whole), min(1.0, (centre + spread) / whole)


def all_odds(desk: Desk) -> tuple[Odds, ...]:
    """The desk's closed cases by way, network or platform, and wrong; most cases first."""
    rows = _closed(desk)
    keys = dict.fromkeys((row.avenue, _network(row), row.problem) for row in rows)
    found = [
        _odds(avenue, network, problem, (r for r in rows if (r.avenue, _network(r), r.problem)
              == (avenue, network, problem)))
        for avenue, network, problem in keys
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.n, one.avenue, one.network)))


def odds_for(desk: Desk, basis: CaseBasis) -> dict[str, Odds]:
    """For each way along which closed cases ended, those that are most like this case.

    Like it are those of the same network or platform and the same wrong; where there is none, those
    of the same network or platform; else all of that way.
    """
    rows = _closed(desk)
    facts, order = basis.facts, basis.order.order
    mine = {str(facts.get("network", "")), order.platform, str(facts.get("wallet", ""))} - {""}
    found = {}
    for avenue in dict.fromkeys(row.avenue for row in rows):
        of_way = [row for row in rows if row.avenue == avenue]
        of_mine = [row for row in of_way if _network(row) in mine]
        alike = [row for row in of_mine if row.problem is basis.case.problem]
        chosen = alike or of_mine or of_way
        network = _network(chosen[0]) if of_mine else ""
        problem = basis.case.problem if alike else None
        found[avenue] = _odds(avenue, network, problem, chosen)
    return found


def odds_text(odds: Odds) -> str:
    """How such cases ended, in one line that says how many there are."""
    counts = trn(
        "{paid} of {count} closed case of yours got money back",
        "{paid} of {count} closed cases of yours got money back",
        odds.n,
        paid=odds.paid,
    )
    kind = kind_text(odds)
    line = tr("{counts} ({kind})", counts=counts, kind=kind) if kind else counts
    if odds.interval is None:
        return tr("{line}. Too few for a share.", line=line)
    low, high = odds.interval
    return tr(
        "{line}: {share} %, and with 95 % between {low} and {high} %.",
        line=line,
        share=round(100 * odds.paid / odds.n),
        low=round(100 * low),
        high=round(100 * high),
    )


def kind_text(odds: Odds) -> str:
    """Which cases they are, in words: network or platform, and what went wrong."""
    named = words.network_title(odds.network) if odds.avenue in _OF_CARDS else ""
    named = named or (words.platform_title(odds.network) if odds.network else "")
    wrong = words.problem_text(odds.problem) if odds.problem is not None else ""
    return ", ".join(part for part in (named, wrong) if part)


def _odds(avenue: str, network: str, problem: Problem | None, rows: Iterable[ClosedRow]) -> Odds:
    counts = dict.fromkeys(CaseOutcome, 0)
    sums: dict[str, Money] = {}
    for row in rows:
        counts[row.outcome] += 1
        if row.won is not None and row.outcome in {CaseOutcome.WON, CaseOutcome.PART}:
            known = sums.get(row.won.currency)
            sums[row.won.currency] = row.won if known is None else known + row.won
    return Odds(
        avenue, network, problem, counts[CaseOutcome.WON], counts[CaseOutcome.PART],
        counts[CaseOutcome.LOST], counts[CaseOutcome.ABANDONED],
        tuple(sums[currency] for currency in sorted(sums)),
    )  # fmt: skip


def _closed(desk: Desk) -> tuple[ClosedRow, ...]:
    """The desk's own closed cases that were sent along some way; none of a sample desk."""
    return () if desk.is_sample else desk.reader().basis.closed_cases()


def _network(row: ClosedRow) -> str:
    """The network of a card dispute, the wallet of its claim, else the platform of the order."""
    by_rule = row.avenue in _OF_CARDS or row.avenue == "wallet_claim"
    return str(row.rule).partition(".")[0] if by_rule else row.platform
