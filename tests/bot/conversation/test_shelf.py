"""Photos lie in memory for a little while, few of them, small, and without their metadata."""

import asyncio
import io

from PIL import Image

from bot.conversation.shelf import SIDE, Shelf, opened, small_copy
from tests.pictures import RED, encoded, painting


async def test_a_copy_is_there_until_its_time_is_over_though_nobody_asks() -> None:
    shelf = Shelf(seconds=0.05)
    shelf.put(1, b"red")
    assert shelf.get(1) == b"red"
    await asyncio.sleep(0.1)
    assert len(shelf) == 0
    assert shelf.get(1) is None


async def test_the_oldest_make_room_for_the_newest() -> None:
    shelf = Shelf(most_bytes=10)
    for photo in range(4):
        shelf.put(photo, b"four")
    assert [shelf.get(photo) for photo in range(4)] == [None, None, b"four", b"four"]
    shelf.put(9, b"ten bytes.")
    assert len(shelf) == 1


async def test_a_copy_that_is_too_large_for_the_shelf_is_not_kept_and_drives_out_no_other() -> None:
    shelf = Shelf(most_bytes=10)
    shelf.put(1, b"four")
    shelf.put(2, b"eleven bytes")
    assert (shelf.get(1), shelf.get(2)) == (b"four", None)


async def test_the_same_photo_again_takes_the_place_of_the_first_and_lasts_from_then_on() -> None:
    shelf = Shelf(most_bytes=10, seconds=0.2)
    shelf.put(1, b"first")
    await asyncio.sleep(0.12)
    shelf.put(1, b"again")
    shelf.put(2, b"other")
    await asyncio.sleep(0.12)
    assert (shelf.get(1), shelf.get(2)) == (b"again", b"other")


def test_a_copy_is_small_and_says_nothing_but_its_pixels() -> None:
    large = painting(RED, (3000, 1500))
    large.info["comment"] = b"Anna's kitchen"
    copy = small_copy(large)
    with Image.open(io.BytesIO(copy)) as found:
        assert (found.format, found.size) == ("JPEG", (SIDE, SIDE // 2))
    assert b"kitchen" not in copy
    assert large.size == (3000, 1500), "the photo itself is left as it is"


def test_a_small_photo_keeps_its_size() -> None:
    photo = Image.open(io.BytesIO(encoded(painting(RED, (320, 200)))))
    assert opened(small_copy(photo)).size == (320, 200)
