"""Mailboxes in one file, cut into their mails."""

from __future__ import annotations

import re
from typing import Final

_START: Final = re.compile(rb"(?m)^From [^\r\n]{1,300}\r?\n(?=[A-Za-z][A-Za-z0-9-]{0,60}:)")
_MOST_MAILS: Final = 100_000


def split_mailbox(data: bytes) -> tuple[bytes, ...]:
    """The mails of an mbox file, as they stand in it; a single mail gives itself.

    A line that begins with "From " starts a mail only at the very beginning or behind an empty
    line, and only when a header follows: letters contain such lines too. A "From " that was
    escaped with ">" when the mailbox was written is given back as it was.
    """
    starts = [
        match.start()
        for match in _START.finditer(data)
        if match.start() == 0
        or data[max(0, match.start() - 3) : match.start()].endswith((b"\n\n", b"\n\r\n"))
    ][:_MOST_MAILS]
    if not starts or starts[0] != 0:
        return (data,)
    ends = [*starts[1:], len(data)]
    return tuple(
        re.sub(rb"(?m)^>(>*From )", rb"\1", data[start:end])
        for start, end in zip(starts, ends, strict=True)
    )
