"""The recognizer gives five honest guesses and never blocks the event loop."""

import asyncio
import json
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot.errors import UserError
from bot.vision import recognizer as module
from bot.vision.gallery import Gallery, GalleryError, Similar, Work, write_gallery
from bot.vision.model import Answer, Model, read_card
from bot.vision.photo import PhotoError
from bot.vision.recognizer import (
    Guess,
    Painting,
    Recognition,
    Recognizer,
    Verdict,
    attention,
    class_map,
    maker,
)
from bot.vision.works import Works
from tests.bot.vision.works import DESCRIBER, enrolled, scene
from tests.pictures import BLUE, GREEN, RED, encoded, jpeg
from tests.tiny_model import write_tiny_model


def tiny(folder: Path, **changes: object) -> Recognizer:
    return Recognizer(Model(read_card(write_tiny_model(folder, **changes))))


@pytest.mark.parametrize(
    ("colour", "artist", "movement"),
    [
        (RED, "rembrandt", "baroque"),
        (GREEN, "claude-monet", "impressionism"),
        (BLUE, "katsushika-hokusai", "ukiyo-e"),
    ],
)
async def test_the_best_five_come_best_first(
    tmp_path: Path, colour: tuple[int, int, int], artist: str, movement: str
) -> None:
    found = await tiny(tmp_path).recognize(jpeg(colour))
    assert found.verdict is Verdict.ARTIST
    assert found.artists[0].id == artist
    assert found.movements[0].id == movement
    confidences = [guess.confidence for guess in found.artists]
    assert len(confidences) == len(found.movements) == 5
    assert confidences == sorted(confidences, reverse=True)


async def test_doubt_backs_off_to_the_movement_and_then_to_unsure(tmp_path: Path) -> None:
    grey = jpeg((128, 128, 128))
    movement = {"artist": 0.99, "movement": 0.2, "painting": 0.5}
    unsure = {"artist": 0.99, "movement": 0.99, "painting": 0.5}
    found = await tiny(tmp_path / "movement", thresholds=movement).recognize(grey)
    assert found.verdict is Verdict.MOVEMENT
    found = await tiny(tmp_path / "unsure", thresholds=unsure).recognize(grey)
    assert found.verdict is Verdict.UNSURE
    assert len(found.artists) == 5


async def test_a_recognition_survives_json(tmp_path: Path) -> None:
    found = await tiny(tmp_path).recognize(jpeg())
    content = json.loads(json.dumps(found.to_json()))
    assert Recognition.from_json(content) == found
    assert content["model"] == "tiny@0"


async def test_the_contract_has_the_best_three_and_nothing_of_our_own(tmp_path: Path) -> None:
    found = await tiny(tmp_path).recognize(jpeg())
    work = Similar("red", "Red", "rembrandt", "1640", 0.9)
    content = replace(found, similar=(work,)).contract_json()
    assert len(content["artists"]) == len(content["movements"]) == 3
    assert content["paintings"] == []
    assert content["similar"] == [{"id": "red", "title": "Red", "artist": "rembrandt"}]
    assert content.keys() == {
        *("verdict", "paintings", "artists", "movements", "similar", "milliseconds", "model")
    }


def test_a_record_of_version_one_is_still_read() -> None:
    guess = {"id": "a", "name": "A", "confidence": 0.5}
    lists = {"paintings": [], "artists": [guess] * 3, "movements": [guess] * 3, "similar": []}
    found = Recognition.from_json(
        {"verdict": "artist", **lists, "milliseconds": 41.2, "model": "docent-lite0@1.0"}
    )
    assert found.artists == (Guess("a", "A", 0.5),) * 3
    assert found.attention == found.similar == ()


async def test_what_is_nearly_white_is_no_painting_and_still_has_its_guesses(
    tmp_path: Path,
) -> None:
    found = await tiny(tmp_path).recognize(jpeg((255, 255, 255)))
    assert found.verdict is Verdict.NOT_A_PAINTING
    assert len(found.artists) == 5


@pytest.mark.parametrize("least", [0.0, 1.1])
async def test_the_attention_is_where_the_first_guess_comes_from(
    tmp_path: Path, least: float
) -> None:
    """Of the painter; and of the movement where the painter is not sure enough."""
    photo = Image.new("RGB", (700, 700), (90, 90, 90))
    photo.paste(RED, (100, 500, 200, 600))
    recognizer = tiny(tmp_path, thresholds={"artist": least, "movement": 0.0, "painting": 0.5})
    found = await recognizer.recognize(encoded(photo, "PNG"))
    assert found.verdict is (Verdict.MOVEMENT if least else Verdict.ARTIST)
    assert [len(row) for row in found.attention] == [7] * 7
    assert found.attention[5][1] == 100
    assert min(map(min, found.attention)) >= 0
    assert sum(map(sum, found.attention)) < 100 * 49 * 0.7


def test_what_every_class_has_alike_draws_no_attention() -> None:
    """Softmax does not change where all logits do, so such a place says nothing."""
    maps = np.zeros((7, 7, 3), np.float32)
    maps[0, 0] = 50
    maps[4, 4, 1] = 3
    even = np.array([0.2, 0.6, 0.2], np.float32)
    answer = Answer(even, even, 1.0, np.ones(3, np.float32), np.ones(3, np.float32), maps, maps)
    rows = attention(class_map(answer, Verdict.ARTIST))
    assert rows[4][4] == 100
    assert sum(map(sum, rows)) == 100


def test_where_nothing_speaks_for_the_guess_the_attention_is_nowhere() -> None:
    assert attention(np.full((2, 2), -1, np.float32)) == ((0, 0), (0, 0))


async def test_the_works_nearest_by_embedding_come_with_the_answer(tmp_path: Path) -> None:
    works = [Work("red", "Red", "a"), Work("blue", "Blue", "b"), Work("grey", "Grey", "c", "1900")]
    write_gallery(
        tmp_path / "gallery.npz", np.array([[1, 0, 0], [0, 0, 1], [0.6, 0.6, 0.5]]), works
    )
    model = Model(read_card(write_tiny_model(tmp_path)))
    gallery = Gallery.beside(tmp_path / "docent.json")
    found = await Recognizer(model, gallery=gallery).recognize(jpeg(RED))
    assert [work.id for work in found.similar] == ["red", "grey", "blue"]
    assert Recognition.from_json(found.to_json()) == found


def test_a_gallery_of_another_network_is_refused(tmp_path: Path) -> None:
    write_gallery(tmp_path / "gallery.npz", np.eye(256, dtype=np.float32)[:1], [Work("a", "", "")])
    model = Model(read_card(write_tiny_model(tmp_path)))
    with pytest.raises(GalleryError, match="made with another network"):
        Recognizer(model, gallery=Gallery.read(tmp_path / "gallery.npz"))


async def test_an_empty_gallery_has_nothing_alike(tmp_path: Path) -> None:
    write_gallery(tmp_path / "gallery.npz", np.zeros((0, 3), np.float32), [])
    model = Model(read_card(write_tiny_model(tmp_path)))
    gallery = Gallery.read(tmp_path / "gallery.npz")
    assert (await Recognizer(model, gallery=gallery).recognize(jpeg())).similar == ()


async def test_other_work_runs_on_the_pool_and_its_error_comes_back(tmp_path: Path) -> None:
    recognizer = tiny(tmp_path)
    name = await recognizer.run(lambda: threading.current_thread().name)
    assert name.startswith("recognizer")
    with pytest.raises(ZeroDivisionError):
        await recognizer.run(lambda: 1 / 0)


async def test_what_is_no_photo_raises_its_reason(tmp_path: Path) -> None:
    with pytest.raises(PhotoError):
        await tiny(tmp_path).recognize(b"not a picture")


async def test_the_event_loop_goes_on_while_photos_are_recognised(tmp_path: Path) -> None:
    recognizer = tiny(tmp_path)
    photo = jpeg(size=(6000, 4000))
    work = asyncio.gather(*[recognizer.recognize(photo) for _ in range(4)])
    longest = 0.0
    while not work.done():
        before = time.perf_counter()
        await asyncio.sleep(0.005)
        longest = max(longest, time.perf_counter() - before)
    await work
    assert longest < 0.25


async def test_too_many_waiting_photos_are_refused_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WAITING_BYTES", 2 * len(jpeg()))
    recognizer = tiny(tmp_path)
    results = await asyncio.gather(
        *[recognizer.recognize(jpeg()) for _ in range(5)], return_exceptions=True
    )
    refused = [result for result in results if isinstance(result, UserError)]
    assert [error.key for error in refused] == ["busy"] * 3
    assert (await recognizer.recognize(jpeg())).artists


async def test_a_known_work_is_told_before_any_guess(tmp_path: Path) -> None:
    model = Model(read_card(write_tiny_model(tmp_path)))
    known = Works([enrolled(3)], maker(model.card, DESCRIBER))
    recognizer = Recognizer(model, describer=DESCRIBER, famous=known)
    found = await recognizer.recognize(encoded(scene(3), quality=92))
    other = await recognizer.recognize(encoded(scene(9), quality=92))
    recognizer.close()
    assert recognizer.famous.titles == 1
    assert found.verdict is Verdict.PAINTING
    (painting,) = found.contract_json()["paintings"]
    assert painting.pop("confidence") > 0.9
    assert painting == {
        "id": "scene-3",
        "collection": "made",
        "image": "3.jpg",
        "title": "Scene 3",
        "artist": "Ann Red",
        "year": "1900",
        "verified": True,
    }
    assert Recognition.from_json(found.to_json()) == found
    assert other.verdict is not Verdict.PAINTING


def test_the_painter_of_a_verified_work_is_the_first_of_the_contracts() -> None:
    work = Painting("night-watch", "famous", "", "The Night Watch", "Rembrandt")
    work = replace(work, artist_id="rembrandt", verified=True, confidence=0.9)
    guesses = tuple(Guess(id_, id_, 0.2) for id_ in ("vermeer", "rembrandt", "hals", "lievens"))
    seen = Recognition(Verdict.PAINTING, guesses, (), 1.0, "m", paintings=(work,))
    artists = seen.contract_json()["artists"]
    assert [artist["id"] for artist in artists] == ["rembrandt", "vermeer", "hals"]
    assert [artist["confidence"] for artist in artists] == [0.9, 0.02, 0.02]
    doubtful = replace(seen, paintings=(replace(work, verified=False),))
    assert doubtful.contract_json()["artists"][0]["id"] == "vermeer"


def test_works_enrolled_with_another_network_are_refused(tmp_path: Path) -> None:
    model = Model(read_card(write_tiny_model(tmp_path)))
    with pytest.raises(GalleryError, match="another network"):
        Recognizer(model, describer=DESCRIBER, famous=Works([enrolled(3)], "another"))
