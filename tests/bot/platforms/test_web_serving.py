"""The web server beside other platforms: where it listens, and how it stops."""

import asyncio
import socket
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.conversation.notices import Notice
from bot.conversation.replies import Paragraph, Reply
from bot.platforms import PlatformError
from bot.platforms.web import create_app, serve
from bot.platforms.web.limits import LISTENERS_A_CHAT
from bot.platforms.web.serving import Server
from tests.bot.platforms.web_guide import Guide, identify, sentence

MESSAGE = {"id": "0123456789abcdef", "text": "hello"}


@pytest.fixture
async def server(guide: Guide) -> AsyncIterator[Server]:
    yield await serve(create_app(guide, identify, sentence), "127.0.0.1", 0)


async def test_port_0_takes_a_free_port_and_answers_there(server: Server) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(server.run(stop))
    async with httpx.AsyncClient(base_url=server.address) as client:
        assert (await client.get("/health")).json() == {"status": "ok"}
    stop.set()
    await asyncio.wait_for(running, 5)
    async with httpx.AsyncClient(base_url=server.address) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get("/health")


async def test_what_is_in_hand_is_answered_before_it_stops(server: Server, guide: Guide) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(server.run(stop))
    guide.door.clear()
    async with httpx.AsyncClient(base_url=server.address) as client:
        asked = asyncio.create_task(client.post("/api/chat/text", json=MESSAGE))
        await asyncio.wait_for(guide.heard.wait(), 5)
        stop.set()
        await asyncio.wait([running], timeout=0.5)
        assert not running.done()
        guide.door.set()
        assert (await asked).status_code == 200
    await asyncio.wait_for(running, 5)


async def test_pages_that_wait_for_news_do_not_hold_up_the_end(server: Server) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(server.run(stop))
    async with httpx.AsyncClient(base_url=server.address) as client:
        waiting = asyncio.create_task(client.post("/api/chat/news", json={"wait": True}))
        await asyncio.wait([waiting], timeout=0.5)
        assert not waiting.done()
        stop.set()
        answer = await asyncio.wait_for(waiting, 5)
    assert answer.json()["again_in"] > 0
    await asyncio.wait_for(running, 5)


async def test_what_is_said_unasked_reaches_a_waiting_page(server: Server, guide: Guide) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(server.run(stop))
    async with httpx.AsyncClient(base_url=server.address) as client:
        await client.post("/api/chat/text", json=MESSAGE)
        waiting = asyncio.create_task(client.post("/api/chat/news", json={"wait": True}))
        await asyncio.wait([waiting], timeout=0.3)
        chat = guide.events[0].chat
        await guide.to_say.put(Notice("round:1", chat, Reply((Paragraph("It was Monet."),))))
        answer = await asyncio.wait_for(waiting, 5)
    assert [item["id"] for item in answer.json()["items"]] == ["round:1"]
    stop.set()
    await asyncio.wait_for(running, 5)


async def test_who_leaves_makes_room_for_who_comes(server: Server) -> None:
    """Over real connections: a page that is closed while it waits holds no place."""
    stop = asyncio.Event()
    running = asyncio.create_task(server.run(stop))
    async with httpx.AsyncClient(base_url=server.address) as client:
        await client.get("/")
        for _ in range(2 * LISTENERS_A_CHAT):
            with pytest.raises(httpx.ReadTimeout):
                await client.post("/api/chat/news", json={"wait": True}, timeout=0.3)
    stop.set()
    await asyncio.wait_for(running, 5)


async def test_a_huge_upload_is_answered_without_waiting_for_its_end(server: Server) -> None:
    """Over a real connection: the server answers 413 while most of the body is not sent yet."""
    stop = asyncio.Event()
    running = asyncio.create_task(server.run(stop))
    host, port = server.address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        b"POST /api/identify HTTP/1.1\r\nHost: docent\r\nContent-Length: 9000000000\r\n"
        b"Content-Type: multipart/form-data; boundary=edge\r\n\r\n"
        b"--edge\r\nContent-Disposition: form-data; name=photo; filename=a.jpg\r\n\r\n"
    )
    status = asyncio.create_task(reader.readline())
    sent = 0
    while not status.done() and sent < 200:
        writer.write(b"x" * 2**20)
        sent += 1
        await asyncio.wait([status], timeout=0.02)
    assert b"413" in await asyncio.wait_for(status, 5)
    writer.close()
    stop.set()
    await asyncio.wait_for(running, 5)


async def test_a_port_in_use_is_told_in_a_sentence(guide: Guide) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PlatformError, match=rf"Port {port} on 127\.0\.0\.1 is taken.*WEB_PORT"):
            await serve(create_app(guide, identify, sentence), "127.0.0.1", port)


async def test_an_unknown_host_is_told_in_a_sentence(guide: Guide) -> None:
    with pytest.raises(PlatformError, match="WEB_HOST"):
        await serve(create_app(guide, identify, sentence), "no-such-host.invalid", 8080)


async def test_an_address_of_ip_version_6_is_written_as_a_link(guide: Guide) -> None:
    try:
        server = await serve(create_app(guide, identify, sentence), "::1", 0)
    except PlatformError:
        pytest.skip("this machine has no IPv6")
    assert server.address.startswith("http://[::1]:")
    stop = asyncio.Event()
    stop.set()
    await server.run(stop)
