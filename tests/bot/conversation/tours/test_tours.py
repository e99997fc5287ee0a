"""A tour: who may start it, what becomes a stop, and how far it is."""

from dataclasses import replace

from bot.conversation.events import Chat, Person
from bot.conversation.speech import Parts
from bot.memory.store import Place
from bot.memory.tour import Route
from tests.bot.conversation.speaking import buttons, words
from tests.bot.conversation.tours.touring import (
    BOB,
    GROUP,
    LIKE_HOKUSAI,
    NEW,
    SELFIE,
    STUDY,
    WAVE,
    Group,
)

ADMIN = Person("dan", "Dan", runs_chat=True)


async def started(parts: Parts, chat: Chat = GROUP) -> Group:
    group = Group(parts, chat)
    assert "Ann leads the way" in words(await group.commands("/tour start"))
    return group


async def test_without_a_tour_a_photo_that_calls_nobody_gets_no_answer(knowing: Parts) -> None:
    group = Group(knowing)
    assert await group.photo(WAVE) is None
    assert not await group.assistant.wants(GROUP)
    assert await group.photo(WAVE, addressed=True) is not None


async def test_on_a_tour_every_photo_is_looked_at(knowing: Parts) -> None:
    group = await started(knowing)
    assert await group.assistant.wants(GROUP)
    told = await group.shows(WAVE)
    assert words(told).startswith("Stop 1")
    assert "The <Wave>" in words(told)


async def test_where_all_photos_are_looked_at_nothing_is_said_of_one_of_each_other(
    knowing: Parts,
) -> None:
    group = Group(knowing)
    await knowing.chats.look_at(Place("test", "group", ""), "all")
    assert await group.photo(SELFIE) is None
    assert await group.photo(SELFIE, addressed=True) is not None
    assert "The <Wave>" in words(await group.photo(WAVE))


async def test_a_group_is_told_in_its_guides_language_whoever_sends_a_photo(
    knowing: Parts,
) -> None:
    group = Group(knowing)
    await group.commands("/tour start", language="it")
    assert words(await group.shows(WAVE, BOB)).startswith("Tappa 1")


async def test_two_photos_of_a_work_are_one_stop_and_both_are_credited(knowing: Parts) -> None:
    group = await started(knowing)
    await group.shows(WAVE)
    again = words(await group.shows(WAVE, BOB))
    assert "stop 1 again: The <Wave>" in again
    assert "Ann, Bob" in again
    assert "One stop so far. 2 of you are along." in words(await group.commands("/tour"))


async def test_what_is_wrongly_taken_for_a_canvas_opens_no_second_stop(knowing: Parts) -> None:
    group = await started(knowing)
    assert words(await group.shows(LIKE_HOKUSAI)).startswith("Stop 1")
    assert "stop 1 again" in words(await group.shows(LIKE_HOKUSAI, BOB))


async def test_a_work_that_nobody_knows_is_recognised_again_too(knowing: Parts) -> None:
    group = await started(knowing)
    assert words(await group.shows(NEW)).startswith("Stop 1")
    assert "stop 1 again" in words(await group.shows(NEW, BOB))
    assert words(await group.shows(WAVE)).startswith("Stop 2")


async def test_people_photograph_each_other_and_nothing_is_said(knowing: Parts) -> None:
    group = await started(knowing)
    assert await group.photo(SELFIE) is None
    assert "does not look like a painting" in words(await group.photo(SELFIE, addressed=True))
    assert "No stops yet" in words(await group.commands("/tour"))


async def test_the_same_photo_delivered_twice_is_one_stop(knowing: Parts) -> None:
    group = await started(knowing)
    await group.photo(WAVE, id_="1")
    await group.photo(WAVE, id_="1")
    stops = await group.parts.tours.stops(1)
    assert [(stop.number, stop.by) for stop in stops] == [(1, ("ann",))]


async def test_one_joins_by_a_tap_and_only_a_word_says_so(knowing: Parts) -> None:
    group = await started(knowing)
    page = await group.commands("/tour")
    joined = await group.taps(page, "Come along", BOB)
    assert "We are 2" in joined.toast
    assert not joined.blocks
    assert "already" in (await group.taps(page, "Come along", BOB)).toast


async def test_one_may_write_to_go_along(knowing: Parts) -> None:
    group = await started(knowing)
    assert "We are 2 now" in words(await group.commands("/tour join", BOB))
    assert "with us already" in words(await group.commands("/tour join", BOB))


async def test_a_museum_may_be_named_when_the_tour_goes_on_already(knowing: Parts) -> None:
    group = await started(knowing)
    estense = await knowing.collections.make("Estense", public=True)
    page = await group.commands("/tour start Estense")
    assert "A tour of Estense" in words(page)
    assert "What next?" in [button.label for button in buttons(page)]
    assert "A tour of Estense" in words(await group.commands("/tour", BOB))
    tour = await knowing.tours.going_on(Route("test", "group"))
    assert tour is not None
    assert tour.museum == estense.id


async def test_old_buttons_say_to_those_alone_who_tap_them_that_the_tour_is_over(
    knowing: Parts,
) -> None:
    group = await started(knowing)
    page = await group.commands("/tour")
    await group.commands("/tour end")
    for label in ("Come along", "Play", "Pause", "End"):
        told = await group.taps(page, label, BOB)
        assert "no tour here" in told.toast
        assert not told.blocks


async def test_the_page_says_that_the_game_is_on_unless_the_tour_pauses(knowing: Parts) -> None:
    group = await started(knowing)
    assert "guessing game is on" not in words(await group.commands("/tour"))
    assert "guessing game is on" in words(await group.commands("/tour game"))
    paused = words(await group.commands("/tour pause"))
    assert "guessing game is on" not in paused
    assert "taking a break" in paused


async def test_only_the_guide_and_those_who_run_the_group_change_a_tour(knowing: Parts) -> None:
    group = await started(knowing)
    assert "Ann" in words(await group.commands("/tour end", BOB))
    assert "going on" not in words(await group.commands("/tour pause", ADMIN))
    assert "break" in words(await group.commands("/tour"))
    assert await group.photo(WAVE) is None
    assert not await group.assistant.wants(GROUP)
    assert "break" not in words(await group.commands("/tour pause"))


async def test_a_group_may_let_only_its_admins_start_tours(knowing: Parts) -> None:
    group = Group(knowing)
    await knowing.chats.let_start_tours(Place("test", "group", ""), "admins")
    assert "those who run it" in words(await group.commands("/tour start"))
    assert "Dan leads the way" in words(await group.commands("/tour start", ADMIN))


async def test_a_second_start_shows_the_tour_that_goes_on(knowing: Parts) -> None:
    group = await started(knowing)
    await group.shows(WAVE)
    assert "One stop so far" in words(await group.commands("/tour start", BOB))


async def test_each_topic_of_a_group_has_its_own_tour(knowing: Parts) -> None:
    first = await started(knowing, replace(GROUP, thread="1"))
    second = await started(knowing, replace(GROUP, thread="2"))
    await first.shows(WAVE)
    assert "No stops yet" in words(await second.commands("/tour"))


async def test_a_tour_ends_once_it_is_sure(knowing: Parts) -> None:
    group = await started(knowing)
    await group.shows(WAVE)
    page = await group.commands("/tour")
    asked = await group.taps(page, "End")
    assert "Shall the tour end?" in words(asked)
    recap = await group.taps(asked, "Yes")
    assert "The <Wave>" in words(recap)
    assert [document.name[-4:] for document in recap.documents] == [".pdf", ".csv"]
    assert "no tour here" in words(await group.commands("/tour next"))
    assert "The <Wave>" in words(await group.commands("/tour recap"))


async def test_photos_are_kept_only_where_those_who_run_the_group_say_so(knowing: Parts) -> None:
    group = await started(knowing)
    await group.shows(WAVE)
    assert "run the group" in words(await group.commands("/tour photos"))
    await group.commands("/tour photos", ADMIN)
    await group.shows(STUDY)
    recap = await group.commands("/tour end")
    shown = [picture.alt for picture in recap.pictures if picture.mime == "image/jpeg"]
    assert len(shown) == 1
    assert "A Study" in shown[0]


async def test_what_was_guessed_without_a_game_decides_what_docent_does_not_know(
    knowing: Parts,
) -> None:
    group = await started(knowing)
    told = await group.shows(NEW)
    guessed = next(button for button in buttons(told) if button.data.startswith("guess:"))
    await group.taps(told, guessed.label)
    (stop,) = await group.parts.tours.stops(1)
    assert not stop.decided
    recap = words(await group.commands("/tour end"))
    assert guessed.label.partition(" ·")[0] in recap


async def test_a_tour_nobody_ends_is_over_after_a_while(knowing: Parts) -> None:
    from datetime import UTC, datetime, timedelta

    group = await started(knowing)
    await knowing.tours.tidy(datetime.now(UTC) + timedelta(hours=11))
    assert "No stops yet" in words(await group.commands("/tour"))
    await knowing.tours.tidy(datetime.now(UTC) + timedelta(hours=13))
    assert "/tour start" in words(await group.commands("/tour"))


async def test_no_more_is_said_where_docent_was_sent_away(knowing: Parts) -> None:
    group = await started(knowing)
    await group.commands("/tour game")
    await group.shows(WAVE)
    await group.assistant.left(GROUP)
    await group.time_passes()
    assert await group.is_silent()
    assert not await group.assistant.wants(GROUP)


async def test_a_group_with_a_new_id_goes_on_with_its_tour(knowing: Parts) -> None:
    group = await started(knowing)
    await group.shows(WAVE)
    await group.assistant.moved("test", "group", "supergroup")
    moved = Group(knowing, replace(GROUP, id="supergroup"))
    assert "One stop so far" in words(await moved.commands("/tour"))
    assert "stop 1 again" in words(await moved.shows(WAVE, BOB))


async def test_one_who_is_alone_is_not_spoken_to_as_a_group(knowing: Parts) -> None:
    alone = Group(knowing, Chat("test", "private"))
    begun = await alone.commands("/tour start")
    assert "Ann" not in words(begun)
    assert "Come along" not in [button.label for button in buttons(begun)]
    await alone.photo(WAVE, addressed=True)
    again = words(await alone.shows(WAVE))
    assert again == "That is stop 1 again: The <Wave> by Katsushika Hokusai."
    await alone.commands("/tour game")
    assert words(await alone.shows(NEW)).startswith("Stop 2. Whose hand is it?")
    assert "along" not in words(await alone.commands("/tour"))
    recap = words(await alone.commands("/tour end"))
    assert "Thank you for looking so closely." in recap
    assert "Ann" not in recap
