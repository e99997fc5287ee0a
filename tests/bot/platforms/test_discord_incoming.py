"""What arrives from Discord: whose pictures they are, their bytes, and whose turn it is."""

import asyncio
import logging
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.conversation.events import Album, Chat, Command, Person, Photo, Refusal, Text, Unusable
from bot.platforms.discord import limits
from bot.platforms.discord.incoming import Common, PictureEvent, read_interaction, read_message
from bot.platforms.discord.pictures import Room, fetch_all, fitting, is_picture
from bot.platforms.discord.turns import TooManyError, Turns
from bot.platforms.repeats import REPEAT_SECONDS, Repeats

ME: Any = SimpleNamespace(id=42)
HALL, ANN = Chat("discord", "77", is_group=True), Person("7", "Ann")
COMMON = Common(id="m1", chat=HALL, person=ANN, language="de", addressed=True)


class File:
    """An attachment; ``content`` may be an error that its download brings."""

    def __init__(self, name="a.jpg", kind="image/jpeg", size=10, content=b"picture") -> None:
        self.filename, self.content_type, self.size, self.content = name, kind, size, content
        self.reads = 0

    async def read(self) -> bytes:
        self.reads += 1
        if isinstance(self.content, Exception):
            raise self.content
        return self.content


def message(content: str = "", *, author: Any = None, **more: Any) -> Any:
    """A message on a server, as far as it is read."""
    empty: dict[str, Any] = {"attachments": [], "message_snapshots": [], "stickers": []}
    defaults: dict[str, Any] = {
        "id": 1,
        "author": author or SimpleNamespace(id=7, display_name="Ann", bot=False),
        "webhook_id": None,
        "is_system": lambda: False,
        "content": content,
        "guild": SimpleNamespace(),
        "mentions": [ME] if "<@42>" in content else [],
        "channel": SimpleNamespace(id=77),
        "reference": None,
    }
    return SimpleNamespace(**(empty | defaults | more))


def replied_to(**content: Any) -> Any:
    """A reference to a message of somebody's, whose kind is that of discord.py."""
    resolved = discord.Message.__new__(discord.Message)
    resolved.author = SimpleNamespace(id=8)
    resolved.attachments = content.get("attachments", [])
    resolved.message_snapshots = content.get("message_snapshots", [])
    return SimpleNamespace(resolved=resolved)


def test_mention_in_answer_to_somebodys_picture_asks_about_it() -> None:
    reference = replied_to(attachments=[File()])
    event = read_message(message("<@42> who painted this?", reference=reference), ME, "de")
    assert isinstance(event, PictureEvent)
    assert (event.command, event.caption) == ("", "")
    event = read_message(message("<@42> /artist", reference=reference), ME, "de")
    assert isinstance(event, PictureEvent)
    assert event.command == "artist"
    event = read_message(message("<@42> /artist Monet", reference=reference), ME, "de")
    assert isinstance(event, Command)
    assert event.argument == "Monet"


def test_word_in_private_in_answer_to_an_old_picture_stays_a_word() -> None:
    reference = replied_to(attachments=[File()])
    event = read_message(message("and his teacher?", guild=None, reference=reference), ME, "de")
    assert isinstance(event, Text)
    assert not event.chat.is_group


def test_picture_that_is_passed_on_is_a_picture() -> None:
    snapshot = SimpleNamespace(attachments=[File()])
    event = read_message(message(guild=None, message_snapshots=[snapshot]), ME, "de")
    assert isinstance(event, PictureEvent)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"stickers": [object()]}, Refusal.STICKER),
        ({"attachments": [File("a.ogg", "audio/ogg")]}, Refusal.AUDIO),
        ({"attachments": [File("a.mp4", "video/mp4")]}, Refusal.VIDEO),
        ({"attachments": [File("a.pdf", None)]}, Refusal.NOT_A_PICTURE),
    ],
)
def test_what_holds_no_picture_is_told_so(content: Any, reason: Refusal) -> None:
    event = read_message(message("<@42>", **content), ME, "de")
    assert isinstance(event, Unusable)
    assert event.reason is reason


def test_what_no_person_wrote_is_left_alone() -> None:
    robot = SimpleNamespace(id=9, display_name="R", bot=True)
    for one in ({"author": robot}, {"webhook_id": 5}, {"is_system": lambda: True}):
        assert read_message(message("<@42> hello", **one), ME, "de") is None


def test_phones_picture_is_known_by_its_name_where_its_kind_is_not_told() -> None:
    assert is_picture(File("IMG_1.HEIC", None))
    assert is_picture(File("x", "image/heic"))
    assert not is_picture(File("notes.txt", "text/plain"))


@pytest.mark.parametrize(
    ("guild", "private", "group", "manages", "runs"),
    [
        (1, False, True, True, True),
        (1, False, True, False, False),
        (None, True, True, False, True),
        (None, False, False, False, True),
    ],
)
def test_command_tells_who_where_and_in_which_language(
    guild: int | None, private: bool, group: bool, manages: bool, runs: bool
) -> None:
    interaction: Any = SimpleNamespace(
        id=5,
        user=SimpleNamespace(id=7, display_name="Ann"),
        guild_id=guild,
        channel=SimpleNamespace(id=77),
        client=SimpleNamespace(
            get_guild=lambda id_: object(), intents=discord.Intents(message_content=False)
        ),
        locale=discord.Locale.brazil_portuguese,
        context=SimpleNamespace(private_channel=private),
        permissions=discord.Permissions(manage_guild=manages),
    )
    common = read_interaction(interaction)
    assert common == {
        "id": "i5",
        "chat": Chat("discord", "77", is_group=group),
        "person": replace(ANN, runs_chat=runs),
        "language": "pt-br",
        "addressed": True,
    }
    assert common["chat"].sees_all is not group
    assert not common["chat"].takes_answers


@pytest.mark.parametrize("manages", [True, False])
def test_who_manages_a_server_runs_its_chats(manages: bool) -> None:
    member = discord.Member.__new__(discord.Member)
    member._user = SimpleNamespace(id=7, display_name="Ann", bot=False, global_name="Ann", name="A")
    member.nick = None
    with pytest.MonkeyPatch.context() as patch:
        may = discord.Permissions(manage_guild=manages)
        patch.setattr(discord.Member, "guild_permissions", may)
        event = read_message(message("<@42> /settings", author=member), ME, "de")
    assert isinstance(event, Command)
    assert event.person == replace(ANN, runs_chat=manages)


def in_thread(id_: int, parent: int) -> discord.Thread:
    """A thread, as far as it is read."""
    thread = discord.Thread.__new__(discord.Thread)
    thread.id, thread.parent_id = id_, parent
    return thread


def test_thread_belongs_to_its_channel() -> None:
    event = read_message(message("<@42> hi", channel=in_thread(99, 77)), ME, "de")
    assert event is not None
    assert event.chat == Chat("discord", "77", is_group=True, thread="99")
    assert not event.chat.branches


def test_picture_that_nobody_addressed_counts_where_all_messages_are_shown() -> None:
    shown: Any = {"attachments": [File()]}
    assert read_message(message("my lunch", **shown), ME, "de") is None
    event = read_message(message("my lunch", **shown), ME, "de", sees_all=True)
    assert isinstance(event, PictureEvent)
    assert not event.addressed
    assert event.chat.sees_all
    whole = event.with_bytes([b"picture"])
    assert not whole.addressed
    assert read_message(message("just words"), ME, "de", sees_all=True) is None
    called = read_message(message("<@42>", **shown), ME, "de", sees_all=True)
    assert called is not None and called.addressed


@pytest.mark.parametrize(
    ("public", "member", "threads", "branches"),
    [
        (True, True, True, True),
        (False, True, True, False),
        (True, False, True, False),
        (True, True, False, False),
    ],
)
def test_thread_can_be_opened_by_a_public_command_where_the_bot_may(
    public: bool, member: bool, threads: bool, branches: bool
) -> None:
    channel = discord.TextChannel.__new__(discord.TextChannel)
    channel.id = 77
    may = discord.Permissions(create_public_threads=threads, send_messages_in_threads=True)
    interaction: Any = SimpleNamespace(
        id=5,
        user=SimpleNamespace(id=7, display_name="Ann"),
        guild_id=1,
        channel=channel,
        client=SimpleNamespace(
            get_guild=lambda id_: object() if member else None,
            intents=discord.Intents(message_content=True),
        ),
        locale=discord.Locale.german,
        permissions=discord.Permissions.none(),
        app_permissions=may,
    )
    chat = read_interaction(interaction, public=public)["chat"]
    assert chat.branches is branches
    assert chat.sees_all is member


def test_pictures_that_were_had_are_one_question_with_the_words_at_the_first() -> None:
    asked = PictureEvent(COMMON, (), caption="in room 3")
    album = asked.with_bytes([Refusal.TOO_BIG, b"b", b"c"])
    assert isinstance(album, Album)
    assert album.id == "m1.1"
    assert [(p.id, p.caption) for p in album.photos] == [("m1.1", "in room 3"), ("m1.2", "")]
    photo = asked.with_bytes([b"a", Refusal.NOT_DOWNLOADED])
    assert isinstance(photo, Photo)
    assert (photo.id, photo.caption) == ("m1", "in room 3")
    none = asked.with_bytes([Refusal.TOO_BIG, Refusal.NOT_DOWNLOADED])
    assert isinstance(none, Unusable)
    assert none.reason is Refusal.TOO_BIG


async def test_download_is_tried_twice_and_its_failure_tells_no_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bad = File(content=OSError("https://cdn.example/secret"))
    assert await fetch_all([bad, File()]) == [Refusal.NOT_DOWNLOADED, b"picture"]
    assert bad.reads == limits.DOWNLOAD_TRIES
    assert "secret" not in caplog.text


async def test_what_is_too_large_alone_or_together_is_not_asked_for() -> None:
    most = limits.PICTURE_BYTES
    files: Any = [File(size=most + 1), File(size=most), File(size=most), File(size=1)]
    assert fitting(files) == files[1:3]
    assert await fetch_all(files) == [Refusal.TOO_BIG, b"picture", b"picture", Refusal.TOO_BIG]
    assert [file.reads for file in files] == [0, 1, 1, 0]


async def test_pictures_wait_until_there_is_memory_for_them() -> None:
    room = Room(100)
    done: list[str] = []

    async def hold(name: str, size: int, seconds: float) -> None:
        async with room.for_files([File(size=size)]):
            await asyncio.sleep(seconds)
            done.append(name)

    await asyncio.gather(hold("large", 90, 0.1), hold("second", 90, 0), hold("small", 10, 0))
    assert done == ["small", "large", "second"]
    async with asyncio.timeout(1), room.for_files([File(size=1000)]):
        pass


async def test_one_person_cannot_fill_the_house(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    turns = Turns(waiting=1)
    async with turns.of(HALL, ANN), turns.of(HALL, ANN):
        with pytest.raises(TooManyError):
            async with turns.of(HALL, ANN):
                pass
        async with turns.of(HALL, Person("8")):
            assert not await turns.finished(0.01)
    assert await turns.finished(0.01)
    assert "questions of one person wait" in caplog.text


def test_second_tap_is_told_where_the_picture_is_for_a_while() -> None:
    now = [0.0]
    repeats = Repeats(most=2, clock=lambda: now[0])
    repeats.note((1, "where::1"), "Above.")
    repeats.note((2, "guess:x:1"), "")
    assert repeats.words((1, "where::1")) == "Above."
    assert repeats.words((2, "guess:x:1")) == repeats.words((1, "chart::1")) == ""
    now[0] = REPEAT_SECONDS
    assert repeats.words((1, "where::1")) == ""
    for number in (3, 4, 5):
        repeats.note((number, "x"), "Above.")
    assert [repeats.words((number, "x")) for number in (3, 4, 5)] == ["", "Above.", "Above."]
