"""Letters in languages no screen speaks, from a real desk: nothing falls back to English."""

import datetime as dt

import pypdfium2
import pytest

from disputedesk.common import texts
from disputedesk.common.errors import Refused
from disputedesk.desk.operations import answers, cases, papers, people
from disputedesk.model.order import InstrumentKind
from disputedesk.model.problem import Problem
from disputedesk.papers.letter import letter_text
from tests.flows.test_operations import an_order

SAID = {
    "de": ("Reklamation einer Kartenzahlung", "Nachrichten der Plattform", "120 Tage",
           "Tag der erwarteten Lieferung: 10. November 2026", "Seite 1 von"),
    "es": ("Reclamación de un pago con tarjeta", "mensajes de la plataforma", "120 días",
           "día de entrega previsto: 10 de noviembre de 2026", "Página 1 de"),
    "fr": ("Contestation d’un paiement par carte", "messagerie de la plateforme", "120 jours",
           "jour de livraison prévu : 10 novembre 2026", "Page 1 sur"),
    "pt": ("Contestação de um pagamento com cartão", "mensagens da plataforma", "120 dias",
           "dia previsto de entrega: 10 de novembro de 2026", "Página 1 de"),
    "pl": ("Reklamacja płatności kartą", "wiadomości platformy", "120 dni",
           "oczekiwany dzień dostawy: 10 listopada 2026 r.", "Strona 1 z"),
}  # fmt: skip
ENGLISH = {" the ", " of ", " your ", " day ", " was ", " delivery ", " exhibit ", " seller ",
           " transaction ", " and "}  # fmt: skip


@pytest.fixture
def case_id(desk):
    order_id = an_order(desk, shipped_on=dt.date(2026, 10, 3))
    card = people.NewInstrument(InstrumentKind.CARD, mask="51****6458", network="visa")
    people.set_instrument(desk, order_id, card)
    case_id = cases.open_case(desk, order_id, problem=Problem.NOT_RECEIVED).value
    for name, text in {
        "sender_name": "Vera Beispiel",
        "sender_address": "Weg 1\n10115 Berlin",
        "recipient_name": "Testbank AG",
        "transaction_date": "2026-10-01",
        "processing_date": "2026-10-02",
        "expected_delivery": "2026-11-10",
        "delivery_address": "Weg 1, Berlin",
        "tracking_status": "–",
        "merchant_in_business": "yes",
        "contacted_seller_on": "2026-11-12",
        "merchant": "LAMPEN",
    }.items():
        answers.answer_question(desk, case_id, name, text)
    return case_id


@pytest.mark.parametrize("screen", ["en", "ru"])
@pytest.mark.parametrize("language", list(SAID))
def test_a_letter_is_wholly_in_its_own_language_whatever_the_screen_speaks(
    language, screen, desk, case_id
):
    with texts.using(screen):
        _, letter = papers.compose_letter_of(
            desk, case_id, form="bank_chargeback", language=language
        )
        document = papers.make_letter(
            desk, case_id, form="bank_chargeback", language=language
        ).value
    pdf = pypdfium2.PdfDocument(desk.vault.read(document.sha256))
    printed = " ".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    told = " ".join(f"{letter_text(letter)} {printed}".replace("\u00a0", " ").split())
    for part in SAID[language]:
        assert part in told, part
    found = {word for word in ENGLISH if word in told.lower()}
    assert found <= ({" was "} if language == "de" else set())
    assert not any("\u0400" <= char <= "\u04ff" for char in told)


def test_a_language_a_form_is_not_written_in_is_refused_by_its_own_name(desk, case_id):
    with pytest.raises(Refused, match="Choose one of: English"):
        papers.make_letter(desk, case_id, form="us_fcba_notice", language="pl")
