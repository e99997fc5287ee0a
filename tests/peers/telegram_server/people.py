"""What people do on Telegram, as the updates that a bot gets; each is valid by aiogram's models."""

import re
from dataclasses import dataclass
from typing import Any

from tests.peers.telegram_server.markup import units
from tests.peers.telegram_server.members import Members
from tests.peers.telegram_server.rooms import IN_CHAT, Room, Topic
from tests.peers.telegram_server.world import BOT, PHOTO_SIDES

__all__ = ["BOT", "PHOTO_SIDES", "People"]

TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
ANONYMOUS = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
"""Who Telegram says wrote what an anonymous admin, or somebody in a channel's name, wrote."""


@dataclass
class People(Members):
    """Writes messages and taps buttons; a negative chat is a group, below -10¹² a supergroup."""

    def send_text(self, chat: int, text: str, **more: Any) -> dict[str, Any]:
        """Write words; ``@names`` and ``/commands`` become entities as in a real client."""
        return self.send(chat, text=text, **more)

    def send_photo(self, chat: int, picture: bytes, **more: Any) -> dict[str, Any]:
        """Send a picture as a photo: Telegram keeps it in several sizes."""
        return self.send(chat, photo=self.sizes(picture), **more)

    def send_album(
        self, chat: int, pictures: list[bytes], caption: str = "", **more: Any
    ) -> list[dict[str, Any]]:
        """Send several photos as one; each is an update of its own, the first with the words."""
        group = str(self.number())
        words = [{"caption": caption}] if caption else [{}]
        words += [{}] * (len(pictures) - 1)
        return [
            self.send_photo(chat, picture, media_group_id=group, **said, **more)
            for picture, said in zip(pictures, words, strict=True)
        ]

    def send_document(
        self, chat: int, content: bytes, name: str, mime: str = "", size: int = 0, **more: Any
    ) -> dict[str, Any]:
        """Send a file; ``size`` pretends that it has so many bytes."""
        document = {**self.keep_file(content, size), "file_name": name}
        if mime:
            document["mime_type"] = mime
        return self.send(chat, document=document, **more)

    def send(
        self,
        chat: int,
        *,
        person: int | None = None,
        language: str = "en",
        reply_to: dict[str, Any] | None = None,
        thread: int | None = None,
        anonymous: bool = False,
        as_channel: int | None = None,
        **content: Any,
    ) -> dict[str, Any]:
        """Send any message, as Telegram's Message object says it; return that message.

        In a channel it is a post. An ``anonymous`` admin writes in the group's name, others may in
        a channel's. A ``thread`` is a topic that was opened; one that is only named in the content
        (``message_thread_id``, ``is_topic_message``) counts as opened before.
        """
        room = self.room(chat)
        sender: dict[str, Any] | None = self._sender(room, person, language)
        if room.type == "channel":
            sender, content["sender_chat"] = None, room.chat()
        elif anonymous:
            sender, content["sender_chat"] = ANONYMOUS, room.chat()
        elif as_channel is not None:
            sender, content["sender_chat"] = CHANNEL, self.room(as_channel).chat()
        if content.get("is_topic_message"):
            room.is_forum = True
            room.topics.setdefault(content["message_thread_id"], Topic("A topic"))
        content |= self._answered(chat, reply_to, thread) | found_entities(content)
        message = self.new_message(chat, sender, content)
        self.update(**{"channel_post" if room.type == "channel" else "message": message})
        return message

    def forward_post(self, post: dict[str, Any]) -> dict[str, Any]:
        """Have Telegram bring a channel's post into its discussion group, as it does by itself."""
        group = self.room(post["chat"]["id"]).linked
        assert group is not None, "the channel has no group"
        kept = ("text", "photo", "caption", "entities", "caption_entities", "document")
        origin = {"type": "channel", "chat": post["chat"], "date": post["date"]}
        content = {name: post[name] for name in kept if name in post} | {
            "sender_chat": post["chat"],
            "is_automatic_forward": True,
            "forward_origin": {**origin, "message_id": post["message_id"]},
        }
        message = self.new_message(group, TELEGRAM, content)
        self.update(message=message)
        return message

    def edit(self, message: dict[str, Any], **content: Any) -> dict[str, Any]:
        """Have the sender of a message change it."""
        message.update(content | found_entities(content), edit_date=message["date"] + 1)
        kind = "edited_channel_post" if message["chat"]["type"] == "channel" else "edited_message"
        return self.update(**{kind: message})

    def tap(self, message: dict[str, Any], data: str, person: int | None = None) -> dict[str, Any]:
        """Tap a button of a message; return the callback query."""
        room = self.room(message["chat"]["id"])
        query = {
            "id": self._query(),
            "from": self._sender(room, person, "en"),
            "chat_instance": str(room.id),
            "message": message,
            "data": data,
        }
        self.update(callback_query=query)
        return query

    def ask_inline(
        self, words: str, person: int = 7, offset: str = "", language: str = "en"
    ) -> dict[str, Any]:
        """Write ``@bot words`` in some chat, where the bot need not be; return the query."""
        if not self.inline:
            raise ValueError("The bot has no inline mode")
        query = {
            "id": self._query(),
            "from": self.user(person, language),
            "query": words,
            "offset": offset,
            "chat_type": "private",
        }
        self.update(inline_query=query)
        return query

    def vote(self, message: dict[str, Any], person: int, *options: int) -> None:
        """Choose options of a poll, or none to take a vote back.

        Raises `ValueError` where Telegram would not let them: closed, a second vote in a quiz.
        """
        ballot = self.ballots[message["poll"]["id"]]
        answer = ballot.vote(person, options)
        if not ballot.poll["is_anonymous"]:
            self.update(poll_answer={**answer, "user": self.user(person)})
        self.update(poll=ballot.poll)

    def _query(self) -> str:
        number = str(self.number())
        self.queries[number] = self.clock.now()
        return number

    def _sender(self, room: Room, person: int | None, language: str) -> dict[str, Any]:
        who = person if person is not None else room.id if room.type == "private" else 7
        if room.is_group and room.members.get(who) not in IN_CHAT:
            room.members[who] = "member"
        return self.user(who, language)

    def _answered(
        self, chat: int, reply_to: dict[str, Any] | None, thread: int | None
    ) -> dict[str, Any]:
        content: dict[str, Any] = {}
        if thread is not None:
            content |= {"message_thread_id": thread, "is_topic_message": True}
            # In a topic, whatever answers nothing else "answers" the message that opened it.
            reply_to = reply_to or self.messages[chat, thread]
        if reply_to is not None:
            content["reply_to_message"] = bare(reply_to)
        return content


def bare(message: dict[str, Any]) -> dict[str, Any]:
    """Return a message as one that answers it shows it: without what it answers itself."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}


def found_entities(content: dict[str, Any]) -> dict[str, Any]:
    """Return the entities that a client finds in a text or a caption."""
    kind = "text" if "text" in content else "caption"
    name = "entities" if kind == "text" else "caption_entities"
    words = content.get(kind, "")
    found = [
        {"type": what, "offset": units(words[: match.start()]), "length": units(match.group())}
        for what, pattern in (
            ("mention", r"(?<![\w/])@\w+"),
            ("bot_command", r"(?<!\S)/\w+(@\w+)?"),
        )
        for match in re.finditer(pattern, words)
    ]
    return {name: found} if found and name not in content else {}
