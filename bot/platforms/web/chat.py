"""The chat's doors: a photo, a tap, a text are one event and get one answer; and the news."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response, UploadFile
from pydantic import BaseModel
from starlette.datastructures import UploadFile as Uploaded

from bot.conversation.events import Command, Event, Photo, Tap, Text, parse_command
from bot.errors import UserError
from bot.platforms.guide import Guide
from bot.platforms.web import schemas
from bot.platforms.web.languages import language_of
from bot.platforms.web.limits import (
    FIELD_BYTES,
    FIELDS,
    NEWS_AGAIN_SECONDS,
    PHOTO_BYTES,
    TEXT_CHARACTERS,
)
from bot.platforms.web.news import News
from bot.platforms.web.refusing import refusal
from bot.platforms.web.rendering import rendered, rendered_news
from bot.platforms.web.schemas import Answer, EventId, NewsRequest, Problem, TapRequest, TextRequest
from bot.platforms.web.sessions import Session, remember, session_of

SILENCE: dict[int | str, dict[str, Any]] = {204: {"description": "Docent says nothing to this."}}


class Chat:
    """The routes of the chat."""

    def __init__(self, guide: Guide, news: News) -> None:
        """Let ``guide`` answer; ``news`` are what it says unasked."""
        self._guide = guide
        self._news = news

    def router(self) -> APIRouter:
        """Return the routes, to be included in an app."""
        router = APIRouter(
            prefix="/api/chat",
            tags=["chat"],
            responses={
                400: {"model": Problem, "description": "The request cannot be read."},
                403: {"model": Problem, "description": "The request comes from another site."},
                413: {"model": Problem, "description": "More than 64 KB."},
                422: {"model": Problem, "description": "The request lacks something."},
            },
        )
        router.post(
            "/photo",
            summary="Send a photo",
            response_model=Answer,
            responses=SILENCE
            | {
                408: {"model": Problem, "description": "The photo came too slowly."},
                413: {"model": Problem, "description": "More than 20 MB."},
                503: {"model": Problem, "description": "Too many photos wait; try later."},
            },
            form_limits={"max_files": 1, "max_fields": FIELDS, "max_part_size": FIELD_BYTES},
        )(self.photo)
        answers: dict[str, Any] = {"response_model": Answer, "responses": SILENCE}
        router.post("/tap", summary="Tap a button", **answers)(self.tap)
        router.post("/text", summary="Write something", **answers)(self.text)
        router.post("/news", response_model=schemas.News, summary="Hear what is new")(self.news)
        return router

    async def photo(
        self,
        request: Request,
        photo: UploadFile,
        event_id: Annotated[EventId, Form(alias="id")],
        caption: Annotated[str, Form(max_length=TEXT_CHARACTERS)] = "",
    ) -> Response:
        """Send a photo, at most 20 MB, perhaps with words to it."""
        session = session_of(request)
        event = Photo(
            picture=await picture_of(photo), caption=caption, **_from(request, session, event_id)
        )
        return await self._answer(request, session, event)

    async def tap(self, request: Request, tapped: TapRequest) -> Response:
        """Tap a button of an earlier answer; `data` is what the button carried."""
        session = session_of(request)
        event = Tap(data=tapped.data, **_from(request, session, tapped.id))
        return await self._answer(request, session, event, tapped.message)

    async def text(self, request: Request, written: TextRequest) -> Response:
        """Write a name, a question, or a command such as `/artist Vermeer`."""
        session = session_of(request)
        event = words(written.text, _from(request, session, written.id))
        return await self._answer(request, session, event)

    async def news(self, request: Request, asked: NewsRequest) -> Response:
        """Fetch what Docent said unasked: the answer to a round, the next question.

        Call this where an answer has a `message` or says `expects_news`, and once when the page is
        opened. With `wait`, the request is held open for up to 25 seconds while there is nothing.
        """
        session = session_of(request)
        for message in asked.shown:
            await self._news.shown(session.chat, message)
        for notice in asked.told:
            await self._news.fetched(session.chat, notice)
        held = not asked.wait or await self._news.listen(session.chat, partial(_gone, request))
        return await _json(
            rendered_news,
            self._news.waiting(session.chat),
            expected=self._news.awaits(session.chat),
            again_in=0 if held else NEWS_AGAIN_SECONDS,
        )

    async def _answer(
        self, request: Request, session: Session, event: Event, tapped: str = ""
    ) -> Response:
        reply = await self._guide.handle(event)
        if reply is None:
            response = Response(status_code=204)
        else:
            message = self._news.asked(session.chat, reply, tapped)
            response = await _json(rendered, reply, message)
        remember(response, session, secure=request.url.scheme == "https")
        return response


async def picture_of(photo: Uploaded) -> bytes:
    """Return a photo's bytes. Raises `UserError` for one above the limit."""
    if (photo.size or 0) > PHOTO_BYTES:
        raise UserError("photo_too_big", limit=PHOTO_BYTES // 2**20)
    return await photo.read()


def words(text: str, common: dict[str, Any]) -> Command | Text:
    """Return what was written as the event it is; ``common`` is what all events have."""
    if command := parse_command(text):
        name, argument = command
        return Command(name=name, argument=argument, **common)
    return Text(text=text, **common)


def _from(request: Request, session: Session, event_id: str) -> dict[str, Any]:
    """Return what an event says of where it comes from."""
    return {
        "id": f"{session.id}:{event_id}",
        "chat": session.chat,
        "person": session.person(refusal(request, "guest")),
        "language": language_of(request),
    }


async def _gone(request: Request) -> None:
    """Return once whoever waits for an answer has left."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _json(render: Callable[..., BaseModel], *told: Any, **values: Any) -> Response:
    """Return what is rendered; with pictures and files it is long, and made off the event loop."""
    body = await asyncio.to_thread(lambda: render(*told, **values).model_dump_json())
    return Response(body, media_type="application/json")
