"""Nothing leaves without the scan: files are refused that show a card number, code or stripe.

What goes out for an exhibit is its redacted copy where there is one, and that is what is looked at.
What only the recipient of the file itself could read – its remarks, its name – counts for files
that leave as they are; on a printed page it does not stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.operations.reading import is_dangerous, read_evidence
from disputedesk.desk.secret_words import found_words, inside
from disputedesk.media.redaction import takes_boxes, takes_masks
from disputedesk.model.evidence import Derived, Reading, ReadState, Suspicion
from disputedesk.model.ids import EvidenceId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.model.case import Evidence, Exhibit
    from disputedesk.store.transaction import StoreTransaction

_CLOSED: Final = frozenset({"image/heic", "image/avif"})
"""Pictures for which no decoder comes with the program; nobody here can read or cover them."""

_SEEN: Final = ("page ", "picture")
"""Places that a printed page shows; a text is masked when it is printed."""


def refuse_unsafe(
    desk: Desk,
    exhibits: Iterable[Exhibit],
    *,
    printed: bool = False,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> tuple[str, ...]:
    """What must be told of files that may leave: sentences about what nobody could read or hides.

    Args:
        desk: The desk.
        exhibits: What shall leave; of each its redacted copy where there is one.
        printed: Whether they leave as printed pages, where texts are masked and no remarks come
            along, rather than as the files they are.
        progress: Told how many files are read that nobody has read yet.
        cancel: Asked meanwhile.

    Raises:
        Refused: One of them shows a card number, security code or track data that nobody has
            settled; names exhibit and place, never the number.
    """
    leaving = [each for each in exhibits if each.withdrawn_at is None]
    with desk.store.snapshot() as rows:
        carried = {} if printed else {each.id: _carried(rows, each) for each in leaving}
    files = [each.outgoing for each in leaving]
    files += [file for inside in carried.values() for file in inside]
    read_evidence(desk, files, progress=progress, cancel=cancel)
    with desk.store.snapshot() as rows:
        for exhibit in leaving:
            _refuse(exhibit, _seen(rows, exhibit, printed=printed))
            _refuse_carried(rows, exhibit, carried.get(exhibit.id, ()))
        return notes_on(rows, leaving, printed=printed)


def notes_on(
    rows: StoreTransaction, exhibits: Iterable[Exhibit], *, printed: bool
) -> tuple[str, ...]:
    """What should be known of these before they leave, though it is not refused."""
    return tuple(
        note
        for exhibit in exhibits
        for note in _notes(
            exhibit,
            _seen(rows, exhibit, printed=printed),
            rows.readings.find(exhibit.outgoing.id),
        )
    )


def _seen(rows: StoreTransaction, exhibit: Exhibit, *, printed: bool) -> list[Suspicion]:
    """What the recipient could see of what was found."""
    file = exhibit.outgoing
    found = rows.suspicions.of_evidence([file.id])
    return [each for each in found if not printed or _is_printed(each, file)]


def _carried(rows: StoreTransaction, exhibit: Exhibit) -> tuple[Evidence, ...]:
    """What a mail that leaves as it is carries inside: its attachments, and theirs."""
    found: dict[EvidenceId, Evidence] = {}
    wanted = [exhibit.outgoing.id]
    while wanted:
        parts = rows.derivations.of_origins(wanted, Derived.ATTACHMENT)
        wanted = [each.evidence for each in parts if each.evidence not in found]
        found.update((number, rows.evidence.get(number)) for number in wanted)
    return tuple(found.values())


def _refuse_carried(rows: StoreTransaction, exhibit: Exhibit, carried: Sequence[Evidence]) -> None:
    """Does nothing for a mail that carries no original of a redacted copy, nor a card number.

    Raises:
        Refused: It does: it would take along what must stay.
    """
    copied = {
        each.origin
        for each in rows.derivations.of_origins([each.id for each in carried], Derived.REDACTION)
    }
    shown = {
        each.evidence
        for each in rows.suspicions.of_evidence([each.id for each in carried])
        if is_dangerous(each)
    }
    for file in carried:
        if file.id in copied | shown:
            raise Refused(
                tr("This mail carries {name}, which must not leave as it is.", name=file.name),
                tr("exhibit {number}", number=exhibit.number),
                tr("Make a redacted copy of the mail: a plain text of its words, without what it "
                   "carries, which then goes out instead."),
            )  # fmt: skip


def _is_printed(suspicion: Suspicion, evidence: Evidence) -> bool:
    drawn = evidence.media_type == "application/pdf" or evidence.media_type.startswith("image/")
    return drawn and suspicion.place.startswith(_SEEN)


def _refuse(exhibit: Exhibit, found: Sequence[Suspicion]) -> None:
    bad = next((each for each in found if is_dangerous(each)), None)
    if bad is None:
        return
    raise Refused(
        tr("{found}; so it does not leave.", found=found_words(bad.kind, bad.place, bad.shown)),
        tr("exhibit {number}", number=exhibit.number),
        _remedy(exhibit.outgoing.media_type),
    )


def _remedy(media_type: str) -> str:
    """What can be done with such a file so that it may leave."""
    if takes_boxes(media_type):
        return tr("Hide it in a copy, which then goes out instead; or say that it is no secret.")
    if takes_masks(media_type):
        return tr(
            "Make a redacted copy, a plain text in which it is masked and which then goes out "
            "instead; or say that it is no secret."
        )
    if media_type.startswith("video/"):
        return tr(
            "A film cannot be redacted here: take stills of what is needed, and take the film out; "
            "or say that it is no secret."
        )
    return tr(
        "A file of this kind cannot be redacted here: add a PDF or a picture of what is needed, "
        "hide it there, and take this file out; or say that it is no secret."
    )


def _notes(exhibit: Exhibit, found: Sequence[Suspicion], reading: Reading | None) -> list[str]:
    """What is not refused, but should be known before it leaves."""
    number, media_type = exhibit.number, exhibit.outgoing.media_type
    told = dict.fromkeys(
        tr("Exhibit {number}: {found}.", number=number,
           found=inside(found_words(each.kind, each.place, each.shown)))
        for each in found
        if each.settled_on is None and not is_dangerous(each)
    )  # fmt: skip
    notes = list(told)
    if media_type.startswith(("video/", "audio/")):
        notes.append(
            tr("Exhibit {number} is a film or a recording, which is not looked through here: play "
               "it yourself and mind card numbers.", number=number)
        )  # fmt: skip
    elif media_type in _CLOSED:
        notes.append(
            tr("Exhibit {number} is a picture of a kind that is not opened here: look yourself "
               "whether it shows a card number, or add it as JPEG.", number=number)
        )  # fmt: skip
    elif reading is None or reading.state is ReadState.UNREADABLE:
        notes.append(
            tr("Exhibit {number} could not be read here: look yourself whether it shows a card "
               "number.", number=number)
        )  # fmt: skip
    elif reading.state is ReadState.WITHOUT_WORDS:
        notes.append(
            tr("Exhibit {number} holds pictures whose words were not read: look yourself whether "
               "they show a card number.", number=number)
        )  # fmt: skip
    elif reading.state is ReadState.NO_TEXT:
        notes.append(
            tr("Exhibit {number} is a kind of file that cannot be looked through here: look "
               "yourself whether it shows a card number.", number=number)
        )  # fmt: skip
    return notes
