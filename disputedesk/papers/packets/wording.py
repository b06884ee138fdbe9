"""What was done to fit a packet, in sentences: for the screen, for commands, and for the cover."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from disputedesk.common.cleaning import clean_line
from disputedesk.common.secrets import mask_text
from disputedesk.common.texts import language, mark, tr, trn
from disputedesk.papers import spoken
from disputedesk.papers.bundle import BundleExhibit
from disputedesk.papers.packets.packet import Act, PacketLine, Why
from disputedesk.papers.packets.profile import Colour, Confidence, Profile

_LONGEST: Final = 80
_KILO, _MEGA = 1_000, 1_000_000
_CHANGED: Final = {
    Act.SMALLER: mark("Exhibit {number}, {caption}: made smaller, {change}; {why}."),
    Act.GREY: mark("Exhibit {number}, {caption}: in shades of grey, {change}; {why}."),
    Act.TWO_TONES: mark("Exhibit {number}, {caption}: in black and white, {change}; {why}."),
    Act.DRAWN: mark("Exhibit {number}, {caption}: pages drawn as pictures, so their words cannot "
                    "be searched, {change}; {why}."),
}  # fmt: skip


def caption(item: BundleExhibit) -> str:
    """What is seen on an exhibit, one line; its file's name where nobody said it."""
    exhibit = item.exhibit
    text = mask_text(clean_line(exhibit.caption) or clean_line(exhibit.outgoing.name))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def size_text(size: int) -> str:
    """Bytes as people say them, decimal as published limits are: `1.9 MB`."""
    if size < _KILO:
        return trn("{count} byte", "{count} bytes", size)
    if size < _MEGA:
        return tr("{number} KB", number=_number(size / _KILO, 0))
    return tr("{number} MB", number=_number(size / _MEGA, 1))


def _number(value: float, digits: int) -> str:
    """A number with at most so many digits behind the sign that the language uses."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if language() == "en" else text.replace(".", ",")


def limits(profile: Profile) -> str:
    """The limits of a destination in a few words, those known."""
    known = []
    if profile.file_bytes is not None:
        known.append(tr("{size} a file", size=size_text(profile.file_bytes)))
    if profile.total_bytes is not None:
        known.append(tr("{size} in all", size=size_text(profile.total_bytes)))
    if profile.files is not None:
        known.append(trn("{count} file", "{count} files", profile.files))
    if profile.file_pages is not None:
        known.append(trn("{count} page a file", "{count} pages a file", profile.file_pages))
    if profile.total_pages is not None:
        known.append(trn("{count} page in all", "{count} pages in all", profile.total_pages))
    if profile.most_dpi is not None:
        known.append(tr("{dpi} dpi at most", dpi=profile.most_dpi))
    if profile.colour is not Colour.ANY:
        known.append(tr("no colours"))
    return ", ".join(known) or tr("no limit is published")


def confidence(level: Confidence) -> str:
    """How far a source can be relied on, in a word."""
    return {
        Confidence.HIGH: tr("high"), Confidence.MEDIUM: tr("medium"), Confidence.LOW: tr("low"),
    }[level]  # fmt: skip


def unknown(profile: Profile) -> tuple[str, ...]:
    """The limits nobody published, in words."""
    return tuple(tr(name) for name in profile.unknown)


def sentence(line: PacketLine, profile: Profile) -> str:
    """One line of the report as a sentence that says what, from what to what, and why."""
    about = {"number": line.exhibit, "caption": line.caption}
    if line.act in _CHANGED:
        return tr(_CHANGED[line.act], **about, change=_change(line), why=_why(line, profile))
    match line.act:
        case Act.CONVERTED:
            return tr("Exhibit {number}, {caption}: written as {format}; {why}.",
                      **about, format=line.detail, why=_why(line, profile))  # fmt: skip
        case Act.REPEATED:
            return tr("Exhibit {number}, {caption}: not printed again, exhibit {twin} shows the "
                      "same.", **about, twin=line.twin)  # fmt: skip
        case Act.LEFT_OUT:
            return tr("Exhibit {number}, {caption}: left out; {why}. {remedy}",
                      **about, why=_why(line, profile), remedy=_remedy(line))  # fmt: skip
        case Act.NOT_PRINTED:
            return tr("Exhibit {number}, {caption}: only named, no page can be made of it. Send "
                      "the file separately if it is taken.", **about)  # fmt: skip
        case Act.SPLIT:
            return tr("Split into {count} files; {why}.", count=line.detail,
                      why=_why(line, profile))  # fmt: skip
        case _:
            return _warning(line)


def _warning(line: PacketLine) -> str:
    if line.why is Why.TYPE:
        return tr("They ask for letters of {size} points or larger; index, stamps and pages that "
                  "others made have smaller ones.", size=line.detail)  # fmt: skip
    return line.detail


def _change(line: PacketLine) -> str:
    """From how many bytes to how many, and the points to the inch where they changed."""
    sizes = tr("{before} → {after}", before=size_text(line.before), after=size_text(line.after))
    if not line.dpi_after or line.dpi_after >= line.dpi_before:
        return sizes
    return tr("{sizes}, {before} → {after} dpi", sizes=sizes, before=line.dpi_before,
              after=line.dpi_after)  # fmt: skip


def _why(line: PacketLine, profile: Profile) -> str:
    """The limit that made it needed, with its figure."""
    match line.why:
        case Why.BYTES:
            most = profile.file_bytes or profile.total_bytes or 0
            if profile.bytes_of_one is not None:
                most = profile.bytes_of_one
            return tr("at most {size} are taken", size=size_text(most))
        case Why.PAGES:
            return trn("at most {count} page is taken", "at most {count} pages are taken",
                       profile.pages_of_one or 0)  # fmt: skip
        case Why.FILES:
            return trn("at most {count} file is taken", "at most {count} files are taken",
                       profile.files or 0)  # fmt: skip
        case Why.DPI:
            return tr("at most {dpi} dpi are taken", dpi=profile.most_dpi)
        case Why.PIXELS:
            return tr("at most {count} million points are taken in one picture",
                      count=_number((profile.most_pixels or 0) / _MEGA, 0))  # fmt: skip
        case Why.COLOUR:
            return tr("no colours are taken")
        case Why.FORMAT:
            return _taken(profile)
        case Why.OPENS:
            return tr("so everybody can open it")
        case _:
            return tr("it cannot be read")


def _taken(profile: Profile) -> str:
    """The kinds of files that are taken; where nobody publishes them, why this one is none."""
    if not profile.formats:
        return tr("not everybody can open it")
    return tr("taken are {formats}", formats=", ".join(profile.formats).upper())


def _remedy(line: PacketLine) -> str:
    if line.why is Why.FORMAT:
        return tr("Convert it yourself, or send it in a way that takes it.")
    if line.weighty:
        return tr("It matters for this case: send it separately.")
    return tr("Send it separately if they ask for it.")


def notes(lines: Iterable[PacketLine], profile: Profile) -> tuple[str, ...]:
    """What the cover says was left out or made smaller, few sentences."""
    told = list(lines)
    found = []
    for line in told:
        if line.act is Act.LEFT_OUT:
            found.append(tr("Exhibit {number} ({caption}) is left out; {why}.",
                            number=line.exhibit, caption=line.caption,
                            why=_why(line, profile)))  # fmt: skip
        elif line.act is Act.REPEATED:
            found.append(tr("Exhibit {number} shows the same as exhibit {twin} and is not printed "
                            "again.", number=line.exhibit, twin=line.twin))  # fmt: skip
    for acts, text in (
        ({Act.SMALLER}, tr("Printed with fewer points or coded anew, the originals are kept: "
                           "{exhibits}.", exhibits="{exhibits}")),
        ({Act.GREY, Act.TWO_TONES}, tr("Printed without colours, the originals are kept: "
                                       "{exhibits}.", exhibits="{exhibits}")),
        ({Act.DRAWN}, tr("Pages drawn as pictures, the originals are kept: {exhibits}.",
                         exhibits="{exhibits}")),
    ):  # fmt: skip
        numbers = [line.exhibit for line in told if line.act in acts]
        if numbers:
            found.append(text.replace("{exhibits}", exhibits_text(numbers)))
    return tuple(found)


def exhibits_text(numbers: Sequence[int]) -> str:
    """Exhibits by their numbers, runs drawn together: `exhibits 1–3, 7`."""
    shown = spoken.number_runs(numbers)
    return trn("exhibit {numbers}", "exhibits {numbers}", len(set(numbers)), numbers=shown)
