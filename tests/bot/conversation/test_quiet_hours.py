"""Quiet hours are understood as people write them, and what is missing is asked for."""

from datetime import time

import pytest

from bot.conversation.events import Chat, Command, Person
from bot.conversation.quiet_hours import read_quiet_hours
from bot.conversation.speech import Parts
from bot.errors import UserError
from bot.memory.quiet import QuietHours

ASKED = Command(
    id="1",
    chat=Chat("test", "group", is_group=True),
    person=Person("ann", runs_chat=True),
    name="settings",
    language="de-AT",
)


async def read(parts: Parts, words: str) -> QuietHours:
    return await read_quiet_hours(parts, ASKED, words)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("22:00-7:00", time(22), time(7)),
        ("22–7", time(22), time(7)),
        ("2230-0615", time(22, 30), time(6, 15)),
        ("22.30 - 6.15", time(22, 30), time(6, 15)),
        ("10pm-7am", time(22), time(7)),
        ("from 10:30 pm until 7 am", time(22, 30), time(7)),
        ("12am-12pm", time(0), time(12)),
        ("von 22 Uhr bis 7 Uhr", time(22), time(7)),
        ("22h30 à 7h", time(22, 30), time(7)),
        ("dalle 22 alle 7", time(22), time(7)),
        ("20:00-24:00", time(20), time(0)),
    ],
)
async def test_hours_in_many_spellings(parts: Parts, words: str, start: time, end: time) -> None:
    assert await read(parts, f"{words} UTC") == QuietHours(start, end, "UTC")


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Europe/Rome", "Europe/Rome"),
        ("europe/rome", "Europe/Rome"),
        ("(Rome)", "Europe/Rome"),
        (", Wien", "Europe/Vienna"),
        ("Nueva York", "America/New_York"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        ("UTC", "UTC"),
        ("gmt", "UTC"),
        ("+0", "UTC"),
        ("UTC+2", "UTC+02:00"),
        ("GMT -3:30", "UTC-03:30"),
        ("+0545", "UTC+05:45"),
        ("−5", "UTC-05:00"),
    ],
)
async def test_a_zone_is_a_name_a_city_or_an_offset(parts: Parts, words: str, zone: str) -> None:
    assert await read(parts, f"22:00-7:00 {words}") == QuietHours(time(22), time(7), zone)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "later",
        "22:00",
        "25-3 UTC",
        "22:70-7 UTC",
        "13pm-7am UTC",
        "7-7 UTC",
        "24:30-7",
        "222-7",
    ],
)
async def test_hours_that_are_none_are_asked_for_again(parts: Parts, words: str) -> None:
    with pytest.raises(UserError) as error:
        await read(parts, words)
    assert error.value.key == "set_quiet_unclear"
    assert error.value.values == {"zone": "Europe/Berlin"}


@pytest.mark.parametrize(
    "words", ["Atlantis", "UTC+19", "UTC+1:75", "../../etc/passwd", "Etc/GMT+5"]
)
async def test_a_zone_that_is_none_is_said_back(parts: Parts, words: str) -> None:
    with pytest.raises(UserError) as error:
        await read(parts, f"22:00-7:00 {words}")
    assert error.value.key == "set_zone_unknown"
    assert error.value.values["name"] == words


async def test_without_a_zone_it_is_asked_for_with_the_hours_kept(parts: Parts) -> None:
    with pytest.raises(UserError) as error:
        await read(parts, "22-7")
    said = parts.phrases.explain(error.value, "en")
    assert "22:00–07:00 in which time zone?" in said
    told = said.partition("/settings quiet ")[2].rstrip("”")
    assert await read(parts, told) == QuietHours(time(22), time(7), "Europe/Berlin")
