"""People teach Docent works in a chat: one picture each, known at once, and taken back."""

from pathlib import Path

import pytest
from PIL import Image

from bot.conversation import collecting
from bot.conversation.assistant import Assistant
from bot.conversation.events import Chat
from bot.conversation.speech import Parts
from bot.memory.collections import Collections
from tests.bot.collections.museum import picture
from tests.bot.conversation.speaking import BOB, Visitor, buttons, words
from tests.bot.vision.works import scene
from tests.pictures import RED, encoded, jpeg

DELFT = "View of Delft; Johannes Vermeer; 1661; 15"


@pytest.fixture
def ann(knowing: Parts) -> Visitor:
    return Visitor(Assistant(knowing))


@pytest.fixture
def bob(ann: Visitor) -> Visitor:
    return Visitor(ann.assistant, BOB)


async def test_a_work_is_kept_with_its_caption_and_known_at_once(
    ann: Visitor, bob: Visitor
) -> None:
    assert "caption" in words(await ann.asks("collection", "new Mauritshuis"))
    kept = await ann.shows(picture(5), caption=DELFT)
    assert "Kept: View of Delft. I know it from here on. Mauritshuis has 1 work." in words(kept)
    for visitor in (ann, bob):
        seen = words(await visitor.shows(picture(5)))
        assert seen.splitlines()[0] == "View of Delft"
        assert "Johannes Vermeer · 1661 · Room 15" in seen
        assert seen.splitlines()[-1] == "Mauritshuis"


async def test_an_album_with_captions_is_as_many_works(ann: Visitor) -> None:
    await ann.asks("collection", "new Mine")
    kept = words(await ann.shows_album(picture(5), picture(6), captions=["One", "Two; Ann Red"]))
    assert "Kept: One." in kept
    assert "Kept: Two." in kept
    assert "not kept" not in kept
    kept = words(await ann.shows_album(picture(5), picture(6), captions=["Three"]))
    assert "without a caption of their own are not kept" in kept
    kept = words(await ann.shows_album(picture(5), picture(6), captions=["Four", "a;b;c;d;e"]))
    assert "Kept: Four." in kept
    assert "semicolons" in kept
    assert words(await ann.asks("collection", "show")).splitlines()[0] == "Mine: 4 works, private"


async def test_a_title_alone_is_enough(ann: Visitor) -> None:
    await ann.asks("collection", "new Mine")
    assert "Kept: The Goldfinch." in words(await ann.shows(picture(5), caption=" The Goldfinch "))
    assert words(await ann.shows(picture(5))).splitlines()[0] == "The Goldfinch"


async def test_the_same_photo_delivered_twice_is_one_work(ann: Visitor) -> None:
    await ann.asks("collection", "new Mine")
    for _ in range(2):
        said = words(await ann.shows(picture(5), id_="the same", caption="One"))
        assert "Mine has 1 work." in said


async def test_undo_takes_back_the_last_and_then_the_one_before(ann: Visitor) -> None:
    await ann.asks("collection", "new Mine")
    await ann.shows(picture(5), caption="One")
    last = await ann.shows(picture(6), caption="Two")
    assert "Two is removed" in words(await ann.taps(last, "Undo"))
    assert "not there any more" in words(await ann.taps(last, "Undo"))
    assert words(await ann.shows(picture(6))).splitlines()[0] != "Two"
    assert "One is removed" in words(await ann.asks("collection", "undo"))
    assert "nothing to Mine" in words(await ann.asks("collection", "undo"))


async def test_nobody_else_adds_takes_back_or_removes(ann: Visitor, bob: Visitor) -> None:
    await ann.asks("collection", "new Mine")
    kept = await ann.shows(picture(5), caption="One")
    ask = await ann.asks("collection", "remove")
    assert "not there any more" in words(await bob.taps(kept, "Undo"))
    assert "not there any more" in words(await bob.taps(ask, "Yes"))
    assert "No collection is open" in words(await bob.asks("collection", "undo"))
    assert "no collection called “Mine”" in words(await bob.asks("collection", "open Mine"))
    shown = await bob.shows(picture(7), caption="Is this Monet?")
    assert "Kept" not in words(shown)
    assert words(await ann.asks("collection", "show")).splitlines() == [
        "Mine: 1 work, private",
        "One",
    ]


async def test_a_photo_without_a_caption_or_after_closing_is_a_question(ann: Visitor) -> None:
    await ann.asks("collection", "new Mine")
    assert words(await ann.shows(picture(1))).splitlines()[0] == "The <Wave>"
    kept = await ann.shows(picture(5), caption="One")
    assert "Mine is closed, with 1 work." in words(await ann.taps(kept, "Done"))
    assert words(await ann.shows(picture(1), caption="What?")).splitlines()[0] == "The <Wave>"
    assert "No collection is open" in words(await ann.asks("collection", "close"))
    await ann.asks("collection", "open mine")
    assert "Mine has 2 works." in words(await ann.shows(picture(6), caption="Two"))


async def test_it_is_open_in_its_chat_alone(ann: Visitor) -> None:
    await ann.asks("collection", "new Mine")
    elsewhere = Visitor(ann.assistant, chat=Chat("test", "elsewhere"))
    assert "Kept" not in words(await elsewhere.shows(picture(5), caption="One"))
    assert "Kept" not in words(await ann.shows(picture(5), caption="/identify@docent"))


async def test_who_is_invited_adds_works_as_well(ann: Visitor, bob: Visitor) -> None:
    await ann.asks("collection", "new Ours")
    code = words(await ann.asks("collection", "invite")).split()[-1]
    assert "no such invitation" in words(await bob.asks("collection", "join nothing"))
    assert words(await bob.asks("collection", f"join {code}")).splitlines()[0] == "Ours"
    assert "Ours has 1 work" in words(await bob.shows(picture(4), caption="Theirs"))
    assert "no such invitation" in words(await bob.asks("collection", f"join {code}"))
    assert "Only who made Ours" in words(await bob.asks("collection", "invite"))
    assert "Only who made Ours" in words(await bob.asks("collection", "remove"))
    assert "removed" in words(await ann.asks("collection", "remove Theirs"))
    assert "cannot leave" in words(await ann.asks("collection", "leave"))
    assert "no longer" in words(await bob.asks("collection", "leave"))
    assert "No collection is open" in words(await bob.asks("collection", "show"))


async def test_works_and_collections_are_removed(ann: Visitor) -> None:
    await ann.asks("collection", "new Mine")
    await ann.shows(picture(5), caption="One")
    await ann.shows(picture(6), caption="Two")
    assert "One is removed" in words(await ann.asks("collection", "remove ONE"))
    assert "Mine has no work called “One”" in words(await ann.asks("collection", "remove One"))
    ask = await ann.asks("collection", "remove")
    assert "Remove Mine for good, with its 1 work" in words(ask)
    assert "Mine is removed" in words(await ann.taps(ask, "Yes"))
    assert words(await ann.shows(picture(6))).splitlines()[0] != "Two"
    assert "not there any more" in words(await ann.taps(ask, "Yes"))


async def test_what_cannot_be_kept_is_said_and_nothing_is_kept(ann: Visitor) -> None:
    await ann.asks("collection", "new Mine")
    for caption in (";Vermeer", "a;b;c;d;e"):
        assert "semicolons" in words(await ann.shows(picture(5), caption=caption))
    assert "longer than" in words(await ann.shows(picture(5), caption="x" * 301))
    assert "damaged" in words(await ann.shows(jpeg(RED)[:200], caption="One"))
    assert words(await ann.asks("collection", "show")) == "Mine: 0 works, private"
    for name in ("", "famous", "!!"):
        assert "Mine" not in words(await ann.asks("collection", f"new {name}"))


async def test_nobody_fills_the_disk(ann: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "MOST_WORKS", 2)
    monkeypatch.setattr(collecting, "MOST_COLLECTIONS", 2)
    await ann.asks("collection", "new One")
    await ann.shows(picture(5), caption="One")
    await ann.asks("collection", "new Two")
    await ann.shows(picture(6), id_="second", caption="Two")
    assert "as many as I keep" in words(await ann.shows(picture(7), caption="Three"))
    assert "Kept" in words(await ann.shows(picture(6), id_="second", caption="Two, again"))
    assert "as many as I keep" in words(await ann.asks("collection", "new Three"))
    assert "caption" in words(await ann.asks("collection", "new one")), "it is open again"


async def test_what_a_camera_wrote_into_a_photo_is_not_kept(ann: Visitor, knowing: Parts) -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    await ann.asks("collection", "new Mine")
    await ann.shows(encoded(scene(5), exif=exif), caption="One")
    collections = Collections(knowing.store)
    (mine,) = await collections.all()
    (work,) = await collections.works(mine.id)
    kept = await collections.picture(work.id)
    assert kept is not None
    assert b"taken at home" not in kept
    assert (work.person, mine.public) == ("ann", False)


async def test_the_commands_are_explained(ann: Visitor) -> None:
    for asked in ("", "what?"):
        assert "/collection new NAME" in words(await ann.asks("collection", asked))
    await ann.asks("collection", "new Mine")
    assert "Yours: Mine" in words(await ann.asks("collection"))


async def test_the_latest_works_are_shown(ann: Visitor, tmp_path: Path) -> None:
    await ann.asks("collection", "new Mine")
    small = encoded(scene(5).resize((96, 72)))
    for number in range(12):
        await ann.shows(small, caption=f"Work {number}; Ann Red")
    shown = words(await ann.asks("collection", "show Mine")).splitlines()
    assert shown[0] == "Mine: 12 works, private"
    assert shown[1] == "Work 11 by Ann Red"
    assert shown[-1] == "These are the latest 10."
    assert buttons(await ann.asks("collection", "show")) == []
