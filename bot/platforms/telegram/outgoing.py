"""Replies on their way to Telegram: sent or edited, taps answered, "typing" shown."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypedDict

from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MaybeInaccessibleMessage,
    Message,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.conversation.replies import Reply
from bot.platforms.telegram import limits
from bot.platforms.telegram.reaching import Reach
from bot.platforms.telegram.rendering import Rendered, messages
from bot.platforms.texts import shorten

log = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def deliver(bot: Bot, update: Update, reply: Reply, reach: Reach) -> None:
    """Send a reply, or put it in the place of the tapped message. Raises `TelegramError`."""
    query = update.callback_query
    message = query.message if query else update.message
    if message is None:
        return
    replaces = query is not None and reply.replaces and not reply.pictures
    for rendered in messages(reply):
        if rendered.html:
            await _show(bot, message, rendered, reach, replaces=replaces)


async def _show(
    bot: Bot,
    message: MaybeInaccessibleMessage,
    rendered: Rendered,
    reach: Reach,
    *,
    replaces: bool,
) -> None:
    try:
        if not (replaces and await _edit(bot, message, rendered, reach)):
            await reach(lambda: _send_to(bot, message.chat.id, message, rendered))
    except ChatMigrated as moved:
        new_chat = moved.new_chat_id
        log.info("A group became a supergroup; the reply follows it")
        await reach(lambda: _send_to(bot, new_chat, None, rendered))


async def _edit(
    bot: Bot, message: MaybeInaccessibleMessage, rendered: Rendered, reach: Reach
) -> bool:
    """Return whether the message now shows the reply; ``False`` where it cannot be edited."""
    try:
        await reach(
            lambda: bot.edit_message_text(
                rendered.html,
                chat_id=message.chat.id,
                message_id=message.message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=rendered.keyboard,
            ),
            harmless=True,
        )
    except BadRequest as error:
        if "not modified" in str(error).lower():
            return True
        log.info("A message cannot be edited, a new one is sent: %s", error)
        return False
    return True


async def _send_to(
    bot: Bot, chat: int, message: MaybeInaccessibleMessage | None, rendered: Rendered
) -> None:
    in_topic = isinstance(message, Message) and message.is_topic_message
    where: _Where = {
        "parse_mode": ParseMode.HTML,
        "reply_markup": rendered.keyboard,
        "reply_parameters": _reply_to(message, rendered),
        "message_thread_id": message.message_thread_id if in_topic else None,  # type: ignore[union-attr]
    }
    if rendered.photo:
        try:
            await bot.send_photo(chat, rendered.photo, rendered.html, **where)
        except BadRequest as error:
            log.info("Telegram does not take a picture, its words are sent: %s", error)
        else:
            return
    await bot.send_message(chat, rendered.html, link_preview_options=NO_PREVIEW, **where)


class _Where(TypedDict):
    parse_mode: str
    reply_markup: InlineKeyboardMarkup | None
    reply_parameters: ReplyParameters | None
    message_thread_id: int | None


def _reply_to(
    message: MaybeInaccessibleMessage | None, rendered: Rendered
) -> ReplyParameters | None:
    """Return what a reply refers to: in private, words need no reference.

    A picture refers to the photo it is about, which is what the tapped message answers.
    """
    if not isinstance(message, Message):
        number = message.message_id if message else None
    elif rendered.photo:
        number = (message.reply_to_message or message).message_id
    else:
        in_words = message.chat.type == "private" and message.text
        number = None if in_words else message.message_id
    return ReplyParameters(number, allow_sending_without_reply=True) if number else None


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
    thread = message.message_thread_id if message.is_topic_message else None
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

    async def give(self, toast: str = "") -> None:
        """Answer the tap, unless that is done; that it is too old harms nothing."""
        if self._given:
            return
        self._given = True
        if asyncio.current_task() is not self._timer:
            self._timer.cancel()
        try:
            await self._query.answer(shorten(toast, limits.TOAST_UNITS) or None)
        except TelegramError as error:
            log.info("A tap was not acknowledged, its work is done all the same: %s", error)

    async def _give_later(self) -> None:
        await asyncio.sleep(limits.TAP_SECONDS)
        await self.give()
