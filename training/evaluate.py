"""Held-out figures: how often right, how honest about doubt, and where to stop naming names."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax, softmax

from training.augment import as_seen_by_a_phone
from training.dataset import Prepared, read_examples
from training.exported import Network
from training.few_shot import Fitted, Learnt, few_painters, fit_few_shot
from training.measures import (
    Scores,
    Targets,
    calibration_error,
    fit_temperature,
    minimize_temperature,
    one_hot,
    sureness,
    threshold,
    top,
)
from training.phone import phone_view
from training.recipe import Recipe
from training.report import Evaluated, gather, write_report
from training.splitting import fraction

log = logging.getLogger(__name__)

BEST_COVERED = 91
View = Callable[[NDArray[np.uint8], np.random.Generator], NDArray[np.uint8]]
HEADS = ("artist", "movement")


@dataclass(frozen=True)
class Report:
    """What evaluation found."""

    temperature: dict[str, float]
    thresholds: dict[str, float]
    few_shot: dict[str, Any]
    """Scale, offset and painters of `bot.vision.few_shot.FewShot`."""
    figures: dict[str, float]
    parts: Evaluated
    """The answers to the test part, for pages."""

    def to_json(self) -> dict[str, Any]:
        """Return all but the answers."""
        return {
            "temperature": self.temperature,
            "thresholds": self.thresholds,
            "few_shot": self.few_shot,
            "figures": self.figures,
        }


@dataclass(frozen=True)
class Answers:
    """Both heads' logits on some pictures, and the right answers."""

    indices: NDArray[np.int64]
    logits: dict[str, Scores]
    targets: dict[str, Targets]

    def among(self, rows: NDArray[Any], columns: dict[str, NDArray[np.int64]]) -> "Answers":
        """Return some pictures' answers among some labels: others are not asked or answered."""
        return Answers(
            self.indices[rows],
            {head: self.logits[head][rows][:, columns[head]] for head in HEADS},
            {head: self.targets[head][rows][:, columns[head]] for head in HEADS},
        )


class Judge:
    """Asks a finished network about a prepared data set; asks about each clean picture once."""

    def __init__(self, network: Network, prepared: Prepared, movements: tuple[str, ...]) -> None:
        """``movements``: those the network answers, in the order of its outputs."""
        self._network = network
        self.prepared = prepared
        self.movements = movements
        self._columns = [prepared.movements.index(name) for name in movements]
        self._asked = np.zeros(len(prepared.examples), bool)
        self._outputs: dict[str, Scores] = {}

    def outputs(self, indices: NDArray[np.int64]) -> dict[str, Scores]:
        """Return the network's outputs for clean pictures, one row each."""
        new = indices[~self._asked[indices]]
        if len(new):
            found = self._network.predict(self.prepared.pictures[new], batch_size=32)
            for name, rows in found.items():
                shape = (len(self._asked), *rows.shape[1:])
                self._outputs.setdefault(name, np.zeros(shape, np.float32))[new] = rows
            self._asked[new] = True
        return {name: rows[indices] for name, rows in self._outputs.items()}

    def answer(self, part: str, *, view: View | None = None) -> Answers:
        """Run the network on a part of the split; with ``view``, on such views of its pictures."""
        indices = self.prepared.part(part)
        if view is None:
            outputs: Mapping[str, Scores] = self.outputs(indices)
        else:
            rng = np.random.default_rng(1)
            pictures = np.stack([view(self.prepared.pictures[i], rng) for i in indices])
            outputs = self._network.predict(pictures, batch_size=32)
        targets = {
            "artist": one_hot(self.prepared.artist_targets(indices), len(self.prepared.artists)),
            "movement": self.prepared.movement_targets(indices)[:, self._columns],
        }
        return Answers(indices, {head: outputs[head] for head in HEADS}, targets)

    def first_folder(self, recipe: Recipe) -> dict[str, NDArray[np.int64]]:
        """Return the columns of the labels that the first folder alone brings."""
        examples = read_examples(replace(recipe.data, also=()))
        artists = {e.artist for e in examples if e.is_class}
        movements = {m for e in examples for m in e.movements}
        return {
            "artist": _positions(self.prepared.artists, artists),
            "movement": _positions(self.movements, movements),
        }


def _positions(labels: list[str] | tuple[str, ...], wanted: set[str]) -> NDArray[np.int64]:
    return np.array([i for i, label in enumerate(labels) if label in wanted], np.int64)


def evaluate(recipe: Recipe, judge: Judge) -> Report:
    """Fit temperatures, few-shot painters and thresholds on validation pictures, measure on test.

    Writes ``report.json`` and the pages of ``report/`` into the recipe's run folder.
    """
    validation, unseen, test = (judge.answer(part) for part in ("validation", "unseen", "test"))
    temperature = {
        head: fit_temperature(validation.logits[head], validation.targets[head]) for head in HEADS
    }
    figures = _of_first_folder(judge, recipe, test, unseen)
    few = _fit_few_shot(judge, validation, test, temperature["artist"])
    temperature["artist"] = _temperature_beside(judge, few, validation)
    few = _fit_few_shot(judge, validation, test, temperature["artist"])
    beside = partial(_beside_few_shot, judge, few, temperature["artist"])
    strange = beside(unseen)
    serves = _strangers(judge, strange)
    calibrated = {"artist": 1.0, "movement": temperature["movement"]}
    thresholds = {
        head: threshold(
            *_doubtful(beside(validation), strange, serves == "fit", head, calibrated[head])
        )
        for head in HEADS
    }
    measured = serves == "measured"
    asked = beside(test)
    figures |= _of_everything(asked, strange, measured, calibrated, thresholds)
    figures |= few.figures
    rounded = {name: round(float(figure), 4) for name, figure in figures.items()}
    shown = replace(asked, logits={k: asked.logits[k] / calibrated[k] for k in HEADS})
    artists = (*judge.prepared.artists, *(label.id for label in few.labels))
    labels = {"artist": artists, "movement": judge.movements}
    parts = gather(recipe, judge.prepared, labels, shown, temperature, thresholds)
    page = write_report(recipe.run_folder / "report", parts)
    report = Report(temperature, thresholds, few.card(), rounded, parts)
    path = recipe.run_folder / "report.json"
    path.write_text(json.dumps(report.to_json(), indent=1), encoding="utf-8")
    for name, figure in report.figures.items():
        log.info("%-44s %.4f", name, figure)
    log.info("The report: %s", page)
    return report


def _fit_few_shot(
    judge: Judge, validation: Answers, test: Answers, artist_temperature: float
) -> Fitted:
    def question(indices: NDArray[np.int64]) -> Learnt:
        outputs = judge.outputs(indices)
        learnt = log_softmax(outputs["artist"] / artist_temperature, axis=1)
        right = judge.prepared.artist_targets(indices)
        return Learnt(learnt, outputs["embedding"], right)

    works = {
        name: question(np.array(numbers, np.int64))
        for name, numbers in few_painters(judge.prepared).items()
    }
    known = [a.indices[a.targets["artist"].any(axis=1)] for a in (validation, test)]
    return fit_few_shot(works, question(known[0]), question(known[1]))


def _strangers(judge: Judge, unseen: Answers) -> NDArray[np.str_]:
    """Say of each picture of the painters held out whole what it serves.

    Half of these painters serve to ``fit`` the thresholds, the others are ``measured``.
    """
    sides = ("measured", "fit")
    artists = [judge.prepared.examples[i].artist for i in unseen.indices]
    return np.array([sides[fraction("strangers", a) < 0.5] for a in artists], np.str_)


def _beside_few_shot(
    judge: Judge, few: Fitted, artist_temperature: float, answers: Answers
) -> Answers:
    """Return answers in which the few-shot painters stand beside the learnt ones.

    Their own works are not asked about: each would be its own nearest picture.
    """
    artists = [judge.prepared.examples[i].artist for i in answers.indices]
    others = ~np.isin(artists, [label.id for label in few.labels])
    every = {head: np.arange(answers.logits[head].shape[1]) for head in HEADS}
    answers = answers.among(others, every)
    probabilities = softmax(answers.logits["artist"] / artist_temperature, axis=1)
    embeddings = judge.outputs(answers.indices)["embedding"]
    joined = few.painters.joined(probabilities, embeddings)
    added = np.zeros((len(joined), joined.shape[1] - probabilities.shape[1]), np.float32)
    return Answers(
        answers.indices,
        {**answers.logits, "artist": np.log(joined + 1e-12)},
        {**answers.targets, "artist": np.hstack([answers.targets["artist"], added])},
    )


def _temperature_beside(judge: Judge, few: Fitted, validation: Answers) -> float:
    """Return the temperature that makes the learnt painters' works likeliest beside the others."""

    def loss(temperature: float) -> float:
        beside = _beside_few_shot(judge, few, temperature, validation)
        return -float((beside.targets["artist"] * beside.logits["artist"]).sum())

    return minimize_temperature(loss)


def _doubtful(
    known: Answers, unseen: Answers, strangers: NDArray[np.bool_], head: str, temperature: float
) -> tuple[Scores, NDArray[np.bool_]]:
    """Return confidence and right of known painters' works and of strangers' together.

    A stranger's painter is never right; a picture whose movement is none of ours is left out of
    the movements.
    """
    logits = np.concatenate([known.logits[head], unseen.logits[head][strangers]])
    targets = np.concatenate([known.targets[head], unseen.targets[head][strangers]])
    asked = targets.any(axis=1) | (head == "artist")
    return sureness(logits[asked], targets[asked], temperature)


def _of_first_folder(
    judge: Judge, recipe: Recipe, test: Answers, unseen: Answers
) -> dict[str, float]:
    """Figures among the labels of the first folder alone, on its pictures alone."""
    prepared = judge.prepared
    columns = judge.first_folder(recipe)

    def asked(answers: Answers) -> NDArray[np.bool_]:
        names = {prepared.artists[c] for c in columns["artist"]}
        return np.array(
            [
                e.folder == 0 and (e.part == "unseen" or e.artist in names)
                for e in (prepared.examples[i] for i in answers.indices)
            ],
            bool,
        )

    clean = test.among(asked(test), columns)
    found = {"test_pictures": float(len(clean.indices)), **_right(clean)}
    found["artist_top1_of_best_covered"] = _best_covered(prepared, clean, columns["artist"])
    for name, view in (("phone", phone_view), ("distorted", _distorted)):
        seen = judge.answer("test", view=view)
        figures = _right(seen.among(asked(seen), columns))
        found |= {f"{figure}_{name}": value for figure, value in figures.items()}
    strange = unseen.among(asked(unseen), columns)
    if len(strange.indices):
        found["unseen_painters_pictures"] = float(len(strange.indices))
        for k in (1, 3):
            name = f"movement_top{k}_unseen_painters"
            found[name] = top(strange.logits["movement"], strange.targets["movement"], k)
    return found | _origin_gap(judge, clean, columns["movement"])


def _distorted(picture: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return a view as training sees it: much harsher than a phone, half of the area cut away."""
    return as_seen_by_a_phone(picture, picture.shape[0], rng)


def _right(answers: Answers, suffix: str = "") -> dict[str, float]:
    return {
        f"{head}_top{k}{suffix}": top(answers.logits[head], answers.targets[head], k)
        for head in HEADS
        for k in (1, 3)
    }


def _of_everything(
    test: Answers,
    unseen: Answers,
    strangers: NDArray[np.bool_],
    temperature: dict[str, float],
    thresholds: dict[str, float],
) -> dict[str, float]:
    """Figures over every label that ships: accuracy, calibration, and what is named."""
    found = {
        "artists": float(test.logits["artist"].shape[1]),
        "movements": float(test.logits["movement"].shape[1]),
        **_right(test, "_of_all"),
    }
    for head in HEADS:
        known = test.targets[head].any(axis=1)
        confidence, right = sureness(
            test.logits[head][known], test.targets[head][known], temperature[head]
        )
        found[f"{head}_calibration_error"] = calibration_error(confidence, right)
        named = confidence >= thresholds[head]
        found[f"{head}_named_share"] = float(named.mean())
        found[f"{head}_named_right"] = float(right[named].mean()) if named.any() else 1.0
        confidence, right = _doubtful(test, unseen, strangers, head, temperature[head])
        named = confidence >= thresholds[head]
        found[f"{head}_named_share_with_strangers"] = float(named.mean())
        found[f"{head}_named_right_with_strangers"] = (
            float(right[named].mean()) if named.any() else 1.0
        )
    return found


def _best_covered(prepared: Prepared, test: Answers, columns: NDArray[np.int64]) -> float:
    """Top-1 among the best-covered painters alone: others are neither asked nor answered."""
    train = prepared.artist_targets(prepared.part("train"))
    counts = np.bincount(train[train >= 0], minlength=len(prepared.artists))[columns]
    chosen = np.sort(np.argsort(-counts, kind="stable")[:BEST_COVERED])
    return top(test.logits["artist"][:, chosen], test.targets["artist"][:, chosen], 1)


def _origin_gap(judge: Judge, test: Answers, columns: NDArray[np.int64]) -> dict[str, float]:
    """Recall of the movements that come from two publishers, by publisher."""
    movements = [judge.movements[column] for column in columns]
    origins = np.array([judge.prepared.examples[i].origin for i in test.indices])
    best = test.logits["movement"].argmax(axis=1)
    found = {}
    for name in ("baroque", "impressionism"):
        if name not in movements:
            continue
        number = movements.index(name)
        for origin in ("a", "b"):
            asked = (test.targets["movement"][:, number] > 0) & (origins == origin)
            if asked.any():
                found[f"{name}_recall_origin_{origin}"] = float((best[asked] == number).mean())
                found[f"{name}_pictures_origin_{origin}"] = float(asked.sum())
    return found
