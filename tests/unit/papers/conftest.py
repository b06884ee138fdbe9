"""One invented case, its people and its money, for every test of papers."""

import dataclasses
import datetime as dt
import socket
from pathlib import Path

import pytest

from disputedesk.common.hashing import sha256_of_bytes
from disputedesk.deadlines.window import TraceStep, Window
from disputedesk.deadlines.words import Actor, Avenue, Layer, Stage, Status
from disputedesk.model.case import Case, Evidence, Exhibit, Wish
from disputedesk.model.fact import Facts
from disputedesk.model.ids import (
    CaseId,
    ClientId,
    EvidenceId,
    ExhibitId,
    InstrumentId,
    ItemId,
    OrderId,
    PaymentId,
    RuleId,
    SellerId,
)  # fmt: skip
from disputedesk.model.money import Money
from disputedesk.model.order import Client, Instrument, InstrumentKind, Item, Order, Payment, Seller
from disputedesk.model.problem import Problem
from disputedesk.papers.bundle import BundleExhibit, BundleMade, BundleOrder
from disputedesk.papers.context import Attempt, LetterContext, LetterExhibit, Proof, Recipient
from disputedesk.papers.form_files import load_forms
from disputedesk.papers.paper import Paper
from disputedesk.papers.pdf.bundle import write_bundle
from tests.helpers.letter_addresses import addressee
from tests.helpers.letter_tongues import PEOPLE, TYPED

TODAY = dt.date(2026, 5, 4)
STAMP = dt.datetime(2026, 5, 4, 9, 30, tzinfo=dt.UTC)

EN = {
    "tracking_status": "Departed from sorting centre",
    "goods_promised": "USB-C charger, 65 W, black",
    "goods_received": "a 20 W charger without a brand",
    "goods_missing": "one of two chargers",
    "return_carrier": "DHL",
    "return_tracking": "LX123456785DE",
    "cancellation_method": "e-mail",
    "cancellation_number": "none was given",
    "credit_reference": "message of the shop",
    "other_payment_means": "bank transfer",
    "other_payment_reference": "TR-2209",
    "amount_mistake": "the delivery was charged twice",
    "cash_place": "Example Bank, 5 Station Road, about 18:20",
    "breach": "the charger does not reach the power it was sold with",
    "delivery_address": "12 Long Lane, Sometown AB1 2CD",
    "account_contact": "post@example.org",
    "contract_number": "SUB-40817",
    "seller_offer": "a coupon over USD 5.00",
    "return_terms": "prepaid label, to the warehouse in Sometown",
    "seller_conduct": "“please confirm receipt now, the parcel will come later”",
    "mandate_agent": "Sam Helper, Advice Desk",
    "mandate_scope": "writing to the seller, platform and bank, and receiving their answers",
    "evidence_kept": "the mails with their headers, the chat and the statement",
    "suspect_contact": "the shop Bright Lamp Store, mail shop@example.com",
    "phishing_sender": "“your bank”, from alert@bank.example",
    "phishing_link": "hxxp://bank.example/login",
    "phishing_text": "Your card is blocked. Confirm it under the link below.",
    "phishing_harm": "nothing was paid, no data were entered",
    "decision_text": "Tracking shows movement, so no refund is due",
    "decision_mistake": "tracking has not moved since 24 Feb 2026, before the promised day",
    "new_proof": "a letter of the carrier that the parcel is lost",
    "decision_reference": "D-1187",
    "settlement_failed": "the seller offered 5 USD for a parcel that never came",
}
RU = {
    "tracking_status": "Покинуло сортировочный центр",
    "goods_promised": "зарядное устройство USB-C, 65 Вт, чёрное",
    "goods_received": "зарядное устройство на 20 Вт без марки",
    "goods_missing": "одно из двух зарядных устройств",
    "return_carrier": "Почта России",
    "return_tracking": "RA123456785RU",
    "cancellation_method": "электронное письмо",
    "cancellation_number": "не выдан",
    "credit_reference": "сообщение магазина",
    "other_payment_means": "банковский перевод",
    "other_payment_reference": "ПП-2209",
    "amount_mistake": "доставка списана дважды",
    "cash_place": "Пример-банк, Вокзальная ул., 5, около 18:20",
    "breach": "устройство не даёт обещанной мощности",
    "delivery_address": "г. Пример, ул. Длинная, д. 12, кв. 3",
    "account_contact": "post@example.org",
    "contract_number": "SUB-40817",
    "seller_offer": "купон на 5,00 USD",
    "return_terms": "оплаченная этикетка, на склад в г. Пример",
    "seller_conduct": "«подтвердите получение сейчас, посылка придёт позже»",
    "mandate_agent": "Семён Помощников, «Служба советов»",
    "mandate_scope": "писать продавцу, площадке и банку и получать их ответы",
    "evidence_kept": "письма с заголовками, переписка в чате и выписка",
    "suspect_contact": "магазин Bright Lamp Store, почта shop@example.com",
    "phishing_sender": "«ваш банк», с адреса alert@bank.example",
    "phishing_link": "hxxp://bank.example/login",
    "phishing_text": "Ваша карта заблокирована. Подтвердите её по ссылке ниже.",
    "phishing_harm": "ничего не оплачено, данные не вводились",
    "decision_text": "Трек-номер движется, возврат не положен",
    "decision_mistake": "последняя запись отслеживания от 24 февраля 2026, раньше обещанного срока",
    "new_proof": "письмо перевозчика об утрате посылки",
    "decision_reference": "Р-1187",
    "settlement_failed": "продавец предложил 5 USD за посылку, которая не пришла",
}
WORDS = {"en": EN, "ru": RU, **TYPED}
"""What people typed, per language of the letter."""

DAYS = {
    "expected_delivery": dt.date(2026, 3, 14),
    "processing_date": dt.date(2026, 2, 12),
    "received_on": dt.date(2026, 3, 20),
    "returned_on": dt.date(2026, 3, 25),
    "cancelled_on": dt.date(2026, 3, 2),
    "credit_voucher_on": dt.date(2026, 3, 30),
    "other_payment_on": dt.date(2026, 2, 9),
    "aware_on": dt.date(2026, 3, 21),
    "reported_on": dt.date(2026, 3, 22),
    "last_scan_on": dt.date(2026, 2, 24),
    "statement_sent_on": dt.date(2026, 3, 5),
    "demand_answer_by": dt.date(2026, 5, 18),
    "extra_period_ends_on": dt.date(2026, 5, 18),
    "asked_on": dt.date(2026, 4, 2),
    "answer_due_on": dt.date(2026, 4, 16),
    "mandate_signed_on": dt.date(2026, 4, 1),
    "mandate_ends_on": dt.date(2026, 12, 31),
    "phishing_received_on": dt.date(2026, 3, 21),
    "platform_dispute_opened_on": dt.date(2026, 4, 2),
    "platform_decided_on": dt.date(2026, 4, 20),
}


UNFIT = {
    Problem.NOT_RECEIVED: (
        "goods_missing", "received_on", "returned_on", "goods_received", "cancelled_on",
    ),
    Problem.MERCHANT_CLOSED: (
        "goods_missing", "received_on", "returned_on", "goods_received", "cancelled_on",
    ),
    Problem.PARTLY_RECEIVED: ("goods_received", "returned_on"),
    Problem.MISREPRESENTED: ("goods_missing", "cancelled_on"),
}  # fmt: skip
"""Facts that would contradict a problem."""

OF_PROBLEM = {
    Problem.RECURRING_CANCELLED: {
        "ordered_on": dt.date(2025, 11, 10), "cancelled_on": dt.date(2026, 2, 5),
    },
}  # fmt: skip
"""Days that only a problem has: what was charged on 10 February was cancelled before."""

OF_FORM = {
    "order_cancellation": {"extra_period_ends_on": dt.date(2026, 4, 20)},
    "court_letter_before_claim": {"extra_period_ends_on": dt.date(2026, 4, 20)},
    "ca_chargeback_request": {"cancelled_on": DAYS["cancelled_on"]},
    **{f"seller_demand_{law}": {"extra_period_ends_on": None}
       for law in ("eu", "general", "kz", "pl", "ru", "uk", "us")},
}  # fmt: skip
"""Days that only a form has: its extra time has passed or is named by it, its contract ended."""


BANK_EN = {
    "agreement_reference": "CA-2210-77", "seller_failed": "no answer to two letters",
    "sale_place": "Sometown, the place of my address", "noticed_how": "message of the bank",
    "reported_how": "telephone, call reference 4471", "account_last4": "0417",
    "mandate_reference": "M-5521", "creditor_id": "DE98ZZZ09999999999",
    "new_evidence": "letter of the carrier",
    "bank_answer": "the merchant says it shipped", "complaint_reference": "C-3310",
    "complaint_reason": "the bank did not read the tracking page", "firm_product": "credit card",
    "final_response_reference": "FR-88", "other_proceedings": "none",
    "accessibility_needs": "large print", "refund_reference": "74537606092000098765432",
}  # fmt: skip
BANK_RU = {
    "agreement_reference": "КД-2210-77", "seller_failed": "на два письма ответа нет",
    "sale_place": "г. Пример, место моего жительства", "noticed_how": "сообщение банка",
    "reported_how": "по телефону, обращение 4471", "account_last4": "0417",
    "mandate_reference": "M-5521", "creditor_id": "DE98ZZZ09999999999",
    "new_evidence": "письмо перевозчика",
    "bank_answer": "продавец сообщил об отправке", "complaint_reference": "Ж-3310",
    "complaint_reason": "банк не учёл страницу отслеживания", "firm_product": "кредитная карта",
    "final_response_reference": "ОО-88", "other_proceedings": "нет",
    "accessibility_needs": "крупный шрифт", "refund_reference": "74537606092000098765432",
}  # fmt: skip
BANK_DAYS = {
    "bank_alert_on": dt.date(2026, 3, 21), "bank_answered_on": dt.date(2026, 4, 8),
    "complained_on": dt.date(2026, 4, 10), "final_response_on": dt.date(2026, 4, 28),
}  # fmt: skip
BANK_SUMS = {"item_price": "21.55", "credit_amount": "30.00", "balance_owed": "40.00"}
"""What only the forms for banks and ombudsmen ask for; sums in US dollars."""


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("papers asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="session")
def forms():
    found = load_forms()
    assert found.refused == ()
    return found


def an_exhibit(number, caption, first_page=None, pages=None):
    piece = Evidence(
        EvidenceId(number + 40), "0" * 64, 2048, f"file-{number}.png", "image/png", STAMP
    )
    exhibit = Exhibit(ExhibitId(number), CaseId(1), piece, number, caption)
    return LetterExhibit(exhibit, first_page, pages)


def a_window(*, language="en", **changes):
    """A window as `letter_context` gives it: in English where no screen speaks the language."""
    said = SAID["ru" if language == "ru" else "en"]
    counted = TraceStep(said["counted"], "closes", dt.date(2026, 7, 12), length=said["length"],
                        start=dt.date(2026, 3, 14), what=said["what"])  # fmt: skip
    noted = TraceStep("Two pages for merchants count from processing.", "closes")
    window = Window(
        RuleId("visa.13.1"), Avenue.CARD_CHARGEBACK, Stage.FIRST_FILING, Actor.BUYER, Layer.SCHEME,
        "Goods or services not received", Status.OPEN, closes=dt.date(2026, 7, 12),
        file_by=dt.date(2026, 6, 26), code="13.1", because=(counted, noted),
    )  # fmt: skip
    return dataclasses.replace(window, **changes)


SAID = {
    "en": {
        "name": "Jane Sample", "address": "12 Long Lane\nSometown\nAB1 2CD", "country": "GB",
        "bank": "Example Bank plc", "bank_address": "PO Box 5\nBanktown\nBT1 1AA",
        "story": "The parcel has not moved since February.\n"
                 "The shop asked me to confirm receipt first.",
        "item": "USB-C charger 65 W", "variant": "black", "place": "Sometown",
        "chat": "chat of the shop", "answer": "wait 30 more days", "mail": "e-mail",
        "exhibits": ("Order page", "Tracking page", "Messages with the seller"),
        "length": "120 days", "what": "the day delivery was expected",
        "counted": "120 days from 14 Mar 2026, the day delivery was expected = 12 Jul 2026.",
    },
    "ru": {
        "name": "Анна Образцова", "address": "ул. Длинная, д. 12, кв. 3\n100000 г. Пример",
        "country": "RU", "bank": "Пример-банк (АО)", "bank_address": "а/я 5\n100001 г. Пример",
        "story": "Посылка стоит на месте с февраля.",
        "item": "Зарядное устройство USB-C", "variant": "чёрный", "place": "Пример",
        "chat": "чат магазина", "answer": "подождите ещё 30 дней", "mail": "электронная почта",
        "exhibits": ("Страница заказа", "Страница отслеживания", "Переписка с продавцом"),
        "length": "120 дней", "what": "день ожидаемой доставки",
        "counted": "120 дней от 14 марта 2026, дня ожидаемой доставки = 12 июля 2026.",
    },
    **PEOPLE,
}  # fmt: skip


def some_facts(problem, language):
    """Every fact a letter about `problem` could want, and none that would contradict it."""
    flags = {"merchant_in_business": True, "policy_shown": False, "card_in_possession": True,
             "codes_disclosed": False, "early_confirmation_asked": True}  # fmt: skip
    sums = {"correct_amount": Money.of("34.10", "USD"), "cash_received": Money.of("0", "USD"),
            "credit_promised": Money.of("43.10", "USD"),
            "counter_offer": Money.of("20.00", "USD")}  # fmt: skip
    bank = {name: Money.of(text, "USD") for name, text in BANK_SUMS.items()}
    bank |= BANK_DAYS
    bank |= BANK_RU if language == "ru" else BANK_EN
    known = {**DAYS, **WORDS[language], **flags, **sums, **bank, **OF_PROBLEM.get(problem, {}),
             "extension_days": 30}  # fmt: skip
    unfit = UNFIT.get(problem, ("goods_missing",))
    return Facts({name: value for name, value in known.items() if name not in unfit})


def a_context(problem=Problem.NOT_RECEIVED, *, language="en", form=None):
    """A case with every field a letter could want, sent to a bank, or to whom `form` goes."""
    said = SAID[language]
    paid = Money.of("43.10", "USD")
    client = Client(ClientId(1), said["name"], "post@example.org", "+44 20 7946 0000",
                    said["address"], said["country"])  # fmt: skip
    seller = Seller(SellerId(1), "aliexpress", "Bright Lamp Store")
    order = Order(OrderId(1), client.id, "aliexpress", "8123456789012345", "USB-C charger", seller,
                  dt.date(2026, 2, 10), paid, tracking=("LP00123456789012",))  # fmt: skip
    card = Instrument(InstrumentId(1), client.id, InstrumentKind.CARD, "Visa", "51****6458", "visa",
                      "credit", said["bank"])  # fmt: skip
    payment = Payment(PaymentId(1), order.id, card.id, paid, dt.date(2026, 2, 10),
                      "74537606041000012345678", "ALIEXPRESS.COM")  # fmt: skip
    case = Case(CaseId(1), 1001, order.id, client.id, problem, dt.date(2026, 4, 1),
                wish=Wish.FULL_REFUND, narrative=said["story"])  # fmt: skip
    order_page, tracking, messages = said["exhibits"]
    facts = some_facts(problem, language)
    bank = Recipient(said["bank"], "", said["bank_address"], said["country"])
    if form is not None:
        facts = facts.with_values(OF_FORM.get(form.id, {}))
    return LetterContext(
        client=client, case=case, order=order, seller=seller, instrument=card, payments=(payment,),
        recipient=bank if form is None else addressee(form, language, bank),
        items=(Item(ItemId(1), said["item"], 2, Money.of("21.55", "USD"), said["variant"]),),
        facts=facts, window=a_window(language=language),
        exhibits=(an_exhibit(1, order_page, 3, 1), an_exhibit(2, tracking, 4, 2),
                  an_exhibit(3, messages, 6, 3)),
        proofs=(Proof("order_number", 1), Proof("tracking_status", 2),
                Proof("expected_delivery", 1)),
        attempts=(Attempt(dt.date(2026, 3, 22), said["chat"], "", said["answer"], 3),
                  Attempt(dt.date(2026, 4, 2), said["mail"])),
        place=said["place"],
    )  # fmt: skip


@pytest.fixture(name="a_context")
def _a_context():
    return a_context


@pytest.fixture(name="a_window")
def _a_window():
    return a_window


@pytest.fixture(name="an_exhibit")
def _an_exhibit():
    return an_exhibit


@pytest.fixture
def today():
    return TODAY


@pytest.fixture
def stamp():
    return STAMP


@dataclasses.dataclass(frozen=True)
class Made:
    """A bundle that was written: the file, and what `write_bundle` said of it."""

    path: Path
    said: BundleMade


@pytest.fixture
def a_bundle(tmp_path):
    """Writes a bundle of files given as (name, media type, bytes)."""

    def make(files, *, letter_with=lambda _places: None, target="bundle.pdf", cancel=None, **asked):
        exhibits = []
        for number, (name, media, data) in enumerate(files, 1):
            path = tmp_path / f"sealed-{number}"
            path.write_bytes(data)
            evidence = Evidence(EvidenceId(number), sha256_of_bytes(data), len(data), name, media,
                                STAMP, captured_at=STAMP, captured_from="file")  # fmt: skip
            caption = asked.get("captions", {}).get(number, f"Seen on {name}")
            exhibit = Exhibit(ExhibitId(number), CaseId(1), evidence, number, caption)
            exhibits.append(BundleExhibit(exhibit, path))
        order = BundleOrder(
            title=asked.get("title", "Bundle for case 1001"), reference="Case 1001",
            language=asked.get("language", "en"), paper=asked.get("paper", Paper.A4),
            exhibits=tuple(exhibits), letter_with=letter_with, stamp=STAMP, number=1001,
            **asked.get("order", {}),
        )  # fmt: skip
        path = tmp_path / target
        return Made(path, write_bundle(order, path, cancel=cancel))

    return make
