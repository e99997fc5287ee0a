"""What a bot with privacy mode on hears of a group."""

from typing import Any

from tests.peers.telegram_server.rooms import BOT_ID, Room

SERVICE = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "pinned_message",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "forum_topic_created",
        "forum_topic_closed",
        "forum_topic_reopened",
        "forum_topic_edited",
    }
)


def hears(message: dict[str, Any], room: Room, name: str) -> bool:
    """Say whether a group's message is for the bot called ``name``; admins hear everything."""
    if not room.is_group or room.bot == "administrator" or SERVICE & message.keys():
        return True
    answered = message.get("reply_to_message", {}).get("from", {}).get("id")
    return answered == BOT_ID or "via_bot" in message or _calls(message, name)


def _calls(message: dict[str, Any], name: str) -> bool:
    kind = "text" if "text" in message else "caption"
    words = message.get(kind, "").encode("utf-16-le")
    for entity in message.get("entities" if kind == "text" else "caption_entities", []):
        start, length = 2 * entity["offset"], 2 * entity["length"]
        said = words[start : start + length].decode("utf-16-le").lower()
        to = said.partition("@")[2]
        if entity["type"] == "bot_command" and to in ("", name.lower()):
            return True
        if entity["type"] == "mention" and to == name.lower():
            return True
    return False
