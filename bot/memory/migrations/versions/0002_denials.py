"""Works that a person says a photo does not show."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Go forward; Docent's migrations never go back."""
    op.create_table(
        "denials",
        sa.Column(
            "photo",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.ForeignKey("photos.id", name="fk_denials_photo", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("work", sa.String(255), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
