"""Every method that the server answers."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from tests.peers.telegram_server.answers import RefusedError, bad, wrong
from tests.peers.telegram_server.calls import Call
from tests.peers.telegram_server.delivery import Delivery
from tests.peers.telegram_server.edits import Edits, Polls
from tests.peers.telegram_server.floods import Floods
from tests.peers.telegram_server.outbox import Outbox
from tests.peers.telegram_server.people import People
from tests.peers.telegram_server.profile import MOST, Profile
from tests.peers.telegram_server.queries import Queries
from tests.peers.telegram_server.record import Record
from tests.peers.telegram_server.rooms import BOT_ID, IN_CHAT, member
from tests.peers.telegram_server.targets import known_room, open_room

DOWNLOAD_BYTES = 20 * 1024 * 1024
ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)

Handler = Callable[[Call], object | Awaitable[object]]


class Methods:
    """Answers a bot's requests, once they are known to be well-formed."""

    def __init__(self, people: People, problems: list[str]) -> None:
        """Let the bot into the world of ``people``."""
        self.people = people
        self.record = Record()
        self.floods = Floods(people.clock)
        self.queries = Queries(people)
        self.profile = Profile()
        self.delivery = Delivery(people, problems)
        outbox = Outbox(people, self.floods, self.record)
        edits = Edits(people, self.floods, self.record)
        self.table: dict[str, Handler] = {
            "getMe": lambda _: people.me(),
            "getUpdates": self.delivery.get_updates,
            "setWebhook": self.delivery.set_webhook,
            "deleteWebhook": self.delivery.delete_webhook,
            "getWebhookInfo": self.delivery.webhook_info,
            "sendMessage": outbox.send_message,
            "sendPhoto": outbox.send_photo,
            "sendDocument": outbox.send_document,
            "sendMediaGroup": outbox.send_media_group,
            "sendPoll": Polls(people, outbox).send,
            "stopPoll": edits.stop_poll,
            "editMessageText": edits.text,
            "editMessageCaption": edits.caption,
            "editMessageReplyMarkup": edits.markup,
            "deleteMessage": edits.delete,
            "answerCallbackQuery": self.queries.answer_tap,
            "answerInlineQuery": self.queries.answer_inline,
            "sendChatAction": self._action,
            "getFile": self._file,
            **self._of_chats(),
            **self._of_profile(),
        }

    def _of_chats(self) -> dict[str, Handler]:
        return {
            "getChat": lambda call: self._room(call).full(),
            "getChatMember": self._member,
            "getChatMemberCount": lambda call: len(self._in(call)),
            "getChatAdministrators": self._administrators,
            "leaveChat": self._leave,
        }

    def _of_profile(self) -> dict[str, Handler]:
        table: dict[str, Handler] = {
            "setMyCommands": self.profile.set_commands,
            "getMyCommands": self.profile.get_commands,
            "deleteMyCommands": self.profile.delete_commands,
        }
        for field in MOST:
            name = "".join(part.title() for part in field.split("_"))
            table[f"setMy{name}"] = partial(self.profile.set_words, field)
            table[f"getMy{name}"] = partial(self.profile.get_words, field)
        return table

    def _room(self, call: Call) -> Any:
        """Return a chat of which the bot may know."""
        room = known_room(self.people, call.values["chat_id"])
        if room.type != "private" and room.bot not in IN_CHAT:
            return open_room(self.people, call.values)
        return room

    def _in(self, call: Call) -> dict[int, str]:
        """Return the members of a chat and their status."""
        room = self._room(call)
        people = room.members | ({room.id: "member"} if room.type == "private" else {})
        return {person: status for person, status in people.items() if status in IN_CHAT}

    def _member(self, call: Call) -> dict[str, Any]:
        room, person = self._room(call), call.values["user_id"]
        if person not in self.people.users and person not in (BOT_ID, room.id):
            raise bad("member not found")
        status = self._in(call).get(person, room.members.get(person, "left"))
        return member(self.people.user(person), status)

    def _administrators(self, call: Call) -> list[dict[str, Any]]:
        if self._room(call).type == "private":
            raise bad("there are no administrators in the private chat")
        people = self._in(call)
        others = (p for p in people if p != BOT_ID and people[p] != "member")
        return [member(self.people.user(person), people[person]) for person in others]

    def _leave(self, call: Call) -> bool:
        room = open_room(self.people, call.values)
        if room.type == "private":
            raise bad("chat member status can't be changed in private chats")
        room.members[BOT_ID] = "left"
        return True

    def _action(self, call: Call) -> bool:
        if call.values["action"] not in ACTIONS:
            raise wrong("wrong parameter action in request")
        open_room(self.people, call.values)
        return True

    def _file(self, call: Call) -> dict[str, Any]:
        file_id = call.values["file_id"]
        if file_id not in self.people.files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        size = self.people.told_sizes.get(file_id, len(self.people.files[file_id]))
        if size > DOWNLOAD_BYTES:
            raise bad("file is too big")
        more = {"file_size": size, "file_path": file_id}
        return {"file_id": file_id, "file_unique_id": file_id, **more}


def not_found(method: str) -> RefusedError:
    """Return the refusal of a method that Telegram, or this server, has not got."""
    return RefusedError(404, f"Not Found: method {method} not found", wrong=True)
