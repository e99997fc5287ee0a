"""Recognition for programs: photos in, the objects of the command line's contract out."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request, Response, UploadFile
from fastapi.responses import JSONResponse

from bot.errors import UserError
from bot.platforms.web.chat import picture_of
from bot.platforms.web.guard import Sentence
from bot.platforms.web.languages import language_of
from bot.platforms.web.limits import FIELD_BYTES, FIELDS, FILE_NAME_CHARACTERS, PHOTOS
from bot.platforms.web.schemas import Problem, Recognised, Unreadable

Identify = Callable[[bytes, str], Awaitable[Mapping[str, Any]]]
"""Photo bytes and photo name → the object of ``identify --json``. Raises `UserError`."""

STATUS = {"busy": 503, "photo_too_big": 413}
"""The status of a failure that is not plainly an unusable photo (422)."""


class Recognition:
    """The route for programs."""

    def __init__(self, identify: Identify, sentence: Sentence) -> None:
        """Recognise with ``identify``; ``sentence`` words its failures."""
        self._identify = identify
        self._sentence = sentence

    def router(self) -> APIRouter:
        """Return the routes, to be included in an app."""
        router = APIRouter(prefix="/api", tags=["recognition"])
        router.post(
            "/identify",
            summary="Say what is on photos",
            response_model=Recognised | list[Recognised | Unreadable],
            responses={
                403: {"model": Problem, "description": "The request comes from another site."},
                413: {"model": Problem, "description": "More than 20 MB in one request."},
                422: {"model": Unreadable, "description": "The one photo cannot be used."},
                503: {"model": Unreadable, "description": "Too many photos wait; try later."},
            },
            form_limits={"max_files": PHOTOS, "max_fields": FIELDS, "max_part_size": FIELD_BYTES},
        )(self.identify)
        return router

    async def identify(self, request: Request, photo: list[UploadFile]) -> Response:
        """Say who may have painted what is on a photo; no photo is kept.

        One photo gives one object. Several (at most 20, and 20 MB together) give a list in their
        order, in which a photo that cannot be used has an `error` and the others are answered.
        """
        language = language_of(request)
        if len(photo) == 1:
            content, status = await self._look(photo[0], language)
            return JSONResponse(content, status)
        return JSONResponse([(await self._look(one, language))[0] for one in photo])

    async def _look(self, photo: UploadFile, language: str) -> tuple[Mapping[str, Any], int]:
        name = (photo.filename or "")[:FILE_NAME_CHARACTERS]
        try:
            return await self._identify(await picture_of(photo), name), 200
        except UserError as error:
            sentence = self._sentence(error, language)
            return {"photo": name, "error": sentence}, STATUS.get(error.key, 422)
