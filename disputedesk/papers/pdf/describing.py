"""What a file says of itself: title, language, dates, which bundle and which part of it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from disputedesk.common import locations
from disputedesk.papers.bundle import BundleOrder
from disputedesk.papers.pdf.settling import Settled

_KNOWN: Final = frozenset({"/Title", "/Producer", "/CreationDate", "/ModDate", "/DeskBundle",
                    "/DeskVersion", "/DeskManifest", "/DeskPart"})  # fmt: skip
"""All that is told in the old place; the new one says it again, so that both agree."""


def describe(document: Any, order: BundleOrder, settled: Settled, part: int) -> None:
    """Title, language, dates and the bundle's own marks; no author, no path, no program."""
    import pikepdf

    parts = settled.parts
    root = document.Root
    root.Lang = order.language
    root.PageMode = pikepdf.Name.UseOutlines
    root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    first = parts[part - 1][0]
    if first > 1:
        label = pikepdf.Dictionary(S=pikepdf.Name.D, St=first)
        root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, label]))
    root.OutputIntents = pikepdf.Array([_colours(document)])
    at = order.stamp.astimezone(dt.UTC)
    made = f"D:{at:%Y%m%d%H%M%S}Z"
    info = document.docinfo
    info["/Title"] = order.title
    info["/Producer"] = "DisputeDesk"
    info["/CreationDate"] = made
    info["/ModDate"] = made
    info["/DeskBundle"] = order.bundle_id
    info["/DeskVersion"] = str(order.version)
    info["/DeskManifest"] = settled.manifest
    info["/DeskPart"] = f"{part} of {len(parts)}"
    for key in set(info.keys()) - _KNOWN:
        del info[key]
    told_at = f"{at:%Y-%m-%dT%H:%M:%SZ}"
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        told["dc:title"] = order.title
        told["dc:language"] = {order.language}
        told["xmp:CreateDate"] = told_at
        told["xmp:ModifyDate"] = told_at
        told["pdf:Producer"] = "DisputeDesk"
        if not settled.not_archival:
            told["pdfaid:part"] = "3" if order.attach else "2"
            told["pdfaid:conformance"] = "B"


def _colours(document: Any) -> Any:
    """What red, green and blue mean."""
    import pikepdf

    profile = document.make_stream(locations.resources("colour", "srgb.icc").read_bytes(), N=3)
    return document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.OutputIntent,
            S=pikepdf.Name.GTS_PDFA1,
            OutputConditionIdentifier="sRGB IEC61966-2.1",
            Info="sRGB IEC61966-2.1",
            DestOutputProfile=profile,
        )
    )
