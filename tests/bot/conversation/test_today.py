"""`/today` tells who was born or died on a day, and shows another painting each day."""

from datetime import date, timedelta

from bot.conversation.assistant import Assistant
from bot.conversation.events import Command
from bot.conversation.speech import Parts
from bot.conversation.today import on_day, painting_of
from tests.bot.conversation.speaking import ANN, CHAT, Visitor, buttons, fresh, words


def today(language: str = "en") -> Command:
    return Command(id=fresh(), chat=CHAT, person=ANN, name="today", language=language)


async def test_the_painters_of_a_day_are_told_and_lead_to_their_lives(
    assistant: Assistant, parts: Parts
) -> None:
    told = on_day(parts, today(), date(2027, 3, 30))
    lines = words(told).splitlines()
    assert lines[0] == "30 March"
    assert "Vincent van Gogh was born on this day in 1853." in lines
    assert "Francisco de Goya was born on this day in 1746." in lines
    life = await Visitor(assistant).taps(told, "Vincent van Gogh")
    assert words(life).startswith("Vincent van Gogh")


def test_a_day_of_nobody_still_has_its_painting(parts: Parts) -> None:
    nobody = next(
        day
        for day in (date(2027, 1, 1) + timedelta(n) for n in range(365))
        if "on this day" not in words(on_day(parts, today(), day))
    )
    told = on_day(parts, today(), nobody)
    assert "A painting for today: " in words(told)
    assert len(buttons(told)) == 1


def test_every_painting_with_a_story_has_its_day_before_one_comes_again(parts: Parts) -> None:
    told = [painting for painting in parts.library.paintings.values() if painting.text]
    days = [date(2027, 1, 1) + timedelta(n) for n in range(len(told))]
    found = [painting_of(parts.library, day) for day in days]
    assert {painting.id for painting in found if painting} == {painting.id for painting in told}
    assert painting_of(parts.library, days[0]) == painting_of(
        parts.library, days[-1] + timedelta(1)
    )


async def test_today_is_asked_by_a_command(assistant: Assistant) -> None:
    assert "A painting for today" in words(await Visitor(assistant).asks("today"))


def test_the_date_is_in_the_visitors_language(parts: Parts) -> None:
    said = {"fr": "14 juillet", "de": "14. Juli", "es": "14 de julio", "it": "14 luglio"}
    for language, line in said.items():
        told = on_day(parts.in_language(language), today(language), date(2027, 7, 14))
        assert words(told).splitlines()[0] == line
