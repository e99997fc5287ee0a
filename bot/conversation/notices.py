"""What Docent says unasked, because its time has come: a round is over, a question is next."""

from dataclasses import dataclass

from bot.conversation.events import Chat
from bot.conversation.replies import Reply


@dataclass(frozen=True)
class Notice:
    """A reply to nobody, for a chat. ``id`` names it: told once, it does not come again."""

    id: str
    chat: Chat
    reply: Reply
    message: str = ""
    """The platform's number of the message whose place it takes; "" for a message of its own."""
