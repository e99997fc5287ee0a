"""A short recipe, as a file has it."""

from pathlib import Path

HEAD = """
name = "small"
version = "1.0"
batch_size = {batch_size}
[data]
folder = "{folder}"
test_share = 0.25
validation_share = 0.2
"""
STAGES = """
[[stages]]
name = "heads"
learning_rate = 1e-2
schedule = {heads}
[[stages]]
name = "fine-tuning"
frozen_blocks = {frozen}
learning_rate = 1e-3
mixing = {mixing}
schedule = {tuning}
"""
Schedule = list[list[int]]


def small_recipe(
    folder: Path,
    *,
    heads: Schedule,
    tuning: Schedule,
    batch_size: int = 16,
    frozen: int = 12,
    mixing: float = 0.0,
) -> str:
    """Return the text of a recipe of two stages, heads and fine-tuning."""
    head = HEAD.format(folder=folder, batch_size=batch_size)
    return head + STAGES.format(heads=heads, frozen=frozen, mixing=mixing, tuning=tuning)
