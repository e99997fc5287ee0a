"""The content compiled into one SQLite file."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from knowledge import compiled
from knowledge.compiled import load
from knowledge.content import ContentError
from knowledge.reading import read_content
from tests.knowledge.content_folder import change


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "state" / "knowledge.sqlite3"


def test_the_store_gives_back_exactly_what_the_files_say(folder: Path, store: Path):
    first = load(folder, store)
    assert first == read_content(folder)
    assert load(folder, store) == first


def test_a_second_start_reads_no_content_file(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
):
    load(folder, store)
    monkeypatch.setattr(compiled, "read_content", lambda folder: pytest.fail("read anew"))
    assert "johannes-vermeer" in load(folder, store).artists


def test_changed_content_builds_the_store_anew(folder: Path, store: Path):
    load(folder, store)
    change(folder / "artists/johannes-vermeer.toml", '"Jan Vermeer"', '"Joannis ver Meer"')
    assert load(folder, store).artists["johannes-vermeer"].other_names[0] == "Joannis ver Meer"
    assert load(folder, store) == read_content(folder)


def test_a_removed_entry_leaves_the_store(folder: Path, store: Path):
    load(folder, store)
    (folder / "artists/david-hockney.toml").unlink()
    assert list(load(folder, store).artists) == ["johannes-vermeer"]


def test_paintings_are_the_same_objects_as_their_painters_works(folder: Path, store: Path):
    load(folder, store)
    content = load(folder, store)
    for work in content.artists["johannes-vermeer"].works:
        assert content.paintings[work.id] is work


@pytest.mark.parametrize("damage", [b"", b"not a database", b"SQLite format 3\x00" + b"\x01" * 90])
def test_a_damaged_store_is_built_anew(folder: Path, store: Path, damage: bytes):
    store.parent.mkdir()
    store.write_bytes(damage)
    assert load(folder, store) == read_content(folder)
    assert store.stat().st_size > len(damage)


def test_a_store_of_another_shape_is_built_anew(folder: Path, store: Path):
    load(folder, store)
    with closing(sqlite3.connect(store)) as database, database:
        database.execute("UPDATE entries SET body = '{}'")
    assert load(folder, store) == read_content(folder)


def test_broken_content_leaves_the_old_store_and_no_draft(folder: Path, store: Path):
    load(folder, store)
    before = store.read_bytes()
    change(folder / "artists/johannes-vermeer.toml", "[born]", "[born")
    with pytest.raises(ContentError):
        load(folder, store)
    assert store.read_bytes() == before
    assert list(store.parent.iterdir()) == [store]


def test_a_store_that_cannot_be_written_costs_no_entries(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    (tmp_path / "file").write_text("in the way")
    content = load(folder, tmp_path / "file" / "knowledge.sqlite3")
    assert "johannes-vermeer" in content.artists
    assert "cannot be stored" in caplog.text


def test_a_store_that_breaks_while_it_is_written_leaves_no_draft(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(content: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(compiled, "_rows", full)
    assert load(folder, store) == read_content(folder)
    assert list(store.parent.iterdir()) == []


def test_processes_that_start_at_once_all_get_the_entries(folder: Path, store: Path):
    program = (
        "import sys, pathlib; from knowledge.compiled import load; "
        "print(len(load(*map(pathlib.Path, sys.argv[1:])).artists))"
    )
    command = [sys.executable, "-c", program, str(folder), str(store)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(3)]
    assert [process.communicate()[0].strip() for process in running] == [b"2"] * 3
    assert list(store.parent.iterdir()) == [store]
