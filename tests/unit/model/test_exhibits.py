"""When an exhibit was made, by the clock of its own place."""

import dataclasses
import datetime as dt

import pytest

from disputedesk.model.case import Evidence, Exhibit
from disputedesk.model.ids import CaseId, EvidenceId, ExhibitId

AT = dt.datetime(2026, 11, 9, 22, 30, tzinfo=dt.UTC)


def an_exhibit(source: str, offset: int | None) -> Exhibit:
    evidence = Evidence(
        EvidenceId(1), "0" * 64, 1, "a.jpg", "image/jpeg", AT, captured_at=AT, captured_from=source
    )
    return Exhibit(ExhibitId(1), CaseId(1), evidence, 1, offset_minutes=offset)


@pytest.mark.parametrize(
    ("source", "offset", "told"),
    [
        ("exif", 180, "2026-11-10T01:30:00+03:00"),
        ("exif", None, "2026-11-09T22:30:00"),
        ("mail", -300, "2026-11-09T17:30:00-05:00"),
        ("mail", None, "2026-11-09T22:30:00+00:00"),
        ("file", None, "2026-11-09T22:30:00+00:00"),
    ],
)
def test_no_zone_is_claimed_that_the_file_does_not_state(source, offset, told):
    moment = an_exhibit(source, offset).captured
    assert moment is not None
    assert moment.isoformat() == told


def test_what_nobody_dated_has_no_moment():
    exhibit = an_exhibit("file", None)
    undated = dataclasses.replace(exhibit.evidence, captured_at=None)
    assert dataclasses.replace(exhibit, evidence=undated).captured is None
