"""The part of 0.1.0's schema that is about people, orders and payments; frozen with `m0001`."""

from typing import Final

STATEMENTS: Final = (
    """
CREATE TABLE client (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    email TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    address TEXT DEFAULT '' NOT NULL,
    country TEXT DEFAULT '' NOT NULL,
    subdivision TEXT DEFAULT '' NOT NULL,
    zone TEXT DEFAULT '' NOT NULL,
    language TEXT DEFAULT '' NOT NULL,
    is_self INTEGER NOT NULL,
    sample INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 STRICT
""",
    """
CREATE TABLE seller (
    id INTEGER NOT NULL,
    platform TEXT NOT NULL,
    name TEXT NOT NULL,
    url TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_seller_platform_name UNIQUE (platform, name)
)
 STRICT
""",
    """
CREATE TABLE import_batch (
    id INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    summary TEXT DEFAULT '' NOT NULL,
    undone_at TEXT,
    PRIMARY KEY (id)
)
 STRICT
""",
    """
CREATE TABLE evidence (
    id INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    added_at TEXT NOT NULL,
    captured_at TEXT,
    captured_from TEXT DEFAULT '' NOT NULL,
    origin TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_evidence_sha256 UNIQUE (sha256)
)
 STRICT
""",
    """
CREATE TABLE ledger (
    id INTEGER NOT NULL,
    step INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    "before" TEXT,
    "after" TEXT,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT
""",
    """
CREATE INDEX ix_ledger_subject_kind_subject_id ON ledger (subject_kind, subject_id)
""",
    """
CREATE TABLE setting (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
)
 STRICT
""",
    """
CREATE TABLE instrument (
    id INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    label TEXT DEFAULT '' NOT NULL,
    mask TEXT DEFAULT '' NOT NULL,
    network TEXT DEFAULT '' NOT NULL,
    card_kind TEXT DEFAULT '' NOT NULL,
    issuer TEXT DEFAULT '' NOT NULL,
    issuer_address TEXT DEFAULT '' NOT NULL,
    issuer_country TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_instrument_client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
 STRICT
""",
    """
CREATE INDEX ix_instrument_client_id ON instrument (client_id)
""",
    """
CREATE TABLE orders (
    id INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    platform TEXT NOT NULL,
    number TEXT NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    seller_id INTEGER,
    ordered_on TEXT,
    total_minor INTEGER,
    total_currency TEXT,
    state TEXT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    sample INTEGER NOT NULL,
    batch_id INTEGER,
    removed_at TEXT,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_orders_client_id FOREIGN KEY(client_id) REFERENCES client (id),
    CONSTRAINT fk_orders_seller_id FOREIGN KEY(seller_id) REFERENCES seller (id),
    CONSTRAINT fk_orders_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id)
)
 STRICT
""",
    """
CREATE UNIQUE INDEX uq_orders_living ON orders (number, platform, client_id) WHERE removed_at
    IS NULL
""",
    """
CREATE INDEX ix_orders_client_id ON orders (client_id)
""",
    """
CREATE INDEX ix_orders_batch_id ON orders (batch_id) WHERE batch_id IS NOT NULL
""",
    """
CREATE INDEX ix_orders_title ON orders (title) WHERE removed_at IS NULL
""",
    """
CREATE INDEX ix_orders_total_minor ON orders (total_minor) WHERE removed_at IS NULL
""",
    """
CREATE INDEX ix_orders_seller_id ON orders (seller_id) WHERE seller_id IS NOT NULL
""",
    """
CREATE INDEX ix_orders_ordered_on ON orders (ordered_on) WHERE removed_at IS NULL
""",
    """
CREATE TABLE import_file (
    id INTEGER NOT NULL,
    batch_id INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    what TEXT DEFAULT '' NOT NULL,
    recognition TEXT NOT NULL,
    why TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_import_file_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id)
)
 STRICT
""",
    """
CREATE INDEX ix_import_file_sha256 ON import_file (sha256)
""",
    """
CREATE INDEX ix_import_file_batch_id ON import_file (batch_id)
""",
    """
CREATE TABLE item (
    id INTEGER NOT NULL,
    order_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    quantity INTEGER NOT NULL,
    price_minor INTEGER,
    price_currency TEXT,
    variant TEXT DEFAULT '' NOT NULL,
    url TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_item_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
)
 STRICT
""",
    """
CREATE INDEX ix_item_order_id ON item (order_id)
""",
    """
CREATE TABLE parcel (
    id INTEGER NOT NULL,
    order_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    number TEXT NOT NULL,
    carrier TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_parcel_order_id_number UNIQUE (order_id, number),
    CONSTRAINT fk_parcel_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
)
 STRICT
""",
    """
CREATE INDEX ix_parcel_number ON parcel (number)
""",
    """
CREATE TABLE payment (
    id INTEGER NOT NULL,
    order_id INTEGER NOT NULL,
    instrument_id INTEGER,
    amount_minor INTEGER NOT NULL,
    amount_currency TEXT NOT NULL,
    paid_on TEXT,
    reference TEXT DEFAULT '' NOT NULL,
    descriptor TEXT DEFAULT '' NOT NULL,
    batch_id INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT fk_payment_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT fk_payment_instrument_id FOREIGN KEY(instrument_id) REFERENCES instrument (id),
    CONSTRAINT fk_payment_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id)
)
 STRICT
""",
    """
CREATE INDEX ix_payment_reference ON payment (reference)
""",
    """
CREATE INDEX ix_payment_batch_id ON payment (batch_id) WHERE batch_id IS NOT NULL
""",
    """
CREATE INDEX ix_payment_order_id ON payment (order_id)
""",
    """
CREATE INDEX ix_payment_instrument_id ON payment (instrument_id) WHERE instrument_id IS NOT
    NULL
""",
)
