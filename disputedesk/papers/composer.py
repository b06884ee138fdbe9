"""Writes letters and dispute texts: a form, a case, a language – and nothing that is not known."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from disputedesk.common.cleaning import clean_line
from disputedesk.common.errors import Refused
from disputedesk.common.secrets import mask_text
from disputedesk.common.texts import tr
from disputedesk.model.posting import PlatformWord
from disputedesk.papers import spoken
from disputedesk.papers.choosing import field, fields_before_text
from disputedesk.papers.context import LetterContext
from disputedesk.papers.filling import BodyFault, Filled, Piece, check_body, fill
from disputedesk.papers.form import SECTIONS_OF, Form, FormGroup, FormKind
from disputedesk.papers.frame import Words, words
from disputedesk.papers.languages import LETTER_LANGUAGES
from disputedesk.papers.letter import Advice, Block, BlockKind, Letter, Section
from disputedesk.papers.letter_parts import (
    behalf_of,
    blanks_of,
    labels_of,
    our_reference,
    recipient_of,
    references_of,
    return_address_of,
    sender_of,
    signer_of,
    summary_of,
)
from disputedesk.papers.lists import claims_and_credits
from disputedesk.papers.masking import masked
from disputedesk.papers.needs import advice_for, refuse_too_long, refuse_unknown, require
from disputedesk.papers.proofs import Citations, enclosures_of
from disputedesk.papers.recipients import addressed
from disputedesk.papers.steps import filings_of, payments_of, steps_of
from disputedesk.papers.submission import Submission, SubmissionFile
from disputedesk.papers.values import Values, values_of


def compose_letter(form: Form, context: LetterContext, *, language: str, today: dt.date) -> Letter:
    """The letter `form` makes of `context`, dated `today`, request first, card numbers masked.

    Args:
        form: A form that makes letters and serves the case's problem.
        context: What the letter may draw on.
        language: One of the form's languages; every word of the letter is in it.
        today: The date the letter bears; timeliness is told from it.

    Raises:
        Refused: The form is no letter, does not serve the problem or language, or a text is longer
            than the form takes.
        MissingFacts: Something the form must say is not known; `names` says what to ask for.
    """
    _refuse_kind(form, FormKind.LETTER, language)
    context = _between_them(form, addressed(form, context, language))
    values, filled, cites = _fill(form, context, language, today)
    frame = words(language)
    blocks = _numbered(filled, frame)
    behalf = behalf_of(form, context, frame, cites, language)
    cited = {number for block in blocks for number in block.exhibits}
    cited.update(cites.cite(("mandate",)).exhibits)
    unproved = tuple(b.number for b in blocks if b.number is not None and not b.exhibits)
    uncited = tuple(n for n in cites.numbers if n not in cited)
    sender, recipient = sender_of(context), recipient_of(form, context, language)
    letter = Letter(
        form=form.id,
        language=language,
        title=clean_line(frame.page.title.format(kind=form.names.get(language, form.title),
                                                 number=context.case.number)),
        date=today,
        sender=sender,
        recipient=recipient,
        recipient_country=context.recipient.country.upper(),
        place_date=", ".join(filter(None, (clean_line(context.place), values.text("today")))),
        reference=our_reference(context, frame),
        delivery=clean_line(context.delivery),
        references=references_of(form, context, values, frame),
        subject=_joined(filled, Section.SUBJECT),
        summary=summary_of(form, values, frame, behalf),
        salutation=_joined(filled, Section.SALUTATION),
        blocks=blocks,
        declaration=_joined(filled, Section.DECLARATION),
        signer=signer_of(context, frame),
        labels=labels_of(form, frame),
        disclaimer=frame.page.disclaimer,
        return_address=return_address_of(context),
        logo=context.logo,
        enclosures=enclosures_of(context, frame),
        blanks=blanks_of(form, context, language),
        copies=tuple(filter(None, map(clean_line, context.copies))),
        unproved=unproved,
        uncited=uncited,
    )  # fmt: skip
    reason = form.reason_for(context.case.problem)
    advice = advice_for(reason.recommended, values)
    return masked(dataclasses.replace(letter, advice=advice))


def compose_submission(
    form: Form, context: LetterContext, *, language: str, said: Sequence[PlatformWord] = ()
) -> Submission:
    """The text `form` makes of `context`: each field with its limit, files in order.

    A message has one field, the text; a submission has what the platform asks for before it, in the
    user's own wording of the platform's words (`said`) where there is one.

    Raises:
        Refused: The form makes no submission, or does not serve the problem or language.
        MissingFacts: Something the form must say is not known.
    """
    if form.kind is not FormKind.MESSAGE:
        _refuse_kind(form, FormKind.SUBMISSION, language)
    _refuse_language(form, language)
    context = addressed(form, context, language)
    values, filled, _cites = _fill(form, context, language, None)
    frame = words(language)
    text = field(form, "text", mask_text(_plain_text(_numbered(filled, frame))))
    message = form.kind is FormKind.MESSAGE
    choices = () if message else fields_before_text(form, context, language=language, said=said)
    reason = form.reason_for(context.case.problem)
    submission = Submission(
        form.id, language, tr(form.title), form.platform, (*choices, text), _files(context)
    )
    advice = (*advice_for(reason.recommended, values), *_limits_told(submission))
    return dataclasses.replace(submission, advice=advice)


def _refuse_kind(form: Form, kind: FormKind, language: str) -> None:
    if form.kind is not kind:
        raise Refused(
            tr("The form “{title}” makes another kind of paper.", title=tr(form.title)), form.id
        )
    _refuse_language(form, language)


def _refuse_language(form: Form, language: str) -> None:
    if language not in form.languages:
        names = ", ".join(LETTER_LANGUAGES[code] for code in form.languages)
        raise Refused(
            tr("The form “{title}” is not written in this language.", title=tr(form.title)),
            form.id,
            tr("Choose one of: {names}.", names=names),
        )


def _between_them(form: Form, context: LetterContext) -> LetterContext:
    """A paper between client and helper is signed by the client, and takes no exhibits along."""
    if form.group is not FormGroup.AGENT:
        return context
    return dataclasses.replace(
        context, agent="", letterhead=None, logo=None, exhibits=(), proofs=()
    )


def _fill(
    form: Form, context: LetterContext, language: str, today: dt.date | None
) -> tuple[Values, Filled, Citations]:
    reason = form.reason_for(context.case.problem)
    values = values_of(context, reason=reason.id, language=language, today=today)
    require(form, reason.mandatory, values)
    refuse_too_long(form, values, context)
    cites = Citations(context, words(language), as_files=form.kind is not FormKind.LETTER)
    lists = {
        "attempts": _attempts(context, values, language),
        "payments": payments_of(context, language),
        "filings": filings_of(context, language),
        "steps": steps_of(context, language),
        **claims_and_credits(context, language),
    }
    try:
        check_body(form.bodies[language], SECTIONS_OF[form.kind], plain=form.plain)
        filled = fill(form.bodies[language], values, plain=form.plain, language=language,
                      cite=cites.cite, lists=lists)  # fmt: skip
    except BodyFault as fault:
        raise Refused(
            tr(
                "The body of the form “{title}” cannot be used: {why}",
                title=tr(form.title),
                why=fault,
            ),
            f"{form.id}/body.{language}.txt",
        ) from fault
    if filled.unknown:
        refuse_unknown(form, filled.unknown)
    return values, filled, cites


def _attempts(context: LetterContext, values: Values, language: str) -> tuple[dict[str, str], ...]:
    """The tries to settle it, as texts; the fact alone gives one where none is listed."""
    if context.attempts:
        return tuple(
            {"on": spoken.day(a.on, language), "channel": clean_line(a.channel),
             "who": clean_line(a.who), "answer": clean_line(a.answer), "proof": f"attempt.{index}"}
            for index, a in enumerate(context.attempts, start=1)
        )  # fmt: skip
    if "contacted_seller_on" not in values:
        return ()
    texts = {"on": "contacted_seller_on", "channel": "contact_channel", "who": "contact_person",
             "answer": "seller_answer"}  # fmt: skip
    return (
        {key: values.text(name) for key, name in texts.items()} | {"proof": "contacted_seller_on"},
    )


def _numbered(filled: Filled, frame: Words) -> tuple[Block, ...]:
    """The body's blocks, a heading before each section that has one, statements counted through."""
    outside = (Section.SUBJECT, Section.SALUTATION, Section.DECLARATION)
    blocks: list[Block] = []
    number = 0
    section: Section | None = None
    for piece in filled.pieces:
        if piece.section in outside:
            continue
        if piece.section is not section:
            section = piece.section
            if heading := frame.headings.get(section.value):
                blocks.append(Block(BlockKind.HEADING, heading, section))
        number += piece.kind is BlockKind.STATEMENT
        blocks.append(_block(piece, number, frame))
    return tuple(blocks)


def _block(piece: Piece, number: int, frame: Words) -> Block:
    label = frame.quotes.get(piece.field, "") if piece.kind is BlockKind.QUOTE else ""
    counted = number if piece.kind is BlockKind.STATEMENT else None
    return Block(piece.kind, piece.text, piece.section, counted, label, piece.exhibits, piece.field)


def _joined(filled: Filled, section: Section) -> str:
    return " ".join(piece.text for piece in filled.of(section))


def _files(context: LetterContext) -> tuple[SubmissionFile, ...]:
    return tuple(
        SubmissionFile(
            position,
            item.exhibit.number,
            item.exhibit.outgoing.name,
            clean_line(item.exhibit.caption),
            item.exhibit.outgoing.media_type,
            item.exhibit.outgoing.size,
        )
        for position, item in enumerate(context.exhibits, start=1)
    )


def _limits_told(submission: Submission) -> tuple[Advice, ...]:
    return tuple(
        Advice(each.name, tr("“{label}” is {count} characters too long.", label=each.label,
                             count=-(each.counter.remaining or 0)))
        for each in submission.fields
        if not each.counter.fits
    )  # fmt: skip


def _plain_text(blocks: tuple[Block, ...]) -> str:
    parts: list[str] = []
    for block in blocks:
        prefix = f"{block.number}. " if block.number else ""
        label = f"{block.label}\n" if block.label else ""
        parts.append(f"{label}{prefix}{block.text}")
    return "\n".join(parts).replace("\u00a0", " ")
