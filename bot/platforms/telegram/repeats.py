"""Which button a tap is on."""

from telegram import CallbackQuery

Button = tuple[int, int, str]
"""Chat, message and what the button carries."""


def button_of(query: CallbackQuery) -> Button | str:
    """Return what tells a button from every other; the tap's own id where its message is gone."""
    message = query.message
    return (message.chat.id, message.message_id, query.data or "") if message else query.id
