"""The visitor's language, as the browser names it, and the page in every language it is written in.

The page's words are in ``static/LANGUAGE.po``. The server puts them in, so that nobody sees another
language first, and nothing has to be run in the browser for it.
"""

import html
import json
import re
from pathlib import Path
from string import Template

from babel.messages.catalog import Catalog
from fastapi import Request

from bot.conversation.phrases import read_catalogs

DEFAULT = "en"
_CHOICE = re.compile(r"\s*([A-Za-z]{2,3})(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*")
_COMMAND = re.compile(r"(?<!\S)/[a-z]+")


def language_of(request: Request) -> str:
    """Return the language a browser likes best ("de"), from Accept-Language; else English."""
    best, liking = DEFAULT, 0.0
    for part in request.headers.get("accept-language", "").split(","):
        choice = _CHOICE.fullmatch(part)
        if choice and (weight := float(choice[2] or 1)) > liking:
            best, liking = choice[1].lower(), weight
    return best


def pages(folder: Path) -> dict[str, str]:
    """Return the page in each language: ``index.html``, filled in from each ``LANGUAGE.po``."""
    template = Template((folder / "index.html").read_text(encoding="utf-8"))
    catalogs = read_catalogs(folder)
    english = _words(catalogs[DEFAULT])
    return {
        language: _page(template, language, english | _words(catalog))
        for language, catalog in catalogs.items()
    }


def _words(catalog: Catalog) -> dict[str, str]:
    return {str(each.id): str(each.string) for each in catalog if each.id and each.string}


def _page(template: Template, language: str, words: dict[str, str]) -> str:
    """Return the page; the words that it does not show itself go along for its scripts."""
    shown = template.get_identifiers()
    said = json.dumps({key: text for key, text in words.items() if key not in shown})
    return template.substitute(
        {key: _marked(text) for key, text in words.items()},
        language=language,
        said=said.replace("<", r"\u003c"),
    )


def _marked(text: str) -> str:
    """Return a sentence as HTML, in which a command is set apart."""
    return _COMMAND.sub(r"<kbd>\g<0></kbd>", html.escape(text))
