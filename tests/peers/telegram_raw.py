"""A Telegram client of a few lines on bare HTTP, so that no library's habits come between."""

import json
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image


@dataclass(eq=False)
class RawError(Exception):
    """What Telegram refused, as it said it."""

    code: int
    description: str
    parameters: dict[str, int]


class RawBot:
    """Calls methods by their name: ``await bot("sendMessage", chat_id=7, text="Hello")``."""

    def __init__(self, url: str, token: str) -> None:
        """Speak to the server at ``url``."""
        self.http = httpx.AsyncClient(base_url=f"{url}/bot{token}", timeout=20)

    async def __aenter__(self) -> "RawBot":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()

    async def __call__(
        self, method: str, files: dict[str, tuple[str, bytes]] | None = None, **values: Any
    ) -> Any:
        """Return a method's result. Raises `RawError`."""
        form = {k: v if isinstance(v, str) else json.dumps(v) for k, v in values.items()}
        answer = await self.http.post(f"/{method}", data=form, files=files or None)
        body = answer.json()
        if body["ok"]:
            return body["result"]
        assert body["error_code"] == answer.status_code
        raise RawError(body["error_code"], body["description"], body.get("parameters", {}))


async def refused(bot: RawBot, method: str, **values: Any) -> str:
    """Return the code and the words with which a request is refused, as it must be."""
    with pytest.raises(RawError) as caught:
        await bot(method, **values)
    return f"{caught.value.code} {caught.value.description}"


def jpeg(width: int = 400, height: int = 300) -> bytes:
    """Return the bytes of a small photo."""
    buffer = BytesIO()
    Image.new("RGB", (width, height), "teal").save(buffer, "JPEG")
    return buffer.getvalue()
