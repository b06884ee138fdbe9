"""All rules over one paper: blockers first, each thing told once."""

from __future__ import annotations

from typing import Final

from disputedesk.papers.lint import (
    addressing,
    exhibits,
    facts,
    helping,
    printing,
    standing,
    story,
    tone,
)
from disputedesk.papers.lint.checked import Checked
from disputedesk.papers.lint.finding import Finding

_RULES: Final = (
    facts.missing, printing.secrets_anywhere, printing.characters, printing.markup,
    printing.lengths, facts.days_in_order, facts.sums_that_fit, story.days_that_contradict,
    story.sums_that_contradict, addressing.right_house, addressing.right_desk,
    addressing.address_fits, standing.in_time, helping.signed_by, helping.ended,
    helping.other_head, standing.sent_before, standing.costs, standing.one_payment,
    exhibits.unproved, exhibits.uncited,
    exhibits.foreign, exhibits.foreign_story, tone.accusing, tone.heated,
)  # fmt: skip


def check_paper(checked: Checked) -> tuple[Finding, ...]:
    """What is to be said of a paper, in the language of the screen: blockers first."""
    found = dict.fromkeys(finding for rule in _RULES for finding in rule(checked))
    return tuple(sorted(found, key=lambda finding: not finding.blocks))
