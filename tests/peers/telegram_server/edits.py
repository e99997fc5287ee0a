"""What the bot changes or takes back on Telegram, and its polls."""

import asyncio
from typing import Any

from aiogram.types import Message

from tests.peers.telegram_server.answers import bad, wrong
from tests.peers.telegram_server.calls import Call
from tests.peers.telegram_server.floods import Floods
from tests.peers.telegram_server.outbox import Outbox
from tests.peers.telegram_server.people import People
from tests.peers.telegram_server.polls import Ballot, new_poll
from tests.peers.telegram_server.record import Record, Sent
from tests.peers.telegram_server.rooms import BOT_ID
from tests.peers.telegram_server.targets import open_room
from tests.peers.telegram_server.words import Words, caption_of, markup_of, read_words, text_of

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


class Edits:
    """Changes messages of the bot in the chats of ``people``."""

    def __init__(self, people: People, floods: Floods, record: Record) -> None:
        """Refuse what floods a chat; note the rest."""
        self._people = people
        self._floods = floods
        self._record = record

    def text(self, call: Call) -> dict[str, Any]:
        """Answer ``editMessageText``."""
        words = text_of(call.values)
        message = self._own(call, "edit")
        if "text" not in message:
            raise bad("there is no text in the message to edit")
        return self._change(call, message, ("text", "entities"), words)

    def caption(self, call: Call) -> dict[str, Any]:
        """Answer ``editMessageCaption``."""
        words = caption_of(call.values)
        message = self._own(call, "edit")
        if "photo" not in message and "document" not in message:
            raise bad("there is no caption in the message to edit")
        return self._change(call, message, ("caption", "caption_entities"), words)

    def markup(self, call: Call) -> dict[str, Any]:
        """Answer ``editMessageReplyMarkup``."""
        return self._change(call, self._own(call, "edit"), ())

    def delete(self, call: Call) -> bool:
        """Answer ``deleteMessage``: the bot's own, and where it is an admin any."""
        room = open_room(self._people, call.values)
        message = self._people.messages.get((room.id, call.values["message_id"]))
        if message is None:
            raise bad("message to delete not found")
        own = message.get("from", {}).get("id") == BOT_ID or room.type == "private"
        if not own and room.bot != "administrator":
            raise bad("message can't be deleted")
        del self._people.messages[room.id, message["message_id"]]
        self._record.remove(call.method, message)
        return True

    def stop_poll(self, call: Call) -> dict[str, Any]:
        """Answer ``stopPoll``."""
        message = self._own(call, "edit")
        if "poll" not in message:
            raise bad("message with poll to stop not found")
        if message["poll"]["is_closed"]:
            raise bad("poll has already been closed")
        self._people.ballots[message["poll"]["id"]].close()
        self._people.update(poll=message["poll"])
        return dict(message["poll"])

    def _own(self, call: Call, verb: str) -> dict[str, Any]:
        """Return the bot's message that a request is about. Raises `RefusedError`."""
        if "chat_id" not in call.values or "message_id" not in call.values:
            raise wrong("message identifier is not specified")
        room = open_room(self._people, call.values)
        message = self._people.messages.get((room.id, call.values["message_id"]))
        if message is None:
            raise bad(f"message to {verb} not found")
        by_bot = message.get("from", {}).get("id") == BOT_ID
        if not by_bot and not (room.type == "channel" and room.bot == "administrator"):
            raise bad(f"message can't be {verb}ed")
        return message

    def _change(
        self,
        call: Call,
        message: dict[str, Any],
        fields: tuple[str, ...],
        words: Words | None = None,
    ) -> dict[str, Any]:
        fields += ("reply_markup",)
        content = (words.content(fields[0]) if words else {}) | markup_of(call.values)
        if content == {name: message[name] for name in fields if name in message}:
            raise bad(NOT_MODIFIED)
        self._floods.take(call.method, self._people.room(message["chat"]["id"]))
        for name in fields:
            message.pop(name, None)
        message.update(content, edit_date=message["date"] + 1)
        Message.model_validate(message)
        self._record.change(call.method, self._edited(call, message, words))
        return message

    def _edited(self, call: Call, message: dict[str, Any], words: Words | None) -> Sent:
        before = self._record.shown.get((message["chat"]["id"], message["message_id"]))
        html = words.html if words else before.html if before else ""
        text = words.text if words else message.get("text", message.get("caption", ""))
        photo, document = (before.photo, before.document) if before else (b"", b"")
        return Sent(dict(message), html, text, call.form, photo, document)


class Polls:
    """Sends the bot's polls and ends them when their time is over."""

    def __init__(self, people: People, outbox: Outbox) -> None:
        """Send by the outbox."""
        self._people = people
        self._outbox = outbox

    def send(self, call: Call) -> dict[str, Any]:
        """Answer ``sendPoll``."""
        explanation = read_words(call.values, "explanation").text
        poll = new_poll(self._people.number(), call.values, explanation)
        question = Words(call.values["question"], call.values["question"])
        message = self._outbox.deliver(call, {"poll": poll}, question)
        ballot = self._people.ballots[poll["id"]] = Ballot(poll)
        if "open_period" in poll:
            seconds = self._people.clock.real(poll["open_period"])
            ballot.timer = asyncio.get_running_loop().call_later(seconds, self._end, ballot)
        return message

    def _end(self, ballot: Ballot) -> None:
        ballot.close()
        self._people.update(poll=ballot.poll)
