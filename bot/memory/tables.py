"""The tables, and who owns the rows of each.

A visitor's photo is never kept, only what was answered; the pictures of a collection's works are.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, also on SQLite, which forgets time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give SQLite's moments their zone back."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    """Base of all tables, with names for constraints so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
        }
    )


RowId = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits everywhere; SQLite numbers rows by itself only in a column called INTEGER."""


class PhotoRow(Base):
    """A photo that was answered. Owned by the person who sent it."""

    __tablename__ = "photos"
    __table_args__ = (UniqueConstraint("platform", "chat", "event"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    platform: Mapped[str] = mapped_column(String(16))
    chat: Mapped[str] = mapped_column(String(64))
    person: Mapped[str] = mapped_column(String(64))
    event: Mapped[str] = mapped_column(String(128))
    recognition: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment)


class GuessRow(Base):
    """Which painter a person tapped on a photo; the last tap counts. Owned by that person."""

    __tablename__ = "guesses"

    photo: Mapped[int] = mapped_column(
        RowId, ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True
    )
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    artist: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)


class DenialRow(Base):
    """A recognised work that a person says the photo does not show. Owned by that person."""

    __tablename__ = "denials"

    photo: Mapped[int] = mapped_column(
        RowId, ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True
    )
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    work: Mapped[str] = mapped_column(String(255), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


class ArticleRow(Base):
    """A page of Wikipedia as it was fetched. Owned by nobody; it can be fetched again."""

    __tablename__ = "articles"

    language: Mapped[str] = mapped_column(String(16), primary_key=True)
    title: Mapped[str] = mapped_column(String(255), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment)


class CollectionRow(Base):
    """A museum's works. Owned by whoever made it in a chat, or by Docent's keepers."""

    __tablename__ = "collections"
    __table_args__ = (UniqueConstraint("platform", "person", "key"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(160))
    """The name as it is compared: case and accents do not count."""
    public: Mapped[bool] = mapped_column(Boolean)
    platform: Mapped[str] = mapped_column(String(16))
    person: Mapped[str] = mapped_column(String(64))
    chat: Mapped[str] = mapped_column(String(64))
    """Where it was made; these three are empty for the keepers' own."""
    revision: Mapped[int] = mapped_column(Integer)
    """Counts the changes to its works."""
    at: Mapped[datetime] = mapped_column(Moment)


class WorkRow(Base):
    """A work of a collection, with its picture. Owned as its collection is."""

    __tablename__ = "works"
    __table_args__ = (UniqueConstraint("collection", "image"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    collection: Mapped[int] = mapped_column(RowId, ForeignKey("collections.id", ondelete="CASCADE"))
    image: Mapped[str] = mapped_column(String(255))
    facts: Mapped[dict[str, str]] = mapped_column(JSON)
    person: Mapped[str] = mapped_column(String(64))
    """Who added it in a chat; empty for a work from a folder."""
    digest: Mapped[str] = mapped_column(String(64))
    """Of the picture."""
    maker: Mapped[str] = mapped_column(String(64))
    """What made the signature."""
    revision: Mapped[int] = mapped_column(Integer)
    """The collection's, when the work was last changed."""
    at: Mapped[datetime] = mapped_column(Moment)
    signature: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    """What it is recognised by."""
    picture: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class ChatRow(Base):
    """Where a chat is, and the language it chose. Owned by the chat."""

    __tablename__ = "chats"

    platform: Mapped[str] = mapped_column(String(16), primary_key=True)
    chat: Mapped[str] = mapped_column(String(64), primary_key=True)
    museum: Mapped[int | None] = mapped_column(
        RowId, ForeignKey("collections.id", ondelete="SET NULL")
    )
    language: Mapped[str | None] = mapped_column(String(16))


class TopicRow(Base):
    """What a person was last told about in a chat. Owned by that person."""

    __tablename__ = "topics"

    platform: Mapped[str] = mapped_column(String(16), primary_key=True)
    chat: Mapped[str] = mapped_column(String(64), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    entry: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)


class CuratorRow(Base):
    """Who may add to a collection, beside its maker. Owned by that person."""

    __tablename__ = "curators"

    collection: Mapped[int] = mapped_column(
        RowId, ForeignKey("collections.id", ondelete="CASCADE"), primary_key=True
    )
    platform: Mapped[str] = mapped_column(String(16), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


class InvitationRow(Base):
    """A code that makes one person a curator of a collection. Owned by the collection's maker."""

    __tablename__ = "invitations"

    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    collection: Mapped[int] = mapped_column(RowId, ForeignKey("collections.id", ondelete="CASCADE"))
    platform: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(Moment)


class DeskRow(Base):
    """Which collection a person adds to in a chat. Owned by that person."""

    __tablename__ = "desks"

    platform: Mapped[str] = mapped_column(String(16), primary_key=True)
    chat: Mapped[str] = mapped_column(String(64), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    collection: Mapped[int] = mapped_column(RowId, ForeignKey("collections.id", ondelete="CASCADE"))
