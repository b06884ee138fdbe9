"""The outgoing files of a bundle inside its PDF, for those who want to check their hashes."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from collections.abc import Iterator, Sequence
from typing import Any, Final

from disputedesk.common.errors import Refused
from disputedesk.common.secrets import has_secret
from disputedesk.common.texts import tr
from disputedesk.papers.bundle import BundleExhibit, BundleOrder
from disputedesk.papers.pdf.blobs import Blob, Slots
from disputedesk.papers.pdf.exhibits import caption_of

_TEXTS: Final = ("text/", "message/", "application/xhtml", "application/json", "application/xml")
_MOST: Final = 16 << 20
"""Bytes of a text that are looked through; a longer one is not enclosed."""


def attach(document: Any, slots: Slots, order: BundleOrder, items: Sequence[BundleExhibit]) -> None:
    """Encloses the outgoing file of each exhibit, as the source of its pages.

    Raises:
        Refused: A file shows a full card number; names the exhibit. Pages mask it, a file cannot.
    """
    import pikepdf

    made = f"D:{order.stamp.astimezone(dt.UTC):%Y%m%d%H%M%S}Z"
    names = pikepdf.Array()
    enclosed = pikepdf.Array()
    for item in sorted(items, key=lambda each: each.file_name):
        if item.exhibit.withdrawn_at is not None:
            continue
        _refuse_secrets(item)
        size = item.path.stat().st_size
        kind = item.exhibit.outgoing.media_type.replace("/", "#2F")
        stream = slots.slot(
            Blob(item.path, ((0, size),)),
            {"/Type": "/EmbeddedFile", "/Subtype": f"/{kind}",
             "/Params": {"/Size": size, "/ModDate": made.join("()")}},
        )  # fmt: skip
        told = pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec, F=item.file_name, UF=item.file_name,
            Desc=caption_of(item), AFRelationship=pikepdf.Name.Source,
            EF=pikepdf.Dictionary(F=stream, UF=stream),
        )  # fmt: skip
        entry = document.make_indirect(told)
        names.extend([pikepdf.String(item.file_name), entry])
        enclosed.append(entry)
    if len(enclosed):
        files = pikepdf.Dictionary(Names=names)
        document.Root.Names = pikepdf.Dictionary(EmbeddedFiles=document.make_indirect(files))
        document.Root.AF = enclosed


def _refuse_secrets(item: BundleExhibit) -> None:
    if not item.exhibit.outgoing.media_type.startswith(_TEXTS):
        return
    if item.path.stat().st_size > _MOST or any(map(has_secret, _texts(item))):
        raise Refused(
            tr("A full card number or code can be read in a file that would be enclosed."),
            tr("exhibit {number}", number=item.exhibit.number),
            tr("Black it out in a copy of the file, or make the bundle without the files."),
        )


def _texts(item: BundleExhibit) -> Iterator[str]:
    """The texts in a file: as it stands, and of a mail each part unpacked."""
    data = item.path.read_bytes()
    yield data.decode("utf-8", "replace")
    if item.exhibit.outgoing.media_type == "message/rfc822":
        for part in email.message_from_bytes(data, policy=email.policy.compat32).walk():
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                yield body.decode("utf-8", "replace")
