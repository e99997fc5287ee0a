"""Answers to taps and to inline queries."""

from typing import Any

from tests.peers.telegram_server.answers import bad, wrong
from tests.peers.telegram_server.calls import Call
from tests.peers.telegram_server.markup import units
from tests.peers.telegram_server.people import People
from tests.peers.telegram_server.words import TEXT_UNITS, markup_of, read_words

TOAST_UNITS = 200
RESULTS = 50
RESULT_ID_BYTES = OFFSET_BYTES = 64
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class Queries:
    """Takes each answer while its query is younger than ``seconds`` by Telegram's clock."""

    def __init__(self, people: People) -> None:
        """Answer the queries of these people."""
        self.seconds = 30.0
        self.late: set[str] = set()
        self.inline: dict[str, list[dict[str, Any]]] = {}
        """Id of an inline query → the results that were shown."""
        self._people = people

    def answer_tap(self, call: Call) -> bool:
        """Answer ``answerCallbackQuery``."""
        if units(call.values.get("text") or "") > TOAST_UNITS:
            raise wrong("MESSAGE_TOO_LONG")
        self._check_age(call.values["callback_query_id"])
        return True

    def answer_inline(self, call: Call) -> bool:
        """Answer ``answerInlineQuery``."""
        query, results = call.values["inline_query_id"], call.values["results"]
        if len(results) > RESULTS:
            raise wrong("RESULTS_TOO_MUCH")
        ids = [result["id"] for result in results]
        if not all(1 <= len(id.encode()) <= RESULT_ID_BYTES for id in ids):
            raise wrong("RESULT_ID_INVALID")
        if len(set(ids)) < len(ids):
            raise wrong("RESULT_ID_DUPLICATE")
        if len(call.values.get("next_offset", "").encode()) > OFFSET_BYTES:
            raise wrong("NEXT_OFFSET_INVALID")
        for result in results:
            _check_result(result)
        self._check_age(query)
        self.inline[query] = results
        return True

    def _check_age(self, query: str) -> None:
        made = self._people.queries.get(query)
        too_old = made is None or self._people.clock.now() - made > self.seconds
        if too_old or query in self.late:
            raise bad(TOO_OLD)


def _check_result(result: dict[str, Any]) -> None:
    markup_of(result)
    content = result.get("input_message_content", {})
    if "message_text" in content:
        words = read_words({**content, "text": content["message_text"]}, "text")
        if not words.text.strip():
            raise wrong("MESSAGE_EMPTY")
        if units(words.text) > TEXT_UNITS:
            raise wrong("message is too long")
