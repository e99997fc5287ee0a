"""What a Telegram update says, as an event. Nothing is downloaded here."""

from dataclasses import dataclass
from datetime import UTC, datetime

from telegram import CallbackQuery, Message, PollAnswer, Update, User
from telegram.ext import filters

from bot.conversation.events import (
    Chat,
    Clip,
    Command,
    Event,
    Person,
    Photo,
    Refusal,
    Tap,
    Text,
    Unusable,
    parse_command,
)
from bot.memory.polls import AskedPoll
from bot.platforms.telegram.pictures import PictureFile, clip_of, picture_of
from bot.platforms.telegram.senders import (
    Common,
    chat_of,
    common_of,
    language_of,
    mentions,
    spoken,
    voter_of,
    without,
)

KINDS: tuple[tuple[Refusal, tuple[str, ...]], ...] = (
    (Refusal.STICKER, ("sticker",)),
    (Refusal.VIDEO, ("animation", "video", "video_note")),
    (Refusal.AUDIO, ("voice", "audio")),
)
"""What else a message can hold; an animation comes with a document, so it is asked first."""
ASK = "identify"
"""The command that asks about a picture; in a caption it is a way to call for Docent."""


@dataclass(frozen=True)
class PictureEvent:
    """A photo or a video, or a command about a picture, that lacks only the bytes of it."""

    common: Common
    file: PictureFile
    command: str = ""
    words: str = ""
    """The caption, or what follows the command."""
    clip: bool = False

    @property
    def is_overheard(self) -> bool:
        """Whether it is a picture that people show each other, and nobody asks about."""
        return not (self.command or self.common["addressed"])

    def with_bytes(self, content: bytes) -> Photo | Clip | Command:
        """Return the event, now whole."""
        if self.clip:
            return Clip(**self.common, video=content, caption=self.words)
        if self.command:
            return Command(**self.common, name=self.command, argument=self.words, picture=content)
        return Photo(**self.common, picture=content, caption=self.words)

    def refused(self, reason: Refusal) -> Unusable:
        """Return the event for a picture that could not be had."""
        if self.clip and reason is Refusal.TOO_BIG:
            reason = Refusal.VIDEO
        return Unusable(**spoken(self.common), reason=reason)


def read_update(
    update: Update, me: User, at: datetime | None = None
) -> Event | PictureEvent | None:
    """Return what an update says to the bot ``me``; ``None`` for what is not for it.

    ``at``: when it arrived, by default just now.
    """
    if update.callback_query is not None:
        return _tap(update.callback_query, me, at or datetime.now(UTC))
    message = update.message or update.channel_post
    if message is None:
        return None
    if filters.StatusUpdate.ALL.check_update(update):
        return _welcome(message, me, at)
    if message.via_bot is not None and message.via_bot.id == me.id:
        return None  # a card of our own that somebody chose to send
    common = common_of(message, me, at)
    if common is None:
        return None
    return _said(message, common, me) if message.text is not None else _sent(message, common, me)


def _welcome(message: Message, me: User, at: datetime | None) -> Command | None:
    """Return a group's welcome for the bot ``me``, to which it says hello as to ``/start``."""
    if me not in message.new_chat_members and not message.group_chat_created:
        return None
    common = common_of(message, me, at)
    return Command(**spoken(common), name="start") if common else None


def _tap(query: CallbackQuery, me: User, at: datetime) -> Tap | None:
    if query.message is None or not query.data:
        return None
    user = query.from_user
    return Tap(
        id=f"t{query.id}",
        chat=chat_of(query.message, me),
        person=Person(str(user.id), user.full_name),
        language=language_of(user),
        data=query.data,
        at=at,
    )


def read_vote(answer: PollAnswer, asked: AskedPoll, at: datetime) -> Tap | None:
    """Return an answer to a poll as a tap on that option; ``None`` where one was taken back.

    ``asked`` is what is known of the poll; ``at`` is when the answer came.
    """
    person = voter_of(answer)
    if person is None or not answer.option_ids or answer.option_ids[0] >= len(asked.data):
        return None
    return Tap(
        id=f"p{answer.poll_id}:{person.id}:{answer.option_ids[0]}",
        chat=Chat("telegram", asked.chat, asked.is_group, asked.thread),
        person=person,
        language=language_of(answer.user),
        data=asked.data[answer.option_ids[0]],
        at=at,
    )


def _sent(message: Message, common: Common, me: User) -> PictureEvent | Unusable:
    """Read a message that is not of words alone."""
    words = message.caption or ""
    if _asks(words, me):
        common = spoken(common)
    words = without(words, mentions(message, me))
    if file := picture_of(message):
        return PictureEvent(common, file, words=words)
    if common["addressed"] and (file := clip_of(message)):
        return PictureEvent(common, file, words=words, clip=True)
    return Unusable(**common, reason=_reason(message))


def _said(message: Message, common: Common, me: User) -> Event | PictureEvent | None:
    """Read a message of words; a link's preview is not a picture that anybody sent."""
    words = message.text or ""
    named = mentions(message, me)
    replied = message.reply_to_message or message.external_reply
    file = picture_of(replied) if replied else None
    clip = clip_of(replied) if replied and file is None else None
    if command := _command(words):
        name, argument, bot = command
        if bot and not _is_me(bot, me):
            return None
        if bot or (name == ASK and (file or clip)):
            common = spoken(common)
        if clip and name == ASK:
            return PictureEvent(common, clip, words=argument, clip=True)
        if file and (name == ASK or not argument):
            return PictureEvent(common, file, name, argument)
        return Command(**common, name=name, argument=argument)
    if named and common["addressed"] and file:
        return PictureEvent(common, file, ASK, without(words, named))
    if named and common["addressed"] and clip:
        return PictureEvent(common, clip, words=without(words, named), clip=True)
    return Text(**common, text=without(words, named))


def _asks(caption: str, me: User) -> bool:
    """Return whether a caption is a command that asks about its picture, or names the bot."""
    command = _command(caption)
    return command is not None and (
        _is_me(command[2], me) or (command[0] == ASK and not command[2])
    )


def _command(text: str) -> tuple[str, str, str] | None:
    """Return name, argument and the bot that a command names ("" for none)."""
    first, *rest = text.split(maxsplit=1) or [""]
    parsed = parse_command(" ".join([first, *rest]))
    return (*parsed, first.partition("@")[2]) if parsed else None


def _is_me(bot: str, me: User) -> bool:
    return bool(bot) and bot.lower() == (me.username or "").lower()


def _reason(message: Message) -> Refusal:
    for reason, attributes in KINDS:
        if any(getattr(message, attribute) for attribute in attributes):
            return reason
    if message.document is None:
        return Refusal.OTHER
    kind = (message.document.mime_type or "").partition("/")[0]
    return {"video": Refusal.VIDEO, "audio": Refusal.AUDIO}.get(kind, Refusal.NOT_A_PICTURE)
