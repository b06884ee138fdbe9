"""What presses comes first: answers asked for, windows that open late, and what may wait."""

import datetime as dt

import pytest

from disputedesk.deadlines.rule import Comparison, Consequence, Count, FactTest, Period, Requirement
from disputedesk.deadlines.words import Actor, Avenue, Stage

ORDERED = dt.date(2026, 1, 1)
TODAY = dt.date(2026, 1, 10)
ENDS_DISPUTE = Consequence("platform_dispute", "It ends the platform's dispute.")
TIMER = dt.datetime.fromisoformat("2026-01-12T08:59:00+00:00")


def test_what_closes_within_days_stands_before_a_reminder_to_the_seller(plan_of, until):
    seller = until("t.seller", Avenue.SELLER, 0, closes=None, stage=Stage.ESCALATION)
    platform = until("t.platform", Avenue.PLATFORM_DISPUTE, 60)
    plan = plan_of([seller, platform], protection_ends_at=TIMER)
    assert [step.window.rule for step in plan.steps] == ["t.platform", "t.seller"]
    assert plan.next_step == "t.platform"
    assert plan.steps[0].last_safe_day == plan.steps[0].held_until == dt.date(2026, 1, 12)
    assert plan.next_reason.startswith("Begin with “t.platform” by 12 Jan 2026: protection ends")


def test_a_dispute_that_opens_on_the_day_protection_ends_is_got_ready_now(plan_of, until):
    platform = until(
        "t.platform", Avenue.PLATFORM_DISPUTE, 60, opens=Count("ordered_on", Period(11))
    )
    law = until("t.law", Avenue.STATUTORY, 0, closes=None)
    plan = plan_of([platform, law], protection_ends_at=TIMER)
    assert plan.next_step == "t.platform"
    assert plan.next_reason == (
        "Get “t.platform” ready: it opens on 12 Jan 2026, the very day protection ends and the "
        "money goes to the seller; it gives up nothing."
    )
    later = plan_of([platform, law], protection_ends_at=TIMER + dt.timedelta(days=2))
    assert "on 14 Jan 2026 protection ends" in later.next_reason


def test_what_opens_and_closes_within_days_is_got_ready_now(plan_of, until):
    short = until("t.short", Avenue.BANK_CLAIM, 14, opens=Count("ordered_on", Period(12)))
    plan = plan_of([short, until("t.law", Avenue.STATUTORY, 90)])
    assert plan.next_reason.startswith(
        "Get “t.short” ready: it opens on 13 Jan 2026 and has to be filed by 15 Jan 2026"
    )


@pytest.fixture
def answer(rule):
    def build(rule_id="t.answer", avenue=Avenue.CARD_CHARGEBACK, stage=Stage.RESPONSE, **values):
        values.setdefault("closes", Count("reply_asked_by"))
        return rule(rule_id, avenue=avenue, stage=stage, title=rule_id, **values)

    return build


def test_an_answer_whose_day_only_the_letter_tells_comes_first(plan_of, until, answer):
    law = until("t.law", Avenue.STATUTORY, 900)
    bank = until(
        "t.bank", Avenue.CARD_CHARGEBACK, 40, actor=Actor.BANK, stage=Stage.PRE_ARBITRATION
    )
    plan = plan_of([law, answer()], filed_on=ORDERED)
    assert plan.next_step == plan.steps[0].window.rule == "t.answer"
    assert plan.next_reason.startswith(
        "“t.answer” comes first: its last day stands in their letter or decision;"
    )
    assert plan.steps[0].reason.startswith("The letter or decision it answers names the last day")
    assert plan.nothing.startswith("The last day for “t.answer” is not told here yet")
    assert plan.nothing.endswith("letter or decision.")
    told = plan_of([law, bank, answer()], filed_on=ORDERED)
    assert "before 10 Feb 2026, when their own time ends" in told.next_reason
    alone = plan_of([answer()], filed_on=ORDERED)
    assert alone.nothing.endswith("letter or decision.")
    over = plan_of([law, answer()], filed_on=ORDERED, final_response_on=TODAY)
    assert over.next_step == "t.law"


def test_an_appeal_waits_for_the_decisions_own_day_until_the_bank_is_asked(plan_of, until, answer):
    appeal = answer(
        "t.appeal", Avenue.PLATFORM_APPEAL, Stage.APPEAL, arguable=Count("ordered_on", Period(15))
    )
    soon = until("t.soon", Avenue.WALLET_CLAIM, 12)
    plan = plan_of([appeal, soon], platform_decided_on=ORDERED)
    assert plan.next_step == "t.appeal"
    assert "and is 16 Jan 2026 at best" in plan.next_reason
    assert "“t.soon” has to be filed by 13 Jan 2026 all the same" in plan.next_reason
    assert plan_of([appeal, soon], filed_on=TODAY).next_step == "t.soon"
    past = plan_of([appeal], today=dt.date(2026, 1, 17), platform_decided_on=ORDERED)
    assert past.next_step is None


def test_a_return_that_nobody_is_known_to_have_ordered_presses_nobody(plan_of, until, answer):
    ordered = Requirement(FactTest("return_ordered", Comparison.IS, (True,)), "It was not.")
    goods = until("t.return", Avenue.WALLET_CLAIM, 12, stage=Stage.RETURN_GOODS, applies=(ordered,))
    appeal = answer("t.appeal", Avenue.PLATFORM_APPEAL, Stage.APPEAL)
    plan = plan_of([goods, appeal])
    assert "t.return" not in plan.next_reason
    assert plan.steps[1].reason == "Only if the decision asks for it; then by 13 Jan 2026."
    assert "t.return" in plan_of([goods, appeal], return_ordered=True).next_reason


def test_the_law_waits_while_the_bank_still_has_time_to_answer(plan_of, until):
    law = until("t.law", Avenue.STATUTORY, 900)
    near = until("t.near", Avenue.STATUTORY, 30)
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 40, actor=Actor.BANK, stage=Stage.RESPONSE)
    plan = plan_of([law, bank], filed_on=ORDERED)
    assert plan.next_reason.startswith("Wait for what is running; “t.law” can follow until")
    assert plan_of([law, bank]).next_reason.startswith("“t.law” is the avenue that is open")
    assert not plan_of([law, near, bank], filed_on=ORDERED).next_reason.startswith("Wait")


def test_a_sellers_duty_that_lapsed_does_not_end_the_waiting_for_the_platform(plan_of, until):
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 120, forfeits=(ENDS_DISPUTE,))
    duty = until("t.duty", Avenue.STATUTORY, 5, actor=Actor.SELLER)
    again = until("t.again", Avenue.SELLER, 0, closes=None, stage=Stage.ESCALATION)
    plan = plan_of([bank, duty], platform_dispute_opened_on=ORDERED)
    assert plan.chasers
    assert plan.next_reason.startswith("Wait for what is running")
    (chaser,) = plan_of([bank, duty, again]).chasers
    assert chaser.opened == "t.again"


def test_what_was_filed_already_is_named_as_begun(plan_of, until):
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 120)
    assert plan_of([bank]).begun == ()
    assert plan_of([bank], filed_on=TODAY).begun == ("t.bank",)


def test_what_ends_on_the_same_day_does_not_stay_possible(plan_of, until):
    told = {"method": "card", "network": "visa", "consumer_country": "DE"}
    law = until("t.law", Avenue.STATUTORY, 60)
    court = until("t.court", Avenue.COURT, 60)
    assert plan_of([law, court], **told).nothing.endswith("nothing else stays possible.")


def test_a_court_whose_day_is_not_known_is_not_counted_among_what_presses(plan_of, until):
    court = until("t.court", Avenue.COURT, 0, closes=Count("filed_on", Period(5)))
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 60)
    assert "more way" not in plan_of([bank, court]).nothing


def test_a_court_that_is_open_does_not_stand_before_a_bank_that_opens_soon(plan_of, until):
    court = until("t.court", Avenue.COURT, 900)
    bank = until("t.bank", Avenue.CARD_CHARGEBACK, 120, opens=Count("ordered_on", Period(30)))
    plan = plan_of([court, bank])
    assert plan.next_reason.startswith("Nothing is open yet; “t.bank” opens first")
    assert plan.step is plan.step_of("t.bank")
    assert plan.step.window.rule == "t.bank"
