"""A chat gets a new id, as a Telegram group does that becomes a supergroup."""

from sqlalchemy import Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.memory.store import Store
from bot.memory.tables import Base, QuizRow, TourRow


async def move_chat(store: Store, platform: str, old: str, new: str) -> None:
    """Let all that is kept of a chat be kept of another, in place of what that may have already.

    A tour or quiz that goes on under the new id ends, where one goes on under the old.
    """
    async with store.writing() as session:
        for goes_on in (TourRow, QuizRow):
            await _end_rival(session, goes_on, platform, old, new)
        for table in Base.metadata.sorted_tables:
            if {"platform", "chat"} <= set(table.columns.keys()):
                await _clear(session, table, platform, old, new)
                here = (table.c.platform == platform, table.c.chat == old)
                await session.execute(update(table).where(*here).values(chat=new))


async def _end_rival(
    session: AsyncSession, row: type[TourRow | QuizRow], platform: str, old: str, new: str
) -> None:
    going_on = (row.platform == platform, row.ended.is_(None))
    if await session.scalar(select(row.id).where(*going_on, row.chat == old).limit(1)):
        rival = update(row).where(*going_on, row.chat == new)
        await session.execute(rival.values(ended=row.started))


async def _clear(session: AsyncSession, table: Table, platform: str, old: str, new: str) -> None:
    """Delete the rows of the new chat whose place the old one's take."""
    if "chat" not in {column.name for column in table.primary_key}:
        return
    others = [c for c in table.primary_key if c.name not in ("platform", "chat")]
    before = table.alias()
    same = [column == before.c[column.name] for column in others]
    taken = select(before.c.chat).where(before.c.platform == platform, before.c.chat == old, *same)
    here = (table.c.platform == platform, table.c.chat == new)
    await session.execute(delete(table).where(*here, taken.exists()))
