"""A work is found by its name: a museum's, the famous, and those that painters are known for."""

import pytest

from bot.conversation.assistant import Assistant
from bot.conversation.speech import Parts
from tests.bot.collections.museum import picture
from tests.bot.conversation.speaking import Visitor, buttons, words


@pytest.fixture
def ann(knowing: Parts) -> Visitor:
    return Visitor(Assistant(knowing))


async def test_a_work_known_on_sight_is_told(ann: Visitor) -> None:
    told = await ann.asks("painting", "the wave by Hokusai")
    assert words(told).splitlines()[:3] == [
        "The <Wave>",
        "Hokusai · 1831 · A Museum, Paris · Room 7",
        "Look.",
    ]
    assert [b.label for b in buttons(told)] == ["Katsushika Hokusai", "Movement: Ukiyo-e"]
    assert "Katsushika Hokusai" in words(await ann.taps(told, "Katsushika"))


async def test_a_work_of_the_library_is_told(ann: Visitor) -> None:
    told = words(await ann.asks("painting", "Girl with a Pearl Earring"))
    assert "Johannes Vermeer" in told
    assert "Mauritshuis" in told
    assert told.splitlines()[1].startswith("Meisje met de parel · Johannes Vermeer · c. 1665 · oil")
    assert "Docent's editors" in told.splitlines()[-2:]


async def test_a_museums_work_is_told_with_its_room_and_originals_are_understood(
    ann: Visitor, knowing: Parts
) -> None:
    made = await knowing.collections.make("Estense", public=True)
    facts = {"title": "Jove and Europa", "original": "Giove ed Europa", "room": "19"}
    await knowing.enrolment.add(made, "1.jpg", facts, picture(4))
    told = words(await ann.asks("painting", "giove ed europa"))
    assert told.splitlines()[:2] == ["Jove and Europa", "Giove ed Europa · Room 19"]
    assert told.splitlines()[-1] == "Estense"


async def test_several_works_of_a_title_are_choices(ann: Visitor, knowing: Parts) -> None:
    made = await knowing.collections.make("Other", public=True)
    await knowing.enrolment.add(made, "1.jpg", {"title": "Wave", "artist": "Ann Red"}, picture(4))
    which = await ann.asks("painting", "wave")
    labels = [b.label for b in buttons(which)]
    assert "The <Wave> by Hokusai" in labels
    assert "Wave by Ann Red" in labels
    assert "Ann Red" in words(await ann.taps(which, "Ann Red"))
    assert "Room 7" in words(await ann.taps(which, "The <Wave>"))


async def test_of_works_of_one_title_the_famous_one_is_told_and_the_others_are_offered(
    ann: Visitor,
) -> None:
    told = await ann.asks("painting", "The Milkmaid")
    assert "Johannes Vermeer" in words(told).splitlines()[1]
    assert words(told).splitlines()[-1] == "Other works have this title too:"
    assert "Lucas van Leyden" in words(await ann.taps(told, "Lucas van Leyden"))


async def test_a_bare_title_is_told_as_well(ann: Visitor) -> None:
    assert words(await ann.says("Mona Lisa")).startswith("Mona Lisa")
    assert words(await ann.says("La Joconde")).startswith("Mona Lisa")
    assert words(await ann.says("Rembrandt")).startswith("Rembrandt")


async def test_a_misspelt_title_is_asked_about(ann: Visitor) -> None:
    which = await ann.asks("painting", "Girl with a Perl Earing")
    assert [b.label for b in buttons(which)] == ["Girl with a Pearl Earring by Johannes Vermeer"]
    assert "Mauritshuis" in words(await ann.taps(which, "Pearl"))


async def test_what_is_no_title_is_said(ann: Visitor) -> None:
    assert "Which painting?" in words(await ann.asks("painting"))
    assert "no painting called “Xyzzy”" in words(await ann.asks("painting", "Xyzzy"))
    assert "not there any more" in words(await ann.sends_data("painting:nowhere"))
