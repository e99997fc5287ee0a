"""Which collection somebody means by a name."""

from collections.abc import Iterable

from bot.memory.collections import Collection, name_key


def named(collections: Iterable[Collection], name: str) -> list[Collection]:
    """Return the collections called so; if none is, those whose name holds these words."""
    key = name_key(name)
    every = list(collections)
    exact = [each for each in every if name_key(each.name) == key]
    words = set(key.split())
    return exact or [each for each in every if words and words <= set(name_key(each.name).split())]
