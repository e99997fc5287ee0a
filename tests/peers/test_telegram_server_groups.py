"""Our loopback Bot API itself: groups, forums, channels, and who may write there."""

from typing import Any

import pytest

from tests.peers.telegram_raw import RawBot, RawError, jpeg, refused
from tests.peers.telegram_server import BotApiServer

ADA, BEA, GROUP, SMALL, CHANNEL = 7, 8, -1001234567890, -55, -1009876543210


def delivered(server: BotApiServer) -> list[Any]:
    """What the bot got, as the words of messages and the kinds of the rest."""
    return [
        body.get("text", kind)
        for update in server.people.updates[1:]
        for kind, body in update.items()
        if kind != "update_id"
    ]


async def write(bot: RawBot, chat: int, **values: Any) -> str:
    return await refused(bot, "sendMessage", chat_id=chat, text="A", **values)


async def test_chat_that_nobody_spoke_of_is_not_found(bot: RawBot) -> None:
    assert await write(bot, 999) == "400 Bad Request: chat not found"
    assert await refused(bot, "getChat", chat_id=999) == "400 Bad Request: chat not found"


async def test_blocked_bot_may_not_write_until_it_is_unblocked(
    server: BotApiServer, bot: RawBot
) -> None:
    server.people.block(ADA)
    assert await write(bot, ADA) == "403 Forbidden: bot was blocked by the user"
    server.people.unblock(ADA)
    assert await bot("sendMessage", chat_id=ADA, text="A")
    changes = [update["my_chat_member"] for update in server.people.updates[1:]]
    statuses = [(c["old_chat_member"]["status"], c["new_chat_member"]["status"]) for c in changes]
    assert statuses == [("member", "kicked"), ("kicked", "member")]


async def test_kicked_bot_may_not_write_and_hears_nothing(
    server: BotApiServer, bot: RawBot
) -> None:
    server.people.send_text(GROUP, "hello")
    server.people.kick_bot(GROUP)
    server.people.send_text(GROUP, "among us")
    assert await write(bot, GROUP) == "403 Forbidden: bot was kicked from the supergroup chat"
    action = await refused(bot, "sendChatAction", chat_id=GROUP, action="typing")
    assert action.startswith("403")
    server.people.add_bot(GROUP)
    assert await bot("sendMessage", chat_id=GROUP, text="A")
    assert delivered(server) == ["hello", *["my_chat_member", "message"] * 2]


async def test_bot_that_left_is_no_member(server: BotApiServer, bot: RawBot) -> None:
    server.people.send_text(SMALL, "hello")
    assert await bot("leaveChat", chat_id=SMALL)
    assert await write(bot, SMALL) == "403 Forbidden: bot is not a member of the group chat"


async def test_members_are_listed_with_what_they_are(server: BotApiServer, bot: RawBot) -> None:
    server.people.join(GROUP, ADA, "Ada", admin=True)
    server.people.join(GROUP, BEA, "Bea")
    server.people.send_text(GROUP, "hello", person=9)
    server.people.leave(GROUP, 9)

    async def status(person: int) -> str:
        return str((await bot("getChatMember", chat_id=GROUP, user_id=person))["status"])

    everyone = [await status(person) for person in (ADA, BEA, 9, 42)]
    assert everyone == ["administrator", "member", "left", "member"]
    assert "member not found" in await refused(bot, "getChatMember", chat_id=GROUP, user_id=99)
    admins = await bot("getChatAdministrators", chat_id=GROUP)
    assert [admin["user"]["first_name"] for admin in admins] == ["Ada"]
    assert await bot("getChatMemberCount", chat_id=GROUP) == 3
    assert (await bot("getChat", chat_id=GROUP))["type"] == "supergroup"
    answer = await refused(bot, "getChatAdministrators", chat_id=ADA)
    assert "no administrators in the private chat" in answer


async def test_privacy_mode_lets_through_only_what_is_meant_for_the_bot(
    server: BotApiServer, bot: RawBot
) -> None:
    people = server.people
    people.privacy = True
    people.send_text(GROUP, "/quiz")
    said = await bot("sendMessage", chat_id=GROUP, text="A")
    people.send_text(GROUP, "among us, a@docent_test_bot.example")
    people.send_photo(GROUP, jpeg())
    people.send_text(GROUP, "/quiz@other_bot")
    people.send_text(GROUP, "@other_bot hello")
    people.send_text(GROUP, "/quiz@docent_test_bot")
    people.send_text(GROUP, "🖼 @docent_test_bot hello")
    people.send_text(GROUP, "and why?", reply_to=said)
    people.send_photo(GROUP, jpeg(), caption="@docent_test_bot", text="captioned")
    people.join(GROUP, BEA, announced=True)
    assert delivered(server) == [
        "/quiz",
        "/quiz@docent_test_bot",
        "🖼 @docent_test_bot hello",
        "and why?",
        "message",
    ]
    assert (await bot("getMe"))["can_read_all_group_messages"] is False
    people.add_bot(GROUP, admin=True)
    people.send_text(GROUP, "an admin hears this")
    assert delivered(server)[-1] == "an admin hears this"


async def test_mention_under_a_photo_passes_privacy_mode(server: BotApiServer, bot: RawBot) -> None:
    server.people.privacy = True
    album = server.people.send_album(GROUP, [jpeg(), jpeg()], "@docent_test_bot whose is it?")
    updates = server.people.updates[1:]
    assert [update["message"]["message_id"] for update in updates] == [album[0]["message_id"]]


async def test_group_becomes_a_supergroup(server: BotApiServer, bot: RawBot) -> None:
    server.people.join(SMALL, BEA, "Bea")
    new = server.people.migrate(SMALL)
    with pytest.raises(RawError) as caught:
        await bot("sendMessage", chat_id=SMALL, text="A")
    assert caught.value.code == 400
    assert "upgraded to a supergroup" in caught.value.description
    assert caught.value.parameters == {"migrate_to_chat_id": new}
    assert await bot("sendMessage", chat_id=new, text="A")
    assert (await bot("getChatMember", chat_id=new, user_id=BEA))["status"] == "member"
    old, moved = (update["message"] for update in server.people.updates[1:])
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (SMALL, new)
    assert (moved["chat"]["id"], moved["migrate_from_chat_id"]) == (new, SMALL)


async def test_topics_of_a_forum(server: BotApiServer, bot: RawBot) -> None:
    thread = server.people.open_topic(GROUP, "Room 1")
    asked = server.people.send_text(GROUP, "/quiz", thread=thread)
    assert asked["reply_to_message"]["forum_topic_created"]["name"] == "Room 1"
    values = {"chat_id": GROUP, "text": "A"}
    sent = await bot("sendMessage", message_thread_id=thread, **values)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    general = await bot("sendMessage", **values)
    assert "message_thread_id" not in general
    answer = await write(bot, GROUP, message_thread_id=thread + 99)
    assert answer == "400 Bad Request: message thread not found"
    server.people.close_topic(GROUP, thread)
    assert await write(bot, GROUP, message_thread_id=thread) == "400 Bad Request: TOPIC_CLOSED"
    server.people.add_bot(GROUP, admin=True)
    assert await bot("sendMessage", message_thread_id=thread, **values)


async def test_channel_post_comes_from_the_channel_and_again_in_its_group(
    server: BotApiServer, bot: RawBot
) -> None:
    server.people.open_channel(CHANNEL, group=GROUP)
    post = server.people.send_photo(CHANNEL, jpeg(), caption="Today")
    copy = server.people.forward_post(post)
    assert delivered(server) == ["channel_post", "message"]
    assert "from" not in post
    assert post["sender_chat"]["id"] == CHANNEL
    assert (copy["from"]["id"], copy["is_automatic_forward"]) == (777000, True)
    said = await bot("sendMessage", chat_id=CHANNEL, text="A")
    assert said["sender_chat"]["id"] == CHANNEL
    server.people.add_bot(CHANNEL)
    assert "need administrator rights" in await write(bot, CHANNEL)


async def test_anonymous_admins_and_channels_write_in_a_group(server: BotApiServer) -> None:
    server.people.open_channel(CHANNEL)
    admin = server.people.send_text(GROUP, "/settings", anonymous=True)
    channel = server.people.send_text(GROUP, "hello", as_channel=CHANNEL)
    assert (admin["from"]["username"], admin["sender_chat"]["id"]) == ("GroupAnonymousBot", GROUP)
    assert (channel["from"]["username"], channel["sender_chat"]["id"]) == ("Channel_Bot", CHANNEL)
