"""Those who run a chat settle what Docent does there; what is settled holds from then on."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.conversation.assistant import Assistant
from bot.conversation.events import Chat, Person
from bot.conversation.replies import Bullets, Note, Reply
from bot.conversation.settling import answers_all
from bot.conversation.speech import Parts
from bot.memory.chats import ChatSettings
from bot.memory.quiet import QuietHours
from bot.memory.store import Place
from tests.bot.conversation.speaking import BOB, Visitor, buttons, words

GROUP = Chat("test", "group", is_group=True)
ANN = Person("ann", "Ann", runs_chat=True)
HERE = Place("test", "group", "ann")
NIGHT = QuietHours(time(22), time(7), "Europe/Rome")


@pytest.fixture
def ann(assistant: Assistant) -> Visitor:
    """One who runs the group."""
    return Visitor(assistant, ANN, GROUP)


@pytest.fixture
def bob(assistant: Assistant) -> Visitor:
    """One who does not."""
    return Visitor(assistant, BOB, GROUP)


def lines(reply: Reply) -> tuple[str, ...]:
    """Return the lines of a page, a setting each."""
    return next(block.items for block in reply.blocks if isinstance(block, Bullets))


async def test_the_page_shows_each_setting_as_it_is_at_first(ann: Visitor) -> None:
    page = await ann.asks("settings")
    assert [line.partition(":")[::2] for line in lines(page)] == [
        ("Photos", " I look only when somebody calls me, by my name, a command or an answer to me"),
        ("Quiet hours", " none"),
        ("Language", " that of each person's app"),
        ("Museum", " none in particular"),
        ("Tours", " anybody may start one"),
        ("A tour's photos", " looked at, and not kept"),
    ]
    assert len(buttons(page)) == 6
    assert not page.replaces


async def test_each_switch_is_tapped_to_and_fro_in_the_same_message(
    ann: Visitor, parts: Parts
) -> None:
    page = await ann.asks("settings")
    there = ("Look at every photo", "Tours by admins only", "Keep a tour's photos")
    back = ("Look only when called", "Let anybody start tours", "Keep no photos")
    for label in there:
        page = await ann.taps(page, label)
        assert page.replaces
        assert page.toast == "Settled."
    assert await parts.chats.settings(HERE) == ChatSettings("all", "admins", True, None)
    for label in back:
        page = await ann.taps(page, label)
    assert await parts.chats.settings(HERE) == ChatSettings()
    assert lines(page) == lines(await ann.asks("settings"))


async def test_a_button_tapped_twice_does_not_toggle_back(ann: Visitor, parts: Parts) -> None:
    page = await ann.asks("settings")
    await ann.taps(page, "Look at every photo")
    await ann.taps(page, "Look at every photo")
    assert (await parts.chats.settings(HERE)).photos == "all"


async def test_who_does_not_run_the_group_sees_it_and_is_told_who_may(
    ann: Visitor, bob: Visitor, parts: Parts
) -> None:
    page = await bob.asks("settings")
    assert lines(page) == lines(await ann.asks("settings"))
    assert not buttons(page)
    assert "Those who run this group settle these things" in words(page)
    assert not buttons(await bob.asks("settings", "photos all"))
    refused = await bob.taps(await ann.asks("settings"), "Look at every photo")
    assert (refused.blocks, refused.replaces) == ((), False)
    assert "Only those who run this group" in refused.toast
    opened = await bob.sends_data("set:language")
    assert opened.blocks == ()
    assert await parts.chats.settings(HERE) == ChatSettings()


async def test_in_private_everybody_settles_what_makes_sense_there(assistant: Assistant) -> None:
    bob = Visitor(assistant, BOB)
    page = await bob.asks("settings")
    assert [line.partition(":")[0] for line in lines(page)] == [
        *("Language", "Museum", "A tour's photos"),
    ]
    assert "in groups" not in words(page)
    for typed in ("quiet 22-7 UTC", "photos all", "tours admins"):
        assert "something for groups" in words(await bob.asks("settings", typed))
    assert "Sprache: Deutsch" in lines(await bob.asks("settings", "language German"))


@pytest.mark.parametrize(
    ("typed", "settled"),
    [
        ("photos all", ChatSettings(photos="all")),
        ("Photos: ALL", ChatSettings(photos="all")),
        ("Fotos alle", ChatSettings(photos="all")),
        ("images toutes", ChatSettings(photos="all")),
        ("tours admins", ChatSettings(tours="admins")),
        ("recorridos administradores", ChatSettings(tours="admins")),
        ("keep photos yes", ChatSettings(keep_photos=True)),
        ("conserva le foto sì", ChatSettings(keep_photos=True)),
        ("quiet 22:00-7:00 Europe/Rome", ChatSettings(quiet=NIGHT)),
        ("quiet hours from 10pm to 7am, rome", ChatSettings(quiet=NIGHT)),
        ("Ruhezeit 22 Uhr bis 7 Uhr Rom", ChatSettings(quiet=NIGHT)),
        ("heures calmes 22h00 à 7h Europe/Rome", ChatSettings(quiet=NIGHT)),
    ],
)
async def test_it_may_be_written_in_any_language(
    ann: Visitor, parts: Parts, typed: str, settled: ChatSettings
) -> None:
    page = await ann.asks("settings", typed)
    assert len(lines(page)) == 6
    assert await parts.chats.settings(HERE) == settled


@pytest.mark.parametrize("key", ["photos", "quiet", "language", "museum", "tours", "keep"])
async def test_every_language_has_words_of_its_own_for_every_setting(
    parts: Parts, key: str
) -> None:
    for language in parts.phrases.languages:
        for word in parts.phrases.say(f"set_word_{key}", language).split(","):
            page = await Visitor(Assistant(parts), ANN, GROUP).asks("settings", word)
            assert "I do not know" not in words(page), word


@pytest.mark.parametrize("switch", ["photos called", "photos all", "tours everyone", "keep no"])
async def test_every_language_has_words_of_its_own_for_every_value(
    parts: Parts, switch: str
) -> None:
    setting, value = switch.split()
    for language in parts.phrases.languages:
        for word in parts.phrases.say(f"set_word_{value}", language).split(","):
            told = await Visitor(Assistant(parts), ANN, GROUP).asks("settings", f"{setting} {word}")
            assert isinstance(told.blocks[1], Bullets), word


@pytest.mark.parametrize("typed", ["frobnicate", "all", "photos maybe", "?", "keep 22:00"])
async def test_what_is_no_setting_is_said(ann: Visitor, parts: Parts, typed: str) -> None:
    assert "I do not know what to settle" in words(await ann.asks("settings", typed))
    assert await parts.chats.settings(HERE) == ChatSettings()


async def test_the_language_is_chosen_and_the_page_speaks_it_at_once(ann: Visitor) -> None:
    choice = await ann.taps(await ann.asks("settings"), "Language…")
    assert choice.replaces
    page = await ann.taps(choice, "Deutsch")
    assert "Sprache: Deutsch" in lines(page)
    await ann.taps(await ann.taps(page, "Sprache"), "Je nach App")
    assert "Language: that of each person's app" in lines(await ann.asks("settings"))
    assert "“Klingon”" in words(await ann.asks("settings", "language Klingon"))


async def test_the_museum_is_chosen_and_left(ann: Visitor, parts: Parts) -> None:
    assert "no museum yet" in words(await ann.asks("settings", "museum"))
    first = await parts.collections.make("Estense", public=True)
    await parts.collections.make("Secret", Place("test", "elsewhere", "eve"), public=False)
    choice = await ann.taps(await ann.asks("settings"), "Museum…")
    assert [button.label for button in buttons(choice)] == ["Estense", "Back"]
    page = await ann.taps(choice, "Estense")
    assert "Museum: Estense" in lines(page)
    assert await parts.chats.museum(HERE) == first.id
    page = await ann.taps(await ann.taps(page, "Museum…"), "No museum in particular")
    assert await parts.chats.museum(HERE) is None
    await ann.asks("settings", "museum estense")
    assert await parts.chats.museum(HERE) == first.id
    assert "“Louvre”" in words(await ann.asks("settings", "museum Louvre"))
    assert "not there any more" in (await ann.sends_data("set:museum #99")).toast


async def test_quiet_hours_are_chosen_by_the_clocks_that_the_chat_told(
    ann: Visitor, parts: Parts
) -> None:
    choice = await ann.taps(await ann.asks("settings"), "Quiet hours…")
    assert "22:00–07:00 Europe/London" in [button.label for button in buttons(choice)]
    await ann.asks("settings", "quiet 23-6 UTC+5:30")
    choice = await ann.taps(await ann.asks("settings"), "Quiet hours…")
    page = await ann.taps(choice, "20:00–08:00 UTC+05:30")
    assert "Quiet hours: 20:00–08:00 (UTC+05:30)" in lines(page)
    page = await ann.taps(await ann.taps(page, "Quiet hours…"), "No quiet hours")
    assert "Quiet hours: none" in lines(page)
    assert "Quiet hours: 21:30–06:00 (UTC+05:30)" in lines(
        await ann.asks("settings", "quiet 21:30-6")
    )
    await ann.asks("settings", "quiet off")
    assert (await parts.chats.settings(HERE)).quiet is None


async def test_back_leads_to_the_page(ann: Visitor) -> None:
    choice = await ann.taps(await ann.asks("settings"), "Quiet hours…")
    back = await ann.taps(choice, "Back")
    assert (lines(back), back.replaces) == (lines(await ann.asks("settings")), True)


async def test_where_the_platform_shows_little_the_page_says_so(assistant: Assistant) -> None:
    deaf = Visitor(assistant, ANN, replace(GROUP, sees_all=False))
    assert "I am shown only what calls me" in words(await deaf.asks("settings"))
    hearing = await Visitor(assistant, ANN, GROUP).asks("settings")
    assert "I am shown only" not in words(hearing)
    how = [block.text for block in hearing.blocks if isinstance(block, Note)]
    assert how == [
        "You can write it, too: “/settings photos all” or"
        " “/settings quiet 22:00-7:00 Europe/London”."
    ]


async def test_every_photo_is_looked_at_only_where_that_was_settled_and_not_when_it_is_quiet(
    ann: Visitor, parts: Parts
) -> None:
    day, night = datetime(2026, 1, 15, 12, tzinfo=UTC), datetime(2026, 1, 15, 23, tzinfo=UTC)
    assert not await answers_all(parts, HERE, day)
    await ann.asks("settings", "photos all")
    assert [await answers_all(parts, HERE, now) for now in (day, night)] == [True, True]
    await ann.asks("settings", "quiet 22:00-7:00 Europe/Rome")
    assert [await answers_all(parts, HERE, now) for now in (day, night)] == [True, False]
    assert not await answers_all(parts, Place("test", "another group", ""), day)
