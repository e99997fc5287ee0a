"""Quizzes: what is asked, and what people answered."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
GOING_ON = sa.text("ended IS NULL")


def upgrade() -> None:
    """Go forward; Docent's migrations never go back."""
    op.create_table(
        "quizzes",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("thread", sa.String(64), nullable=False),
        sa.Column("is_group", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("about", sa.String(160), nullable=False),
        sa.Column("starter", sa.String(64), nullable=False),
        sa.Column(
            "tour",
            ROW_ID,
            sa.ForeignKey("tours.id", name="fk_quizzes_tour", ondelete="SET NULL"),
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("ended", MOMENT),
        sa.Column("told", MOMENT),
    )
    op.create_index(
        "uq_quizzes_going_on",
        "quizzes",
        ["platform", "chat", "thread"],
        unique=True,
        sqlite_where=GOING_ON,
        postgresql_where=GOING_ON,
    )
    op.create_index("ix_quizzes_due", "quizzes", ["platform", "due"])
    op.create_table(
        "quiz_questions",
        _quiz("quiz_questions"),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("message", sa.String(64), nullable=False),
        sa.Column("ends", MOMENT),
    )
    op.create_table(
        "quiz_answers",
        _quiz("quiz_answers"),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("option", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _quiz(table: str) -> "sa.Column[int]":
    owner = sa.ForeignKey("quizzes.id", name=f"fk_{table}_quiz", ondelete="CASCADE")
    return sa.Column("quiz", ROW_ID, owner, primary_key=True)
