"""What the server answers: a result, or a refusal in Telegram's words."""

from typing import Any

Answer = tuple[int, dict[str, Any]]


class RefusedError(Exception):
    """Telegram refuses a request; ``parameters`` are its ResponseParameters.

    A refusal that is ``wrong`` tells of a mistake in the request itself, not of the chat's state:
    no bot ought ever to make such a request, so the server counts it among its problems.
    """

    def __init__(self, code: int, description: str, wrong: bool = False, **parameters: int) -> None:
        """Refuse with an HTTP status and a sentence."""
        super().__init__(description)
        self.answer = error(code, description, **parameters)
        self.wrong = wrong


def bad(description: str) -> RefusedError:
    """Return a refusal because of how things are: 400."""
    return RefusedError(400, f"Bad Request: {description}")


def wrong(description: str) -> RefusedError:
    """Return a refusal of a request that is wrong in itself: 400."""
    return RefusedError(400, f"Bad Request: {description}", wrong=True)


def ok(result: object) -> Answer:
    """Return Telegram's answer with a result."""
    return 200, {"ok": True, "result": result}


def error(code: int, description: str, **parameters: int) -> Answer:
    """Return Telegram's answer to what it refuses."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return code, body | ({"parameters": parameters} if parameters else {})
