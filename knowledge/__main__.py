"""``python -m knowledge check | stats | new artist NAME``, for editors of the content."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from knowledge.checks import findings
from knowledge.content import ContentError
from knowledge.entries import Artist, Content, Movement, Painting
from knowledge.library import CONTENT
from knowledge.reading import read_content
from knowledge.skeletons import NEEDED, write_skeleton

FACTS: dict[str, Callable[[Painting], str]] = {
    "a year": lambda work: work.year,
    "a museum": lambda work: work.museum,
    "a medium": lambda work: work.medium,
    "an original title": lambda work: work.original,
    "a Wikidata id": lambda work: work.wikidata,
}


def main(arguments: list[str] | None = None) -> int:
    """Run a command; the exit status is 0 for good content, 1 otherwise, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m knowledge", description=__doc__)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--folder", type=Path, default=CONTENT, help="another content folder")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", parents=[shared], help="say what is wrong, a line each")
    commands.add_parser("stats", parents=[shared], help="say how much there is")
    new = commands.add_parser("new", parents=[shared], help="write an entry to be filled in")
    new.add_argument("kind", choices=tuple(NEEDED))
    new.add_argument("name", help="as it is usually written in English")
    options = parser.parse_args(arguments)
    if options.command == "check":
        return _check(options.folder)
    if options.command == "stats":
        return _stats(options.folder)
    return _new(options.folder, options.kind, options.name)


def _check(folder: Path) -> int:
    found = findings(folder)
    for line in found:
        sys.stdout.write(f"{line}\n")
    return 1 if found else 0


def _new(folder: Path, kind: str, name: str) -> int:
    try:
        path = write_skeleton(folder, kind, name)
    except FileExistsError as error:
        sys.stderr.write(f"{error.filename} is there already.\n")
        return 1
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{path}: fill it in, then run python -m knowledge check.\n")
    return 0


def _stats(folder: Path) -> int:
    try:
        content = read_content(folder)
    except ContentError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for name, count, whole in _coverage(content):
        share = f"{count / whole:8.0%}" if whole else ""
        sys.stdout.write(f"{name:28}{count:6}{share}\n")
    return 0


def _coverage(content: Content) -> list[tuple[str, int, int]]:
    """Return (what, how many entries have it, of how many)."""
    artists = list(content.artists.values())
    movements = list(content.movements.values())
    works = list(content.paintings.values())
    return [
        ("painters", len(artists), 0),
        *_shares("painters", artists),
        ("painters with both years", sum(_has_years(artist) for artist in artists), len(artists)),
        ("painters with a birthplace", sum(bool(a.born.place) for a in artists), len(artists)),
        ("painters with 3 works", sum(len(a.works) >= 3 for a in artists), len(artists)),
        ("painters who are women", sum(a.gender == "female" for a in artists), len(artists)),
        ("paintings", len(works), 0),
        ("paintings with our own text", sum(bool(work.text) for work in works), len(works)),
        *(
            (f"paintings with {name}", sum(bool(fact(work)) for work in works), len(works))
            for name, fact in FACTS.items()
        ),
        ("movements", len(movements), 0),
        *_shares("movements", movements),
        *(
            (f"{kind} in {language}", len(there), len(whole))
            for language, told in content.translations.items()
            for kind, there, whole in (
                ("painters", told.artists, artists),
                ("movements", told.movements, movements),
                ("paintings' texts", told.texts, [work for work in works if work.text]),
            )
        ),
    ]


def _shares(name: str, entries: list[Artist] | list[Movement]) -> list[tuple[str, int, int]]:
    whole = len(entries)
    return [
        (f"{name} with a story", sum(bool(entry.text) for entry in entries), whole),
        (f"{name} with other names", sum(bool(entry.other_names) for entry in entries), whole),
        (f"{name} with a Wikidata id", sum(bool(entry.wikidata) for entry in entries), whole),
    ]


def _has_years(artist: Artist) -> bool:
    """Whether the life is known; the living have no year of death."""
    return artist.born.year is not None and (artist.died is None or artist.died.year is not None)


if __name__ == "__main__":
    sys.exit(main())
