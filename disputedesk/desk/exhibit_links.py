"""What points to an exhibit: the reply it shows, refunds it proves, claims that it answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from disputedesk.model.case import Exhibit

if TYPE_CHECKING:
    from disputedesk.store.transaction import StoreTransaction


def links_of(rows: StoreTransaction, exhibit: Exhibit) -> dict[str, list[int]]:
    """The numbers of all that points to an exhibit, by what they are."""
    replies = rows.merchant_replies.of_case(exhibit.case)
    credits_ = rows.credits.of_case(exhibit.case)
    return {
        "replies": [each.id for each in replies if each.exhibit == exhibit.id],
        "claims": [
            claim.id
            for reply in replies
            for claim in rows.counterclaims.of_reply(reply.id)
            if exhibit.id in claim.exhibits
        ],
        "credits": [each.id for each in credits_ if each.exhibit == exhibit.id],
    }


def tie_again(rows: StoreTransaction, exhibit: Exhibit, links: Mapping[str, Sequence[int]]) -> None:
    """Lets what pointed to an exhibit point to it again, as far as it is still there."""
    for reply in rows.merchant_replies.of_case(exhibit.case):
        if reply.id in links.get("replies", ()):
            rows.merchant_replies.update(dataclasses.replace(reply, exhibit=exhibit.id))
        for claim in rows.counterclaims.of_reply(reply.id):
            if claim.id in links.get("claims", ()):
                shown = (*claim.exhibits, exhibit.id)
                rows.counterclaims.update(dataclasses.replace(claim, exhibits=shown))
    for credit in rows.credits.of_case(exhibit.case):
        if credit.id in links.get("credits", ()):
            rows.credits.update(dataclasses.replace(credit, exhibit=exhibit.id))
