"""The sections of the page about what is taken for what, and the figures label by label."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from training.report.confusion import draw_annotated, draw_whole, most_confused
from training.report.evaluated import Evaluated, Head
from training.report.markdown import UNKNOWN, decimal, percent, picture, plain, table
from training.report.mistakes import draw_mistakes, mistakes
from training.report.scores import ByLabel, Tables


def confusions(folder: Path, parts: Evaluated, tables: Tables) -> Iterator[str]:
    """Both confusion matrices, and the painters most often taken for each other."""
    painters, movements = tables
    yield "## Which movement is taken for which"
    draw_annotated(parts.movements, movements.confusions, folder / "movements.png")
    worst = most_confused(parts.movements, movements.confusions, 3)
    yield picture(
        "movements.png",
        "Confusion matrix of the movements, oldest first, in per cent of each movement's pictures. "
        + _most_often(f"{p.true} for {p.given}" for p in worst),
    )
    yield "## Which painter is taken for which"
    groups = parts.movement_of_painter
    draw_whole(parts.painters, groups, painters.confusions, folder / "painters.png")
    pairs = most_confused(parts.painters, painters.confusions)
    inside = _inside(parts, painters)
    yield picture(
        "painters.png",
        "Confusion matrix of all painters as a heat map, grouped by movement, oldest first; "
        f"{percent(inside)} of the mistakes stay within the true painter's movement.",
    )
    yield f"The {len(pairs)} most confused pairs:"
    yield table(
        ("painter", "taken for", "pictures", "of"),
        [(plain(p.true), plain(p.given), str(p.pictures), str(p.of)) for p in pairs],
        words=2,
    )


def _most_often(taken: Iterator[str]) -> str:
    found = ", ".join(taken)
    return f"Most often taken: {found}." if found else "None is taken for another."


def _inside(parts: Evaluated, painters: ByLabel) -> float:
    """Return which share of the painters' mistakes stays within one movement."""
    group = np.array(parts.movement_of_painter)
    same = (group[:, None] == group[None, :]) & ~np.eye(len(group), dtype=bool)
    wrong = painters.confusions.sum() - np.trace(painters.confusions)
    return float(painters.confusions[same].sum() / wrong) if wrong else float("nan")


def surest_mistakes(folder: Path, parts: Evaluated) -> Iterator[str]:
    """Draw the contact sheet, which the run folder alone may hold."""
    yield "## The most confident mistakes"
    found = mistakes(parts)
    file = folder / "mistakes.png"
    file.unlink(missing_ok=True)
    if not found:
        yield "No painter was mistaken."
        return
    draw_mistakes(parts, found, file)
    yield "These pictures are the data's: they stay in this folder."
    first = found[0]
    yield picture(
        file.name,
        f"Contact sheet of the {len(found)} most confident mistakes; the surest takes a work of "
        f"{first.true} for one of {first.given}, {percent(first.confidence)} sure.",
    )
    yield table(
        ("", "work", "painter", "taken for", "sure"),
        [
            (str(n), plain(m.title), plain(m.true), plain(m.given), percent(m.confidence))
            for n, m in enumerate(found, 1)
        ],
        words=4,
    )


def labels(parts: Evaluated, tables: Tables) -> Iterator[str]:
    """Every label's figures, movements in the order of the matrix, painters by name."""
    yield "## Movement by movement"
    yield _labels(parts.movements, tables[1], parts.movements.order.tolist())
    yield "## Painter by painter"
    by_name = sorted(range(len(parts.painters.ids)), key=parts.painters.names.__getitem__)
    yield _labels(parts.painters, tables[0], by_name)


def _labels(head: Head, found: ByLabel, order: list[int]) -> str:
    header = ("", "learnt from", "tested", "recall", "precision", "F1", "AUC", "most taken for")
    return table(
        header,
        [
            (
                plain(head.names[label]),
                str(head.works[label]),
                str(found.tested[label]),
                percent(found.recall[label]),
                percent(found.precision[label]),
                decimal(found.f1[label]),
                decimal(found.auc[label]),
                _most_taken_for(head, found, label),
            )
            for label in order
        ],
    )


def _most_taken_for(head: Head, found: ByLabel, label: int) -> str:
    row = found.confusions[label].copy()
    row[label] = 0
    most = int(row.argmax())
    return f"{plain(head.names[most])} ({row[most]})" if row[most] else UNKNOWN
