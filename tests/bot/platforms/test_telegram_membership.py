"""The guide hears of chats that Docent was put out of, and of groups that moved."""

from typing import Any

import pytest
from telegram import Update
from telegram.error import ChatMigrated, Forbidden

from bot.conversation.events import Chat
from bot.conversation.replies import Reply
from bot.platforms.telegram.membership import Membership
from tests.peers.scripted import ScriptedAssistant

OLD, NEW, ADA = -100, -100200, 7
BOT = {"id": 42, "is_bot": True, "first_name": "Docent"}


@pytest.fixture
def guide() -> ScriptedAssistant:
    return ScriptedAssistant(Reply(()))


def becomes(chat: int, member: dict[str, Any]) -> Update:
    change = {
        "chat": {"id": chat, "type": "private" if chat > 0 else "group"},
        "from": {"id": ADA, "is_bot": False, "first_name": "Ada"},
        "date": 1,
        "old_chat_member": {"status": "member", "user": BOT},
        "new_chat_member": {"user": BOT, **member},
    }
    return read({"update_id": 1, "my_chat_member": change})


def says(chat: int, **content: Any) -> Update:
    message = {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "group"}, **content}
    return read({"update_id": 1, "message": message})


def read(content: dict[str, Any]) -> Update:
    update = Update.de_json(content, None)
    assert update is not None
    return update


@pytest.mark.parametrize(
    ("chat", "member"),
    [(OLD, {"status": "left"}), (ADA, {"status": "kicked", "until_date": 0})],
    ids=["put out of a group", "blocked by a person"],
)
async def test_a_chat_that_docent_was_put_out_of_is_left(
    guide: ScriptedAssistant, chat: int, member: dict[str, Any]
) -> None:
    await Membership(guide).heed(becomes(chat, member))
    assert guide.left_chats == [Chat("telegram", str(chat), is_group=chat < 0)]


async def test_a_chat_that_docent_came_into_is_not_left(guide: ScriptedAssistant) -> None:
    membership = Membership(guide)
    await membership.heed(becomes(OLD, {"status": "member"}))
    await membership.heed(says(OLD, text="hello"))
    assert (guide.left_chats, guide.moves) == ([], [])


async def test_a_group_that_moved_is_told_of_once_however_it_becomes_known(
    guide: ScriptedAssistant,
) -> None:
    membership = Membership(guide)
    await membership.heed(says(OLD, migrate_to_chat_id=NEW))
    await membership.heed(says(NEW, migrate_from_chat_id=OLD))
    await membership.heed_refusal(OLD, ChatMigrated(NEW))
    assert guide.moves == [("telegram", str(OLD), str(NEW))]


async def test_a_group_whose_move_could_not_be_kept_is_told_of_again(
    guide: ScriptedAssistant,
) -> None:
    membership, moved = Membership(guide), guide.moved

    async def fail(*_: str) -> None:
        raise OSError

    guide.moved = fail  # type: ignore[method-assign]
    with pytest.raises(OSError):
        await membership.heed(says(OLD, migrate_to_chat_id=NEW))
    guide.moved = moved  # type: ignore[method-assign]
    await membership.heed(says(NEW, migrate_from_chat_id=OLD))
    assert guide.moves == [("telegram", str(OLD), str(NEW))]


async def test_a_chat_that_may_not_be_written_to_is_left(guide: ScriptedAssistant) -> None:
    await Membership(guide).heed_refusal(ADA, Forbidden("bot was blocked by the user"))
    assert guide.left_chats == [Chat("telegram", str(ADA))]
