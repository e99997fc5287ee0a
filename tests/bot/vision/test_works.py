"""Known works are kept as one small file and are the same when read again."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from bot.vision.enrolled import KnownWork, packed, unpacked
from bot.vision.finder import enrol
from bot.vision.gallery import GalleryError
from bot.vision.works import Holdings, Works
from tests.bot.vision.works import DESCRIBER, embed, enrolled, scene, works

SEVERAL = Holdings([works(0, 1), works(2), works(3, 4, 5, 6, 7)])


def numbers(among: Sequence[int]) -> NDArray[np.int64]:
    return np.array(among, np.int64)


def test_the_nearest_come_first_and_no_more_than_there_are() -> None:
    held = Holdings([works(1, 2), Works([]), works(3)])
    assert held.nearest(embed(scene(2)), 20)[0] == 1
    assert held.nearest(embed(scene(3)), 20)[0] == 2
    assert sorted(held.nearest(embed(scene(2)), 20).tolist()) == [0, 1, 2]
    assert held.nearest(embed(scene(2)), 1).tolist() == [1]
    assert Holdings([]).nearest(embed(scene(2)), 20).tolist() == []
    assert Holdings([Works([])]).nearest(embed(scene(2)), 20).tolist() == []


def test_several_collections_are_numbered_through() -> None:
    held = Holdings([works(4), Works([]), works(5, 6)])
    assert [held[n].work.id for n in range(len(held))] == ["scene-4", "scene-5", "scene-6"]


def test_details_vote_for_their_work_among_those_asked() -> None:
    asked = DESCRIBER.describe(scene(5).resize((300, 225)), 200)
    for held in (Holdings([works(*range(8))]), SEVERAL):
        assert held.voted(asked, np.arange(8), 3)[0] == 5
        assert held.voted(asked, numbers([6, 5, 1]), 20)[0] == 5
        assert 5 not in held.voted(asked, numbers([1, 2]), 20)
        assert held.voted(asked, numbers([]), 3).tolist() == []


def test_collections_apart_vote_as_one() -> None:
    asked = DESCRIBER.describe(scene(5).resize((300, 225)), 200)
    one, three = (
        Holdings([works(*range(8))]),
        Holdings([works(0, 1), works(2), works(3, 4, 5, 6, 7)]),
    )
    assert (
        one.voted(asked, np.arange(8), 8).tolist() == three.voted(asked, np.arange(8), 8).tolist()
    )


def test_a_work_without_details_gets_no_vote() -> None:
    plain = enrol(
        KnownWork("plain", "made", "p", "Plain"), Image.new("RGB", (99, 99)), embed, DESCRIBER
    )
    held = Holdings([Works([plain, enrolled(1)]), Works([plain]), Works([plain, enrolled(2)])])
    asked = DESCRIBER.describe(scene(2), 200)
    assert held.voted(asked, np.arange(5), 4).tolist() == [4, 1]
    assert held.voted(plain.details, np.arange(5), 4).tolist() == []
    assert len(held[2].details.points) == 0


def test_one_work_is_packed_small_and_unpacked_the_same() -> None:
    before = enrolled(1)
    data = packed(before)
    after = unpacked(before.work, data)
    assert len(data) < 14_500
    assert after.work == before.work
    assert np.array_equal(after.details.descriptors, before.details.descriptors)
    assert after.details.points == pytest.approx(before.details.points, abs=1e-4)
    assert after.embedding @ before.embedding > 0.999
    assert after.proportion == pytest.approx(before.proportion)


def test_a_work_without_details_is_packed_too() -> None:
    work = KnownWork("plain", "made", "p", "Plain")
    plain = enrol(work, Image.new("RGB", (99, 99)), embed, DESCRIBER)
    again = unpacked(work, packed(plain))
    assert len(again.details.points) == 0
    beside = Holdings([Works([again, enrolled(1)])])
    asked = DESCRIBER.describe(scene(1), 200)
    assert beside.voted(asked, np.arange(2), 2).tolist() == [1]


@pytest.mark.parametrize("data", [b"", b"\x01", b"\xff" * 40, packed(enrolled(1))[:-1]])
def test_what_is_no_packed_work_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"too short|another length"):
        unpacked(enrolled(1).work, data)


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    known = works(1, 2)
    known.write(tmp_path / "works.npz")
    again = Works.read(tmp_path / "works.npz")
    assert len(again) == 2
    for before, after in zip((known[0], known[1]), (again[0], again[1]), strict=True):
        assert after.work == before.work
        assert np.array_equal(after.details.descriptors, before.details.descriptors)
        assert after.details.points == pytest.approx(before.details.points, abs=1e-4)
        assert after.embedding @ before.embedding > 0.999
        assert after.proportion == pytest.approx(before.proportion, abs=1e-3)


def test_a_work_takes_at_most_15_kilobytes(tmp_path: Path) -> None:
    one = works(1)[0]
    in_memory = one.embedding.nbytes + one.details.points.nbytes + one.details.descriptors.nbytes
    assert in_memory <= 16_000
    works(1, 2, 3, 4).write(tmp_path / "works.npz")
    assert (tmp_path / "works.npz").stat().st_size / 4 <= 15_000


def test_no_works_are_written_and_read(tmp_path: Path) -> None:
    Works([]).write(tmp_path / "works.npz")
    assert len(Works.read(tmp_path / "works.npz")) == 0


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nothing", b"\x93NUMPY"])
def test_a_file_that_cannot_be_read_is_said_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "works.npz"
    path.write_bytes(data)
    with pytest.raises(GalleryError, match=r"works\.npz"):
        Works.read(path)
    with pytest.raises(GalleryError, match="no works"):
        Works.read(tmp_path / "none.npz")
