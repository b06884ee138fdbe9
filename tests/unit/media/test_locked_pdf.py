"""A PDF that is locked with a password is no reason to stop."""

import io

import pikepdf

from disputedesk.media.reading import read_words
from disputedesk.model.evidence import ReadState
from tests.unit.media import samples


def test_a_locked_pdf_is_unreadable_and_nothing_worse(tmp_path):
    with pikepdf.open(io.BytesIO(samples.pdf("hello"))) as source:
        source.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    assert read_words(tmp_path / "a.pdf", "application/pdf").state is ReadState.UNREADABLE
