"""Words, days and plurals in both languages, each on its own thread."""

import datetime as dt
import threading

import pytest

from disputedesk.common import texts

DAY = dt.date(2026, 3, 14)


def counted(count):
    return texts.trn("{count} day", "{count} days", count)


@pytest.mark.parametrize(
    ("count", "english", "russian"),
    [
        (0, "0 days", "0 дней"),
        (1, "1 day", "1 день"),
        (2, "2 days", "2 дня"),
        (4, "4 days", "4 дня"),
        (5, "5 days", "5 дней"),
        (11, "11 days", "11 дней"),
        (12, "12 days", "12 дней"),
        (21, "21 days", "21 день"),
        (22, "22 days", "22 дня"),
        (111, "111 days", "111 дней"),
        (1001, "1001 days", "1001 день"),
    ],
)
def test_a_count_has_its_form_in_both_languages(count, english, russian):
    assert counted(count) == english
    with texts.using("ru"):
        assert counted(count) == russian


def test_a_day_is_written_with_its_month_in_letters():
    assert texts.day_text(DAY) == "14 Mar 2026"
    assert texts.day_text(DAY, weekday=True) == "Sat 14 Mar 2026"
    with texts.using("ru"):
        assert texts.day_text(DAY) == "14 марта 2026"
        assert texts.day_text(DAY, weekday=True) == "сб 14 марта 2026"


@pytest.mark.parametrize(
    ("days", "english", "russian"),
    [
        (0, "today", "сегодня"),
        (1, "tomorrow", "завтра"),
        (-1, "yesterday", "вчера"),
        (2, "in 2 days", "через 2 дня"),
        (5, "in 5 days", "через 5 дней"),
        (21, "in 21 days", "через 21 день"),
        (-2, "2 days ago", "2 дня назад"),
        (-11, "11 days ago", "11 дней назад"),
    ],
)
def test_a_distance_is_told_as_people_say_it(days, english, russian):
    there = DAY + dt.timedelta(days)
    assert texts.day_distance_text(there, DAY) == english
    with texts.using("ru"):
        assert texts.day_distance_text(there, DAY) == russian


def test_values_are_filled_in_either_language():
    assert texts.tr("Case {number}", number=7) == "Case 7"
    with texts.using("ru"):
        assert texts.tr("Case {number}", number=7) == "Дело 7"


def test_a_message_nobody_translated_stays_english():
    with texts.using("ru"):
        assert texts.tr("Nobody says {what}.", what="this") == "Nobody says this."


def test_an_empty_message_is_empty_and_not_the_head_of_the_catalogue():
    with texts.using("ru"):
        assert texts.tr("") == ""


def test_a_marked_message_is_looked_up_later():
    told = texts.mark("Order number")
    assert told == "Order number"
    with texts.using("ru"):
        assert texts.tr(told) == "Номер заказа"


def test_an_unknown_language_is_english():
    with texts.using("tlh"):
        assert texts.language() == "en"
    texts.set_language("tlh")
    assert texts.language() == "en"


def test_a_language_holds_inside_its_block_and_on_its_thread_only():
    seen = []
    with texts.using("ru"):
        with texts.using("en"):
            assert counted(2) == "2 days"
        thread = threading.Thread(target=lambda: seen.append(texts.language()))
        thread.start()
        thread.join()
        assert texts.language() == "ru"
    assert seen == ["en"]
    assert texts.language() == "en"


def test_the_language_of_the_process_holds_on_every_thread():
    seen = []
    texts.set_language("ru")
    thread = threading.Thread(target=lambda: seen.append(counted(5)))
    thread.start()
    thread.join()
    assert seen == ["5 дней"]


@pytest.mark.parametrize(
    ("everywhere", "messages", "wanted"),
    [
        ("ru_RU.UTF-8", "", "ru"),
        ("en_GB.UTF-8", "ru_RU.UTF-8", "en"),
        ("", "ru_RU.UTF-8", "ru"),
        ("de_DE.UTF-8", "ru_RU.UTF-8", "en"),
    ],
)
def test_the_system_language_is_the_first_that_is_named(monkeypatch, everywhere, messages, wanted):
    monkeypatch.setenv("LC_ALL", everywhere)
    monkeypatch.setenv("LC_MESSAGES", messages)
    monkeypatch.setenv("LANG", "")
    assert texts.system_language() == wanted
