"""Clocks of the other side by their last day: what they let lapse is found without a walk."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes the index."""
    op.execute(
        """
CREATE INDEX ix_window_theirs ON window (closes) WHERE lead = 1 AND actor <> 'buyer'
"""
    )
