"""What a caption names: painters, movements and paintings, and never a museum or a mere word."""

import pytest

from bot.conversation.captions import Hint, caption_of, read_hint
from bot.conversation.events import Album, Command, Photo, Text
from bot.conversation.speech import Parts
from bot.vision.enrolled import KnownWork
from tests.bot.conversation.known import STUDY
from tests.bot.conversation.speaking import ANN, CHAT

MONET, MANET, RENOIR = "claude-monet", "edouard-manet", "pierre-auguste-renoir"


def photo(caption: str) -> Photo:
    return Photo(id="1", chat=CHAT, person=ANN, picture=b"", caption=caption)


async def read(parts: Parts, caption: str, *seen: KnownWork) -> Hint | None:
    return await read_hint(parts, photo(caption), seen)


async def ids(parts: Parts, caption: str) -> tuple[str, ...]:
    hint = await read(parts, caption)
    return hint.ids if hint else ()


@pytest.mark.parametrize(
    ("caption", "named"),
    [
        ("is this Monet?", (MONET,)),
        ("Vermeer", ("johannes-vermeer",)),
        ("c’est un Renoir ?", (RENOIR,)),
        ("Das ist doch von Klee", ("paul-klee",)),
        ("¿Será un Velázquez?", ("diego-velazquez",)),
        ("È di Caravaggio?", ("caravaggio",)),
        ("Это Ренуар?", (RENOIR,)),
        ("モネ", (MONET,)),
        ("Ist das impressionistisch?", ("impressionism",)),
        ("Hudson River School?", ("hudson-river-school",)),
        ("Guernica?", ("picasso-guernica",)),
        ("Is this the Mona Lisa?", ("leonardo-mona-lisa",)),
        ("L'Olympia de Manet ?", ("edouard-manet-olympia",)),
        ("we saw “Girl with a Pearl Earring” today", ("vermeer-girl-with-a-pearl-earring",)),
        ("Monet or Manet?", (MONET, MANET)),
        ("by van der Weyden or van Eyck?", ("rogier-van-der-weyden", "jan-van-eyck")),
        ("Portrait of Rembrandt by Cézanne", ("paul-cezanne",)),
        ("Monet's garden, impressionism", (MONET,)),
        ("El Greco", ("el-greco",)),
        ("Vermeer, Room 15", ("johannes-vermeer",)),
        ("Is this a Rembrant?", ("rembrandt",)),
        ("Ist das nicht Monet?", (MONET,)),
        ("Church?", ("frederic-edwin-church",)),
    ],
)
async def test_caption_names_an_entry(parts: Parts, caption: str, named: tuple[str, ...]) -> None:
    assert await ids(parts, caption) == named


@pytest.mark.parametrize(
    "caption",
    [
        *("", "?", "Room 12", "who painted this?", "wer hat das gemalt?", "Rijksmuseum"),
        *("Van Gogh Museum", "At the Van Gogh Museum, Amsterdam", "Musée Marmottan Monet"),
        *("Salle Rembrandt", "Fundació Joan Miró, Barcelona", "Cortona", "light in Delft"),
        *("a church by the sea", "la tour eiffel", "so romantic!", "my friend Martin", "gris"),
        *("#monet @docent_bot", "https://museum.example/monet", "definitely not a Monet"),
        *("C'est français ?", "self portrait", "landscape", "/identify", "said my son"),
    ],
)
async def test_other_words_name_nothing(parts: Parts, caption: str) -> None:
    assert await read(parts, caption) is None


async def test_one_of_a_family_may_be_any_of_it(parts: Parts) -> None:
    hint = await read(parts, "I think it's by one of the Brueghels, at the Prado")
    assert hint is not None
    assert {"jan-brueghel-the-elder", "pieter-bruegel-the-elder"} <= set(hint.ids)
    assert hint.called == "Brueghels"


async def test_several_movements_may_share_a_name(parts: Parts) -> None:
    hint = await read(parts, "Renaissance?")
    assert hint is not None
    assert {"early-renaissance", "high-renaissance"} <= set(hint.ids)
    assert hint.kind == "movement"


async def test_the_title_of_what_is_seen_is_known_whatever_it_is(parts: Parts) -> None:
    assert await read(parts, "is this a study?") is None
    hint = await read(parts, "is this a study?", STUDY)
    assert hint == Hint("painting", ("study",), works=(STUDY,))


async def test_museums_of_the_library_are_no_hints(parts: Parts) -> None:
    museums = {work.museum for work in parts.library.paintings.values() if work.museum}
    taken = [museum for museum in sorted(museums)[::7] if await read(parts, museum)]
    assert len(taken) <= 1, taken


def test_caption_is_that_of_the_first_photo_that_has_one() -> None:
    album = Album(id="1", chat=CHAT, person=ANN, photos=(photo(" "), photo("Monet?"), photo("x")))
    assert caption_of(album) == "Monet?"
    asked = Command(id="1", chat=CHAT, person=ANN, name="identify", argument="Monet?", picture=b"")
    assert caption_of(asked) == "Monet?"
    assert caption_of(Text(id="1", chat=CHAT, person=ANN, text="Monet?")) == ""
    assert caption_of(photo("/identify@docent_bot Monet?")) == "Monet?"
    assert caption_of(photo("/meme Monet?")) == ""
