"""What a chat chose and what was last talked about; who else keeps a collection."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Go forward; Docent's migrations never go back."""
    with op.batch_alter_table("chats") as chats:
        chats.alter_column("museum", existing_type=ROW_ID, nullable=True)
        chats.drop_constraint("fk_chats_museum", type_="foreignkey")
        chats.create_foreign_key(
            "fk_chats_museum", "collections", ["museum"], ["id"], ondelete="SET NULL"
        )
        chats.add_column(sa.Column("language", sa.String(16), nullable=True))
    op.create_table(
        "topics",
        sa.Column("platform", sa.String(16), primary_key=True),
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("entry", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "curators",
        _collection("curators", primary_key=True),
        sa.Column("platform", sa.String(16), primary_key=True),
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "invitations",
        sa.Column("code", sa.String(16), primary_key=True),
        _collection("invitations", nullable=False),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _collection(table: str, *, nullable: bool = False, primary_key: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey("collections.id", name=f"fk_{table}_collection", ondelete="CASCADE")
    return sa.Column("collection", ROW_ID, key, nullable=nullable, primary_key=primary_key)
