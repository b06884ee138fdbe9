"""The Russian catalogue is whole, agrees with the English, and is the one that is shipped."""

import ast
import functools
import gettext
import io
import re
import string

from tests import catalogues

PO = catalogues.TEXTS / "ru.po"

_NAMES = """
alibaba banggood compra dhgate ems epacket jd lazada lazmall libre mall mercado ozon protegida com
push shein shopee taobao tmall trade assurance vip wildberries wish
afterpay alipay aliexpress allegro amazon apple berlin bulk clearpay csv cups debian disputedesk
ebay europe exporter fedora google iban inventory json klarna maestro mastercard mint mit money pix
mtcn office order outlook pay paypal pdf pyside6 qiwi qt shopper temu toml ubuntu union usd eur
visa webmoney western wmid xml zip jpeg utc arn pin sms regulation fair credit billing act nul sha
utf http
https de american express diners club discover elo international jcb pulse rupay unionpay
coinbase pix sepa wechat wise zelle
affirm anshin asuraku cainiao cash delivery dhl economy ems epacket etsy express fast fedex fevad
france ichiba marketplace premium promise protect rakuten réclamation service sf shop shopping
speedpost standard tnt ups vinted walmart with
bagit bancaires cartes checkout gov justice mastercom morgan optblue payments revolut sha256sum
stripe tif
uk word xchange
c5 din dl example org qr
adobe afca bureau financial ftc obsi payment protection psd2 reader reklamacja regulations
services xfa
"""
_KEYS = "alt ctrl delete down enter esc page shift tab up"
_TYPED = """
evidence ffmpeg must must_for prompts take
about bundle check common court ew files for least_dpi one_pdf parts plan profiles
a4 above all amount any anyway apt as at before business_days case chat choice client consumer
currency days ddbackup delivered_on desk dmy dnf due eml end excluded expected_delivery export fact
facts false forms help id if in included install is issuer known letter list mdy name
next_working_day no not orders other own photo png rule rules set show sqlite3 sudo timer to
tracking true undo import user verify yes clients log problem t23 14d mbox html htm xlsx txt
add adopt box closes days diff evidence from history issuer looser order override processing_date
remove scan schema tesseract
file layouts posted print sheet test way
advance and bankform claim claims copy defenses edit fields form fresh hand holder next reason reply
sender_name submission text values windows words
"""
ALLOWED = frozenset(f"{_NAMES} {_KEYS} {_TYPED}".split())
"""What Russian writes in Latin letters too: names and formats; keys; what is typed as it stands."""


@functools.cache
def words_in_code():
    """Every message of the code and the data; collecting them takes seconds, so only here."""
    return catalogues.collect()


@functools.cache
def catalogue():
    return catalogues.read_catalogue(PO)


@functools.cache
def messages():
    return [m for m in catalogue() if m.id and catalogues.is_translated(m)]


def english_of(message):
    return message.id if isinstance(message.id, str) else message.id[0]


def texts_of(message):
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def names_in(text):
    return {name for _text, name, _spec, _way in string.Formatter().parse(text) if name}


def without_names(text):
    return re.sub(r"\{[^}]*\}", "", text)


def test_every_message_of_code_and_data_has_russian_words():
    known = {english_of(message) for message in messages()}
    missing = sorted(message for message in words_in_code() if message not in known)
    assert missing == [], "run python -m tests.catalogues and translate these"


LOOKUPS = {
    "deadlines/calendar.py",
    "deadlines/chasing.py",
    "deadlines/dating.py",
    "deadlines/program.py",
    "deadlines/run.py",
    "deadlines/wording.py",
    "intake/exports/unread.py",
    "intake/mail/events.py",
    "papers/checking/point.py",
    "papers/bankform/hints.py",
    "papers/choosing.py",
    "papers/composer.py",
    "papers/form.py",
    "papers/lint/printing.py",
    "papers/needs.py",
    "papers/packets/fitting.py",
    "papers/packets/separate.py",
    "papers/packets/wording.py",
    "papers/pdf/assembling.py",
    "papers/pdf/test_sheet.py",
    "papers/sections.py",
    "papers/vocabulary.py",
    "safety/guards.py",
    "safety/messages.py",
    "safety/payments.py",
    "safety/verdict.py",
}
"""Where a text is looked up by a variable, below the desk: each is marked or in `DATA_TEXTS`."""


def test_every_lookup_by_a_variable_is_followed_to_its_texts():
    package = catalogues.ROOT / "disputedesk"
    below = ("deadlines", "intake", "packs", "papers", "safety", "store", "vault", "model")
    found = {
        path.relative_to(package).as_posix()
        for folder in below
        for path in sorted((package / folder).rglob("*.py"))
        if _looks_up(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == LOOKUPS, "add its data to tests.catalogues.DATA_TEXTS, then its module here"


def _looks_up(tree):
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "tr"
        and not isinstance(node.args[0], ast.Constant)
        for node in ast.walk(tree)
    )


def test_the_catalogue_keeps_no_message_that_nobody_says():
    assert (
        sorted(
            english_of(message)
            for message in messages()
            if english_of(message) not in words_in_code()
        )
        == []
    )


def test_the_shipped_catalogue_is_the_written_one_compiled():
    assert PO.with_suffix(".mo").read_bytes() == catalogues.compiled(PO)


def test_the_shipped_catalogue_is_read_by_gettext_with_three_plural_forms():
    with PO.with_suffix(".mo").open("rb") as stream:
        read = gettext.GNUTranslations(stream)
    assert read.gettext("Order number") == "Номер заказа"
    words = [read.ngettext("{count} day", "{count} days", n) for n in (1, 2, 5, 11, 21, 112)]
    assert words == ["{count} день", "{count} дня", *["{count} дней"] * 2, "{count} день", words[2]]


def test_a_russian_text_fills_the_same_names():
    wrong = [
        (message.id, text)
        for message in messages()
        for text in texts_of(message)
        if names_in(text) != names_in(message.id if isinstance(message.id, str) else message.id[1])
    ]
    assert wrong == []


def test_a_counted_message_has_three_forms_and_another_has_one():
    counted = [message for message in messages() if words_in_code()[english_of(message)].plural]
    assert counted
    assert [english_of(m) for m in counted if len(texts_of(m)) != 3] == []
    assert [m.id for m in messages() if m not in counted and not isinstance(m.string, str)] == []


def test_one_singular_has_one_plural():
    assert catalogues.collect()  # raises PluralClash otherwise


def test_a_russian_text_begins_and_ends_as_the_english_does():
    pairs = [(english_of(m), text) for m in messages() for text in texts_of(m)]
    assert [pair for pair in pairs if len({_spaces(text) for text in pair}) > 1] == []
    assert [pair for pair in pairs if len({_end(text) for text in pair}) > 1] == []


def _spaces(text):
    return len(text) - len(text.lstrip()), len(text) - len(text.rstrip())


def _end(text):
    last = text.rstrip()[-1]
    return last if last in ".:…" else ""


def test_no_english_words_are_left_in_russian_texts():
    left = {
        (word, text)
        for message in messages()
        for text in texts_of(message)
        for word in latin_words(text)
        if word not in ALLOWED
    }
    assert left == set()


def test_latin_words_of_a_russian_text_stand_in_the_english_one():
    also = {"mtcn", "yes", "no", "pdf", "id"}
    strange = [
        (word, text)
        for message in messages()
        for text in texts_of(message)
        for word in latin_words(text)
        if word not in str(message.id).casefold() and word not in also
    ]
    assert strange == []


def latin_words(text):
    """The words of two and more Latin letters, in small letters, without the names of values."""
    return [word.casefold() for word in re.findall(r"[A-Za-z]\w+", without_names(text))]


def test_russian_texts_keep_the_house_tone():
    texts = [text for message in messages() for text in texts_of(message)]
    assert [text for text in texts if "!" in text] == []
    assert [text for text in texts if "“" in text or "”" in text or "—" in text] == []
    polite = re.compile(r"(?<![.:?…«–] )(?<!^)\bВ(?:ы|ас|ам|аш\w*)\b")
    assert [text for text in texts if polite.search(text)] == []


def test_no_letter_of_the_other_alphabet_hides_in_a_word():
    mixed = re.compile(r"[А-Яа-яЁё][A-Za-z]|[A-Za-z][А-Яа-яЁё]")
    texts = [text for message in messages() for text in texts_of(message)]
    assert [t for t in texts if mixed.search(without_names(t).replace("ЮMoney", ""))] == []


def test_an_extraction_keeps_words_drops_old_messages_and_settles():
    head = PO.read_text(encoding="utf-8").split("\n\n", 1)[0]
    words = ('msgid "kept"\nmsgstr "хранится"', 'msgid "gone"\nmsgstr "ушло"')
    old = "\n\n".join((head, *words)) + "\n"
    found = {
        "kept": catalogues.Found(places={"b.py", "a.py"}),
        'A "new"\none': catalogues.Found(),
        "{count} day": catalogues.Found("{count} days"),
    }
    merged = catalogues.merged_text(old, found)
    assert "ушло" not in merged
    assert '#: a.py b.py\nmsgid "kept"\nmsgstr "хранится"\n' in merged
    assert merged.count('msgstr[2] ""') == 1
    assert catalogues.merged_text(merged, found) == merged
    read = {m.id: m.string for m in catalogues.read_po(io.BytesIO(merged.encode())) if m.id}
    assert read == {
        "kept": "хранится",
        'A "new"\none': "",
        ("{count} day", "{count} days"): ("", "", ""),
    }
