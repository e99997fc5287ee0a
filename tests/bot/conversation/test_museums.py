"""A chat says where it is; that museum's works are looked for first."""

import pytest

from bot.collections.enrolment import Enrolment
from bot.conversation.assistant import Assistant
from bot.conversation.events import Chat
from bot.conversation.speech import Parts
from bot.memory.collections import Collection
from tests.bot.collections.museum import picture
from tests.bot.conversation.speaking import Visitor, buttons, words


@pytest.fixture
def ann(knowing: Parts) -> Visitor:
    return Visitor(Assistant(knowing))


async def museum(
    parts: Parts, name: str, seed: int, *, public: bool = True, title: str = "A Work"
) -> Collection:
    enrolment: Enrolment = parts.enrolment
    made = await enrolment.collections.make(name, public=public)
    await enrolment.add(made, "1.jpg", {"title": title, "room": "12"}, picture(seed))
    return made


async def test_a_chat_goes_to_a_museum_and_leaves_it(ann: Visitor, knowing: Parts) -> None:
    made = await museum(knowing, "Galleria Estense", 1, title="The Wave, here")
    assert "do not know where you are" in words(await ann.asks("museum"))
    assert "Welcome to Galleria Estense" in words(await ann.asks("museum", "estense"))
    await knowing.collections.publish(made.id, public=False)
    seen = words(await ann.shows(picture(1)))
    assert seen.splitlines()[0] == "The Wave, here"
    assert "Room 12" in seen
    here = await ann.asks("museum")
    assert "You are in Galleria Estense" in words(here)
    elsewhere = Visitor(ann.assistant, chat=Chat("test", "elsewhere"))
    assert words(await elsewhere.shows(picture(1))).splitlines()[0] == "The <Wave>"
    assert "nowhere in particular" in words(await ann.taps(here, "Leave"))
    assert words(await ann.shows(picture(1))).splitlines()[0] == "The <Wave>"
    assert "no works of a museum" in words(await ann.asks("museum", "Galleria Estense"))
    await knowing.collections.publish(made.id, public=True)
    assert "Welcome" in words(await ann.asks("museum", "Galleria Estense"))
    assert "nowhere in particular" in words(await ann.asks("museum", "OFF"))


async def test_several_museums_are_offered(ann: Visitor, knowing: Parts) -> None:
    for seed, name in ((4, "City Gallery"), (5, "Gallery of Maps"), (6, "Louvre")):
        await museum(knowing, name, seed)
    which = await ann.asks("museum", "gallery")
    assert [b.label for b in buttons(which)] == ["City Gallery", "Gallery of Maps"]
    assert "Welcome to Gallery of Maps" in words(await ann.taps(which, "Maps"))
    unknown = await ann.asks("museum", "Prado")
    assert "no works of a museum called “Prado”" in words(unknown)
    assert len(buttons(unknown)) == 3
    assert [b.label for b in buttons(await ann.asks("museum"))] == [
        "Leave Gallery of Maps",
        "City Gallery",
        "Louvre",
    ]


async def test_a_private_museum_is_not_for_strangers(ann: Visitor, knowing: Parts) -> None:
    made = await museum(knowing, "Hidden", 4, public=False)
    assert "no works of a museum called" in words(await ann.asks("museum", "Hidden"))
    assert "not there any more" in words(await ann.sends_data(f"museum:{made.id}"))
    await knowing.collections.publish(made.id, public=True)
    assert "Welcome" in words(await ann.asks("museum", "Hidden"))


async def test_a_museum_that_is_gone_is_left(ann: Visitor, knowing: Parts) -> None:
    made = await museum(knowing, "Short-lived", 4)
    offered = await ann.asks("museum")
    await ann.asks("museum", "Short-lived")
    await knowing.collections.remove(made.id)
    assert "do not know where you are" in words(await ann.asks("museum"))
    assert "not there any more" in words(await ann.taps(offered, "Short-lived"))
    assert words(await ann.shows(picture(1))).splitlines()[0] == "The <Wave>"
