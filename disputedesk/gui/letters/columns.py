"""The columns of the list of papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from disputedesk.common.texts import tr
from disputedesk.desk.queries.letters import PaperRow
from disputedesk.gui.dates import compact_day, exact_day
from disputedesk.gui.paper_view import kind_title
from disputedesk.gui.rows import Column
from disputedesk.gui.tokens import Tone
from disputedesk.papers.languages import LETTER_LANGUAGES


def paper_columns(today: Callable[[], dt.date]) -> tuple[Column[PaperRow], ...]:
    """The columns; `today` is asked each time, for the day may change while they stand."""
    return (
        Column("title", tr("Paper"), lambda row: row.title, width=300),
        Column("case", tr("Case"), lambda row: str(row.number), right=True, width=72),
        Column("client", tr("Whose"), lambda row: row.client, width=130),
        Column(
            "sent",
            tr("Sent"),
            lambda row: compact_day(row.sent_on) if row.sent_on else tr("draft"),
            tip=lambda row: exact_day(row.sent_on, today()) if row.sent_on else tr("draft"),
            tone=lambda row: Tone.OPEN if row.sent_on else None,
            width=118,
        ),
        Column("kind", tr("What"), lambda row: kind_title(row.kind), width=110, shown=False),
        Column("order", tr("Order"), lambda row: row.order, width=160, shown=False),
        Column(
            "made",
            tr("Made"),
            lambda row: compact_day(row.made_at.astimezone().date()),
            tip=lambda row: exact_day(row.made_at.astimezone().date(), today()),
            width=112,
        ),
        Column(
            "language",
            tr("Language"),
            lambda row: LETTER_LANGUAGES.get(row.language, row.language),
            width=100,
            shown=False,
        ),
    )
