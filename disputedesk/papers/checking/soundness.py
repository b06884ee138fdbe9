"""Points 1 and 16: the file opens and runs nothing; fonts, title, language and dates are there."""

from __future__ import annotations

from typing import Final

from disputedesk.common.texts import tr
from disputedesk.papers.checking.claims import Claims, Kind
from disputedesk.papers.checking.point import Point, judged
from disputedesk.papers.checking.seen import SeenBundle

_LANGUAGE: Final = 2


def check_opening(seen: SeenBundle) -> Point:
    """Point 1: no password, no script, nothing started, no link out of the file."""
    wrong = []
    if seen.encrypted:
        wrong.append(tr("The file is encrypted."))
    wrong += [tr("The file holds something that can run or open by itself: {name}.", name=name)
              for name in dict.fromkeys(seen.dangers)]  # fmt: skip
    for page in seen.pages:
        for link in page.links:
            if link.address:
                wrong.append(tr("Page {page} has a link out of the file: {address}.",
                                page=page.number, address=link.address[:80]))  # fmt: skip
            elif link.action:
                wrong.append(tr("Page {page} has a link that does something: {action}.",
                                page=page.number, action=link.action))  # fmt: skip
        if "AA" in page.extras:
            wrong.append(tr("Page {page} does something when it is opened.", page=page.number))
    return judged(1, wrong)


def check_setting(seen: SeenBundle, claims: Claims | None) -> Point:
    """Point 16: fonts brought along, title, language, dates; no claim of an archive in vain."""
    xmp = dict(seen.xmp)
    wrong = []
    if not (seen.entry("/Title") and xmp.get("dc:title")):
        wrong.append(tr("The file has no title."))
    if len(seen.language) < _LANGUAGE:
        wrong.append(tr("The file does not say in which language it is."))
    if not seen.entry("/CreationDate"):
        wrong.append(tr("The file does not say when it was made."))
    own, foreign = _missing_fonts(seen, claims)
    wrong += own
    if "pdfaid:part" in xmp:
        wrong += _archive_faults(seen, bool(own or foreign))
    return judged(16, wrong, foreign)


def _missing_fonts(seen: SeenBundle, claims: Claims | None) -> tuple[list[str], list[str]]:
    """Fonts that are not in the file: on pages of our own, and on pages of exhibits."""
    own: list[str] = []
    foreign: list[str] = []
    for place, page in enumerate(seen.pages):
        missing = sorted({font.name for font in page.fonts if not font.embedded})
        if not missing:
            continue
        told = tr("Page {page} uses fonts that are not in the file: {fonts}.",
                  page=page.number, fonts=", ".join(missing[:5]))  # fmt: skip
        is_exhibit = claims is not None and claims.kinds[place] is Kind.EXHIBIT
        (foreign if is_exhibit else own).append(told)
    return own, foreign


def _archive_faults(seen: SeenBundle, lacks_fonts: bool) -> list[str]:
    """Why the file may not call itself PDF/A."""
    told = []
    if lacks_fonts:
        told.append(tr("It calls itself PDF/A, but some fonts are not in the file."))
    if seen.encrypted or seen.dangers:
        told.append(tr("It calls itself PDF/A, but it is encrypted or can run something."))
    if not seen.intent:
        told.append(tr("It calls itself PDF/A, but does not say for which colours it is made."))
    return told
