"""Text in Discord's markdown: what somebody wrote never becomes markup, a link or a mention."""

import re

from bot.platforms.texts import clean

SPECIAL = re.compile(r"[\\*_~`|<>\[\]]")
LINE_START = re.compile(r"^(\s*)([-+#])", re.MULTILINE)
"""A list, a heading or small print."""
NUMBERED = re.compile(r"^(\s*\d+)([.)])", re.MULTILINE)
SCHEME = re.compile(r"(?<=\w)://")
UNSAFE_IN_LINK = {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C"}
WEB = ("https://", "http://")


def escaped(text: str) -> str:
    """Return a text that Discord shows as it is written."""
    safe = SPECIAL.sub(r"\\\g<0>", clean(text))
    safe = SCHEME.sub(r"\\://", safe)
    safe = LINE_START.sub(r"\1\\\2", safe)
    return NUMBERED.sub(r"\1\\\2", safe)


def bold(text: str) -> str:
    """Return a text in bold."""
    return f"**{escaped(text)}**"


def small(markdown: str) -> str:
    """Return markdown as small print, line by line."""
    return "\n".join(f"-# {line}" if line.strip() else line for line in markdown.split("\n"))


def bullets(items: str) -> str:
    """Return a list, an item a line."""
    return "\n".join(f"- {escaped(line)}" for line in items.split("\n") if line.strip())


def link(name: str, address: str) -> str:
    """Return a name that leads to a web page; the name alone for what is no such address."""
    url = "".join(clean(address).split())
    if not url.startswith(WEB) or not clean(name):
        return escaped(name)
    for character, code in UNSAFE_IN_LINK.items():
        url = url.replace(character, code)
    return f"[{escaped(name)}]({url})"
