"""The report itself: one Markdown page and its pictures."""

from pathlib import Path

from training.report.errors import confusions, labels, surest_mistakes
from training.report.evaluated import Evaluated
from training.report.markdown import plain
from training.report.scores import by_label
from training.report.sections import figures, honesty, parts_of_the_test


def write_report(folder: Path, parts: Evaluated) -> Path:
    """Write ``report.md`` and its pictures into ``folder``, made where missing; return the page.

    One of them shows works of the data: the folder must be one that is never published.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = by_label(parts.painters), by_label(parts.movements)
    page = [
        f"# What {plain(parts.network)} gets right",
        *figures(parts, tables),
        *honesty(folder, parts),
        *parts_of_the_test(folder, parts),
        *confusions(folder, parts, tables),
        *surest_mistakes(folder, parts),
        *labels(parts, tables),
    ]
    path = folder / "report.md"
    path.write_text("\n\n".join(page) + "\n", encoding="utf-8")
    return path
