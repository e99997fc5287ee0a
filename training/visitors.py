"""How far visitors and their phones stray from a clean picture: the ranges of `training.phone`."""

from dataclasses import dataclass

Range = tuple[float, float]
"""Least and largest; values between are equally likely."""


@dataclass(frozen=True)
class Ranges:
    """How far phones and visitors stray; lengths are for a view of 224 px a side."""

    slant: Range = (0, 20)
    """Degrees between the line of sight and the canvas's normal, in any direction."""
    roll: Range = (-4, 4)
    """Degrees the phone is held crooked."""
    distance: Range = (1.2, 3.0)
    """Camera to canvas, in lengths of the canvas's longer side."""
    fill: Range = (0.70, 1.0)
    """Share of the view the canvas takes; a slanted one never takes all of its bounding box."""
    cut: Range = (0.0, 0.08)
    """Share of the canvas's bounding box beyond the view's edge, where the view cuts."""
    cut_chance: float = 0.3
    """How often the view cuts into the canvas and shows no margin on purpose."""
    shape: Range = (-0.15, 0.15)
    """Logarithm of how much wider the crop is than the canvas."""
    exposure: Range = (-0.6, 0.4)
    """Stops."""
    warmth: Range = (-0.04, 0.14)
    """Logarithm of red's gain, and of blue's loss: gallery lamps are warm."""
    tint: Range = (-0.03, 0.03)
    """Logarithm of green's gain."""
    saturation: Range = (0.85, 1.15)
    contrast: Range = (0.9, 1.15)
    veil: Range = (0, 14)
    """Levels by which stray light lifts black."""
    shade: Range = (0, 0.2)
    """Fall of light from one side to the middle."""
    vignette: Range = (0, 0.15)
    """Fall of light from the middle to the corners."""
    glare_chance: float = 0.25
    glare: Range = (40, 190)
    """Levels a lamp's reflection adds on the varnish, at its middle."""
    glare_size: Range = (0.04, 0.16)
    """Standard deviation of the reflection, in lengths of the canvas's side."""
    blur_chance: float = 0.35
    defocus: Range = (0.3, 1.0)
    """Standard deviation of the blur in pixels."""
    motion: Range = (1.5, 5)
    """Length of a shaken hand's blur in pixels; every third blur is one."""
    noise: Range = (0.3, 3)
    """Standard deviation of the sensor's noise in levels."""
    downscale: Range = (0.65, 1.0)
    """How small the view was before it was brought to its size."""
    jpeg: tuple[int, int] = (40, 90)
    """Quality."""


VISITORS = Ranges()
"""What is measured on."""

CARELESS = Ranges(
    slant=(0, 30),
    roll=(-9, 9),
    fill=(0.45, 1.0),
    cut=(0.0, 0.25),
    cut_chance=0.4,
    shape=(-0.25, 0.25),
    exposure=(-0.9, 0.6),
    warmth=(-0.1, 0.2),
    tint=(-0.05, 0.05),
    saturation=(0.7, 1.35),
    contrast=(0.8, 1.25),
    veil=(0, 20),
    shade=(0, 0.3),
    vignette=(0, 0.25),
    blur_chance=0.45,
    defocus=(0.3, 1.4),
    motion=(1.5, 7),
    noise=(0.3, 4),
    downscale=(0.4, 1.0),
    jpeg=(25, 92),
)
"""What is trained on: further than nearly every visitor goes."""
