"""A museum's list is read as museums write it, and every bad row is told by its line."""

from pathlib import Path

import pytest

from bot.collections.listing import BadRow, Row, read_listing, write_listing
from bot.conversation.phrases import Phrases
from bot.errors import UserError

HEADER = "image,title,artist,year,room\n"


def listed(tmp_path: Path, content: str | bytes) -> list[Row | BadRow]:
    data = content.encode() if isinstance(content, str) else content
    (tmp_path / "collection.csv").write_bytes(data)
    return read_listing(tmp_path)[0]


def told(row: Row | BadRow) -> str:
    assert isinstance(row, BadRow)
    return f"{row.line}: {Phrases().explain(row.error)}"


@pytest.mark.parametrize(
    "content",
    [
        HEADER + "a.jpg, A Title ,,1900,\n",
        "\ufeff" + HEADER + "a.jpg,A Title,,1900,\n",
        "Title;IMAGE;Year\r\nA Title;a.jpg;1900\r\n",
        "year\timage\ttitle\n1900\ta.jpg\tA Title\n",
        HEADER + '\n,,,,\n"a.jpg","A Title","","1900",""',
        HEADER + "a.jpg,A Title,,1900\n",
    ],
)
def test_a_row_is_read_however_the_table_was_saved(tmp_path: Path, content: str) -> None:
    (row,) = listed(tmp_path, content)
    assert isinstance(row, Row)
    assert (row.image, row.facts) == ("a.jpg", {"title": "A Title", "year": "1900"})


def test_every_column_has_its_place_and_others_are_named(tmp_path: Path) -> None:
    columns = "image,title,original,artist,year,museum,room,text,link,colour,"
    (tmp_path / "collection.csv").write_text(columns + "\n" + "a,b,c,d,e,f,g,h,i,j,\n")
    (row,), unused = read_listing(tmp_path)
    assert isinstance(row, Row)
    assert row.facts == {
        **{"title": "b", "original": "c", "artist": "d", "year": "e", "place": "f"},
        **{"room": "g", "text": "h", "link": "i"},
    }
    assert unused == ["colour"]


def test_bad_rows_are_told_by_their_line_and_the_others_read(tmp_path: Path) -> None:
    rows = listed(
        tmp_path,
        HEADER
        + '"a.jpg","Two\nlines",,,\n'
        + ",No image,,,\n"
        + "c.jpg,,,,\n"
        + "a.jpg,Again,,,\n"
        + "../secret.jpg,Outside,,,\n"
        + "/etc/passwd,Outside,,,\n"
        + "C:\\art\\d.jpg,Outside,,,\n"
        + "e.jpg,Many,cells,here,and,there\n"
        + f"f.jpg,{'long' * 200},,,\n"
        + "sub\\g.jpg,Good,,,\n",
    )
    assert isinstance(rows[0], Row)
    assert isinstance(rows[-1], Row)
    assert rows[-1].image == "sub/g.jpg"
    assert [told(row) for row in rows[1:-1]] == [
        "4: It has no image.",
        "5: It has no title.",
        "6: a.jpg is in line 2 already.",
        "7: ../secret.jpg lies outside the folder.",
        "8: /etc/passwd lies outside the folder.",
        "9: C:/art/d.jpg lies outside the folder.",
        "10: It has 6 cells for 5 columns. Put quotes around a cell that holds the separator.",
        "11: Its title is longer than 300 characters.",
    ]


def test_a_cell_beyond_all_measure_spoils_its_row_alone(tmp_path: Path) -> None:
    rows = listed(tmp_path, HEADER + "a.jpg," + "x" * 200_000 + ",,,\nb.jpg,Good,,,\n")
    assert "field limit" in told(rows[0])
    assert isinstance(rows[-1], Row)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "has no column “image”"),
        (b"image,name\na.jpg,b\n", "has no column “title”"),
        ("image,title\na.jpg,Café\n".encode("latin-1"), "is not in UTF-8"),
    ],
)
def test_a_list_that_is_none_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(UserError) as caught:
        listed(tmp_path, content)
    assert said in Phrases().explain(caught.value)


def test_a_folder_without_a_list_is_told_what_one_is(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_listing(tmp_path / "nowhere")
    assert "image and title" in Phrases().explain(caught.value)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    works = [
        ("a.jpg", {"title": 'A "quoted", title', "text": "Two\nlines; one text.", "place": "Here"}),
        ("b/c.jpg", {"title": "日本", "original": "Ωραία"}),
    ]
    write_listing(tmp_path / "collection.csv", works)
    rows, unused = read_listing(tmp_path)
    assert [(row.image, row.facts) for row in rows if isinstance(row, Row)] == works
    assert unused == []
