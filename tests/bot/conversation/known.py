"""Two works that the recognizer of `knowing` parts knows on sight: scenes 1 and 2."""

from bot.vision.enrolled import KnownWork

WAVE = KnownWork(
    "the-wave", "famous", "1.png", "The <Wave>", "Hokusai", "1831", "A Museum, Paris", "7", "Look."
)
STUDY = KnownWork(
    "study", "A Museum", "2.png", "A Study", "Somebody Unheard-of", link="https://docent.example/2"
)
