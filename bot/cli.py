"""The command line: ``python -m bot …``. Exit status 0 done, 1 failed, 2 wrong usage."""

import argparse
import asyncio
import io
import json
import logging
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PIL import Image

from bot import app, keepers
from bot.allocation import give_back_large_buffers
from bot.collections.catalogue import Catalogue
from bot.conversation.guesses import OFFERED, opinion
from bot.conversation.paintings import works_words
from bot.conversation.phrases import Phrases
from bot.conversation.reasons import chart_words, where_words
from bot.conversation.speech import Say, shown
from bot.descriptions import describe, describe_painting
from bot.doctor import examine
from bot.errors import UserError
from bot.memory.collections import KEEPERS, Collections
from bot.memory.store import Store, StoreError
from bot.platforms import PlatformError
from bot.settings import Settings, SettingsError, read_settings
from bot.vision.drawing import where_i_looked
from bot.vision.model import ModelError
from bot.vision.photo import MAX_BYTES, read_photo
from bot.vision.recognizer import Recognition, Recognizer, Verdict
from bot.vision.works import Holdings
from knowledge.content import ContentError

FAULTS = (SettingsError, ModelError, ContentError, StoreError, PlatformError)
"""What stops Docent with one sentence."""
FACTS = ("original", "artist", "year", "medium", "museum", "room")
"""What a reader is told of a painting before its text."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = argparse.ArgumentParser("python -m bot", description="Docent, a museum guide in a chat.")
    commands = top.add_subparsers(dest="command")
    identify = commands.add_parser("identify", help="say who painted what is on photos")
    identify.add_argument("photos", nargs="+", metavar="PHOTO")
    identify.add_argument("--json", action="store_true", help="one JSON object a line")
    identify.add_argument(
        "--where", metavar="FILE", type=Path, help="draw on the one photo what counted, into FILE"
    )
    identify.add_argument(
        "--collection", metavar="NAME", help="look among this collection's works first"
    )
    for kind in ("artist", "movement", "painting"):
        command = commands.add_parser(kind, help=f"tell about one {kind}")
        command.add_argument("name", metavar="NAME")
        command.add_argument("--json", action="store_true", help="one JSON object")
    keepers.add_parser(commands)
    commands.add_parser("doctor", help="check the installation and say what to mend")
    return top


def parsed(arguments: list[str] | None) -> argparse.Namespace:
    """Return the options; wrong usage ends the program with status 2."""
    top = parser()
    options = top.parse_args(arguments)
    if options.command == "identify" and options.where and len(options.photos) > 1:
        top.error("--where draws on one photo; give it only one")
    return options


def main(arguments: list[str] | None = None) -> int:
    """Run one command, or everything that is configured."""
    options = parsed(arguments)
    give_back_large_buffers()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name the terminal cannot show
    try:
        status = run_command(options)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has had enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def run_command(options: argparse.Namespace) -> int:
    """Run one command; what stops Docent is one sentence and status 1."""
    try:
        settings = read_settings()
        set_up_logging(settings.log_level if options.command is None else "WARNING")
        return asyncio.run(COMMANDS[options.command](settings, options))
    except FAULTS as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def set_up_logging(level: str) -> None:
    """Log to standard error; what libraries say of their routine stays unsaid."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for library in ("alembic", "httpx", "uvicorn"):
        logging.getLogger(library).setLevel(max(logging.WARNING, logging.getLevelName(level)))


async def run_everything(settings: Settings, options: argparse.Namespace) -> int:
    """Start the platforms."""
    await app.run(settings)
    return 0


async def identify(settings: Settings, options: argparse.Namespace) -> int:
    """Answer every photo in order; 1 where any could not be used, the others still answered."""
    recognizer = app.open_recognizer(settings)
    phrases = Phrases()
    failed = False
    try:
        among = await searched(settings, recognizer, options.collection)
        for photo in options.photos:
            content: dict[str, Any] = {"photo": photo}
            words = ""
            try:
                data = await asyncio.to_thread(photo_bytes, Path(photo))
                recognition = await recognizer.recognize(data, among=among)
                if options.where:
                    await asyncio.to_thread(draw, data, recognition, options.where)
                content |= recognition.contract_json()
                words = spoken(phrases.say, recognition, where=bool(options.where))
            except UserError as error:
                content["error"] = phrases.explain(error)
                print(f"{shown(photo)}: {content['error']}", file=sys.stderr)
                failed = True
            if options.json:
                print(json.dumps(content))
            elif words:
                print(f"{shown(photo)}: {words}")
    except UserError as error:
        print(phrases.explain(error), file=sys.stderr)
        return 1
    finally:
        recognizer.close()
    return int(failed)


async def searched(
    settings: Settings, recognizer: Recognizer, name: str | None
) -> list[Holdings] | None:
    """Return where photos' works are looked for: first in the collection of a name, if one is.

    Without a database, only the famous works are known, which is said. Raises `UserError` for an
    unknown collection.
    """
    try:
        store = await Store.open(settings.database)
    except StoreError as error:
        if name:
            raise
        print(f"{error} Only the works that come with Docent are known.", file=sys.stderr)
        return None
    try:
        collections = Collections(store)
        found = await keepers.chosen(collections, name) if name else None
        catalogue = Catalogue(store, recognizer)
        return await catalogue.among(KEEPERS, found.id if found else None)
    finally:
        await store.close()


def photo_bytes(path: Path) -> bytes:
    """Return a photo's bytes, no more of them than a photo may have and one.

    Raises `UserError` for what is no file or cannot be opened.
    """
    try:
        if path.exists() and not path.is_file():
            raise UserError("photo_no_file")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError("photo_unreadable", reason=reason) from error


def draw(photo: bytes, recognition: Recognition, path: Path) -> None:
    """Draw on a photo what counted for its first guess. Raises `UserError` for a bad path."""
    drawn = where_i_looked(read_photo(photo), recognition.attention)
    try:
        with Image.open(io.BytesIO(drawn)) as image:
            image.save(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError("file_unwritable", file=path, reason=reason) from error


def spoken(say: Say, recognition: Recognition, *, where: bool = False) -> str:
    """Return one photo's answer for a reader; what is no painting has no guesses to read."""
    looked = where_words(say, recognition.attention).splitlines() if where else []
    if recognition.verdict is Verdict.NOT_A_PAINTING:
        return "\n  ".join([*say("not_a_painting").splitlines(), *looked])
    guesses = chart_words(say, recognition.artists[:OFFERED], recognition.movements[:OFFERED])
    told = works_words(say, recognition.paintings) or opinion(say, recognition)
    return "\n  ".join([*told.splitlines(), *guesses.splitlines(), *looked])


async def article(settings: Settings, options: argparse.Namespace) -> int:
    """Tell about one painter or movement."""
    phrases = Phrases()
    store = await Store.open(settings.database)
    try:
        async with app.open_library(settings, store) as library:
            content = await describe(library, phrases, options.command, options.name)
    finally:
        await store.close()
    return tell(content, phrases, options)


async def painting(settings: Settings, options: argparse.Namespace) -> int:
    """Tell about one painting."""
    async with app.open_parts(settings) as parts:
        content = await describe_painting(parts, options.name)
    return tell(content, parts.phrases, options)


def tell(content: dict[str, Any], phrases: Phrases, options: argparse.Namespace) -> int:
    """Print an object as it was asked for; 1 where it is an error."""
    if "error" in content:
        print(content["error"], file=sys.stderr)
    if options.json:
        print(json.dumps(content))
    elif "error" not in content:
        print(readable(content, phrases))
    return int("error" in content)


def readable(content: dict[str, Any], phrases: Phrases) -> str:
    """Return an article for a reader: name, text, what to know of it, and each source."""
    if "choices" in content:
        return "\n".join(choice["name"] for choice in content["choices"])
    text = content["text"] or phrases.say("no_story", name=content["name"])
    facts = [
        content.get(fact, "") for fact in ("original", "artist", "year", "medium", "museum", "room")
    ]
    note = phrases.say(content["note"]) if content["note"] else ""
    sources = [credit_line(**source) for source in content["sources"]]
    credits_ = "\n".join([f"{phrases.say('sources')}:", *sources])
    parts = (content["name"], " · ".join(filter(None, facts)), text, note, credits_)
    return "\n\n".join(filter(None, parts))


def credit_line(*, name: str, link: str, licence: str, **_: str) -> str:
    """Return a source as ``name (licence): link``, as far as these are known."""
    return name + (f" ({licence})" if licence else "") + (f": {link}" if link else "")


async def doctor(settings: Settings, options: argparse.Namespace) -> int:
    """Print every check; 1 where something is to be mended."""
    findings = [finding async for finding in examine(settings)]
    for finding in findings:
        print(f"{'ok  ' if finding.good else 'MEND'} {finding.subject}: {finding.sentence}")
    return int(not all(finding.good for finding in findings))


COMMANDS: dict[str | None, Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, int]]] = {
    None: run_everything,
    "identify": identify,
    "artist": article,
    "movement": article,
    "painting": painting,
    "collection": keepers.collection,
    "doctor": doctor,
}
