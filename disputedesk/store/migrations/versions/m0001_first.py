"""The schema of 0.1.0.

Written out, not taken from `schema`: that moves on, this stays.
"""

from alembic import op

from disputedesk.store.migrations import first_orders

revision = "0001"
down_revision = None

STATEMENTS = (
    *first_orders.STATEMENTS,
    """
CREATE TABLE case_ (
    id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    order_id INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    problem TEXT NOT NULL,
    opened_on TEXT NOT NULL,
    stage TEXT NOT NULL,
    narrative TEXT DEFAULT '' NOT NULL,
    claimed_minor INTEGER,
    claimed_currency TEXT,
    wish TEXT,
    outcome TEXT,
    won_minor INTEGER,
    won_currency TEXT,
    removed_at TEXT,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_case__number UNIQUE (number),
    CONSTRAINT fk_case__order_id FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT fk_case__client_id FOREIGN KEY(client_id) REFERENCES client (id)
)
 STRICT
""",
    """
CREATE INDEX ix_case__order_id ON case_ (order_id)
""",
    """
CREATE INDEX ix_case__client_id ON case_ (client_id)
""",
    """
CREATE TABLE import_line (
    "key" TEXT NOT NULL,
    batch_id INTEGER NOT NULL,
    order_id INTEGER,
    PRIMARY KEY ("key"),
    CONSTRAINT fk_import_line_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id),
    CONSTRAINT fk_import_line_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
)
 WITHOUT ROWID,
 STRICT
""",
    """
CREATE INDEX ix_import_line_batch_id ON import_line (batch_id)
""",
    """
CREATE TABLE document (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    form TEXT DEFAULT '' NOT NULL,
    language TEXT DEFAULT '' NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    sent_on TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_document_case_id FOREIGN KEY(case_id) REFERENCES case_ (id)
)
 STRICT
""",
    """
CREATE INDEX ix_document_case_id ON document (case_id)
""",
    """
CREATE TABLE case_note (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    author TEXT DEFAULT '' NOT NULL,
    text TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_case_note_case_id FOREIGN KEY(case_id) REFERENCES case_ (id)
)
 STRICT
""",
    """
CREATE INDEX ix_case_note_case_id ON case_note (case_id)
""",
    """
CREATE TABLE exhibit (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    evidence_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    caption TEXT DEFAULT '' NOT NULL,
    proves TEXT DEFAULT '' NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_exhibit_case_id_evidence_id UNIQUE (case_id, evidence_id),
    CONSTRAINT fk_exhibit_case_id FOREIGN KEY(case_id) REFERENCES case_ (id),
    CONSTRAINT fk_exhibit_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id)
)
 STRICT
""",
    """
CREATE INDEX ix_exhibit_evidence_id ON exhibit (evidence_id)
""",
    """
CREATE TABLE fact (
    id INTEGER NOT NULL,
    order_id INTEGER NOT NULL,
    case_id INTEGER,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    origin TEXT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    evidence_id INTEGER,
    recorded_at TEXT NOT NULL,
    batch_id INTEGER,
    superseded_by INTEGER,
    withdrawn_at TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_fact_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT fk_fact_case_id FOREIGN KEY(case_id) REFERENCES case_ (id),
    CONSTRAINT fk_fact_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id),
    CONSTRAINT fk_fact_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id),
    CONSTRAINT fk_fact_superseded_by FOREIGN KEY(superseded_by) REFERENCES fact (id)
)
 STRICT
""",
    """
CREATE INDEX ix_fact_batch_id ON fact (batch_id) WHERE batch_id IS NOT NULL
""",
    """
CREATE INDEX ix_fact_superseded_by ON fact (superseded_by) WHERE superseded_by IS NOT NULL
""",
    """
CREATE INDEX ix_fact_order_id_name ON fact (order_id, name)
""",
    """
CREATE TABLE window (
    id INTEGER NOT NULL,
    order_id INTEGER NOT NULL,
    case_id INTEGER,
    rule_id TEXT NOT NULL,
    avenue TEXT NOT NULL,
    stage TEXT NOT NULL,
    actor TEXT NOT NULL,
    opens INTEGER,
    closes INTEGER,
    file_by INTEGER,
    arguable_until INTEGER,
    state TEXT NOT NULL,
    closes_at TEXT,
    lead INTEGER NOT NULL,
    zone TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_window_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT fk_window_case_id FOREIGN KEY(case_id) REFERENCES case_ (id)
)
 STRICT
""",
    """
CREATE INDEX ix_window_order_id ON window (order_id)
""",
    """
CREATE INDEX ix_window_lead ON window (file_by, closes) WHERE lead = 1
""",
    """
CREATE TABLE filing (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    rule_id TEXT NOT NULL,
    avenue TEXT NOT NULL,
    stage TEXT NOT NULL,
    filed_on TEXT NOT NULL,
    reference TEXT DEFAULT '' NOT NULL,
    document_id INTEGER,
    answer_due_on TEXT,
    answered_on TEXT,
    answer TEXT DEFAULT '' NOT NULL,
    granted INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT fk_filing_case_id FOREIGN KEY(case_id) REFERENCES case_ (id),
    CONSTRAINT fk_filing_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)
 STRICT
""",
    """
CREATE INDEX ix_filing_case_id ON filing (case_id)
""",
    """
CREATE VIRTUAL TABLE order_search USING fts5(number, title, seller, tracking, note, client,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')
""",
)


def upgrade() -> None:
    """Makes every table of 0.1.0."""
    for statement in STATEMENTS:
        op.execute(statement)
