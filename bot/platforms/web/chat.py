"""The chat's three doors: a photo, a tap, a text; each is one event and gets one answer."""

from typing import Annotated, Protocol

from fastapi import APIRouter, Form, Request, Response, UploadFile
from fastapi.responses import JSONResponse
from starlette.datastructures import UploadFile as Uploaded

from bot.conversation.events import Command, Event, Photo, Tap, Text, parse_command
from bot.conversation.replies import Reply
from bot.errors import UserError
from bot.platforms.web.languages import language_of
from bot.platforms.web.limits import FIELD_BYTES, FIELDS, PHOTO_BYTES, TEXT_CHARACTERS
from bot.platforms.web.rendering import rendered
from bot.platforms.web.schemas import Answer, EventId, Problem, TapRequest, TextRequest
from bot.platforms.web.sessions import Session, remember, session_of


class Assistant(Protocol):
    """Whoever answers; `bot.conversation.assistant.Assistant` does."""

    async def handle(self, event: Event) -> Reply | None:
        """Answer an event; ``None`` is silence."""


class Chat:
    """The routes of the chat."""

    def __init__(self, assistant: Assistant) -> None:
        """Let ``assistant`` answer."""
        self._assistant = assistant

    def router(self) -> APIRouter:
        """Return the routes, to be included in an app."""
        router = APIRouter(
            prefix="/api/chat",
            tags=["chat"],
            responses={
                204: {"description": "Docent says nothing to this."},
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
            responses={
                408: {"model": Problem, "description": "The photo came too slowly."},
                413: {"model": Problem, "description": "More than 20 MB."},
                503: {"model": Problem, "description": "Too many photos wait; try later."},
            },
            form_limits={"max_files": 1, "max_fields": FIELDS, "max_part_size": FIELD_BYTES},
        )(self.photo)
        router.post("/tap", response_model=Answer, summary="Tap a button")(self.tap)
        router.post("/text", response_model=Answer, summary="Write something")(self.text)
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
            id=f"{session.id}:{event_id}",
            chat=session.chat,
            person=session.person,
            language=language_of(request),
            picture=await picture_of(photo),
            caption=caption,
        )
        return await self._answer(request, session, event)

    async def tap(self, request: Request, tapped: TapRequest) -> Response:
        """Tap a button of an earlier answer; `data` is what the button carried."""
        session = session_of(request)
        event = Tap(
            id=f"{session.id}:{tapped.id}",
            chat=session.chat,
            person=session.person,
            language=language_of(request),
            data=tapped.data,
        )
        return await self._answer(request, session, event)

    async def text(self, request: Request, written: TextRequest) -> Response:
        """Write a name, a question, or a command such as `/artist Vermeer`."""
        session = session_of(request)
        event = words(written, session, language_of(request))
        return await self._answer(request, session, event)

    async def _answer(self, request: Request, session: Session, event: Event) -> Response:
        reply = await self._assistant.handle(event)
        response = (
            Response(status_code=204)
            if reply is None
            else JSONResponse(rendered(reply).model_dump())
        )
        remember(response, session, secure=request.url.scheme == "https")
        return response


async def picture_of(photo: Uploaded) -> bytes:
    """Return a photo's bytes. Raises `UserError` for one above the limit."""
    if (photo.size or 0) > PHOTO_BYTES:
        raise UserError("photo_too_big", limit=PHOTO_BYTES // 2**20)
    return await photo.read()


def words(written: TextRequest, session: Session, language: str) -> Command | Text:
    """Return what was written as the event it is."""
    id_ = f"{session.id}:{written.id}"
    chat, person = session.chat, session.person
    if command := parse_command(written.text):
        name, argument = command
        return Command(
            id=id_, chat=chat, person=person, language=language, name=name, argument=argument
        )
    return Text(id=id_, chat=chat, person=person, language=language, text=written.text)
