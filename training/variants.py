"""Smaller and faster versions of the exported network, and the choice of what ships.

Each variant is measured beside Keras' own ``predict`` on the same pictures in one run.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import keras
import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.exported import Exported
from training.measures import Targets, top

CALIBRATION_PICTURES = 200
TIMED_PICTURES = 60
MOST_LOST = 0.005
"""A variant may ship if it loses less than this of either head's top-1."""


@dataclass(frozen=True)
class Variant:
    """One version of the network and what was measured of it."""

    name: str
    data: bytes
    milliseconds: float
    """Median of one picture on two threads."""
    artist_top1: float
    movement_top1: float
    times_keras: float
    """How many times as fast as Keras' ``predict`` of the same picture."""

    def figures(self) -> dict[str, Any]:
        """Return what the model card keeps of it."""
        kept = {k: v for k, v in asdict(self).items() if k != "data"}
        return {**kept, "megabytes": round(len(self.data) / 1e6, 2)}


class _Pictures(CalibrationDataReader):
    """Hands pictures to the quantiser one by one."""

    def __init__(self, pictures: NDArray[np.uint8]) -> None:
        self._pictures: Iterator[NDArray[np.uint8]] = iter(pictures)

    def get_next(self) -> dict[str, NDArray[np.uint8]] | None:
        picture = next(self._pictures, None)
        return None if picture is None else {"picture": picture[None]}


def halved(model: onnx.ModelProto) -> bytes:
    """Return the network with its large weights kept in float16, computing in float32 as before."""
    small = onnx.ModelProto()
    small.CopyFrom(model)
    casts = []
    for weight in small.graph.initializer:
        if weight.data_type == TensorProto.FLOAT and np.prod(weight.dims) >= 64:
            name = f"{weight.name}/half"
            half = numpy_helper.from_array(numpy_helper.to_array(weight).astype(np.float16), name)
            casts.append(helper.make_node("Cast", [name], [weight.name], to=TensorProto.FLOAT))
            weight.CopyFrom(half)
    for cast in reversed(casts):
        small.graph.node.insert(0, cast)
    onnx.checker.check_model(small)
    return small.SerializeToString()


def quantised(model: onnx.ModelProto, pictures: NDArray[np.uint8]) -> bytes:
    """Return the network with int8 convolutions, their ranges taken from ``pictures``."""
    with TemporaryDirectory() as folder:
        whole, ready, small = (Path(folder) / f"{n}.onnx" for n in ("whole", "ready", "small"))
        onnx.save(model, whole)
        quant_pre_process(whole, ready, skip_symbolic_shape=True)  # the branch has it stumble
        with _quietly():  # it logs every channel it touches
            quantize_static(
                ready,
                small,
                _Pictures(pictures),
                quant_format=QuantFormat.QDQ,
                op_types_to_quantize=["Conv"],
                per_channel=True,
                activation_type=QuantType.QUInt8,
                weight_type=QuantType.QInt8,
                calibrate_method=CalibrationMethod.MinMax,
                extra_options={"CalibMovingAverage": True},
            )
        return small.read_bytes()


@contextmanager
def _quietly() -> Iterator[None]:
    """Let nothing but errors into the log for a while."""
    logger = logging.getLogger()
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def compare_variants(
    network: keras.Model,
    model: onnx.ModelProto,
    calibration: NDArray[np.uint8],
    pictures: NDArray[np.uint8],
    targets: dict[str, Targets],
) -> list[Variant]:
    """Measure float32, float16 and int8 on the same ``pictures`` beside Keras' ``predict``."""
    versions = {
        "float32": model.SerializeToString(),
        "float16": halved(model),
        "int8": quantised(model, calibration),
    }
    some = pictures[:TIMED_PICTURES]
    keras_time = _median(partial(_answer_one, partial(network.predict, verbose=0)), some)
    found = []
    for name, data in versions.items():
        exported = Exported(data)
        outputs = exported.predict(pictures)
        elapsed = _median(partial(_answer_one, exported.predict), some)
        found.append(
            Variant(
                name,
                data,
                round(elapsed * 1000, 2),
                round(top(outputs["artist"], targets["artist"], 1), 4),
                round(top(outputs["movement"], targets["movement"], 1), 4),
                round(keras_time / elapsed, 1),
            )
        )
    return found


def _answer_one(predict: Callable[[NDArray[np.uint8]], object], picture: NDArray[np.uint8]) -> None:
    predict(picture[None])


def _median(answer: Callable[[NDArray[np.uint8]], object], pictures: NDArray[np.uint8]) -> float:
    """Return the median seconds of one picture."""
    times = []
    for picture in pictures:
        started = time.perf_counter()
        answer(picture)
        times.append(time.perf_counter() - started)
    return float(np.median(times))


def choose(variants: Sequence[Variant]) -> Variant:
    """Return what ships: the fastest that loses less than `MOST_LOST`; of equals the smallest.

    The first variant is the whole network, which the others are measured against.
    """
    whole = variants[0]
    fit = [
        v
        for v in variants
        if whole.artist_top1 - v.artist_top1 < MOST_LOST
        and whole.movement_top1 - v.movement_top1 < MOST_LOST
    ]
    fastest = min(v.milliseconds for v in fit)
    return min((v for v in fit if v.milliseconds <= 1.1 * fastest), key=lambda v: len(v.data))
