"""Known works are kept as one small file and are the same when read again."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot.vision.finder import enrol
from bot.vision.gallery import GalleryError
from bot.vision.works import KnownWork, Works
from tests.bot.vision.works import DESCRIBER, embed, enrolled, scene, works


def test_the_nearest_come_first_and_no_more_than_there_are() -> None:
    known = works(1, 2, 3)
    nearest = known.nearest(embed(scene(2)), 20)
    assert nearest[0] == 1
    assert sorted(nearest.tolist()) == [0, 1, 2]
    assert Works([]).nearest(embed(scene(2)), 20).tolist() == []


def test_details_vote_for_their_work_among_those_asked() -> None:
    known = works(*range(8))
    asked = DESCRIBER.describe(scene(5).resize((300, 225)), 200)
    assert known.voted(asked, np.arange(8), 3)[0] == 5
    assert known.voted(asked, np.array([1, 5, 6]), 20)[0] == 5
    assert 5 not in known.voted(asked, np.array([1, 2]), 20)
    assert known.voted(asked, np.zeros(0, np.int64), 3).tolist() == []


def test_a_work_without_details_gets_no_vote() -> None:
    plain = enrol(
        KnownWork("plain", "made", "p", "Plain"), Image.new("RGB", (99, 99)), embed, DESCRIBER
    )
    known = Works([plain, enrolled(1), plain, enrolled(2)])
    asked = DESCRIBER.describe(scene(2), 200)
    assert known.voted(asked, np.arange(4), 4).tolist() == [3, 1]
    assert known.voted(plain.details, np.arange(4), 4).tolist() == []
    assert len(known[2].details.points) == 0


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
