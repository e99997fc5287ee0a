"""Thanks get a kind word, not a lesson."""

import pytest

from bot.conversation.assistant import Assistant
from tests.bot.conversation.speaking import Visitor, words


@pytest.mark.parametrize("said", ["Thanks!", "thank you", "Vielen Dank.", "merci !", "¡Gracias!"])
async def test_thanks_are_answered_kindly_in_whatever_language(
    assistant: Assistant, said: str
) -> None:
    assert "With pleasure" in words(await Visitor(assistant).says(said))


async def test_thanks_with_a_question_are_a_question(assistant: Assistant) -> None:
    assert "With pleasure" not in words(await Visitor(assistant).says("Thanks, and Monet?"))
