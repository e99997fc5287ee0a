"""What is kept about a chat: where it is, what was settled, and what was last talked about."""

from datetime import time, timedelta

import pytest
from sqlalchemy import update

from bot.memory.chats import Chats, ChatSettings, Topic
from bot.memory.collections import Collections
from bot.memory.quiet import QuietHours
from bot.memory.store import Place, Store
from bot.memory.tables import ChatRow

ANN = Place("test", "salon", "ann")
BOB = Place("test", "salon", "bob")
ELSEWHERE = Place("test", "elsewhere", "ann")


@pytest.fixture
def chats(store: Store) -> Chats:
    return Chats(store)


async def test_a_chat_speaks_one_language_until_it_chooses_none(chats: Chats) -> None:
    assert await chats.language(ANN) is None
    await chats.speak(ANN, "de")
    await chats.speak(BOB, "fr")
    assert (await chats.language(ANN), await chats.language(ELSEWHERE)) == ("fr", None)
    await chats.speak(ANN, None)
    assert await chats.language(BOB) is None


async def test_museum_and_language_are_kept_side_by_side(chats: Chats, store: Store) -> None:
    museum = await Collections(store).make("Museum", public=True)
    await chats.speak(ANN, "it")
    await chats.go_to(ANN, museum.id)
    assert (await chats.museum(ANN), await chats.language(ANN)) == (museum.id, "it")
    await Collections(store).remove(museum.id)
    assert (await chats.museum(ANN), await chats.language(ANN)) == (None, "it")


async def test_everybody_has_a_last_topic_of_their_own_in_each_chat(chats: Chats) -> None:
    await chats.talk_about(ANN, Topic("artist", "claude-monet"))
    await chats.talk_about(ANN, Topic("movement", "baroque"))
    await chats.talk_about(BOB, Topic("artist", "el-greco"))
    assert await chats.topic(ANN) == Topic("movement", "baroque")
    assert await chats.topic(BOB) == Topic("artist", "el-greco")
    assert await chats.topic(ELSEWHERE) is None


async def test_a_topic_of_long_ago_is_forgotten(
    chats: Chats, monkeypatch: pytest.MonkeyPatch
) -> None:
    await chats.talk_about(ANN, Topic("artist", "claude-monet"))
    monkeypatch.setattr("bot.memory.chats.REMEMBERED", timedelta(0))
    assert await chats.topic(ANN) is None


async def test_nothing_is_settled_at_first(chats: Chats) -> None:
    nothing = ChatSettings(photos="called", tours="everyone", keep_photos=False, quiet=None)
    assert await chats.settings(ANN) == nothing
    await chats.speak(ANN, "it")
    assert await chats.settings(ANN) == nothing


async def test_what_is_settled_holds_for_the_chat_and_no_other(chats: Chats) -> None:
    night = QuietHours(time(22, 15), time(7), "Europe/Rome")
    await chats.look_at(ANN, "all")
    await chats.let_start_tours(BOB, "admins")
    await chats.keep_photos(ANN, True)
    await chats.be_quiet(BOB, night)
    assert await chats.settings(BOB) == ChatSettings("all", "admins", True, night)
    assert await chats.settings(ELSEWHERE) == ChatSettings()


async def test_quiet_hours_end_and_the_zone_stays_known(chats: Chats) -> None:
    assert await chats.zone(ANN) is None
    await chats.be_quiet(ANN, QuietHours(time(22), time(7), "UTC+02:00"))
    await chats.be_quiet(ANN, None)
    assert (await chats.settings(ANN)).quiet is None
    assert await chats.zone(BOB) == "UTC+02:00"


async def test_quiet_hours_of_a_zone_that_this_machine_lacks_do_not_hold(
    chats: Chats, store: Store
) -> None:
    await chats.look_at(ANN, "all")
    await chats.be_quiet(ANN, QuietHours(time(22), time(7), "Europe/Rome"))
    async with store.writing() as session:
        await session.execute(update(ChatRow).values(quiet_zone="Moon/Tranquility"))
    assert await chats.settings(ANN) == ChatSettings(photos="all")
