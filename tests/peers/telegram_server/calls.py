"""One request of a bot, read and held against what Telegram's methods take."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from tests.peers.telegram_server.answers import bad, wrong


@dataclass
class Call:
    """A method with its parameters, as they came (``form``) and as what they mean (``values``)."""

    method: str
    form: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """File field → file name."""

    def upload(self, value: str, known: dict[str, bytes]) -> bytes | None:
        """Return the bytes of ``attach://name``, or ``None`` for the id of a ``known`` file."""
        if value.startswith("attach://"):
            name = value.removeprefix("attach://")
            if name not in self.files:
                raise wrong(f"there is no file {name} in the request")
            return self.files[name]
        if value in known:
            return None
        raise bad("wrong file identifier/HTTP URL specified")


async def read_call(request: web.Request) -> Call:
    """Read a request: a form with or without files, JSON, or an address with a query."""
    call = Call(request.match_info["method"], dict(request.query))
    if request.content_type == "application/json":
        body = json.loads(await request.read() or b"{}")
        call.form |= {k: v if isinstance(v, str) else json.dumps(v) for k, v in body.items()}
        return call
    for name, value in (await request.post()).items():
        if isinstance(value, FileField):
            call.files[name] = value.file.read()
            call.names[name] = value.filename
        else:
            call.form[name] = str(value)
    attached = json.dumps(call.form)
    for name in call.files:
        if f"attach://{name}" not in attached:
            call.form[name] = f"attach://{name}"
    return call
