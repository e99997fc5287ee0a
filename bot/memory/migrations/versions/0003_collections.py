"""Collections, their works, and where chats are."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Go forward; Docent's migrations never go back."""
    op.create_table(
        "collections",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("key", sa.String(160), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("platform", "person", "key", name="uq_collections_platform"),
    )
    op.create_table(
        "works",
        sa.Column("id", ROW_ID, primary_key=True),
        _collection("works", nullable=False),
        sa.Column("image", sa.String(255), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("maker", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("collection", "image", name="uq_works_collection"),
    )
    op.create_table(
        "chats",
        sa.Column("platform", sa.String(16), primary_key=True),
        sa.Column("chat", sa.String(64), primary_key=True),
        _collection("chats", column="museum", nullable=False),
    )
    op.create_table(
        "desks",
        sa.Column("platform", sa.String(16), primary_key=True),
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(64), primary_key=True),
        _collection("desks", nullable=False),
    )


def _collection(table: str, column: str = "collection", *, nullable: bool) -> sa.Column[int]:
    key = sa.ForeignKey("collections.id", name=f"fk_{table}_{column}", ondelete="CASCADE")
    return sa.Column(column, ROW_ID, key, nullable=nullable)
