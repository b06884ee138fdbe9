# ruff: noqa: E501 - a message is one line
"""Labelled messages: tricks and honest ones, in English, Russian, German and Chinese."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.model.money import Money
from disputedesk.safety.folding import fold
from disputedesk.safety.messages import check_message, language_of
from disputedesk.safety.timers import OrderTimer
from disputedesk.safety.tricks import known_tricks
from disputedesk.safety.verdict import Level

TRICKS = [
    ("Dear friend, the parcel is a bit late. Please confirm receipt and we refund you.", "confirm_first"),
    ("Could you kindly confirm the goods received? It helps us a lot, you will get it soon.", "confirm_first"),
    ("my dear, help me click order received first ok? package is on the way", "confirm_first"),
    ("Once you confirm we will send you a new one the same day.", "confirm_first"),
    ("Please release the payment to us, the parcel will arrive next week for sure.", "confirm_first"),
    ("P l e a s e   c o n f i r m   receipt dear", "confirm_first"),
    ("Рlease соnfirm rеcеipt now, post is slow", "confirm_first"),
    ("Pls c0nf!rm r3ceipt, we give 5$ back", "confirm_first"),
    ("Why don't you confirm delivery? Then everything is solved.", "confirm_first"),
    ("Подтвердите, пожалуйста, получение товара, посылка скоро будет у вас.", "confirm_first"),
    ("Дорогой друг, нажмите «товар получен», а мы сразу вернём вам деньги.", "confirm_first"),
    ("Просим вас досрочно подтвердить заказ, мы вышлем подарок.", "confirm_first"),
    ("пoдтвердите пoлyчение, иначе система закроет магазин", "confirm_first"),
    ("Bitte bestätigen Sie schon jetzt den Erhalt der Ware, sie kommt bald.", "confirm_first"),
    ("亲，请先确认收货，我们马上给您退款。", "confirm_first"),
    ("Please cancel the dispute, we will resend the item for free.", "cancel_dispute"),
    ("Dear, close dispute please, money is back in 2 days", "cancel_dispute"),
    ("If you withdraw your claim I pay you everything tomorrow.", "cancel_dispute"),
    ("Would you be so nice to drop the case? We are a small shop.", "cancel_dispute"),
    ("Закройте, пожалуйста, спор, и мы отправим посылку ещё раз.", "cancel_dispute"),
    ("Отмените спор, деньги вернём сразу же.", "cancel_dispute"),
    ("Уберите жалобу, и мы договоримся.", "cancel_dispute"),
    ("Bitte schließen Sie den Streitfall, wir senden Ersatz.", "cancel_dispute"),
    ("请您取消纠纷，我们重新发货。", "cancel_dispute"),
    ("We can refund you via PayPal, just give us your PayPal account.", "refund_outside"),
    ("To keep our score we would like to refund you directly, not through AliExpress.", "refund_outside"),
    ("We return money to your bank card by Western Union", "refund_outside"),
    ("Мы переведём деньги вам на карту напрямую, так быстрее.", "refund_outside"),
    ("Вернём через Сбербанк, мимо площадки, напишите номер.", "refund_outside"),
    ("Wir erstatten Ihnen das Geld direkt per PayPal, ohne die Plattform.", "refund_outside"),
    ("我们可以线下退款给您", "refund_outside"),
    ("Pay by bank transfer and you get 10% discount, friend.", "pay_outside"),
    ("Please send the payment as friends and family.", "pay_outside"),
    ("Оплатите доставку на карту 2200 0000 0000 0004, заказ поедет завтра.", "pay_outside"),
    ("Если оплатить напрямую, будет дешевле на 20 процентов.", "pay_outside"),
    ("Item is out of stock. To refund we need your card number, expiry date and CVV.", "card_data"),
    ("Send us a photo of your bank card for the refund.", "card_data"),
    ("Для возврата пришлите номер карты, срок действия и три цифры.", "card_data"),
    ("Чтобы вернуть деньги, сообщите данные вашей карты и имя.", "card_data"),
    ("Bitte senden Sie uns Ihre Kartennummer und das Ablaufdatum.", "card_data"),
    ("请提供您的银行卡号和有效期", "card_data"),
    ("Tell me the code from the SMS so the refund can go through.", "one_time_code"),
    ("Please forward the verification code you received.", "one_time_code"),
    ("Продиктуйте код из смс, это для зачисления возврата.", "one_time_code"),
    ("Nennen Sie uns bitte die TAN, dann kommt das Geld.", "one_time_code"),
    ("Please be patient and wait until the protection time is over, then we refund.", "wait_out"),
    ("After the order expires we will send you the money, promise.", "wait_out"),
    ("Подождите до окончания защиты, потом всё вернём.", "wait_out"),
    ("You can extend the protection yourself, no need to worry.", "extend_yourself"),
    ("Продлите защиту самостоятельно, пожалуйста, вы можете сами продлить срок.", "extend_yourself"),
    ("Please do not open a dispute, we can solve any problem.", "no_dispute"),
    ("Не открывайте спор, мы решим вопрос по-дружески.", "no_dispute"),
    ("Accept our proposal of 1 USD and we pay the rest by next order.", "accept_offer"),
    ("We can refund US$ 3, or you return the item at your own cost.", "small_offer"),
    ("Вернём 3 доллара или отправьте товар обратно за свой счёт.", "small_offer"),
    ("Out of stock! Cancel the order please and choose reason: I don't need it anymore.", "cancel_reason"),
    ("Отмените заказ и укажите причину: передумал.", "cancel_reason"),
    ("Add me on WhatsApp, faster there.", "contact_outside"),
    ("Напишите нам в телеграм, там быстрее ответим.", "contact_outside"),
    ("Your AliExpress account is suspended. Click the link to verify: http://ali-check.top/x", "blocked_account"),
    ("Ваш аккаунт заблокирован, перейдите по ссылке и войдите снова.", "blocked_account"),
    ("Congratulations, you won a $100 coupon! Enter your card number to receive it.", "prize"),
    ("Вы выиграли приз! Чтобы получить его, введите данные карты.", "prize"),
    ("Your parcel is held at customs, pay the fee of 1.99 by this link www.dhl-customs-pay.com", "parcel_fee"),
    ("Посылка задержана, оплатите пошлину по ссылке http://pochta-sbor.ru", "parcel_fee"),
    ("If you do not stop we will report you and your account will be banned because of dispute.", "threat"),
    ("Мы знаем где вы живёте, пожалеете.", "threat"),
    ("I will lose my job because of you, please understand, bad rating will hurt our shop.", "pity"),
    ("Меня уволят, спор испортит рейтинг магазина, умоляю.", "pity"),
    ("Change your review to 5 stars and we give you 5 dollars money back.", "review_for_money"),
    ("Поставьте пять звёзд и получите бонус 200 рублей.", "review_for_money"),
]  # fmt: skip

HONEST = [
    "Hello, your parcel was handed to the carrier today. The tracking number is LZ123456785CN.",
    "We have extended the protection of your order by 30 days, please check the timer.",
    "Thank you for your order! It ships within three working days.",
    "Please do not confirm receipt before the goods have arrived and you have checked them.",
    "After you receive the goods and are satisfied, please confirm receipt. Thank you!",
    "When the parcel arrives, please check it and confirm delivery.",
    "Your dispute has been opened. The seller has five days to answer.",
    "Your dispute was closed because the refund was completed.",
    "The case will be closed automatically if you do not answer within 3 days.",
    "We are sorry the cup broke. Please send us a photo and we will accept the dispute.",
    "The refund has been issued to your original payment method and takes up to 10 days.",
    "Your refund has been sent to your PayPal account.",
    "We will never ask for your card number or the code from an SMS.",
    "Never share your verification code with anybody.",
    "Unfortunately the blue one is sold out; we cancelled the order and the platform refunds you.",
    "Do you prefer size M or L? The table is in the listing.",
    "Sorry for the delay, there was a holiday at the post. It left Shenzhen yesterday.",
    "Please accept our apology; a replacement goes out tomorrow with a new tracking number.",
    "Order 8123456789012345: awaiting delivery. Expected between 3 and 12 December.",
    "Your payment is being verified, this can take up to 24 hours.",
    "The package could not be delivered because nobody was at home. Collect it at the post office.",
    "Could you tell us the last four digits of the card so that we can find the payment?",
    "You have 15 days after confirming receipt to open a dispute.",
    "If you are not happy with the goods, open a dispute on the order page.",
    "We accepted your dispute, the platform pays you back to the card you paid with.",
    "Here is the invoice for your order. The VAT is included.",
    "The battery is not included; please see the description.",
    "Your feedback matters to us, tell us how we did.",
    "Customs may charge duty on parcels above 150 euro.",
    "Please check that your address is right: Lindenweg 4, 10115 Berlin.",
    "Здравствуйте! Посылка отправлена сегодня, трек-номер во вложении.",
    "Мы продлили защиту вашего заказа на 20 дней, проверьте таймер.",
    "Пожалуйста, не подтверждайте получение, пока не проверите товар.",
    "После получения посылки подтвердите, пожалуйста, получение товара.",
    "Ваш спор принят, деньги вернутся на карту, с которой вы платили, в течение 10 дней.",
    "Спор закрыт: возврат выполнен.",
    "Никому не сообщайте код из смс и данные карты.",
    "К сожалению, товара нет в наличии, мы отменили заказ, возврат сделает площадка.",
    "Какой размер вам нужен? Таблица размеров есть в описании.",
    "Извините за задержку, почта не работала в праздники.",
    "Пришлите, пожалуйста, фото повреждённой коробки и этикетки.",
    "Оплата проверяется, это занимает до 24 часов.",
    "Посылка ожидает вас в отделении, хранится 15 дней.",
    "Спасибо за отзыв, рады, что всё подошло!",
    "Назовите последние четыре цифры карты, чтобы найти платёж.",
    "Ihr Paket wurde heute an DHL übergeben, die Sendungsnummer steht in der Bestellung.",
    "Bitte bestätigen Sie den Erhalt nicht, bevor Sie die Ware geprüft haben.",
    "Die Erstattung auf Ihr ursprüngliches Zahlungsmittel wurde veranlasst.",
    "Geben Sie niemals Ihre TAN weiter.",
    "Der Artikel ist leider ausverkauft, die Plattform erstattet den Betrag.",
    "Wir haben die Schutzfrist um 20 Tage verlängert.",
    "您的包裹已发出，请注意查收。",
    "收到货后如有问题请联系我们，我们会尽快处理。",
]  # fmt: skip


def tricks_of(text):
    return {reason.trick for reason in check_message(text).reasons}


@pytest.mark.parametrize(("text", "trick"), TRICKS)
def test_a_trick_is_named_with_its_reason_and_advice(text, trick):
    verdict = check_message(text)
    assert trick in {reason.trick for reason in verdict.reasons}
    assert verdict.level is not Level.NOTHING_FOUND
    assert verdict.headline
    assert verdict.advice


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_message_raises_no_alarm_and_is_not_called_safe(text):
    verdict = check_message(text)
    assert [(r.trick, r.quote) for r in verdict.reasons] == []
    assert verdict.word == "nothing found"
    assert verdict.checked
    assert "safe" not in f"{verdict.word} {verdict.headline}".lower()
    assert verdict.reply == ""


def test_recall_and_false_alarms_per_language_hold():
    counts = {}
    for text, trick in TRICKS:
        row = counts.setdefault(language_of(text), [0, 0, 0, 0])
        row[0] += trick in tricks_of(text)
        row[1] += 1
    for text in HONEST:
        row = counts.setdefault(language_of(text), [0, 0, 0, 0])
        row[2] += check_message(text).level is not Level.NOTHING_FOUND
        row[3] += 1
    assert {name: (row[0] == row[1], row[2]) for name, row in counts.items()} == dict.fromkeys(
        ("en", "ru", "de", "zh"), (True, 0)
    )
    assert sum(row[1] for row in counts.values()) >= 60
    assert sum(row[3] for row in counts.values()) >= 50


def wounds(text):
    """The message as somebody would write it who wants to slip past a filter."""
    homoglyphs = str.maketrans("aceopx", "асеорх")
    yield text.upper()
    yield re.sub(r"\b(\w)(\w)", "\\1\u200b\\2", text)
    yield text.replace(" ", "   ").replace(",", " ,, ")
    if text.isascii():
        yield " ".join(
            w.translate(homoglyphs) if i % 2 else w for i, w in enumerate(text.split(" "))
        )


@pytest.mark.parametrize(("text", "trick"), [row for row in TRICKS if "http" not in row[0]])
def test_capitals_unseen_letters_spaces_and_homoglyphs_do_not_hide_a_trick(text, trick):
    missed = [wound for wound in wounds(text) if trick not in tricks_of(wound)]
    assert missed == []


def timer(*, hours=76.2, closes=dt.date(2026, 12, 7), amount=None):
    now = dt.datetime(2026, 11, 22, 5, 0, tzinfo=dt.UTC)
    return OrderTimer(now + dt.timedelta(hours=hours), now, closes, amount)


def test_the_headline_holds_this_orders_figures():
    verdict = check_message("Please confirm receipt first, then we refund.", order=timer())
    assert verdict.headline == (
        "Do not confirm: protection ends in 3 d 4 h, and now if you confirm; "
        "15 days remain to open a dispute, until 7 Dec 2026."
    )


def test_without_a_known_last_day_the_headline_promises_none():
    verdict = check_message("Please confirm receipt first.", order=timer(hours=5.5, closes=None))
    assert (
        verdict.headline == "Do not confirm: protection ends in 5 h 30 min, and now if you confirm."
    )


def test_an_ended_protection_is_said_to_have_ended():
    verdict = check_message("Please confirm receipt first.", order=timer(hours=-1))
    assert "has ended" in verdict.headline


def test_the_sum_at_stake_is_told():
    verdict = check_message("Please confirm receipt first.",
                            order=timer(amount=Money.of("43.10", "USD")))  # fmt: skip
    assert "US$\u00a043.10 is at stake." in verdict.advice


def test_the_worst_moment_gets_danger_reasons_and_a_reply_that_gives_nothing_away():
    verdict = check_message("Cancel the dispute, send card number, date and code, we pay directly.")
    assert verdict.level is Level.DANGER
    assert {"cancel_dispute", "card_data"} <= {reason.trick for reason in verdict.reasons}
    assert "dispute stays open" in verdict.reply
    assert not re.search(r"\d", verdict.reply)


def test_the_reply_speaks_the_messages_language():
    russian = check_message("Закройте спор, и мы вышлем посылку.")
    assert russian.language == "ru"
    assert "Спор останется открытым" in russian.reply
    assert (
        "Streitfall"
        in check_message("Bitte schließen Sie den Streitfall, wir senden Ersatz.").reply
    )
    assert check_message("Закройте спор.", language="en").reply.startswith("Hello")


def test_early_confirmation_names_the_platforms_own_rule():
    reason = check_message("Please confirm receipt first.").reasons[0]
    assert "Inducing Early Confirmation" in reason.forbidden_by


def test_a_card_number_in_a_message_is_hidden_in_every_quote():
    text = "Оплатите на карту 4111 1111 1111 1111 через сбп, cvv 123"
    verdict = check_message(text)
    assert "has_pan" in {reason.trick for reason in verdict.reasons}
    assert not any("4111" in reason.quote for reason in verdict.reasons)


def test_the_place_of_a_quote_is_in_the_original_words():
    text = "Hello!!  Please, c.o.n.f.i.r.m  the receipt :)"
    reason = check_message(text).reasons[0]
    assert text[reason.start : reason.end] == "c.o.n.f.i.r.m  the receipt"


def test_a_bad_link_in_an_innocent_text_is_found():
    verdict = check_message("Your invoice is here: hxxps://paypal[.]com[.]bill-view[.]info/x")
    assert verdict.level is Level.DANGER
    assert "link.imitates_name" in {reason.trick for reason in verdict.reasons}


def test_every_trick_has_source_day_explanation_and_patterns_in_both_languages():
    for trick in known_tricks().trick:
        assert trick.source
        assert trick.checked_on.year >= 2026
        assert trick.title.endswith(".")
        assert trick.text.endswith(".")
        assert trick.advice
        assert trick.patterns["en"]
        assert trick.patterns["ru"]
        assert set(trick.reply) >= {"en", "ru"}


@given(st.text(max_size=300))
def test_no_text_breaks_the_check_and_places_stay_inside(text):
    verdict = check_message(text)
    assert all(0 <= reason.start <= reason.end <= len(text) for reason in verdict.reasons)
    folded = fold(text)
    assert len(folded.text) == len(folded.places)


def test_a_very_long_message_is_judged_quickly():
    import time

    text = "please confirm the order of the parcel and pay by card now " * 2000
    begin = time.process_time()
    check_message(text)
    assert time.process_time() - begin < 10
