"""What the admins of a chat settled; photos are counted by who sent them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Go forward; Docent's migrations never go back."""
    with op.batch_alter_table("chats") as chats:
        chats.add_column(sa.Column("photos", sa.String(16), nullable=True))
        chats.add_column(sa.Column("tours", sa.String(16), nullable=True))
        chats.add_column(sa.Column("keep_photos", sa.Boolean(), nullable=True))
        chats.add_column(sa.Column("quiet_start", sa.Time(), nullable=True))
        chats.add_column(sa.Column("quiet_end", sa.Time(), nullable=True))
        chats.add_column(sa.Column("quiet_zone", sa.String(64), nullable=True))
    op.create_index("ix_photos_person", "photos", ["platform", "person", "at"])
