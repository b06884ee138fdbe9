"""PayPal's words in five languages: what its columns and its kinds of row are called."""

from __future__ import annotations

import enum
import re
from typing import Final


class Column(enum.Enum):
    """What a column of an activity file holds, whatever it is called there."""

    DATE = enum.auto()
    NAME = enum.auto()
    KIND = enum.auto()
    STATUS = enum.auto()
    CURRENCY = enum.auto()
    GROSS = enum.auto()
    SENDER = enum.auto()
    RECEIVER = enum.auto()
    ID = enum.auto()
    RELATED = enum.auto()
    INVOICE = enum.auto()
    ITEM = enum.auto()
    SUBJECT = enum.auto()
    IMPACT = enum.auto()


NAMES: Final[dict[Column, tuple[str, ...]]] = {
    Column.DATE: ("date", "datum", "fecha", "data"),
    Column.NAME: ("name", "nom", "nombre", "nome"),
    Column.KIND: (
        "type", "typ", "tipo",
        "description", "beschreibung", "descripción", "descrizione",
    ),
    Column.STATUS: ("status", "état", "estado", "stato"),
    Column.CURRENCY: ("currency", "währung", "devise", "divisa", "moneda", "valuta"),
    Column.GROSS: ("gross", "brutto", "avant commission", "brut", "bruto", "lordo"),
    Column.SENDER: (
        "from email address", "absender e-mail-adresse", "de l'adresse email",
        "adresse email de l'expéditeur", "remitente", "correo electrónico del remitente",
        "indirizzo email mittente", "dall'indirizzo email",
    ),
    Column.RECEIVER: (
        "to email address", "empfänger e-mail-adresse", "à l'adresse email", "destinatario",
        "correo electrónico del destinatario", "all'indirizzo email",
        "indirizzo email destinatario",
    ),
    Column.ID: (
        "transaction id", "transaktionscode", "numéro de transaction", "id. de transacción",
        "codice transazione",
    ),
    Column.RELATED: (
        "reference txn id", "zugehöriger transaktionscode",
        "numéro de la transaction de référence", "id. de transacción de referencia",
        "id. de referencia de transacción", "id. de referencia de trans.",
        "codice transazione di riferimento",
    ),
    Column.INVOICE: (
        "invoice number", "invoice id", "rechnungsnummer", "numéro de facture",
        "identifiant de facture", "número de factura", "id. de factura", "id. factura",
        "n. fattura pro-forma", "numero fattura", "numero di fattura",
    ),
    Column.ITEM: (
        "item title", "artikelbezeichnung", "titre de l'objet", "título del artículo",
        "nombre del artículo", "nome oggetto", "titolo oggetto",
    ),
    Column.SUBJECT: ("subject", "betreff", "objet", "asunto", "oggetto"),
    Column.IMPACT: (
        "balance impact", "auswirkung auf guthaben", "impact sur le solde",
        "impacto en el saldo", "effetto sul saldo",
    ),
}  # fmt: skip

NEEDED: Final = (Column.DATE, Column.KIND, Column.CURRENCY, Column.GROSS, Column.ID)
"""Columns without which a table is no PayPal activity."""

_ZONES: Final = frozenset({"timezone", "time zone", "zeitzone", "fuseau horaire", "zona horaria",
                           "fuso orario"})  # fmt: skip


class RowKind(enum.Enum):
    """What a row of an activity file stands for."""

    PAYMENT = enum.auto()
    CONVERSION = enum.auto()
    FUNDING = enum.auto()
    HOLD = enum.auto()
    DETAIL = enum.auto()
    """A thing in a cart, told below its payment without a sum of its own."""
    OWN_MONEY = enum.auto()
    """Money moved between the user's own bank and PayPal."""


_WORDS: Final = (
    (RowKind.DETAIL, (
        "cart item", "warenkorbartikel", "artikel im warenkorb", "article du panier",
        "artículo del carrito", "articolo nel carrello", "articolo del carrello",
    )),
    (RowKind.CONVERSION, (
        "currency conversion", "währungsumrechnung", "conversion de devise", "conversión de divisa",
        "conversión de moneda", "conversione di valuta", "conversione valuta",
    )),
    (RowKind.HOLD, (
        "hold for", "account hold", "general hold", "temporary hold", "reversal of general account",
        "authorization", "authorisation", "autorisierung", "einbehalt", "autorisation", "blocage",
        "suspension temporaire", "retención", "autorización", "autorizzazione", "blocco",
        "trattenuta", "void of",
    )),
    (RowKind.OWN_MONEY, (
        "withdrawal", "transfer to bank", "abbuchung auf bankkonto", "auszahlung", "abbuchung",
        "virement vers", "retrait", "retirada", "transferencia a", "prelievo",
        "trasferimento su conto",
    )),
    (RowKind.FUNDING, (
        "bank deposit", "card deposit", "credit card deposit", "deposit to pp", "bankgutschrift",
        "einzahlung", "gutschrift von kreditkarte", "kreditkartengutschrift", "virement bancaire",
        "versement", "approvisionnement", "dépôt", "depósito", "ingreso", "transferencia bancaria",
        "deposito", "bonifico bancario", "versamento", "accredito",
        "user initiated", "add funds",
    )),
)  # fmt: skip


_MEMO: Final = ("memo", "mémo", "nota", "promemoria")
_SETTLED: Final = (
    "completed", "abgeschlossen", "terminé", "effectué", "completad", "completat", "complet",
    "partially refunded", "refunded", "zurückgezahlt", "teilweise zurückgezahlt", "remboursé",
    "reembolsad", "rimborsat", "cleared",
)  # fmt: skip


def columns_of(names: frozenset[str]) -> dict[Column, str]:
    """Which plain header name stands for which column, for those that are there."""
    found: dict[Column, str] = {}
    for column, options in NAMES.items():
        name = next((option for option in options if option in names), None)
        if name is not None:
            found[column] = name
    return found


def knows_activity(names: frozenset[str]) -> bool:
    """Whether a header is PayPal's: its own columns, and one that no bank has beside them."""
    found = columns_of(names)
    own = bool(names & _ZONES) or Column.RELATED in found or Column.RECEIVER in found
    return own and all(column in found for column in NEEDED)


def row_kind(words: str, impact: str = "") -> RowKind:
    """What a row stands for by the words of its type or description.

    Args:
        words: The type or description.
        impact: What it does to the balance; a memo moves no money, so it can only be a hold.
    """
    plain = re.sub(r"\s+", " ", words.casefold())
    for kind, stems in _WORDS:
        if any(stem in plain for stem in stems):
            return kind
    return RowKind.HOLD if impact.casefold().startswith(_MEMO) else RowKind.PAYMENT


def is_settled(status: str) -> bool:
    """Whether a payment with this status has really been made; no status means it has."""
    plain = status.casefold()
    return not plain or plain.startswith(_SETTLED)
