"""Everybody may have so many photos looked at in a day, and is told when the next one may come."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.assistant import Assistant
from bot.conversation.events import Chat, Photo
from bot.conversation.speech import Parts
from bot.memory.store import Place
from tests.bot.collections.museum import picture
from tests.bot.conversation.speaking import ANN, BOB, CHAT, Visitor, buttons, fresh, words
from tests.pictures import BLUE, RED, jpeg

GROUP = Chat("test", "group", is_group=True)
RED_PHOTO, BLUE_PHOTO = jpeg(RED), jpeg(BLUE)


@pytest.fixture
def assistant(parts: Parts) -> Iterator[Assistant]:
    """Answer two photos a day."""
    limited = replace(parts, daily_photos=2)
    yield Assistant(limited)


async def seen_before(parts: Parts, ago: timedelta, chat: str = "chat", person: str = "ann") -> str:
    """Keep a photo that was answered a while ago, and return its event."""
    event = fresh()

    class Then(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) - ago

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.memory.store.datetime", Then)
        await parts.store.remember_photo("test", chat, person, event, {})
    return event


async def test_beyond_the_quota_a_sentence_says_when_the_next_photo_may_come(
    assistant: Assistant, parts: Parts
) -> None:
    await seen_before(parts, timedelta(hours=20, minutes=30))
    ann = Visitor(assistant)
    assert buttons(await ann.shows(RED_PHOTO))
    refused = await ann.shows(BLUE_PHOTO)
    assert not buttons(refused)
    assert "2 photos within a day" in words(refused)
    assert "In 4 hours" in words(refused)


@pytest.mark.parametrize(
    ("ago", "wait"),
    [
        (timedelta(hours=23, minutes=20), "40 minutes"),
        (timedelta(hours=23, minutes=59, seconds=30), "In a minute"),
        (timedelta(hours=23), "In an hour"),
    ],
)
async def test_a_short_wait_is_told_in_minutes(
    assistant: Assistant, parts: Parts, ago: timedelta, wait: str
) -> None:
    for _ in range(2):
        await seen_before(parts, ago + timedelta(seconds=1))
    assert wait in words(await Visitor(assistant).shows(RED_PHOTO))


async def test_a_photo_of_more_than_a_day_ago_counts_no_more(
    assistant: Assistant, parts: Parts
) -> None:
    for _ in range(5):
        await seen_before(parts, timedelta(hours=24, seconds=1))
    assert buttons(await Visitor(assistant).shows(RED_PHOTO))


async def test_what_was_refused_does_not_count(assistant: Assistant, parts: Parts) -> None:
    ann = Visitor(assistant)
    await seen_before(parts, timedelta(hours=23, minutes=59))
    await ann.shows(RED_PHOTO)
    for _ in range(3):
        assert "In a minute" in words(await ann.shows(BLUE_PHOTO))


async def test_an_event_that_comes_again_is_answered_again_and_counted_once(
    assistant: Assistant,
) -> None:
    ann = Visitor(assistant)
    first, second = fresh(), fresh()
    for _ in range(3):
        assert buttons(await ann.shows(RED_PHOTO, first))
    for _ in range(2):
        assert buttons(await ann.shows(BLUE_PHOTO, second))
    assert not buttons(await ann.shows(RED_PHOTO))


async def test_an_album_is_one_question(assistant: Assistant) -> None:
    ann = Visitor(assistant)
    assert buttons(await ann.shows_album(RED_PHOTO, BLUE_PHOTO, RED_PHOTO))
    assert buttons(await ann.shows(RED_PHOTO))
    assert not buttons(await ann.shows_album(RED_PHOTO, BLUE_PHOTO))


async def test_a_persons_chats_count_together_and_other_people_apart(
    assistant: Assistant, parts: Parts
) -> None:
    await seen_before(parts, timedelta(hours=1), chat="elsewhere")
    await seen_before(parts, timedelta(hours=1), chat="far away")
    assert not buttons(await Visitor(assistant).shows(RED_PHOTO))
    assert buttons(await Visitor(assistant, BOB).shows(RED_PHOTO))
    namesake = Visitor(assistant, ANN, Chat("other platform", "chat"))
    assert buttons(await namesake.shows(RED_PHOTO))


async def test_a_photo_that_nobody_called_for_is_left_alone_without_a_word(
    assistant: Assistant, parts: Parts
) -> None:
    await parts.chats.look_at(Place("test", "group", ""), "all")
    for _ in range(2):
        await seen_before(parts, timedelta(hours=1))
    photo = Photo(id=fresh(), chat=GROUP, person=ANN, picture=RED_PHOTO, addressed=False)
    assert await assistant.handle(photo) is None
    assert await assistant.handle(replace(photo, addressed=True)) is not None
    assert buttons(await assistant.handle(replace(photo, person=BOB)))


async def test_who_keeps_the_museum_may_always_ask_there(
    assistant: Assistant, parts: Parts
) -> None:
    museum = await parts.collections.make("Ours", Place("test", "office", "ann"), public=True)
    for person in ("ann", "bob"):
        for _ in range(2):
            await seen_before(parts, timedelta(hours=1), person=person)
    assert not buttons(await Visitor(assistant).shows(RED_PHOTO))
    await parts.chats.go_to(Place("test", CHAT.id, "ann"), museum.id)
    assert buttons(await Visitor(assistant).shows(RED_PHOTO))
    assert not buttons(await Visitor(assistant, BOB).shows(RED_PHOTO))


async def test_a_work_that_is_added_to_a_collection_is_no_question(
    knowing: Parts,
) -> None:
    for _ in range(2):
        await seen_before(knowing, timedelta(hours=1))
    ann = Visitor(Assistant(replace(knowing, daily_photos=2)))
    assert not buttons(await ann.shows(RED_PHOTO))
    await ann.asks("collection", "new Ours")
    assert "Kept: The Tower." in words(await ann.shows(picture(5), caption="The Tower"))


async def test_without_a_quota_there_is_no_end(parts: Parts) -> None:
    for _ in range(3):
        await seen_before(parts, timedelta(hours=1))
    assert buttons(await Visitor(Assistant(parts)).shows(RED_PHOTO))
