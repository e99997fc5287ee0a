"""Asking a mirror in Wikipedia's place."""

import httpx


class Mirror(httpx.AsyncHTTPTransport):
    """Sends every request to one server, path and query unchanged.

    The ``Host`` header stays Wikipedia's (``de.wikipedia.org``), so that the mirror knows which
    edition is meant.
    """

    def __init__(self, address: str) -> None:
        """Ask the server at ``address``, such as ``http://127.0.0.1:8090``."""
        super().__init__()
        self._address = httpx.URL(address)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request from the mirror."""
        request.url = request.url.copy_with(
            scheme=self._address.scheme, host=self._address.host, port=self._address.port
        )
        return await super().handle_async_request(request)
