"""Correspondence: whom letters go to, for whom, what came back, and banks' own forms."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    """
CREATE TABLE addressee (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    department TEXT DEFAULT '' NOT NULL,
    address TEXT DEFAULT '' NOT NULL,
    country TEXT DEFAULT '' NOT NULL,
    email TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    source TEXT DEFAULT '' NOT NULL,
    checked_on TEXT,
    PRIMARY KEY (id)
)
 STRICT
""",
    """
CREATE INDEX ix_addressee_kind ON addressee (kind)
""",
    """
CREATE TABLE case_addressee (
    case_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    addressee_id INTEGER NOT NULL,
    PRIMARY KEY (case_id, kind),
    CONSTRAINT fk_case_addressee_case_id FOREIGN KEY(case_id) REFERENCES case_ (id),
    CONSTRAINT fk_case_addressee_addressee_id FOREIGN KEY(addressee_id) REFERENCES addressee (id)
)
 STRICT
""",
    """
CREATE TABLE mandate (
    id INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    agent TEXT NOT NULL,
    scope TEXT DEFAULT '' NOT NULL,
    signed_on TEXT,
    ends_on TEXT,
    consent INTEGER NOT NULL,
    revoked_on TEXT,
    evidence_id INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT fk_mandate_client_id FOREIGN KEY(client_id) REFERENCES client (id),
    CONSTRAINT fk_mandate_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id)
)
 STRICT
""",
    """
CREATE INDEX ix_mandate_client_id ON mandate (client_id)
""",
    """
CREATE TABLE letterhead (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    agent TEXT NOT NULL,
    organisation TEXT DEFAULT '' NOT NULL,
    address TEXT DEFAULT '' NOT NULL,
    country TEXT DEFAULT '' NOT NULL,
    email TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    logo_id INTEGER,
    standard INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_letterhead_logo_id FOREIGN KEY(logo_id) REFERENCES evidence (id)
)
 STRICT
""",
    """
CREATE TABLE letter_batch (
    id INTEGER NOT NULL,
    form TEXT NOT NULL,
    language TEXT DEFAULT '' NOT NULL,
    made_at TEXT NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT
""",
    """
CREATE TABLE batch_line (
    id INTEGER NOT NULL,
    batch_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    document_id INTEGER,
    why TEXT DEFAULT '' NOT NULL,
    checked_on TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_batch_line_batch_id FOREIGN KEY(batch_id) REFERENCES letter_batch (id),
    CONSTRAINT fk_batch_line_case_id FOREIGN KEY(case_id) REFERENCES case_ (id),
    CONSTRAINT fk_batch_line_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)
 STRICT
""",
    """
CREATE INDEX ix_batch_line_batch_id ON batch_line (batch_id)
""",
    """
CREATE TABLE merchant_reply (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    received_on TEXT NOT NULL,
    stage TEXT DEFAULT '' NOT NULL,
    filing_id INTEGER,
    exhibit_id INTEGER,
    answer_by TEXT,
    document_id INTEGER,
    answered_on TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_merchant_reply_case_id FOREIGN KEY(case_id) REFERENCES case_ (id),
    CONSTRAINT fk_merchant_reply_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id),
    CONSTRAINT fk_merchant_reply_exhibit_id FOREIGN KEY(exhibit_id) REFERENCES exhibit (id),
    CONSTRAINT fk_merchant_reply_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)
 STRICT
""",
    """
CREATE INDEX ix_merchant_reply_case_id ON merchant_reply (case_id)
""",
    """
CREATE TABLE counterclaim (
    id INTEGER NOT NULL,
    reply_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    page INTEGER,
    answer TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_counterclaim_reply_id FOREIGN KEY(reply_id) REFERENCES merchant_reply (id)
)
 STRICT
""",
    """
CREATE INDEX ix_counterclaim_reply_id ON counterclaim (reply_id)
""",
    """
CREATE TABLE counterclaim_exhibit (
    id INTEGER NOT NULL,
    counterclaim_id INTEGER NOT NULL,
    exhibit_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_counterclaim_exhibit_counterclaim_id_exhibit_id
        UNIQUE (counterclaim_id, exhibit_id),
    CONSTRAINT fk_counterclaim_exhibit_counterclaim_id
        FOREIGN KEY(counterclaim_id) REFERENCES counterclaim (id),
    CONSTRAINT fk_counterclaim_exhibit_exhibit_id FOREIGN KEY(exhibit_id) REFERENCES exhibit (id)
)
 STRICT
""",
    """
CREATE TABLE credit (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    amount_currency TEXT NOT NULL,
    on_day TEXT NOT NULL,
    due_on TEXT,
    reference TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    filing_id INTEGER,
    exhibit_id INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT fk_credit_case_id FOREIGN KEY(case_id) REFERENCES case_ (id),
    CONSTRAINT fk_credit_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id),
    CONSTRAINT fk_credit_exhibit_id FOREIGN KEY(exhibit_id) REFERENCES exhibit (id)
)
 STRICT
""",
    """
CREATE INDEX ix_credit_case_id ON credit (case_id)
""",
    """
CREATE TABLE bank_form (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    issuer TEXT DEFAULT '' NOT NULL,
    kind TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    shape TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT
""",
    """
CREATE INDEX ix_bank_form_shape ON bank_form (shape)
""",
    """
CREATE TABLE bank_field (
    id INTEGER NOT NULL,
    form_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    page INTEGER NOT NULL,
    box TEXT NOT NULL,
    source TEXT DEFAULT '' NOT NULL,
    size INTEGER NOT NULL,
    on_state TEXT DEFAULT '' NOT NULL,
    when_value TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_bank_field_form_id FOREIGN KEY(form_id) REFERENCES bank_form (id)
)
 STRICT
""",
    """
CREATE INDEX ix_bank_field_form_id ON bank_field (form_id)
""",
    """
CREATE TABLE posting (
    id INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    way TEXT NOT NULL,
    on_day TEXT NOT NULL,
    to_whom TEXT DEFAULT '' NOT NULL,
    tracking TEXT DEFAULT '' NOT NULL,
    receipt_id INTEGER,
    filing_id INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT fk_posting_document_id FOREIGN KEY(document_id) REFERENCES document (id),
    CONSTRAINT fk_posting_receipt_id FOREIGN KEY(receipt_id) REFERENCES exhibit (id),
    CONSTRAINT fk_posting_filing_id FOREIGN KEY(filing_id) REFERENCES filing (id)
)
 STRICT
""",
    """
CREATE INDEX ix_posting_document_id ON posting (document_id)
""",
    """
CREATE TABLE copied_field (
    id INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    text TEXT DEFAULT '' NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_copied_field_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)
 STRICT
""",
    """
CREATE INDEX ix_copied_field_document_id ON copied_field (document_id)
""",
    """
CREATE TABLE platform_word (
    id INTEGER NOT NULL,
    form TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    text TEXT NOT NULL,
    changed_on TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_platform_word_form_kind_value UNIQUE (form, kind, value)
)
 STRICT
""",
)


def upgrade() -> None:
    """Makes the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
