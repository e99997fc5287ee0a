"""Whose hand is it? Three names, a little time, the answer, and who was right."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.events import Person
from bot.conversation.replies import Reply
from bot.conversation.speech import Parts
from tests.bot.conversation.speaking import buttons, words
from tests.bot.conversation.tours.touring import (
    ANN,
    BOB,
    CAT,
    LIKE_HOKUSAI,
    NEW,
    STUDY,
    WAVE,
    Group,
)


@pytest.fixture
async def group(knowing: Parts) -> Group:
    """A group that plays; Ann leads."""
    group = Group(knowing)
    await group.commands("/tour start")
    await group.commands("/tour game")
    return group


def labels(reply: Reply) -> list[str]:
    return [button.label for button in buttons(reply)]


def other_than(reply: Reply, name: str) -> str:
    return next(label for label in labels(reply) if name not in label)


async def test_a_question_hides_the_answer_and_every_percentage(group: Group) -> None:
    asked = await group.shows(WAVE)
    assert len(set(labels(asked))) == 3
    assert sum("Hokusai" in label for label in labels(asked)) == 1
    said = words(asked) + "".join(labels(asked))
    assert "%" not in said
    assert "Wave" not in said
    assert "Stop 1, from Ann" in words(asked)


async def test_the_order_of_the_names_does_not_tell_the_answer(group: Group) -> None:
    from bot.conversation.tours.game import hands_of
    from bot.memory.tour import Stop
    from bot.vision.recognizer import Recognition

    photo = await group.parts.recognizer.recognize(WAVE)
    recognition = Recognition.from_json(photo.to_json())
    facts = {"artist": "Hokusai", "artist_id": "katsushika-hokusai"}
    stops = [Stop(n, 1, n, "famous/x", facts, "docent", datetime.now(UTC), ()) for n in range(60)]
    places = [hands_of(stop, recognition)[1] for stop in stops]
    assert all(places.count(place) > 10 for place in range(3))


async def test_after_its_time_the_answer_takes_the_questions_place(group: Group) -> None:
    asked = await group.shows(WAVE)
    noted = await group.taps(asked, "Hokusai", BOB)
    assert noted.toast == "Noted: Katsushika Hokusai"
    assert not noted.blocks
    await group.taps(asked, other_than(asked, "Hokusai"), CAT)
    assert await group.is_silent()
    await group.time_passes()
    notice = await group.notice()
    assert notice.message == "100"
    assert "The <Wave>" in words(notice.reply)
    assert "Right: Bob." in words(notice.reply)
    assert "Cat" not in words(notice.reply)
    assert await group.is_silent()


async def test_the_time_runs_from_when_the_question_is_there(group: Group) -> None:
    before = datetime.now(UTC)
    asked = await group.shows(WAVE)
    photo = int(buttons(asked)[0].data.rpartition(":")[2])
    round_ = await group.parts.rounds.of_photo(photo)
    assert round_ is not None
    assert timedelta(seconds=44) < round_.ends - before < timedelta(seconds=55)


async def test_the_last_tap_counts(group: Group) -> None:
    asked = await group.shows(WAVE)
    await group.taps(asked, other_than(asked, "Hokusai"), BOB)
    await group.taps(asked, "Hokusai", BOB)
    await group.time_passes()
    assert "Right: Bob." in words((await group.notice()).reply)


async def joined(group: Group, *people: Person) -> None:
    for person in people:
        await group.taps(await group.commands("/tour"), "Come along", person)


async def test_while_people_still_join_the_round_goes_on(group: Group) -> None:
    asked = await group.shows(WAVE)
    for person in (ANN, BOB):
        await group.taps(asked, "Hokusai", person)
    assert await group.is_silent()  # Bob came along just now, and Cat may, too
    await group.taps(asked, "Hokusai", CAT)
    await group.time_passes()
    assert "Right: Ann, Bob, Cat." in words((await group.notice()).reply)


async def test_when_all_have_tapped_nobody_waits(group: Group) -> None:
    await joined(group, BOB)
    asked = await group.shows(WAVE)
    await group.taps(asked, "Hokusai", BOB)
    assert await group.is_silent()  # Ann, who leads, has not tapped yet
    await group.taps(asked, "Hokusai", ANN)
    assert "Right: Bob, Ann." in words((await group.notice()).reply)


async def test_one_who_is_alone_on_a_tour_of_a_group_may_change_their_mind(group: Group) -> None:
    asked = await group.shows(WAVE)
    await group.taps(asked, other_than(asked, "Hokusai"), ANN)
    assert await group.is_silent()
    await group.taps(asked, "Hokusai", ANN)
    await group.time_passes()
    assert "Right: Ann." in words((await group.notice()).reply)


async def test_a_late_tap_is_told_so_and_does_not_count(group: Group) -> None:
    asked = await group.shows(WAVE)
    await group.time_passes()
    notice = await group.notice()
    assert "Nobody guessed" in words(notice.reply)
    assert "already" in (await group.taps(asked, "Hokusai", BOB)).toast
    assert "Bob" not in words(await group.commands("/tour"))


async def test_a_tap_counts_that_waited_for_docent_to_be_back(group: Group) -> None:
    asked = await group.shows(WAVE)
    await group.time_passes()
    await group.restarts()
    assert "Noted" in (await group.taps(asked, "Hokusai", BOB)).toast
    assert "Right: Bob." in words((await group.notice()).reply)


async def test_nobody_is_named_who_was_wrong(group: Group) -> None:
    asked = await group.shows(WAVE)
    await group.taps(asked, other_than(asked, "Hokusai"), BOB)
    await group.time_passes()
    said = words((await group.notice()).reply)
    assert "Nobody had it" in said
    assert "Bob" not in said


async def test_of_a_work_that_nobody_knows_the_guide_decides(group: Group) -> None:
    await joined(group, BOB)
    asked = await group.shows(NEW)
    chosen = labels(asked)[1]
    await group.taps(asked, chosen, ANN)
    await group.taps(asked, labels(asked)[0], BOB)
    said = words((await group.notice()).reply)
    assert f"your guide's word counts: {chosen}" in said
    assert "Right: Ann." in said


async def test_a_question_is_asked_of_each_work_once(group: Group) -> None:
    await group.shows(WAVE)
    again = await group.shows(WAVE, BOB)
    assert "you are guessing" in words(again)
    assert "Wave" not in words(again)
    assert not buttons(again)


async def test_of_a_guess_that_docent_is_sure_of_it_says_that_it_is_one(group: Group) -> None:
    await joined(group, BOB)
    asked = await group.shows(LIKE_HOKUSAI)
    await group.taps(asked, "Hokusai", BOB)
    await group.taps(asked, other_than(asked, "Hokusai"), ANN)
    said = words((await group.notice()).reply)
    assert "I would say: Katsushika Hokusai. It is a guess, not a proof." in said
    assert "Katsushika Hokusai 73 %" in said
    assert "Right: Bob." in said


async def test_where_the_guide_says_nothing_most_decide(group: Group) -> None:
    asked = await group.shows(NEW)
    for person in (BOB, CAT):
        await group.taps(asked, "Monet", person)
    await group.time_passes()
    said = words((await group.notice()).reply)
    assert "I go with most of you: Claude Monet" in said
    assert "Right: Bob, Cat." in said


async def test_where_they_do_not_agree_the_guide_may_still_say(group: Group) -> None:
    asked = await group.shows(NEW)
    await group.taps(asked, "Monet", BOB)
    await group.taps(asked, "Hokusai", CAT)
    await group.time_passes()
    told = (await group.notice()).reply
    assert "Ann, you lead the way" in words(told)
    assert "for Ann" in (await group.taps(told, "Monet", BOB)).toast
    assert "by Claude Monet" in words(await group.taps(told, "Monet", ANN))
    assert "1. Bob: one point" in words(await group.commands("/tour"))
    recap = words(await group.commands("/tour end"))
    assert "Claude Monet" in recap


async def test_one_guess_alone_is_no_majority(group: Group) -> None:
    asked = await group.shows(NEW)
    await group.taps(asked, "Monet", BOB)
    await group.time_passes()
    assert "no majority" in words((await group.notice()).reply)


async def test_of_a_museums_own_painter_the_name_is_among_the_three(group: Group) -> None:
    await joined(group, BOB)
    asked = await group.shows(STUDY)
    await group.taps(asked, "Somebody Unheard-of", BOB)
    await group.taps(asked, "Somebody Unheard-of", ANN)
    assert "Right: Bob, Ann." in words((await group.notice()).reply)


async def test_a_restart_loses_no_tap_and_repeats_no_message(group: Group) -> None:
    asked = await group.photo(WAVE, id_="photo 1")
    assert asked is not None
    await group.taps(asked, "Hokusai", BOB)
    await group.restarts()
    assert await group.photo(WAVE, id_="photo 1") is None
    await group.time_passes()
    assert "Right: Bob." in words((await group.notice(told=False)).reply)
    await group.restarts()
    notice = await group.notice()
    assert "Right: Bob." in words(notice.reply)
    await group.restarts()
    assert await group.is_silent()


async def test_ahead_are_those_with_most_points_and_ties_share_their_rank(group: Group) -> None:
    await joined(group, BOB, CAT)
    asked = await group.shows(WAVE)
    for person in (BOB, CAT):
        await group.taps(asked, "Hokusai", person)
    await group.taps(asked, other_than(asked, "Hokusai"), ANN)
    said = words((await group.notice()).reply)
    assert "Ahead: Bob 1 · Cat 1" in said
    page = words(await group.commands("/tour"))
    assert "1. Bob: one point" in page
    assert "1. Cat: one point" in page
    assert "Ann" not in page  # nobody is shown last
