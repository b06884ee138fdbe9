"""Real mails that stand beside the checkout on some machines; skipped where they do not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from disputedesk.intake.draft import Recognition
from disputedesk.intake.mail import looks_like_mail, read_mail

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "mail"

EXPECTED = {
    "amazon_delivered.eml": ("amazon", "123-1234567-1234567", {"delivered_on": "2020-09-11"}),
    "amazon_delivered_it.eml": ("amazon", "123-4567890-1234567", {}),
    "amazon_exception.eml": (
        "amazon",
        "123-1234567-1234567",
        {"expected_delivery": "2021-03-28"},
    ),
    "amazon_shipped.eml": (
        "amazon",
        "123-1234567-1234567",
        {"shipped_on": "2020-09-10", "promised_by": "2020-09-11"},
    ),
    "amazon_shipped_alt.eml": (
        "amazon",
        "123-1234567-1234567",
        {"shipped_on": "2020-09-10", "promised_by": "2020-09-11"},
    ),
    "amazon_uk_shipped.eml": (
        "amazon",
        "123-4567890-1234567",
        {"shipped_on": "2020-12-12", "promised_by": "2020-12-12"},
    ),
    "auspost_delivered.eml": ("auspost", "997053641168", {"delivered_on": "2021-10-09"}),
    "dhl_out_for_delivery.eml": ("dhl", "4212345678", {"expected_delivery": "2020-10-01"}),
    "fedex_out_for_delivery.eml": (
        "fedex",
        "61290912345678912345",
        {"shipped_on": "2021-06-15", "expected_delivery": "2021-06-25"},
    ),
    "gls_delivering.eml": ("gls", "90346692444", {"expected_delivery": "2021-12-24"}),
    "hermes_delivered.eml": ("evri", "8888297016898882", {"delivered_on": "2020-11-12"}),
    "royal_mail_uk_delivered.eml": (
        "royal_mail",
        "MA038501234GB",
        {"delivered_on": "2020-08-11"},
    ),
    "ups_out_for_delivery_new.eml": (
        "ups",
        "1Z0Y12345678031234",
        {"expected_delivery": "2021-08-19"},
    ),
    "usps_out_for_delivery.eml": (
        "usps",
        "92123456508577307776690000",
        {"expected_delivery": "2020-09-23"},
    ),
}


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not on this machine")
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_real_mail_gives_its_number_its_days_and_its_sender(name):
    sender, number, days = EXPECTED[name]
    data = (SAMPLES / name).read_bytes()
    reading = read_mail(data, file=name)
    draft = reading.drafts[0]
    facts = {fact.name: str(fact.value) for fact in draft.facts if isinstance(fact.value, dt.date)}
    assert looks_like_mail(data[:4096], "x")
    assert (reading.kind, draft.number) == (f"mail.{sender}", number)
    assert days.items() <= facts.items()
    dated = reading.captured_at is not None
    assert reading.recognition is (Recognition.UNDERSTOOD if dated else Recognition.PARTLY)
