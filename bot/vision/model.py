"""The network as it ships: one ONNX file and the card that says how to read its answers."""

import hashlib
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

OUTPUTS = ("artist", "movement", "painting", "embedding", "work", "artist_map", "movement_map")
"""What is asked of the network, in the order of `Model.answer`."""


class ModelError(Exception):
    """The model cannot be used; the message says what is wrong and how to mend it."""


@dataclass(frozen=True)
class Label:
    """One class of a head."""

    id: str
    name: str


@dataclass(frozen=True)
class Card:
    """What travels with the network; written by ``python -m training export``."""

    name: str
    version: str
    file: Path
    sha256: str
    input_size: int
    artists: tuple[Label, ...]
    movements: tuple[Label, ...]
    artist_temperature: float
    movement_temperature: float
    painting_temperature: float
    artist_threshold: float
    """The least confidence at which a painter is named."""
    movement_threshold: float
    painting_threshold: float
    """The least probability at which a photo is taken to show a work of art."""
    few_shot: tuple[Label, ...] = ()
    """Painters named by their nearest pictures in the gallery; see `bot.vision.few_shot`."""
    few_shot_scale: float = 1.0
    few_shot_offset: float = 1.0

    @property
    def title(self) -> str:
        """``name@version``, as ``identify --json`` prints it."""
        return f"{self.name}@{self.version}"


@dataclass(frozen=True)
class Answer:
    """One picture's answer, for A painters, M movements and a feature map of h × w places."""

    artists: NDArray[np.float32]
    """Calibrated probabilities, shape (A,)."""
    movements: NDArray[np.float32]
    """Calibrated probabilities, shape (M,)."""
    painting: float
    """Calibrated probability that the photo shows a work of art at all."""
    embedding: NDArray[np.float32]
    """How it looks, nearer for two works of one hand or style: shape (d,), unit length."""
    work: NDArray[np.float32]
    """Which work it is, nearer for two views of one work: shape (e,), unit length."""
    artist_map: NDArray[np.float32]
    """What each place says for each painter, shape (h, w, A); its mean is the painter's logit."""
    movement_map: NDArray[np.float32]
    """The same for each movement, shape (h, w, M)."""


def read_card(path: Path) -> Card:
    """Read a model card. Raises `ModelError` where it is missing or lacks an entry."""
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Card(
            name=content["name"],
            version=content["version"],
            file=path.parent / content["file"],
            sha256=content["sha256"],
            input_size=content["input"]["size"],
            artists=tuple(Label(**label) for label in content["artists"]),
            movements=tuple(Label(**label) for label in content["movements"]),
            artist_temperature=content["temperature"]["artist"],
            movement_temperature=content["temperature"]["movement"],
            painting_temperature=content["temperature"]["painting"],
            artist_threshold=content["thresholds"]["artist"],
            movement_threshold=content["thresholds"]["movement"],
            painting_threshold=content["thresholds"]["painting"],
            few_shot=tuple(Label(**label) for label in content["few_shot"]["painters"]),
            few_shot_scale=content["few_shot"]["scale"],
            few_shot_offset=content["few_shot"]["offset"],
        )
    except FileNotFoundError:
        raise ModelError(f"There is no model card at {path}; set MODEL_CARD.") from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise ModelError(f"The model card {path} cannot be read: {error!r}.") from error


class Model:
    """One shared inference session. Create it after any fork; `answer` is safe from threads."""

    def __init__(self, card: Card, threads: int = 1) -> None:
        """Load the network and check it against its card.

        ``threads`` is the number of threads of one inference. Raises `ModelError`.
        """
        self.card = card
        self._session = _open_session(card, threads)
        self.embedding_size = self._check_outputs()

    def answer(self, picture: NDArray[np.uint8]) -> Answer:
        """Run one picture, RGB uint8 of shape (input_size, input_size, 3)."""
        artist, movement, painting, embedding, work, artist_map, movement_map = self._session.run(
            OUTPUTS, {"picture": picture[None]}
        )
        return Answer(
            softmax(artist[0] / self.card.artist_temperature),
            softmax(movement[0] / self.card.movement_temperature),
            sigmoid(float(painting[0, 0]) / self.card.painting_temperature),
            embedding[0],
            work[0],
            artist_map[0],
            movement_map[0],
        )

    def _check_outputs(self) -> int:
        """Return the length of an embedding."""
        found_outputs = {output.name for output in self._session.get_outputs()}
        if not found_outputs.issuperset(OUTPUTS):
            raise ModelError(f"{self.card.file} answers {sorted(found_outputs)}, not {OUTPUTS}.")
        size = self.card.input_size
        answer = self.answer(np.zeros((size, size, 3), np.uint8))
        found = (len(answer.artists), len(answer.movements))
        stated = (len(self.card.artists), len(self.card.movements))
        if found != stated:
            raise ModelError(
                f"{self.card.file} answers {found} painters and movements, its card names {stated}."
            )
        mapped = (answer.artist_map.shape[-1], answer.movement_map.shape[-1])
        if mapped != stated:
            raise ModelError(f"{self.card.file} has maps of {mapped} classes, not of {stated}.")
        return len(answer.embedding)


def _open_session(card: Card, threads: int) -> ort.InferenceSession:
    try:
        data = card.file.read_bytes()
    except OSError as error:
        raise ModelError(f"The network {card.file} cannot be read: {error.strerror}.") from error
    if hashlib.sha256(data).hexdigest() != card.sha256:
        raise ModelError(f"{card.file} is not the file its card describes (sha256 differs).")
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return ort.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's exceptions share no base class
        raise ModelError(f"{card.file} is not a network onnxruntime can run: {error}") from error


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return probabilities of one row of scores."""
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum(), dtype=np.float32)


def sigmoid(score: float) -> float:
    """Return the probability of one score, however large it is."""
    return 0.5 * (1 + math.tanh(score / 2))
