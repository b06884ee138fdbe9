"""What the palette finds: orders, cases and evidence by any word of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disputedesk.common.texts import tr
from disputedesk.desk import words
from disputedesk.desk.views import Hit

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


_MOST_EVIDENCE: Final = 6


def find_anything(desk: Desk, text: str) -> tuple[Hit, ...]:
    """Cases and orders that hold all the words, then evidence that does.

    Args:
        desk: The desk.
        text: As typed.
    """
    from disputedesk.desk.queries.evidence_search import find_evidence

    found = find_evidence(desk, text, limit=_MOST_EVIDENCE)
    pieces = [Hit("evidence", None, None, None, one.name, one.snippet, one.id) for one in found]
    return (*search(desk, text), *pieces)


def search(desk: Desk, text: str, *, limit: int = 20) -> tuple[Hit, ...]:
    """Cases and orders that hold all the words, cases first.

    Args:
        desk: The desk.
        text: As typed; a bare number is also looked for as a case's number.
        limit: The most answers.
    """
    reader = desk.reader()
    orders = reader.search(text, limit)
    hits: list[Hit] = []
    for order in orders:
        for case in reader.cases_page(5, order=order.id):
            title = f"{words.problem_text(case.problem)}: {case.title}"
            label = tr("Case {number}", number=case.number)
            hits.append(Hit("case", case.order, case.id, case.client, title, label))
    if text.strip().isdecimal():
        for case in reader.cases_page(1, below=int(text) + 1):
            if case.number == int(text):
                title = f"{words.problem_text(case.problem)}: {case.title}"
                label = tr("Case {number}", number=case.number)
                hits.insert(0, Hit("case", case.order, case.id, case.client, title, label))
    for order in orders:
        place = f"{words.platform_title(order.platform)} · {order.number}"
        hits.append(Hit("order", order.id, None, order.client, order.title, place))
    return tuple(dict.fromkeys(hits))[:limit]
