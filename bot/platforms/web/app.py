"""The web application: the page, the chat, the API, and its documentation, all from this folder."""

from collections.abc import Sequence
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.requests import ClientDisconnect

from bot import __version__
from bot.errors import UserError
from bot.platforms.guide import Guide
from bot.platforms.web.bodies import may_carry_photos
from bot.platforms.web.chat import Chat
from bot.platforms.web.guard import Guard, Sentence
from bot.platforms.web.languages import DEFAULT, language_of, pages
from bot.platforms.web.limits import PHOTO_BYTES
from bot.platforms.web.news import News
from bot.platforms.web.recognition import STATUS, Identify, Recognition
from bot.platforms.web.refusing import refusal, why_refused
from bot.platforms.web.sessions import remember, session_of

STATIC = Path(__file__).parent / "static"
PRIVATE = {"Cache-Control": "private, no-cache", "Vary": "Accept-Language"}
"""For the page: a shared cache must not give one visitor's cookie or language to another."""
DESCRIPTION = """
Docent says which painting is on a photo, or whose hand and which movement it looks like.

`POST /api/identify` is for programs. The chat routes serve Docent's own page; they tell visitors
apart by an anonymous cookie.
"""


def create_app(
    guide: Guide,
    identify: Identify,
    sentence: Sentence,
    hosts: Sequence[str] | None = None,
) -> FastAPI:
    """Return the web chat.

    ``guide`` answers visitors, ``identify`` answers programs, and ``sentence`` words a
    failure in a language. ``hosts`` are the names it answers to (`hosts_for`; ``None``: any).
    Nothing the page or ``/docs`` loads comes from another host. ``app.state.news`` brings what the
    guide says unasked, as long as its ``run`` does.
    """
    app = FastAPIOffline(
        docs_url=None,
        redoc_url=None,
        static_url="/docs/assets",
        title="Docent",
        version=__version__,
        description=DESCRIPTION,
    )
    app.add_middleware(Guard, sentence=sentence, hosts=hosts)
    _explain_failures(app, sentence)
    app.include_router(Recognition(identify, sentence).router())
    app.state.news = News(guide)
    app.include_router(Chat(guide, app.state.news).router())
    _add_pages(app)
    return app


def _add_pages(app: FastAPI) -> None:
    written = pages(STATIC)

    @app.head("/", include_in_schema=False)
    @app.get("/", include_in_schema=False)
    async def page(request: Request) -> Response:
        in_english = written[DEFAULT]
        response = HTMLResponse(written.get(language_of(request), in_english), headers=PRIVATE)
        remember(response, session_of(request), secure=request.url.scheme == "https")
        return response

    @app.head("/docs", include_in_schema=False)
    @app.get("/docs", include_in_schema=False)
    async def documentation() -> Response:
        return FileResponse(STATIC / "docs.html")

    @app.head("/health", include_in_schema=False)
    @app.get("/health", tags=["health"])
    async def health() -> dict[str, str]:
        """Say that the server answers."""
        return {"status": "ok"}

    app.mount("/static", StaticFiles(directory=STATIC), name="static")


def _explain_failures(app: FastAPI, sentence: Sentence) -> None:
    @app.exception_handler(UserError)
    async def user_error(request: Request, error: UserError) -> Response:
        text = sentence(error, language_of(request))
        return JSONResponse({"error": text}, STATUS.get(error.key, 422))

    @app.exception_handler(StarletteHTTPException)
    async def http_error(request: Request, error: HTTPException) -> Response:
        if error.status_code == 413 and may_carry_photos(request):
            limit = PHOTO_BYTES // 2**20
            return await user_error(request, UserError("photo_too_big", limit=limit))
        if isinstance(error.__cause__, ClientDisconnect):
            raise error.__cause__
        return JSONResponse(
            {"error": why_refused(request, error)}, error.status_code, error.headers
        )

    @app.exception_handler(RequestValidationError)
    async def wrong_request(request: Request, error: RequestValidationError) -> Response:
        fields = {str(problem["loc"][-1]) for problem in error.errors()}
        text = refusal(request, "unusable", fields=", ".join(sorted(fields)))
        return JSONResponse({"error": text}, 422)
