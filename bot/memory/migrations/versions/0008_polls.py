"""Which poll of a platform's own asks what."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Go forward; Docent's migrations never go back."""
    op.create_table(
        "polls",
        sa.Column("platform", sa.String(16), primary_key=True),
        sa.Column("poll", sa.String(64), primary_key=True),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("thread", sa.String(64), nullable=False),
        sa.Column("is_group", sa.Boolean(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_polls_at", "polls", ["at"])
