"""How a ledger of refunds stands: what is promised still, lent by the bank, back for good.

Lines are read by day. Money that comes back for good takes the place of what the bank had lent on
the same step; what is taken back takes that first, then other lent money, then money that was
called final. A promise is kept by whatever final money comes after it, the oldest promise first.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable

from disputedesk.model.credit import Credit, CreditKind
from disputedesk.model.money import Money


@dataclasses.dataclass(frozen=True, slots=True)
class Balance:
    """How one currency of a ledger stands.

    Attributes:
        promised: Promised and not come yet.
        provisional: In hand for the time being; it may be taken back.
        final: Back for good.
        taken_back: What was taken back, all of it.
    """

    promised: Money
    provisional: Money
    final: Money
    taken_back: Money

    @property
    def currency(self) -> str:
        """The currency all its sums are in."""
        return self.final.currency


@dataclasses.dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promised refund that has not come, or not whole.

    Attributes:
        credit: The line that promises it.
        left: What of it has not come.
    """

    credit: Credit
    left: Money

    def days_late(self, today: dt.date) -> int:
        """How many days its own day has passed; 0 while it has not, or where none was named."""
        due = self.credit.due_on
        return 0 if due is None else max(0, (today - due).days)


def balances(lines: Iterable[Credit]) -> tuple[Balance, ...]:
    """The sums of each currency of a ledger, in the order of its lines."""
    return tuple(book.balance() for book in _books(lines))


def open_promises(lines: Iterable[Credit]) -> tuple[OpenPromise, ...]:
    """The promises that are not kept yet, oldest first."""
    found = [promise for book in _books(lines) for promise in book.open_promises()]
    return tuple(sorted(found, key=lambda one: (one.credit.on, one.credit.id)))


def balance_in(lines: Iterable[Credit], currency: str) -> Balance:
    """The sums of one currency; all nothing where no line is in it."""
    return next((each for each in balances(lines) if each.currency == currency),
                _Book(currency).balance())  # fmt: skip


@dataclasses.dataclass(slots=True)
class _Held:
    """What is left of one line."""

    credit: Credit
    left: int

    def give(self, wanted: int) -> int:
        """Takes up to `wanted` out of it; gives what is still wanted."""
        given = min(self.left, wanted)
        self.left -= given
        return wanted - given


class _Book:
    """One currency while its lines are entered, by day."""

    def __init__(self, currency: str) -> None:
        self._currency = currency
        self._promised: list[_Held] = []
        self._lent: list[_Held] = []
        self._final = 0
        self._taken = 0

    def enter(self, line: Credit) -> None:
        """Enters the next line."""
        minor = line.amount.minor
        match line.kind:
            case CreditKind.PROMISED:
                self._promised.append(_Held(line, minor))
            case CreditKind.PROVISIONAL:
                self._lent.append(_Held(line, minor))
            case CreditKind.FINAL:
                _draw(self._of_step(line), minor)
                _draw(self._promised, minor)
                self._final += minor
            case CreditKind.TAKEN_BACK:
                rest = _draw([*self._of_step(line), *self._lent], minor)
                self._final -= min(self._final, rest)
                self._taken += minor

    def _of_step(self, line: Credit) -> list[_Held]:
        """What was lent on the step that brought `line`."""
        return [held for held in self._lent if held.credit.filing == line.filing]

    def balance(self) -> Balance:
        """How it stands now."""
        return Balance(
            self._money(sum(held.left for held in self._promised)),
            self._money(sum(held.left for held in self._lent)),
            self._money(self._final), self._money(self._taken),
        )  # fmt: skip

    def open_promises(self) -> list[OpenPromise]:
        """The promises of which something is left."""
        return [OpenPromise(held.credit, self._money(held.left))
                for held in self._promised if held.left]  # fmt: skip

    def _money(self, minor: int) -> Money:
        return Money(minor, self._currency)


def _draw(held: Iterable[_Held], wanted: int) -> int:
    for each in held:
        wanted = each.give(wanted)
    return wanted


def _books(lines: Iterable[Credit]) -> tuple[_Book, ...]:
    books: dict[str, _Book] = {}
    for line in sorted(lines, key=lambda one: (one.on, one.id)):
        currency = line.amount.currency
        books.setdefault(currency, _Book(currency)).enter(line)
    return tuple(books.values())
