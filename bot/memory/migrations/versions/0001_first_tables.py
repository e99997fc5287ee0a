"""Photos, guesses and articles."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

PHOTO_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Go forward; Docent's migrations never go back."""
    op.create_table(
        "photos",
        sa.Column("id", PHOTO_ID, primary_key=True),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("event", sa.String(128), nullable=False),
        sa.Column("recognition", sa.JSON(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("platform", "chat", "event", name="uq_photos_platform"),
    )
    op.create_table(
        "guesses",
        sa.Column(
            "photo",
            PHOTO_ID,
            sa.ForeignKey("photos.id", name="fk_guesses_photo", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("artist", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "articles",
        sa.Column("language", sa.String(16), primary_key=True),
        sa.Column("title", sa.String(255), primary_key=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
