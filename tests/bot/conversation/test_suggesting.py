"""What somebody may be typing."""

from dataclasses import replace

from bot.conversation.assistant import COMMANDS, Assistant
from bot.conversation.events import Chat, Command, Person
from bot.conversation.speech import Parts
from bot.conversation.suggesting import SUGGESTED, Suggestion, Suggestions
from bot.memory.store import Place


def typing(name: str, typed: str, language: str = "en", person: str = "ann") -> Command:
    return Command(
        id="1",
        chat=Chat("discord", "hall"),
        person=Person(person),
        language=language,
        name=name,
        argument=typed,
    )


async def labels(assistant: Assistant, *asked: str, most: int = 25) -> list[str]:
    return [each.label for each in await assistant.suggest(typing(*asked), most)]


def test_beginnings_go_before_words_within_and_accents_do_not_matter() -> None:
    names = ["Élan Vital", "Paul Élan", "Elantown"]
    known = Suggestions((Suggestion(name, name), (name,)) for name in names)
    assert [each.label for each in known.find("élan", 9)] == ["Élan Vital", "Elantown", "Paul Élan"]
    assert [each.label for each in known.find(" ", 2)] == names[:2]
    assert known.find("lan", 9) == []


async def test_painters_and_movements_by_their_beginning_another_name_or_a_slip(
    assistant: Assistant,
) -> None:
    assert "Johannes Vermeer" in await labels(assistant, "artist", "ver")
    assert await labels(assistant, "artist", "el greco") == ["El Greco"]
    assert "Johannes Vermeer" in await labels(assistant, "works", "Vermer")
    assert "Impressionism" in await labels(assistant, "movement", "impre")
    either = await labels(assistant, "timeline", "b")
    assert {"Baroque"} <= set(either)
    assert len(either) <= 25


async def test_painting_is_asked_for_with_its_painter(assistant: Assistant) -> None:
    (first, *_) = await assistant.suggest(typing("painting", "girl with a p"), 5)
    assert first == Suggestion(
        "Girl with a Pearl Earring – Johannes Vermeer", "Girl with a Pearl Earring Johannes Vermeer"
    )


async def test_nothing_typed_gives_those_of_whom_most_is_told(
    assistant: Assistant, parts: Parts
) -> None:
    some = await labels(assistant, "artist", "", most=7)
    works = {artist.name: len(artist.works) for artist in parts.library.artists.values()}
    assert len(some) == 7
    assert min(works[name] for name in some) >= 10


async def test_names_are_in_the_language_that_is_spoken(assistant: Assistant) -> None:
    assert "Impressionismus" in await labels(assistant, "movement", "impre", "de-AT")
    assert await labels(assistant, "language", "de") == ["Deutsch"]


async def test_museum_is_suggested_to_those_who_may_go_there(
    assistant: Assistant, parts: Parts
) -> None:
    await parts.collections.make("Ours", Place("discord", "hall", "ann"), public=False)
    await parts.collections.make("Theirs", Place("telegram", "x", "bob"), public=False)
    await parts.collections.make("The Louvre", Place("", "", ""), public=True)
    assert set(await labels(assistant, "museum", "")) == {"Ours", "The Louvre"}


async def test_a_command_without_names_gets_none(assistant: Assistant) -> None:
    assert await labels(assistant, "help", "") == []
    assert set(SUGGESTED) < set(COMMANDS)


async def test_every_suggestion_leads_to_one_entry(parts: Parts) -> None:
    for artist in parts.library.artists.values():
        assert parts.library.find_artist(artist.name).ids == (artist.id,)
    for movement in parts.library.movements.values():
        assert parts.library.find_movement(movement.name).ids == (movement.id,)


async def test_settings_are_those_of_the_chat_in_its_language(assistant: Assistant) -> None:
    alone = typing("settings", "")
    assert [each.value for each in await assistant.suggest(alone, 25)] == [
        *("language", "museum", "keep no", "keep yes"),
    ]
    group = replace(typing("settings", "foto", "de"), chat=Chat("discord", "hall", is_group=True))
    assert await assistant.suggest(group, 2) == [
        Suggestion("Nur auf Ruf hinsehen", "photos called"),
        Suggestion("Jedes Foto ansehen", "photos all"),
    ]
