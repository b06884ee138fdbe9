"""What is to be said of a paper before it goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disputedesk.desk.basis import read_case
from disputedesk.desk.linting import look_over
from disputedesk.model.ids import CaseId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.papers.lint.finding import Finding


def findings_of(desk: Desk, case_id: CaseId, *, form: str, language: str) -> tuple[Finding, ...]:
    """What stops a paper of a case and what would help it, blockers first.

    Raises:
        NotFound: There is no such case or form.
        Refused: The form does not serve the case's problem.
    """
    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    return look_over(desk, basis, desk.forms.get(form), language=language)
