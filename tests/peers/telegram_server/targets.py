"""Where a bot may write: Telegram's refusals for chats and topics it has no way into."""

from typing import Any

from tests.peers.telegram_server.answers import RefusedError, bad
from tests.peers.telegram_server.rooms import IN_CHAT, Room
from tests.peers.telegram_server.world import World

CHAT_NAMES = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}


def known_room(world: World, chat: Any) -> Room:
    """Return a chat by its id. Raises `RefusedError` for one that is unknown or has moved."""
    room = world.rooms.get(chat)
    if room is None:
        raise bad("chat not found")
    if room.moved_to is not None:
        sentence = "Bad Request: group chat was upgraded to a supergroup chat"
        raise RefusedError(400, sentence, migrate_to_chat_id=room.moved_to)
    return room


def open_room(world: World, values: dict[str, Any]) -> Room:
    """Return the chat in which a request wants to write. Raises `RefusedError`."""
    room = known_room(world, values["chat_id"])
    name = CHAT_NAMES.get(room.type, "")
    if room.bot == "kicked":
        by = "blocked by the user" if room.type == "private" else f"kicked from the {name}"
        raise RefusedError(403, f"Forbidden: bot was {by}")
    if room.bot not in IN_CHAT:
        raise RefusedError(403, f"Forbidden: bot is not a member of the {name}")
    if room.type == "channel" and room.bot != "administrator":
        raise bad("need administrator rights in the channel chat")
    if thread := values.get("message_thread_id"):
        _check_topic(room, thread)
    return room


def _check_topic(room: Room, thread: int) -> None:
    topic = room.topics.get(thread)
    if topic is None:
        raise bad("message thread not found")
    if topic.closed and room.bot != "administrator":
        raise bad("TOPIC_CLOSED")
