"""Bundles made: planned after what was sent before, written, sealed, and entered."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from disputedesk.common import texts
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk import words
from disputedesk.desk.basis import CaseBasis, read_case
from disputedesk.desk.changes import Outcome
from disputedesk.desk.chronology import chronology_of
from disputedesk.desk.operations.outgoing import refuse_unsafe
from disputedesk.desk.operations.papers import chosen_paper, compose_letter_of
from disputedesk.model.case import Document, DocumentKind
from disputedesk.model.evidence import BundleRecord
from disputedesk.model.ids import CaseId, DocumentId
from disputedesk.model.problem import Problem
from disputedesk.papers.context import LetterContext, Recipient
from disputedesk.papers.frame import words as frame_words
from disputedesk.papers.spoken import money as money_spoken
from disputedesk.papers.sums import disputed
from disputedesk.store.values import Subject
from disputedesk.vault import clean_name

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.placing import Put
    from disputedesk.papers.bundle import BundleMade, BundleOrder, PartLimits, SentBundle
    from disputedesk.papers.letter import Letter


def make_bundle(
    desk: Desk,
    case_id: CaseId,
    *,
    language: str,
    paper: str | None = None,
    letter_form: str | None = None,
    limits: PartLimits | None = None,
    attach: bool = False,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[tuple[Document, ...]]:
    """Makes letter, index and exhibits into one paginated PDF and seals it.

    Args:
        desk: The desk.
        case_id: The case.
        language: The language of letter, index and stamps.
        paper: The sheet; `None` lets setting and recipient decide.
        letter_form: The letter it begins with; `None` for a bundle without one.
        limits: How large one file may be; a larger bundle becomes several documents.
        attach: Whether the outgoing files travel along inside the PDF.
        progress: Told after every exhibit.
        cancel: Asked between exhibits.

    Raises:
        MissingFacts: The letter's form must know more.
        Refused: An exhibit would show a card number or code.
        DamagedDesk: An exhibit's bytes are not those that were sealed.
    """
    from disputedesk.papers.pdf.bundle import write_bundle

    order = bundle_order(
        desk, case_id, language=language, paper=paper, letter_form=letter_form, limits=limits,
        attach=attach, progress=progress, cancel=cancel,
    )  # fmt: skip
    with tempfile.TemporaryDirectory(dir=desk.folder, prefix=".bundle-") as room:
        made = write_bundle(order, Path(room) / "bundle.pdf", progress=progress, cancel=cancel)
        return keep_bundle(desk, case_id, order, made)


def bundle_order(
    desk: Desk,
    case_id: CaseId,
    *,
    language: str,
    paper: str | None = None,
    letter_form: str | None = None,
    limits: PartLimits | None = None,
    attach: bool = False,
    fresh: bool = False,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> BundleOrder:
    """What the case's next bundle is made of; what was sent before keeps numbers and pages.

    A `fresh` one continues nothing that was sent: it goes to somebody who has seen none of it.

    The exhibits' files hold their outgoing bytes: the redacted copy where there is one. Files that
    nobody has read yet are read first, which `progress` is told and `cancel` can stop.

    Raises:
        Refused: An exhibit would show a card number or code.
    """
    from disputedesk.papers.bundle import BundleExhibit, BundleOrder

    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
        made = rows.bundles.of_case(case_id)
        last = rows.bundles.last_sent(case_id)
    refuse_unsafe(desk, basis.exhibits, printed=not attach, progress=progress, cancel=cancel)

    def letter_with(pages: Sequence[tuple[int, int]]) -> Letter | None:
        if letter_form is None:
            return None
        _, letter = compose_letter_of(
            desk, case_id, form=letter_form, language=language, pages=pages
        )
        return letter

    sent = None if last is None or fresh else _sent(desk, last)
    spoken = language if sent is None else sent.plan.language
    with texts.using(spoken):
        number = basis.case.number
        title = tr("Bundle for case {number}: {item}", number=number, item=basis.order.order.title)
        return BundleOrder(
            title=title,
            reference=tr("Case {number}", number=number),
            language=spoken,
            paper=chosen_paper(desk, paper),
            exhibits=tuple(
                BundleExhibit(exhibit, desk.vault.path(exhibit.outgoing.sha256), cleared=True)
                for exhibit in basis.exhibits
            ),
            letter_with=letter_with,
            stamp=desk.clock.now(),
            number=number,
            version=1 + max((record.version for record in made), default=0),
            chronology=chronology_of(basis),
            limits=limits,
            sent=sent,
            attach=attach,
            about=_about(basis, spoken),
        )


def _about(basis: CaseBasis, language: str) -> tuple[tuple[str, str], ...]:
    """Who asks whom for what, for the cover; speaks the language in force."""
    order, case = basis.order.order, basis.case
    money = disputed(
        LetterContext(
            client=basis.order.client, case=case, order=order, recipient=Recipient(),
            payments=basis.order.payments, facts=basis.order.facts, credits=basis.credits,
        )
    )  # fmt: skip
    rows = (
        (tr("Buyer"), basis.order.client.name),
        (tr("Order"), f"{words.platform_title(order.platform)} {order.number}".strip()),
        (tr("Seller"), "" if order.seller is None else order.seller.name),
        (tr("What went wrong"), _problem(case.problem, language)),
        (tr("In dispute"), "" if money is None else money_spoken(money, language)),
    )
    return tuple((label, value) for label, value in rows if value)


def _problem(problem: Problem, language: str) -> str:
    """What went wrong in the letter's words, for the cover."""
    told = frame_words(language).problems[problem.value]
    return told[:1].upper() + told[1:]


def order_again(desk: Desk, document: Document, record: BundleRecord) -> BundleOrder:
    """What a bundle was made of, as far as the desk still knows it: letter, pages, version."""
    order = bundle_order(desk, document.case, language=document.language)
    return dataclasses.replace(
        order, version=record.version, stamp=document.made_at, sent=_sent(desk, record)
    )


def _sent(desk: Desk, record: BundleRecord) -> SentBundle:
    """What went out last, as it must stand again."""
    from disputedesk.papers.bundle import SentBundle
    from disputedesk.papers.plan import plan_of

    letter = desk.vault.read(record.letter_sha256) if record.letter_sha256 else b""
    return SentBundle(plan_of(record.plan), letter)


def keep_bundle(
    desk: Desk,
    case_id: CaseId,
    order: BundleOrder,
    made: BundleMade,
    *,
    profile: str = "",
    put: Put | None = None,
) -> Outcome[tuple[Document, ...]]:
    """Seals every part of a written bundle and enters it, with how it was made.

    Args:
        desk: The desk.
        case_id: The case.
        order: What it was made of.
        made: What was written; its files are still there.
        profile: The destination it was fitted to; empty for none.
        put: Called last: gives the files their places outside; fails it, nothing is entered.
    """
    letter = desk.vault.seal(made.letter).sha256 if made.letter else ""
    sealed = [desk.vault.seal(part.path) for part in made.parts]
    with desk.transaction("document.make") as change:
        documents = tuple(
            change.rows.documents.add(
                Document(
                    DocumentId(0), case_id, DocumentKind.BUNDLE, "bundle", order.language,
                    _title(order, at, len(sealed)), _name(desk, order, at, len(sealed)),
                    kept.sha256, kept.size, part.last - part.first + 1, order.stamp,
                )
            )
            for at, (kept, part) in enumerate(zip(sealed, made.parts, strict=True), 1)
        )  # fmt: skip
        change.rows.bundles.add(
            BundleRecord(
                documents[0].id, order.version, profile, letter, made.letter_pages,
                made.manifest_sha256, made.plan.json(),
            )
        )  # fmt: skip
        case = change.rows.cases.get(case_id)
        change.touch_case(case_id, case.order, windows=False)
        said = tr("{title} made", title=order.title)
        numbers = [document.id for document in documents]
        change.note(
            Subject("case", case_id), None,
            {"said": said, "document": numbers[0], "documents": numbers},
        )  # fmt: skip
        if put is not None:
            put()
    return Outcome(documents, change.changes, None, said)


def _title(order: BundleOrder, part: int, parts: int) -> str:
    if parts == 1:
        return order.title
    with texts.using(order.language):
        return tr("{title}, part {part} of {parts}", title=order.title, part=part, parts=parts)


def _name(desk: Desk, order: BundleOrder, part: int, parts: int) -> str:
    piece = f"_part-{part}-of-{parts}" if parts > 1 else ""
    return clean_name(f"{desk.today.isoformat()}_{order.bundle_id}{piece}.pdf")
