"""Our loopback Bot API itself: each refusal of Telegram's that it gives, shown once."""

import json
from typing import Any

import pytest

from tests.peers.telegram_raw import RawBot, jpeg, refused
from tests.peers.telegram_server import BotApiServer

ADA, GROUP = 7, -1001234567890
KEYS = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


WRONG: list[tuple[str, str, dict[str, Any]]] = [
    ("message text is empty", "sendMessage", {"text": "  "}),
    ("message is too long", "sendMessage", {"text": "🖼" * 2049}),
    ("can't parse entities: Unsupported", "sendMessage", {"text": "<h1>A", "parse_mode": "HTML"}),
    ("Unsupported start tag", "sendMessage", {"text": "1 < 2", "parse_mode": "HTML"}),
    ("Can't find end tag", "sendMessage", {"text": "<b>A", "parse_mode": "HTML"}),
    ("Unmatched end tag", "sendMessage", {"text": "<b>A</i>", "parse_mode": "HTML"}),
    ("Unexpected end tag", "sendMessage", {"text": "A</i>", "parse_mode": "HTML"}),
    ("sendMessage lacks text", "sendMessage", {}),
    ("sendMessage has no colour", "sendMessage", {"text": "A", "colour": "red"}),
    ("is no Boolean", "sendMessage", {"text": "A", "protect_content": "yes"}),
    (
        "BUTTON_DATA_INVALID",
        "sendMessage",
        {
            "text": "A",
            "reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "é" * 33}]]},
        },
    ),
    (
        "BUTTON_TYPE_INVALID",
        "sendMessage",
        {"text": "A", "reply_markup": {"inline_keyboard": [[{"text": "A"}]]}},
    ),
    ("wrong parameter action", "sendChatAction", {"action": "painting"}),
    ("media group must have", "sendMediaGroup", {"media": [{"type": "photo", "media": "x"}]}),
    ("there is no file a", "sendPhoto", {"photo": "attach://a"}),
    ("poll must have", "sendPoll", {"question": "Who?", "options": []}),
    ("poll question must", "sendPoll", {"question": "?" * 301, "options": [{"text": "A"}]}),
    ("poll options must", "sendPoll", {"question": "?", "options": [{"text": "A" * 101}]}),
    (
        "wrong correct option",
        "sendPoll",
        {"question": "?", "options": [{"text": "A"}], "type": "quiz"},
    ),
    (
        "explanation is too long",
        "sendPoll",
        {"question": "?", "options": [{"text": "A"}], "explanation": "a\nb\nc\nd"},
    ),
    (
        "open_period must",
        "sendPoll",
        {"question": "?", "options": [{"text": "A"}], "open_period": 4},
    ),
]


@pytest.mark.parametrize(("said", "method", "values"), WRONG)
async def test_wrong_request_is_refused_and_counted(
    server: BotApiServer, bot: RawBot, said: str, method: str, values: dict[str, Any]
) -> None:
    answer = await refused(bot, method, chat_id=ADA, **values)
    assert answer.startswith("400 Bad Request: ")
    assert said in answer
    assert len(server.problems) == 1
    assert server.log == []


async def test_aiogram_has_a_say_too(server: BotApiServer, bot: RawBot) -> None:
    """To the specification a scope's type is any String; aiogram knows which there are."""
    answer = await refused(bot, "setMyCommands", commands=[], scope={"type": "the_moon"})
    assert answer.startswith("400 ")
    assert "(aiogram)" in answer
    assert server.problems


async def test_method_that_telegram_has_not_is_not_found(server: BotApiServer, bot: RawBot) -> None:
    assert (await refused(bot, "sendPainting")).startswith("404 Not Found")
    assert (await refused(bot, "sendDice", chat_id=ADA)).startswith("404 Not Found")
    assert len(server.problems) == 2


async def test_wrong_token_is_unauthorized(server: BotApiServer) -> None:
    async with RawBot(server.url, "42:AAHother") as bot:
        assert await refused(bot, "getMe") == "401 Unauthorized"


async def test_longest_text_and_escaped_letters_are_taken(
    server: BotApiServer, bot: RawBot
) -> None:
    await bot("sendMessage", chat_id=ADA, text="🖼" * 2048)
    html = '<b>A &amp; B</b> <a href="https://a.example/?b=1&amp;c">c</a> &nbsp; &#39;'
    message = await bot("sendMessage", chat_id=ADA, text=html, parse_mode="HTML")
    assert message["text"] == "A & B c &nbsp; '"
    link = {"type": "text_link", "offset": 6, "length": 1, "url": "https://a.example/?b=1&c"}
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 5}, link]
    plain = await bot("sendMessage", chat_id=ADA, text="<b>A</b>")
    assert plain["text"] == "<b>A</b>"
    assert server.problems == []


async def test_edit_that_changes_nothing_is_refused(server: BotApiServer, bot: RawBot) -> None:
    sent = await bot("sendMessage", chat_id=ADA, text="A", reply_markup=KEYS)
    same = {"chat_id": ADA, "message_id": sent["message_id"]}
    answer = await refused(bot, "editMessageText", text="A ", reply_markup=KEYS, **same)
    assert answer.startswith("400 Bad Request: message is not modified")
    edited = await bot("editMessageText", text="A", **same)
    assert "reply_markup" not in edited
    assert "not modified" in await refused(bot, "editMessageReplyMarkup", **same)
    assert (await bot("editMessageReplyMarkup", reply_markup=KEYS, **same))["reply_markup"] == KEYS
    assert server.problems == []


async def test_edit_of_another_kind_of_message_is_refused(
    server: BotApiServer, bot: RawBot
) -> None:
    hers = server.people.send_text(ADA, "mine")["message_id"]
    photo = await bot("sendPhoto", {"photo": ("a.jpg", jpeg())}, chat_id=ADA, caption="A")
    text = await bot("sendMessage", chat_id=ADA, text="A")

    async def answer(method: str, number: int, **values: str) -> str:
        return await refused(bot, method, chat_id=ADA, message_id=number, **values)

    assert "message to edit not found" in await answer("editMessageText", 1, text="B")
    assert "message can't be edited" in await answer("editMessageText", hers, text="B")
    number = photo["message_id"]
    assert "there is no text" in await answer("editMessageText", number, text="B")
    assert "no caption" in await answer("editMessageCaption", text["message_id"], caption="B")
    changed = await bot("editMessageCaption", chat_id=ADA, message_id=number, caption="B")
    assert changed["caption"] == "B"
    assert (await server.next_message()).photo == jpeg()


async def test_deleted_message_is_gone(server: BotApiServer, bot: RawBot) -> None:
    sent = await bot("sendMessage", chat_id=ADA, text="A")
    where = {"chat_id": ADA, "message_id": sent["message_id"]}
    assert await bot("deleteMessage", **where)
    assert "message to delete not found" in await refused(bot, "deleteMessage", **where)
    assert "message to edit not found" in await refused(bot, "editMessageText", text="B", **where)
    assert [shown.text for shown in server.messages(ADA)] == ["/start"]
    hers = server.people.send_text(GROUP, "hello")
    theirs = {"chat_id": GROUP, "message_id": hers["message_id"]}
    assert "can't be deleted" in await refused(bot, "deleteMessage", **theirs)


async def test_reply_to_a_missing_message_is_refused_unless_allowed(bot: RawBot) -> None:
    missing = {"message_id": 1}
    values = {"chat_id": ADA, "text": "A"}
    answer = await refused(bot, "sendMessage", reply_parameters=missing, **values)
    assert answer == "400 Bad Request: message to be replied not found"
    allowed = missing | {"allow_sending_without_reply": True}
    assert "reply_to_message" not in await bot("sendMessage", reply_parameters=allowed, **values)


async def test_photo_that_telegram_would_not_take_is_refused(bot: RawBot) -> None:
    async def answer(photo: bytes) -> str:
        files = {"photo": ("a.jpg", photo)}
        return await refused(bot, "sendPhoto", files=files, chat_id=ADA)

    assert "PHOTO_INVALID_DIMENSIONS" in await answer(jpeg(6000, 5000))
    assert "PHOTO_INVALID_DIMENSIONS" in await answer(jpeg(2100, 100))
    assert "IMAGE_PROCESS_FAILED" in await answer(b"no picture")
    assert "file is too big" in await answer(jpeg() + bytes(10 * 2**20))


async def test_file_ids_are_those_of_this_server(server: BotApiServer, bot: RawBot) -> None:
    known = server.people.send_photo(ADA, jpeg())["photo"][-1]["file_id"]
    assert (await bot("sendPhoto", chat_id=ADA, photo=known))["photo"]
    assert "wrong file identifier" in await refused(bot, "sendPhoto", chat_id=ADA, photo="other")
    assert "wrong file_id" in await refused(bot, "getFile", file_id="other")
    huge = server.people.send_document(ADA, b"x", "a.tif", size=21 * 2**20)["document"]
    answer = await refused(bot, "getFile", file_id=huge["file_id"])
    assert answer == "400 Bad Request: file is too big"


async def test_upload_of_more_than_fifty_megabytes_is_too_large(bot: RawBot) -> None:
    files = {"document": ("a.bin", bytes(51 * 2**20))}
    answer = await refused(bot, "sendDocument", files=files, chat_id=ADA)
    assert answer == "413 Request Entity Too Large"


async def test_tap_is_answered_in_time_or_not_at_all(server: BotApiServer, bot: RawBot) -> None:
    sent = await bot("sendMessage", chat_id=ADA, text="A", reply_markup=KEYS)
    query = server.people.tap(sent, "go")["id"]
    answer = await refused(bot, "answerCallbackQuery", callback_query_id=query, text="a" * 201)
    assert "MESSAGE_TOO_LONG" in answer
    assert await bot("answerCallbackQuery", callback_query_id=query, text="a" * 200)
    server.methods.queries.seconds = 0
    for number in (query, "1"):
        answer = await refused(bot, "answerCallbackQuery", callback_query_id=number)
        assert answer.startswith("400 Bad Request: query is too old")


async def test_inline_query_is_answered_by_the_rules(server: BotApiServer, bot: RawBot) -> None:
    query = server.people.ask_inline("monet")["id"]

    def results(*ids: str) -> list[dict[str, Any]]:
        content = {"message_text": "Claude Monet"}
        article = {"type": "article", "title": "Monet", "input_message_content": content}
        return [article | {"id": id} for id in ids]

    async def answer(*ids: str, query: str = query) -> str:
        values = {"inline_query_id": query, "results": results(*ids)}
        return await refused(bot, "answerInlineQuery", **values)

    assert "RESULTS_TOO_MUCH" in await answer(*map(str, range(51)))
    assert "RESULT_ID_DUPLICATE" in await answer("1", "1")
    assert "RESULT_ID_INVALID" in await answer("é" * 33)
    assert "query is too old" in await answer("1", query="1")
    assert await bot("answerInlineQuery", inline_query_id=query, results=results("1", "2"))
    assert [result["id"] for result in server.methods.queries.inline[query]] == ["1", "2"]


async def test_quiz_takes_one_vote_each_until_it_ends(server: BotApiServer, bot: RawBot) -> None:
    server.people.clock.factor = 100
    quiz = {"type": "quiz", "correct_option_ids": [1], "is_anonymous": False, "open_period": 20}
    options = [{"text": "Monet"}, {"text": "Manet"}]
    sent = await bot("sendPoll", chat_id=ADA, question="Who?", options=options, **quiz)
    server.people.vote(sent, ADA, 1)
    with pytest.raises(ValueError, match="cannot be changed"):
        server.people.vote(sent, ADA, 0)
    *_, answer, state = server.people.updates
    assert answer["poll_answer"]["option_ids"] == [1]
    assert [option["voter_count"] for option in state["poll"]["options"]] == [0, 1]
    number = server.people.updates[-1]["update_id"]
    (end,) = await bot("getUpdates", offset=number + 1, timeout=5)
    assert end["poll"]["is_closed"]
    with pytest.raises(ValueError, match="closed"):
        server.people.vote(sent, 8, 1)
    where = {"chat_id": ADA, "message_id": sent["message_id"]}
    assert "already been closed" in await refused(bot, "stopPoll", **where)


async def test_poll_can_be_stopped(server: BotApiServer, bot: RawBot) -> None:
    sent = await bot("sendPoll", chat_id=ADA, question="Where?", options=[{"text": "Here"}])
    server.people.vote(sent, ADA, 0)
    assert "poll_answer" not in server.people.updates[-2], "anonymous"
    where = {"chat_id": ADA, "message_id": sent["message_id"]}
    stopped = await bot("stopPoll", **where)
    assert (stopped["is_closed"], stopped["total_voter_count"]) == (True, 1)
    text = await bot("sendMessage", chat_id=ADA, text="A")
    answer = await refused(bot, "stopPoll", chat_id=ADA, message_id=text["message_id"])
    assert "message with poll to stop not found" in answer


async def test_what_the_bot_says_of_itself_is_kept_by_language(bot: RawBot) -> None:
    english = [{"command": "artist", "description": "A life"}]
    german = [{"command": "artist", "description": "Ein Leben"}]
    await bot("setMyCommands", commands=english)
    await bot("setMyCommands", commands=german, language_code="de")
    assert await bot("getMyCommands") == english
    assert await bot("getMyCommands", language_code="de") == german
    await bot("setMyDescription", description="Guide")
    assert await bot("getMyDescription", language_code="fr") == {"description": "Guide"}
    await bot("setMyShortDescription", short_description="Führer", language_code="de")
    short = await bot("getMyShortDescription", language_code="de")
    assert short == {"short_description": "Führer"}
    wrong = [{"command": "Artist", "description": "A life"}]
    assert "BOT_COMMAND_INVALID" in await refused(bot, "setMyCommands", commands=wrong)
    answer = await refused(bot, "setMyShortDescription", short_description="a" * 121)
    assert "TOO_LONG" in answer


async def test_chat_as_it_is_seen_now(server: BotApiServer, bot: RawBot) -> None:
    first = await bot("sendMessage", chat_id=ADA, text="A")
    server.people.send_text(ADA, "Hm")
    await bot("editMessageText", chat_id=ADA, message_id=first["message_id"], text="B")
    assert [shown.text for shown in server.messages(ADA)] == ["/start", "B", "Hm"]
    said = [(entry.method, entry.sent.text) for entry in server.log]
    assert said == [("sendMessage", "A"), ("editMessageText", "B")]


async def test_request_may_be_json_too(server: BotApiServer, bot: RawBot) -> None:
    body = json.dumps({"chat_id": ADA, "text": "A", "reply_markup": KEYS})
    kind = {"content-type": "application/json"}
    answer = await bot.http.post("/sendMessage", content=body, headers=kind)
    assert answer.json()["result"]["reply_markup"] == KEYS
    assert (await bot.http.get("/getMe")).json()["result"]["id"] == 42
