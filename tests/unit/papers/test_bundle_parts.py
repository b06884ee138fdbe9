"""A bundle in parts: no file beyond its limit, pages running on, letter and index in the first."""

import io
import os
import re

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from disputedesk.common.errors import Refused
from disputedesk.papers.bundle import PartLimits


def a_photo(number):
    out = io.BytesIO()
    image = Image.frombytes("RGB", (160, 120), os.urandom(160 * 120 * 3))
    image.save(out, "JPEG", quality=95)
    return (f"photo-{number}.jpg", "image/jpeg", out.getvalue())


def texts_of(path):
    document = pypdfium2.PdfDocument(path)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


def test_parts_stay_below_their_size_and_number_on(a_bundle):
    limit = 300_000
    made = a_bundle([a_photo(n) for n in range(12)], order={"limits": PartLimits(size=limit)})
    parts = made.said.parts
    assert len(parts) > 1
    page = 0
    for at, part in enumerate(parts, 1):
        assert part.first == page + 1
        page = part.last
        assert part.path.stat().st_size == part.size <= limit
        said = texts_of(part.path)
        assert len(said) == part.last - part.first + 1
        told = f"part {at} of {len(parts)}, pages {part.first}–{part.last}"
        assert told in said[0]
        for number, text in enumerate(said, part.first):
            assert f"page {number} of {made.said.pages}" in text
        assert made.said.manifest_sha256 in re.sub(r"\s", "", said[0])
        with pikepdf.open(part.path) as document:
            assert str(document.docinfo["/DeskPart"]) == f"{at} of {len(parts)}"
            if at > 1:
                assert int(document.Root.PageLabels.Nums[1].St) == part.first
    assert page == made.said.pages
    index = "\n".join(texts_of(parts[0].path))
    for place in made.said.exhibits:
        assert re.search(rf"^{place.number} Seen on", index, re.MULTILINE)
    assert f"in part {len(parts)}" in index
    assert not made.path.exists()


def test_links_of_a_part_lead_only_to_its_own_pages(a_bundle):
    made = a_bundle([a_photo(n) for n in range(8)], order={"limits": PartLimits(pages=6)})
    first, *others = made.said.parts
    mine = [place.first for place in made.said.exhibits if place.first <= first.last]
    with pikepdf.open(first.path) as document:
        pages = [page.obj.objgen for page in document.pages]
        links = [link for page in document.pages for link in page.get("/Annots", [])]
        assert [pages.index(link.Dest[0].objgen) + 1 for link in links] == mine
    for part in others:
        assert part.last - part.first + 1 <= 6
        with pikepdf.open(part.path) as document:
            assert not any("/Annots" in page for page in document.pages)


@pytest.mark.parametrize("limits", [PartLimits(size=160_000), PartLimits(pages=1)])
def test_an_exhibit_that_alone_is_too_large_is_named(a_bundle, limits):
    with pytest.raises(Refused, match=r"alone is larger|goes before the exhibits"):
        a_bundle([a_photo(n) for n in range(3)], order={"limits": limits})


def test_a_bundle_inside_its_limits_is_one_file(a_bundle):
    made = a_bundle([a_photo(1)], order={"limits": PartLimits(size=5 << 20, pages=50)})
    (part,) = made.said.parts
    assert part.path == made.path
    assert "part 1 of" not in texts_of(made.path)[0]
