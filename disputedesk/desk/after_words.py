"""Words for what happens after filing: refunds, stages of a reply, ways a paper goes out."""

from __future__ import annotations

from typing import Final

from disputedesk.common.texts import mark, tr
from disputedesk.deadlines.words import Stage
from disputedesk.model.credit import CreditKind
from disputedesk.model.posting import PostingWay

_CREDIT: Final = {
    CreditKind.PROMISED: mark("Promised"),
    CreditKind.PROVISIONAL: mark("Provisional"),
    CreditKind.FINAL: mark("Final"),
    CreditKind.TAKEN_BACK: mark("Taken back"),
}
_CREDIT_HINT: Final = {
    CreditKind.PROMISED: mark("They said it will come; nothing is there yet."),
    CreditKind.PROVISIONAL: mark("The bank gave it for the time being; it may be taken back."),
    CreditKind.FINAL: mark("It is back for good."),
    CreditKind.TAKEN_BACK: mark("What had come was taken away again."),
}
_STAGE: Final = {
    Stage.RESPONSE: mark("Merchant's reply"),
    Stage.PRE_ARBITRATION: mark("Pre-arbitration"),
    Stage.ARBITRATION: mark("Arbitration"),
}
_WAY: Final = {
    PostingWay.POST: mark("by post"),
    PostingWay.REGISTERED: mark("by registered post"),
    PostingWay.EMAIL: mark("by e-mail"),
    PostingWay.PORTAL: mark("in the bank's or platform's own pages"),
    PostingWay.FAX: mark("by fax"),
    PostingWay.HAND: mark("by hand"),
}


def credit_title(kind: CreditKind) -> str:
    """What a line of the ledger of refunds says, in a word."""
    return tr(_CREDIT[kind])


def credit_hint(kind: CreditKind) -> str:
    """What a line of the ledger of refunds means, one sentence."""
    return tr(_CREDIT_HINT[kind])


def reply_title(stage: str) -> str:
    """What has come, by the stage at which it came."""
    return tr(_STAGE.get(Stage(stage or Stage.RESPONSE), _STAGE[Stage.RESPONSE]))


def way_title(way: PostingWay) -> str:
    """How a paper went out, in words."""
    return tr(_WAY[way])
