"""The questions of many quizzes over the whole library: well made, true, and never twice."""

import csv
import random
from collections import Counter
from collections.abc import Iterator
from functools import cache, partial

import pytest

from bot.conversation.phrases import Phrases
from bot.conversation.quizzes.making import Subject, anything, five_questions
from bot.conversation.quizzes.works import Work, of_catalogue, of_library
from bot.conversation.speech import Say
from bot.memory.quiz import Question
from bot.platforms.telegram.limits import (
    POLL_EXPLANATION_UNITS,
    POLL_OPTION_UNITS,
    POLL_QUESTION_UNITS,
)
from bot.platforms.texts import units
from knowledge.library import Library
from knowledge.spelling import normal

SEEDS = 200
LANGUAGES = ("en", "de", "fr", "es", "it")
MUSEUM = """
The Bridge;Monet, Claude (1840-1926);1873
Ballet;Degas;c. 1876
Water;Claude Monet;1899
Adoration;Scarsella Ippolito detto Scarsellino (Ferrara 1550 ca. - 1620);
Saint John;Cavedone Giacomo (Sassuolo 1577 - Bologna 1660);
Jupiter;Procaccini Camillo (Bologna 1561 - Milano 1629);
Juno;Schedoni Bartolomeo (Modena 1570 ca. - Parma 1615);
Mars;Spada Leonello (Bologna 1576 - Parma 1622);
Doubted;Campi Giulio (attr.) (Cremona 1500 ca. - 1572);1560
Nobody's;;1500
"""


@cache
def phrases() -> Phrases:
    return Phrases()


def saying(language: str) -> Say:
    return partial(_say, language)


def _say(language: str, key: str, **values: object) -> str:
    return phrases().say(key, language, **values)


def museum(library: Library) -> Subject:
    rows = csv.DictReader(MUSEUM.split("\n")[1:-1], ("title", "artist", "year"), delimiter=";")
    works = tuple(of_catalogue(library, f"m/{n}", row, f"work:{n}") for n, row in enumerate(rows))
    kinds = ("painter", "movement", "painter", "year", "painter")
    return Subject("Museum", kinds, works, ("impressionism",))


def impressionism(library: Library) -> Subject:
    painters = ("claude-monet", "edgar-degas", "berthe-morisot")
    works = tuple(of_library(w) for p in painters for w in library.artists[p].works)
    return Subject("Impressionism", ("mark", "year"), works, ("impressionism",))


def asked(library: Library) -> Iterator[tuple[Library, list[Question]]]:
    """Give the quizzes of many seeds, in every language, on all kinds of subjects."""
    for seed in range(SEEDS):
        language = LANGUAGES[seed % len(LANGUAGES)]
        told = library.in_language(language)
        subject = (anything, museum, impressionism)[seed % 3](told)
        yield told, five_questions(told, saying(language), subject, seed)


@pytest.fixture(scope="module")
def quizzes(library: Library) -> list[tuple[Library, list[Question]]]:
    return list(asked(library))


Quizzes = list[tuple[Library, list[Question]]]


def test_every_quiz_has_five_different_questions_of_four_options(quizzes: Quizzes) -> None:
    for _, questions in quizzes:
        assert len({question.subject for question in questions}) == 5
        for question in questions:
            assert len({normal(option) for option in question.options}) == 4, question


def test_every_question_is_within_what_polls_take(quizzes: Quizzes) -> None:
    for _, questions in quizzes:
        for question in questions:
            marks = "\n".join(f"• {mark}" for mark in question.marks)
            for text in (question.text, question.without):
                assert units(f"5/5 {text}\n{marks}") <= POLL_QUESTION_UNITS
            assert all(0 < units(option) <= POLL_OPTION_UNITS for option in question.options)
            assert 0 < units(question.why) <= POLL_EXPLANATION_UNITS


def test_marks_are_those_of_the_right_movement_and_of_no_other(quizzes: Quizzes) -> None:
    count = 0
    for library, questions in quizzes:
        by_name = {movement.name: movement for movement in library.movements.values()}
        for question in questions:
            if question.kind != "movement":
                continue
            count += 1
            for number, name in enumerate(question.options):
                shared = set(question.marks) & set(by_name[name].marks)
                assert shared == (set(question.marks) if number == question.right else set())
    assert count > SEEDS / 2


def test_a_movements_mark_is_its_own_and_the_others_are_not(quizzes: Quizzes) -> None:
    count = 0
    for library, questions in quizzes:
        for question in questions:
            if question.kind == "mark":
                count += 1
                own = library.movements["impressionism"].marks
                assert [option in own for option in question.options] == [
                    number == question.right for number in range(4)
                ]
    assert count > SEEDS / 4


def test_marks_name_no_movement(quizzes: Quizzes) -> None:
    for library, questions in quizzes:
        names = [f" {normal(movement.name)} " for movement in library.movements.values()]
        for question in questions:
            for mark in question.marks:
                assert not [name for name in names if name in f" {normal(mark)} "]


def test_the_right_year_is_the_librarys_and_no_other_comes_near(
    quizzes: Quizzes, library: Library
) -> None:
    kinds: Counter[int] = Counter()
    dates = {work.key: work.year for work in museum(library).works}
    for told, questions in quizzes:
        for question in questions:
            if question.kind != "year":
                continue
            known = told.paintings.get(question.subject)
            date = known.year if known else dates[question.subject]
            first = [int(option[:4]) for option in question.options]
            right = first[question.right]
            assert str(right)[:3] in date
            assert "–" in question.options[0] or str(right) == date
            assert min(abs(right - year) for year in first if year != right) >= 6
            assert first == sorted(first)
            kinds[len(question.options[0])] += 1
    assert set(kinds) == {4, 9}


def test_a_title_that_many_works_have_is_asked_about_only_with_a_picture(
    quizzes: Quizzes,
) -> None:
    for library, questions in quizzes:
        titles = Counter(normal(work.title) for work in library.paintings.values())
        for question in questions:
            if question.kind == "year" and not question.picture:
                assert titles[normal(library.paintings[question.subject].title)] == 1


def test_the_right_painter_is_the_catalogues_and_the_others_are_of_their_time(
    quizzes: Quizzes,
) -> None:
    count = 0
    for library, questions in quizzes:
        works = {work.key: work for work in museum(library).works}
        by_name = {artist.name: artist for artist in library.artists.values()}
        for question in questions:
            if question.kind != "painter":
                continue
            count += 1
            work = works[question.subject]
            assert question.options[question.right] == work.artist
            assert question.picture == work.picture
            if work.artist_id:
                born = [by_name[name].born.year or 0 for name in question.options]
                assert max(born) - min(born) <= 80
            else:
                assert set(question.options) <= {each.artist for each in works.values()}
    assert count > SEEDS / 3


def test_where_there_are_no_pictures_no_painter_is_asked_for(library: Library) -> None:
    for seed in range(20):
        questions = five_questions(library, saying("en"), anything(library), seed)
        assert {question.kind for question in questions} == {"movement", "year"}
        assert not any(question.picture for question in questions)


def test_of_a_doubted_hand_nothing_is_asked(quizzes: Quizzes) -> None:
    for _, questions in quizzes:
        assert not {"m/8", "m/9"} & {question.subject for question in questions}


def test_the_right_option_may_stand_anywhere(quizzes: Quizzes) -> None:
    places = Counter(q.right for _, questions in quizzes for q in questions)
    assert all(places[place] > SEEDS / 2 for place in range(4)), places


def test_the_same_seed_makes_the_same_quiz_and_another_another(library: Library) -> None:
    subject = anything(library)
    first, again, other = (five_questions(library, saying("en"), subject, s) for s in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_museum_with_one_name_only_is_not_asked_whose_hand_it_is(library: Library) -> None:
    works = tuple(Work(str(n), f"Work {n}", "Somebody", "", "", f"work:{n}") for n in range(9))
    questions = five_questions(
        library, saying("en"), Subject("M", ("painter",), works, ()), random.randrange(9)
    )
    assert [question.kind for question in questions].count("painter") == 0
    assert len(questions) == 5
