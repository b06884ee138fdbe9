"""The fixed parts of a letter around its body: who, to whom, references, summary."""

from __future__ import annotations

from disputedesk.common.cleaning import clean_line, clean_text
from disputedesk.papers import spoken
from disputedesk.papers.context import LetterContext
from disputedesk.papers.form import Form
from disputedesk.papers.frame import Words
from disputedesk.papers.letter import Blank, FrameLabels, Row
from disputedesk.papers.values import Values

_STRONG = ("amount_disputed", "last_day")
_REFERENCES = ("our_reference", "your_reference", "card_last4", "order_number", "payment_reference")


def sender_of(context: LetterContext) -> tuple[str, ...]:
    """The sender's block: name, address, e-mail, phone; one line each."""
    client = context.client
    lines = (clean_line(client.name), *clean_text(client.address).split("\n"),
             clean_line(client.email), clean_line(client.phone))  # fmt: skip
    return tuple(line for line in lines if line)


def return_address_of(context: LetterContext) -> tuple[str, ...]:
    """Name and address, where post that cannot be delivered goes back to."""
    client = context.client
    lines = (clean_line(client.name), *clean_text(client.address).split("\n"))
    return tuple(line for line in lines if line)


def recipient_of(form: Form, context: LetterContext, language: str) -> tuple[str, ...]:
    """The recipient's block; the country in capitals as the last line where it is abroad."""
    to = context.recipient
    abroad = to.country.upper() != context.client.country.upper()
    lines = (
        clean_line(to.name),
        clean_line(to.department) or form.department.get(language, ""),
        *clean_text(to.address).split("\n"),
        spoken.country(to.country, language) if abroad else "",
    )
    return tuple(line for line in lines if line.strip())


def our_reference(context: LetterContext, frame: Words) -> str:
    """What the client calls the case: what was given, else made from its number."""
    given = clean_line(context.our_reference)
    return given or frame.page.case.format(number=context.case.number)


def references_of(
    form: Form, context: LetterContext, values: Values, frame: Words
) -> tuple[Row, ...]:
    """The rows of references that are known, own number first."""
    own = {"our_reference": our_reference(context, frame),
           "your_reference": clean_line(context.recipient.reference)}  # fmt: skip
    texts = {
        name: own.get(name, "") or values.text(name) for name in form.references or _REFERENCES
    }
    return tuple(Row(name, frame.labels[name], text) for name, text in texts.items() if text)


def summary_of(form: Form, values: Values, frame: Words) -> tuple[Row, ...]:
    """The boxed rows; a last day that is past is left out, a looser reading is told as such."""
    late = values.text("timeliness") == "late"
    rows: list[Row] = []
    for name in form.summary_rows:
        text = values.text(name)
        if name == "last_day" and values.text("timeliness") == "arguable":
            text = values.text("arguable_day")
        if name == "amount_charged" and values.text("is_partial") == "no":
            continue
        if text and not (name == "last_day" and late):
            rows.append(Row(name, frame.labels[name], text, name in _STRONG))
    return tuple(rows)


def signer_of(context: LetterContext, frame: Words) -> str:
    """The name under the signature line; a helper signs for the client."""
    name = clean_line(context.client.name)
    agent = clean_line(context.agent)
    return frame.page.signed_for.format(client=name, agent=agent) if agent else name


def blanks_of(form: Form, context: LetterContext, language: str) -> tuple[Blank, ...]:
    """The lines the law of the client's home demands and the program refuses to hold."""
    client = context.client
    here = {client.country.upper(), f"{client.country}-{client.subdivision}".upper()}
    return tuple(
        Blank(blank.label[language], blank.reason[language])
        for blank in form.by_hand
        if not blank.places or here.intersection(blank.places)
    )


def labels_of(form: Form, frame: Words) -> FrameLabels:
    """The words the printed page needs."""
    page = frame.page
    signature = page.signature_paper if form.paper_signature else page.signature
    return FrameLabels(
        page=page.number, continued=page.continued,
        enclosures=page.enclosures, enclosures_note=page.enclosures_note,
        by_hand=page.by_hand, signature=signature, signature_date=page.signature_date,
        declaration=page.declaration, closing=page.closing, copies=page.copies,
    )  # fmt: skip
