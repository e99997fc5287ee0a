"""Who runs a group is asked of Telegram, where it matters, and not at every command."""

from typing import Any

import pytest
from telegram import Bot, User
from telegram.error import NetworkError

from bot.conversation.events import Chat, Command, Event, Person, Tap, Text
from bot.platforms.telegram.limits import RIGHTS_SECONDS
from bot.platforms.telegram.rights import Rights

GROUP, PRIVATE = Chat("telegram", "-5", is_group=True), Chat("telegram", "7")
ADA = {"id": 7, "is_bot": False, "first_name": "Ada"}
ADMIN = dict.fromkeys(
    (
        *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages"),
        *("can_manage_video_chats", "can_restrict_members", "can_promote_members"),
        *("can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories"),
        "can_delete_stories",
    ),
    True,
)


class AskedBot(Bot):
    """A bot to which Ada is this and that."""

    def __init__(self, *answers: str | Exception) -> None:
        super().__init__("42:token")
        self._bot_user = User(42, "Docent", True)
        self._answers = list(answers)
        self._asked: list[tuple[int, int]] = []

    @property
    def asked(self) -> list[tuple[int, int]]:
        """Chat and person of every question."""
        return self._asked

    async def _do_post(self, endpoint: str, data: dict[str, Any], **_: Any) -> Any:
        assert endpoint == "getChatMember"
        self._asked.append((data["chat_id"], data["user_id"]))
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        more = {"administrator": ADMIN, "creator": {"is_anonymous": False}}.get(answer, {})
        return {"status": answer, "user": ADA, **more}


def command(name: str = "settings", person: str = "7", chat: Chat = GROUP) -> Event:
    return Command(id="1", chat=chat, person=Person(person), name=name)


@pytest.mark.parametrize(
    ("status", "runs"), [("creator", True), ("administrator", True), ("member", False)]
)
async def test_owners_and_administrators_run_a_group(status: str, runs: bool) -> None:
    bot = AskedBot(status)
    event = await Rights().told(bot, command())
    assert event.person.runs_chat is runs
    assert bot.asked == [(-5, 7)]


async def test_in_private_everybody_runs_the_chat_and_nobody_is_asked() -> None:
    assert (await Rights().told(AskedBot(), command(chat=PRIVATE))).person.runs_chat


async def test_what_needs_no_rights_asks_for_none() -> None:
    words = Text(id="1", chat=GROUP, person=Person("7"), text="hello")
    tap = Tap(id="1", chat=GROUP, person=Person("7"), data="guess:x:1")
    for event in (words, tap, command("artist")):
        assert await Rights().told(AskedBot(), event) is event


async def test_a_tap_on_a_setting_asks() -> None:
    tap = Tap(id="1", chat=GROUP, person=Person("7"), data="set:photos")
    assert (await Rights().told(AskedBot("creator"), tap)).person.runs_chat


async def test_the_answer_is_remembered_for_a_minute_and_for_each_by_themselves() -> None:
    now = 100.0
    rights = Rights(clock=lambda: now)
    bot = AskedBot("creator", "member", "member")
    seen = [(await rights.told(bot, command(person=person))).person.runs_chat for person in "7878"]
    assert (seen, len(bot.asked)) == ([True, False, True, False], 2)
    now += RIGHTS_SECONDS
    assert not (await rights.told(bot, command())).person.runs_chat


async def test_where_telegram_does_not_tell_nobody_runs_the_group_and_it_is_asked_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    rights, bot = Rights(), AskedBot(NetworkError("away"), "creator")
    assert not (await rights.told(bot, command())).person.runs_chat
    assert "away" in caplog.text
    assert (await rights.told(bot, command())).person.runs_chat


async def test_whoever_runs_a_group_sees_all_of_it_in_spite_of_privacy_mode() -> None:
    shy = Chat("telegram", "-5", is_group=True, sees_all=False)
    for answer, sees in (("administrator", True), ("member", False)):
        bot = AskedBot("member", answer)
        event = await Rights().told(bot, command(chat=shy))
        assert (event.chat.sees_all, event.person.runs_chat) == (sees, False)
        assert bot.asked == [(-5, 7), (-5, 42)]


async def test_only_so_many_are_remembered() -> None:
    rights, bot = Rights(most=1), AskedBot("creator", "member", "creator")
    for person in "787":
        await rights.told(bot, command(person=person))
    assert len(bot.asked) == 3


async def test_a_group_itself_keeps_its_rights_and_a_channel_gets_none() -> None:
    group = Person("chat:-5", runs_chat=True)
    own = Command(id="1", chat=GROUP, person=group, name="settings")
    assert (await Rights().told(AskedBot(), own)).person.runs_chat
    assert not (await Rights().told(AskedBot(), command(person="channel:-100"))).person.runs_chat
