"""Cards as Telegram lists them when a bot is named in any chat."""

import logging
from typing import Any

import pytest
from telegram import InlineQuery, InlineQueryResultArticle, InputTextMessageContent, User
from telegram.error import BadRequest

from bot.conversation.cards import Card
from bot.conversation.replies import Choice, Credit, Credits, Paragraph, Reply, Title
from bot.platforms.telegram import limits
from bot.platforms.telegram.connection import INLINE_OFF, PRIVACY_ON, describe
from bot.platforms.telegram.inline import answer_inline, article, as_text, result_id
from bot.platforms.texts import units
from tests.peers.scripted import ScriptedAssistant

ANN = User(7, "Ann", is_bot=False, language_code="de")


class Listening:
    """A bot that keeps its answers, or refuses them."""

    def __init__(self, refusal: str = "") -> None:
        self.refusal = refusal
        self.answers: list[dict[str, Any]] = []

    async def answer_inline_query(
        self, query: str, results: list[InlineQueryResultArticle], **others: Any
    ) -> None:
        if self.refusal:
            raise BadRequest(self.refusal)
        self.answers.append({"query": query, "results": results, **others})


def card(number: int, text: str = "A story.") -> Card:
    sources = Credits("Sources", (Credit("Wikipedia", "https://w.example/?a&b", "CC BY-SA"),))
    reply = Reply((Title("A <b>"), Paragraph(text), sources), ((Choice("more", "x:1"),),))
    return Card(f"artist/a-{number}", f"Painter {number}", "1600–1650 · Baroque", reply)


def query(words: str = "monet", offset: str = "") -> InlineQuery:
    return InlineQuery("99", ANN, words, offset)


async def answered(offered: list[Card], offset: str = "") -> dict[str, Any]:
    bot, guide = Listening(), ScriptedAssistant(Reply(()))
    guide.offered = offered
    await answer_inline(bot, query(offset=offset), guide)  # type: ignore[arg-type]
    (answer,) = bot.answers
    return answer


def test_query_is_said_in_the_private_chat_of_who_asks() -> None:
    event = as_text(query())
    assert (event.chat.platform, event.chat.id, event.person.id) == ("telegram", "7", "7")
    assert (event.text, event.language, event.id) == ("monet", "de", "inline-99")


def test_card_is_an_article_without_buttons_or_a_preview() -> None:
    listed = article(card(1))
    content = listed.input_message_content
    assert isinstance(content, InputTextMessageContent)
    assert content.message_text.startswith("<b>A &lt;b&gt;</b>")
    assert "CC BY-SA" in content.message_text
    assert content.parse_mode == "HTML"
    assert content.link_preview_options and content.link_preview_options.is_disabled
    assert listed.reply_markup is None
    assert (listed.title, listed.description) == ("Painter 1", "1600–1650 · Baroque")


def test_long_card_fits_and_keeps_its_sources() -> None:
    content = article(card(1, "🎨 word " * 3000)).input_message_content
    assert isinstance(content, InputTextMessageContent)
    assert units(content.message_text) < limits.TEXT_UNITS + 200
    assert "Wikipedia" in content.message_text


def test_ids_are_short_and_different() -> None:
    assert result_id("artist/claude-monet") == "artist/claude-monet"
    long, other = (result_id("painting/" + 60 * "x" + end) for end in "ab")
    assert len(long.encode()) <= 64
    assert long != other


async def test_pages_follow_each_other_without_a_gap() -> None:
    offered = [card(number) for number in range(250)]
    seen: list[str] = []
    offset = ""
    for _ in range(20):
        answer = await answered(offered, offset)
        seen += [result.id for result in answer["results"]]
        assert 0 < len(answer["results"]) <= limits.INLINE_RESULTS
        offset = answer["next_offset"]
        if not offset:
            break
    assert seen == [f"artist/a-{number}" for number in range(limits.INLINE_CARDS)]


async def test_last_page_says_that_it_is_the_last() -> None:
    whole = [card(number) for number in range(limits.INLINE_RESULTS)]
    answer = await answered(whole)
    assert (len(answer["results"]), answer["next_offset"]) == (limits.INLINE_RESULTS, "")
    assert answer["button"] is None
    assert answer["is_personal"]


@pytest.mark.parametrize("offset", ["-1", "x", "99999999", "٣x"])
async def test_foreign_offset_is_the_first_page(offset: str) -> None:
    assert [result.id for result in (await answered([card(1)], offset))["results"]]


async def test_nothing_found_leads_to_the_private_chat() -> None:
    answer = await answered([])
    assert answer["results"] == []
    assert answer["button"].text == "Nothing; ask me"
    assert answer["button"].start_parameter == "inline"


async def test_late_answer_is_only_noted(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    bot = Listening("Query is too old and response timeout expired or query id is invalid")
    await answer_inline(bot, query(), ScriptedAssistant(Reply(())))  # type: ignore[arg-type]
    assert [record.levelname for record in caplog.records] == ["INFO"]


async def test_other_refusal_is_not_hidden() -> None:
    bot = Listening("RESULT_ID_DUPLICATE")
    with pytest.raises(BadRequest):
        await answer_inline(bot, query(), ScriptedAssistant(Reply(())))  # type: ignore[arg-type]


@pytest.mark.parametrize("on", [True, False])
def test_doctor_says_how_to_switch_inline_mode_on(on: bool) -> None:
    me = User(42, "Docent", is_bot=True, username="docent_bot", supports_inline_queries=on)
    assert (INLINE_OFF.format(name="docent_bot") in describe(me)) is not on
    assert PRIVACY_ON in describe(me)
