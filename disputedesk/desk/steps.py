"""The one next step of a case: which button it is, and what the checklist still lacks."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable
from typing import TYPE_CHECKING, Final

from disputedesk.common.texts import mark, tr
from disputedesk.deadlines.candidate import asked_in
from disputedesk.deadlines.plan import Plan
from disputedesk.deadlines.window import ChecklistItem, Window
from disputedesk.deadlines.words import Avenue
from disputedesk.desk import words
from disputedesk.desk.views import CheckView, NextStep, StepKind

if TYPE_CHECKING:
    from disputedesk.papers.form import Form

_PREPARE: Final = {
    Avenue.PLATFORM_DISPUTE: mark("Prepare the dispute"),
    Avenue.PLATFORM_APPEAL: mark("Prepare the appeal"),
    Avenue.WALLET_CLAIM: mark("Prepare the wallet claim"),
    Avenue.CARD_CHARGEBACK: mark("Write to the bank"),
    Avenue.BANK_CLAIM: mark("Write to the bank"),
    Avenue.STATUTORY: mark("Write the letter"),
    Avenue.SELLER: mark("Write to the seller"),
}
_EXHIBIT_WORDS: Final = {
    "order_page": mark("Add the order page"),
    "tracking": mark("Add the tracking page"),
    "chat": mark("Add the chat"),
    "photo": mark("Add a photo"),
    "video": mark("Add the video"),
    "label": mark("Add the label"),
    "receipt": mark("Add the receipt"),
    "statement": mark("Add the statement"),
    "return_proof": mark("Add the proof of return"),
    "refund_promise": mark("Add the refund promise"),
    "listing": mark("Add the listing"),
    "police_report": mark("Add the police report"),
    "packaging": mark("Add the packaging"),
    "fault": mark("Add a photo of the fault"),
    "size": mark("Add a photo with a ruler"),
    "serial": mark("Add the serial number"),
    "timer": mark("Add the timer"),
    "dispute": mark("Add the page of the dispute"),
    "decision": mark("Add their decision"),
    "cancellation": mark("Add the cancellation"),
}
_EXHIBIT_NAMES: Final = {
    "order_page": mark("Order page"),
    "tracking": mark("Tracking page"),
    "chat": mark("Chat with the seller"),
    "photo": mark("Photo"),
    "video": mark("Video"),
    "label": mark("Shipping label"),
    "receipt": mark("Receipt"),
    "statement": mark("Card or account statement"),
    "return_proof": mark("Proof of return"),
    "refund_promise": mark("Promise of a refund"),
    "listing": mark("The listing"),
    "police_report": mark("Police report"),
    "packaging": mark("Packaging"),
    "fault": mark("The fault or difference"),
    "size": mark("Size with a ruler"),
    "serial": mark("Serial number or mark"),
    "timer": mark("Protection timer"),
    "dispute": mark("Page of the dispute"),
    "decision": mark("Their decision"),
    "cancellation": mark("Cancellation"),
    "reply": mark("Merchant's reply"),
    "other": mark("Something else"),
}
_SHOWS_TOO: Final = {"fault": "photo", "size": "photo", "serial": "photo"}
"""What an exhibit also is to a checklist: a photo of the fault is a photo."""


def exhibit_kinds() -> tuple[tuple[str, str], ...]:
    """What an exhibit can be, with words for each."""
    return tuple((kind, tr(text)) for kind, text in _EXHIBIT_NAMES.items())


def kinds_shown(kinds: Iterable[str]) -> frozenset[str]:
    """What exhibits of these kinds are to a checklist."""
    named = frozenset(kinds) - {""}
    return named | {_SHOWS_TOO[kind] for kind in named & _SHOWS_TOO.keys()}


def checks_of(
    window: Window | None, known: Collection[str], exhibits: Collection[str]
) -> tuple[CheckView, ...]:
    """The checklist of a step, each line ticked or not; what must be there first.

    Args:
        window: The recommended window; `None` where nothing is open.
        known: Names of the facts that are known.
        exhibits: Kinds of the exhibits that are there.
    """
    if window is None:
        return ()
    shown = kinds_shown(exhibits)
    views = [CheckView(item, _is_there(item, known, shown)) for item in window.checklist]
    return tuple(sorted(views, key=lambda view: not view.item.must))


def _is_there(item: ChecklistItem, known: Collection[str], exhibits: Collection[str]) -> bool:
    wanted = [item.fact in known] if item.fact else []
    if item.exhibit:
        wanted.append(item.exhibit in exhibits)
    return bool(wanted) and all(wanted)


def step_without_case() -> NextStep:
    """The step of a watched order: asks whether it arrived."""
    return NextStep(StepKind.TELL_PROBLEM, tr("Has it arrived?"))


def next_step(
    plan: Plan,
    window: Window | None,
    checks: Collection[CheckView],
    catalogue: Container[str],
    form: Form | None,
) -> NextStep:
    """The one button of a case.

    Args:
        plan: The case's plan.
        window: The window of the plan's recommended rule; `None` where nothing is open.
        checks: That window's checklist.
        catalogue: Names of the facts that can be asked for.
        form: The form that serves the rule; `None` where there is none.
    """
    if window is None or plan.next_step is None:
        return NextStep(StepKind.OPEN_CASE, tr("Look at the case"))
    asked = asked_in(window)
    if asked is not None:
        return NextStep(StepKind.ANSWER_QUESTION, tr("Tell their day"), window.rule, fact=asked)
    lacking = [check.item for check in checks if check.item.must and not check.done]
    for item in lacking:
        if item.fact and item.fact in catalogue:
            return NextStep(
                StepKind.ANSWER_QUESTION, tr("Answer a question"), window.rule, fact=item.fact
            )
    for item in lacking:
        if item.exhibit in _EXHIBIT_WORDS:
            button = tr(_EXHIBIT_WORDS[item.exhibit])
            return NextStep(StepKind.ADD_EVIDENCE, button, window.rule)
    if form is not None:
        from disputedesk.papers.form import FormKind

        letter = form.kind is FormKind.LETTER
        kind = StepKind.PREPARE_LETTER if letter else StepKind.PREPARE_SUBMISSION
        message = _PREPARE.get(window.avenue, mark("Write the letter"))
        return NextStep(kind, tr(message), window.rule, form=form.id)
    return NextStep(
        StepKind.OPEN_CASE,
        tr("See how: {avenue}", avenue=words.avenue_title(window.avenue)),
        window.rule,
    )
