"""What answers would open, before anything is kept; and the case opened with them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from disputedesk.common.errors import DeskError
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.cases import open_case
from disputedesk.desk.views import WhatIf
from disputedesk.model.fact import FactValue
from disputedesk.model.ids import CaseId, FactName, OrderId
from disputedesk.model.problem import Problem

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


@dataclasses.dataclass(frozen=True, slots=True)
class Tried:
    """The ways to get money back as they would be with the answers given so far.

    Attributes:
        faults: Why an answer was not understood, by the fact's name.
    """

    values: Mapping[FactName, FactValue]
    faults: Mapping[str, str]
    what_if: WhatIf


def try_answers(
    desk: Desk, order_id: OrderId, problem: Problem, texts: Mapping[str, str], today: dt.date
) -> Tried:
    """A job that looks what the answers would open; keeps nothing."""
    from disputedesk.desk.operations.orders import parse_fact
    from disputedesk.desk.queries.cases import what_if

    values: dict[FactName, FactValue] = {}
    faults: dict[str, str] = {}
    for name, text in texts.items():
        try:
            values[FactName(name)] = parse_fact(desk, FactName(name), text)
        except DeskError as error:
            faults[name] = str(error)
    shown = what_if(desk, order_id, values, problem=problem, today=today)
    return Tried(values, faults, shown)


def open_told(
    desk: Desk, order_id: OrderId, *, problem: Problem, texts: Mapping[str, str]
) -> Outcome[CaseId]:
    """Opens a case with answers as they were typed.

    Raises:
        Refused: An answer says no such value.
        Conflict: A case for the same wrong is open already.
    """
    from disputedesk.desk.operations.orders import parse_fact

    facts = {FactName(name): parse_fact(desk, FactName(name), text) for name, text in texts.items()}
    return open_case(desk, order_id, problem=problem, facts=facts)
