"""Where a tour or a quiz goes on: as it is kept, and as the chat that hears of it."""

from bot.conversation.events import Chat, Event
from bot.memory.quiz import Quiz
from bot.memory.tour import Route, Tour


def route_of(event: Event) -> Route:
    """Return where what goes on belongs to that an event is about."""
    return Route(event.chat.platform, event.chat.id, event.chat.thread)


def chat_of(kept: Tour | Quiz) -> Chat:
    """Return the chat, or one topic of it, in which something goes on."""
    return Chat(kept.route.platform, kept.route.chat, kept.is_group, kept.route.thread)
