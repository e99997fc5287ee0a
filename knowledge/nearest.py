"""Which names are within a few typing errors of what somebody typed."""

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.forms import Level

ONLY_EXACT = 3
"""Letters; so short a word is found only as it stands."""
_LENGTH_FOR_SLIPS = (4, 7, 14)
"""The lengths from which one, two and three typing errors are looked past."""
WHOLE = (Level.NAME, Level.OTHER, Level.FAMILY, Level.OTHER_FAMILY, Level.ONCE)
"""What a name may be near to; a first name or initials would be near to too many."""


class Keys:
    """Keys to compare a query with when nothing fits exactly."""

    def __init__(self, levels: Mapping[str, Mapping[str, Level]]) -> None:
        self._levels = levels
        self._keys = [
            key
            for key, ids in levels.items()
            if len(key) > ONLY_EXACT and any(level in WHOLE for level in ids.values())
        ]
        self._longest = max(map(len, self._keys), default=0)

    def nearest(self, typed: str) -> dict[str, tuple[float, Level, str]]:
        """Id → (typing errors, level, key) of its nearest key, for all that are near."""
        allowed = sum(len(typed) >= length for length in _LENGTH_FOR_SLIPS)
        if len(typed) > self._longest + allowed:
            return {}
        found = process.extract(
            typed, self._keys, scorer=OSA.distance, score_cutoff=allowed, limit=None
        )
        nearest: dict[str, tuple[float, Level, str]] = {}
        for key, slips, _ in found:
            for id_, level in self._levels[key].items():
                if level in WHOLE:
                    here = (slips, level, key)
                    nearest[id_] = min(nearest.get(id_, here), here)
        return nearest
