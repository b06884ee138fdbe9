"""Plans: which avenues are open, in what order to use them, and what doing nothing costs."""

from __future__ import annotations

from disputedesk.deadlines.plan_values import Chaser, Plan, PlanStep
from disputedesk.deadlines.planning import make_plan

__all__ = ["Chaser", "Plan", "PlanStep", "make_plan"]
