"""What is in the store is found on the next photo, by those who may."""

import asyncio
from pathlib import Path

import pytest

from bot.collections.catalogue import Catalogue
from bot.collections.enrolment import Enrolment
from bot.memory.chats import Chats
from bot.memory.collections import KEEPERS, Collections
from bot.memory.store import Place, Store
from bot.vision.recognizer import Recognizer
from bot.vision.works import Holdings
from tests.bot.collections.museum import hang, picture

SALON = Place("test", "salon", "ann")
ELSEWHERE = Place("test", "elsewhere", "bob")


@pytest.fixture
def catalogue(store: Store, recognizer: Recognizer) -> Catalogue:
    return Catalogue(store, recognizer)


def titles(among: list[Holdings]) -> list[list[str]]:
    return [[held[n].work.title for n in range(len(held))] for held in among]


async def test_a_work_is_found_as_soon_as_it_is_kept(
    catalogue: Catalogue, enrolment: Enrolment, recognizer: Recognizer
) -> None:
    assert titles(await catalogue.among(SALON)) == [["Scene 9"]]
    museum = await enrolment.collections.make("Museum", public=True)
    await enrolment.add(museum, "1.jpg", {"title": "One", "room": "4"}, picture(1))
    among = await catalogue.among(SALON)
    assert titles(among) == [["Scene 9", "One"]]
    (found,) = (await recognizer.recognize(picture(1), among=among)).paintings
    assert (found.title, found.room, found.verified) == ("One", "4", True)
    assert (found.collection, found.image) == ("Museum", "1.jpg")


async def test_changes_and_removals_are_followed(
    catalogue: Catalogue, enrolment: Enrolment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    museum = await enrolment.collections.make("Museum", public=True)
    await enrolment.add_folder(museum, hang(tmp_path / "art"))
    first = await catalogue.among(SALON)
    assert titles(first)[0] == ["Scene 9", "Scene One", "Scene Two", "Scene, Three"]
    read: list[set[int]] = []
    real = Collections.signatures

    async def watched(self: Collections, works: set[int]) -> dict[int, bytes]:
        read.append(works)
        return await real(self, works)

    monkeypatch.setattr(Collections, "signatures", watched)
    one, two, _ = await enrolment.collections.works(museum.id)
    await enrolment.collections.change(two, facts={"title": "Renamed"})
    await enrolment.collections.remove_work(one)
    assert titles(await catalogue.among(SALON)) == [["Scene 9", "Renamed", "Scene, Three"]]
    assert read == [{two.id}], "the third is not read again"
    await catalogue.among(SALON)
    assert len(read) == 1
    await enrolment.collections.remove(museum.id)
    assert titles(await catalogue.among(SALON)) == [["Scene 9"]]


async def test_the_museum_where_a_chat_is_comes_first(
    catalogue: Catalogue, enrolment: Enrolment, store: Store
) -> None:
    museum = await enrolment.collections.make("Museum", public=False)
    other = await enrolment.collections.make("Other", public=True)
    await enrolment.add(museum, "1.jpg", {"title": "One"}, picture(1))
    await enrolment.add(other, "2.jpg", {"title": "Two"}, picture(2))
    await Chats(store).go_to(SALON, museum.id)
    assert titles(await catalogue.among(SALON)) == [["One"], ["Scene 9", "Two"]]
    assert titles(await catalogue.among(ELSEWHERE)) == [["Scene 9", "Two"]]
    assert titles(await catalogue.among(ELSEWHERE, museum.id)) == [["One"], ["Scene 9", "Two"]]
    named = [w.known[0].title for w in await catalogue.seen_from(SALON)]
    assert named == ["One", "Two", "Scene 9"]


async def test_a_private_collection_is_found_by_its_maker_and_where_it_was_made(
    catalogue: Catalogue, enrolment: Enrolment
) -> None:
    made = await enrolment.collections.make("Ann's", SALON, public=False)
    await enrolment.add(made, "1.jpg", {"title": "One"}, picture(1), person="ann")
    both = [["Scene 9", "One"]]
    assert titles(await catalogue.among(SALON)) == both
    assert titles(await catalogue.among(Place("test", "salon", "bob"))) == both
    assert titles(await catalogue.among(Place("test", "elsewhere", "ann"))) == both
    for stranger in (ELSEWHERE, Place("other", "salon", "ann"), KEEPERS):
        assert titles(await catalogue.among(stranger)) == [["Scene 9"]]
    await enrolment.collections.publish(made.id, public=True)
    assert titles(await catalogue.among(ELSEWHERE)) == both


async def test_what_another_network_described_or_what_is_spoilt_is_left_out(
    catalogue: Catalogue,
    enrolment: Enrolment,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    museum = await enrolment.collections.make("Museum", public=True)
    await enrolment.add_folder(museum, hang(tmp_path / "art"))
    one, two, _ = await enrolment.collections.works(museum.id)
    await enrolment.collections.change(one, maker="old")
    await enrolment.collections.change(two, signature=b"spoilt")
    assert titles(await catalogue.among(SALON)) == [["Scene 9", "Scene, Three"]]
    assert "cannot be recognised" in caplog.text


async def test_many_photos_at_once_read_a_collection_once(
    catalogue: Catalogue, enrolment: Enrolment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    museum = await enrolment.collections.make("Museum", public=True)
    await enrolment.add_folder(museum, hang(tmp_path / "art"))
    reads: list[int] = []
    real = Collections.works

    async def watched(self: Collections, collection: int) -> list[object]:
        reads.append(collection)
        return await real(self, collection)  # type: ignore[return-value]

    monkeypatch.setattr(Collections, "works", watched)
    await asyncio.gather(*[catalogue.among(SALON) for _ in range(20)])
    assert reads == [museum.id]
