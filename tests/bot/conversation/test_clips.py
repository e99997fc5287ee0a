"""Short videos are looked at by their clearest picture, as photos are."""

import threading
from pathlib import Path

import cv2
import numpy as np
import pytest

from bot.conversation.assistant import Assistant
from bot.conversation.events import Chat, Clip
from bot.conversation.speech import Parts
from bot.vision import video
from tests.bot.conversation.speaking import ANN, BOB, CHAT, Visitor, buttons, words
from tests.films import BLACK, SHARP, film
from tests.pictures import BLUE, jpeg


def clip(content: bytes, **more: object) -> Clip:
    """A video that Ann sends."""
    return Clip(**{"id": "v1", "chat": CHAT, "person": ANN, "video": content, **more})  # type: ignore[arg-type]


def painted(colour: tuple[int, int, int] = (40, 60, 200)) -> np.ndarray:
    """A frame of one colour with an edge, so that it is not plain."""
    frame = np.full((240, 320, 3), colour, dtype=np.uint8)
    cv2.rectangle(frame, (0, 0), (60, 239), (250, 250, 250), -1)
    return frame


async def test_a_video_gets_the_answer_of_its_clearest_picture(
    assistant: Assistant, tmp_path: Path
) -> None:
    content = film(tmp_path, [BLACK] * 4 + [painted()] * 8)
    told = await assistant.handle(clip(content))
    shown = await Visitor(assistant).shows(video.clear_frame(content))
    assert words(told) == words(shown)
    assert [c.label for c in buttons(told)] == [c.label for c in buttons(shown)]


async def test_a_video_sent_twice_is_one_photo(
    assistant: Assistant, parts: Parts, tmp_path: Path
) -> None:
    event = clip(film(tmp_path, [SHARP] * 3))
    first, second = [buttons(await assistant.handle(event)) for _ in range(2)]
    assert [c.data for c in first] == [c.data for c in second]


async def test_the_next_photo_after_a_video_is_another(
    assistant: Assistant, tmp_path: Path
) -> None:
    told = buttons(await assistant.handle(clip(film(tmp_path, [SHARP] * 3))))
    other = buttons(await Visitor(assistant, BOB).shows(jpeg(BLUE)))
    assert told[-1].data != other[-1].data


async def test_a_video_on_which_nothing_can_be_made_out_gets_its_sentence(
    assistant: Assistant, tmp_path: Path
) -> None:
    for content in (film(tmp_path, [BLACK] * 5), b"no video"):
        assert "only look at short videos" in words(await assistant.handle(clip(content)))


async def test_a_video_in_a_group_that_nobody_asks_about_gets_no_answer(
    assistant: Assistant, tmp_path: Path
) -> None:
    group = Chat("test", "group", is_group=True)
    event = clip(film(tmp_path, [SHARP] * 3), chat=group, addressed=False)
    assert await assistant.handle(event) is None


async def test_a_video_is_not_decoded_on_the_event_loop(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[str] = []

    def noted(content: bytes) -> bytes:
        threads.append(threading.current_thread().name)
        return video.clear_frame(content)

    monkeypatch.setattr("bot.conversation.identify.clear_frame", noted)
    await assistant.handle(clip(film(tmp_path, [SHARP] * 3)))
    (thread,) = threads
    assert thread.startswith("recognizer")
