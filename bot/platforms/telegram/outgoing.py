"""Replies on their way to Telegram: sent or edited, taps answered, "typing" shown."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot, CallbackQuery, Message, Update
from telegram import Chat as TelegramChat
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.conversation.events import Chat
from bot.conversation.notices import Notice
from bot.conversation.replies import Reply
from bot.platforms.telegram import limits
from bot.platforms.telegram.composing import Quiz, messages
from bot.platforms.telegram.reaching import Reach
from bot.platforms.telegram.rendering import Rendered
from bot.platforms.telegram.senders import topic_of
from bot.platforms.telegram.sending import PollBook, Sender
from bot.platforms.telegram.targets import target_in, target_of
from bot.platforms.texts import clean, shorten, units

log = logging.getLogger(__name__)


async def deliver(
    bot: Bot, update: Update, reply: Reply, reach: Reach, polls: PollBook | None = None
) -> int | None:
    """Send a reply, or put it in the place of the tapped message; return the message's number.

    That is the number of the message with its words and buttons, ``None`` for a reply that has
    neither. In a channel there are no polls that tell who answered. Raises `TelegramError`.
    """
    query = update.callback_query
    message = query.message if query else update.message or update.channel_post
    if message is None:
        return None
    book = None if message.chat.type == TelegramChat.CHANNEL else polls
    sender = Sender(bot, target_of(message), reach, book)
    if query is not None and reply.replaces and not reply.pictures:
        captioned = isinstance(message, Message) and bool(message.photo)
        if await _in_place(sender, message.message_id, reply, captioned):
            return message.message_id
    return await _send(sender, reply, polls=book is not None)


async def deliver_notice(
    bot: Bot, notice: Notice, reach: Reach, polls: PollBook | None = None
) -> int | None:
    """Say something unasked, in the place of the notice's message where that is still there.

    Return the number of the message with its words and buttons. Raises `TelegramError`.
    """
    chat = notice.chat
    sender = Sender(bot, target_in(chat), reach, polls)
    if notice.message.isdecimal() and not notice.reply.pictures:
        number = int(notice.message)
        if await _in_place(sender, number, notice.reply):
            return number
    return await _send(sender, notice.reply, polls=polls is not None)


async def deliver_to(
    bot: Bot, chat: Chat, reply: Reply, reach: Reach, polls: PollBook | None = None
) -> int | None:
    """Send a reply to a chat, in answer to what is no message of it. Raises `TelegramError`."""
    return await _send(Sender(bot, target_in(chat), reach, polls), reply, polls=polls is not None)


async def _in_place(sender: Sender, number: int, reply: Reply, captioned: bool = False) -> bool:
    """Put words and buttons in the place of a message; return whether that could be done."""
    if (
        not reply.blocks
        or (reply.poll is not None)
        or not await sender.edit(number, reply, captioned)
    ):
        return False
    for message in messages(Reply((), documents=reply.documents)):
        await sender.send(message)
    return True


async def _send(sender: Sender, reply: Reply, *, polls: bool) -> int | None:
    shown = None
    for message in messages(reply, polls):
        number = await sender.send(message)
        if isinstance(message, Rendered | Quiz):
            shown = number
    return shown


@asynccontextmanager
async def typing(bot: Bot, update: Update) -> AsyncIterator[None]:
    """Show "typing" from now on, until the work is done."""
    task = asyncio.create_task(_type(bot, update))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _type(bot: Bot, update: Update) -> None:
    message = update.message
    if message is None:
        return
    thread = topic_of(message)
    try:
        while True:
            await bot.send_chat_action(message.chat.id, ChatAction.TYPING, message_thread_id=thread)
            await asyncio.sleep(limits.TYPING_SECONDS)
    except TelegramError as error:
        log.info("Typing is not shown: %s", error)


class TapAnswer:
    """Answers a tapped button once: after its work, or without a word if that takes too long.

    An acknowledgement says that the tap is kept, so it waits for that. But a tap that waits in its
    chat behind a slow photo would be too old before its turn; it is answered without a toast, which
    stops the button's spinning and promises nothing.
    """

    def __init__(self, query: CallbackQuery) -> None:
        """Start the time in which a toast may come."""
        self._query = query
        self._given = False
        self._timer = asyncio.create_task(self._give_later())

    async def give(self, toast: str = "", *, alone: bool = False) -> None:
        """Answer the tap, unless that is done; that it is too old harms nothing.

        ``alone``: the toast is all that is said; a long one then stays until it is closed.
        """
        if self._given:
            return
        self._given = True
        if asyncio.current_task() is not self._timer:
            self._timer.cancel()
        try:
            words = shorten(clean(toast), limits.TOAST_UNITS)
            alert = alone and units(words) > limits.ALERT_UNITS
            await self._query.answer(words or None, show_alert=alert or None)
        except TelegramError as error:
            log.info("A tap was not acknowledged, its work is done all the same: %s", error)

    async def _give_later(self) -> None:
        await asyncio.sleep(limits.TAP_SECONDS)
        await self.give()
