"""What only those may do who run a chat, so that a platform knows when to ask who they are.

It then tells, too, what Docent itself is shown of the chat.
"""

from bot.conversation.events import Command, Event, Tap

COMMANDS = frozenset({"settings", "tour", "quiz", "start"})
VERBS = frozenset({"set", "tour", "decide"})
"""What the data of such a button begins with."""


def asks_for_rights(event: Event) -> bool:
    """Say whether an answer depends on `bot.conversation.events.Person.runs_chat`."""
    match event:
        case Command():
            return event.name in COMMANDS
        case Tap():
            return event.data.partition(":")[0] in VERBS
        case _:
            return False


def may_settle(event: Event) -> bool:
    """Say whether who said something may settle how Docent behaves in that chat."""
    return event.person.runs_chat or not event.chat.is_group
