"""Everything the schema makes, by kind and name; a test holds it against the schema itself.

Kept as a list so that a stranger's database can be judged without SQLAlchemy.
"""

from __future__ import annotations

from typing import Final

TABLES: Final = (
    "alembic_version",
    "case_",
    "case_note",
    "client",
    "document",
    "evidence",
    "exhibit",
    "fact",
    "filing",
    "import_batch",
    "import_file",
    "import_line",
    "instrument",
    "item",
    "ledger",
    "order_search",
    "order_search_config",
    "order_search_content",
    "order_search_data",
    "order_search_docsize",
    "order_search_idx",
    "orders",
    "parcel",
    "payment",
    "seller",
    "setting",
    "window",
)
INDEXES: Final = (
    "ix_case__client_id",
    "ix_case__order_id",
    "ix_case_note_case_id",
    "ix_document_case_id",
    "ix_exhibit_evidence_id",
    "ix_fact_batch_id",
    "ix_fact_order_id_name",
    "ix_fact_superseded_by",
    "ix_filing_case_id",
    "ix_import_file_batch_id",
    "ix_import_file_sha256",
    "ix_import_line_batch_id",
    "ix_instrument_client_id",
    "ix_item_order_id",
    "ix_ledger_subject_kind_subject_id",
    "ix_orders_batch_id",
    "ix_orders_client_id",
    "ix_orders_ordered_on",
    "ix_orders_seller_id",
    "ix_orders_title",
    "ix_orders_total_minor",
    "ix_parcel_number",
    "ix_payment_batch_id",
    "ix_payment_instrument_id",
    "ix_payment_order_id",
    "ix_payment_reference",
    "ix_window_lead",
    "ix_window_order_id",
    "ix_window_theirs",
    "uq_orders_living",
)
OBJECTS: Final = frozenset(
    [("table", name) for name in TABLES] + [("index", name) for name in INDEXES]
)
