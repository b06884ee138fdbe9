"""The engine's windows as bars of a timeline: the same look in an order and in a case."""

from __future__ import annotations

import datetime as dt

from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Status
from disputedesk.desk import words
from disputedesk.gui.chips import tone_of
from disputedesk.gui.dates import short_day
from disputedesk.gui.timeline import Bar, BarLook

_LOOKS = {
    Status.NOT_YET: BarLook.NOT_YET,
    Status.UNKNOWN: BarLook.NOT_YET,
    Status.CLOSED: BarLook.CLOSED,
}


def bar_of(window: Window, today: dt.date) -> Bar | None:
    """The bar of `window`; `None` where there is nothing to draw."""
    if window.status is Status.NOT_AVAILABLE or (window.opens is None and window.closes is None):
        return None
    tone = tone_of(
        window.status,
        window.file_by or window.closes,
        today,
        theirs=window.actor is not Actor.BUYER,
    )
    return Bar(
        opens=window.opens,
        closes=window.closes,
        text=_words(window, today),
        tip=why_text(window),
        tone=tone,
        look=_LOOKS.get(window.status, BarLook.RUNNING),
        key=window,
        short=short_day(window.closes, today) if window.closes else "",
    )


def _words(window: Window, today: dt.date) -> str:
    if window.status is Status.NOT_YET and window.opens is not None:
        return tr("from {day}", day=short_day(window.opens, today))
    if window.closes is None:
        return words.status_word(window.status)
    if window.status is Status.CLOSED:
        return tr("closed {day}", day=short_day(window.closes, today))
    if window.file_by is not None and window.file_by != window.closes:
        return tr(
            "file by {file_by}, closes {closes}",
            file_by=short_day(window.file_by, today),
            closes=short_day(window.closes, today),
        )
    return tr("until {day}", day=short_day(window.closes, today))


def why_text(window: Window, *, most: int = 6) -> str:
    """Why a window stands where it stands: its title, its steps that decided, and who says so."""
    lines = [window.title]
    lines += [step.sentence for step in window.because if step.binds][:most]
    lines += [assumed.text for assumed in window.assumed]
    if window.reason:
        lines.append(window.reason)
    lines += [
        tr(
            "Source: {title}, checked {day}",
            title=source.title,
            day=day_text(source.checked_on),
        )
        for source in window.sources[:2]
    ]
    return "\n".join(lines)
