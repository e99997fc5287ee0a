"""Help where a command cannot answer a photo but takes it along."""

from dataclasses import replace

from bot.conversation.assistant import Assistant
from bot.conversation.events import Chat
from tests.bot.conversation.speaking import Visitor, words

GROUP = Chat("test", "group", is_group=True, sees_all=False)
HERE = replace(GROUP, takes_answers=False)


async def test_a_group_hears_at_the_start_when_photos_are_looked_at(assistant: Assistant) -> None:
    alone = words(await Visitor(assistant).asks("start"))
    seeing = words(await Visitor(assistant, chat=replace(GROUP, sees_all=True)).asks("start"))
    little = words(await Visitor(assistant, chat=GROUP).asks("start"))
    assert "/identify" not in alone
    assert "answer it with /identify" in seeing
    assert "made an admin" not in seeing
    assert "made an admin" in little


async def test_words_fit_the_way_in_which_photos_come(assistant: Assistant) -> None:
    asked = (("help", ""), ("identify", ""), ("settings", ""), ("tour", "start"))
    there = [words(await Visitor(assistant, chat=GROUP).asks(*each)) for each in asked]
    here = [words(await Visitor(assistant, chat=HERE).asks(*each)) for each in asked]
    assert "/identify in answer to a photo" in there[0]
    assert "/identify with a picture" in here[0]
    assert "answer it with /identify" in there[0]
    assert all("/tour takes" in each[0] for each in (there, here))
    assert "Answer a photo" in there[1]
    assert "made an admin" in there[2]
    for words_there, words_here in zip(there, here, strict=True):
        assert words_there != words_here
    assert all("nswer a photo" not in each and "admin here" not in each for each in here)
