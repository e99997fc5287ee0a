"""The page says everything in every language, and each visitor gets it in theirs."""

import json
import re
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Catalog

from bot.conversation.phrases import Phrases, read_catalogs
from bot.platforms.web.app import STATIC
from bot.platforms.web.languages import pages
from tests.bot.platforms.web_guide import Guide, browser

CATALOGS = read_catalogs(STATIC)
PAGES = pages(STATIC)
TEMPLATE = (STATIC / "index.html").read_text(encoding="utf-8")
SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in STATIC.glob("*.js")}
SPOKEN = ("title", "aria-label", "placeholder", "alt")
"""The attributes in which a page says something."""
MARKS = {
    "fr": r"[^\u202f][;?!%]|[^\u00a0]:|'|\.\.\.",
    "de": r"[^\u00a0]%|'|\.\.\.",
    "es": r"[^\u00a0]%|^[^¿]*\?|^[^¡]*!|'|\.\.\.",
    "it": r"\s%|'|\.\.\.",
}
"""What each language's typography does not allow."""


class Said(HTMLParser):
    """What a page says: its text, and the attributes that are shown or spoken."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        told = dict(attributes)
        names = (*SPOKEN, "content") if told.get("name") == "description" else SPOKEN
        self.texts += [text for name in names if (text := told.get(name))]

    def handle_data(self, data: str) -> None:
        if data.strip() and self._inside != "script":
            self.texts.append(data.strip())


def words(catalog: Catalog) -> dict[str, str]:
    return {str(each.id): str(each.string) for each in catalog if each.id}


ENGLISH = words(CATALOGS["en"])


def test_the_page_speaks_these_five_and_whatever_else_docent_speaks() -> None:
    assert set(PAGES) >= {"en", "fr", "de", "es", "it"} | set(Phrases().languages)


@pytest.mark.parametrize("language", CATALOGS)
def test_no_word_is_missing_left_over_or_doubtful(language: str) -> None:
    catalog = CATALOGS[language]
    assert list(words(catalog)) == list(ENGLISH)
    assert [each.id for each in catalog if each.id and (each.fuzzy or not each.string)] == []
    for key, text in words(catalog).items():
        assert set(re.findall(r"{\w+}|/\w+", text)) == set(re.findall(r"{\w+}|/\w+", ENGLISH[key]))


@pytest.mark.parametrize("language", MARKS)
def test_typography_is_the_languages_own(language: str) -> None:
    said = words(CATALOGS[language]).values()
    assert [text for text in said if re.search(MARKS[language], text)] == []


def test_every_word_is_used_and_every_word_that_is_asked_for_is_there() -> None:
    asked = re.findall(r"\bwords\.(\w+)", "".join(SCRIPTS.values())) + re.findall(
        r"\$(\w+)", TEMPLATE
    )
    assert set(asked) - {"js", "language", "said"} == set(ENGLISH)


def test_the_page_and_its_scripts_have_no_words_of_their_own() -> None:
    assert [text for text in Said(TEMPLATE).texts if not text.startswith("$")] == ["Docent"]
    for name, script in SCRIPTS.items():
        code = re.sub(r"/\*.*?\*/|//.*", "", script, flags=re.DOTALL)
        assert re.findall(r"[\"`>][A-Z][a-z]+[ ,.][^\"`]*[\"`]", code) == [], name


@pytest.mark.parametrize("language", CATALOGS)
def test_a_page_is_whole_and_in_one_language(language: str) -> None:
    page, own = PAGES[language], words(CATALOGS[language])
    assert f'<html lang="{language}">' in page
    said = json.loads(re.findall(r'id="said">(.*?)</script>', page)[0])
    shown = " ".join([*Said(page).texts, *said.values()])
    with_commands = {key for key, text in own.items() if "/" in text}
    assert with_commands == {"privacy", "tours"}
    assert all(text in shown for key, text in own.items() if key not in with_commands)
    for key in with_commands:
        assert re.split(r"/[a-z]+", own[key])[0].strip() in shown
    for command in ("help", "tour", "quiz"):
        assert f"<kbd>/{command}</kbd>" in page
    assert "$" not in page


@pytest.mark.parametrize(
    ("liked", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("en;q=0.5,fr-CA", "fr"),
        ("ES", "es"),
        ("it-CH, de;q=0.9", "it"),
        ("pl,de;q=0.9", "en"),
        ("*", "en"),
        ("", "en"),
        ("../../etc/passwd", "en"),
    ],
)
async def test_a_visitor_gets_the_page_in_the_language_of_the_answers(
    liked: str, language: str
) -> None:
    async with browser(Guide()) as visitor:
        page = await visitor.get("/", headers={"Accept-Language": liked})
    assert page.text == PAGES[language]
    assert page.headers["vary"] == "Accept-Language"
    assert "private" in page.headers["cache-control"]
