"""The connection to Discord, and whether it is in order."""

import asyncio
import logging
import re

import aiohttp
import discord
from discord.utils import oauth_url

from bot.platforms import PlatformError
from bot.platforms.discord.limits import CHECK_SECONDS
from bot.platforms.redaction import hide_in_logs

TOKEN = re.compile(r"[\w-]{18,}\.[\w-]{5,}\.[\w-]{20,}")
REFUSED = (
    "Discord does not accept the bot token. Copy it again (Reset Token) from your application's"
    " page Bot at https://discord.com/developers into DISCORD_TOKEN."
)
NOT_APPROVED = (
    "Discord does not let the bot read messages. Switch on Message Content Intent on your"
    " application's page Bot at https://discord.com/developers, or set"
    " DISCORD_MESSAGE_CONTENT=false."
)
UNREACHABLE = "Discord cannot be reached. Check the network."
WRONG_TOKEN_CLOSE = 4004
"""The gateway's word for a token that was revoked."""
UNREACHED = (OSError, TimeoutError, aiohttp.ClientError, discord.DiscordException)

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
"""What the bot asks of a server; commands work without any of them."""


def intents(message_content: bool = False) -> discord.Intents:
    """Return what the bot listens to: messages to it, and nothing that Discord must approve.

    With ``message_content`` it is shown what people say to each other, too, which must be approved.
    """
    return discord.Intents(
        guilds=True, guild_messages=True, dm_messages=True, message_content=message_content
    )


def proper(token: str) -> str:
    """Return a token that looks like one, from now on hidden in logs. Raises `PlatformError`."""
    hide_in_logs(token)
    if not TOKEN.fullmatch(token):
        raise PlatformError(REFUSED)
    # At DEBUG discord.py logs each message that it sees, and addresses with tokens of answers.
    logging.getLogger("discord").setLevel(max(logging.INFO, logging.root.level))
    # It would warn that voice is not installed, for which nobody asked.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    return token


async def check(token: str, message_content: bool = False) -> str:
    """Return a sentence on the bot that a token opens. Raises `PlatformError` with one.

    ``message_content``: it is to be shown all messages, which must have been approved.
    """
    client = discord.Client(intents=intents(message_content))
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            await client.login(proper(token))
        if message_content and not may_read(client.application_flags):
            raise PlatformError(NOT_APPROVED)
        return describe(client)
    except discord.LoginFailure:
        raise PlatformError(REFUSED) from None
    except UNREACHED:
        raise PlatformError(UNREACHABLE) from None
    finally:
        await client.http.close()


def may_read(flags: discord.ApplicationFlags) -> bool:
    """Return whether a bot may be shown all messages."""
    return flags.gateway_message_content or flags.gateway_message_content_limited


def describe(client: discord.Client) -> str:
    """Return a sentence on a bot that is logged in, with the links that invite it."""
    server, user = invitations(client.application_id or 0)
    return (
        f"Discord knows the bot as {client.user}. Invite it to a server: {server}"
        f" Or add it to yourself, for every chat: {user}"
    )


def invitations(application: int) -> tuple[str, str]:
    """Return the links that add the bot to a server, and to a user."""
    server = oauth_url(application, permissions=PERMISSIONS)
    user = oauth_url(application, scopes=("applications.commands",))
    return f"{server}&integration_type=0", f"{user}&integration_type=1"


def ended(error: discord.ConnectionClosed) -> PlatformError:
    """Return the sentence for a connection that Discord ended for good."""
    if error.code == WRONG_TOKEN_CLOSE:
        return PlatformError(REFUSED)
    return PlatformError(f"Discord ended the connection and forbids a new one ({error.code}).")
