"""The figures of the model card's page, written between two markers of ``models/README.md``."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.recipe import TrainingError
from training.report.evaluated import Evaluated
from training.report.markdown import percent, plain, table
from training.report.slices import Figures, Slice, by_century, by_movement

BEGIN = "<!-- Figures: written by `python -m training export`; edit the words around them. -->"
END = "<!-- End of the figures. -->"
ROWS = {
    "artist_top1": "painters of the first folder, top-1",
    "artist_top3": "– top-3",
    "artist_top1_of_best_covered": "– the 91 best-covered alone, top-1",
    "movement_top1": "movements of the first folder, top-1",
    "movement_top3": "– top-3",
    "movement_top1_unseen_painters": "– of painters it never saw, top-1",
    "movement_top3_unseen_painters": "– of painters it never saw, top-3",
    "artist_top1_phone": "phone-like views: painters, top-1",
    "artist_top3_phone": "– painters, top-3",
    "movement_top1_phone": "– movements, top-1",
    "baroque_recall_origin_a": "Baroque found, origin a",
    "baroque_recall_origin_b": "– origin b",
    "impressionism_recall_origin_a": "Impressionism found, origin a",
    "impressionism_recall_origin_b": "– origin b",
    "artist_top1_of_all": "all painters, top-1",
    "artist_top3_of_all": "– top-3",
    "movement_top1_of_all": "all movements, top-1",
    "movement_top3_of_all": "– top-3",
    "few_shot_top1": "painters known by a few pictures, top-1",
    "few_shot_top3": "– top-3",
    "artist_calibration_error": "calibration error, painters",
    "movement_calibration_error": "– movements",
    "artist_named_share": "a painter is named, of known painters' works",
    "artist_named_right": "– and that is right",
    "artist_named_right_with_strangers": "– right, strangers' works among them",
    "movement_named_share": "a movement is named",
    "movement_named_right": "– and that is right",
    "recognised": "no painting, and recognised as such",
    "recognised_collected": "– photographs and the like, not made here",
    "refused_clean": "paintings refused, clean",
    "refused_phone": "– phone-like",
    "refused_on_wall": "– framed on a wall",
    "refused_famous": "– famous ones, other reproductions",
    "refused_not_painted": "photographs, objects and rooms among the works, refused",
}


def write_figures(page: Path, card: dict[str, Any], parts: Evaluated) -> None:
    """Put the figures of a card and its evaluation between the page's markers.

    A page that is missing is made. Raises `TrainingError` where it has no markers.
    """
    text = page.read_text(encoding="utf-8") if page.is_file() else f"{BEGIN}\n{END}\n"
    if BEGIN not in text or END not in text:
        raise TrainingError(f"{page} has no place for the figures: two lines mark it.")
    before, rest = text.split(BEGIN, 1)
    figures = "\n\n".join(_figures(card, parts))
    page.write_text(f"{before}{BEGIN}\n\n{figures}\n\n{END}{rest.split(END, 1)[1]}", "utf-8")


def _figures(card: dict[str, Any], parts: Evaluated) -> Iterator[str]:
    measured = card["measured"]
    yield f"{plain(card['name'])}@{card['version']}, {card['trained']}."
    rows = [(name, percent(measured[key])) for key, name in ROWS.items() if key in measured]
    yield table(("held-out pictures", "share"), rows)
    yield "### What ships, and what else was made"
    yield table(
        ("variant", "MB", "ms a picture", "times as fast as Keras", "painters", "movements"),
        [
            (
                f"**{v['name']}**" if v["name"] == card["ships"] else v["name"],
                f"{v['megabytes']:.1f}",
                f"{v['milliseconds']:.1f}",
                f"{v['times_keras']:.1f}",
                percent(v["artist_top1"]),
                percent(v["movement_top1"]),
            )
            for v in card["variants"]
        ],
    )
    for kind, slices in (("movement", by_movement(parts)), ("century", by_century(parts))):
        yield f"### By {kind}"
        yield table(
            (kind, "pictures", "painters, top-1", "top-3", "movements, top-1", "top-3"),
            [(plain(s.name), str(s.pictures), *_shares(s)) for s in slices],
        )


def _shares(found: Slice) -> tuple[str, ...]:
    def two(figures: Figures) -> tuple[str, str]:
        return percent(figures.top1), percent(figures.top3)

    return (*two(found.painters), *two(found.movements))
