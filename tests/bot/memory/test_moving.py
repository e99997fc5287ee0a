"""A chat with a new id keeps all that it had."""

from bot.memory.chats import Chats, Topic
from bot.memory.moving import move_chat
from bot.memory.store import Place, Store
from bot.memory.tour import NewTour, Route
from bot.memory.tours import Tours

OLD, NEW = Place("test", "old", "ann"), Place("test", "new", "ann")


async def test_settings_topics_photos_and_tours_go_along(store: Store) -> None:
    chats, tours = Chats(store), Tours(store)
    await chats.speak(OLD, "de")
    await chats.talk_about(OLD, Topic("artist", "el-greco"))
    photo = await store.remember_photo("test", "old", "ann", "1", {})
    await tours.start(NewTour(Route("test", "old"), True, "de", "ann"))
    await move_chat(store, "test", "old", "new")
    assert await chats.language(NEW) == "de"
    assert await chats.topic(NEW) == Topic("artist", "el-greco")
    assert await store.photo(photo.id, "test", "new")
    assert await tours.going_on(Route("test", "new"))
    assert await tours.going_on(Route("test", "old")) is None


async def test_what_the_new_chat_has_already_gives_way(store: Store) -> None:
    chats, tours = Chats(store), Tours(store)
    await chats.speak(OLD, "de")
    await chats.speak(NEW, "fr")
    await chats.talk_about(NEW, Topic("artist", "el-greco"))
    kept = await tours.start(NewTour(Route("test", "old"), True, "de", "ann"))
    await tours.start(NewTour(Route("test", "new"), True, "de", "ann"))
    await move_chat(store, "test", "old", "new")
    assert await chats.language(NEW) == "de"
    assert await chats.topic(NEW) == Topic("artist", "el-greco")
    going_on = await tours.going_on(Route("test", "new"))
    assert going_on is not None
    assert kept is not None
    assert going_on.id == kept.id


async def test_other_chats_and_platforms_stay_as_they_are(store: Store) -> None:
    chats = Chats(store)
    others = [Place("test", "other", "ann"), Place("elsewhere", "old", "ann")]
    for place in others:
        await chats.speak(place, "it")
    await move_chat(store, "test", "old", "new")
    assert [await chats.language(place) for place in others] == ["it", "it"]
