"""What the screens and the commands show: frozen rows that queries give, and nothing else.

A view holds values, and words only where words are the answer (titles, reasons, "if you do
nothing"); these are in the language that was in force when the query ran.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from typing import TYPE_CHECKING, Final

from disputedesk.deadlines.plan import Plan
from disputedesk.deadlines.window import ChecklistItem, Window
from disputedesk.deadlines.words import Actor, Avenue, Status
from disputedesk.desk.after_views import AfterView
from disputedesk.desk.order_views import (
    FactView,
    LifeMark,
    OrderDetail,
    OrderFilter,
    OrderRowView,
    OrderSort,
    OrdersQuery,
)
from disputedesk.model.case import (
    Case,
    CaseNote,
    Document,
    Exhibit,
    Filing,
    Wish,
)
from disputedesk.model.ids import CaseId, ClientId, EvidenceId, LedgerId, OrderId, RuleId
from disputedesk.model.money import Money
from disputedesk.model.order import Client, Instrument, Item, Order
from disputedesk.model.problem import Problem

LATE_REFUND: Final = RuleId("desk.late_refund")
"""What a promised refund whose day has passed is called where the other rows have a rule."""

if TYPE_CHECKING:
    from disputedesk.store.reading.bases import UndatedCase

__all__ = [
    "AvenueView",
    "CaseDetail",
    "CaseRow",
    "CheckView",
    "DueGroup",
    "DueView",
    "FactView",
    "Hit",
    "LifeMark",
    "LogLine",
    "NextStep",
    "OrderDetail",
    "OrderFilter",
    "OrderRowView",
    "OrderSort",
    "OrdersQuery",
    "PaperChoice",
    "ProblemChoice",
    "Question",
    "StepKind",
    "StripDay",
    "TodayView",
    "Undated",
    "UndoView",
    "WhatIf",
]


class DueGroup(enum.StrEnum):
    """The groups of *Today*."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    WAITING = "waiting"


class StepKind(enum.StrEnum):
    """What the one button of a row does."""

    TELL_PROBLEM = "tell_problem"
    """No case yet: asks whether it arrived, then what went wrong."""
    ANSWER_QUESTION = "answer_question"
    ADD_EVIDENCE = "add_evidence"
    PREPARE_SUBMISSION = "prepare_submission"
    PREPARE_LETTER = "prepare_letter"
    CHASE = "chase"
    OPEN_CASE = "open_case"


@dataclasses.dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do now.

    Attributes:
        button: The words on the button: "Open the AliExpress dispute".
        form: The form a preparing step starts from; empty otherwise.
        fact: The fact a question asks for; empty otherwise.
    """

    kind: StepKind
    button: str
    rule: RuleId | None = None
    form: str = ""
    fact: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class DueView:
    """One row of *Today*: one clock that runs for an order or a case.

    Attributes:
        case: `None` for a watched order without a case.
        title: "Parcel never came: 3D printer filament".
        subtitle: Platform, shop, order number.
        nothing: "If you do nothing: …", one sentence; may be empty.
        act_by: The day the row is sorted by: `file_by`, else `closes`, else their due day.
        acts: Whose turn it is.
        reserve: Whether this avenue is kept for later (another one comes first).
        client: Whose order it is; `client_is_self` hides the name on a shopper's own desk.
    """

    order: OrderId
    case: CaseId | None
    rule: RuleId
    group: DueGroup
    title: str
    subtitle: str
    avenue: Avenue
    avenue_title: str
    status: Status
    act_by: dt.date | None
    closes: dt.date | None
    closes_at: dt.datetime | None
    opens: dt.date | None
    acts: Actor
    money: Money | None
    nothing: str
    step: NextStep
    reserve: bool
    case_number: int | None
    client: str
    client_is_self: bool

    @property
    def is_late_refund(self) -> bool:
        """Whether it is no clock of the rules but a promised refund whose day has passed."""
        return self.rule == LATE_REFUND

    @property
    def is_asked(self) -> bool:
        """Whether the buyer's answer is asked by a day that only the other side's letter names."""
        return self.status is Status.UNKNOWN and self.act_by is None and self.acts is Actor.BUYER


@dataclasses.dataclass(frozen=True, slots=True)
class StripDay:
    """One day of the strip of the next thirty: what must be acted on by then, by urgency."""

    day: dt.date
    urgent: int
    soon: int
    calm: int
    waiting: int


@dataclasses.dataclass(frozen=True, slots=True)
class Undated:
    """What no list of days can show, because no last day is known yet.

    Attributes:
        cases: Open cases without any known day.
        orders: How many orders under way have neither a case nor a known day; counted up to a
            cap, and only when asked for, else 0.
    """

    cases: tuple[UndatedCase, ...]
    orders: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class TodayView:
    """The room *Today*.

    Attributes:
        rows: In order of `group`, then `act_by`; capped, `more` says how many are not shown.
        at_stake: Sums in dispute, one per currency, the largest first; of `cases` open cases.
        promised: Refunds promised and not seen yet.
        won: What came back this calendar year.
        undated: What no row can be shown for; its orders are counted when there is no row at all.
        has_orders: Whether the desk holds any order at all (else the three doors are shown).
        sample: Whether this is a sample desk.
    """

    today: dt.date
    rows: tuple[DueView, ...]
    more: int
    cases: int
    at_stake: tuple[Money, ...]
    promised: tuple[Money, ...]
    won: tuple[Money, ...]
    strip: tuple[StripDay, ...]
    undated: Undated
    has_orders: bool
    sample: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """A fact worth asking for now.

    Attributes:
        why: What its answer decides, one sentence.
    """

    fact: FactView
    why: str


@dataclasses.dataclass(frozen=True, slots=True)
class CheckView:
    """One line of the next step's checklist and whether it is there."""

    item: ChecklistItem
    done: bool


@dataclasses.dataclass(frozen=True, slots=True)
class AvenueView:
    """One lane of the timeline.

    Attributes:
        windows: Of this avenue, by stage.
        filings: What was filed along it.
    """

    avenue: Avenue
    title: str
    windows: tuple[Window, ...]
    filings: tuple[Filing, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class PaperChoice:
    """A paper that can be made for the case now.

    Attributes:
        kind: `letter`, `submission` or `message`.
        missing: Questions that must be answered first; empty when it can be made.
        group: The shelf it stands on, as `papers.form.FormGroup` names it.
        summary: When it is used, one sentence.
        rule: The step it makes or the clock it reminds of; `None` where it rests on neither.
        recommended: Whether it makes the step that the plan recommends.
        own: Whether it is a form of the desk's own folder.
        called_for: Whether a window, a clock that ran out or a reply calls for it now.
    """

    kind: str
    form: str
    title: str
    avenue: str
    languages: tuple[str, ...]
    missing: tuple[Question, ...]
    advice: tuple[str, ...]
    group: str = "bank"
    summary: str = ""
    rule: RuleId | None = None
    recommended: bool = False
    own: bool = False
    called_for: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a case's log: a note, an act of the ledger, a filing."""

    at: dt.datetime
    author: str
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class CaseDetail:
    """The case workspace.

    Attributes:
        title: What went wrong in one sentence: "Parcel never came: 3D printer filament".
        money: The sum in dispute; `None` when no source said a sum.
        lanes: Avenues with anything to show, in the plan's order.
        step: The one button.
        checks: The checklist of the recommended step.
        questions: Facts to ask for, most useful first.
        facts: The facts that matter to this problem, known ones first.
        papers: What can be made now.
        wishes: What can be asked for.
    """

    case: Case
    title: str
    order: Order
    client: Client
    seller: str
    items: tuple[Item, ...]
    instrument: Instrument | None
    money: Money | None
    stage_title: str
    acts: Actor
    act_by: dt.date | None
    plan: Plan
    windows: tuple[Window, ...]
    lanes: tuple[AvenueView, ...]
    marks: tuple[LifeMark, ...]
    step: NextStep
    checks: tuple[CheckView, ...]
    questions: tuple[Question, ...]
    facts: tuple[FactView, ...]
    exhibits: tuple[Exhibit, ...]
    documents: tuple[Document, ...]
    filings: tuple[Filing, ...]
    notes: tuple[CaseNote, ...]
    log: tuple[LogLine, ...]
    papers: tuple[PaperChoice, ...]
    wishes: tuple[Wish, ...]
    today: dt.date
    after: AfterView


@dataclasses.dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list."""

    id: CaseId
    number: int
    order: OrderId
    title: str
    subtitle: str
    stage_title: str
    money: Money | None
    act_by: dt.date | None
    closed: bool
    asked: bool = False
    """Whether an answer is asked by a day that only the other side's letter names."""
    client: str = ""
    seller: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Hit:
    """One answer of the palette's search."""

    kind: str
    """`order`, `case`, `client` or `evidence`."""
    order: OrderId | None
    case: CaseId | None
    client: ClientId | None
    title: str
    subtitle: str
    evidence: EvidenceId | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class UndoView:
    """The act that Edit ▸ Undo would take back."""

    entry: LedgerId
    text: str
    at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True)
class ProblemChoice:
    """One answer to "What went wrong?".

    Attributes:
        group: `arrived`, `not_arrived`, `money` or `other`: how the picture dialog groups them.
        text: In plain words: "It never came".
        hint: One line more.
    """

    problem: Problem
    group: str
    text: str
    hint: str


@dataclasses.dataclass(frozen=True, slots=True)
class WhatIf:
    """Windows and plan with some facts changed and nothing kept."""

    windows: tuple[Window, ...]
    plan: Plan
