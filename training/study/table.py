"""The study's table: medians over seeds, written between two markers of a document."""

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from training.recipe import RecipeError
from training.study.plan import Row, Study, read_study
from training.study.running import FOLDER, PLAN, Result, read_results, run_key
from training.study.subset import key_of, recipe_of

DOCUMENT = Path("training/STUDY.md")
BEGIN = "<!-- The table is written by `python -m training study`; edit the words around it. -->"
END = "<!-- End of the table. -->"
SETTINGS = ("Row", "Trunk", "Opened", "Views", "Dropout", "L1", "L2", "Smoothing", "Trained")
MISSING = "–"


def write_table(
    document: Path | None = None,
    path: Path = PLAN,
    data: Path | None = None,
    folder: Path = FOLDER,
) -> None:
    """Put the table of what has been found so far into ``document``, which is made if missing.

    Without a document that is `DOCUMENT`, or `table.md` in ``folder`` for data of one's own.
    Raises `RecipeError` where the document has no markers.
    """
    document = document or (folder / "table.md" if data else DOCUMENT)
    study = read_study(path)
    found = _by_row_and_task(study, data, folder)
    text = document.read_text(encoding="utf-8") if document.is_file() else f"{BEGIN}\n{END}\n"
    if BEGIN not in text or END not in text:
        raise RecipeError(f"{document} has no place for the table: two lines mark it.")
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    table = "\n".join(table_lines(study, found))
    document.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")


def _by_row_and_task(
    study: Study, data: Path | None, folder: Path
) -> dict[tuple[str, str], list[Result]]:
    recipe = recipe_of(study, data)
    results = {result.key: result for result in read_results(folder)}
    most = 1 + max((result.seed for result in results.values()), default=0)
    found = {}
    for task in study.tasks:
        data_key = key_of(recipe, task)
        for row in study.rows:
            keys = [run_key(row, study.common, data_key, seed) for seed in range(most)]
            found[row.name, task.name] = [results[key] for key in keys if key in results]
    return found


def table_lines(study: Study, found: dict[tuple[str, str], list[Result]]) -> list[str]:
    """Return the lines of a Markdown table; the best median of each column is bold."""
    columns = [
        [_medians(found[row.name, task.name], figure) for row in study.rows]
        for task in study.tasks
        for figure in ("top1", "top3")
    ]
    headings = [f"{t.name}, {k}" for t in study.tasks for k in ("top-1", "top-3")]
    lines = [_line([*SETTINGS, *headings, "Seeds"]), _line(["---", *["--:"] * (len(columns) + 9)])]
    for number, row in enumerate(study.rows):
        results = [found[row.name, task.name] for task in study.tasks]
        cells = [_cell(column[number], column) for column in columns]
        lines.append(_line([*_settings(row, results), *cells, _seeds(results)]))
    return lines


def _medians(results: Sequence[Result], figure: str) -> float | None:
    return median(getattr(result, figure) for result in results) if results else None


def _cell(value: float | None, column: Sequence[float | None]) -> str:
    if value is None:
        return MISSING
    best = value == max(other for other in column if other is not None)
    return f"**{100 * value:.1f}**" if best else f"{100 * value:.1f}"


def _settings(row: Row, results: Sequence[Sequence[Result]]) -> list[str]:
    weights = [result.opened_weights for found in results for result in found]
    return [
        f"`{row.name}`",
        row.backbone.capitalize(),
        f"{row.opened:.0%}".replace("%", " %"),
        "phone" if row.augmentation else "clean",
        f"{row.dropout:g}" if row.dropout else MISSING,
        f"{row.l1:g}" if row.l1 else MISSING,
        f"{row.l2:g}" if row.l2 else MISSING,
        f"{row.label_smoothing:g}" if row.label_smoothing else MISSING,
        f"{max(weights) / 1e6:.2f} M" if weights else MISSING,
    ]


def _seeds(results: Sequence[Sequence[Result]]) -> str:
    counts = sorted({len(found) for found in results})
    return str(counts[0]) if len(counts) == 1 else f"{counts[0]}–{counts[-1]}"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
