"""Ways to get the money back: avenues as lanes, windows as bars, filings as marks, today a line."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from disputedesk.common.texts import day_text, tr, trn
from disputedesk.deadlines.plan import Plan, PlanStep
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Avenue, Status
from disputedesk.desk import words
from disputedesk.desk.views import AvenueView, CaseDetail
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cards import Card
from disputedesk.gui.labels import label
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.timeline import Bar, Lane, Mark, Timeline, TimelineView
from disputedesk.gui.tokens import Type
from disputedesk.gui.window_bars import bar_of, why_text

_RARE = frozenset({Avenue.REGULATOR, Avenue.OMBUDSMAN, Avenue.COURT})
"""Ways that are rarely needed: folded until they are asked for, or press."""


def is_rare(step: PlanStep, plan: Plan) -> bool:
    """Whether a step stands behind "more": a court, a regulator, an ombudsman that do not press."""
    if step.window.rule == plan.next_step or step.window.status is Status.CLOSING:
        return False
    return step.window.avenue in _RARE


def rare_lanes(detail: CaseDetail) -> tuple[Avenue, ...]:
    """The lanes that are folded: those of rare avenues alone, while another lane stays."""
    busy = {step.window.avenue for step in detail.plan.steps if not is_rare(step, detail.plan)}
    busy |= {Avenue(filing.avenue) for filing in detail.filings}
    folded = tuple(
        view.avenue for view in detail.lanes if view.avenue in _RARE and view.avenue not in busy
    )
    return folded if len(folded) < len(detail.lanes) else ()


def timeline_of(detail: CaseDetail, *, whole: bool = True) -> TimelineView:
    """What a case's timeline shows: its life, and a lane for every way.

    Args:
        detail: The case.
        whole: Whether ways that are rarely needed have their lanes too.
    """
    life: list[Mark] = []
    seen: set[tuple[object, str]] = set()
    for each in detail.marks:
        if (each.day, each.text) not in seen and each.kind not in ("filing", "answer"):
            seen.add((each.day, each.text))
            life.append(Mark(each.day, each.text))
    folded = () if whole else rare_lanes(detail)
    shown = [view for view in detail.lanes if view.avenue not in folded]
    lanes = [lane for view in shown for lane in _lanes(view, detail)]
    return TimelineView(detail.today, tuple(life), tuple(lanes))


def _lanes(view: AvenueView, detail: CaseDetail) -> list[Lane]:
    """The lanes of one avenue: windows that overlap stand one under the other."""
    marks = []
    for filing in view.filings:
        text = tr("sent {day}", day=day_text(filing.filed_on))
        marks.append(Mark(filing.filed_on, text, f"{view.title}: {text}", strong=True))
        if filing.answered_on is not None:
            said = tr("answered {day}", day=day_text(filing.answered_on))
            tip = "\n".join(part for part in (f"{view.title}: {said}", filing.answer) if part)
            marks.append(Mark(filing.answered_on, said, tip, strong=True))
    begun = {*detail.plan.begun, *(filing.rule for filing in view.filings)}
    rows: list[list[Bar]] = []
    for window in view.windows:
        if window.actor is not Actor.BUYER and window.status is Status.CLOSED:
            continue  # a duty of theirs that lapsed: the card of their clocks tells it
        step = detail.plan.step_of(window.rule)
        bar = bar_of(window, detail.today, step=step, begun=window.rule in begun)
        if bar is None:
            continue
        free = next((row for row in rows if not any(_overlap(bar, other) for other in row)), None)
        if free is None:
            rows.append([bar])
        else:
            free.append(bar)
    if not rows:
        return [Lane(view.title, (), tuple(marks))] if marks else []
    first = Lane(view.title, tuple(rows[0]), tuple(marks))
    return [first, *(Lane("", tuple(row)) for row in rows[1:])]


def _overlap(one: Bar, other: Bar) -> bool:
    if one.opens is None or other.opens is None or one.closes is None or other.closes is None:
        return True
    return one.opens <= other.closes and other.opens <= one.closes


def without_dates(detail: CaseDetail, *, whole: bool = True) -> str:
    """Ways that have no day to draw: open for good, or not to be dated yet; empty for none."""
    undated = [
        step
        for step in _steps(detail, whole=whole)
        if step.window.closes is None and step.window.opens is None
    ]
    waiting = [one.window.title for one in undated if one.window.status is Status.UNKNOWN]
    for_good = [one.window.title for one in undated if one.window.status is not Status.UNKNOWN]
    lines = []
    if waiting:
        lines.append(tr("Last day not known yet: {ways}.", ways=", ".join(waiting)))
    if for_good:
        lines.append(tr("Open without a last day: {ways}.", ways=", ".join(for_good)))
    return "\n".join(lines)


def _steps(detail: CaseDetail, *, whole: bool) -> tuple[PlanStep, ...]:
    plan = detail.plan
    return tuple(step for step in plan.steps if whole or not is_rare(step, plan))


def gives_up(detail: CaseDetail, *, whole: bool = True) -> str:
    """What each way would end, in sentences with the last day to switch; empty for nothing."""
    lines = []
    for step in _steps(detail, whole=whole):
        for sentence in step.gives_up:
            line = tr("{way}: {loss}", way=step.window.title, loss=sentence)
            if step.last_safe_day is not None:
                day = day_text(step.last_safe_day, weekday=True)
                line += " " + tr("Last safe day to switch to it: {day}.", day=day)
            lines.append(line)
    return "\n".join(dict.fromkeys(lines))


def rare_text(count: int, *, shown: bool) -> str:
    """What the button says that folds and unfolds the ways rarely needed."""
    if shown:
        return tr("Hide the ways rarely needed")
    return trn(
        "{count} more way, rarely needed (office, ombudsman, court)",
        "{count} more ways, rarely needed (office, ombudsman, court)",
        count,
    )


class WindowSheet(Sheet):
    """Why a window stands where it stands, whole: steps, assumptions, warnings, sources."""

    def __init__(self, window: Window, parent: QWidget, *, verb: str = "") -> None:
        super().__init__(
            window.title,
            parent,
            second=tr("{avenue}: {status}", avenue=words.avenue_title(window.avenue),
                      status=words.status_word(window.status)),
            verb=verb,
            width=620,
        )  # fmt: skip
        for line in why_text(window, most=40).splitlines()[1:]:
            self.column.addWidget(label(line, wrap=True, selectable=True))
        if window.checklist:
            self.column.addWidget(label(tr("What to supply"), strong=True))
        for item in window.checklist:
            text = tr("{thing} (needed)", thing=item.text) if item.must else item.text
            self.column.addWidget(label(f"· {text}", wrap=True))
        for warning in window.warnings:
            self.column.addWidget(label(warning, ink="soon", wrap=True))
        for source in window.sources:
            self.column.addWidget(
                label(source.url, ink="mute", size=Type.SMALL, wrap=True, selectable=True)
            )
        self.column.addStretch(1)


class WaysCard(Card):
    """The timeline card.

    Signals:
        window_chosen(window): A bar was opened.
        what_if_wanted(): The user wonders what would move it.
    """

    window_chosen = Signal(object)
    what_if_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Ways to get it back"), parent=parent)
        self.hint = label(
            tr("Rest the mouse on a bar, or press Enter on it, to read why."),
            ink="mute", size=Type.SMALL, wrap=True,
        )  # fmt: skip
        self.column.addWidget(self.hint)
        self.timeline = Timeline(self)
        self.timeline.chosen.connect(self._chosen)
        self.column.addWidget(self.timeline)
        self.open_ended = label("", ink="second", wrap=True)
        self.losses = label("", ink="second", wrap=True)
        self.column.addWidget(self.open_ended)
        self.column.addWidget(self.losses)
        self.what_if = button(tr("What if…"), Act.LINK, parent=self)
        self.what_if.setAccessibleDescription(
            tr("The seller extends, you confirm receipt, you send it back, another card")
        )
        self.what_if.clicked.connect(lambda _checked=False: self.what_if_wanted.emit())
        self.more = button("", Act.LINK, parent=self)
        self.more.clicked.connect(self._unfold)
        self._whole = False
        self._detail: CaseDetail | None = None
        row = QHBoxLayout()
        row.addWidget(self.what_if)
        row.addWidget(self.more)
        row.addStretch(1)
        self.column.addLayout(row)

    def set_detail(self, detail: CaseDetail) -> None:
        """Shows the ways of a case; those rarely needed only when they are asked for."""
        if self._detail is None or self._detail.case.id != detail.case.id:
            self._whole = False
        self._detail = detail
        whole = self._whole
        view = timeline_of(detail, whole=whole)
        self.timeline.set_view(view)
        self.timeline.setVisible(bool(view.lanes or view.life))
        for target, text in (
            (self.open_ended, without_dates(detail, whole=whole)),
            (self.losses, gives_up(detail, whole=whole)),
        ):
            target.setText(text)
            target.setVisible(bool(text))
        if not view.lanes:
            self.open_ended.setText(tr("No way has a date yet: answer the questions beside."))
            self.open_ended.setVisible(True)
        rare = sum(is_rare(step, detail.plan) for step in detail.plan.steps)
        self.more.setVisible(bool(rare))
        text = rare_text(rare, shown=whole)
        self.more.setText(text)
        self.more.setAccessibleName(text)

    @Slot()
    def _unfold(self) -> None:
        self._whole = not self._whole
        if self._detail is not None:
            self.set_detail(self._detail)

    @Slot(object)
    def _chosen(self, window: Window) -> None:
        self.window_chosen.emit(window)
