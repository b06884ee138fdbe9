"""Papers as a stranger reads them: the text of the printed page, and what must be found in it."""

import dataclasses
import re
import unicodedata

import pypdfium2

from disputedesk.model.fact import Facts
from disputedesk.papers.composer import compose_letter, compose_submission
from disputedesk.papers.context import Recipient
from disputedesk.papers.form import FormKind
from disputedesk.papers.pdf.letter import render_letter

SHOP = Recipient(
    "Bright Lamp Trading Ltd", "", "8 Market Street\nTradetown", "GB", "", "shop@x.example"
)


def squeezed(text):
    """`text` without any white space or breaks, for comparing what was set on lines."""
    return re.sub(r"[\s\ufffe\u0002]+", "", unicodedata.normalize("NFC", text))


def holds(paper, *texts):
    """Fails with the texts that are not in `paper`."""
    missing = [t for t in texts if squeezed(t) not in squeezed(paper)]
    assert not missing, missing


def read_paper(form, context, *, language, today, stamp, facts=None, **changes):
    """The text of the PDF of a letter to a shop, squeezed; of a message, as it is pasted.

    `facts` are put over those of `context`, `None` takes one away; `changes` replace its values.
    """
    context = dataclasses.replace(context, recipient=SHOP, **changes)
    known = {n: v for n, v in {**context.facts, **(facts or {})}.items() if v is not None}
    context = dataclasses.replace(context, facts=Facts(known))
    if form.kind is FormKind.MESSAGE:
        return compose_submission(form, context, language=language).field("text").text
    letter = compose_letter(form, context, language=language, today=today)
    document = pypdfium2.PdfDocument(render_letter(letter, stamp=stamp).data)
    pages = [squeezed(page.get_textpage().get_text_range()) for page in document]
    document.close()
    foot = letter.labels.page.replace("{pages}", str(len(pages)))
    return "".join(
        text.replace(squeezed(foot.replace("{page}", str(number))), "", 1)
        for number, text in enumerate(pages, 1)
    )
