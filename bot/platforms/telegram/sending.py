"""One chat's messages on their way: sent, sent elsewhere, or put in place of another."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Protocol, TypedDict, TypeVar

from telegram import Bot, InputMediaPhoto, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode, PollType
from telegram.error import BadRequest, ChatMigrated

from bot.conversation.replies import Reply
from bot.memory.polls import AskedPoll
from bot.platforms.telegram.composing import Enclosure, Gallery, Outgoing, Quiz, caption
from bot.platforms.telegram.reaching import Reach
from bot.platforms.telegram.rendering import Rendered, render
from bot.platforms.telegram.targets import Target

log = logging.getLogger(__name__)

T = TypeVar("T")

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
TOPIC_GONE = ("topic_closed", "topic_deleted", "thread not found")
"""What Telegram says of a topic in which nobody can write any more."""


class PollBook(Protocol):
    """Where it is kept which poll asks what; `bot.memory.polls.Polls` is one."""

    async def keep(self, poll: AskedPoll) -> None:
        """Keep what the options of a poll stand for."""

    async def find(self, platform: str, poll: str) -> AskedPoll | None:
        """Return a poll by its platform's id; ``None`` for one that is not known."""


class _Where(TypedDict):
    chat_id: int
    message_thread_id: int | None
    reply_parameters: ReplyParameters | None


class Sender:
    """Sends to one target, and follows it where it went."""

    def __init__(
        self, bot: Bot, target: Target, reach: Reach, polls: PollBook | None = None
    ) -> None:
        """Send as ``bot``, with the patience of ``reach``; polls need a book."""
        self._bot = bot
        self._target = target
        self._reach = reach
        self._polls = polls

    async def send(self, message: Outgoing) -> int | None:
        """Send a message; return its number, ``None`` if it is one that can be done without.

        Raises `TelegramError`.
        """
        match message:
            case Gallery():
                return await self._gallery(message)
            case Enclosure():
                return await self._file(message)
            case Quiz():
                return await self._quiz(message)
            case Rendered():
                return await self._photo(message) if message.photo else await self._words(message)

    async def edit(self, message: int, reply: Reply, captioned: bool = False) -> bool:
        """Put a reply in the place of a message; ``False`` where that one cannot be edited.

        ``captioned``: it is known to be a picture with words under it. Raises `TelegramError`.
        """
        try:
            return await self._edit(message, reply, captioned)
        except ChatMigrated as moved:
            self._target = Target(moved.new_chat_id)
        except BadRequest as error:
            if "not modified" in str(error).lower():
                return True
            log.info("A message cannot be edited, a new one is sent: %s", error)
        return False

    async def _edit(self, message: int, reply: Reply, captioned: bool) -> bool:
        chat, bot = self._target.chat, self._bot
        if not captioned:
            words = render(reply)
            try:
                await self._reach(
                    lambda: bot.edit_message_text(
                        words.html,
                        chat_id=chat,
                        message_id=message,
                        parse_mode=ParseMode.HTML,
                        link_preview_options=NO_PREVIEW,
                        reply_markup=words.keyboard,
                    ),
                    harmless=True,
                )
            except BadRequest as error:
                if "no text in the message" not in str(error).lower():
                    raise
            else:
                return True
        return await self._edit_caption(message, caption(reply))

    async def _edit_caption(self, message: int, words: Rendered | None) -> bool:
        if words is None:
            return False
        await self._reach(
            lambda: self._bot.edit_message_caption(
                self._target.chat,
                message,
                caption=words.html,
                parse_mode=ParseMode.HTML,
                reply_markup=words.keyboard,
            ),
            harmless=True,
        )
        return True

    async def _words(self, words: Rendered) -> int:
        sent = await self._sent(
            lambda where: self._bot.send_message(
                text=words.html,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=words.keyboard,
                **where,
            ),
            self._target.answers,
        )
        return sent.message_id

    async def _photo(self, photo: Rendered) -> int:
        try:
            sent = await self._sent(
                lambda where: self._bot.send_photo(
                    photo=photo.photo,
                    caption=photo.html,
                    parse_mode=ParseMode.HTML,
                    reply_markup=photo.keyboard,
                    **where,
                ),
                self._target.about,
            )
        except BadRequest as error:
            log.info("Telegram does not take a picture, its words are sent: %s", error)
            return await self._words(photo)
        return sent.message_id

    async def _gallery(self, gallery: Gallery) -> int:
        media = [
            InputMediaPhoto(photo.photo, photo.html, ParseMode.HTML) for photo in gallery.photos
        ]
        try:
            sent = await self._sent(
                lambda where: self._bot.send_media_group(media=media, **where), self._target.about
            )
        except BadRequest as error:
            log.info("Telegram does not take an album, its words are sent: %s", error)
            return await self._words(gallery.words)
        return sent[0].message_id

    async def _file(self, file: Enclosure) -> int | None:
        try:
            sent = await self._sent(
                lambda where: self._bot.send_document(
                    document=file.data, filename=file.name, **where
                ),
                None,
            )
        except BadRequest as error:
            log.info("Telegram does not take the file %s: %s", file.name, error)
            return None
        return sent.message_id

    async def _quiz(self, quiz: Quiz) -> int:
        """Send a poll, and keep what its options stand for before anything else happens."""
        try:
            sent = await self._sent(
                lambda where: self._bot.send_poll(
                    question=quiz.question,
                    options=quiz.options,
                    type=PollType.QUIZ,
                    is_anonymous=False,
                    correct_option_ids=[quiz.right],  # type: ignore[list-item]
                    explanation=quiz.explanation or None,
                    open_period=quiz.seconds,
                    **where,
                ),
                self._target.answers,
            )
        except BadRequest as error:
            log.info("Telegram does not take a poll, its words are sent: %s", error)
            return await self._words(quiz.words)
        if self._polls is not None and sent.poll is not None:
            await self._polls.keep(self._target.asked(sent.poll.id, quiz.data))
        return sent.message_id

    async def _sent(self, send: Callable[[_Where], Awaitable[T]], about: int | None) -> T:
        """Send to where the target is now: a chat may have moved, a topic may be closed.

        A message that is gone is answered without a reference to it.
        """
        while True:
            where = _Where(
                chat_id=self._target.chat,
                message_thread_id=self._target.thread,
                reply_parameters=_reference(about),
            )
            try:
                return await self._reach(partial(send, where))
            except ChatMigrated as moved:
                if moved.new_chat_id == self._target.chat:
                    raise
                log.info("A group became a supergroup; the reply follows it")
                self._target, about = Target(moved.new_chat_id), None
            except BadRequest as error:
                gone = any(sign in str(error).lower() for sign in TOPIC_GONE)
                if self._target.thread is None or not gone:
                    raise
                log.info("A topic is closed; the reply is sent without it")
                self._target = replace(self._target, thread=None)


def _reference(message: int | None) -> ReplyParameters | None:
    return ReplyParameters(message, allow_sending_without_reply=True) if message else None
