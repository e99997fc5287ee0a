"""Which pictures are shown, and how small they are printed."""

import io

import numpy as np
from PIL import Image

from bot.conversation.recap.pictures import ALBUM, PRINTED_BYTES, album, printed
from tests.bot.conversation.recap.tours import photo, stop


def test_an_album_holds_the_works_that_most_people_photographed_in_their_order() -> None:
    picture = photo(1, (64, 48))
    stops = [stop(n, picture=picture, by=("Ann",) * (1 + n % 5)) for n in range(1, 21)]
    shown = album([*stops, stop(21, by=("Ann",) * 9)])
    assert len(shown) == ALBUM
    assert [s.number for s in shown] == sorted(s.number for s in shown)
    assert {4, 9, 14, 19} < {s.number for s in shown}
    assert 21 not in {s.number for s in shown}


def test_a_printed_picture_is_small_and_tells_nothing_of_where_it_was_taken() -> None:
    image = Image.new("RGB", (2400, 1200), "teal")
    exif = Image.Exif()
    exif[0x010E] = "At home"
    file = io.BytesIO()
    image.save(file, "JPEG", exif=exif, comment=b"At home")
    copy = printed([stop(1, picture=file.getvalue())])[1]
    assert Image.open(io.BytesIO(copy)).size == (900, 450)
    assert b"At home" not in copy


def test_many_busy_pictures_share_the_room_there_is() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (1024, 1024, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).save(file, "JPEG", quality=95)
    copies = printed([stop(n, picture=file.getvalue()) for n in range(1, 21)])
    assert len(copies) == 20
    assert sum(map(len, copies.values())) <= PRINTED_BYTES


def test_a_picture_that_cannot_be_read_is_left_out() -> None:
    whole = photo(1)
    found = printed([stop(1, picture=b"no picture"), stop(2, picture=whole[:2000]), stop(3)])
    assert found == {}
