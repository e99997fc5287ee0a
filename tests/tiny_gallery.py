"""A gallery of seven works for the tiny network, whose embedding is the mean colour."""

from pathlib import Path

import numpy as np

from bot.vision.gallery import FILE, Work, write_gallery

WORKS = {
    Work("night-watch", "The Night Watch", "rembrandt", "1642"): (11, 2, 2),
    Work("rembrandt-7", "", "rembrandt", "1632"): (11, 3, 2),
    Work("red-vineyard", "The Red Vineyard", "vincent-van-gogh", "1888"): (11, 4, 2),
    Work("haystacks", "Haystacks", "claude-monet"): (11, 5, 2),
    Work("unknown", "A <Red> Study", "master-of-the-red-wall", "about 1500"): (11, 2, 7),
    Work("water-lilies", "Water Lilies", "claude-monet", "1906"): (1, 9, 3),
    Work("great-wave", "The Great Wave", "katsushika-hokusai", "1831"): (1, 1, 9),
}
"""Each work with its colour; nearest to red are the first five, in this order."""


def write_tiny_gallery(folder: Path) -> Path:
    """Write the gallery into the folder of a model card, where Docent looks for it."""
    colours = np.array(list(WORKS.values()), np.float32)
    unit = colours / np.linalg.norm(colours, axis=1, keepdims=True)
    write_gallery(folder / FILE, unit, list(WORKS))
    return folder / FILE
