"""Recognition for programs: photos in, the objects of the command line's contract out."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import UploadFile

from bot.errors import UserError
from bot.platforms.web.bodies import IDENTIFY_PATH, is_form
from bot.platforms.web.chat import picture_of
from bot.platforms.web.guard import Sentence
from bot.platforms.web.languages import language_of
from bot.platforms.web.limits import FIELD_BYTES, FIELDS, FILE_NAME_CHARACTERS, PHOTOS
from bot.platforms.web.schemas import Problem, Recognised, Unreadable

Identify = Callable[[bytes, str], Awaitable[Mapping[str, Any]]]
"""Photo bytes and photo name → the object of ``identify --json``. Raises `UserError`."""

STATUS = {"busy": 503, "photo_too_big": 413}
"""The status of a failure that is not plainly an unusable photo (422)."""

FILE = {"type": "string", "format": "binary"}
BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {"photo": {"type": "array", "items": FILE, "maxItems": PHOTOS}},
                "required": ["photo"],
            }
        },
        "image/*": {"schema": FILE},
    },
}
"""What the route takes, as OpenAPI says it."""


class Recognition:
    """The route for programs."""

    def __init__(self, identify: Identify, sentence: Sentence) -> None:
        """Recognise with ``identify``; ``sentence`` words its failures."""
        self._identify = identify
        self._sentence = sentence

    def router(self) -> APIRouter:
        """Return the routes, to be included in an app."""
        router = APIRouter(tags=["recognition"])
        router.post(
            IDENTIFY_PATH,
            response_model=Recognised | list[Recognised | Unreadable],
            responses={
                400: {"model": Problem, "description": "The form is broken, or has 21 photos."},
                403: {"model": Problem, "description": "The request comes from another site."},
                408: {"model": Problem, "description": "The photos came too slowly."},
                413: {"model": Problem, "description": "More than 20 MB in one request."},
                422: {"model": Unreadable, "description": "The one photo cannot be used."},
                503: {
                    "model": Unreadable | Problem,
                    "description": "Too many photos wait; try later.",
                },
            },
            openapi_extra={"requestBody": BODY},
        )(self.identify)
        return router

    async def identify(self, request: Request) -> Response:
        """Say who may have painted what is on a photo; no photo is kept.

        Send the photo as a form's file (`photo`, or any other name) or as the whole body. One photo
        gives one object. Several (at most 20, and 20 MB together) give a list in their order, in
        which a photo that cannot be used has an `error` and the others are answered.
        """
        language = language_of(request)
        photos = await photos_of(request)
        if len(photos) == 1:
            content, status = await self._look(*photos[0], language)
            return JSONResponse(content, status)
        return JSONResponse([(await self._look(*photo, language))[0] for photo in photos])

    async def _look(self, photo: bytes, name: str, language: str) -> tuple[Mapping[str, Any], int]:
        try:
            return await self._identify(photo, name), 200
        except UserError as error:
            sentence = self._sentence(error, language)
            return {"photo": name, "error": sentence}, STATUS.get(error.key, 422)


async def photos_of(request: Request) -> list[tuple[bytes, str]]:
    """Return the photos of a request with their names. Raises `UserError` where it has none."""
    if not is_form(request):
        return [(await request.body(), "")]
    limits = {"max_files": PHOTOS, "max_fields": FIELDS, "max_part_size": FIELD_BYTES}
    async with request.form(**limits) as form:
        files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
        if not files:
            raise UserError("photo_missing")
        return [
            (await picture_of(file), (file.filename or "")[:FILE_NAME_CHARACTERS]) for file in files
        ]
