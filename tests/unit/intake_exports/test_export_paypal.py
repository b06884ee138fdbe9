"""PayPal's activity in five languages: day order, decimals, and many rows that are one payment."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.intake.days import DayOrder
from disputedesk.intake.draft import Recognition
from disputedesk.intake.exports import read_export
from disputedesk.intake.exports.dayorder import decide_order
from disputedesk.intake.exports.paypal_words import RowKind, row_kind
from disputedesk.model.money import Money

A_EN = ("Date", "Time", "TimeZone", "Name", "Type", "Status", "Currency", "Gross", "Fee", "Net",
        "From Email Address", "To Email Address", "Transaction ID", "Item Title",
        "Reference Txn ID", "Invoice Number")  # fmt: skip
A_DE = ("Datum", "Uhrzeit", "Zeitzone", "Name", "Typ", "Status", "Währung", "Brutto", "Gebühr",
        "Netto", "Absender E-Mail-Adresse", "Empfänger E-Mail-Adresse", "Transaktionscode",
        "Artikelbezeichnung", "Zugehöriger Transaktionscode", "Rechnungsnummer")  # fmt: skip
A_FR = ("Date", "Heure", "Fuseau horaire", "Nom", "Type", "État", "Devise", "Avant commission",
        "Commission", "Net", "De l'adresse email", "À l'adresse email", "Numéro de transaction",
        "Titre de l'objet", "Numéro de la transaction de référence",
        "Numéro de facture")  # fmt: skip
A_ES = ("Fecha", "Hora", "Zona horaria", "Nombre", "Tipo", "Estado", "Divisa", "Bruto", "Tarifa",
        "Neto", "Remitente", "Destinatario", "Id. de transacción", "Título del artículo",
        "Id. de referencia de trans.", "Número de factura")  # fmt: skip
FAMILY_A = {"en": A_EN, "de": A_DE, "fr": A_FR, "es": A_ES}
FAMILY_B = {
    "en": '"Date","Time","Time Zone","Description","Currency","Gross ","Fee ","Net","Balance",'
    '"Transaction ID","From Email Address","Name","Bank Name","Bank Account",'
    '"Shipping and Handling Amount","Sales Tax","Invoice ID","Reference Txn ID"',
    "de": '"Datum","Uhrzeit","Zeitzone","Beschreibung","Währung","Brutto","Entgelt","Netto",'
    '"Guthaben","Transaktionscode","Absender E-Mail-Adresse","Name","Name der Bank","Bankkonto",'
    '"Versand- und Bearbeitungsgebühr","Umsatzsteuer","Rechnungsnummer",'
    '"Zugehöriger Transaktionscode"',
    "fr": '"Date","Heure","Fuseau horaire","Description","Devise","Avant commission","Commission",'
    '"Net","Solde","Numéro de transaction","Adresse email de l’expéditeur","Nom",'
    '"Nom de la banque","Compte bancaire","Montant des frais de livraison et de traitement",'
    '"TVA","Identifiant de facture","Numéro de la transaction de référence"',
    "es": '"Fecha","Hora","Zona horaria","Descripción","Divisa","Bruto ","Comisión ","Neto",'
    '"Saldo","Id. de transacción","Correo electrónico del remitente","Nombre","Nombre del banco",'
    '"Cuenta bancaria","Importe de envío","IVA","Id. de factura","Id. de referencia de trans."',
    "it": '"Data","Ora","Fuso orario","Descrizione","Valuta","Lordo ","Tariffa ","Netto","Saldo",'
    '"Codice transazione","Indirizzo email mittente","Nome","Nome banca","Conto bancario",'
    '"Importo per spedizione e imballaggio","IVA","N. fattura pro-forma",'
    '"Codice transazione di riferimento"',
}


def quoted(*cells):
    return ",".join(f'"{cell}"' for cell in cells)


def row(number, day="24/03/2026", *, gross="-43.10", currency="USD", name="A Lamp Shop",
        kind="Express Checkout Payment", related="", invoice=""):  # fmt: skip
    to = "shop@example.com"
    return quoted(day, "10:00:00", "PDT", name, kind, "Completed", currency, gross, "0.00", gross,
                  "me@example.com", to, f"{number:0>17}", "Lamp", related and f"{related:0>17}",
                  invoice)  # fmt: skip


def activity(*rows, header=A_EN, as_kind=None):
    text = "\ufeff" + "\r\n".join([quoted(*header), *rows]) + "\r\n"
    return read_export(text.encode(), file="Download.CSV", as_kind=as_kind)


@pytest.mark.parametrize("language", FAMILY_A)
def test_family_a_reads_in_every_language(language):
    reading = activity(row("1A"), header=FAMILY_A[language])
    (draft,) = reading.drafts
    assert reading.kind == "export.paypal"
    assert draft.amount == Money(-4310, "USD")
    assert draft.booked_on == dt.date(2026, 3, 24)
    assert draft.payee == "A Lamp Shop"
    assert draft.payee_email == "shop@example.com"
    assert draft.description == "Lamp"
    assert draft.status == "Completed"


@pytest.mark.parametrize("language", FAMILY_B)
def test_family_b_reads_in_every_language_with_blanks_in_its_header(language):
    line = quoted("24/03/2026", "10:00", "CET", "Express Checkout", "EUR", "-1.250,00", "0,00",
                  "-1.250,00", "0,00", "9XX12345678901234", "me@example.com", "A Shop", "", "",
                  "0,00", "0,00", "INV-7", "")  # fmt: skip
    reading = read_export(f"{FAMILY_B[language]}\n{line}\n".encode(), file="x")
    (draft,) = reading.drafts
    assert draft.amount == Money(-125000, "EUR")
    assert draft.reference == "9XX12345678901234"
    assert draft.invoice == "INV-7"
    assert draft.payee_email == ""


def test_the_old_american_header_with_blanks_and_a_trailing_comma():
    text = (
        "Date, Time, Time Zone, Name, Type, Status, Currency, Gross, Fee, Net, From Email Address,"
        " To Email Address, Transaction ID, Reference Txn ID,\n"
        '"3/24/2012","10:00:00","PDT","A Shop","Payment Sent","Completed","USD","-1,250.00",'
        '"0.00","-1,250.00","me@example.com","s@example.com","1AB23456CD789012E","",\n'
    )
    (draft,) = read_export(text.encode(), file="x").drafts
    assert draft.amount == Money(-125000, "USD")
    assert draft.booked_on == dt.date(2012, 3, 24)


def test_one_row_over_twelve_decides_for_all():
    drafts = activity(row("1", "03/04/2026"), row("2", "03/24/2026")).drafts
    assert drafts[0].booked_on == dt.date(2026, 3, 4)
    drafts = activity(row("1", "03/04/2026"), row("2", "24/03/2026")).drafts
    assert drafts[0].booked_on == dt.date(2026, 4, 3)


def test_where_no_row_decides_the_whole_file_comes_back_with_the_question():
    reading = activity(row("1", "03/04/2026"), row("2", "05/06/2026"))
    assert reading.recognition is Recognition.REFUSED
    assert reading.drafts == ()
    assert "day/month" in reading.why
    assert "--as paypal:dmy" in reading.remedy
    assert "paypal:mdy" in reading.remedy


@pytest.mark.parametrize(("kind", "month"), [("paypal:dmy", 4), ("paypal:mdy", 3)])
def test_the_users_answer_decides(kind, month):
    (draft,) = activity(row("1", "03/04/2026"), as_kind=kind).drafts
    assert draft.booked_on.month == month


def test_german_dates_with_points_need_no_question():
    (draft,) = activity(row("1", "03.04.2026"), header=A_DE).drafts
    assert draft.booked_on == dt.date(2026, 4, 3)


@given(
    st.lists(st.dates(dt.date(2000, 1, 1), dt.date(2068, 12, 31)), min_size=1, max_size=30),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]),
)
def test_a_decided_order_is_never_the_wrong_one(days, form):
    decided = decide_order(day.strftime(form) for day in days)
    right = DayOrder.DMY if form.startswith("%d") else DayOrder.MDY
    assert decided in (right, None) or all(day.day == day.month for day in days)


def test_decimals_are_told_by_content_not_by_the_language_of_the_header():
    drafts = activity(row("1", gross="-1.250,00"), row("2", gross="-7,50")).drafts
    assert [draft.amount.minor for draft in drafts] == [-125000, -750]
    drafts = activity(row("1", gross="-1,250.00"), row("2", gross="-7.50"), header=A_DE).drafts
    assert [draft.amount.minor for draft in drafts] == [-125000, -750]


def test_yen_has_no_cents():
    drafts = activity(row("1", gross="-1,250", currency="JPY"), row("2", gross="-7.50")).drafts
    assert drafts[0].amount == Money(-1250, "JPY")


def test_one_purchase_in_another_currency_is_one_payment():
    reading = activity(
        row("P1", gross="-43.10", currency="USD"),
        row("F1", gross="40.00", currency="EUR", name="", kind="Bank Deposit to PP Account ",
            related="P1"),
        row("C1", gross="-40.00", currency="EUR", name="", kind="General Currency Conversion",
            related="P1"),
        row("C2", gross="43.10", currency="USD", name="", kind="General Currency Conversion",
            related="P1"),
    )  # fmt: skip
    (draft,) = reading.drafts
    assert draft.amount == Money(-4310, "USD")
    assert any("40.00 EUR" in warning for warning in draft.warnings)
    assert reading.rejections == ()


def test_a_hold_and_its_end_are_no_payments():
    reading = activity(
        row("H1", name="A Lamp Shop", kind="General Authorization"),
        row("P1", related="H1"),
        row("H2", name="", kind="Account Hold for Open Authorization", related="H1"),
        row("H3", gross="43.10", name="", kind="Reversal of General Account Hold", related="H1"),
    )
    assert [draft.reference.lstrip("0") for draft in reading.drafts] == ["P1"]
    assert reading.rejections == ()


def test_a_refund_is_a_payment_of_its_own_that_names_the_first():
    drafts = activity(
        row("P1"),
        row("R1", gross="43.10", kind="Payment Refund", related="P1"),
    ).drafts
    assert [draft.amount.minor for draft in drafts] == [-4310, 4310]
    assert drafts[1].related == drafts[0].reference
    assert drafts[1].payee_email == "me@example.com"


def test_own_money_is_left_out_and_told_once():
    reading = activity(
        row("P1"),
        row("W1", name="", kind="General Withdrawal"),
        row("W2", name="", kind="Bank Deposit to PP Account"),
    )
    assert len(reading.drafts) == 1
    (rejection,) = reading.rejections
    assert rejection.place.line == 3
    assert "3, 4" in rejection.why


def test_things_of_a_cart_are_details_and_a_memo_moves_no_money():
    reading = activity(
        row("P1"),
        row("P1", gross="", kind="Shopping Cart Item"),
        row("O1", kind="Order", related="P1"),
    )
    assert len(reading.drafts) == 2
    memo = (*A_EN, "Balance Impact")
    reading = activity(
        row("P1") + ',"Debit"',
        row("P1", gross="", kind="Shopping Cart Item") + ',""',
        row("O1", kind="Order", related="P1") + ',"Memo"',
        header=memo,
    )
    assert [draft.reference.lstrip("0") for draft in reading.drafts] == ["P1"]
    assert reading.rejections == ()


def test_rows_that_refer_to_each_other_in_a_circle_do_no_harm():
    reading = activity(
        row("C1", name="", kind="General Currency Conversion", related="C2"),
        row("C2", name="", kind="General Currency Conversion", related="C1"),
        row("C3", name="", kind="General Currency Conversion", related="C3"),
    )
    assert reading.drafts == ()
    assert len(reading.rejections) == 1


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"day": "31/02/2026"}, "date"),
        ({"gross": "lots"}, "gross"),
        ({"gross": ""}, "gross"),
        ({"currency": ""}, "currency"),
        ({"currency": "dollars"}, "currency"),
    ],
)
def test_a_wrong_row_is_refused_by_column(changed, column):
    reading = activity(row("1"), row("2", **changed))
    assert len(reading.drafts) == 1
    assert [(r.place.line, r.place.part) for r in reading.rejections] == [(3, column)]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Allgemeine Währungsumrechnung", RowKind.CONVERSION),
        ("Conversion de devise standard", RowKind.CONVERSION),
        ("Conversione di valuta generica", RowKind.CONVERSION),
        ("Bankgutschrift auf PayPal-Konto", RowKind.FUNDING),
        ("Virement bancaire sur le compte PayPal", RowKind.FUNDING),
        ("Allgemeine Autorisierung", RowKind.HOLD),
        ("PreApproved Payment Bill User Payment", RowKind.PAYMENT),
        ("Zahlung im Einzugsverfahren mit Zahlungsrechnung", RowKind.PAYMENT),
        ("Rückzahlung", RowKind.PAYMENT),
        ("Payment Refund", RowKind.PAYMENT),
        ("Express Checkout Payment", RowKind.PAYMENT),
    ],
)
def test_rows_are_told_apart_by_their_words(words, kind):
    assert row_kind(words) is kind


def test_switched_off_columns_do_no_harm():
    text = (
        '"Date","TimeZone","Type","Currency","Gross","Transaction ID"\n'
        '"24/03/2026","CET","Express Checkout Payment","EUR","-5,00","9XX12345678901234"\n'
    )
    (draft,) = read_export(text.encode(), file="x").drafts
    assert draft.amount == Money(-500, "EUR")
    assert draft.payee == ""
