"""Other clients than Docent's drive our loopback Bot API, so that it is not tuned to Docent's.

aiogram is one, with its own session, models and exceptions; bare HTTP is the other.
"""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputMediaPhoto,
    InputPollOption,
    InputTextMessageContent,
    Message,
    ReplyParameters,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from tests.peers.telegram_raw import RawBot, RawError, jpeg
from tests.peers.telegram_server import BotApiServer

ADA, GROUP, SMALL = 7, -1001234567890, -55
KEYS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Vermeer 62 %", callback_data="guess:1")]]
)


@pytest.fixture
async def aiogram(telegram_server: BotApiServer) -> AsyncIterator[Bot]:
    """Aiogram's bot, to which a person has spoken."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram_server.url))
    properties = DefaultBotProperties(parse_mode="HTML")
    async with Bot(telegram_server.token, session, properties) as bot:
        telegram_server.people.send_text(ADA, "/start")
        yield bot


def photo(name: str = "a.jpg") -> BufferedInputFile:
    return BufferedInputFile(jpeg(), name)


async def test_aiogram_sends_edits_and_deletes(telegram_server: BotApiServer, aiogram: Bot) -> None:
    assert (await aiogram.get_me()).username == "docent_test_bot"
    first = await aiogram.send_message(ADA, "<b>Vermeer</b> &amp; more", reply_markup=KEYS)
    assert (first.text, first.html_text) == ("Vermeer & more", "<b>Vermeer</b> &amp; more")
    edited = await first.edit_text("Born in Delft.")
    assert isinstance(edited, Message)
    assert (edited.text, edited.reply_markup) == ("Born in Delft.", None)
    answer = await aiogram.send_photo(
        ADA, photo(), caption="His", reply_parameters=ReplyParameters(message_id=first.message_id)
    )
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.message_id == first.message_id
    assert await answer.delete()
    assert [shown.text for shown in telegram_server.messages(ADA)] == ["/start", "Born in Delft."]


async def test_aiogram_sends_albums_files_and_polls(
    telegram_server: BotApiServer, aiogram: Bot
) -> None:
    album = await aiogram.send_media_group(
        ADA, [InputMediaPhoto(media=photo(), caption="First"), InputMediaPhoto(media=photo())]
    )
    assert len({message.media_group_id for message in album}) == 1
    assert [each.text for each in (await telegram_server.next_message()).album] == ["First", ""]
    sent = await aiogram.send_document(ADA, BufferedInputFile(b"%PDF-", "tour.pdf"))
    assert sent.document is not None
    assert sent.document.file_name == "tour.pdf"
    assert (await telegram_server.next_message()).document == b"%PDF-"
    buffer = await aiogram.download(sent.document)
    assert buffer is not None
    assert buffer.read() == b"%PDF-"
    options = [InputPollOption(text="Monet"), InputPollOption(text="Manet")]
    poll = await aiogram.send_poll(ADA, "Who?", options, type="quiz", correct_option_ids=[1])
    telegram_server.people.vote((await telegram_server.next_message()).message, ADA, 1)
    stopped = await aiogram.stop_poll(ADA, poll.message_id)
    assert [option.voter_count for option in stopped.options] == [0, 1]


async def test_aiogram_polls_and_answers(telegram_server: BotApiServer, aiogram: Bot) -> None:
    dispatcher = Dispatcher()
    dispatcher.message()(_guess)
    dispatcher.callback_query()(_tell)
    polling = asyncio.create_task(
        dispatcher.start_polling(aiogram, handle_signals=False, close_bot_session=False)
    )
    sent = await telegram_server.next_message()
    telegram_server.people.tap(sent.message, sent.button("Vermeer"))
    edited = await telegram_server.next_edit()
    await dispatcher.stop_polling()
    await polling
    assert (sent.text, edited.text) == ("Whose is it?", "Johannes Vermeer")
    assert len(telegram_server.calls("answerCallbackQuery")) == 1


async def test_aiogram_takes_updates_by_webhook(
    telegram_server: BotApiServer, aiogram: Bot
) -> None:
    telegram_server.methods.delivery.plain = True
    dispatcher, app = Dispatcher(), web.Application()
    dispatcher.message()(_guess)
    SimpleRequestHandler(dispatcher, aiogram, secret_token="hush").register(app, "/hook")
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await aiogram.set_webhook(url, secret_token="hush")
    assert (await telegram_server.next_message()).text == "Whose is it?"
    assert (await aiogram.get_webhook_info()).url == url
    with pytest.raises(TelegramConflictError):
        await aiogram.get_updates()
    await aiogram.delete_webhook()
    await runner.cleanup()


async def test_aiogram_knows_the_refusals_by_their_kind(
    telegram_server: BotApiServer, aiogram: Bot
) -> None:
    people = telegram_server.people
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await aiogram.send_message(99, "A")
    sent = await aiogram.send_message(ADA, "A")
    with pytest.raises(TelegramBadRequest, match="not modified"):
        await sent.edit_text("A")
    people.block(ADA)
    with pytest.raises(TelegramForbiddenError, match="blocked by the user"):
        await aiogram.send_message(ADA, "A")
    people.send_text(SMALL, "hello")
    new = people.migrate(SMALL)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await aiogram.send_message(SMALL, "A")
    assert moved.value.migrate_to_chat_id == new
    telegram_server.strict(burst=1)
    await aiogram.send_message(new, "A")
    with pytest.raises(TelegramRetryAfter) as flood:
        await aiogram.send_message(new, "B")
    assert flood.value.retry_after == telegram_server.floods[0].retry_after


async def test_aiogram_knows_a_wrong_token_and_a_missing_method(server: BotApiServer) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
    async with Bot("42:AAHother", session) as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()
    session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
    async with Bot(server.token, session) as bot:
        with pytest.raises(TelegramNotFound):
            await bot.send_dice(ADA)


async def test_aiogram_reads_members_and_tells_of_itself(
    telegram_server: BotApiServer, aiogram: Bot
) -> None:
    telegram_server.people.join(GROUP, 8, "Bea", admin=True)
    (admin,) = await aiogram.get_chat_administrators(GROUP)
    assert (admin.status, admin.user.first_name) == ("administrator", "Bea")
    assert (await aiogram.get_chat(GROUP)).title == "A tour"
    assert (await aiogram.get_chat_member(GROUP, ADA)).status == "left"
    await aiogram.set_my_commands([BotCommand(command="tour", description="A tour")])
    assert [each.command for each in await aiogram.get_my_commands()] == ["tour"]
    await aiogram.set_my_description("A guide")
    assert (await aiogram.get_my_description(language_code="it")).description == "A guide"


async def test_aiogram_answers_inline_queries(telegram_server: BotApiServer, aiogram: Bot) -> None:
    query = telegram_server.people.ask_inline("monet")["id"]
    content = InputTextMessageContent(message_text="<b>Claude Monet</b>", parse_mode="HTML")
    card = InlineQueryResultArticle(id="m", title="Monet", input_message_content=content)
    assert await aiogram.answer_inline_query(query, [card])
    assert telegram_server.methods.queries.inline[query][0]["title"] == "Monet"


async def test_bare_http_talks_from_hello_to_a_flood(server: BotApiServer, bot: RawBot) -> None:
    (update,) = await bot("getUpdates", timeout=5)
    chat = update["message"]["chat"]["id"]
    keys = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    sent = await bot("sendMessage", chat_id=chat, text="A", reply_markup=keys)
    server.people.tap(sent, "go")
    *_, tapped = await bot("getUpdates", offset=update["update_id"] + 1, timeout=5)
    query = tapped["callback_query"]
    assert await bot("answerCallbackQuery", callback_query_id=query["id"])
    number = query["message"]["message_id"]
    assert (await bot("editMessageText", chat_id=chat, message_id=number, text="B"))["text"] == "B"
    files = {"one": ("a.jpg", jpeg()), "two": ("b.jpg", jpeg())}
    media = [{"type": "photo", "media": f"attach://{name}"} for name in files]
    assert len(await bot("sendMediaGroup", files, chat_id=chat, media=media)) == 2
    options = [{"text": "Here"}, {"text": "There"}]
    poll = await bot("sendPoll", chat_id=chat, question="Where?", options=options)
    assert poll["poll"]["type"] == "regular"
    server.strict(burst=1)
    await bot("sendDocument", {"document": ("tour.csv", b"a,b")}, chat_id=chat)
    with pytest.raises(RawError, match="retry after"):
        await bot("sendMessage", chat_id=chat, text="C")
    assert server.problems == []


async def _guess(message: Message) -> None:
    await message.answer("Whose is it?", reply_markup=KEYS)


async def _tell(query: CallbackQuery) -> None:
    await query.answer()
    assert isinstance(query.message, Message)
    await query.message.edit_text("Johannes Vermeer")
