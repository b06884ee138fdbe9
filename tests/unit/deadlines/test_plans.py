import datetime as dt

import pytest

from disputedesk.deadlines.rule import Comparison, Consequence, Count, FactTest, Period
from disputedesk.deadlines.words import Actor, Avenue, EffectiveWhen, Stage
from disputedesk.model.money import Money

ORDERED = dt.date(2026, 1, 1)
TODAY = dt.date(2026, 1, 10)


ENDS_DISPUTE = Consequence("platform_dispute", "It ends the platform's dispute.")
ASK_FIRST = Consequence("seller", "Ask the seller first.", "contacted_seller_on")


def test_an_avenue_that_would_end_another_comes_after_it(plan_of, until):
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 120, forfeits=(ENDS_DISPUTE,))
    platform = until("t.platform", Avenue.PLATFORM_DISPUTE, 60)
    plan = plan_of([bank, platform])
    assert [step.window.rule for step in plan.steps] == ["t.platform", "t.bank"]
    assert [step.order for step in plan.steps] == [1, 2]
    assert plan.next_step == "t.platform"
    assert "others can wait" in plan.next_reason
    assert plan.next_reason.endswith("it gives up nothing.")
    assert plan.steps[1].gives_up == ("It ends the platform's dispute.",)
    assert plan.steps[1].last_safe_day == plan.steps[1].window.file_by


def test_what_would_end_an_avenue_that_cannot_be_dated_yet_names_that_loss(plan_of, until):
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 120, forfeits=(ENDS_DISPUTE,))
    timer = Count("reply_asked_by", Period(0))
    platform = until("t.platform", Avenue.PLATFORM_DISPUTE, 0, closes=timer)
    plan = plan_of([bank, platform])
    assert plan.next_step == "t.bank"
    assert plan.steps[0].gives_up == ("It ends the platform's dispute.",)
    assert plan.next_reason.endswith("mind what it gives up: It ends the platform's dispute.")


def test_of_two_that_do_not_touch_each_other_the_sooner_goes_first(plan_of, until):
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 120)
    notice = until("t.notice", Avenue.BANK_CLAIM, 60)
    plan = plan_of([bank, notice])
    assert plan.next_step == "t.notice"
    assert plan.nothing == (
        "On 2 Mar 2026 the time for “t.notice” runs out; “t.bank” stays possible until 1 May 2026."
    )
    seller = until("t.seller", Avenue.SELLER, 0, closes=None)
    plan = plan_of([bank, notice, seller])
    assert plan.next_step == "t.seller"
    assert "“t.notice” has to be filed by 2 Mar 2026 all the same" in plan.next_reason


def test_what_a_looser_reading_keeps_open_is_not_kept_from_the_buyer(plan_of, until):
    looser = Count("ordered_on", Period(60))
    strict = until("t.bank", Avenue.CARD_CHARGEBACK, 5, arguable=looser)
    sentence = (
        "By the strict reading “t.bank” closed on 6 Jan 2026; by a looser one it can still be "
        "tried until 2 Mar 2026."
    )
    plan = plan_of([strict])
    assert (plan.next_step, plan.next_reason, plan.nothing) == (None, sentence, sentence)
    law = until("t.law", Avenue.STATUTORY, 90)
    plan = plan_of([strict, law], method="card", network="visa", consumer_country="DE")
    assert plan.next_step == "t.law"
    assert plan.nothing == (
        "On 1 Apr 2026 the time for what the law gives ends; nothing else stays possible. "
        f"{sentence}"
    )
    plan = plan_of([strict], today=dt.date(2026, 3, 3))
    assert plan.nothing == "Doing nothing costs nothing more: the last avenue closed on 6 Jan 2026."


def test_the_bank_is_told_of_it_before_a_chargeback_that_closes_sooner(plan_of, until):
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 120)
    tell = until("t.tell", Avenue.BANK_CLAIM, 390, effective_when=EffectiveWhen.NOTIFIED)
    plan = plan_of([bank, tell])
    assert [step.window.rule for step in plan.steps] == ["t.tell", "t.bank"]
    assert plan.next_reason.startswith(
        "Begin with “t.tell”; “t.bank” has to be filed by 1 May 2026 all the same"
    )
    plan = plan_of([bank, tell], today=dt.date(2026, 4, 28))
    assert plan.next_step == "t.bank"
    later = until("t.tell", Avenue.BANK_CLAIM, 390, effective_when=EffectiveWhen.NOTIFIED,
                  opens=Count("ordered_on", Period(60)))  # fmt: skip
    plan = plan_of([bank, later])
    assert [step.window.rule for step in plan.steps] == ["t.bank", "t.tell"]


def test_what_may_still_be_open_is_not_called_closed(plan_of, until):
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 0, closes=Count("processing_date", Period(5)))
    plan = plan_of([bank])
    assert plan.next_step is None
    assert plan.steps[0].reason == (
        "By what is known it closed on 6 Jan 2026, but its true last day may be later."
    )


def test_what_is_required_first_comes_first(plan_of, until):
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 60, requires=(ASK_FIRST,))
    seller = until("t.seller", Avenue.SELLER, 90)
    plan = plan_of([bank, seller])
    assert [step.window.rule for step in plan.steps] == ["t.seller", "t.bank"]
    assert "Ask the seller first." in plan.steps[1].reason
    plan = plan_of([bank, seller], contacted_seller_on=TODAY)
    assert [step.window.rule for step in plan.steps] == ["t.bank"]


def test_an_avenue_about_to_close_is_switched_to_and_its_price_named(plan_of, until):
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 12, forfeits=(ENDS_DISPUTE,))
    platform = until("t.platform", Avenue.PLATFORM_DISPUTE, 60)
    plan = plan_of([bank, platform])
    assert plan.next_step == "t.bank"
    assert plan.next_reason.startswith("Switch to “t.bank” by 13 Jan 2026")
    assert plan.next_reason.endswith("It ends the platform's dispute.")


def test_of_two_that_close_the_sooner_is_used_first(plan_of, until):
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 12)
    platform = until("t.platform", Avenue.PLATFORM_DISPUTE, 15)
    assert plan_of([bank, platform]).next_step == "t.bank"
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 15)
    platform = until("t.platform", Avenue.PLATFORM_DISPUTE, 12)
    assert plan_of([bank, platform]).next_step == "t.platform"


def test_a_requirement_of_what_is_about_to_close_is_done_at_once(plan_of, until):
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 12, requires=(ASK_FIRST,))
    seller = until("t.seller", Avenue.SELLER, 90)
    plan = plan_of([bank, seller])
    assert plan.next_step == "t.seller"
    assert "needs it first" in plan.next_reason


def test_a_running_dispute_is_waited_for_and_counts_as_given_up(plan_of, until):
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 120, forfeits=(ENDS_DISPUTE,))
    platform = until("t.platform", Avenue.PLATFORM_DISPUTE, 60)
    plan = plan_of([bank, platform], platform_dispute_opened_on=TODAY)
    assert plan.next_step == "t.bank"
    assert plan.next_reason.startswith("Wait for what is running")
    assert "It ends the platform's dispute." in plan.next_reason
    plan = plan_of([bank, platform], platform_dispute_opened_on=TODAY, platform_decided_on=TODAY)
    assert plan.next_reason.endswith("it gives up nothing.")


def test_avenues_that_end_each_other_are_still_ordered(plan_of, until):
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 60, forfeits=(ENDS_DISPUTE,))
    back = Consequence("card_chargeback", "It ends the chargeback.")
    platform = until("t.platform", Avenue.PLATFORM_DISPUTE, 60, forfeits=(back,))
    needs = Consequence("court", "Sue first.", "complained_on")
    court = until(
        "t.court", Avenue.COURT, 60, requires=(Consequence("statutory", "x", "aware_on"),)
    )
    law = until("t.law", Avenue.STATUTORY, 60, requires=(needs,))
    plan = plan_of([bank, platform, court, law])
    assert [step.window.rule for step in plan.steps] == ["t.platform", "t.bank", "t.law", "t.court"]


def test_an_avenue_that_opens_later_is_named_with_its_day(plan_of, until):
    later = until("t.bank", Avenue.CARD_CHARGEBACK, 60, opens=Count("ordered_on", Period(30)))
    plan = plan_of([later])
    assert plan.next_step == "t.bank"
    assert "31 Jan 2026" in plan.next_reason
    assert plan.steps[0].reason == "It opens on 31 Jan 2026."
    assert plan.nothing_on == dt.date(2026, 3, 2)


def test_nothing_open_is_said(plan_of, until, rule):
    closed = until("t.bank", Avenue.CARD_CHARGEBACK, 5)
    plan = plan_of([closed])
    assert (plan.steps, plan.next_step, plan.nothing_on) == ((), None, None)
    assert plan.next_reason == "No avenue is open, and none opens later."
    assert plan.nothing == "Doing nothing costs nothing more: the last avenue closed on 6 Jan 2026."
    plan = plan_of([])
    assert "no rule covers" in plan.nothing
    barred = rule("t.never", opens=Count("ordered_on", Period(9)), closes=Count("ordered_on"))
    assert plan_of([barred]).nothing == "Doing nothing costs nothing more: no avenue is available."


def test_an_unknown_window_asks_and_costs_an_unknown_sum(plan_of, until):
    unknown = until("t.bank", Avenue.CARD_CHARGEBACK, 0, closes=Count("filed_on", Period(5)))
    plan = plan_of([unknown])
    assert plan.next_step is None
    assert "On which day was the claim filed?" in plan.next_reason
    assert plan.nothing.startswith("What doing nothing costs cannot be told yet.")
    both = plan_of([unknown, until("t.platform", Avenue.PLATFORM_DISPUTE, 60)])
    assert both.nothing.endswith("The days of 1 more way are not known yet.")


def test_doing_nothing_names_day_sum_and_what_stays(plan_of, until):
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 152)
    platform = until("t.platform", Avenue.PLATFORM_DISPUTE, 72)
    plan = plan_of([bank, platform], amount=Money.of("43.10", "USD"))
    assert plan.nothing == (
        "On 14 Mar 2026 at the latest protection ends and US$\u00a043.10 goes to the seller; "
        "the bank stays possible until 2 Jun 2026."
    )
    assert plan.nothing_on == dt.date(2026, 3, 14)
    assert "the money goes to the seller" in plan_of([bank, platform]).nothing
    settled = plan_of([bank, platform], confirmed_on=TODAY)
    assert settled.nothing.startswith("On 14 Mar 2026 protection ends; the bank")


@pytest.mark.parametrize(
    ("avenue", "words"),
    [
        (Avenue.CARD_CHARGEBACK, "the time to go to the bank ends"),
        (Avenue.COURT, "the time for what the law gives ends"),
        (Avenue.SELLER, "the time to settle it with the seller ends"),
        (Avenue.WALLET_CLAIM, "protection ends"),
    ],
)
def test_what_ends_is_named_in_its_own_words(plan_of, until, avenue, words):
    told = {"method": "card", "network": "visa", "consumer_country": "DE"}
    plan = plan_of([until("t.one", avenue, 60)], **told)
    assert plan.nothing == f"On 2 Mar 2026 {words}; nothing else stays possible."


def test_nothing_else_is_only_said_where_the_other_ways_could_be_looked_for(plan_of, until):
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 60)
    assert "other ways cannot be told" in plan_of([bank], method="card").nothing
    assert "other ways cannot be told" in plan_of([bank], consumer_country="DE").nothing


def test_an_avenue_without_a_last_day_stays_possible(plan_of, until):
    seller = until("t.seller", Avenue.SELLER, 0, closes=None)
    platform = until("t.platform", Avenue.PLATFORM_DISPUTE, 60)
    plan = plan_of([seller])
    assert plan.nothing == "Nothing runs out: what is open has no last day."
    assert "has no last day" in plan.next_reason
    assert plan.steps[0].reason == "It has no last day, so it can wait."
    plan = plan_of([seller, platform])
    assert plan.nothing.endswith("the seller stays possible without a last day.")


def test_a_running_timer_tells_the_day_the_money_goes(plan_of, until):
    platform = until("t.platform", Avenue.PLATFORM_DISPUTE, 60)
    timer = dt.datetime.fromisoformat("2026-01-20T23:30:00-08:00")
    plan = plan_of([platform], protection_ends_at=timer, consumer_zone="Europe/Berlin")
    assert plan.nothing_on == dt.date(2026, 1, 21)
    assert plan.nothing.endswith("“t.platform” stays possible until 2 Mar 2026.")
    assert plan_of([platform], protection_ends_at=timer).nothing_on == dt.date(2026, 1, 20)
    opened = {"platform_dispute_opened_on": TODAY}
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 60)
    assert plan_of([bank], protection_ends_at=timer, **opened).nothing_on == dt.date(2026, 3, 2)
    past = plan_of([platform], dt.date(2026, 2, 1), protection_ends_at=timer)
    assert past.nothing_on == dt.date(2026, 3, 2)


def test_an_asked_for_answer_is_a_loss_of_its_own(plan_of, until):
    answer = until("t.answer", Avenue.PLATFORM_DISPUTE, 0, stage=Stage.RESPONSE, closes=None)
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 60)
    plan = plan_of([answer, bank], reply_asked_by=dt.date(2026, 1, 15))
    assert plan.nothing.startswith("On 15 Jan 2026 the time for “t.answer” runs out; the bank")


def test_the_other_sides_clocks_stand_apart(plan_of, until):
    slow = until("t.slow", Avenue.PLATFORM_DISPUTE, 60, actor=Actor.SELLER)
    fast = until("t.fast", Avenue.PLATFORM_DISPUTE, 30, actor=Actor.PLATFORM)
    over = until("t.over", Avenue.PLATFORM_DISPUTE, 3, actor=Actor.BANK)
    plan = plan_of([slow, fast, over])
    assert plan.steps == ()
    assert [window.rule for window in plan.their_clocks] == ["t.fast", "t.slow"]


def test_a_rules_own_step_is_named_in_what_stays(plan_of, until):
    appeal = until("t.appeal", Avenue.PLATFORM_APPEAL, 90, stage=Stage.APPEAL)
    seller = until("t.seller", Avenue.SELLER, 30)
    assert plan_of([appeal, seller]).nothing.endswith("“t.appeal” stays possible until 1 Apr 2026.")


def test_a_paused_avenue_counts_as_given_up(plan_of, until):
    freeze = Consequence("platform_dispute", "It freezes the order.", when=FactTest(
        "platform", Comparison.IS, ("aliexpress",)))  # fmt: skip
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 60, pauses=(freeze,))
    platform = until("t.platform", Avenue.PLATFORM_DISPUTE, 60)
    plan = plan_of([bank, platform], platform="aliexpress")
    assert plan.steps[1].gives_up == ("It freezes the order.",)
    plan = plan_of([bank, platform], platform="amazon")
    assert plan.steps[1].gives_up == ()


def test_a_clock_that_ran_out_is_a_chaser_with_the_step_it_opens(plan_of, until):
    seller = until("t.answer", Avenue.PLATFORM_DISPUTE, 5, actor=Actor.SELLER, stage=Stage.RESPONSE)
    escalate = until("t.escalate", Avenue.PLATFORM_DISPUTE, 60, stage=Stage.ESCALATION)
    plan = plan_of([seller, escalate])
    (chaser,) = plan.chasers
    assert chaser.opened == "t.escalate"
    assert chaser.sentence == (
        "The seller had until 6 Jan 2026 for this: “t.answer”. Nothing on record says it was done. "
        "If it was, record it; if not, “t.escalate” is open now."
    )
    assert plan.their_clocks == ()


def test_a_clock_that_still_runs_is_no_chaser(plan_of, until):
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 9, actor=Actor.BANK, stage=Stage.RESPONSE)
    assert plan_of([bank]).chasers == ()
    (chaser,) = plan_of([bank], today=TODAY + dt.timedelta(days=1)).chasers
    assert chaser.opened is None
    assert chaser.sentence.endswith("if not, remind them in writing.")


def test_silence_ends_the_waiting_for_what_is_running(plan_of, until):
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 120, forfeits=(ENDS_DISPUTE,))
    answer = until(
        "t.answer", Avenue.PLATFORM_DISPUTE, 5, actor=Actor.PLATFORM, stage=Stage.RESPONSE
    )
    opened = {"platform_dispute_opened_on": ORDERED}
    waiting = plan_of([bank, answer], today=ORDERED, **opened)
    assert waiting.next_reason.startswith("Wait for what is running")
    late = plan_of([bank, answer], **opened)
    assert late.chasers
    assert not late.next_reason.startswith("Wait")


def test_a_last_day_that_nears_is_not_passed_over_because_the_first_is_unknown(plan_of, until):
    dispute = until("t.dispute", Avenue.PLATFORM_DISPUTE, 12, opens=Count("shipped_on", Period(11)))
    law = until("t.law", Avenue.STATUTORY, 400)
    plan = plan_of([dispute, law])
    assert plan.next_step == "t.dispute"
    assert plan.next_reason.startswith("Switch to “t.dispute” by 13 Jan 2026")
    assert plan.nothing.startswith("On 13 Jan 2026 protection ends")
    assert plan_of([dispute, law], today=dt.date(2026, 1, 14)).next_step == "t.law"
    calm = until("t.dispute", Avenue.PLATFORM_DISPUTE, 60, opens=Count("shipped_on", Period(11)))
    assert plan_of([calm, law]).next_step == "t.law"
