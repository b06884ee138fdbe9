"""What a ledger of refunds adds up to: never more in hand than came, never a promise kept twice."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from disputedesk.model.credit import Credit, CreditKind
from disputedesk.model.credit_ledger import balance_in, balances, open_promises
from disputedesk.model.ids import CaseId, FilingId
from disputedesk.model.money import Money

DAY = dt.date(2026, 5, 4)


def a_line(number, kind, minor, on=0, *, due=None, filing=None, currency="EUR"):
    return Credit(
        number, CaseId(1), CreditKind(kind), Money(minor, currency), DAY + dt.timedelta(days=on),
        None if due is None else DAY + dt.timedelta(days=due),
        filing=None if filing is None else FilingId(filing),
    )  # fmt: skip


def sums(*lines):
    found = balance_in(lines, "EUR")
    return found.promised.minor, found.provisional.minor, found.final.minor


def test_what_the_bank_makes_final_takes_the_place_of_what_it_lent():
    lent = a_line(1, "provisional", 4310, 0, filing=7)
    assert sums(lent) == (0, 4310, 0)
    assert sums(lent, a_line(2, "final", 4310, 9, filing=7)) == (0, 0, 4310)


def test_money_of_another_step_comes_on_top_of_what_was_lent():
    lent = a_line(1, "provisional", 4310, 0, filing=7)
    assert sums(lent, a_line(2, "final", 1000, 9)) == (0, 4310, 1000)


def test_what_is_taken_back_takes_what_was_lent_first():
    lent = a_line(1, "provisional", 4310, 0, filing=7)
    final = a_line(2, "final", 1000, 1)
    assert sums(lent, final, a_line(3, "taken_back", 4310, 2, filing=7)) == (0, 0, 1000)
    assert sums(lent, final, a_line(3, "taken_back", 5000, 2, filing=7)) == (0, 0, 310)


def test_a_promise_is_kept_by_what_comes_after_it_the_oldest_first():
    first, second = a_line(1, "promised", 1000, 0, due=5), a_line(2, "promised", 500, 1, due=6)
    came = a_line(3, "final", 1200, 3)
    left = {one.credit.id: one.left.minor for one in open_promises((first, second, came))}
    assert left == {2: 300}
    early = a_line(0, "final", 1000, -1)
    assert [one.left.minor for one in open_promises((early, first))] == [1000]


def test_lent_money_keeps_no_promise():
    promised = a_line(1, "promised", 1000, 0, due=2)
    (left,) = open_promises((promised, a_line(2, "provisional", 1000, 1)))
    assert left.left.minor == 1000
    assert left.days_late(DAY + dt.timedelta(days=2)) == 0
    assert left.days_late(DAY + dt.timedelta(days=5)) == 3


def test_currencies_are_never_mixed():
    found = balances((a_line(1, "final", 100), a_line(2, "final", 7, currency="USD")))
    assert [(each.currency, each.final.minor) for each in found] == [("EUR", 100), ("USD", 7)]


LINES = st.lists(
    st.builds(
        a_line,
        st.integers(1, 99), st.sampled_from(list(CreditKind)), st.integers(1, 10_000),
        st.integers(0, 30), filing=st.sampled_from([None, 1, 2]),
    ),
    max_size=12,
)  # fmt: skip


@given(LINES)
def test_no_more_is_in_hand_than_came_and_nothing_is_below_nothing(lines):
    found = balance_in(lines, "EUR")
    came = sum(line.amount.minor for line in lines
               if line.kind in {CreditKind.PROVISIONAL, CreditKind.FINAL})  # fmt: skip
    promised = sum(line.amount.minor for line in lines if line.kind is CreditKind.PROMISED)
    assert min(found.promised.minor, found.provisional.minor, found.final.minor) >= 0
    assert found.provisional.minor + found.final.minor <= came
    assert found.promised.minor <= promised
    assert found.promised.minor == sum(one.left.minor for one in open_promises(lines))


@given(LINES)
def test_the_order_in_which_lines_are_read_does_not_matter(lines):
    once = list({(line.on, line.id): line for line in lines}.values())
    assert balance_in(once, "EUR") == balance_in(reversed(once), "EUR")
