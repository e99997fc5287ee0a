"""What ships: the network, its card, the library and the README agree with each other."""

import csv
import json
from pathlib import Path

from bot.vision.model import Model, read_card
from bot.vision.recognizer import Recognizer
from knowledge.content import read_content
from knowledge.library import Library
from tests.shared_data import require

CARD = Path("models/docent.json")
MEASURED = json.loads(CARD.read_text())["measured"]
LEAST = {
    "artist_top1": 0.40,
    "artist_top3": 0.58,
    "movement_top1": 0.66,
    "movement_top3": 0.90,
}


def test_the_network_loads_and_knows_272_painters_and_16_movements() -> None:
    card = Model(read_card(CARD)).card
    assert (len(card.artists), len(card.movements)) == (272, 16)
    assert card.file.stat().st_size < 25_000_000


def test_the_figures_are_what_was_asked_for() -> None:
    assert {name: MEASURED[name] >= least for name, least in LEAST.items()} == dict.fromkeys(
        LEAST, True
    )


def test_every_painter_and_movement_it_can_name_has_a_story_under_the_same_name() -> None:
    card, content = read_card(CARD), read_content(Path("knowledge"))
    for label in card.artists:
        assert content.artists[label.id].text, label.id
        assert content.artists[label.id].name == label.name
    for label in card.movements:
        assert content.movements[label.id].text, label.id
        assert content.movements[label.id].name == label.name


def test_the_readme_states_the_figures_of_the_card() -> None:
    readme = Path("README.md").read_text(encoding="utf-8")
    for name in (*LEAST, "movement_top1_unseen_painters", "artist_top1_phone", "artist_top3_phone"):
        assert f"{MEASURED[name] * 100:.1f} %" in readme, name


async def test_famous_paintings_in_other_reproductions_are_mostly_among_the_guesses(
    tmp_path: Path,
) -> None:
    """Masterpieces are harder than the average of their painters; still half are in the three."""
    folder = require("famous")
    library = await Library.open(Path("knowledge"), tmp_path / "knowledge.sqlite3", None)
    recognizer = Recognizer(Model(read_card(CARD)))
    known = {label.id for label in recognizer.card.artists}
    found = []
    with (folder / "collection.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            match = library.find_artist(row["artist"])
            if match.sure and match.ids[0] in known:
                answer = await recognizer.recognize((folder / row["image"]).read_bytes())
                found.append(match.ids[0] in {guess.id for guess in answer.artists})
    recognizer.close()
    assert len(found) >= 50
    assert sum(found) / len(found) >= 0.5
