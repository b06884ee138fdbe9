"""A stranger's PDF is measured before any work, and damage is told as damage and nothing else."""

import logging

import pikepdf
import pytest

from disputedesk.media import redaction
from disputedesk.media.pdf_bounds import UnfitPdfError, opened_pdf, told_of_damage
from disputedesk.media.redaction_boxes import Box, Unredactable
from tests.unit.media import samples

SOME = Box(1, 0.1, 0.1, 0.2, 0.2)


@pytest.fixture
def kept(tmp_path):
    def write(data):
        path = tmp_path / "file.pdf"
        path.write_bytes(data)
        return path

    return write


def _echoes(*, hidden):
    return samples.echoes(9, 10, hidden=hidden)


@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize("data", [samples.flate_bomb, _echoes])
def test_what_unpacks_or_draws_beyond_measure_is_redacted_by_nobody(kept, data, hidden):
    with pytest.raises(Unredactable, match="too large to be opened"):
        redaction.redact(kept(data(hidden=hidden)), "application/pdf", [SOME])


def test_a_number_in_place_of_a_dictionary_is_damage_and_the_log_says_where(kept, caplog):
    path = kept(samples.pdf("secret words"))
    with (
        caplog.at_level(logging.INFO, logger="disputedesk.media.pdf_bounds"),
        pytest.raises(UnfitPdfError, match="is damaged"),
        opened_pdf(path) as source,
    ):
        source.Root.get("/Nothing", 7).get("/D", {})
    (record,) = caplog.records
    assert "AttributeError at test_pdf_bounds.py:" in record.getMessage()
    assert "secret" not in record.getMessage()


def test_a_refusal_inside_the_block_stays_what_it_is():
    with pytest.raises(Unredactable, match="as said"), told_of_damage(AssertionError):
        raise Unredactable("as said")


def test_a_locked_file_is_told_as_locked(kept, tmp_path):
    path = tmp_path / "locked.pdf"
    with pikepdf.open(kept(samples.pdf("words"))) as source:
        source.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Unredactable, match="Save it without one"):
        redaction.redact(path, "application/pdf", [SOME])
    with pytest.raises(UnfitPdfError, match="locked with a password"), opened_pdf(path):
        pass
