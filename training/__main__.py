"""``python -m training prepare | train | evaluate | export --recipe FILE``."""

import argparse
import logging
import os
import sys
from pathlib import Path

from training.recipe import Recipe, RecipeError, read_recipe

STEPS = {
    "prepare": "decode every picture once and split them",
    "train": "train, or go on where the last run stopped",
    "evaluate": "measure on pictures that training never saw",
    "export": "write the ONNX file and its card, checked against Keras",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one step; 0 done, 1 failed with a sentence on standard error, 2 wrong usage."""
    parser = argparse.ArgumentParser("python -m training", description="Train Docent's network.")
    steps = parser.add_subparsers(dest="step", required=True)
    for name, purpose in STEPS.items():
        step = steps.add_parser(name, help=purpose)
        step.add_argument("--recipe", type=Path, required=True, help="training/recipes/NAME.toml")
        step.add_argument("--data", type=Path, help="a folder with labels.csv, for the recipe's")
        if name == "evaluate":
            step.add_argument("--exported", type=Path, help="an ONNX file, for the latest network")
        if name == "export":
            step.add_argument("--models", type=Path, default=Path("models"), help="where to write")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    if options.step == "train":
        os.environ.setdefault("TF_SET_ONEDNN_FPMATH_MODE", "BF16")  # measured: 1.24 times as fast
        os.environ.setdefault("ONEDNN_DEFAULT_FPMATH_MODE", "BF16")
    try:
        return run(options, read_recipe(options.recipe, options.data))
    except RecipeError as error:
        print(error, file=sys.stderr)
        return 1


def run(options: argparse.Namespace, recipe: Recipe) -> int:
    """Run the step that was asked for; TensorFlow is loaded only now."""
    from training import dataset, evaluate, export, exported, train

    try:
        if options.step == "prepare":
            dataset.prepare(recipe)
        elif options.step == "train":
            train.train(recipe)
        elif options.step == "evaluate":
            network = exported.Exported(options.exported) if options.exported else None
            evaluate.evaluate(recipe, network)
        else:
            print(export.export(recipe, options.models))
    except (
        dataset.DatasetError,
        export.ExportError,
        exported.NoNetworkError,
        train.NotTrainedError,
    ) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
