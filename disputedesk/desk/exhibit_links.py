"""What points to an exhibit: replies, refunds, claims it answers, papers that it shows sent."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from disputedesk.model.case import Exhibit
from disputedesk.model.posting import Posting

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
        "postings": [each.id for each in _postings(rows, exhibit) if each.receipt == exhibit.id],
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
    for posting in _postings(rows, exhibit):
        if posting.id in links.get("postings", ()):
            rows.postings.update(dataclasses.replace(posting, receipt=exhibit.id))


def _postings(rows: StoreTransaction, exhibit: Exhibit) -> list[Posting]:
    """How the papers of the exhibit's case went out."""
    papers = rows.documents.list(exhibit.case)
    return [each for paper in papers for each in rows.postings.of_document(paper.id)]
