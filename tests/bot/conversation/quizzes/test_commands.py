"""What a quiz is about: a museum's pictures, a movement, the tour; and where its points go."""

import pytest

from bot.conversation.events import Chat, Command, Person
from bot.conversation.phrases import Phrases
from bot.conversation.replies import Reply
from bot.conversation.speech import Parts
from bot.conversation.suggesting import suggest
from bot.memory.collections import Collection
from tests.bot.collections.museum import picture
from tests.bot.conversation.quizzes.playing import ALONE, Players
from tests.bot.conversation.speaking import fresh, words
from tests.bot.conversation.tours.touring import ANN, BOB, CAT, NEW, STUDY, WAVE

PAINTERS = ("Claude Monet", "Edgar Degas", "Berthe Morisot", "Alfred Sisley", "Mary Cassatt")


async def museum(parts: Parts, name: str = "Little Museum") -> Collection:
    made = await parts.collections.make(name, public=True)
    for number, artist in enumerate(PAINTERS):
        facts = {"title": f"Work {number}", "artist": artist, "year": str(1870 + number)}
        await parts.enrolment.add(made, f"{number}.jpg", facts, picture(number + 1))
    return made


@pytest.fixture
def group(knowing: Parts) -> Players:
    return Players(knowing)


async def all_asked(group: Players, asked: Reply) -> list[Reply]:
    replies = [asked]
    while (following := await group.next_turn()).poll is not None:
        replies.append(following)
    return replies


async def test_a_museums_quiz_shows_its_pictures_and_does_not_name_them(group: Players) -> None:
    await museum(group.parts)
    replies = await all_asked(group, await group.commands("/quiz little museum"))
    assert "Little Museum" in words(replies[0])
    with_picture = [reply for reply in replies if reply.pictures]
    assert len(with_picture) >= 3
    for reply in with_picture:
        shown = reply.pictures[0]
        assert shown.data.startswith(b"\xff\xd8")
        assert "Work" not in shown.alt
    painters = [r.poll for r in replies if r.poll and "Who painted" in r.poll.question]
    assert len(painters) >= 3
    assert {p.options[p.right] for p in painters} <= set(PAINTERS)


async def test_where_a_picture_is_gone_the_title_is_asked_about(group: Players) -> None:
    made = await museum(group.parts)
    asked = await group.commands("/quiz little museum")
    assert asked.pictures
    for work in await group.parts.collections.works(made.id):
        await group.parts.collections.remove_work(work)
    replies = await all_asked(group, asked)
    assert not any(reply.pictures for reply in replies[1:])
    assert any("“Work " in words(reply).partition("Question ")[2] for reply in replies[1:])


async def test_alone_quiz_asks_about_the_museum_where_the_chat_is(group: Players) -> None:
    await museum(group.parts)
    assert "Little Museum" not in words(await group.commands("/quiz"))
    await group.commands("/quiz stop")
    await group.commands("/museum little museum")
    assert "Little Museum" in words(await group.commands("/quiz"))


async def test_a_museum_that_a_chat_may_not_see_is_none(group: Players) -> None:
    made = await museum(group.parts)
    await group.parts.collections.publish(made.id, public=False)
    assert "neither a museum nor a movement" in words(await group.commands("/quiz little museum"))


async def test_a_museum_without_works_to_ask_about_says_so(group: Players) -> None:
    await group.parts.collections.make("Empty House", public=True)
    assert "too little" in words(await group.commands("/quiz empty house"))


async def test_two_museums_of_a_name_are_asked_back_about(group: Players) -> None:
    for name in ("City Museum East", "City Museum West"):
        await group.parts.collections.make(name, public=True)
    asked = words(await group.commands("/quiz city museum"))
    assert "/quiz City Museum East" in asked
    assert "/quiz City Museum West" in asked


@pytest.mark.parametrize("name", ["impressionism", "Impressionismus", "Monet"])
async def test_a_movement_or_its_painter_has_a_quiz(group: Players, name: str) -> None:
    replies = await all_asked(group, await group.commands(f"/quiz {name}"))
    assert "Impressionism" in words(replies[0])
    assert sum("Impressionism" in r.poll.question for r in replies if r.poll) == 3
    assert not any("Which movement" in r.poll.question for r in replies if r.poll)


async def test_an_unknown_name_is_told_kindly(group: Players) -> None:
    said = words(await group.commands("/quiz Xyzzqq <b>"))
    assert "neither a museum nor a movement called “Xyzzqq <b>”" in said


async def test_without_a_tour_there_is_nothing_to_ask_about_one(group: Players) -> None:
    assert "no tour" in words(await group.commands("/quiz tour"))
    await group.commands("/tour start")
    assert "nothing to ask about your tour" in words(await group.commands("/quiz tour"))


@pytest.mark.parametrize("said", ["tour", "our tour", "unsere Führung", "notre visite", "giro"])
async def test_a_tours_quiz_asks_about_what_it_saw(group: Players, said: str) -> None:
    made = await museum(group.parts)
    await group.commands("/tour start little museum")
    assert made.works == 0
    for number in (1, 2):
        await group.shows(picture(number))
    replies = await all_asked(group, await group.commands(f"/quiz {said}"))
    pictured = [reply for reply in replies if reply.pictures]
    rights = {r.poll.options[r.poll.right] for r in pictured if r.poll}
    assert rights & set(PAINTERS[:2])
    assert not rights & set(PAINTERS[2:])


async def test_what_is_being_guessed_is_not_asked_about(group: Players) -> None:
    await museum(group.parts)
    await group.commands("/tour start little museum")
    await group.commands("/tour game")
    await group.shows(picture(1))
    assert "nothing to ask about your tour" in words(await group.commands("/quiz tour"))


async def test_a_quiz_on_a_tour_counts_into_its_table_and_its_recap(group: Players) -> None:
    await group.commands("/tour start")
    await group.shows(NEW)
    asked = await group.commands("/quiz")
    await group.answers(asked, right=True, person=BOB)
    await group.answers(asked, right=False, person=CAT)
    page = words(await group.commands("/tour"))
    assert "Bob" not in page  # the question is still open
    last = (await all_asked(group, asked))[-1]
    assert last.poll is not None
    page = words(await group.commands("/tour"))
    assert "1. Bob: one point" in page
    assert "Cat" not in page  # nobody is shown last
    assert "3 of you are along" in page
    recap = words(await group.commands("/tour end"))
    assert "Bob" in recap


async def test_points_of_game_and_quiz_are_added(group: Players) -> None:
    await group.commands("/tour start")
    await group.commands("/tour game")
    await group.taps(await group.commands("/tour"), "Come along", BOB)
    round_ = await group.shows(WAVE)
    for person in (ANN, BOB):
        await group.taps(round_, "Hokusai", person)
    await group.notice()
    asked = await group.commands("/quiz")
    await group.answers(asked, right=True, person=BOB)
    await group.next_turn()
    page = words(await group.commands("/tour"))
    assert "1. Bob: 2 points" in page
    assert "2. Ann: one point" in page


async def test_when_all_on_the_tour_have_answered_the_next_question_comes(group: Players) -> None:
    await group.commands("/tour start")
    asked = await group.commands("/quiz")
    await group.answers(asked, right=True, person=BOB)
    assert await group.is_silent()
    await group.answers(asked, right=True, person=ANN)
    assert "Question 2 of 5" in words((await group.notice()).reply)


async def test_a_tours_guide_may_stop_anybodys_quiz(group: Players) -> None:
    await group.commands("/tour start")
    await group.commands("/quiz", BOB)
    assert "Whoever started" in words(await group.commands("/quiz stop", CAT))
    assert "That was the quiz" in words(await group.commands("/quiz stop", ANN))


async def test_each_topic_has_its_own_quiz(knowing: Parts) -> None:
    chats = [Chat("test", "group", is_group=True, thread=thread) for thread in ("1", "2")]
    first, second = (Players(knowing, chat) for chat in chats)
    await first.commands("/quiz")
    assert "Question 1 of 5" in words(await second.commands("/quiz"))


async def test_a_quiz_speaks_the_language_of_its_chat_to_the_end(parts: Parts) -> None:
    group = Players(parts)
    await group.commands("/language deutsch")
    asked = await group.commands("/quiz")
    assert "Frage 1 von 5" in words(asked)
    replies = await all_asked(group, asked)
    assert all("Frage" in words(reply) for reply in replies)


async def test_every_language_has_its_words_for_the_tour(parts: Parts) -> None:
    await Players(parts).commands("/tour start")
    for language in Phrases().languages:
        for word in Phrases().say("quiz_word_tour", language).split(","):
            said = words(await Players(parts, ALONE).commands(f"/quiz {word}"))
            assert "no tour" in said, word


async def test_museums_and_movements_are_suggested(knowing: Parts) -> None:
    await museum(knowing, "Impressive Museum")
    command = Command(
        id=fresh(), chat=ALONE, person=Person("ann", "Ann"), name="quiz", argument="impress"
    )
    found = [each.value for each in await suggest(knowing, command, 5)]
    assert found[0] == "Impressive Museum"
    assert "Impressionism" in found


async def test_a_kept_photo_of_a_famous_work_is_asked_about(group: Players) -> None:
    await group.commands("/tour start", Person("ann", "Ann", runs_chat=True))
    await group.commands("/tour photos", Person("ann", "Ann", runs_chat=True))
    await group.shows(WAVE)
    await group.shows(STUDY)
    replies = await all_asked(group, await group.commands("/quiz tour"))
    asked = [r for r in replies if r.pictures and r.poll]
    assert "Katsushika Hokusai" in {r.poll.options[r.poll.right] for r in asked if r.poll}
