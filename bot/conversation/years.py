"""Years as they are said: of a life, and of a work."""

from bot.conversation.speech import Say
from knowledge.entries import Artist, Moment

ABOUT = "c. "
"""How the library writes a year that is not certain."""


def dated(say: Say, years: str) -> str:
    """Return years with the language's own word for ``c.``: ``um 1665``."""
    return years.replace(ABOUT, say("circa") + " ")


def moment(say: Say, when: Moment | None) -> str:
    """Return the year of a birth or a death; empty where it is not known."""
    if when is None or when.year is None:
        return ""
    return dated(say, f"{ABOUT}{when.year}") if when.circa else str(when.year)


def life_years(say: Say, artist: Artist) -> str:
    """Return ``1853–1890``, ``born 1941``, ``died 1640``, ``active 1794–1795``, or nothing."""
    born, died = moment(say, artist.born), moment(say, artist.died)
    if born and died:
        return f"{born}–{died}"
    if born:
        return say("life_born", year=born)
    if died:
        return say("life_died", year=died)
    return say("life_active", years=dated(say, artist.active)) if artist.active else ""
