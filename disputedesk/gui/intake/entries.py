"""What a review says, as lines of the sheet: groups, words for what changes, and totals."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping
from typing import Final

from disputedesk.common.texts import mark, tr, trn
from disputedesk.desk import words
from disputedesk.gui.tokens import Tone
from disputedesk.intake.draft import OrderDraft, ParcelDraft, PaymentDraft, Recognition
from disputedesk.intake.review import FileSummary, Review, ReviewLine, Verdict


class Group(enum.StrEnum):
    """Headings of the sheet, in order."""

    NEW = "new"
    NEWS = "news"
    NEEDS_YOU = "needs_you"
    KNOWN = "known"
    NOT_UNDERSTOOD = "not_understood"
    REFUSED = "refused"


_GROUP_OF: Final = {
    Verdict.NEW: Group.NEW,
    Verdict.UPDATE: Group.NEWS,
    Verdict.CONFLICT: Group.NEEDS_YOU,
    Verdict.UNMATCHED: Group.NEEDS_YOU,
    Verdict.KNOWN: Group.KNOWN,
    Verdict.NOT_UNDERSTOOD: Group.NOT_UNDERSTOOD,
    Verdict.REFUSED: Group.REFUSED,
}
_TITLES: Final = {
    Group.NEW: mark("New"),
    Group.NEWS: mark("News of orders you have"),
    Group.NEEDS_YOU: mark("Needs you"),
    Group.KNOWN: mark("Known already"),
    Group.NOT_UNDERSTOOD: mark("Not understood"),
    Group.REFUSED: mark("Refused"),
}
_HINTS: Final = {
    Group.NEW: mark("Orders the desk does not hold yet."),
    Group.NEWS: mark("They say something more about an order."),
    Group.NEEDS_YOU: mark("Tick what you want to believe; the rest changes nothing."),
    Group.KNOWN: mark("They add nothing."),
    Group.NOT_UNDERSTOOD: mark("Nothing of these is kept; the files stay where they are."),
    Group.REFUSED: mark("These were not read, for the reason given."),
}
_TONES: Final = {
    Group.NEW: Tone.OPEN,
    Group.NEWS: Tone.OPEN,
    Group.NEEDS_YOU: Tone.SOON,
    Group.KNOWN: Tone.WAIT,
    Group.NOT_UNDERSTOOD: Tone.WAIT,
    Group.REFUSED: Tone.URGENT,
}
_RECOGNISED: Final = {
    Recognition.UNDERSTOOD: Tone.OPEN,
    Recognition.PARTLY: Tone.SOON,
    Recognition.KNOWN_SENDER: Tone.WAIT,
    Recognition.UNKNOWN: Tone.WAIT,
    Recognition.REFUSED: Tone.URGENT,
}


@dataclasses.dataclass(frozen=True, slots=True)
class Heading:
    """The heading over the lines of one group."""

    group: Group
    count: int

    @property
    def title(self) -> str:
        """The group in words."""
        return tr(_TITLES[self.group])

    @property
    def hint(self) -> str:
        """What being in it means."""
        return tr(_HINTS[self.group])

    @property
    def tone(self) -> Tone:
        """How loud it is."""
        return _TONES[self.group]


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One line with its words.

    Attributes:
        can_keep: Whether it holds anything that could be kept.
        details: What would change, why, and what to do; one sentence per line.
    """

    line: ReviewLine
    group: Group
    title: str
    details: tuple[str, ...]
    can_keep: bool

    @property
    def spoken(self) -> str:
        """The whole line as a screen reader says it."""
        return ". ".join((self.title, *self.details))


Row = Heading | Entry


def key_of(row: Row) -> str:
    """What a row is known by."""
    return f"group:{row.group}" if isinstance(row, Heading) else row.line.key


def rows_of(review: Review, labels: Mapping[str, str]) -> tuple[Row, ...]:
    """Headings and lines in the order of the sheet.

    Args:
        review: What was found.
        labels: Words for fact names.
    """
    rows: list[Row] = []
    for group in Group:
        entries = [
            entry_of(line, labels) for line in review.lines if _GROUP_OF[line.verdict] is group
        ]
        if entries:
            rows += (Heading(group, len(entries)), *entries)
    return tuple(rows)


def entry_of(line: ReviewLine, labels: Mapping[str, str]) -> Entry:
    """One line of a review in words."""
    details = [_draft_words(line)]
    details += [_change_words(line, labels)]
    details += [line.why, *(tr("Maybe: {why}", why=each.why) for each in line.suggestions[:2])]
    details.append(line.remedy)
    details += line.draft.warnings if line.draft else ()
    places = dict.fromkeys(str(place) for place in (line.sources or (line.place,)))
    details.append(tr("Read in {places}", places="; ".join(list(places)[:3])))
    told = tuple(text for text in dict.fromkeys(details) if text)
    can_keep = line.draft is not None and line.verdict is not Verdict.KNOWN
    return Entry(line, _GROUP_OF[line.verdict], line.what, told, can_keep)


def _draft_words(line: ReviewLine) -> str:
    """The order, payment or parcel itself in a few words."""
    match line.draft:
        case OrderDraft() as draft:
            parts = [draft.items[0].title if draft.items else "", draft.shop]
            parts.append(words.fact_value_text(draft.ordered_on))
            parts.append(words.money_text(draft.total) if draft.total else "")
        case PaymentDraft() as draft:
            parts = [draft.payee, words.fact_value_text(draft.booked_on)]
            parts += [words.money_text(draft.amount), draft.description]
        case ParcelDraft() as draft:
            parts = [draft.carrier, draft.number]
        case _:
            return ""
    return " · ".join(part for part in parts if part and part not in line.what)


def _change_words(line: ReviewLine, labels: Mapping[str, str]) -> str:
    """What keeping the line would record: old → new where something was known."""
    if line.verdict is Verdict.NEW:
        return ""
    told = []
    for change in line.changes:
        name = labels.get(str(change.name), str(change.name))
        new = words.fact_value_text(change.new)
        if change.old is None:
            told.append(tr("{fact}: {new}", fact=name, new=new))
        else:
            old = words.fact_value_text(change.old)
            told.append(tr("{fact}: {old} → {new}", fact=name, old=old, new=new))
    more = line.additions
    if more.tracking:
        told.append(tr("Parcel number {number}", number=", ".join(more.tracking)))
    if more.total is not None:
        told.append(tr("Sum {sum}", sum=words.money_text(more.total)))
    if more.items:
        told.append(trn("{count} article", "{count} articles", len(more.items)))
    return "; ".join(told)


def tone_of_file(file: FileSummary) -> Tone:
    """How well a file was understood."""
    return _RECOGNISED[file.recognition]


def file_words(file: FileSummary) -> str:
    """What a file was recognised as, and why not where it was not."""
    counts = []
    if found := file.verdicts.get(Verdict.NEW, 0):
        counts.append(trn("{count} new", "{count} new", found))
    if found := file.verdicts.get(Verdict.UPDATE, 0):
        counts.append(trn("{count} with news", "{count} with news", found))
    if found := file.verdicts.get(Verdict.KNOWN, 0):
        counts.append(trn("{count} known", "{count} known", found))
    parts = [file.what, ", ".join(counts), file.why, file.remedy]
    return " · ".join(part for part in parts if part)


def empty_words(review: Review) -> tuple[str, str]:
    """A sentence and a hint for a review with nothing to keep; both empty for others."""
    if any(line.draft is not None and line.verdict is not Verdict.KNOWN for line in review.lines):
        return "", ""
    if not review.files:
        return tr("There is no file in it."), tr("Choose mails or exports of your orders.")
    if any(line.verdict is Verdict.KNOWN for line in review.lines):
        return tr("All of this is on the desk already."), tr("Nothing has to be kept.")
    return (
        tr("Nothing here tells of an order in a way that is understood."),
        tr("Mails of shops and carriers and their own exports are. Anything can still be an "
           "exhibit of a case, or you can add the order by hand."),
    )  # fmt: skip
