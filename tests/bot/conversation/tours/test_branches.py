"""A tour in a thread of its own, where the platform can open one."""

from dataclasses import replace

import pytest

from bot.conversation.events import Chat
from bot.conversation.replies import Branch
from bot.conversation.speech import Parts
from tests.bot.conversation.speaking import words
from tests.bot.conversation.tours.touring import BOB, GROUP, WAVE, Group

HALL = replace(GROUP, branches=True)
THREAD = Chat("test", "group", is_group=True, thread="9")


async def branched(parts: Parts) -> tuple[Group, Group]:
    """Return a channel and its thread, in which a tour goes on that began in the channel."""
    hall = Group(parts, HALL)
    reply = await hall.commands("/tour start")
    assert reply.branch == Branch("Our tour", "The tour goes on in this thread.")
    await hall.assistant.branched(THREAD)
    return hall, Group(parts, THREAD)


async def test_a_tour_goes_on_in_the_thread_that_was_opened_for_it(knowing: Parts) -> None:
    hall, thread = await branched(knowing)
    assert not await hall.assistant.wants(HALL)
    assert await thread.assistant.wants(THREAD)
    assert words(await thread.shows(WAVE)).startswith("Stop 1")


async def test_one_who_starts_a_tour_beside_it_is_sent_there(knowing: Parts) -> None:
    hall, thread = await branched(knowing)
    told = await hall.commands("/tour start", BOB)
    assert "already under way in one of this channel's threads" in words(told)
    assert told.branch is None
    await thread.commands("/tour end")
    assert (await hall.commands("/tour start", BOB)).branch is not None


async def test_a_thread_of_its_own_may_have_one_more_tour(knowing: Parts) -> None:
    await branched(knowing)
    other = Group(knowing, replace(THREAD, thread="10"))
    assert "Bob leads the way" in words(await other.commands("/tour start", BOB))


async def test_where_no_thread_can_be_opened_the_tour_is_where_it_was_asked_for(
    knowing: Parts,
) -> None:
    group = Group(knowing)
    assert (await group.commands("/tour start")).branch is None
    assert await group.assistant.wants(GROUP)


@pytest.mark.parametrize(("gone", "left"), [(THREAD, True), (HALL, False)])
async def test_a_thread_that_is_gone_ends_its_tour_and_a_channel_all_of_its_tours(
    knowing: Parts, gone: Chat, left: bool
) -> None:
    hall, _ = await branched(knowing)
    other = replace(THREAD, thread="10")
    await Group(knowing, other).commands("/tour start", BOB)
    await hall.assistant.left(gone)
    assert not await hall.assistant.wants(THREAD)
    assert await hall.assistant.wants(other) is left
