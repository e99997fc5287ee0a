"""The exported network, asked in the way Keras is asked, so that both are measured alike."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from training.recipe import TrainingError

OUTPUTS = (
    "artist",
    "movement",
    "embedding",
    "feature_map",
    "artist_map",
    "movement_map",
    "painting",
    "work",
)
MEASURED = ("artist", "movement", "embedding", "painting", "work")
"""What is kept of every picture; the maps of thousands would fill the memory."""


class NoNetworkError(TrainingError):
    """There is no exported network where one was named; the message says where."""


class Network(Protocol):
    """A network that can be measured: a `keras.Model`, or an `Exported` one."""

    def predict(
        self, pictures: NDArray[np.uint8], batch_size: int = 32
    ) -> Mapping[str, NDArray[np.float32]]:
        """Answer pictures of shape (n, 224, 224, 3); each output has n rows."""


class Exported:
    """An ONNX file as a `Network`."""

    def __init__(self, source: Path | bytes, outputs: tuple[str, ...] = MEASURED) -> None:
        """Open a file, or the bytes of one. Raises `NoNetworkError` where there is no file."""
        if isinstance(source, Path) and not source.is_file():
            raise NoNetworkError(f"There is no network at {source}.")
        options = ort.SessionOptions()
        options.intra_op_num_threads = 2
        self._session = ort.InferenceSession(source, options, providers=["CPUExecutionProvider"])
        self._outputs = outputs

    def predict(
        self, pictures: NDArray[np.uint8], batch_size: int = 32
    ) -> Mapping[str, NDArray[np.float32]]:
        """Answer pictures one by one, as the bot does, whatever ``batch_size`` says."""
        rows = [
            self._session.run(self._outputs, {"picture": picture[None]}) for picture in pictures
        ]
        return {
            name: np.concatenate([row[number] for row in rows])
            for number, name in enumerate(self._outputs)
        }
