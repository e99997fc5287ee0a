"""What waits for visitors, in memory and bounded: news not yet fetched, and open questions."""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation.notices import Notice
from bot.conversation.replies import Reply
from bot.platforms.web.limits import (
    NEWS_A_CHAT,
    NEWS_BYTES,
    NEWS_HELD,
    NEWS_KEPT_SECONDS,
    QUESTION_SECONDS,
    QUESTIONS_HELD,
)

Clock = Callable[[], float]


@dataclass
class Letter:
    """A notice on its way to a page; ``message`` names the message that it is or replaces."""

    notice: Notice
    message: str
    at: float
    told: bool = False


@dataclass
class Question:
    """A message of a chat that the guide calls ``key``; ``shown``: the guide knows that it is."""

    chat: str
    key: str
    at: float
    awaited: bool
    shown: bool = False


def new_message() -> str:
    """Return a name for a message, which only its own page will know."""
    return secrets.token_hex(8)


def expects_news(reply: Reply) -> bool:
    """Say whether something will follow unasked: a reply has a name and something to tap."""
    return bool(reply.key and (reply.choices or reply.poll))


class Mailbox:
    """News by the notice's id, the oldest first. A notice that comes again is the same letter."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        """Start empty."""
        self._clock = clock
        self._letters: OrderedDict[str, Letter] = OrderedDict()
        self._fetched: OrderedDict[str, str] = OrderedDict()

    def put(self, notice: Notice) -> tuple[Letter, list[Letter]]:
        """Keep a notice; return its letter, and the letters that had to give way to it."""
        letter = self._letters.get(notice.id)
        if letter is None:
            letter = Letter(notice, notice.message or new_message(), self._clock())
            self._letters[notice.id] = letter
        letter.notice = notice
        return letter, self._make_room(notice.chat.id)

    def of(self, chat: str) -> list[Letter]:
        """Return what waits for a chat, in the order in which it came."""
        self._forget()
        return [each for each in self._letters.values() if each.notice.chat.id == chat]

    def letter(self, chat: str, notice: str) -> Letter | None:
        """Return one of a chat's letters."""
        found = self._letters.get(notice)
        return found if found and found.notice.chat.id == chat else None

    def take(self, letter: Letter) -> None:
        """Take out a letter that was fetched; what it was called is remembered for a while."""
        self._drop(letter)
        self._fetched[letter.notice.id] = letter.message
        if len(self._fetched) > NEWS_HELD:
            self._fetched.popitem(last=False)

    def fetched(self, notice: str) -> str:
        """Return what the message of a notice is called that was fetched, else ""."""
        return self._fetched.get(notice, "")

    def _drop(self, letter: Letter) -> None:
        self._letters.pop(letter.notice.id, None)

    def _forget(self) -> None:
        oldest = self._clock() - NEWS_KEPT_SECONDS
        for letter in [each for each in self._letters.values() if each.at < oldest]:
            self._drop(letter)

    def _make_room(self, chat: str) -> list[Letter]:
        """Drop the oldest letters of a chat, and of all, that are too many or too large."""
        dropped = self.of(chat)[:-NEWS_A_CHAT]
        kept = [each for each in self._letters.values() if each not in dropped]
        size = sum(map(_weight, kept))
        while kept and (len(kept) > NEWS_HELD or size > NEWS_BYTES):
            size -= _weight(kept[0])
            dropped.append(kept.pop(0))
        for letter in dropped:
            self._drop(letter)
        return dropped


class Questions:
    """Messages that something may follow, by their names."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        """Start without any."""
        self._clock = clock
        self._asked: OrderedDict[str, Question] = OrderedDict()

    def ask(self, chat: str, reply: Reply, message: str = "") -> str:
        """Return the name of a reply's message, ``message`` if it has one; "" without a key."""
        if not reply.key:
            return message
        message = message or new_message()
        awaited = expects_news(reply)
        self._asked[message] = Question(chat, reply.key, self._clock(), awaited)
        if len(self._asked) > QUESTIONS_HELD:
            self._asked.popitem(last=False)
        return message

    def question(self, chat: str, message: str) -> Question | None:
        """Return what a chat's message asks; ``None`` for one that is not known."""
        found = self._asked.get(message)
        return found if found and found.chat == chat else None

    def answered(self, message: str) -> None:
        """Expect nothing more about a message."""
        if message in self._asked:
            self._asked[message].awaited = False

    def awaited(self, chat: str) -> set[str]:
        """Return the messages of a chat that something may follow soon."""
        since = self._clock() - QUESTION_SECONDS
        return {
            message
            for message, each in self._asked.items()
            if each.chat == chat and each.awaited and each.at >= since
        }


def _weight(letter: Letter) -> int:
    reply = letter.notice.reply
    pictures = sum(len(picture.data) for picture in reply.pictures)
    return pictures + sum(len(document.data) for document in reply.documents)
