"""Wikipedia's pages in the database."""

from pydantic import TypeAdapter

from bot.memory.store import Store
from knowledge.articles import Article

_ARTICLE = TypeAdapter(Article)


class StoredArticles:
    """The `knowledge.articles.ArticleCache` that keeps pages in the store."""

    def __init__(self, store: Store) -> None:
        """Keep pages in ``store``."""
        self._store = store

    async def get(self, language: str, title: str) -> Article | None:
        """Return the page put last under this language and title."""
        content = await self._store.article(language, title)
        return None if content is None else _ARTICLE.validate_python(content, strict=False)

    async def put(self, article: Article) -> None:
        """Keep a page under its own language and title."""
        content = _ARTICLE.dump_python(article, mode="json")
        await self._store.keep_article(article.language, article.title, content)
