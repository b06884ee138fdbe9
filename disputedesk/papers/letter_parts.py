"""The fixed parts of a letter around its body: who, to whom, references, summary."""

from __future__ import annotations

from disputedesk.common.cleaning import clean_line, clean_text
from disputedesk.model.order import InstrumentKind
from disputedesk.papers import spoken
from disputedesk.papers.context import LetterContext
from disputedesk.papers.form import Form, RecipientKind
from disputedesk.papers.frame import Words
from disputedesk.papers.letter import Blank, FrameLabels, Row
from disputedesk.papers.proofs import Citations
from disputedesk.papers.values import Values

_STRONG = ("amount_disputed", "last_day")
_REFERENCES = ("our_reference", "your_reference", "card_last4", "order_number", "payment_reference")


def sender_of(context: LetterContext) -> tuple[str, ...]:
    """The sender's block: name, address, e-mail, phone; the helper's where one writes."""
    head, client = context.letterhead, context.client
    if head is not None:
        lines = (*_lines(head.organisation, head.agent, head.address), *_lines(head.email),
                 *_lines(head.phone))  # fmt: skip
    else:
        lines = _lines(client.name, client.address, client.email, client.phone)
    return tuple(dict.fromkeys(lines))


def return_address_of(context: LetterContext) -> tuple[str, ...]:
    """Name and address, where post that cannot be delivered goes back to."""
    head, client = context.letterhead, context.client
    if head is not None:
        return _lines(head.organisation or head.agent, head.address)
    return _lines(client.name, client.address)


def _lines(first: str, *others: str) -> tuple[str, ...]:
    """What is known of these, the first on one line, each line of the others on its own."""
    lines = (clean_line(first), *(line for text in others for line in clean_text(text).split("\n")))
    return tuple(line for line in lines if line.strip())


def recipient_of(form: Form, context: LetterContext, language: str) -> tuple[str, ...]:
    """The recipient's block; the country in capitals as the last line where it is abroad."""
    to, head = context.recipient, context.letterhead
    home = (head.country if head is not None else "") or context.client.country
    abroad = to.country.upper() != home.upper()
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


def summary_of(
    form: Form, values: Values, frame: Words, behalf: tuple[Row, ...] = ()
) -> tuple[Row, ...]:
    """The boxed rows; a last day that is past is left out, a looser reading is told as such.

    Where a helper writes, `behalf` takes the place of the client's bare name.
    """
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
    if behalf:
        names = [row.name for row in rows]
        strong = sum(row.strong for row in rows)
        at = names.index("sender_name") if "sender_name" in names else strong
        rows = [row for row in rows if row.name != "sender_name"]
        rows[at:at] = behalf
    return tuple(rows)


def behalf_of(
    form: Form, context: LetterContext, frame: Words, cites: Citations, language: str
) -> tuple[Row, ...]:
    """For whom a helper writes: name and address of the one whose money it is, and the mandate."""
    if not context.agent:
        return ()
    client = context.client
    card = context.instrument is not None and context.instrument.kind is InstrumentKind.CARD
    holder = card and form.recipient is RecipientKind.ISSUER
    who = ", ".join(_lines(client.name, client.address))
    label = frame.labels["sender_name" if holder else "client"]
    rows = [Row("client", label, who)]
    if context.mandated_on is not None:
        shown = cites.cite(("mandate",)).text
        signed = f"{spoken.day(context.mandated_on, language)} {shown}".rstrip()
        rows.append(Row("mandate_signed_on", frame.labels["mandate_signed_on"], signed))
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
