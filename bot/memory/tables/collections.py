"""Museums' works, and who may add to them."""

from datetime import datetime

from sqlalchemy import JSON, Boolean, ForeignKey, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.memory.tables.base import Base, Moment, RowId


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
