"""Whom each form of the sample case is sent to, per language of the letter."""

from disputedesk.papers.context import Recipient
from disputedesk.papers.form import RecipientKind

SELLERS = {
    "en": ("Bright Lamp Trading Ltd", "8 Market Street\nOthertown\nOT2 3CD", "GB"),
    "ru": ("ООО «Светлая лампа»", "Рыночная ул., д. 8\n100003 г. Пример", "RU"),
    "de": ("Helle Lampe Handels GmbH", "Marktstraße 8\n10117 Musterstadt", "DE"),
    "es": ("Lámpara Clara, S.L.", "calle Mercado 8\n28003 Villa Ejemplo", "ES"),
    "fr": ("Lampe Claire SARL", "8 rue du Marché\n75003 Exempleville", "FR"),
    "pt": ("Lâmpada Clara, Lda.", "Rua do Mercado 8\n1000-003 Vila Exemplo", "PT"),
    "pl": ("Jasna Lampa sp. z o.o.", "ul. Targowa 8\n00-003 Przykładów", "PL"),
}
BODIES = {
    "en": ("Sample Disputes Office", "2 Court Lane\nSometown\nAB1 4EF", "GB"),
    "ru": ("Примерное бюро по спорам", "Судебная ул., д. 2\n100004 г. Пример", "RU"),
    "de": ("Schlichtungsstelle Beispiel e. V.", "Gerichtsgasse 2\n10118 Musterstadt", "DE"),
    "es": ("Oficina de Reclamaciones Ejemplo", "calle Audiencia 2\n28004 Villa Ejemplo", "ES"),
    "fr": ("Médiateur Exemple", "2 rue du Palais\n75004 Exempleville", "FR"),
    "pt": ("Centro de Arbitragem Exemplo", "Rua do Tribunal 2\n1000-004 Vila Exemplo", "PT"),
    "pl": ("Rzecznik Przykładowy", "ul. Sądowa 2\n00-004 Przykładów", "PL"),
}
STATIONS = {
    "en": ("Sometown Police Station", "1 Guild Square\nSometown\nAB1 5GH", "GB"),
    "ru": ("Отдел полиции г. Пример", "Площадь Мира, д. 1\n100005 г. Пример", "RU"),
}
HELPERS = {
    "en": ("Sam Helper, Advice Desk", "3 Mill Road\nSometown\nAB1 6JK", "GB"),
    "ru": ("Семён Помощников, «Служба советов»", "Мельничная ул., д. 3\n100006 г. Пример", "RU"),
}


def addressee(form, language, bank):
    """Who gets the paper made with `form`; nobody where the form names its one office.

    Args:
        form: What is written.
        language: Of the letter.
        bank: Who gets it where the form goes to the issuer.
    """
    if form.office is not None:
        return Recipient()
    match form.recipient:
        case RecipientKind.SELLER:
            known = SELLERS
        case RecipientKind.OMBUDSMAN | RecipientKind.REGULATOR | RecipientKind.COURT:
            known = BODIES
        case RecipientKind.POLICE:
            known = STATIONS
        case RecipientKind.CLIENT:
            known = HELPERS
        case RecipientKind.PLATFORM:
            return Recipient()
        case _:
            return bank
    name, address, country = known[language]
    return Recipient(name, "", address, country)
