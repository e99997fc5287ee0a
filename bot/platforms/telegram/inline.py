"""Inline mode: ``@bot monet``, written in any chat, offers painters and movements as cards."""

import hashlib
import logging

from telegram import (
    Bot,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.conversation.cards import Card
from bot.conversation.events import Chat, Person, Text
from bot.conversation.replies import Reply
from bot.platforms.guide import Guide
from bot.platforms.telegram import limits
from bot.platforms.telegram.rendering import render
from bot.platforms.telegram.senders import language_of
from bot.platforms.texts import clean, shorten

log = logging.getLogger(__name__)

START = "inline"
"""What ``/start`` is told by who comes from another chat."""
TOO_LATE = "query is too old"


async def answer_inline(bot: Bot, query: InlineQuery, guide: Guide) -> None:
    """Answer an inline query with a page of cards, or with the way to the bot's own chat.

    The answer to an old query is lost, as nobody waits for it any more. Raises `TelegramError`
    where the answer cannot be sent.
    """
    start = int(query.offset) if query.offset.isdecimal() and len(query.offset) < 4 else 0
    end = min(start + limits.INLINE_RESULTS, limits.INLINE_CARDS)
    cards = await guide.cards(as_text(query), end + 1)
    page = cards.found[start:end]
    more = end < min(len(cards.found), limits.INLINE_CARDS)
    label = shorten(clean(cards.nothing), limits.BUTTON_UNITS)
    try:
        await bot.answer_inline_query(
            query.id,
            [article(card) for card in page],
            cache_time=limits.INLINE_CACHE_SECONDS,
            is_personal=True,
            next_offset=str(end) if more else "",
            button=None if cards.found else InlineQueryResultsButton(label, start_parameter=START),
        )
    except BadRequest as error:
        if TOO_LATE not in error.message.lower():
            raise
        log.info("An inline query was answered too late: %s", error)


def as_text(query: InlineQuery) -> Text:
    """Return a query as said in its writer's chat with the bot, whose language it is answered in.

    Where it is really written, Telegram does not tell.
    """
    person = query.from_user
    return Text(
        id=f"inline-{query.id}",
        chat=Chat("telegram", str(person.id)),
        person=Person(str(person.id), person.full_name),
        language=language_of(person),
        text=query.query,
    )


def article(card: Card) -> InlineQueryResultArticle:
    """Return a card as Telegram lists it; its message is words alone.

    A button under it would be tapped in a chat that the bot is not in.
    """
    words = render(Reply(card.reply.blocks)).html
    return InlineQueryResultArticle(
        result_id(card.id),
        shorten(clean(card.title), limits.BUTTON_UNITS),
        InputTextMessageContent(
            words,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        description=shorten(clean(card.description), limits.INLINE_DESCRIPTION_UNITS) or None,
    )


def result_id(card: str) -> str:
    """Return a card's id within Telegram's 64 bytes."""
    if len(card.encode()) <= limits.INLINE_ID_BYTES:
        return card
    return hashlib.sha256(card.encode()).hexdigest()
