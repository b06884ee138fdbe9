"""Lists of evidence: the filter, the order, and rows only for what is looked at."""

import datetime as dt

import pytest

from disputedesk.model.case import Case, Evidence, Exhibit
from disputedesk.model.evidence import Derivation, Derived, Reading, ReadState, Suspicion
from disputedesk.model.ids import CaseId, EvidenceId, ExhibitId
from disputedesk.model.problem import Problem
from disputedesk.store.reading import Reader
from disputedesk.store.reading.evidence_rows import EvidenceFilter, EvidenceGroup, EvidenceSort

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def some_evidence(number, media_type="image/jpeg", name="", captured=None):
    return Evidence(
        EvidenceId(0), f"{number:064x}", 100 + number, name or f"file {number}", media_type,
        NOW + dt.timedelta(minutes=number), captured_at=captured,
    )  # fmt: skip


@pytest.fixture
def shelf(store, basics):
    """Six pieces: a used and captioned photo, its copy, a paper, a mail, a film, a program."""
    with store.transaction() as tx:
        case = tx.cases.add(
            Case(
                CaseId(0), 1001, basics.order.id, basics.client.id, Problem.NOT_RECEIVED,
                NOW.date(),
            )
        )  # fmt: skip
        kinds = ("image/jpeg", "image/png", "application/pdf", "message/rfc822", "video/mp4",
                 "application/x-msdownload")  # fmt: skip
        kept = [
            tx.evidence.add(
                some_evidence(
                    at, kind, captured=NOW - dt.timedelta(days=at) if at in {2, 3} else None
                )
            )
            for at, kind in enumerate(kinds, 1)
        ]
        tx.exhibits.add(
            Exhibit(ExhibitId(0), case.id, kept[0], 0, "The crushed Ёлка carton", "damage")
        )
        tx.derivations.add(
            Derivation(0, kept[1].id, kept[0].id, Derived.REDACTION, "", NOW, "user")
        )
        tx.suspicions.replace(
            kept[2].id, [Suspicion(0, kept[2].id, "pan", "page 1", "•••• 6458", 1)]
        )
        tx.suspicions.replace(
            kept[3].id, [Suspicion(0, kept[3].id, "iban", "text", "DE89 •••• 3000")]
        )
        tx.readings.set(
            Reading(kept[2].id, ReadState.READ, "Kontoauszug über 43,10", "pdf", 1, 1, NOW)
        )
    return case, kept


@pytest.fixture
def evidence(store, shelf):
    with Reader(store.folder.root) as reader:
        yield reader.evidence_rows


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (EvidenceFilter(), [6, 5, 4, 3, 2, 1]),
        (EvidenceFilter(group=EvidenceGroup.PICTURES), [2, 1]),
        (EvidenceFilter(group=EvidenceGroup.PAPERS), [3]),
        (EvidenceFilter(group=EvidenceGroup.MAILS), [4]),
        (EvidenceFilter(group=EvidenceGroup.FILMS), [5]),
        (EvidenceFilter(group=EvidenceGroup.OTHER), [6]),
        (EvidenceFilter(unused=True), [6, 5, 4, 3, 2]),
        (EvidenceFilter(suspected=True), [3]),
        (EvidenceFilter(redacted=True), [1]),
        (EvidenceFilter(text="ЕЛКА crush"), [1]),
        (EvidenceFilter(text="kontoaus"), [3]),
        (EvidenceFilter(text="file", group=EvidenceGroup.MAILS), [4]),
        (EvidenceFilter(text="…"), []),
    ],
)
def test_the_filter_lets_pass_what_it_says(evidence, wanted, found):
    assert list(evidence.ids(wanted)) == found


@pytest.mark.parametrize(
    "text", ["co-op", "it's", "C++", "a@b.c", "100%", '"', "*", "NEAR(", "a:b"]
)
def test_no_text_that_is_typed_fails(evidence, text):
    assert set(evidence.ids(EvidenceFilter(text=text))) <= {1}


def test_by_day_of_capture_what_has_none_comes_last(evidence):
    assert list(evidence.ids(EvidenceFilter(), EvidenceSort.CAPTURED)) == [2, 3, 6, 5, 4, 1]


def test_a_row_tells_what_it_is_and_where_it_is_used(evidence, shelf):
    first, copy, paper = evidence.rows([EvidenceId(1), EvidenceId(2), EvidenceId(3)])
    assert first.caption == "The crushed Ёлка carton"
    assert first.uses == ((1001, 1),)
    assert first.has_copy
    assert copy.made == "redaction"
    assert paper.suspicions == 1
    assert not paper.uses


def test_rows_come_in_the_order_asked_for_and_missing_ones_are_left_out(evidence):
    found = evidence.rows([EvidenceId(5), EvidenceId(99), EvidenceId(2)])
    assert [row.id for row in found] == [5, 2]


def test_a_settled_number_is_no_longer_told(store, shelf):
    with store.transaction() as tx:
        (one,) = tx.suspicions.of_evidence([EvidenceId(3)])
        tx.suspicions.settle(one.id, NOW.date())
    with Reader(store.folder.root) as reader:
        assert list(reader.evidence_rows.ids(EvidenceFilter(suspected=True))) == []
        assert reader.evidence_rows.rows([EvidenceId(3)])[0].suspicions == 0


def test_what_was_taken_out_or_stands_in_a_removed_case_is_not_used(store, shelf):
    case, _kept = shelf
    with store.transaction() as tx:
        (exhibit,) = tx.exhibits.list(case.id)
        tx.exhibits.place(exhibit.id, section="", withdrawn_at=NOW)
    with Reader(store.folder.root) as reader:
        assert 1 in reader.evidence_rows.ids(EvidenceFilter(unused=True))
    with store.transaction() as tx:
        tx.exhibits.place(exhibit.id, section="", withdrawn_at=None)
        tx.cases.remove(case.id)
    with Reader(store.folder.root) as reader:
        assert 1 in reader.evidence_rows.ids(EvidenceFilter(unused=True))
        assert reader.evidence_rows.cases() == ()


def test_cases_with_exhibits_are_offered_for_choosing(evidence):
    (case,) = evidence.cases()
    assert (case.number, case.title) == (1001, "Phone case")
    assert list(evidence.ids(EvidenceFilter(case=case.id))) == [1]
