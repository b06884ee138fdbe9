"""The enclosures of a letter are the index of its bundle: numbers, captions and pages."""

import dataclasses

import pypdfium2
import pytest

from disputedesk.desk.operations.bundles import bundle_order
from disputedesk.desk.queries.cases import find_case
from disputedesk.papers.pdf.bundle import write_bundle
from disputedesk.papers.pdf.exhibits import caption_of

replace = dataclasses.replace


@pytest.mark.parametrize("withdrawn", [0, 1, 2])
def test_the_enclosures_are_the_index(sample, tmp_path, withdrawn):
    case = find_case(sample, "1001")
    with sample.transaction("test") as change:
        exhibits = change.rows.exhibits.list(case)
        for exhibit in exhibits:
            if exhibit.number == withdrawn:
                change.rows.exhibits.place(exhibit.id, section="", withdrawn_at=sample.clock.now())
    order = bundle_order(sample, case, language="en", letter_form="eu_withdrawal", fresh=True)
    letters = []

    def letter_with(pages):
        letters.append(order.letter_with(pages))
        return letters[-1]

    made = write_bundle(replace(order, letter_with=letter_with), tmp_path / "bundle.pdf")
    spans = {each.number: (each.first, each.last) for each in made.exhibits}
    items = [item for item in order.exhibits if item.exhibit.withdrawn_at is None]
    enclosures = letters[-1].enclosures
    assert [line.number for line in enclosures] == [item.exhibit.number for item in items]
    assert len(enclosures) == len(exhibits) - bool(withdrawn) >= 2
    index = _text(made.parts[0].path, made.index_page)
    for line, item in zip(enclosures, items, strict=True):
        first, last = spans[line.number]
        one = f"page {first} of the bundle"
        assert line.pages == (one if first == last else f"pages {first}–{last} of the bundle")
        assert line.title == caption_of(item)
        assert _squeezed(line.title) in index


def _text(path, page):
    document = pypdfium2.PdfDocument(path)
    text = document[page - 1].get_textpage().get_text_range()
    document.close()
    return _squeezed(text)


def _squeezed(text):
    return "".join(text.replace("\u0002", "").replace("\ufffe", "").replace("-", "").split())
