"""How a letter tells its last day: from the counts of the trace, never from its remarks."""

import dataclasses
import datetime as dt

import pytest

from disputedesk.deadlines.window import SkippedDay, TraceStep
from disputedesk.model.problem import Problem
from disputedesk.papers.composer import compose_letter
from disputedesk.papers.form import FormKind
from disputedesk.papers.letter import letter_text
from disputedesk.papers.timing import counted, timeliness

replace = dataclasses.replace
REMARK = "Two pages for merchants count from processing, also where a day was named."


def a_count(start, result, *, length="120 days", what="the day delivery was expected", **changes):
    return TraceStep(f"{length} from {start}, {what} = {result}.", "closes", result,
                     length=length, start=start, what=what, **changes)  # fmt: skip


def told(window, language="en"):
    return counted(window, language).replace("\u00a0", " ")


MARCH = dt.date(2026, 3, 14)
JULY = dt.date(2026, 7, 12)


def test_the_event_its_day_and_the_count_are_told(a_window):
    window = a_window(because=(a_count(MARCH, JULY),))
    assert told(window) == "120 days from 14 March 2026, the day delivery was expected"


def test_of_several_counts_the_one_that_binds_is_told(a_window):
    other = a_count(dt.date(2026, 2, 12), dt.date(2026, 6, 12), what="the posting", binds=False)
    window = a_window(because=(other, a_count(MARCH, JULY), TraceStep(REMARK, "closes")))
    assert told(window).startswith("120 days from 14 March")


def test_counts_that_follow_one_another_are_told_as_a_chain(a_window):
    first = a_count(dt.date(2026, 2, 12), MARCH, length="30 days", what="the day of the answer")
    window = a_window(because=(first, a_count(MARCH, JULY, what="the day just found")))
    assert told(window) == "30 days from 12 February 2026, the day of the answer, then 120 days"


def test_a_last_day_moved_by_a_holiday_says_why(a_window):
    counted_day = dt.date(2026, 7, 11)
    moved = TraceStep("moved", "closes", JULY, skipped=(SkippedDay(counted_day, "Saturday"),))
    window = a_window(because=(a_count(MARCH, counted_day), moved))
    assert told(window).endswith("; 11 July 2026 is no working day")


def test_a_count_that_does_not_lead_to_the_last_day_is_left_out(a_window):
    window = a_window(because=(a_count(MARCH, dt.date(2026, 7, 1)),))
    assert told(window) == ""


@pytest.mark.parametrize("language", ["en", "ru"])
def test_nothing_is_told_in_another_language(a_window, language):
    what = {"en": "день доставки", "ru": "the day of delivery"}[language]
    assert told(a_window(because=(a_count(MARCH, JULY, what=what),)), language) == ""


def test_without_a_last_day_nothing_is_said_about_time(a_window, today):
    assert timeliness(a_window(closes=None), today) == ""


def test_no_letter_of_any_form_prints_a_remark_of_the_trace(forms, a_context, a_window, today):
    window = a_window()
    remarks = tuple(
        TraceStep(f"{REMARK} {about} {binds}", about, result, binds)
        for about in ("closes", "arguable", "opens", "file_by", "note", "applies")
        for binds in (True, False)
        for result in (None, window.closes)
    )
    window = replace(window, because=(*remarks, *window.because, *remarks), warnings=(REMARK,),
                     reason=REMARK)  # fmt: skip
    for form in forms.forms:
        if form.kind is not FormKind.LETTER:
            continue
        for language in form.languages:
            for reason in form.reasons:
                plain = a_context(Problem(reason.problems[0]), language=language, form=form)
                context = replace(plain, window=window)
                letter = compose_letter(form, context, language=language, today=today)
                assert "Two pages" not in letter_text(letter)
