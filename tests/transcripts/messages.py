"""A message as its reader sees it, whatever the platform."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Button:
    """A button under a message; ``is_main`` is one that stands out."""

    label: str
    is_main: bool = False


@dataclass
class Message:
    """``html`` is what it says, escaped; ``head`` what stands above it, as a reply's line."""

    author: str
    html: str
    is_mine: bool = False
    is_bot: bool = False
    time: str = ""
    head: str = ""
    colour: str = ""
    title: str = ""
    card: str = ""
    """An embed's words, where the platform has such."""
    pictures: list[bytes] = field(default_factory=list)
    files: list[tuple[str, int]] = field(default_factory=list)
    """Names and bytes."""
    buttons: list[list[Button]] = field(default_factory=list)


@dataclass(frozen=True)
class Scene:
    """What is drawn: a file of this name, with what was said in a chat."""

    name: str
    look: str
    """``telegram`` or ``discord``."""
    chat: str
    about: str
    """What stands under the chat's name."""
    messages: list[Message]
    is_group: bool = True
