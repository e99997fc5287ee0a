"""Serving an app inside a running event loop, beside the other platforms."""

import asyncio
import contextlib
import errno
import socket
from collections.abc import Iterator

import uvicorn
from fastapi import FastAPI

from bot.platforms import PlatformError
from bot.platforms.web.limits import CONNECTIONS, GRACE_SECONDS
from bot.platforms.web.news import News

_LOOPBACK = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - read, not bound


class Server:
    """An app on a bound port: `address` is open already, and `run` answers what comes there."""

    def __init__(self, app: FastAPI, listener: socket.socket) -> None:
        """Serve the web chat on a listening socket, which `run` closes."""
        self._app = app
        self._listener = listener
        host, port = listener.getsockname()[:2]
        host = _LOOPBACK.get(host, host)
        self.address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    async def run(self, stop: asyncio.Event) -> None:
        """Answer until ``stop`` is set, then finish what is in hand.

        Pages that wait for news, if the app has any, are let go at once.
        """
        config = uvicorn.Config(
            self._app,
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            limit_concurrency=CONNECTIONS,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        server = _Uvicorn(config)
        news: News | None = getattr(self._app.state, "news", None)
        beside = [asyncio.create_task(_exit(stop, news, server))]
        if news is not None:
            beside.append(asyncio.create_task(news.run()))
        try:
            await server.serve(sockets=[self._listener])
        finally:
            for task in beside:
                task.cancel()
            await asyncio.wait(beside)
            self._listener.close()


async def serve(app: FastAPI, host: str, port: int) -> Server:
    """Bind ``host:port`` (port 0: a free one) and return the server, to be run.

    Raises `PlatformError` with a sentence where the address cannot be had.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, _, _, _, where = found[0]
        return Server(app, socket.create_server(where[:2], family=family, backlog=CONNECTIONS))
    except OSError as error:
        raise PlatformError(_reason(error, host, port)) from error


def _reason(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken. Stop what uses it, or set WEB_PORT to another."
    if error.errno == errno.EACCES:
        return f"Port {port} may not be used without special rights. Set WEB_PORT above 1023."
    return f"The web chat cannot open {host}:{port}. Check WEB_HOST and WEB_PORT."


async def _exit(stop: asyncio.Event, news: News | None, server: uvicorn.Server) -> None:
    await stop.wait()
    if news is not None:
        news.close()
    server.should_exit = True


class _Uvicorn(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the application, which stops every platform."""
        yield
