"""The sections of a bundle: which exhibits stand together, in which order, under which words."""

from __future__ import annotations

from typing import Final

from disputedesk.common.texts import mark, tr
from disputedesk.model.case import Exhibit

_TITLES: Final = {
    "order": mark("Order and payment"),
    "messages": mark("Messages"),
    "delivery": mark("Delivery"),
    "goods": mark("What arrived"),
    "return": mark("Return and refund"),
    "other": mark("Other papers"),
}
"""The sections by id, in printing order."""

_OF_KIND: Final = {
    "order_page": "order",
    "listing": "order",
    "receipt": "order",
    "statement": "order",
    "timer": "order",
    "cancellation": "order",
    "chat": "messages",
    "dispute": "messages",
    "decision": "messages",
    "reply": "messages",
    "tracking": "delivery",
    "label": "delivery",
    "photo": "goods",
    "packaging": "goods",
    "fault": "goods",
    "size": "goods",
    "serial": "goods",
    "video": "goods",
    "return_proof": "return",
    "refund_promise": "return",
}
_MAIL: Final = "message/rfc822"


def sections() -> tuple[tuple[str, str], ...]:
    """Id and words of every section, in printing order."""
    return tuple((name, tr(title)) for name, title in _TITLES.items())


def section_of(exhibit: Exhibit) -> str:
    """The section an exhibit stands in: what somebody said, else what its kind says."""
    if exhibit.section:
        return exhibit.section
    if not exhibit.kind and exhibit.evidence.media_type == _MAIL:
        return "messages"
    return _OF_KIND.get(exhibit.kind, "other")


def section_title(section: str) -> str:
    """A section in words; one that somebody named themselves is its own title."""
    return tr(_TITLES[section]) if section in _TITLES else section


def section_rank(section: str) -> int:
    """Where a section stands among the others; one that somebody named comes after ours."""
    return list(_TITLES).index(section) if section in _TITLES else len(_TITLES)
