"""A polite request for what is missing: a text to send, in the language of who gets it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from disputedesk.common import texts
from disputedesk.common.cleaning import clean_line
from disputedesk.common.errors import Refused
from disputedesk.common.secrets import mask
from disputedesk.common.texts import LANGUAGES, day_text, tr
from disputedesk.desk.basis import CaseBasis, read_case
from disputedesk.desk.queries.prompts import PromptState, PromptView, prompts_for
from disputedesk.model.ids import CaseId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """A request for what is missing.

    Attributes:
        subject: For a mail.
        text: Plain text, for a mail or a chat.
        prompts: Names of the things it asks for; empty where nothing is missing.
    """

    language: str
    subject: str
    text: str
    prompts: tuple[str, ...]


def request_for(
    desk: Desk, case_id: CaseId, *, language: str = "", today: dt.date | None = None
) -> Request:
    """What to write to the buyer so that the missing things come.

    Args:
        desk: The desk.
        case_id: The case.
        language: The text's language; empty is the client's own, else the screen's.
        today: The day it is; `None` is the desk's.

    Raises:
        NotFound: There is no such case.
        Refused: The program does not write in that language.
    """
    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    own = basis.order.client.language
    spoken = language or (own if own in LANGUAGES else texts.language())
    if spoken not in LANGUAGES:
        raise Refused(
            tr("DisputeDesk does not write in this language."),
            spoken,
            tr("Choose one of: {names}.", names=", ".join(LANGUAGES)),
        )
    with texts.using(spoken):
        views = prompts_for(desk, case_id, today=today)
        asked = [view for view in views if view.state is PromptState.OPEN]
        subject = tr("Your order {number}: what is still missing",
                     number=basis.order.order.number)  # fmt: skip
        text = mask("\n\n".join(_paragraphs(basis, asked)) + "\n")
    return Request(spoken, subject, text, tuple(view.id for view in asked))


def _paragraphs(basis: CaseBasis, asked: Sequence[PromptView]) -> Iterable[str]:
    client, order = basis.order.client, basis.order.order
    name = "" if client.is_self else clean_line(client.name)
    if name:
        yield tr("Hello {name}, thank you for what you have sent so far.", name=name)
    else:
        yield tr("Hello, thank you for what you have sent so far.")
    item, number = clean_line(order.title), order.number
    if not asked:
        yield tr("For “{item}”, order {number}, everything we can use is here.", item=item,
                 number=number)  # fmt: skip
        return
    yield tr("For “{item}”, order {number}, a few things are still missing. They can be had now "
             "and perhaps not later.", item=item, number=number)  # fmt: skip
    place = 0
    for title, must in ((tr("Without these the case is weak:"), True),
                        (tr("These would help:"), False)):  # fmt: skip
        group = [view for view in asked if view.must is must]
        if group:
            yield title
        for view in group:
            place += 1
            yield _thing(place, view)
    yield tr("If you do not have one of these, just tell us, and we go on without it.")
    day = min((view.act_by for view in asked if view.act_by is not None), default=None)
    if day is not None:
        yield tr("Please send them by {day}.", day=day_text(day, weekday=True))
    yield tr("Please send the files just as your device made them: not cut, and not made smaller "
             "by a chat. Cover card numbers but for the last four digits, and never send a "
             "security code or a password.")  # fmt: skip
    yield tr("Thank you, and kind regards")


def _thing(number: int, view: PromptView) -> str:
    """One thing with its steps, and until when it can be had."""
    until = tr("Until when: {sentence}", sentence=view.until)
    if view.last_day is not None:
        until = tr("It can be had until {day}.", day=day_text(view.last_day))
    lines = [f"{number}. {view.title}", *(f"   – {step}" for step in view.how), f"   {until}"]
    return "\n".join(lines)
