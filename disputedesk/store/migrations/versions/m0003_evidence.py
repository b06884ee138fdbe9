"""Evidence: how it came, what was made of it, what it says and hides, and how bundles were made."""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    """
CREATE TABLE arrival (
    id INTEGER NOT NULL,
    evidence_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    "by" TEXT NOT NULL,
    way TEXT NOT NULL,
    true_name TEXT NOT NULL,
    captured_at TEXT,
    captured_from TEXT DEFAULT '' NOT NULL,
    offset_minutes INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT fk_arrival_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id)
)
 STRICT
""",
    """
CREATE INDEX ix_arrival_evidence_id ON arrival (evidence_id)
""",
    """
CREATE TABLE derivation (
    id INTEGER NOT NULL,
    evidence_id INTEGER NOT NULL,
    origin_id INTEGER NOT NULL,
    how TEXT NOT NULL,
    detail TEXT DEFAULT '' NOT NULL,
    at TEXT NOT NULL,
    "by" TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fk_derivation_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id),
    CONSTRAINT fk_derivation_origin_id FOREIGN KEY(origin_id) REFERENCES evidence (id)
)
 STRICT
""",
    """
CREATE INDEX ix_derivation_evidence_id ON derivation (evidence_id)
""",
    """
CREATE INDEX ix_derivation_origin_id ON derivation (origin_id)
""",
    """
CREATE TABLE reading (
    evidence_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    text TEXT DEFAULT '' NOT NULL,
    how TEXT DEFAULT '' NOT NULL,
    pages INTEGER,
    reader INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (evidence_id),
    CONSTRAINT fk_reading_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id)
)
 STRICT
""",
    """
CREATE INDEX ix_reading_state ON reading (state)
""",
    """
CREATE TABLE suspicion (
    id INTEGER NOT NULL,
    evidence_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    shown TEXT DEFAULT '' NOT NULL,
    page INTEGER NOT NULL,
    box TEXT DEFAULT '' NOT NULL,
    settled_on TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_suspicion_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id)
)
 STRICT
""",
    """
CREATE INDEX ix_suspicion_evidence_id ON suspicion (evidence_id)
""",
    """
CREATE TABLE standing (
    exhibit_id INTEGER NOT NULL,
    section TEXT DEFAULT '' NOT NULL,
    withdrawn_at TEXT,
    PRIMARY KEY (exhibit_id),
    CONSTRAINT fk_standing_exhibit_id FOREIGN KEY(exhibit_id) REFERENCES exhibit (id)
)
 STRICT
""",
    """
CREATE TABLE claim_link (
    id INTEGER NOT NULL,
    exhibit_id INTEGER NOT NULL,
    claim TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_claim_link_exhibit_id_claim UNIQUE (exhibit_id, claim),
    CONSTRAINT fk_claim_link_exhibit_id FOREIGN KEY(exhibit_id) REFERENCES exhibit (id)
)
 STRICT
""",
    """
CREATE TABLE bundle (
    document_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    profile TEXT DEFAULT '' NOT NULL,
    letter_sha256 TEXT DEFAULT '' NOT NULL,
    letter_pages INTEGER NOT NULL,
    manifest_sha256 TEXT DEFAULT '' NOT NULL,
    "plan" TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (document_id),
    CONSTRAINT fk_bundle_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)
 STRICT
""",
    """
CREATE VIRTUAL TABLE evidence_search USING fts5(name, words, text,
tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')
""",
)

FILL_SEARCH = """
INSERT INTO evidence_search (rowid, name, words, text)
SELECT e.id, lower(e.name), coalesce((SELECT group_concat(lower(x.caption || ' ' || x.proves), ' ')
FROM exhibit x WHERE x.evidence_id = e.id), ''), '' FROM evidence e
"""
"""Rough until each is read for the first time, which writes its row anew: SQLite's own `lower`
leaves Cyrillic capitals as they are."""


def upgrade() -> None:
    """Makes the tables, and lets what is kept be found by its name and captions."""
    for statement in STATEMENTS:
        op.execute(statement)
    op.execute(FILL_SEARCH)
