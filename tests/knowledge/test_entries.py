"""The life line of a painter."""

import pytest

from knowledge.entries import Moment, life_line


@pytest.mark.parametrize(
    ("born", "died", "line"),
    [
        (Moment(1853, False, "Zundert"), Moment(1890, False, ""), "1853–1890"),
        (Moment(1600, True, ""), Moment(1640, False, ""), "c. 1600–1640"),
        (Moment(1941, False, ""), None, "born 1941"),
        (Moment(None, False, ""), Moment(1640, True, ""), "died c. 1640"),
        (Moment(None, False, "Delft"), None, ""),
    ],
)
def test_the_life_line_says_what_is_known(born: Moment, died: Moment | None, line: str):
    assert life_line(born, died) == line
