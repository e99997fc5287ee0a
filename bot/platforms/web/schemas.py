"""The shapes of what the API takes and gives, for its documentation and its checks."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.conversation.replies import CHOICE_DATA_BYTES
from bot.platforms.web.limits import ACKNOWLEDGED, TEXT_CHARACTERS

EventId = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{8,64}$")]
"""Made by the browser, a UUID: a request sent again with the same id is the same event."""
Name = Annotated[str, Field(min_length=1, max_length=128)]
"""What an answer or a piece of news is called."""
Share = Annotated[float, Field(ge=0, le=1, description="Calibrated probability")]


class Guess(BaseModel):
    """A painter or a movement that the photo may show."""

    id: str
    name: str
    confidence: Share


class Painting(BaseModel):
    """A known painting that the photo may show; ``verified`` ones are stated as facts."""

    id: str
    collection: str
    image: str
    title: str
    artist: str
    year: str
    verified: bool
    confidence: Share


class Similar(BaseModel):
    """A known painting that looks alike; ``artist`` is the painter's id."""

    id: str
    title: str
    artist: str


class Recognised(BaseModel):
    """What is on one photo."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "photo": "sunflowers.jpg",
                "verdict": "artist",
                "paintings": [],
                "artists": [
                    {"id": "vincent-van-gogh", "name": "Vincent van Gogh", "confidence": 0.81},
                    {"id": "paul-gauguin", "name": "Paul Gauguin", "confidence": 0.07},
                    {"id": "paul-cezanne", "name": "Paul Cézanne", "confidence": 0.04},
                ],
                "movements": [
                    {"id": "post-impressionism", "name": "Post-Impressionism", "confidence": 0.88},
                    {"id": "impressionism", "name": "Impressionism", "confidence": 0.06},
                    {"id": "fauvism", "name": "Fauvism", "confidence": 0.03},
                ],
                "similar": [
                    {
                        "id": "vincent-van-gogh-vase-with-fifteen-sunflowers",
                        "title": "Vase with fifteen sunflowers",
                        "artist": "vincent-van-gogh",
                    }
                ],
                "milliseconds": 41.2,
                "model": "docent@1",
            }
        }
    )

    photo: str
    verdict: Literal["painting", "artist", "movement", "unsure", "not_a_painting"]
    paintings: list[Painting]
    artists: list[Guess]
    movements: list[Guess]
    similar: list[Similar]
    milliseconds: float
    model: str


class Problem(BaseModel):
    """Why there is no answer, in one sentence."""

    error: Annotated[str, Field(examples=["That picture is too large for me."])]


class Unreadable(Problem):
    """A photo that cannot be used, and why."""

    photo: Annotated[str, Field(examples=["notes.pdf"])]


class TapRequest(BaseModel):
    """A button was tapped, of the answer that is called ``message``, if that has a name."""

    id: EventId
    data: Annotated[str, Field(min_length=1, max_length=CHOICE_DATA_BYTES)]
    message: Annotated[str, Field(max_length=128)] = ""


class TextRequest(BaseModel):
    """Something was written."""

    id: EventId
    text: Annotated[str, Field(min_length=1, max_length=TEXT_CHARACTERS)]


class NewsRequest(BaseModel):
    """What is on the screen since the last time, and whether to wait for what comes next.

    ``shown`` are messages of answers, ``told`` are ids of news.
    """

    shown: Annotated[list[Name], Field(max_length=ACKNOWLEDGED)] = []
    told: Annotated[list[Name], Field(max_length=ACKNOWLEDGED)] = []
    wait: bool = False


class TextBlock(BaseModel):
    """A heading, a paragraph or an aside."""

    kind: Literal["title", "paragraph", "note"]
    text: str


class BulletsBlock(BaseModel):
    """A short list."""

    kind: Literal["bullets"] = "bullets"
    items: list[str]


class Credit(BaseModel):
    """One source; ``link`` and ``licence`` may be empty."""

    name: str
    link: str
    licence: str


class CreditsBlock(BaseModel):
    """Where the text comes from."""

    kind: Literal["credits"] = "credits"
    label: str
    credits: list[Credit]


Block = TextBlock | BulletsBlock | CreditsBlock


class Choice(BaseModel):
    """A button: what it says, and what to send to `/api/chat/tap` when it is tapped."""

    label: str
    data: str


class Picture(BaseModel):
    """A picture, whole, as a ``data:`` address, and the words that can stand for it."""

    source: Annotated[str, Field(pattern=r"^data:image/(jpeg|png);base64,")]
    alt: str


class Document(BaseModel):
    """A file, whole, as base64; ``data`` is empty where it is too large. ``size``: in bytes."""

    name: str
    mime: Literal["application/pdf", "text/csv"]
    size: Annotated[int, Field(ge=0)]
    data: str


class Answer(BaseModel):
    """What Docent says: pictures, then blocks, then buttons, then files; or only a ``toast``.

    ``replaces``: in place of the message whose button was tapped. ``again``, where it is not empty:
    a second tap of the same button needs no second copy, but this word. ``message``, where it is
    not empty, is reported to `/api/chat/news` once the answer is on the screen; ``expects_news``:
    something will follow there.
    """

    pictures: list[Picture]
    blocks: list[Block]
    choices: list[list[Choice]]
    replaces: bool
    toast: str
    again: str
    documents: list[Document]
    message: str
    expects_news: bool


class NewsItem(BaseModel):
    """Something said unasked. It takes the place of the answer of this ``message``, if there is
    one on the screen; ``id`` is reported once it is there, and comes again until then.
    """

    id: str
    message: str
    answer: Answer


class News(BaseModel):
    """All that was said unasked and not reported yet, in its order.

    ``expects_news``: more will follow; ask again after ``again_in`` seconds.
    """

    items: list[NewsItem]
    expects_news: bool
    again_in: Annotated[float, Field(ge=0)]
