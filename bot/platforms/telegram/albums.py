"""Albums: Telegram sends each of their photos as a message of its own."""

import asyncio
from collections import OrderedDict

from telegram import Update

from bot.platforms.telegram.limits import ALBUM_SECONDS, REMEMBERED_ALBUMS

Album = tuple[int, str]
"""Chat and number of the album."""


class Albums:
    """Brings the messages of one album together, as they come; each is given out once."""

    def __init__(self, seconds: float = ALBUM_SECONDS) -> None:
        """Wait ``seconds`` for the rest of an album."""
        self._seconds = seconds
        self._come: OrderedDict[Album, list[Update]] = OrderedDict()
        self._brought: dict[int, list[int]] = {}

    def note(self, update: Update) -> None:
        """Take note of an update the moment it comes, before its chat's turn."""
        album = _album(update)
        if album is None:
            return
        self._come.setdefault(album, []).append(update)
        if len(self._come) > REMEMBERED_ALBUMS:
            self._come.popitem(last=False)

    async def whole(self, update: Update) -> list[Update]:
        """Return an update with the rest of its album; nothing where an earlier one brought it."""
        album = _album(update)
        if album is None:
            return [update]
        if update in self._come.get(album, ()):
            await asyncio.sleep(self._seconds)
        come = self._come.get(album, [])
        if update not in come:
            return []
        self._come[album] = []
        self._brought[update.update_id] = [each.update_id for each in come]
        return come

    def brought(self, update: Update) -> list[int]:
        """Return, once, the numbers of all that was handled as one with an update."""
        return self._brought.pop(update.update_id, [update.update_id])


def _album(update: Update) -> Album | None:
    message = update.message or update.channel_post
    if message is None or message.media_group_id is None:
        return None
    return message.chat.id, message.media_group_id
