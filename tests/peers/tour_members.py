"""People on a tour: who photographs what, who taps what, and a plain recount of it all."""

import csv
import io
import random
from collections import Counter
from dataclasses import dataclass, field

NAMES = (
    *("Ada", "Bo", "Cleo", "Dov", "Eva", "Finn", "Gia", "Hal", "Ines", "Jon", "Kim", "Lea", "Max"),
    *("Nia", "Oto", "Pia", "Quin", "Rui", "Sol", "Tea", "Uma", "Vic", "Wu", "Xan", "Yara", "Zoe"),
    *("Arlo", "Bea", "Cid", "Dea"),
)
GUIDE = 1
"""The number of who leads; the others follow."""


@dataclass
class Members:
    """People who tap at random, and remember what they tapped. Persons are numbers from 1."""

    chance: random.Random
    names: tuple[str, ...] = NAMES
    tapped: dict[int, dict[int, str]] = field(default_factory=dict)
    """Stop → person → the painter tapped last in time."""
    taps: int = 0

    @property
    def persons(self) -> dict[int, str]:
        """Everybody's number and name."""
        return dict(enumerate(self.names, start=GUIDE))

    def somebody(self) -> int:
        """Return a person."""
        return self.chance.choice(list(self.persons))

    def play(self, stop: int, names: list[str], count: int) -> list[tuple[int, str]]:
        """Return so many taps on a stop's names, some of them changes of mind, and note them."""
        players = self.chance.sample(list(self.persons), count - 2)
        order = [*players, *self.chance.choices(players, k=2)]
        chosen = [(person, self.chance.choice(names)) for person in order]
        for person, name in chosen:
            self.note(stop, person, name)
        return chosen

    def note(self, stop: int, person: int, name: str) -> None:
        """Note that a person tapped a name."""
        self.tapped.setdefault(stop, {})[person] = name
        self.taps += 1

    def right(self, stop: int, artist: str) -> set[str]:
        """Return the names of those who tapped this painter last."""
        taps = self.tapped.get(stop, {})
        return {
            self.persons[person]
            for person, name in taps.items()
            if artist and artist.startswith(name.removesuffix("…"))
        }

    def decision(self, stop: int) -> tuple[str, str]:
        """Return whom the taps decide for where nobody knows it, and who decides: guide or most."""
        taps = self.tapped.get(stop, {})
        if GUIDE in taps:
            return taps[GUIDE], "guide"
        (first, votes), (_, others) = [*Counter(taps.values()).most_common(2), ("", 0), ("", 0)][:2]
        return (first, "majority") if votes > max(others, 1) else ("", "")

    def points(self, artists: dict[int, str]) -> Counter[str]:
        """Recount everybody's points, given whose hand each stop was said to be."""
        counted: Counter[str] = Counter()
        for stop in self.tapped:
            counted.update(self.right(stop, artists[stop]))
        return counted


def rows_of(table: bytes) -> list[dict[str, str]]:
    """Read a recap's CSV."""
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
