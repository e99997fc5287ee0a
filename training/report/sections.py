"""The sections of the page; each draws its pictures and returns its paragraphs."""

from collections.abc import Callable, Iterator
from pathlib import Path

from training.measures import NAMED_RIGHT
from training.report.coverage import at_threshold, coverage, draw_coverage
from training.report.evaluated import Evaluated, Head
from training.report.groups import draw_slices
from training.report.markdown import decimal, percent, picture, plain, table
from training.report.reliability import draw_reliability, reliability
from training.report.scores import ByLabel, Tables, macro_auc, macro_f1, top_share
from training.report.slices import Figures, Slice, by_century, by_movement, by_origin

SLICINGS: dict[str, Callable[[Evaluated], list[Slice]]] = {
    "movement": by_movement,
    "century": by_century,
    "origin": by_origin,
}
HEADS = ("painter", "movement")
SHOWN = ("top-1", "top-3", "named", "right where named")


def figures(parts: Evaluated, tables: Tables) -> Iterator[str]:
    """Both heads in one table."""
    yield (
        f"{len(parts.examples):,} held-out pictures that training never saw. A picture with "
        "several movements counts as right where the guess is any of them; in the tables of what "
        "is taken for what it stands with that movement, or else with its first. Pictures of "
        "painters who are no class are asked for their movement alone."
    )
    yield table(
        ("figure", "painters", "movements"),
        [
            (name, *(show(head, found) for head, found in zip(_heads(parts), tables, strict=True)))
            for name, show in _FIGURES.items()
        ],
    )


_FIGURES: dict[str, Callable[[Head, ByLabel], str]] = {
    "labels": lambda head, _: str(len(head.ids)),
    "labels with test pictures": lambda _, found: str(int((found.tested > 0).sum())),
    "pictures asked": lambda head, _: f"{int(head.asked.sum()):,}",
    "top-1": lambda head, _: percent(top_share(head, 1)),
    "top-3": lambda head, _: percent(top_share(head, 3)),
    "top-5": lambda head, _: percent(top_share(head, 5)),
    "macro F1 (labels with test pictures)": lambda head, _: decimal(macro_f1(head)),
    "ROC AUC, one against the rest, macro": lambda _, found: decimal(macro_auc(found)),
    "expected calibration error": lambda head, _: percent(reliability(head).error),
    "temperature": lambda head, _: f"{head.temperature:.3f}",
    "threshold from which it names": lambda head, _: f"{head.threshold:.3f}",
    "named": lambda head, _: percent(at_threshold(head)[0]),
    "right where named": lambda head, _: percent(1 - at_threshold(head)[1]),
    "area under risk against coverage": lambda head, _: decimal(coverage(head).area),
}


def _heads(parts: Evaluated) -> tuple[Head, Head]:
    return parts.painters, parts.movements


def honesty(folder: Path, parts: Evaluated) -> Iterator[str]:
    """Reliability, and risk against coverage."""
    heads = _heads(parts)
    yield "## Is it right as often as it says?"
    draw_reliability(heads, folder / "reliability.png")
    errors = " and ".join(
        f"{percent(reliability(head).error)} for {head.title.lower()}" for head in heads
    )
    yield picture(
        "reliability.png",
        "Reliability diagrams of both heads: how often the first guess is right, against how "
        "sure it says it is, with the number of pictures in each bin. The expected calibration "
        f"error is {errors}.",
    )
    yield "## How often is it wrong, when it speaks only where it is sure?"
    draw_coverage(heads, folder / "coverage.png")
    points = "; ".join(
        f"{head.title.lower()}: {percent(answered)} answered, {percent(wrong)} of these wrong"
        for head, (answered, wrong) in zip(heads, map(at_threshold, heads), strict=True)
    )
    yield picture(
        "coverage.png",
        "Curves of both heads: the share of wrong answers, against the share of pictures that are "
        f"answered. At the thresholds that ship – {points}.",
    )
    yield (
        f"The thresholds were chosen on other pictures, for {percent(NAMED_RIGHT)} right where "
        "named. Both curves leave out the pictures whose painter, or movement, is none of the "
        "labels: there every name is wrong."
    )


def parts_of_the_test(folder: Path, parts: Evaluated) -> Iterator[str]:
    """Figures by movement, by century and by origin."""
    for kind, slicing in SLICINGS.items():
        slices = slicing(parts)
        yield f"## By {kind}"
        if not slices:
            yield "There are no test pictures."
            continue
        file = f"by-{kind}.png"
        draw_slices(slices, f"By {kind}", folder / file)
        yield picture(file, f"How often both heads' first guess is right, by {kind}, with 95 % "
                      "intervals; the table below has the same figures.")  # fmt: skip
        yield table(
            (kind, "pictures", *(f"{head} {name}" for head in HEADS for name in SHOWN)),
            [
                (plain(s.name), f"{s.pictures:,}", *_shares(s.painters), *_shares(s.movements))
                for s in slices
            ],
        )


def _shares(found: Figures) -> tuple[str, ...]:
    return tuple(map(percent, (found.top1, found.top3, found.named, found.named_right)))
