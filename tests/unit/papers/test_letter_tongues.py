"""Letters in seven languages: the same letter in each, and no word of another in it."""

import dataclasses
import datetime as dt
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.common import locations
from disputedesk.deadlines.window import SkippedDay, TraceStep
from disputedesk.model.fact import Facts
from disputedesk.model.ids import RuleId
from disputedesk.model.money import Money
from disputedesk.model.problem import Problem
from disputedesk.papers import spoken
from disputedesk.papers.composer import compose_letter
from disputedesk.papers.form_files import load_forms
from disputedesk.papers.frame import condition_title, words
from disputedesk.papers.languages import LETTER_LANGUAGES
from disputedesk.papers.letter import BlockKind, letter_text
from disputedesk.papers.needs import asked_by
from disputedesk.papers.pdf import fonts
from disputedesk.papers.timing import counted

replace = dataclasses.replace
GOLDEN = Path(__file__).parents[2] / "golden" / "letters"
ABROAD = ("de", "es", "fr", "pt", "pl")
MARCH, JULY = dt.date(2026, 3, 14), dt.date(2026, 7, 12)


@pytest.mark.parametrize("language", ABROAD)
def test_every_language_has_the_same_words_for_a_letter(language):
    here, english = words(language), words("en")
    assert blanks_in(here.page) == blanks_in(english.page)
    for table in ("headings", "quotes", "labels", "problems", "wishes", "networks", "platforms",
                  "channels"):  # fmt: skip
        assert set(getattr(here, table)) == set(getattr(english, table)), table
        assert all(getattr(here, table).values())
    assert set(here.anchors) == set(words("de").anchors)
    assert set(here.lengths) == {"day", "business day", "week", "month", "year"}


def blanks_in(page):
    """Per word of a page, which values stand in it."""
    return {
        name: sorted(re.findall(r"\{(\w+)\}", getattr(page, name)))
        for name in page.__struct_fields__
    }


def _bodies():
    for form in load_forms().forms:
        if (locations.forms() / form.id / "body.en.txt").is_file():
            for language in form.languages:
                if language != "en":
                    yield pytest.param((form, language), id=f"{form.id}-{language}")


@pytest.mark.parametrize("case", list(_bodies()))
def test_a_body_says_the_same_in_each_language(case):
    form, language = case
    english, here = form.bodies["en"], form.bodies[language]
    assert re.findall(r"ex\(([^)]*)\)", here) == re.findall(r"ex\(([^)]*)\)", english)
    fields = [set(re.findall(r"\{\{ (\w+) \}\}", body)) for body in (here, english)]
    assert fields[0] == fields[1]
    asked = [set(re.findall(r"{% (?:el)?if ([^%]+) %}", body)) for body in (here, english)]
    assert asked[0] == asked[1]


OURS = {"the", "and", "was", "were", "not", "with", "have", "has", "this", "that", "please", "page",
        "pages", "exhibit", "exhibits", "seller", "order", "payment", "card", "refund", "what",
        "from", "until", "goods", "received", "bank", "file", "case", "signature", "date", "reason",
        "answer", "days", "day", "last", "enclosures", "amount", "merchant", "your", "letter",
        "delivery", "under", "rule", "information", "without", "prepared", "which", "asked",
        "cancelled",
        "charged", "paid", "bundle", "copies", "originals", "yours", "faithfully"}  # fmt: skip
THEIRS = {
    "ru": {"bank"}, "es": set(), "pt": set(), "pl": {"bank", "has"}, "de": {"was", "bank", "not"},
    "fr": {"page", "pages", "date", "signature", "information", "case", "copies"},
}  # fmt: skip


@pytest.mark.parametrize("language", list(THEIRS))
def test_no_english_word_of_ours_stands_in_a_letter_of_another_language(language):
    titles = tomllib.loads((locations.forms() / "conditions.toml").read_text(encoding="utf-8"))
    here = [form for form in load_forms().forms if language in form.languages]
    desks = {form.department.get(language, "") for form in here}
    desks |= {"Payment Services Regulations"}  # a law is called by its own name
    desks |= {form.office.name[language] for form in here if form.office is not None}
    read = 0
    for path in GOLDEN.glob(f"*-{language}.txt"):
        text = path.read_text(encoding="utf-8").partition("[text]\n")
        shown = text[2] or text[0]
        for title in sorted((*titles["title"].values(), *desks - {""}), key=len, reverse=True):
            shown = shown.replace(title, "")
        found = set(re.findall(r"[a-z]+", shown.lower())) & (OURS - THEIRS[language])
        assert not found, f"{path.name}: {sorted(found)}"
        read += 1
    assert read >= 20


SAID = {
    "en": ("14 March 2026", "1 March 2026", "EUR 1,243.10"),
    "ru": ("14 марта 2026 года", "1 марта 2026 года", "1 243,10 EUR"),
    "de": ("14. März 2026", "1. März 2026", "1.243,10 EUR"),
    "es": ("14 de marzo de 2026", "1 de marzo de 2026", "1.243,10 EUR"),
    "fr": ("14 mars 2026", "1er mars 2026", "1 243,10 EUR"),
    "pt": ("14 de março de 2026", "1.º de março de 2026", "1.243,10 EUR"),
    "pl": ("14 marca 2026 r.", "1 marca 2026 r.", "1 243,10 EUR"),
}


@pytest.mark.parametrize("language", list(LETTER_LANGUAGES))
def test_days_and_sums_are_said_as_the_language_says_them(language):
    told = (spoken.day(MARCH, language), spoken.day(dt.date(2026, 3, 1), language),
            spoken.money(Money.of("1243.10", "EUR"), language))  # fmt: skip
    assert tuple(text.replace("\u00a0", " ") for text in told) == SAID[language]


@given(day=st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)), language=st.sampled_from(
    list(LETTER_LANGUAGES)), minor=st.integers(0, 10**12))  # fmt: skip
def test_every_day_and_sum_can_be_printed_and_read_back(day, language, minor):
    told, sum_ = spoken.day(day, language), spoken.money(Money(minor, "EUR"), language)
    assert fonts.unprintable(told + sum_) == ()
    assert str(day.year) in told
    assert re.match(rf"{day.day}\D", told)
    assert int(re.sub(r"\D", "", sum_)) == minor


@pytest.mark.parametrize("language", list(LETTER_LANGUAGES))
def test_every_word_of_a_language_has_a_glyph(language):
    source = (locations.forms() / f"words.{language}.toml").read_text(encoding="utf-8")
    bodies = "".join(f.bodies[language] for f in load_forms().forms if language in f.languages)
    assert fonts.unprintable((source + bodies).replace("\n", " ").replace("\u00a0", " ")) == ()


COUNTED = {
    "de": "Tag der erwarteten Lieferung: 14. März 2026; von da an 120 Tage",
    "es": "día de entrega previsto: 14 de marzo de 2026; desde entonces, 120 días",
    "fr": "jour de livraison prévu : 14 mars 2026 ; à compter de ce jour, 120 jours",
    "pt": "dia previsto de entrega: 14 de março de 2026; a partir daí, 120 dias",
    "pl": "oczekiwany dzień dostawy: 14 marca 2026 r.; od tego dnia 120 dni",
}


def a_count(length, what="the day delivery was expected"):
    return TraceStep("…", "closes", JULY, length=length, start=MARCH, what=what)


@pytest.mark.parametrize("language", ABROAD)
def test_the_count_is_told_in_a_language_no_screen_speaks(language, a_window):
    window = a_window(because=(a_count("120 days"),))
    assert counted(window, language).replace("\u00a0", " ") == COUNTED[language]
    moved = replace(a_count("120 days"), result=dt.date(2026, 7, 11))
    weekend = TraceStep("…", "closes", JULY, skipped=(SkippedDay(dt.date(2026, 7, 11), "Sat"),))
    told = counted(a_window(because=(moved, weekend)), language)
    assert spoken.day(dt.date(2026, 7, 11), language) in told


@pytest.mark.parametrize("language", ABROAD)
def test_a_count_from_an_event_without_a_word_is_left_out(language, a_window):
    for step in (a_count("120 days", "the day of the moon"), a_count("some days")):
        assert counted(a_window(because=(step,)), language) == ""


@pytest.mark.parametrize(
    ("count", "told"),
    [("1 day", "1 dzień"), ("2 days", "2 dni"), ("5 days", "5 dni"), ("1 month", "1 miesiąc"),
     ("13 months", "13 miesięcy"), ("22 weeks", "22 tygodnie"), ("2 years", "2 lata"),
     ("10 business days", "10 dni roboczych"), ("3 business days", "3 dni robocze")],
)  # fmt: skip
def test_polish_has_its_plurals(count, told, a_window):
    assert counted(a_window(because=(a_count(count),)), "pl").endswith(f"od tego dnia {told}")


def test_every_event_with_a_word_is_a_fact_with_a_day():
    path = locations.resources("packs", "facts.toml")
    facts = tomllib.loads(path.read_text(encoding="utf-8"))["fact"]
    assert all("phrase" in facts[name] for name in words("de").anchors)


NO_TITLE_READ = ("mastercard.4834.other_means", "mastercard.4808.late_presentment")
"""No source that was read prints a title: the letter names code and reason alone."""


def _card_rules():
    for network in ("visa", "mastercard", "amex", "discover", "jcb", "unionpay", "mir", "rupay",
                    "elo"):  # fmt: skip
        pack = tomllib.loads(
            locations.resources("packs", f"{network}.toml").read_text(encoding="utf-8")
        )
        for rule in pack["rule"]:
            if rule.get("problems") and rule.get("stage", "first_filing") == "first_filing":
                yield pytest.param((network, rule), id=rule["id"])


@pytest.mark.parametrize("case", list(_card_rules()))
def test_the_letter_names_network_code_and_the_networks_own_title(
    case, forms, a_context, a_window, today
):
    network, rule = case
    problem = Problem(rule["problems"][0])
    context = a_context(problem)
    window = a_window(rule=RuleId(rule["id"]), code=rule.get("code", ""))
    card = replace(context.instrument, network=network)
    letter = compose_letter(
        forms.get("bank_chargeback"), replace(context, window=window, instrument=card),
        language="en", today=today,
    )  # fmt: skip
    basis = next(b.text for b in letter.blocks if b.section == "basis" and b.kind != "heading")
    name = words("en").networks[network]
    if rule.get("code"):
        assert f"{name}\u00a0{rule['code']}" in basis
        assert condition_title(rule["id"]) in basis
        untitled = network in ("jcb", "rupay") or rule["id"] in NO_TITLE_READ
        assert condition_title(rule["id"]) or untitled
    else:
        assert f"Card network: {name}." in basis


def test_every_network_a_card_may_have_is_named_in_every_language():
    path = locations.resources("packs", "facts.toml")
    choices = tomllib.loads(path.read_text(encoding="utf-8"))["fact"]["network"]["choices"]
    for language in LETTER_LANGUAGES:
        assert set(choices) - {"other"} <= set(words(language).networks)


TELLING = [
    (Problem.NOT_RECEIVED, {"delivered_on": JULY, "delivered_to": "7"}),
    (Problem.NOT_RECEIVED, {"service_ended_on": JULY}),
    (Problem.NOT_RECEIVED, {"merchant_cancelled_on": JULY}),
    (Problem.NOT_RECEIVED, {"cancelled_on": JULY, "cancellation_reason": "7"}),
    (Problem.MISREPRESENTED, {"blocked_balance": "7"}),
    (Problem.NOT_AS_DESCRIBED, {"return_refused_on": JULY}),
    (Problem.CANCELLED_NO_REFUND, {"cancelled_before_dispatch": True}),
    (Problem.CANCELLED_NO_REFUND, {"cancelled_before_dispatch": False}),
    (Problem.CANCELLED_NO_REFUND, {"timeshare": True}),
    (Problem.CANCELLED_NO_REFUND, {"no_show": True, "no_show_reason": "7"}),
    (Problem.CANCELLED_NO_REFUND, {"refund_promise_undated": True}),
    (Problem.REFUND_SHORT, {"refund_lost_on_exchange": True}),
    (Problem.WRONG_AMOUNT, {"extra_charge": True, "extra_charge_for": "7"}),
    (Problem.WRONG_AMOUNT, {"charged_late": True}),
    (Problem.WRONG_AMOUNT, {"never_authorised": True}),
    (Problem.WRONG_CURRENCY, {"currency_choice_offered": True}),
    (Problem.WRONG_CURRENCY, {"currency_choice_offered": False}),
    (Problem.DUPLICATE_CHARGE, {"payment_declined": True}),
    (Problem.DUPLICATE_CHARGE, {"payment_failed": True}),
    (Problem.UNAUTHORISED, {"card_last_used": "7"}),
]


@pytest.mark.parametrize("language", list(LETTER_LANGUAGES))
@pytest.mark.parametrize("case", TELLING, ids=lambda case: "-".join(case[1]))
def test_a_fact_that_sets_a_reason_apart_is_a_statement_of_its_own(
    case, language, forms, a_context, today
):
    problem, facts = case
    plain = a_context(problem, language=language)
    fuller = replace(plain, facts=Facts(dict(plain.facts) | facts))
    counts = [
        sum(block.kind is BlockKind.STATEMENT for block in compose_letter(
            forms.get("bank_chargeback"), context, language=language, today=today).blocks)
        for context in (plain, fuller)
    ]  # fmt: skip
    assert counts[1] == counts[0] + 1


@pytest.mark.parametrize("language", list(LETTER_LANGUAGES))
def test_three_payments_to_one_merchant_are_declared_above_the_signature(
    language, forms, a_context, today
):
    form, context = forms.get("bank_chargeback"), a_context(language=language)
    said = {}
    for answer in (True, False):
        facts = Facts(dict(context.facts) | {"three_payments": answer})
        letter = compose_letter(form, replace(context, facts=facts), language=language, today=today)
        said[answer] = letter.declaration
    assert said[True].endswith(said[False])
    assert "30" in said[True]


def test_what_the_networks_ask_of_a_credit_is_asked_once_money_came_back(forms, a_context):
    context = a_context(Problem.NOT_AS_DESCRIBED)
    names = {"credit_arn", "credit_not_enough", "refund_processed_on"}
    form = forms.get("bank_chargeback")
    assert not names & {asked.name for asked in asked_by(form, context)}
    back = replace(context, amounts=replace(context.amounts, credited=Money.of("3.00", "USD")))
    assert names <= {asked.name for asked in asked_by(form, back)}


def test_goods_that_were_not_sent_back_must_be_somewhere(forms, a_context):
    context = a_context(Problem.DAMAGED)
    facts = {k: v for k, v in context.facts.items() if k != "returned_on"}
    asked = asked_by(forms.get("bank_chargeback"), replace(context, facts=Facts(facts)))
    assert "goods_location" in {each.name for each in asked if each.must}


def test_a_flag_that_says_no_asks_for_nothing_more(forms, a_context):
    context = a_context(Problem.WRONG_AMOUNT)
    form = forms.get("bank_chargeback")
    for answer, expected in ((True, True), (False, False)):
        facts = Facts(dict(context.facts) | {"no_show": answer})
        asked = {each.name for each in asked_by(form, replace(context, facts=facts)) if each.must}
        assert ("no_show_reason" in asked) is expected


MODEL = {
    "en": ("withdraw from my contract of sale of the following goods", "Ordered on", "Received on",
           "Name of consumer", "Address of consumer", "Date", "only if this notice is on paper"),
    "de": ("Hiermit widerrufe ich den von mir abgeschlossenen Vertrag über den Kauf der folgenden "
           "Waren", "Bestellt am", "Erhalten am", "Name des Verbrauchers",
           "Anschrift des Verbrauchers", "Datum", "nur bei Mitteilung auf Papier"),
    "es": ("Por la presente le comunico que desisto de mi contrato de venta", "Pedido el",
           "Recibido el", "Nombre del consumidor", "Domicilio del consumidor", "Fecha",
           "solo si se presenta en papel"),
    "fr": ("Je vous notifie par la présente ma rétractation du contrat portant sur la vente",
           "Commandé le", "Reçu le", "Nom du consommateur", "Adresse du consommateur", "Date",
           "uniquement en cas de notification sur papier"),
    "pt": ("Pela presente comunico que resolvo o meu contrato de compra e venda", "Solicitado em",
           "Recebido em", "Nome do consumidor", "Endereço do consumidor", "Data",
           "só no caso de notificação em papel"),
    "pl": ("Niniejszym informuję o moim odstąpieniu od umowy sprzedaży następujących rzeczy",
           "Data zamówienia", "Data odbioru", "Imię i nazwisko konsumenta", "Adres konsumenta",
           "Data", "tylko w wersji papierowej"),
    "ru": ("Настоящим сообщаю об отказе от заключённого мною договора купли-продажи", "Заказано",
           "Получено", "Имя потребителя", "Адрес потребителя", "Дата",
           "только если заявление подано на бумаге"),
}  # fmt: skip


@pytest.mark.parametrize("language", list(MODEL))
def test_the_withdrawal_is_the_model_form_of_annex_i_b_and_gives_no_reason(
    language, forms, a_context, today
):
    context = a_context(Problem.DAMAGED, language=language)
    context = replace(context, facts=Facts(dict(context.facts) | {"category": "goods"}))
    letter = compose_letter(forms.get("eu_withdrawal"), context, language=language, today=today)
    text = letter_text(letter).replace("\u00a0", " ") + letter.labels.signature
    place = 0
    for part in MODEL[language]:
        assert part in text[place:], part
        place = text.index(part, place)
    assert context.recipient.name in letter.salutation
    assert context.recipient.address.split("\n")[0] in letter.salutation
    assert words(language).problems["damaged"] not in text
    assert not letter.summary
    assert not letter.declaration


def test_what_was_bought_strikes_out_the_other_half_of_the_model_form(forms, a_context, today):
    form, context = forms.get("eu_withdrawal"), a_context(Problem.CHANGED_MIND)
    said = {}
    for category in ("goods", "ongoing_service", "other"):
        facts = Facts(dict(context.facts) | {"category": category})
        letter = compose_letter(form, replace(context, facts=facts), language="en", today=today)
        said[category] = letter.blocks[0].text
    assert "goods" in said["goods"]
    assert "service" not in said["goods"]
    assert "service" in said["ongoing_service"]
    assert "goods" not in said["ongoing_service"]
    assert "goods" in said["other"]
    assert "service" in said["other"]
