import datetime as dt
import subprocess
import sys

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disputedesk.deadlines.calendar import CalendarTooShort
from disputedesk.packs.holidays_tables import HolidayCalendars


def day(text):
    return dt.date.fromisoformat(text).toordinal()


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("holidays")


@pytest.fixture(scope="module")
def find(cache):
    return HolidayCalendars(cache).find


def test_the_version_names_library_place_and_years(find):
    assert find("GB-ENG").version == f"holidays {holidays.__version__}, GB-ENG, 2010–2045"
    assert find("GB-ENG").name == "GB-ENG"


def test_parts_of_a_country_have_their_own_days(find):
    easter_monday = day("2026-04-06")
    assert find("GB-ENG").reason(easter_monday) == "Easter Monday"
    assert not find("GB-ENG").is_working(easter_monday)
    assert find("GB-SCT").is_working(easter_monday)
    assert find("GB").is_working(easter_monday)


def test_reg_z_counts_saturdays_and_observed_days(find):
    """Wednesday 1 July 2026 and three business days end on Monday: 3 July counts."""
    assert find("us-reg-z").add(day("2026-07-01"), 3) == day("2026-07-06")
    assert find("us-reg-z").is_working(day("2026-07-03"))
    assert not find("us-reg-z").is_working(day("2026-07-04"))
    assert not find("US").is_working(day("2026-07-03"))
    assert find("us-fed").is_working(day("2026-07-03"))


def test_ten_business_days_over_veterans_day(find):
    """The published chart of Regulation E: received Monday 3 November 2014."""
    assert find("us-fed").add(day("2014-11-03"), 10) == day("2014-11-18")


def test_two_business_days_where_saturday_is_worked(find):
    """Comment 6(b)(1)-3: learnt on a Friday, Saturday worked, Sunday not: Monday."""
    assert find("us-reg-z").add(day("2026-03-06"), 2) == day("2026-03-09")


def test_belarus_works_some_saturdays_and_ukraine_still_has_weekends(find):
    assert find("BY").is_working(day("2026-04-25"))
    assert not find("BY").is_working(day("2026-04-18"))
    assert find("UA").is_working(day("2026-08-24"))
    assert not find("UA").is_working(day("2026-08-23"))


def test_indian_banks_rest_on_second_and_fourth_saturdays(find):
    saturdays = [day(f"2026-09-{number:02d}") for number in (5, 12, 19, 26)]
    assert [find("IN").is_working(one) for one in saturdays] == [True, False, True, False]


def test_a_calendar_ends_where_the_library_has_no_days_any_more(find):
    assert find("IN").version.endswith("IN, 2010–2035")
    with pytest.raises(CalendarTooShort):
        find("IN").is_working(day("2036-01-01"))


def test_target_days_are_those_of_the_central_bank(find):
    assert not find("target").is_working(day("2026-05-01"))
    assert find("target").is_working(day("2026-05-14"))


@pytest.mark.parametrize("name", ["XX", "DE-XX", "../../etc/passwd", "us", "GB-", "", "DE-BY\n"])
def test_a_place_the_library_does_not_know_has_no_calendar(find, name):
    assert find(name) is None


def test_a_table_that_ends_says_so(find):
    with pytest.raises(CalendarTooShort):
        find("DE").add(day("2045-12-28"), 10)
    with pytest.raises(CalendarTooShort):
        find("DE").is_working(day("2009-12-31"))


def test_a_kept_table_gives_the_same_calendar_and_a_damaged_one_is_made_anew(find, cache):
    span = range(day("2026-01-01"), day("2027-01-01"))
    reference = [find("DE-BY").is_working(one) for one in span]
    kept = HolidayCalendars(cache).find("DE-BY")
    assert [kept.is_working(one) for one in span] == reference
    for path in cache.glob("DE-BY*"):
        path.write_text('{"weekend": 3}')
    again = HolidayCalendars(cache).find("DE-BY")
    assert [again.is_working(one) for one in span] == reference


def test_the_library_is_not_imported_while_a_table_is_kept(find, cache):
    assert find("FR")
    code = (
        "import sys, pathlib\n"
        "from disputedesk.packs.holidays_tables import HolidayCalendars\n"
        f"assert HolidayCalendars(pathlib.Path({str(cache)!r})).find('FR')\n"
        "assert 'holidays' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


ORACLES = {
    name: holidays.country_holidays(*name.split("-"), years=range(2023, 2029))
    for name in ("DE-BY", "GB-ENG", "US", "PL", "BY")
}


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(ORACLES)),
    st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)),
    st.integers(1, 60),
)
def test_business_days_are_those_of_the_library(find, name, start, count):
    found = find(name).add(start.toordinal(), count)
    assert dt.date.fromordinal(found) == ORACLES[name].get_nth_working_day(start, count)


def test_days_off_that_nobody_has_decreed_yet_are_known_as_such(find):
    assert find("RU").sure_until < find("RU").last
    assert find("DE").sure_until == find("DE").last
    weekdays = find("weekdays")
    assert not weekdays.is_estimated(weekdays.sure_until)


def test_a_feast_of_the_moon_is_known_as_an_estimate(find):
    emirates = find("AE")
    years = range(dt.date(2030, 1, 1).toordinal(), dt.date(2031, 1, 1).toordinal())
    feasts = [day for day in years if emirates.is_estimated(day)]
    assert feasts
    assert not any(emirates.is_working(day) for day in feasts)
