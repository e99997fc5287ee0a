"""Every name is drawn in letters the font has, on one line, within its room."""

from pathlib import Path

import pytest
from PIL import features

from bot.vision import lettering
from bot.vision.lettering import BOLD, REGULAR, drawable, fitted, font
from knowledge.reading import read_content


def test_every_name_of_the_library_is_drawn_in_its_own_letters() -> None:
    content = read_content(Path("knowledge"))
    names = [entry.name for part in (content.artists, content.movements) for entry in part.values()]
    assert [name for name in names if drawable(name) != name] == []


@pytest.mark.parametrize(
    "name",
    [
        "Mihály Munkácsy ő Ű",
        "Łucja ł",
        "Ștefan Luchian ț",
        "Čiurlionis",
        "Ōkyo ū",
        "Νίκος",
        "Шагал",
    ],
)
def test_letters_of_europe_stay_as_they_are(name: str) -> None:
    assert drawable(name) == name


@pytest.mark.parametrize("name", ["葛飾北斎", "かなモネ", "클로드 모네"])
def test_what_the_font_lacks_is_written_in_plain_letters(name: str) -> None:
    plain = drawable(name)
    assert plain.isascii()
    assert plain


def test_the_rest_of_such_a_name_keeps_its_letters() -> None:
    assert drawable("Hokusai é 北斎").startswith("Hokusai é ")


@pytest.mark.skipif(not features.check_feature("raqm"), reason="no FriBiDi on this machine")
def test_names_from_right_to_left_stay_as_they_are() -> None:
    assert drawable("מארק שאגאל") == "מארק שאגאל"


def test_without_what_orders_them_they_are_written_in_plain_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lettering._has_letter.cache_clear()
    monkeypatch.setattr(features, "check_feature", lambda feature: False)
    assert drawable("محمود سعيد").isascii()
    lettering._has_letter.cache_clear()


def test_lines_and_control_characters_become_one_line() -> None:
    assert drawable(" a\nb\x00\u202ec\t ") == "a b c"


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
def test_a_long_name_is_cut_as_little_as_needed(weight: str) -> None:
    letters = font(weight, 42)
    name = "Maria von und zu Hohenlohe"
    width = letters.getlength(name)
    assert fitted(name, width, letters) == name
    cut = fitted(name, width - 1, letters)
    assert cut.endswith("…")
    assert name.startswith(cut[:-1])
    assert letters.getlength(cut) <= width - 1
    assert len(cut) > len(name) - 4


def test_no_room_leaves_an_ellipsis() -> None:
    assert fitted("Monet", 0, font(REGULAR, 42)) == "…"
