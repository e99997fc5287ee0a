"""What Docent says unasked, because its time has come: a round is over, a question is next."""

from collections.abc import Awaitable, Callable
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


Settled = Callable[[Chat], Awaitable[None]]
"""Returns when all that was tapped in a chat until now is dealt with."""


Make = Callable[[Settled], Awaitable[Notice | None]]
"""Makes a notice once a chat's taps are settled; ``None`` where nothing is to be said after all."""


async def at_once(_: Chat) -> None:
    """Wait for nothing, where taps are dealt with as they come."""
