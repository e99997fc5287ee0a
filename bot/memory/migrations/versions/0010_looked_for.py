"""Indexes for what every tap and every second asks: rounds, sightings, tours and their quizzes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

UNTOLD = sa.text("told IS NULL")


def upgrade() -> None:
    """Go forward; Docent's migrations never go back."""
    op.create_index("ix_tours_route", "tours", ["platform", "chat", "thread"])
    op.create_index("ix_tour_sightings_stop", "tour_sightings", ["stop"])
    op.create_index("ix_tour_rounds_photo", "tour_rounds", ["photo"])
    op.create_index(
        "ix_tour_rounds_ends",
        "tour_rounds",
        ["ends"],
        sqlite_where=UNTOLD,
        postgresql_where=UNTOLD,
    )
    op.create_index("ix_quizzes_tour", "quizzes", ["tour"])
