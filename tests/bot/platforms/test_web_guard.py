"""Whom the web chat hears: its own page and programs, under its own names, and nobody else."""

from collections.abc import Sequence

import httpx
import pytest

from bot.platforms.web import create_app, hosts_for
from tests.bot.platforms.web_guide import Guide, identify, send_photo, sentence

# Other sites


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://docent.evil.example"},
        {"Origin": "http://docent:81"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://docent"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_another_sites_request_is_refused(
    visitor: httpx.AsyncClient, guide: Guide, headers: dict[str, str]
) -> None:
    answer = await send_photo(visitor, headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.json()["error"]
    assert guide.events == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://docent"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://behind-a-proxy.example"},
    ],
)
async def test_its_own_page_and_plain_programs_are_heard(
    visitor: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    assert (await send_photo(visitor, headers=headers)).status_code == 200


# Other names


OWN = ["127.0.0.1", "LOCALHOST", "localhost:8080", "127.0.0.1:8080", "[::1]", "[::1]:8080"]
FOREIGN = ["evil.example", "127.0.0.1.evil.example:8080", "localhost.evil.example", "", "[", "a b"]


async def status_at(guide: Guide, host: str, hosts: Sequence[str] | None) -> int:
    app = create_app(guide, identify, sentence, hosts)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as visitor:
        return (await visitor.get("/health", headers={"Host": host})).status_code


@pytest.mark.parametrize("host", OWN)
async def test_a_server_for_this_machine_answers_to_its_own_names(guide: Guide, host: str) -> None:
    assert await status_at(guide, host, hosts_for("127.0.0.1")) == 200


@pytest.mark.parametrize("host", FOREIGN)
async def test_a_server_for_this_machine_answers_to_no_other_name(guide: Guide, host: str) -> None:
    """A stranger's page may point its own name at this machine (DNS rebinding)."""
    assert await status_at(guide, host, hosts_for("127.0.0.1")) == 403


async def test_a_server_for_the_network_answers_to_any_name(guide: Guide) -> None:
    assert await status_at(guide, "museum.example", hosts_for("0.0.0.0")) == 200


@pytest.mark.parametrize("bound", ["127.0.0.1", "127.0.0.2", "localhost", "::1"])
def test_a_loopback_address_limits_the_names_to_loopback_and_itself(bound: str) -> None:
    assert {bound, "localhost", "127.0.0.1", "::1"} == set(hosts_for(bound) or ())


@pytest.mark.parametrize("bound", ["::", "192.168.1.7", "museum.example", ""])
def test_another_address_limits_no_names(bound: str) -> None:
    assert hosts_for(bound) is None
