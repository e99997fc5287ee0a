"""Collections in the database: kept whole, counted, owned, and gone when they are removed."""

import asyncio
from datetime import timedelta

import pytest

from bot.memory.chats import Chats
from bot.memory.collections import KEEPERS, Collections, NewWork
from bot.memory.store import Place, Store

ANN = Place("test", "salon", "ann")
BOB = Place("test", "salon", "bob")
ELSEWHERE = Place("test", "elsewhere", "bob")


@pytest.fixture
def collections(store: Store) -> Collections:
    return Collections(store)


@pytest.fixture
def chats(store: Store) -> Chats:
    return Chats(store)


def work(image: str, title: str = "A Work", **changes: object) -> NewWork:
    given = {"picture": image.encode(), "signature": b"signature", "maker": "1"} | changes
    return NewWork(image=image, facts={"title": title}, **given)  # type: ignore[arg-type]


async def test_a_name_is_one_collection_however_it_is_written(collections: Collections) -> None:
    first = await collections.make("Museo d’Arte", public=True)
    again = await collections.make("MUSEO D'ARTE", public=False)
    other = await collections.make("Museo d’Arte", ANN, public=False)
    assert again == first
    assert (first.public, first.made, first.works) == (True, KEEPERS, 0)
    assert other.id != first.id
    assert other.made == ANN
    assert [c.id for c in await collections.all()] == [first.id, other.id]


async def test_a_work_is_kept_once_an_image_and_counted(collections: Collections) -> None:
    made = await collections.make("Museum", public=True)
    first = await collections.keep(made.id, work("a.jpg", "One"))
    second = await collections.keep(made.id, work("b.jpg", "Two", signature=b"two"))
    changed = await collections.keep(made.id, work("a.jpg", "Uno", picture=b"new", maker="2"))
    assert changed == first != second
    one, two = await collections.works(made.id)
    assert (one.facts["title"], one.maker, two.facts["title"]) == ("Uno", "2", "Two")
    assert one.revision > two.revision
    (counted,) = await collections.all()
    assert (counted.works, counted.revision) == (2, one.revision)
    assert await collections.signatures([one.id, two.id, 99]) == {
        one.id: b"signature",
        two.id: b"two",
    }
    assert await collections.picture(one.id) == b"new"
    assert await collections.picture(99) is None


async def test_a_change_and_a_removal_are_seen_by_the_revision(collections: Collections) -> None:
    made = await collections.make("Museum", public=True)
    await collections.keep(made.id, work("a.jpg"))
    (kept,) = await collections.works(made.id)
    await collections.change(kept, facts={"title": "Renamed"})
    (changed,) = await collections.works(made.id)
    assert changed.facts == {"title": "Renamed"}
    assert changed.revision > kept.revision
    await collections.remove_work(kept)
    (after,) = await collections.all()
    assert (after.works, after.revision) == (0, changed.revision + 1)


async def test_a_removed_collection_leaves_nothing(collections: Collections, chats: Chats) -> None:
    made = await collections.make("Museum", public=True)
    work_id = await collections.keep(made.id, work("a.jpg"))
    await chats.go_to(ANN, made.id)
    await collections.open(ANN, made.id)
    await collections.remove(made.id)
    assert work_id is not None
    assert await collections.all() == []
    assert await collections.picture(work_id) is None
    assert await chats.museum(ANN) is None
    assert await collections.opened(ANN) is None
    assert await collections.keep(made.id, work("b.jpg")) is None


async def test_a_chat_is_in_one_museum_and_a_person_at_one_desk(
    collections: Collections, chats: Chats
) -> None:
    one = await collections.make("One", public=True)
    two = await collections.make("Two", public=True)
    await chats.go_to(ANN, one.id)
    await chats.go_to(BOB, two.id)
    await collections.open(ANN, one.id)
    assert await chats.museum(ANN) == two.id
    assert await chats.museum(Place("test", "elsewhere", "ann")) is None
    assert (await collections.opened(ANN), await collections.opened(BOB)) == (one.id, None)
    await chats.go_to(ANN, None)
    await collections.open(ANN, None)
    assert (await chats.museum(BOB), await collections.opened(ANN)) == (None, None)


async def test_who_is_invited_keeps_a_collection_until_leaving(collections: Collections) -> None:
    made = await collections.make("Ours", ANN, public=False)
    code = await collections.invite(made)
    assert await collections.join(Place("other", "salon", "bob"), code) is None
    assert await collections.join(ELSEWHERE, f" {code.upper()} ") == made.id
    assert await collections.join(Place("test", "salon", "eve"), code) is None, "used up"
    (ours,) = await collections.all()
    assert ours.curators == {"bob"}
    assert ours.is_kept_by(ELSEWHERE)
    assert ours.is_seen_from(ELSEWHERE)
    assert not ours.is_kept_by(Place("test", "salon", "eve"))
    assert not ours.is_kept_by(Place("other", "salon", "ann"))
    await collections.open(ELSEWHERE, made.id)
    await collections.leave(ELSEWHERE, made.id)
    assert await collections.opened(ELSEWHERE) is None
    assert not (await collections.all())[0].is_seen_from(ELSEWHERE)


async def test_an_old_invitation_holds_no_longer(
    collections: Collections, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await collections.make("Ours", ANN, public=False)
    code = await collections.invite(made)
    monkeypatch.setattr("bot.memory.collections.INVITED", timedelta(0))
    assert await collections.join(ELSEWHERE, code) is None


async def test_many_works_at_once_are_all_kept(collections: Collections) -> None:
    made = await collections.make("Museum", public=True)
    ids = await asyncio.gather(*[collections.keep(made.id, work(f"{n}.jpg")) for n in range(250)])
    assert len(set(ids)) == 250
    assert len(await collections.signatures([i for i in ids if i])) == 250
    assert (await collections.all())[0].revision == 250


async def test_publishing_is_kept(collections: Collections) -> None:
    made = await collections.make("Museum", ANN, public=False)
    await collections.publish(made.id, public=True)
    assert (await collections.all())[0].public
