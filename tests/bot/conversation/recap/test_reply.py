"""The message at the end of a tour."""

import subprocess
import sys
from dataclasses import replace
from functools import partial

import pytest

from bot.conversation.recap.data import Recap
from bot.conversation.recap.reply import STOPS_SHOWN, recap_blocks, recap_reply
from bot.conversation.replies import Reply, Title
from bot.conversation.speech import Parts, Say
from bot.platforms.discord.rendering import messages as discord_messages
from bot.platforms.telegram import limits as telegram_limits
from bot.platforms.telegram.rendering import render
from bot.platforms.texts import units
from tests.bot.conversation.recap.conftest import saying
from tests.bot.conversation.recap.tours import START, tour
from tests.bot.conversation.speaking import words

LANGUAGES = ("de", "en", "es", "fr", "it")


async def recapped(parts: Parts, recap: Recap, language: str = "en") -> Reply:
    return await recap_reply(parts, partial(parts._say, language), language, recap)


async def test_it_has_an_album_with_the_timeline_last_and_two_files(parts: Parts) -> None:
    recap = tour(3, 6)
    reply = await recapped(parts, recap)
    *photos, timeline = reply.pictures
    assert [p.data for p in photos] == [stop.picture for stop in recap.stops]
    assert photos[0].alt == "Stop 1: The Great Wave by Katsushika Hokusai, c. 1831"
    assert timeline.mime == "image/png"
    assert "Symbolism: 1880–1910" in timeline.alt.splitlines()
    assert [(d.name, d.data[:4]) for d in reply.documents] == [
        ("docent-2026-11-23.pdf", b"%PDF"),
        ("docent-2026-11-23.csv", b"\xef\xbb\xbfn"),
    ]


async def test_it_tells_the_stops_and_how_the_game_went(parts: Parts) -> None:
    told = words(await recapped(parts, tour(3, 6)))
    lines = told.splitlines()
    assert lines[0] == "Our tour: Gallerie Estensi"
    assert "1. The Great Wave by Katsushika Hokusai, c. 1831 · Bob and Zoë" in lines
    assert "2. Sonata of the Sea. Finale by Mikalojus Konstantinas Čiurlionis, 1908" in told
    assert "1. Ann 1: 6 points, 2 right in a row" in lines
    assert "wrong" not in told.lower()
    assert "last" not in told.lower()


async def test_without_a_game_there_is_no_table(parts: Parts) -> None:
    reply = await recapped(parts, tour(3, 6, game=False, pictures=False))
    assert "The guessing game" not in words(reply)
    assert len(reply.pictures) == 1


async def test_a_tour_without_a_stop_gets_a_sentence_and_no_files(parts: Parts) -> None:
    reply = await recapped(parts, Recap("", START, START, (), (), 2))
    assert "no painting was met" in words(reply)
    assert not reply.pictures
    assert not reply.documents


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_told_in_the_language_that_is_asked_for(parts: Parts, language: str) -> None:
    say = saying(language)
    reply = await recapped(parts, tour(5, 2, pictures=False), language)
    first = reply.blocks[0]
    assert isinstance(first, Title)
    assert first.text == say("recap_title", museum="Gallerie Estensi")
    name = parts.library.in_language(language).movements["impressionism"].name
    assert f"{name}: 1867–1886" in reply.pictures[0].alt


@pytest.mark.parametrize("language", LANGUAGES)
def test_sixty_stops_and_thirty_people_fit_one_message_uncut(language: str) -> None:
    say = saying(language)
    recap = tour(60, 30, pictures=False)
    reply = Reply(recap_blocks(say, language, recap))
    shown = render(reply)
    assert all(f"{n}. " in shown.html for n in range(1, STOPS_SHOWN + 1))
    assert say("recap_more_stops", count=60 - STOPS_SHOWN) in shown.html
    assert say("recap_files") in shown.html
    assert units(words(reply)) + 60 < telegram_limits.TEXT_UNITS
    (message,) = discord_messages(reply)
    embed = message.embed()
    assert embed is not None
    assert embed.description is not None
    assert say("recap_files") in embed.description
    assert "12\\." in embed.description or "12." in embed.description


async def test_an_album_of_a_long_tour_is_one_message(parts: Parts) -> None:
    reply = await recapped(parts, tour(14, 4))
    assert len(reply.pictures) == 10
    (message,) = discord_messages(replace(reply, documents=()))
    assert len(message.pictures) == 10


def test_names_that_are_too_long_are_cut(say: Say) -> None:
    recap = tour(30, 20, pictures=False)
    stops = tuple(
        replace(s, title="T" * 400, artist="A" * 400, by=("N" * 400,) * 9) for s in recap.stops
    )
    table = tuple(replace(one, name="N" * 400) for one in recap.standings)
    reply = Reply(recap_blocks(say, "en", replace(recap, stops=stops, standings=table)))
    assert units(words(reply)) + 60 < telegram_limits.TEXT_UNITS


def test_a_bot_without_tours_does_not_load_what_writes_pdfs() -> None:
    code = "import sys, bot.conversation.recap.reply; sys.exit('fpdf' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
