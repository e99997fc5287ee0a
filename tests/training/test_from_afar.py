"""What looking at the canvas alone brings is measured on the same photos, seen near and far."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from bot.vision.framing import Corners
from training import from_afar
from training.dataset import prepare
from training.recipe import Recipe


def test_both_ways_are_asked_about_the_same_photos(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = prepare(recipe)
    labels = {
        "artists": [SimpleNamespace(id=name) for name in prepared.artists],
        "movements": [SimpleNamespace(id=name) for name in prepared.movements],
    }
    model = SimpleNamespace(card=SimpleNamespace(**labels))
    asked: list[tuple[bytes, int]] = []

    def look(_: object, photo: Image.Image, canvases: tuple[Corners, ...]) -> SimpleNamespace:
        asked.append((photo.tobytes(), len(canvases)))
        first = np.eye(max(len(prepared.artists), len(prepared.movements)))[0 if canvases else 1]
        return SimpleNamespace(
            artists=first[: len(prepared.artists)], movements=first[: len(prepared.movements)]
        )

    monkeypatch.setattr(from_afar, "read_card", lambda path: path)
    monkeypatch.setattr(from_afar, "Model", lambda card: model)
    monkeypatch.setattr(from_afar, "look", look)
    monkeypatch.setattr(from_afar, "find_canvases", lambda photo: (np.zeros((4, 2)),))
    figures = from_afar.evaluate_from_afar(Path("card.json"), prepared, asked=12)
    assert len(asked) == 2 * 3 * 12
    assert all(one[0] == two[0] for one, two in zip(asked[::2], asked[1::2], strict=True))
    assert set(figures) == {
        f"{view}_{kind}_{way}"
        for view in ("clean", "near", "far")
        for kind in ("artist", "movement")
        for way in ("whole", "canvas_too")
    }
    shares = {p: figures[f"clean_artist_{p}"] for p in ("whole", "canvas_too")}
    assert shares["whole"] + shares["canvas_too"] <= 1
