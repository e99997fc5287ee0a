"""Choices as buttons that still answer after a restart: each carries what it does."""

import re
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import Any, Protocol, cast

import discord

from bot.conversation.replies import Choice
from bot.platforms.discord import limits
from bot.platforms.texts import ELLIPSIS, clean, shorten

Rows = tuple[tuple[Choice, ...], ...]

CUSTOM_ID = re.compile(r"docent(?:\.(?P<number>\d{1,3}))?:(?P<data>.*)", re.DOTALL)
"""A number tells two buttons of one message apart that do the same."""


class Tapped(Protocol):
    """The bot whose button was tapped."""

    async def tapped(self, interaction: discord.Interaction[Any], data: str) -> None:
        """Answer a tap."""


class ChoiceButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=CUSTOM_ID):
    """A choice's button. Whoever sees it may tap it: in a group each has a guess of their own."""

    def __init__(self, label: str, data: str, number: str = "", row: int | None = None) -> None:
        """Carry ``data``; ``number`` is "" for the first of its message that carries it."""
        self.data = data
        marked = f"docent.{number}" if number else "docent"
        shown = shorten(clean(label), limits.BUTTON_UNITS) or ELLIPSIS
        super().__init__(discord.ui.Button(label=shown, custom_id=f"{marked}:{data}", row=row))

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> "ChoiceButton":
        """Return the button as it was, whichever run of the bot sent it."""
        label = item.label if isinstance(item, discord.ui.Button) else ""
        return cls(label or "", match["data"], match["number"] or "")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Have the bot answer the tap."""
        await cast(Tapped, interaction.client).tapped(interaction, self.data)


def view(rows: Rows) -> discord.ui.View | None:
    """Return rows of choices as what Discord sends; ``None`` for no rows."""
    if not rows:
        return None
    shown = discord.ui.View(timeout=None)
    seen: dict[str, int] = {}
    for number, row in enumerate(rows):
        for choice in row:
            again = seen.get(choice.data, 0)
            seen[choice.data] = again + 1
            button = ChoiceButton(choice.label, choice.data, str(again) if again else "", number)
            shown.add_item(button)
    return shown


def pages(choices: Sequence[Sequence[Choice]]) -> list[Rows]:
    """Return all choices as the rows of one message or several; at least one, perhaps empty.

    Rows stay as they are where they fit, else neighbours share a row.
    """
    widest = limits.BUTTONS_IN_A_ROW
    rows = [part for row in choices for part in _parts(row, widest)]
    if len(rows) <= limits.ROWS:
        return [tuple(rows)]
    every = [choice for row in rows for choice in row]
    most = widest * limits.ROWS
    if len(every) > most:
        cut = islice(_parts(every, most), limits.MESSAGES_OF_BUTTONS)
        return [tuple(_parts(page, widest)) for page in cut]
    while len(rows) > limits.ROWS:
        joined = [(len(a) + len(b), i) for i, (a, b) in enumerate(pairwise(rows))]
        width, at = min(joined)
        if width > widest:
            return [tuple(_parts(every, widest))]
        rows[at : at + 2] = [rows[at] + rows[at + 1]]
    return [tuple(rows)]


def _parts(choices: Sequence[Choice], most: int) -> list[tuple[Choice, ...]]:
    return [tuple(choices[i : i + most]) for i in range(0, len(choices), most)]
