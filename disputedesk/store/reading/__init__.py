"""What screens show first, read on the driver's own connection: no SQLAlchemy on the way.

Lists are read in pages by the last row seen (never by counting rows over), numbers of rows are
counted up to a cap, and every query goes along an index, so that cost follows what is shown.
"""

from disputedesk.store.reading.reader import Reader
from disputedesk.store.reading.rows import (
    AtStake,
    CaseRow,
    DueCursor,
    DueRow,
    FactRow,
    OrderCursor,
    OrderFilter,
    OrderRow,
    OrderSort,
    StripDay,
)

__all__ = [
    "AtStake",
    "CaseRow",
    "DueCursor",
    "DueRow",
    "FactRow",
    "OrderCursor",
    "OrderFilter",
    "OrderRow",
    "OrderSort",
    "Reader",
    "StripDay",
]
