"""A folder becomes a collection, stays in step with it, and comes back as it was."""

from pathlib import Path

import pytest

from bot.collections.enrolment import Enrolment, checked_name
from bot.conversation.phrases import Phrases
from bot.errors import UserError
from bot.memory.collections import Collection
from bot.vision.photo import PhotoError
from bot.vision.recognizer import Recognizer
from tests.bot.collections.museum import ROWS, hang, picture
from tests.pictures import RED, jpeg


@pytest.fixture
async def museum(enrolment: Enrolment) -> Collection:
    return await enrolment.collections.make("A Museum", public=True)


async def test_a_folder_is_enrolled_once(
    enrolment: Enrolment, museum: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = hang(tmp_path / "art")
    steps: list[tuple[int, int]] = []
    report = await enrolment.add_folder(museum, folder, lambda *step: steps.append(step))
    assert report.added == ["Scene One", "Scene Two", "Scene, Three"]
    assert (report.changed, report.unchanged, report.removed, report.bad) == ([], [], [], [])
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]
    kept = await enrolment.collections.works(museum.id)
    assert [work.image for work in kept] == [row[0] for row in ROWS]
    assert kept[0].facts == {"title": "Scene One", "artist": "Ann Red", "year": "1901", "room": "4"}
    assert await enrolment.collections.picture(kept[1].id) == picture(2)

    monkeypatch.setattr(Recognizer, "enrol_now", None)  # whoever enrols again, fails
    again = await enrolment.add_folder(museum, folder)
    assert len(again.unchanged) == 3
    assert await enrolment.collections.works(museum.id) == kept


async def test_only_what_changed_is_done_again(
    enrolment: Enrolment, museum: Collection, tmp_path: Path
) -> None:
    folder = hang(tmp_path / "art")
    await enrolment.add_folder(museum, folder)
    before = {w.image: w for w in await enrolment.collections.works(museum.id)}
    (folder / "3.jpg").write_bytes(picture(30))
    hang(
        folder,
        [("1.jpg", "Scene 1", "Ann Red", "1901", "5"), ROWS[2], ("4.jpg", "New")],
        {"4.jpg": picture(4)},
    )
    report = await enrolment.add_folder(museum, folder)
    assert (report.added, report.changed) == (["New"], ["Scene 1", "Scene, Three"])
    assert (report.removed, report.bad) == (["Scene Two"], [])
    after = {w.image: w for w in await enrolment.collections.works(museum.id)}
    assert list(after) == ["1.jpg", "3.jpg", "4.jpg"]
    assert after["1.jpg"].id == before["1.jpg"].id
    assert after["1.jpg"].facts["room"] == "5"
    assert after["3.jpg"].digest != before["3.jpg"].digest


async def test_bad_pictures_are_told_and_take_nothing_away(
    enrolment: Enrolment, museum: Collection, tmp_path: Path
) -> None:
    folder = hang(tmp_path / "art")
    await enrolment.add_folder(museum, folder)
    (folder / "1.jpg").write_bytes(b"no picture")
    (folder / "3.jpg").unlink()
    (folder / "2.jpg").mkdir()
    hang(folder, [ROWS[0], ("2.jpg", "A folder"), ROWS[2]], {})
    (folder / "3.jpg").unlink(missing_ok=True)
    report = await enrolment.add_folder(museum, folder)
    assert [bad.line for bad in report.bad] == [2, 3, 4]
    said = [Phrases().explain(bad.error) for bad in report.bad]
    assert "not a picture" in said[0]
    assert said[2] == "3.jpg cannot be read: No such file or directory."
    assert report.removed == []
    assert len(await enrolment.collections.works(museum.id)) == 3


async def test_works_from_a_chat_stay(
    enrolment: Enrolment, museum: Collection, tmp_path: Path
) -> None:
    await enrolment.add(museum, "chat-1.jpg", {"title": "From a chat"}, picture(8), person="ann")
    report = await enrolment.add_folder(museum, hang(tmp_path / "art"))
    assert report.removed == []
    assert len(await enrolment.collections.works(museum.id)) == 4


async def test_a_picture_that_cannot_be_used_leaves_nothing(
    enrolment: Enrolment, museum: Collection
) -> None:
    with pytest.raises(PhotoError):
        await enrolment.add(museum, "x.jpg", {"title": "X"}, jpeg(RED)[:200])
    assert await enrolment.collections.works(museum.id) == []


async def test_a_collection_that_is_gone_is_said(enrolment: Enrolment, museum: Collection) -> None:
    await enrolment.collections.remove(museum.id)
    with pytest.raises(UserError) as caught:
        await enrolment.add(museum, "x.jpg", {"title": "X"}, picture(1))
    assert caught.value.key == "collection_gone"


async def test_export_and_add_give_the_same_collection(
    enrolment: Enrolment, museum: Collection, tmp_path: Path
) -> None:
    await enrolment.add_folder(museum, hang(tmp_path / "art"))
    assert await enrolment.export(museum, tmp_path / "out") == 3
    for row in ROWS:
        assert (tmp_path / "out" / row[0]).read_bytes() == (tmp_path / "art" / row[0]).read_bytes()
    copy = await enrolment.collections.make("Copy", public=True)
    report = await enrolment.add_folder(copy, tmp_path / "out")
    assert len(report.added) == 3
    works, copies = [await enrolment.collections.works(c.id) for c in (museum, copy)]
    assert [w.facts for w in works] == [w.facts for w in copies]
    with pytest.raises(UserError) as caught:
        await enrolment.export(museum, tmp_path / "out")
    assert caught.value.key == "folder_not_empty"


async def test_what_another_network_described_is_renewed_from_its_picture(
    enrolment: Enrolment, museum: Collection, tmp_path: Path
) -> None:
    await enrolment.add_folder(museum, hang(tmp_path / "art"))
    one, two, _ = await enrolment.collections.works(museum.id)
    before = await enrolment.collections.signatures([one.id])
    await enrolment.collections.change(one, maker="old", signature=b"old")
    assert [enrolment.is_stale(w) for w in await enrolment.collections.works(museum.id)] == [
        True,
        False,
        False,
    ]
    assert await enrolment.renew(museum) == (1, [])
    assert await enrolment.collections.signatures([one.id]) == before
    await enrolment.collections.change(two, maker="old", picture=b"spoilt")
    assert await enrolment.renew(museum) == (0, ["Scene Two"])


@pytest.mark.parametrize("name", ["", "  ", "?!", "x" * 81, "Famous", "a\x00b"])
def test_a_name_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(UserError):
        checked_name(name)


def test_a_name_is_trimmed() -> None:
    assert checked_name("  Galleria \n Estense ") == "Galleria Estense"
