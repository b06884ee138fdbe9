"""Settings changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disputedesk.common.texts import tr
from disputedesk.desk.changes import Outcome
from disputedesk.desk.settings import check_setting
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


def set_setting(desk: Desk, key: str, value: str) -> Outcome[None]:
    """Keeps a setting.

    Raises:
        Refused: There is no such setting, or it does not take this value.
    """
    setting = check_setting(key, value)
    with desk.transaction("setting.set") as change:
        former = change.rows.settings.set(key, value)
        change.touch_setting(key)
        said = tr("{setting} changed", setting=tr(setting.title))
        entry = change.note(
            Subject("setting"), {"key": key, "value": former}, {"value": value, "said": said}
        )
    return Outcome(None, change.changes, entry, said)
