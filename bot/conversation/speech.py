"""What handlers share: the parts they speak with, and the words a button carries."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.conversation.events import Event
from bot.conversation.phrases import Phrases
from bot.conversation.replies import Paragraph, Reply
from bot.memory.store import Store
from bot.vision.recognizer import Recognizer
from knowledge.library import Library

Say = Callable[..., str]


@dataclass(frozen=True)
class Parts:
    """Everything a handler may use."""

    recognizer: Recognizer
    library: Library
    store: Store
    phrases: Phrases

    def say(self, event: Event) -> Say:
        """Return ``say(key, **values)`` in the language of an event."""
        return partial(self._say, event.language)

    def _say(self, language: str, key: str, **values: object) -> str:
        return self.phrases.say(key, language, **values)


def simply(text: str) -> Reply:
    """Return a reply of one paragraph."""
    return Reply((Paragraph(text),))


def pack(verb: str, *arguments: object) -> str:
    """Return button data: a verb and its arguments, which `unpack` gives back."""
    return ":".join([verb, *(str(argument) for argument in arguments if argument is not None)])


def unpack(data: str) -> tuple[str, list[str]]:
    """Return the verb and the arguments of button data."""
    verb, *arguments = data.split(":")
    return verb, arguments
