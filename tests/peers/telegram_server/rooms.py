"""Chats as Telegram knows them: their kind, their members, their topics."""

from dataclasses import dataclass, field
from typing import Any

BOT_ID = 42
SUPERGROUPS_BELOW = -(10**12)
"""Ids of supergroups and channels are smaller than this; those of groups are not."""
IN_CHAT = ("creator", "administrator", "member")
RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)


@dataclass
class Topic:
    """A thread of a forum."""

    name: str
    closed: bool = False


@dataclass
class Room:
    """A chat. ``members``: person → status as in ChatMember; the bot is one of them.

    ``moved_to`` is the supergroup that a group became. A blocked bot is ``kicked`` from a private
    chat.
    """

    id: int
    type: str
    title: str
    members: dict[int, str] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    is_forum: bool = False
    moved_to: int | None = None
    linked: int | None = None

    @property
    def bot(self) -> str:
        """The bot's own status."""
        return self.members.get(BOT_ID, "left")

    @property
    def is_group(self) -> bool:
        """Whether several people talk here."""
        return self.type in ("group", "supergroup")

    def chat(self) -> dict[str, Any]:
        """Return Telegram's Chat."""
        if self.type == "private":
            return {"id": self.id, "type": "private", "first_name": self.title}
        forum = {"is_forum": True} if self.is_forum else {}
        return {"id": self.id, "type": self.type, "title": self.title, **forum}

    def full(self) -> dict[str, Any]:
        """Return Telegram's ChatFullInfo."""
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
        accepted = dict.fromkeys([*gifts, "gifts_from_channels"], True)
        linked = {"linked_chat_id": self.linked} if self.linked else {}
        more = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": accepted}
        return {**self.chat(), **more, **linked}


def kind_of(chat: int) -> str:
    """Return what kind of chat has such an id; a channel has to be opened as one."""
    if chat > 0:
        return "private"
    return "supergroup" if chat < SUPERGROUPS_BELOW else "group"


def member(user: dict[str, Any], status: str) -> dict[str, Any]:
    """Return Telegram's ChatMember."""
    about: dict[str, Any] = {"status": status, "user": user}
    if status in ("creator", "administrator"):
        about["is_anonymous"] = False
    if status == "administrator":
        about |= {"can_be_edited": False, **dict.fromkeys(RIGHTS, True)}
    if status == "kicked":
        about["until_date"] = 0
    return about
