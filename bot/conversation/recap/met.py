"""The movements that a tour met: on a timeline, and one of their marks for each stop."""

from collections import Counter

from bot.conversation.recap.data import Recap, StopSeen
from bot.conversation.speech import Say
from bot.vision.timeline import Span
from knowledge.library import Library

MOST = 16
"""Movements on a timeline; more would not stand on one page, so that those met once go first."""


def movements_met(library: Library, recap: Recap) -> tuple[Span, ...]:
    """Return the movements whose years we know, the earliest first."""
    times = Counter(s.movement_id for s in recap.stops if s.movement_id in library.movements)
    met = (library.movements[id_] for id_, _ in times.most_common(MOST))
    spans = (Span(movement.name, movement.start, movement.end, True) for movement in met)
    return tuple(sorted(spans, key=lambda span: (span.start, span.end)))


def alt(say: Say, spans: tuple[Span, ...]) -> str:
    """Return what a timeline tells, in words."""
    rows = "\n".join(f"{span.name}: {span.start}–{span.end}" for span in spans)
    return say("recap_movements_alt", rows=rows)


def movement_name(library: Library, stop: StopSeen) -> str:
    """Return what a stop's movement is called in the library's language."""
    known = library.movements.get(stop.movement_id)
    return known.name if known else stop.movement


def marks(library: Library, recap: Recap) -> dict[int, str]:
    """Return by a stop's number what is typical of its movement, another thing each time."""
    told: Counter[str] = Counter()
    found: dict[int, str] = {}
    for stop in recap.stops:
        movement = library.movements.get(stop.movement_id)
        if movement and told[movement.id] < len(movement.marks):
            found[stop.number] = movement.marks[told[movement.id]]
            told[movement.id] += 1
    return found
