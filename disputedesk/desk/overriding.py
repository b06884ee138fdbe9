"""A limit of one's own as a rule pack: what a bank says, or what holds for one order alone.

The pack takes everything but the last day over from the rule it stands beside – whom it concerns,
what it needs, what filing does – so that it counts exactly where that rule does.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final

import tomli

from disputedesk.common.errors import Refused
from disputedesk.common.hashing import sha256_of_bytes
from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.rule import NO_LIMITS, Count, Expression, Period, Rule, Unit
from disputedesk.desk.watching import watched_facts
from disputedesk.model.fact import FactKind, Facts
from disputedesk.model.ids import FactName, OrderId
from disputedesk.packs.contents import with_common
from disputedesk.packs.toml_text import to_toml

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_TAKEN: Final = (
    "title", "avenue", "stage", "actor", "code", "summary", "problems", "effective_when", "applies",
    "valid", "opens", "margin", "forfeits", "consumes", "requires", "pauses", "checklist",
    "filing_tells",
)  # fmt: skip
_OWN_SOURCE: Final = "own"
_LONGEST: Final = 1_000


@dataclasses.dataclass(frozen=True, slots=True)
class Limit:
    """A last day of one's own beside a rule.

    Attributes:
        rule: The rule's id.
        days: Days counted from `since`; `None` where `closes` is said.
        since: The fact counted from; `None` takes the rule's own.
        closes: The last day itself; for one order only.
        issuer: The bank for whose cards it holds; empty for any.
        order: The order it holds for; `None` for any.
        looser: Whether it may be later than the rule.
        note: Who said so, in the user's words.
    """

    rule: str
    days: int | None = None
    since: FactName | None = None
    closes: dt.date | None = None
    issuer: str = ""
    order: OrderId | None = None
    looser: bool = False
    note: str = ""


def pack_of_limit(desk: Desk, limit: Limit) -> tuple[str, str]:
    """The file name and the text of the pack that sets this limit.

    Raises:
        NotFound: There is no such rule, or no such order.
        Refused: The limit says nothing, or is looser and was not meant to be.
    """
    book = desk.rulebook
    rule = book.rules.get(limit.rule)
    _check(desk, limit, rule)
    pack = book.library.pack_of(rule.id)
    assert pack is not None  # every rule came with a pack
    document = tomli.loads(pack.file.read_bytes().decode("utf-8-sig"))
    written = next(each for each in document["rule"] if each["id"] == rule.id)
    gates = [each for each in (document["pack"].get("concerns"), written.get("concerns")) if each]
    pack_id = _pack_id(desk, limit)
    own_rule: dict[str, Any] = {"id": f"{pack_id}.limit", "overrides": str(rule.id)}
    if limit.looser:
        own_rule["looser_on_purpose"] = True
    own_rule |= _taken(document, written)
    own_rule["title"] = tr("{title} – own limit", title=tr(rule.title))
    own_rule["sources"] = [_OWN_SOURCE, *written["sources"]]
    own_rule["concerns"] = {"all": [*gates, *_own_gates(desk, limit)]}
    own_rule["closes"] = _closes(limit, rule)
    text = to_toml(
        {
            "pack": {
                "id": pack_id,
                "title": own_rule["title"],
                "edition": desk.today.isoformat(),
                "layer": "issuer" if limit.issuer else "user",
                "checked_on": desk.today,
                "changelog": [tr("Set by hand on {day}.", day=day_text(desk.today))],
            },
            "source": {
                **document.get("source", {}),
                _OWN_SOURCE: {"title": _source_title(limit), "confidence": "high", "kind": "own"},
            },
            **({"fact": document["fact"]} if "fact" in document else {}),
            "rule": [own_rule],
        }
    )
    return f"{pack_id}.toml", text


def _taken(document: dict[str, Any], written: dict[str, Any]) -> dict[str, Any]:
    """What the rule says, with what its pack says once for all its rules."""
    common = document.get("common", {}) if written.get("common", True) else {}
    said = with_common(written, common)
    return {key: said[key] for key in _TAKEN if key in said}


def _own_gates(desk: Desk, limit: Limit) -> list[dict[str, object]]:
    gates: list[dict[str, object]] = []
    if limit.issuer:
        gates.append({"fact": "issuer", "is": limit.issuer})
    if limit.order is not None:
        with desk.store.snapshot() as rows:
            order = rows.orders.get(limit.order)
        gates.append({"fact": "platform", "is": order.platform})
        gates.append({"fact": "order_ref", "is": order.number})
    return gates


def _pack_id(desk: Desk, limit: Limit) -> str:
    parts = ["own", _slug(limit.rule)]
    if limit.issuer:
        parts.append(_slug(limit.issuer))
    if limit.order is not None:
        parts.append(f"order_{limit.order}")
    return ".".join(parts)


def _slug(text: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    return plain if plain and text.isascii() else f"x{sha256_of_bytes(text.encode())[:8]}"


def _source_title(limit: Limit) -> str:
    if limit.note:
        return limit.note
    if limit.issuer:
        return tr("What {issuer} says", issuer=limit.issuer)
    return tr("Own entry")


def _closes(limit: Limit, rule: Rule) -> dict[str, object]:
    if limit.closes is not None:
        return {"on": limit.closes}
    return {"from": str(limit.since or _anchor(rule.closes)), "days": limit.days}


def _anchor(expression: Expression | None) -> FactName | None:
    """The one fact that a rule counts from, where it is one."""
    return expression.anchor if isinstance(expression, Count) and not expression.after else None


def _check(desk: Desk, limit: Limit, rule: Rule) -> None:
    if (limit.days is None) == (limit.closes is None):
        raise Refused(
            tr("An own limit is either a number of days or a day."), "--days, --closes",
            tr("Say --days N, or --closes DATE with --order REF."),
        )  # fmt: skip
    if limit.closes is not None:
        _check_day(desk, limit, rule)
        return
    if not limit.issuer and limit.order is None:
        raise Refused(
            tr("An own limit holds for the cards of a bank or for one order."), "--issuer, --order",
            tr("Say --issuer NAME or --order REF."),
        )  # fmt: skip
    if limit.days is None or not 0 <= limit.days <= _LONGEST:
        raise Refused(
            tr("A whole number from {lowest} to {highest} was expected.", lowest=0,
               highest=_LONGEST), "--days",
        )  # fmt: skip
    _check_since(desk, limit, rule)
    closes = rule.closes
    plain = isinstance(closes, Count) and closes.limits == NO_LIMITS and closes.period == Period(
        closes.period.count, Unit.DAYS
    )  # fmt: skip
    if not plain or not isinstance(closes, Count) or limit.looser:
        return
    if limit.since in {None, closes.anchor} and limit.days > closes.period.count:
        raise Refused(
            tr("{days} days are more than the {known} days of {rule}; the stricter limit wins.",
               days=limit.days, known=closes.period.count, rule=rule.id), "--days",
            tr("Say --looser if it is meant so; every answer will repeat it."),
        )  # fmt: skip


def _check_since(desk: Desk, limit: Limit, rule: Rule) -> None:
    if limit.since is None and _anchor(rule.closes) is None:
        raise Refused(
            tr("{rule} does not count from one fact alone.", rule=rule.id), "--from",
            tr("Name the fact to count from: --from processing_date."),
        )  # fmt: skip
    if limit.since is not None:
        kind = desk.rulebook.catalogue.get(limit.since).kind
        if kind not in {FactKind.DATE, FactKind.INSTANT}:
            raise Refused(
                tr("The fact {name} is not a day; one was expected here.", name=limit.since),
                "--from",
            )


def _check_day(desk: Desk, limit: Limit, rule: Rule) -> None:
    from disputedesk.desk.basis import read_order

    if limit.order is None:
        raise Refused(
            tr("A day itself can only be the limit of one order."), "--closes",
            tr("Name the order: --order REF."),
        )  # fmt: skip
    with desk.store.snapshot() as rows:
        order = read_order(rows, limit.order)
        asked = [read_order(rows, limit.order, case).facts for case in order.cases]
    closes = [
        window.closes
        for facts in asked or [watched_facts(order.facts)]
        for window in desk.rulebook.windows(Facts(facts), today=desk.today, only={rule.id})
        if window.closes is not None
    ]
    if closes and limit.closes is not None and limit.closes > min(closes) and not limit.looser:
        raise Refused(
            tr("{day} is later than the last day by {rule}, {known}; the stricter limit wins.",
               day=day_text(limit.closes), rule=rule.id, known=day_text(min(closes))), "--closes",
            tr("Say --looser if it is meant so; every answer will repeat it."),
        )  # fmt: skip
