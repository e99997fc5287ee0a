"""What the store promises: nothing twice, nothing lost, nothing across chats."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.memory.store import Store, StoreError

ANSWER = {"verdict": "unsure"}


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'new folder' / 'docent.sqlite3'}"


@pytest.fixture
async def store(address: str) -> AsyncIterator[Store]:
    store = await Store.open(address)
    yield store
    await store.close()


async def test_the_same_event_again_gives_the_photo_kept_the_first_time(store: Store) -> None:
    first = await store.remember_photo("web", "chat", "person", "event", ANSWER)
    again = await store.remember_photo("web", "chat", "person", "event", {"verdict": "artist"})
    assert again == first
    assert await store.photo(first.id, "web", "chat") == first


async def test_a_photo_is_unknown_outside_its_chat(store: Store) -> None:
    photo = await store.remember_photo("web", "chat", "person", "event", ANSWER)
    assert await store.photo(photo.id, "web", "chat") == photo
    assert await store.photo(photo.id, "web", "other") is None
    assert await store.photo(photo.id, "telegram", "chat") is None
    assert await store.photo(photo.id + 1, "web", "chat") is None


async def test_one_guess_a_person_and_photo_and_the_last_counts(store: Store) -> None:
    photo = await store.remember_photo("web", "chat", "ann", "event", ANSWER)
    await store.record_guess(photo.id, "ann", "claude-monet")
    await store.record_guess(photo.id, "bob", "rembrandt")
    await store.record_guess(photo.id, "ann", "edouard-manet")
    assert await store.guesses(photo.id) == {"ann": "edouard-manet", "bob": "rembrandt"}


async def test_many_writers_at_once_lose_nothing(store: Store) -> None:
    photos = await asyncio.gather(
        *[store.remember_photo("web", "chat", "ann", f"event {i}", ANSWER) for i in range(60)]
    )
    assert len({photo.id for photo in photos}) == 60


async def test_a_later_copy_of_a_page_replaces_the_earlier(store: Store) -> None:
    assert await store.article("en", "Vermeer") is None
    await store.keep_article("en", "Vermeer", {"text": "old"})
    await store.keep_article("en", "Vermeer", {"text": "new"})
    assert await store.article("en", "Vermeer") == {"text": "new"}
    assert await store.article("de", "Vermeer") is None


async def test_what_was_kept_is_there_after_a_restart(address: str) -> None:
    first = await Store.open(address)
    photo = await first.remember_photo("web", "chat", "ann", "event", ANSWER)
    await first.record_guess(photo.id, "ann", "claude-monet")
    await first.close()
    second = await Store.open(address)
    assert await second.photo(photo.id, "web", "chat") == photo
    assert await second.guesses(photo.id) == {"ann": "claude-monet"}
    await second.close()


async def test_what_was_promised_survives_a_kill(address: str) -> None:
    """The process is killed the moment the promise returns, with nothing closed."""
    script = f"""
import asyncio, os
from bot.memory.store import Store
async def main():
    store = await Store.open({address!r})
    photo = await store.remember_photo("web", "chat", "ann", "event", {{}})
    await store.record_guess(photo.id, "ann", "claude-monet")
    os.kill(os.getpid(), 9)
asyncio.run(main())
"""
    done = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", script], check=False)
    assert done.returncode == -9
    store = await Store.open(address)
    assert await store.photo(1, "web", "chat") is not None
    assert await store.guesses(1) == {"ann": "claude-monet"}
    await store.close()


async def test_a_new_database_may_be_opened_several_times_at_once(address: str) -> None:
    stores = await asyncio.gather(*[Store.open(address) for _ in range(8)])
    for store in stores:
        await store.close()


async def test_reading_goes_on_while_another_process_writes(store: Store, address: str) -> None:
    photo = await store.remember_photo("web", "chat", "ann", "event", ANSWER)
    with sqlite3.connect(address.removeprefix("sqlite+aiosqlite:///")) as other:
        other.execute("BEGIN IMMEDIATE")
        found = await asyncio.wait_for(store.photo(photo.id, "web", "chat"), 1)
    assert found == photo


async def test_a_writer_waits_for_another_process_instead_of_failing(
    store: Store, address: str
) -> None:
    other = sqlite3.connect(address.removeprefix("sqlite+aiosqlite:///"))
    other.execute("BEGIN IMMEDIATE")
    kept = asyncio.create_task(store.remember_photo("web", "chat", "ann", "event", ANSWER))
    await asyncio.sleep(0.3)
    assert not kept.done()
    other.rollback()
    other.close()
    assert (await kept).id == 1


async def test_the_write_ahead_log_is_on(store: Store, address: str) -> None:
    path = address.removeprefix("sqlite+aiosqlite:///")
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize(
    "bad",
    [
        "nonsense",
        "sqlite+aiosqlite:////proc/nowhere/x.sqlite3",
        "postgresql+asyncpg://ann@127.0.0.1:many/docent",
        "postgresql+nosuchdriver://ann@127.0.0.1/docent",
    ],
)
async def test_a_database_that_cannot_be_opened_is_said_so(bad: str) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        await Store.open(bad)


async def test_a_database_of_a_newer_docent_is_said_so(store: Store, address: str) -> None:
    with sqlite3.connect(address.removeprefix("sqlite+aiosqlite:///")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="9999"):
        await Store.open(address)


async def test_a_file_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "docent.sqlite3"
    path.write_bytes(b"this is a letter to my aunt, not a database" * 50)
    with pytest.raises(StoreError, match="not a database"):
        await Store.open(f"sqlite+aiosqlite:///{path}")


async def test_migrations_and_tables_agree(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import Connection

    from bot.memory.tables import Base

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))

    async with store._engine.connect() as connection:
        assert await connection.run_sync(differences) == []
