"""What is said of a tour."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation.recap import words
from bot.conversation.recap.data import Standing
from bot.conversation.speech import Say
from tests.bot.conversation.recap.conftest import saying
from tests.bot.conversation.recap.tours import START, stop, tour


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "23 November 2026 · 70 minutes · 12 stops · 1 person"),
        ("de", "23. November 2026 · 70 Minuten · 12 Stationen · 1 Person"),
        ("fr", "23 novembre 2026 · 70 minutes · 12 étapes · 1 personne"),
        ("es", "23 de noviembre de 2026 · 70 minutos · 12 paradas · 1 persona"),
        ("it", "23 novembre 2026 · 70 minuti · 12 tappe · 1 persona"),
    ],
)
def test_the_day_is_written_in_the_language(language: str, said: str) -> None:
    recap = replace(tour(12, 1, pictures=False), ended=START + timedelta(minutes=70))
    assert words.summary(saying(language), language, recap) == said


def test_a_tour_over_night_tells_both_days(say: Say) -> None:
    recap = replace(tour(1, 1, pictures=False), ended=START + timedelta(hours=20))
    assert words.when("en", recap) == ("23–24 Nov 2026", "20 hours")


def test_a_tour_of_a_moment_lasted_a_minute() -> None:
    recap = replace(tour(1, 1, pictures=False), ended=START + timedelta(seconds=3))
    assert words.when("en", recap)[1] == "1 minute"


@pytest.mark.parametrize(
    ("title", "artist", "year", "said"),
    [
        ("The Wave", "Hokusai", "c. 1831", "The Wave by Hokusai, c. 1831"),
        ("", "Hokusai", "", "A work by Hokusai"),
        ("The Wave", "", "1831", "The Wave, 1831"),
        ("", "", "", "A work that kept its secret"),
    ],
)
def test_a_work_is_told_as_far_as_it_is_known(
    say: Say, title: str, artist: str, year: str, said: str
) -> None:
    assert words.work(say, stop(1, title=title, artist=artist, year=year)) == said


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (["Ann"], "Ann"),
        (["Ann", "Bob"], "Ann and Bob"),
        (["Ann", "Bob", "Cleo", "Dan"], "Ann, Bob and 2 more"),
        (["Ann", "Bob", "Cleo"], "Ann, Bob and Cleo"),
        (["A" * 50], "A" * 23 + "…"),
    ],
)
def test_names_are_listed_and_long_lists_counted(say: Say, people: list[str], said: str) -> None:
    assert words.names(say, "en", people, 2) == said


def test_one_right_answer_is_no_streak(say: Say) -> None:
    assert words.standing_line(say, Standing(1, "Ann", 1, 9, 1)) == "1. Ann: 1 point"
    assert words.standing_line(say, Standing(2, "Bob", 4, 9, 3)).endswith("3 right in a row")


def test_those_who_share_points_share_their_rank() -> None:
    recap = tour(1, 5, pictures=False)
    table = (Standing(1, "Z", 5, 5, 1), Standing(3, "C", 2, 5, 0), Standing(1, "A", 5, 5, 1))
    found = words.reached(replace(recap, standings=table))
    assert [(one.rank, one.name) for one in found] == [(1, "A"), (1, "Z"), (3, "C")]


def test_who_has_no_points_is_thanked_and_not_ranked(say: Say) -> None:
    table = (Standing(1, "Ann", 3, 5, 1), Standing(2, "Bob", 0, 5, 0))
    recap = replace(tour(1, 2, pictures=False), standings=table)
    assert [one.name for one in words.reached(recap)] == ["Ann"]
    assert "thank you, Bob" in words.thanks(say, "en", recap, 9)
