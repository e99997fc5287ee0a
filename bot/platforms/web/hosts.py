"""Under which names the server answers, so that no stranger's name can be pointed at it."""

import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

from fastapi import Request

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def hosts_for(bound: str) -> Sequence[str] | None:
    """Return the names a server bound to ``bound`` answers to; ``None``: to any.

    What listens on this machine only is opened by this machine's own names. Any other name was
    pointed here by somebody else, whose page would then count as ours (DNS rebinding).
    """
    return list(dict.fromkeys((*LOOPBACK, bound))) if _is_loopback(bound) else None


def host_of(request: Request) -> str:
    """Return the name or address a request was sent to, in lower case, without port and brackets.

    "" where ``Host`` is missing or malformed.
    """
    try:
        return urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(bound: str) -> bool:
    if bound.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(bound).is_loopback
    except ValueError:
        return False
