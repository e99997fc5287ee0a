"""A Telegram bot without a Telegram, and updates for it."""

from typing import Any

from telegram import Bot, Update

PRIVATE = {"id": 7, "type": "private"}
FORUM = {"id": -100, "type": "supergroup", "title": "A tour", "is_forum": True}
CHANNEL = {"id": -200, "type": "channel", "title": "Museum news"}
ADA = {"id": 7, "is_bot": False, "first_name": "Ada"}
TOPIC = {"message_thread_id": 5, "is_topic_message": True}
SIZE = {"file_id": "s", "file_unique_id": "s", "width": 9, "height": 9}
POLL = {
    "question": "?",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": False,
    "type": "quiz",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}


class RecordingBot(Bot):
    """A bot that keeps what it was asked, and fails as prepared; its messages are 11, 12, …"""

    def __init__(self, *errors: Exception | None) -> None:
        super().__init__("42:token")
        self._errors = list(errors)
        self._asked: list[tuple[str, dict[str, Any]]] = []

    @property
    def asked(self) -> list[tuple[str, dict[str, Any]]]:
        """Every method that was called, and with what."""
        return self._asked

    @property
    def methods(self) -> list[str]:
        """The methods that were called."""
        return [method for method, _ in self._asked]

    async def _do_post(self, endpoint: str, data: dict[str, Any], **_: Any) -> Any:
        self._asked.append((endpoint, data))
        if self._errors and (error := self._errors.pop(0)):
            raise error
        if endpoint == "answerCallbackQuery":
            return True
        number = 10 + len(self._asked)
        message = {"message_id": number, "date": 1, "chat": PRIVATE}
        if endpoint == "sendMediaGroup":
            return [message, {**message, "message_id": 900}]
        return message | ({"poll": {"id": "777", **POLL}} if endpoint == "sendPoll" else {})


def said(chat: dict[str, Any] = PRIVATE, kind: str = "message", **content: Any) -> Update:
    """Message 2 of a chat, with these words or whatever else."""
    message = {"message_id": 2, "date": 1, "chat": chat, "from": ADA, **(content or {"text": "?"})}
    return _read(**{kind: message})


def tapped(chat: dict[str, Any] = PRIVATE, **content: Any) -> Update:
    """A tap on message 2, which answers message 1; it is of words if nothing else is said."""
    asked = {"message_id": 1, "date": 1, "chat": chat}
    message = {"message_id": 2, "date": 1, "chat": chat, "reply_to_message": asked}
    message |= content or {"text": "?"}
    query = {"id": "1", "from": ADA, "chat_instance": "1", "message": message, "data": "x"}
    return _read(callback_query=query)


def _read(**content: Any) -> Update:
    update = Update.de_json({"update_id": 1, **content}, None)
    assert update is not None
    return update
