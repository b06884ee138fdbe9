"""States of the room worth a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.batches import make_batch
from disputedesk.desk.queries.cases import case_rows
from disputedesk.desk.views import CaseRow
from disputedesk.gui.letters.look_sheet import LookSheet

if TYPE_CHECKING:
    from disputedesk.gui.letters.view import LettersRoom

_FORM: Final = "bank_chargeback"


class _Scenes:
    """Brings the room into one state after another."""

    def __init__(self, room: LettersRoom) -> None:
        self._room = room
        self._batch: int | None = None

    def write(self) -> None:
        """Writes one form for every open case that has what it needs."""
        bridge = self._room.bridge
        read = bridge.read(case_rows, closed=False, today=bridge.today)
        read.succeeded.connect(self._write)

    def _write(self, rows: Sequence[CaseRow]) -> None:
        cases = [row.id for row in rows]
        job = self._room.bridge.run(make_batch, cases, form=_FORM, language="en")
        job.succeeded.connect(self._written)

    def _written(self, outcome: Outcome[int]) -> None:
        self._batch = outcome.value

    def look(self) -> None:
        if self._batch is not None:
            LookSheet(self._room.desktop, self._batch, self._room.desktop.window).open()


def scenes_of(room: LettersRoom) -> tuple[tuple[str, Callable[[], object]], ...]:
    """A filter that fits nothing, everything again, papers, and the sheets of this room."""
    play = _Scenes(room)
    return (
        ("none", lambda: room.bar.field.setText("zzzz")),
        ("all", room.show_all),
        ("many", room.write_many),
        ("people", room.show_people),
        ("letterhead", room.show_letterhead),
        ("papers", play.write),
        ("look", play.look),
    )
