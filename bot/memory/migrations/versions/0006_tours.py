"""Tours: members, stops, sightings, and the rounds of the guessing game."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
GOING_ON = sa.text("ended IS NULL")


def upgrade() -> None:
    """Go forward; Docent's migrations never go back."""
    op.create_table(
        "tours",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("thread", sa.String(64), nullable=False),
        sa.Column("is_group", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("guide", sa.String(64), nullable=False),
        sa.Column(
            "museum",
            ROW_ID,
            sa.ForeignKey("collections.id", name="fk_tours_museum", ondelete="SET NULL"),
        ),
        sa.Column("place", sa.String(80), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("game", sa.Boolean(), nullable=False),
        sa.Column("keeps_photos", sa.Boolean(), nullable=False),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("ended", MOMENT),
        sa.Column("told", MOMENT),
    )
    op.create_index(
        "uq_tours_going_on",
        "tours",
        ["platform", "chat", "thread"],
        unique=True,
        sqlite_where=GOING_ON,
        postgresql_where=GOING_ON,
    )
    op.create_table(
        "tour_members",
        _owner("tour_members", "tour", "tours.id", primary_key=True),
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "tour_stops",
        sa.Column("id", ROW_ID, primary_key=True),
        _owner("tour_stops", "tour", "tours.id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("work", sa.String(255), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("decided", sa.String(16), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("signature", sa.LargeBinary()),
        sa.Column("picture", sa.LargeBinary()),
        sa.UniqueConstraint("tour", "number", name="uq_tour_stops_tour"),
    )
    op.create_table(
        "tour_sightings",
        _owner("tour_sightings", "photo", "photos.id", primary_key=True),
        _owner("tour_sightings", "stop", "tour_stops.id", primary_key=True),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "tour_rounds",
        _owner("tour_rounds", "stop", "tour_stops.id", primary_key=True),
        _owner("tour_rounds", "photo", "photos.id"),
        sa.Column("hands", sa.JSON(), nullable=False),
        sa.Column("answer", sa.Integer()),
        sa.Column("ends", MOMENT, nullable=False),
        sa.Column("closed", MOMENT),
        sa.Column("told", MOMENT),
        sa.Column("message", sa.String(64), nullable=False),
    )
    op.create_table(
        "tour_hands",
        _owner("tour_hands", "stop", "tour_rounds.stop", primary_key=True),
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("hand", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _owner(table: str, name: str, owner: str, *, primary_key: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(owner, name=f"fk_{table}_{name}", ondelete="CASCADE")
    return sa.Column(name, ROW_ID, key, nullable=False, primary_key=primary_key)
