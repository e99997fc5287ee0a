"""The whole bot as its own process, on Telegram's side of a loopback Bot API server."""

import asyncio
from pathlib import Path

from tests.peers.telegram_kill import confirmed
from tests.peers.telegram_server import BotApiServer
from tests.running import running_docent
from tests.shared_data import require

ADA, GROUP = 7, -1001234567890


def settings(server: BotApiServer) -> dict[str, str]:
    return {"TELEGRAM_TOKEN": server.token, "TELEGRAM_API_URL": server.url}


async def test_a_kill_and_restart_between_photo_and_tap_loses_nothing(
    telegram_server: BotApiServer, tmp_path: Path
) -> None:
    photo = require("estense/catalogue/003.avif").read_bytes()
    people = telegram_server.people
    async with running_docent(tmp_path, **settings(telegram_server)) as docent:
        people.send_document(ADA, photo, "painting.avif", "image/avif")
        sent = await telegram_server.next_message()
        guesses = [b for b in sent.buttons if b["callback_data"].startswith("guess:")]
        assert len(guesses) == 3
        assert all(button["text"].endswith(" %") for button in guesses)
        docent.process.kill()
        await docent.process.wait()
    async with running_docent(tmp_path, **settings(telegram_server)):
        people.tap(sent.message, guesses[0]["callback_data"])
        edited = await telegram_server.next_edit()
    assert edited.message["message_id"] == sent.message["message_id"]
    name = guesses[0]["text"].split(" · ")[0]
    assert edited.text.startswith(name)
    assert "Sources" in edited.text
    assert [b["text"] for b in edited.buttons][-1] == "Back to the guesses"


async def test_a_group_asks_about_somebody_elses_photo_and_for_a_painter(
    telegram_server: BotApiServer, tmp_path: Path
) -> None:
    photo = require("famous/images/mona_lisa.avif").read_bytes()
    people = telegram_server.people
    async with running_docent(tmp_path, **settings(telegram_server)):
        shown = people.send_document(
            GROUP, photo, "painting.avif", "image/avif", caption="@docent_test_bot"
        )
        first = await telegram_server.next_message()
        people.send_text(GROUP, "/identify", reply_to=shown)
        second = await telegram_server.next_message()
        people.send_text(GROUP, "/artist Vermeer")
        third = await telegram_server.next_message()
    guesses = [[b["text"] for b in sent.buttons[:3]] for sent in (first, second)]
    assert guesses[0] == guesses[1]
    assert third.text.startswith("Johannes Vermeer")


async def test_a_photo_in_hand_when_docent_is_killed_is_answered_after_its_start(
    telegram_server: BotApiServer, tmp_path: Path
) -> None:
    photo = require("estense/catalogue/003.avif").read_bytes()
    people = telegram_server.people
    async with running_docent(tmp_path, **settings(telegram_server)) as docent:
        sent = people.send_document(ADA, photo, "painting.avif", "image/avif")
        gate = telegram_server.gates[sent["document"]["file_id"]] = asyncio.Event()
        people.send_text(ADA, "/artist Vermeer")
        await telegram_server.requested("download")
        await confirmed(telegram_server)
        docent.process.kill()
        await docent.process.wait()
        gate.set()
    async with running_docent(tmp_path, **settings(telegram_server)):
        first = await telegram_server.next_message()
        second = await telegram_server.next_message()
    assert any(button["callback_data"].startswith("guess:") for button in first.buttons)
    assert second.text.startswith("Johannes Vermeer")
    assert len(telegram_server.calls("sendMessage")) == 2
