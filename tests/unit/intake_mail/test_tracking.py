"""Tracking numbers: recognised, checked, and never mistaken for order numbers."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.common import locations
from disputedesk.intake.tracking import (
    find_tracking_numbers,
    read_tracking_number,
    s10_check_digit,
)


def _numbers(text, carrier=""):
    return [each.number for each in find_tracking_numbers(text, carrier=carrier)]


def test_the_worked_check_digits_of_s10_hold():
    assert s10_check_digit("47312482") == 9
    assert s10_check_digit("12345678") == 5


@pytest.mark.parametrize(
    ("number", "carrier"),
    [
        ("RR123456785CN", "china_post"),
        ("1Z999AA10123456784", "ups"),
        ("92748931508577307776690000", "usps"),
        ("4294142591", "dhl"),
        ("4201234592748931508577307776690000", "usps"),
        ("00340434161094021507", "dhl"),
    ],
)
def test_a_check_digit_that_fits_is_confirmed(number, carrier):
    read = read_tracking_number(number)
    assert (read.carrier, read.checked, read.suspect) == (carrier, True, False)


@pytest.mark.parametrize("number", ["RR123456789CN", "1Z999AA10123456783", "4294142592"])
def test_a_check_digit_that_does_not_fit_is_told(number):
    read = read_tracking_number(number)
    assert read.suspect
    assert not read.checked


@pytest.mark.parametrize(
    ("number", "carrier"),
    [
        ("LP00123456789012", "cainiao"),
        ("YT2112345678901234", "yunexpress"),
        ("YT2112345678901", "yto"),
        ("SF1234567890123", "sf_express"),
        ("TBA123456789012", "amazon"),
        ("UG123456789YP", ""),
    ],
)
def test_forms_without_check_digit_are_recognised_but_not_called_checked(number, carrier):
    read = read_tracking_number(number)
    assert (read.carrier, read.checked, read.suspect) == (carrier, False, False)


@pytest.mark.parametrize(
    "text",
    [
        "Order 8211968327931234: order shipped",
        "Order #123-1234567-1234567",
        "order number 4294142591",
        "Bestellnummer RR123456785CN",
        "Tracking: order number 8211968327931234",
        "Заказ № 8211968327931234",
        "Infolinia: 46 814 82 20",
        "We were founded in 1234567890, call 4294142591",
        "tracking number: REMOVED_FOR_SECURITY",
    ],
)
def test_an_order_number_is_not_taken_for_a_tracking_number(text):
    assert _numbers(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Your tracking number is QA0881872248. Depending", "QA0881872248"),
        ("numero di tracciabilità è 350C20177729F. A seconda", "350C20177729F"),
        ("Package JY26CAA0D000551012 has been delivered", "JY26CAA0D000551012"),
        ("Трек-номер: RR123456785CN", "RR123456785CN"),
        ("see 1Z 999 AA1 01 2345 6784 for more", "1Z999AA10123456784"),
        ("RR 123 456 785 CN", "RR123456785CN"),
        ("Sendungsnummer: 00340434161094021507", "00340434161094021507"),
        ("Tracking no. 9274 8931 5085 7730 7776 69 0000 more", "92748931508577307776690000"),
    ],
)
def test_a_number_that_words_or_form_announce_is_found(text, number):
    assert _numbers(text) == [number]


def test_the_carriers_own_message_decides_between_forms_that_look_alike():
    assert find_tracking_numbers("Tracking number 999999999999")[0].carrier == ""
    assert (
        find_tracking_numbers("Tracking number 999999999999", carrier="fedex")[0].carrier == "fedex"
    )


def test_every_number_is_given_once():
    assert _numbers("Track Parcel RR123456785CN, again: RR123456785CN") == ["RR123456785CN"]


def test_every_form_says_where_it_is_from_and_when_it_was_checked():
    with locations.resources("carriers", "tracking.toml").open("rb") as stream:
        data = tomllib.load(stream)
    for form in data["format"]:
        assert form["source"], form["id"]
        assert form["checked_on"].year >= 2026, form["id"]
    assert len({form["id"] for form in data["format"]}) == len(data["format"])


def test_the_check_sign_of_dpd_follows_iso_7064():
    numbers = [f"01234567890123{sign}" for sign in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    read = [read_tracking_number(number, carrier="dpd") for number in numbers]
    assert [each.checked for each in read].count(True) == 1
    assert not read_tracking_number("01234567890123", carrier="dpd").suspect


def test_the_check_digit_of_fedex_is_counted_with_its_weights():
    fits = [
        n for n in range(10) if read_tracking_number(f"98657878885{n}", carrier="fedex").checked
    ]
    assert fits == [5]


def test_a_long_form_of_another_carrier_is_not_taken_for_one_of_this():
    assert _numbers("Tracking number: 1Z999AA10123456784", carrier="dhl") == ["1Z999AA10123456784"]
    assert find_tracking_numbers("1Z999AA10123456784", carrier="dhl")[0].carrier == "ups"


@given(st.text(alphabet="0123456789ABC trackingnumberZ:#-\n", max_size=300))
def test_no_text_makes_it_fail(text):
    for found in find_tracking_numbers(text):
        assert not (found.checked and found.suspect)
    read_tracking_number(text)


@given(st.from_regex(r"[0-9]{8}", fullmatch=True), st.sampled_from(["RR", "LX", "CP"]))
def test_every_s10_number_with_its_own_check_digit_is_checked(serial, service):
    assert read_tracking_number(f"{service}{serial}{s10_check_digit(serial)}DE").checked
