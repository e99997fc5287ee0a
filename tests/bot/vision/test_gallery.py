"""The gallery finds the works that are most alike, and says what is wrong with a broken file."""

import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.vision.gallery import Gallery, GalleryError, Similar, Work, write_gallery

WORKS = (
    Work("red-fuji", "Red Fuji", "katsushika-hokusai", "1832"),
    Work("nenufars", "Nenúfars: “les deux”\nponts", "claude-monet"),
    Work("waka", "和歌\u2028", "kano-eitoku", "c. 1590"),
)
EMBEDDINGS = np.eye(3, 4, dtype=np.float32)


def written(folder: Path, embeddings: np.ndarray = EMBEDDINGS, works: tuple = WORKS) -> Path:
    path = folder / "gallery.npz"
    write_gallery(path, embeddings, works)
    return path


def towards(*numbers: float) -> np.ndarray:
    vector = np.array(numbers, np.float32)
    return vector / np.linalg.norm(vector)


def test_the_nearest_come_first_with_all_that_is_known_of_them(tmp_path: Path) -> None:
    found = Gallery.read(written(tmp_path)).similar(towards(0, 3, 4, 0), 2)
    assert found == (
        Similar("waka", "和歌\u2028", "kano-eitoku", "c. 1590", 0.8),
        Similar("nenufars", "Nenúfars: “les deux”\nponts", "claude-monet", "", 0.6),
    )


def test_fewer_works_than_asked_for_are_all_of_them(tmp_path: Path) -> None:
    gallery = Gallery.read(written(tmp_path))
    assert len(gallery) == len(gallery.similar(towards(1, 0, 0, 0), 5)) == 3
    assert gallery.embedding_size == 4


def test_works_equally_near_come_in_their_order(tmp_path: Path) -> None:
    same = np.tile(towards(1, 2, 3, 4), (3, 1))
    found = Gallery.read(written(tmp_path, same)).similar(towards(1, 2, 3, 4))
    assert [work.id for work in found] == ["red-fuji", "nenufars", "waka"]


def test_the_very_picture_has_the_similarity_one_in_spite_of_rounding(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(3, 256)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    (found,) = Gallery.read(written(tmp_path, vectors)).similar(vectors[2], 1)
    assert (found.id, found.similarity) == ("waka", pytest.approx(1, abs=0.002))


def test_the_search_agrees_with_sorting_everything(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(500, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    works = tuple(Work(str(number), "", "") for number in range(500))
    gallery = Gallery.read(written(tmp_path, vectors, works))
    stored = np.rint(vectors * 127)
    for query in vectors[:20]:
        cosines = stored @ query / np.linalg.norm(stored, axis=1)
        expected = [str(number) for number in np.argsort(-cosines)[:5]]
        assert [work.id for work in gallery.similar(query)] == expected


def test_a_gallery_without_works_finds_nothing(tmp_path: Path) -> None:
    gallery = Gallery.read(written(tmp_path, np.zeros((0, 4), np.float32), ()))
    assert len(gallery) == 0
    assert gallery.similar(towards(1, 0, 0, 0)) == ()


def test_a_folder_without_a_gallery_has_none(tmp_path: Path) -> None:
    assert Gallery.beside(tmp_path / "docent.json") is None


def test_the_gallery_beside_the_card_is_found(tmp_path: Path) -> None:
    written(tmp_path)
    gallery = Gallery.beside(tmp_path / "docent.json")
    assert gallery is not None
    assert len(gallery) == 3


def test_a_gallery_asked_for_by_name_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(GalleryError, match="There is no gallery at"):
        Gallery.read(tmp_path / "nothing.npz")


def arrays(**parts: object) -> dict[str, object]:
    lines = b'["a", "b", "c", ""]\n'
    whole = {"embeddings": np.ones((1, 4), np.int8), "works": np.frombuffer(lines, np.uint8)}
    return whole | parts


@pytest.mark.parametrize(
    "parts",
    [
        arrays(embeddings=np.ones((1, 4), np.float32)),
        arrays(embeddings=np.ones(4, np.int8)),
        arrays(embeddings=np.ones((2, 4), np.int8)),
        arrays(works=np.frombuffer(b"not JSON", np.uint8)),
        arrays(works=np.frombuffer(b'["only an id"]\n', np.uint8)),
        arrays(works=np.frombuffer(b"\xff\xfe\n", np.uint8)),
        arrays(works=np.array([{"a": 1}], object)),
        {"embeddings": np.ones((1, 4), np.int8)},
    ],
)
def test_a_gallery_that_does_not_fit_together_is_refused(
    tmp_path: Path, parts: dict[str, np.ndarray]
) -> None:
    path = tmp_path / "gallery.npz"
    np.savez(path, **parts)
    with pytest.raises(GalleryError, match=r"gallery\.npz cannot be read"):
        Gallery.beside(tmp_path / "docent.json")


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04", b"\x93NUMPY"])
def test_a_file_that_is_no_gallery_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "gallery.npz"
    path.write_bytes(content)
    with pytest.raises(GalleryError, match="make it again or remove it"):
        Gallery.read(path)


def test_a_folder_an_array_and_a_foreign_archive_are_no_galleries(tmp_path: Path) -> None:
    array, archive = tmp_path / "array.npz", tmp_path / "archive.npz"
    with array.open("wb") as file:
        np.save(file, np.ones(3))
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("embeddings", "hello")
        file.writestr("works", "hello")
    for path in (tmp_path, array, archive):
        with pytest.raises(GalleryError, match="cannot be read"):
            Gallery.read(path)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8))
def test_spoilt_bytes_give_a_gallery_or_a_gallery_error(
    tmp_path: Path, spoilt: list[tuple[float, int]]
) -> None:
    path = written(tmp_path)
    data = bytearray(path.read_bytes())
    for share, value in spoilt:
        data[int(share * len(data))] = value
    path.write_bytes(data)
    try:
        assert len(Gallery.read(path)) == 3
    except GalleryError as error:
        assert "cannot be read" in str(error)


def test_works_are_found_by_painter_and_painters_without_works_are_left_out(
    tmp_path: Path,
) -> None:
    works = (*WORKS[:2], Work("great-wave", "The Great Wave", "katsushika-hokusai"))
    found = Gallery.read(written(tmp_path, works=works)).by_artist({"katsushika-hokusai", "nobody"})
    assert list(found) == ["katsushika-hokusai"]
    assert found["katsushika-hokusai"].tolist() == [[1, 0, 0, 0], [0, 0, 1, 0]]
