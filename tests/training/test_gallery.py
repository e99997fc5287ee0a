"""The default gallery names works as people would."""

import pytest

from training.gallery import work_of, work_title
from training.splitting import Example


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("still life with large earthenware jug 1923", "Still life with large earthenware jug"),
        ("Mademoiselle Lemonnier (1879)", "Mademoiselle Lemonnier"),
        ("1923", "1923"),
        ("don quixote 62", "Don quixote 62"),
        ("", ""),
    ],
)
def test_a_title_is_shown_without_the_year_at_its_end(given: str, shown: str) -> None:
    assert work_title(given) == shown


def test_a_work_has_an_id_of_words_joined_by_hyphens() -> None:
    example = Example("a.zip", "1.avif", "rene-magritte", "Magritte", (), "L'ami 1958", "", True)
    work = work_of(example)
    assert (work.id, work.title) == ("rene-magritte-l-ami", "L'ami")
