"""States of the room worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from disputedesk.desk.evidence_views import EvidenceGroup

if TYPE_CHECKING:
    from disputedesk.gui.evidence.view import EvidenceRoom


def scenes_of(room: EvidenceRoom) -> tuple[tuple[str, Callable[[], object]], ...]:
    """Names and ways into: a picture, a mail, where it is used, nothing found, a close look."""
    bar = room.bar

    def only(group: EvidenceGroup) -> None:
        bar.clear()
        bar.group.setCurrentIndex(bar.group.findData(group.value))

    def uses() -> None:
        scroll = room.detail.verticalScrollBar()
        scroll.setValue(scroll.maximum())

    return (
        ("pictures", lambda: only(EvidenceGroup.PICTURES)),
        ("uses", uses),
        ("mails", lambda: only(EvidenceGroup.MAILS)),
        ("everything", bar.clear),
        ("none", lambda: bar.field.setText("zzzz")),
        ("everything-again", bar.clear),
        ("closely", room.detail.open_preview),
    )
