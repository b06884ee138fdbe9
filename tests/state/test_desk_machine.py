"""A desk through any life: recorded, extended, filed, undone, closed and reopened, never at odds.

After every step the stored windows equal freshly assessed ones, and at the end of each life
`verify` is content.
"""

import datetime as dt
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    precondition,
    rule,
)

from disputedesk.common.clock import FixedClock
from disputedesk.common.errors import Conflict, DeskError, NotFound
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations import care, cases, orders, people
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries import cases as case_queries
from disputedesk.desk.queries import today
from disputedesk.model.case import CaseOutcome
from disputedesk.model.ids import FactName
from disputedesk.model.money import Money
from disputedesk.model.order import InstrumentKind
from disputedesk.model.problem import Problem

TODAY = dt.date(2026, 11, 23)
DAYS = st.dates(dt.date(2026, 6, 1), TODAY)
HAPPENED = st.sampled_from(
    ["shipped_on", "last_scan_on", "delivered_on", "transaction_date", "processing_date",
     "statement_sent_on", "contacted_seller_on"]
)  # fmt: skip
PROMISED = st.sampled_from(["promised_by", "expected_delivery"])
DAYS_TO_COME = st.dates(dt.date(2026, 6, 1), dt.date(2027, 3, 1))
PROBLEMS = st.sampled_from([Problem.NOT_RECEIVED, Problem.DAMAGED, Problem.CANCELLED_NO_REFUND])


class DeskLife(RuleBasedStateMachine):
    known_orders = Bundle("orders")
    open_cases = Bundle("cases")

    @initialize()
    def begin(self):
        self.room = Path(tempfile.mkdtemp(prefix="desk-life-"))
        self.desk = Desk.open(self.room / "desk", clock=FixedClock.on(TODAY))
        self.count = 0

    @rule(target=known_orders, day=DAYS, platform=st.sampled_from(["aliexpress", "amazon"]))
    def add_an_order(self, day, platform):
        self.count += 1
        new = orders.NewOrder(
            platform, f"A-{self.count}", "Thing", ordered_on=day, total=Money(4310, "USD")
        )
        return orders.add_order(self.desk, new).value

    @rule(order=known_orders, name=HAPPENED, day=st.one_of(st.none(), DAYS))
    def record_what_happened(self, order, name, day):
        self._may_be_gone(orders.set_facts, self.desk, order, {FactName(name): day})

    @rule(order=known_orders, name=PROMISED, day=st.one_of(st.none(), DAYS_TO_COME))
    def record_a_promise(self, order, name, day):
        self._may_be_gone(orders.set_facts, self.desk, order, {FactName(name): day})

    @rule(order=known_orders, network=st.sampled_from(["visa", "mastercard"]))
    def say_what_was_paid_with(self, order, network):
        new = people.NewInstrument(InstrumentKind.CARD, mask="51****6458", network=network)
        self._may_be_gone(people.set_instrument, self.desk, order, new)

    @rule(order=known_orders, days=st.integers(1, 60))
    def the_seller_extends(self, order, days):
        self._may_be_gone(orders.set_facts, self.desk, order, {FactName("extended_by_days"): days})

    @rule(target=open_cases, order=known_orders, problem=PROBLEMS)
    def open_a_case(self, order, problem):
        try:
            return cases.open_case(self.desk, order, problem=problem).value
        except (Conflict, NotFound):
            return None

    @rule(case=open_cases)
    def file_the_next_step(self, case):
        if case is None:
            return
        try:
            step = case_queries.case_detail(self.desk, case).plan.next_step
        except NotFound:
            return
        if step is not None:
            cases.file_step(self.desk, case, rule=step, on=TODAY)

    @rule(case=consumes(open_cases), outcome=st.sampled_from(list(CaseOutcome)))
    def close_a_case(self, case, outcome):
        if case is not None:
            self._may_be_gone(cases.close_case, self.desk, case, outcome=outcome)

    @rule(name=st.text(min_size=1, max_size=12), zone=st.sampled_from(["Asia/Tokyo", "UTC", ""]))
    @precondition(lambda self: self.count)
    def move_the_client(self, name, zone):
        with self.desk.store.snapshot() as rows:
            me = rows.clients.find_self()
        new = people.NewClient(f"n{name}", country="US", zone=zone, is_self=True)
        people.set_client(self.desk, me.id, new)

    @rule()
    def take_the_last_act_back(self):
        self._may_be_gone(undo, self.desk)

    @rule()
    def close_and_reopen(self):
        self.desk.close()
        self.desk = Desk.open(self.room / "desk", clock=FixedClock.on(TODAY))

    def _may_be_gone(self, operation, *arguments, **named):
        """What undo took away is refused in a sentence, and nothing changes."""
        said = "done"
        try:
            operation(*arguments, **named)
        except DeskError as error:
            said = str(error)
        assert said

    @invariant()
    def stored_windows_equal_fresh_ones(self):
        if not hasattr(self, "desk"):
            return
        with self.desk.store.snapshot() as rows:
            ids = rows.orders.ids()
            before = {number: rows.windows.list(number) for number in ids}
        if ids:
            with self.desk.transaction("test.recompute") as change:
                change.touch_orders(frozenset(ids))
            with self.desk.store.snapshot() as rows:
                assert {number: rows.windows.list(number) for number in ids} == before

    @invariant()
    def today_can_always_be_shown(self):
        if hasattr(self, "desk"):
            today.today_view(self.desk)

    def teardown(self):
        if hasattr(self, "desk"):
            answer = care.verify(self.desk)
            self.desk.close()
            shutil.rmtree(self.room)
            assert answer.findings == ()


DeskLife.TestCase.settings = settings(max_examples=12, stateful_step_count=14, deadline=None)
test_a_desk_through_any_life = DeskLife.TestCase
