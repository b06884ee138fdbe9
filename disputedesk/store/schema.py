"""The tables, and the revision they belong to; migrations lead from every released one to here."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from disputedesk.model.bank_form import BankFormKind
from disputedesk.model.case import CaseOutcome, CaseStage, DocumentKind, Wish
from disputedesk.model.credit import CreditKind
from disputedesk.model.evidence import Derived, ReadState, Way
from disputedesk.model.fact import FactOrigin
from disputedesk.model.order import InstrumentKind, OrderState
from disputedesk.model.posting import PostingWay
from disputedesk.model.problem import Problem
from disputedesk.store.columns import Choice, Day, Flag, Instant
from disputedesk.store.revision import REVISION

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _table(name: str, *parts: sa.schema.SchemaItem) -> sa.Table:
    """A strict table: a text in a number's place is refused by SQLite itself."""
    return sa.Table(name, metadata, *parts, sqlite_strict=True)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _ref(name: str, target: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{target}.id"), nullable=nullable)


def _money(name: str, *, nullable: bool = True) -> tuple[sa.Column[int], sa.Column[str]]:
    return (
        sa.Column(f"{name}_minor", sa.Integer, nullable=nullable),
        sa.Column(f"{name}_currency", sa.Text, nullable=nullable),
    )


def _need(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _may(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


client = _table(
    "client", _id(), _need("name", sa.Text), _text("email"), _text("phone"), _text("address"),
    _text("country"), _text("subdivision"), _text("zone"), _text("language"),
    _need("is_self", Flag), _need("sample", Flag),
)  # fmt: skip

seller = _table(
    "seller", _id(), _need("platform", sa.Text), _need("name", sa.Text), _text("url"),
    sa.UniqueConstraint("platform", "name"),
)  # fmt: skip

instrument = _table(
    "instrument", _id(), _ref("client_id", "client"), _need("kind", Choice(InstrumentKind)),
    _text("label"), _text("mask"), _text("network"), _text("card_kind"), _text("issuer"),
    _text("issuer_address"), _text("issuer_country"),
    sa.Index(None, "client_id"),
)  # fmt: skip

import_batch = _table(
    "import_batch", _id(), _need("created_at", Instant), _text("summary"),
    _may("undone_at", Instant),
)  # fmt: skip

orders = _table(
    "orders", _id(), _ref("client_id", "client"), _need("platform", sa.Text),
    _need("number", sa.Text), _text("title"), _ref("seller_id", "seller", nullable=True),
    _may("ordered_on", Day), *_money("total"), _need("state", Choice(OrderState)), _text("note"),
    _need("sample", Flag), _ref("batch_id", "import_batch", nullable=True),
    _may("removed_at", Instant), _need("version", sa.Integer),
)  # fmt: skip
_LIVING: Final = sa.text("removed_at IS NULL")
sa.Index(
    "uq_orders_living", orders.c.number, orders.c.platform, orders.c.client_id,
    unique=True, sqlite_where=_LIVING,
)  # fmt: skip
sa.Index("ix_orders_ordered_on", orders.c.ordered_on, sqlite_where=_LIVING)
sa.Index("ix_orders_title", orders.c.title, sqlite_where=_LIVING)
sa.Index("ix_orders_total_minor", orders.c.total_minor, sqlite_where=_LIVING)
sa.Index("ix_orders_client_id", orders.c.client_id)
sa.Index("ix_orders_batch_id", orders.c.batch_id, sqlite_where=sa.text("batch_id IS NOT NULL"))
sa.Index("ix_orders_seller_id", orders.c.seller_id, sqlite_where=sa.text("seller_id IS NOT NULL"))

item = _table(
    "item", _id(), _ref("order_id", "orders"), _need("position", sa.Integer), _text("title"),
    _need("quantity", sa.Integer), *_money("price"), _text("variant"), _text("url"),
    sa.Index(None, "order_id"),
)  # fmt: skip

parcel = _table(
    "parcel", _id(), _ref("order_id", "orders"), _need("position", sa.Integer),
    _need("number", sa.Text), _text("carrier"),
    sa.UniqueConstraint("order_id", "number"), sa.Index(None, "number"),
)  # fmt: skip

payment = _table(
    "payment", _id(), _ref("order_id", "orders"),
    _ref("instrument_id", "instrument", nullable=True), *_money("amount", nullable=False),
    _may("paid_on", Day), _text("reference"), _text("descriptor"),
    _ref("batch_id", "import_batch", nullable=True),
    sa.Index(None, "order_id"), sa.Index(None, "reference"),
)  # fmt: skip
sa.Index("ix_payment_batch_id", payment.c.batch_id, sqlite_where=sa.text("batch_id IS NOT NULL"))
sa.Index(
    "ix_payment_instrument_id", payment.c.instrument_id,
    sqlite_where=sa.text("instrument_id IS NOT NULL"),
)  # fmt: skip

case = _table(
    "case_", _id(), _need("number", sa.Integer), _ref("order_id", "orders"),
    _ref("client_id", "client"), _need("problem", Choice(Problem)), _need("opened_on", Day),
    _need("stage", Choice(CaseStage)), _text("narrative"), *_money("claimed"),
    _may("wish", Choice(Wish)), _may("outcome", Choice(CaseOutcome)), *_money("won"),
    _may("removed_at", Instant), _need("version", sa.Integer),
    sa.UniqueConstraint("number"), sa.Index(None, "order_id"), sa.Index(None, "client_id"),
)  # fmt: skip

evidence = _table(
    "evidence", _id(), _need("sha256", sa.Text), _need("size", sa.Integer), _need("name", sa.Text),
    _need("media_type", sa.Text), _need("added_at", Instant), _may("captured_at", Instant),
    _text("captured_from"), _text("origin"),
    sa.UniqueConstraint("sha256"),
)  # fmt: skip

document = _table(
    "document", _id(), _ref("case_id", "case_"), _need("kind", Choice(DocumentKind)),
    _text("form"), _text("language"), _text("title"), _text("name"), _need("sha256", sa.Text),
    _need("size", sa.Integer), _need("pages", sa.Integer), _need("made_at", Instant),
    _may("sent_on", Day),
    sa.Index(None, "case_id"),
)  # fmt: skip

filing = _table(
    "filing", _id(), _ref("case_id", "case_"), _need("rule_id", sa.Text),
    _need("avenue", sa.Text), _need("stage", sa.Text), _need("filed_on", Day), _text("reference"),
    _ref("document_id", "document", nullable=True), _may("answer_due_on", Day),
    _may("answered_on", Day), _text("answer"), _may("granted", Flag),
    sa.Index(None, "case_id"),
)  # fmt: skip

case_note = _table(
    "case_note", _id(), _ref("case_id", "case_"), _need("at", Instant), _text("author"),
    _text("text"),
    sa.Index(None, "case_id"),
)  # fmt: skip

exhibit = _table(
    "exhibit", _id(), _ref("case_id", "case_"), _ref("evidence_id", "evidence"),
    _need("number", sa.Integer), _text("caption"), _text("proves"),
    _text("kind"),
    sa.UniqueConstraint("case_id", "evidence_id"), sa.Index(None, "evidence_id"),
)  # fmt: skip

arrival = _table(
    "arrival", _id(), _ref("evidence_id", "evidence"), _need("at", Instant), _need("by", sa.Text),
    _need("way", Choice(Way)), _need("true_name", sa.Text), _may("captured_at", Instant),
    _text("captured_from"), _may("offset_minutes", sa.Integer),
    sa.Index(None, "evidence_id"),
)  # fmt: skip

derivation = _table(
    "derivation", _id(), _ref("evidence_id", "evidence"), _ref("origin_id", "evidence"),
    _need("how", Choice(Derived)), _text("detail"), _need("at", Instant), _need("by", sa.Text),
    sa.Index(None, "evidence_id"), sa.Index(None, "origin_id"),
)  # fmt: skip

reading = _table(
    "reading",
    sa.Column("evidence_id", sa.Integer, sa.ForeignKey("evidence.id"), primary_key=True),
    _need("state", Choice(ReadState)), _text("text"), _text("how"), _may("pages", sa.Integer),
    _need("reader", sa.Integer), _need("at", Instant),
    sa.Index(None, "state"),
)  # fmt: skip

suspicion = _table(
    "suspicion", _id(), _ref("evidence_id", "evidence"), _need("kind", sa.Text),
    _need("place", sa.Text), _text("shown"), _need("page", sa.Integer), _text("box"),
    _may("settled_on", Day),
    sa.Index(None, "evidence_id"),
)  # fmt: skip

standing = _table(
    "standing",
    sa.Column("exhibit_id", sa.Integer, sa.ForeignKey("exhibit.id"), primary_key=True),
    _text("section"), _may("withdrawn_at", Instant),
)  # fmt: skip

claim_link = _table(
    "claim_link", _id(), _ref("exhibit_id", "exhibit"), _need("claim", sa.Text),
    sa.UniqueConstraint("exhibit_id", "claim"),
)  # fmt: skip

bundle = _table(
    "bundle",
    sa.Column("document_id", sa.Integer, sa.ForeignKey("document.id"), primary_key=True),
    _need("version", sa.Integer), _text("profile"), _text("letter_sha256"),
    _need("letter_pages", sa.Integer), _text("manifest_sha256"), _text("plan"),
)  # fmt: skip

addressee = _table(
    "addressee", _id(), _need("kind", sa.Text), _need("name", sa.Text), _text("department"),
    _text("address"), _text("country"), _text("email"), _text("phone"), _text("source"),
    _may("checked_on", Day),
    sa.Index(None, "kind"),
)  # fmt: skip

case_addressee = _table(
    "case_addressee",
    sa.Column("case_id", sa.Integer, sa.ForeignKey("case_.id"), primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True), _ref("addressee_id", "addressee"),
)  # fmt: skip

mandate = _table(
    "mandate", _id(), _ref("client_id", "client"), _need("agent", sa.Text), _text("scope"),
    _may("signed_on", Day), _may("ends_on", Day), _need("consent", Flag),
    _may("revoked_on", Day), _ref("evidence_id", "evidence", nullable=True),
    sa.Index(None, "client_id"),
)  # fmt: skip

letterhead = _table(
    "letterhead", _id(), _need("name", sa.Text), _need("agent", sa.Text), _text("organisation"),
    _text("address"), _text("country"), _text("email"), _text("phone"),
    _ref("logo_id", "evidence", nullable=True), _need("standard", Flag),
)  # fmt: skip

letter_batch = _table(
    "letter_batch", _id(), _need("form", sa.Text), _text("language"), _need("made_at", Instant),
    _text("title"),
)  # fmt: skip

batch_line = _table(
    "batch_line", _id(), _ref("batch_id", "letter_batch"), _ref("case_id", "case_"),
    _ref("document_id", "document", nullable=True), _text("why"), _may("checked_on", Day),
    sa.Index(None, "batch_id"),
)  # fmt: skip

merchant_reply = _table(
    "merchant_reply", _id(), _ref("case_id", "case_"), _need("received_on", Day), _text("stage"),
    _ref("filing_id", "filing", nullable=True), _ref("exhibit_id", "exhibit", nullable=True),
    _may("answer_by", Day), _ref("document_id", "document", nullable=True),
    _may("answered_on", Day),
    sa.Index(None, "case_id"),
)  # fmt: skip

counterclaim = _table(
    "counterclaim", _id(), _ref("reply_id", "merchant_reply"), _need("number", sa.Integer),
    _need("text", sa.Text), _may("page", sa.Integer), _text("answer"),
    sa.Index(None, "reply_id"),
)  # fmt: skip

counterclaim_exhibit = _table(
    "counterclaim_exhibit", _id(), _ref("counterclaim_id", "counterclaim"),
    _ref("exhibit_id", "exhibit"),
    sa.UniqueConstraint("counterclaim_id", "exhibit_id"),
)  # fmt: skip

credit = _table(
    "credit", _id(), _ref("case_id", "case_"), _need("kind", Choice(CreditKind)),
    *_money("amount", nullable=False), _need("on_day", Day), _may("due_on", Day),
    _text("reference"), _text("note"), _ref("filing_id", "filing", nullable=True),
    _ref("exhibit_id", "exhibit", nullable=True),
    sa.Index(None, "case_id"),
)  # fmt: skip

bank_form = _table(
    "bank_form", _id(), _need("name", sa.Text), _text("issuer"),
    _need("kind", Choice(BankFormKind)), _need("sha256", sa.Text), _need("size", sa.Integer),
    _need("pages", sa.Integer), _need("added_at", Instant), _text("shape"),
    sa.Index(None, "shape"),
)  # fmt: skip

bank_field = _table(
    "bank_field", _id(), _ref("form_id", "bank_form"), _need("name", sa.Text),
    _need("page", sa.Integer), _need("box", sa.Text), _text("source"), _need("size", sa.Integer),
    _text("on_state"), _text("when_value"),
    sa.Index(None, "form_id"),
)  # fmt: skip

posting = _table(
    "posting", _id(), _ref("document_id", "document"), _need("way", Choice(PostingWay)),
    _need("on_day", Day), _text("to_whom"), _text("tracking"),
    _ref("receipt_id", "exhibit", nullable=True), _ref("filing_id", "filing", nullable=True),
    sa.Index(None, "document_id"),
)  # fmt: skip

copied_field = _table(
    "copied_field", _id(), _ref("document_id", "document"), _need("position", sa.Integer),
    _need("name", sa.Text), _text("text"), _need("at", Instant),
    sa.Index(None, "document_id"),
)  # fmt: skip

platform_word = _table(
    "platform_word", _id(), _need("form", sa.Text), _need("kind", sa.Text),
    _need("value", sa.Text), _need("text", sa.Text), _need("changed_on", Day),
    sa.UniqueConstraint("form", "kind", "value"),
)  # fmt: skip

fact = _table(
    "fact", _id(), _ref("order_id", "orders"), _ref("case_id", "case_", nullable=True),
    _need("name", sa.Text), _need("value", sa.Text), _need("origin", Choice(FactOrigin)),
    _text("note"), _ref("evidence_id", "evidence", nullable=True), _need("recorded_at", Instant),
    _ref("batch_id", "import_batch", nullable=True), _ref("superseded_by", "fact", nullable=True),
    _may("withdrawn_at", Instant),
    sa.Index(None, "order_id", "name"),
)  # fmt: skip
sa.Index("ix_fact_batch_id", fact.c.batch_id, sqlite_where=sa.text("batch_id IS NOT NULL"))
sa.Index(
    "ix_fact_superseded_by", fact.c.superseded_by,
    sqlite_where=sa.text("superseded_by IS NOT NULL"),
)  # fmt: skip

import_file = _table(
    "import_file", _id(), _ref("batch_id", "import_batch"), _need("sha256", sa.Text),
    _need("size", sa.Integer), _text("name"), _text("kind"), _text("what"),
    _need("recognition", sa.Text), _text("why"),
    sa.Index(None, "sha256"), sa.Index(None, "batch_id"),
)  # fmt: skip

import_line = sa.Table(
    "import_line", metadata, sa.Column("key", sa.Text, primary_key=True, nullable=False),
    _ref("batch_id", "import_batch"), _ref("order_id", "orders", nullable=True),
    sa.Index(None, "batch_id"),
    sqlite_strict=True, sqlite_with_rowid=False,
)  # fmt: skip

window = _table(
    "window", _id(), _ref("order_id", "orders"), _ref("case_id", "case_", nullable=True),
    _need("rule_id", sa.Text), _need("avenue", sa.Text), _need("stage", sa.Text),
    _need("actor", sa.Text), _may("opens", sa.Integer), _may("closes", sa.Integer),
    _may("file_by", sa.Integer), _may("arguable_until", sa.Integer), _need("state", sa.Text),
    _may("closes_at", Instant), _need("lead", Flag), _text("zone"),
    sa.Index(None, "order_id"),
)  # fmt: skip
sa.Index("ix_window_lead", window.c.file_by, window.c.closes, sqlite_where=sa.text("lead = 1"))
sa.Index("ix_window_theirs", window.c.closes, sqlite_where=sa.text("lead = 1 AND actor <> 'buyer'"))

ledger = _table(
    "ledger", _id(), _need("step", sa.Integer), _need("at", Instant), _need("actor", sa.Text),
    _need("act", sa.Text), _need("subject_kind", sa.Text), _need("subject_id", sa.Integer),
    _may("before", sa.Text), _may("after", sa.Text), _need("previous_hash", sa.Text),
    _need("hash", sa.Text),
    sa.Index(None, "subject_kind", "subject_id"),
)  # fmt: skip

setting = _table(
    "setting", sa.Column("key", sa.Text, primary_key=True, nullable=False),
    _need("value", sa.Text),
)  # fmt: skip

SEARCH_COLUMNS: Final = ("number", "title", "seller", "tracking", "note", "client")
SEARCH_TABLE: Final = (
    f"CREATE VIRTUAL TABLE order_search USING fts5({', '.join(SEARCH_COLUMNS)}, "
    "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
)
EVIDENCE_SEARCH_TABLE: Final = (
    "CREATE VIRTUAL TABLE evidence_search USING fts5(name, words, text, "
    "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
)
"""`words` are captions and what exhibits prove; `text` is what was read in the bytes, masked."""
VERSION_TABLE: Final = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def create_all(connection: sa.Connection) -> None:
    """Makes every table in the transaction of `connection` and notes the revision."""
    metadata.create_all(connection, checkfirst=False)
    connection.exec_driver_sql(SEARCH_TABLE)
    connection.exec_driver_sql(EVIDENCE_SEARCH_TABLE)
    connection.exec_driver_sql(VERSION_TABLE)
    connection.exec_driver_sql("INSERT INTO alembic_version (version_num) VALUES (?)", (REVISION,))
