"""States of the room worth a picture: pages, searches, and the stories of the calculator."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from disputedesk.gui.rules.view import RulesRoom

_CLOCK: Final = "T08:59:00+00:00"


@dataclasses.dataclass(frozen=True, slots=True)
class Story:
    """What is chosen, and the days that are typed, counted from today."""

    facts: Mapping[str, str]
    days: Mapping[str, int] = dataclasses.field(default_factory=dict)


_CARD: Final = {"method": "card", "consumer_country": "DE"}
_AT_ALIEXPRESS: Final = {"platform": "aliexpress", "network": "visa", **_CARD}
STORIES: Final = {
    "late": Story(
        {"problem": "not_received", **_AT_ALIEXPRESS},
        {
            "ordered_on": -82, "shipped_on": -78, "promised_by": -40, "protection_ends_at": 3,
            "expected_delivery": -40, "transaction_date": -82, "processing_date": -80,
            "contacted_seller_on": -6,
        },
    ),
    "timer": Story(
        {"problem": "not_received", **_AT_ALIEXPRESS},
        {"shipped_on": -9, "protection_ends_at": 2},
    ),
    "appeal": Story(
        {"problem": "not_as_described", **_AT_ALIEXPRESS},
        {
            "received_on": -40, "transaction_date": -70, "processing_date": -68,
            "contacted_seller_on": -38, "platform_dispute_opened_on": -30,
            "platform_decided_on": -1, "protection_ends_at": -20,
        },
    ),
    "reply": Story(
        {"problem": "not_received", **_AT_ALIEXPRESS},
        {
            "transaction_date": -120, "processing_date": -118, "expected_delivery": -80,
            "contacted_seller_on": -70, "filed_on": -60, "provisional_credit_on": -45,
            "merchant_reply_on": -3, "reply_asked_by": 7,
        },
    ),
    "withdrawal": Story(
        {"problem": "changed_mind", "platform": "other", "network": "mastercard", **_CARD},
        {"received_on": -2},
    ),
    "unknown": Story({"problem": "unauthorised", "platform": "other", "method": "cash"}),
}  # fmt: skip
"""The story of the late parcel, of the grey button, of the platform that said no, of the
merchant's reply after the money came for the time being, and others."""


class _Scenes:
    """Brings the room into one state after another."""

    def __init__(self, room: RulesRoom) -> None:
        self._room = room

    def rule(self, rule: str) -> None:
        self._room.read_rule(rule)

    def search(self, text: str) -> None:
        self._room.find_rule()
        self._room.shelf.search.setText(text)

    def story(self, name: str) -> None:
        story = STORIES[name]
        self._room.open_calculator()
        form = self._room.calculator.form
        form.empty()
        form.choose(**story.facts)
        today = self._room.today
        days = {name: (today + dt.timedelta(count)) for name, count in story.days.items()}
        form.tell(
            {
                name: day.isoformat() + (_CLOCK if name.endswith("_at") else "")
                for name, day in days.items()
            }
        )

    def days(self) -> None:
        QTimer.singleShot(0, self._room, self._show_days)

    def _show_days(self) -> None:
        calculator = self._room.calculator
        calculator.results.verticalScrollBar().setValue(calculator.detail.y() - 8)

    def second(self) -> None:
        windows = self._room.calculator.windows
        windows.setCurrentIndex(windows.rows.index(1, 0))
        self.days()


def scenes_of(room: RulesRoom) -> tuple[tuple[str, Callable[[], object]], ...]:
    """Names and ways into each state."""
    play = _Scenes(room)
    told = [
        scene
        for name in STORIES
        for scene in (
            (name, lambda name=name: play.story(name)),
            (f"{name}-days", play.days),
        )
    ]
    return (
        ("page", lambda: play.rule("mastercard.4853.not_received")),
        ("search", lambda: play.search("visa 13")),
        ("nothing", lambda: play.search("zzz")),
        ("calculator", room.open_calculator),
        *told[:2],
        ("late-bank", play.second),
        *told[2:],
    )
