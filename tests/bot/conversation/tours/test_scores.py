"""The table is a plain count of the taps, whatever they are."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.tours.scores import standings, streaks, winner
from bot.memory.rounds import Round

PEOPLE = {person: person.upper() for person in "abcdefg"}
NOW = datetime(2026, 11, 23, tzinfo=UTC)
HANDS = (("1", "One"), ("2", "Two"), ("3", "Three"))
taps = st.dictionaries(st.sampled_from(sorted(PEOPLE)), st.integers(0, 2))
answers = st.one_of(st.none(), st.integers(0, 2))


def round_of(stop: int, tapped: dict[str, int], answer: int | None, *, closed: bool) -> Round:
    return Round(stop, stop, HANDS, answer, NOW, NOW if closed else None, "", tapped)


@st.composite
def games(draw: st.DrawFn) -> list[Round]:
    rounds = draw(st.lists(st.tuples(taps, answers, st.booleans()), max_size=12))
    return [round_of(n, t, a, closed=closed) for n, (t, a, closed) in enumerate(rounds)]


@given(games())
def test_points_are_the_right_taps_counted_one_by_one(rounds: list[Round]) -> None:
    told = {each.name: each.points for each in standings(PEOPLE, rounds)}
    for person, name in PEOPLE.items():
        played = right = 0
        for each in rounds:
            if each.closed and each.answer is not None and person in each.taps:
                played += 1
                right += each.taps[person] == each.answer
        assert told.get(name) == (right if played else None)


@given(games())
def test_a_rank_is_one_more_than_how_many_have_more_points(rounds: list[Round]) -> None:
    table = standings(PEOPLE, rounds)
    for each in table:
        assert each.rank == 1 + sum(other.points > each.points for other in table)
    assert [each.rank for each in table] == sorted(each.rank for each in table)


def test_a_round_somebody_sat_out_breaks_no_streak() -> None:
    rounds = [
        round_of(1, {"a": 0}, 0, closed=True),
        round_of(2, {"b": 0}, 0, closed=True),
        round_of(3, {"a": 1}, 1, closed=True),
        round_of(4, {"a": 2}, 1, closed=True),
    ]
    assert streaks("a", rounds) == [1, 2, 0]
    (first, _) = standings(PEOPLE, rounds)
    assert (first.name, first.points, first.answered, first.best_streak) == ("A", 2, 3, 2)


def test_a_round_without_an_answer_counts_for_nobody() -> None:
    assert standings(PEOPLE, [round_of(1, {"a": 0}, None, closed=True)]) == ()


def test_the_guide_decides_then_most_of_at_least_two() -> None:
    assert winner({"a": 0, "b": 0, "guide": 2}, "guide") == (2, "guide")
    assert winner({"a": 0, "b": 0, "c": 1}, "guide") == (0, "majority")
    assert winner({"a": 0, "b": 1}, "guide") == (None, "")
    assert winner({"a": 0}, "guide") == (None, "")
    assert winner({}, "guide") == (None, "")
